"""Makes the registers that come from published data: `python make.py DATA_DIR`.

DATA_DIR is a folder with the source tables named in README.md. Writes the files in MADE and those of given names beside
this file and leaves every other file alone: those are written by hand, and an entity that a hand-written file holds
is not made a second time. What the sources get wrong or lack (dates of founding, everyday names) is corrected in
the tables below.
"""

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kgraph.registers import normalise

HERE = Path(__file__).parent
COLUMNS = [
    *("id", "type", "name", "aliases", "place", "start", "end", "replaced_by", "parent"),
    *("nation", "wikidata", "same_as", "homepage"),
]
Row = dict[str, str]

# ---- councils -------------------------------------------------------------------------------------------------------

# Codes that replaced the source's when the boundary between the two moved in 2025.
GSS = {"BNS": "E08000038", "SHF": "E08000039"}
# Official names in the source that are not the body's name, or are out of date.
OFFICIAL = {
    "COL": "Colchester City Council",
    "EMCA": "East Midlands Combined County Authority",
    "HYCA": "Hull and East Yorkshire Combined Authority",
    "KIN": "Borough Council of King's Lynn and West Norfolk",
    "LCR": "Liverpool City Region Combined Authority",
    "MIK": "Milton Keynes City Council",
    "NSM": "North Somerset Council",
    "SCR": "South Yorkshire Mayoral Combined Authority",
    "SOS": "Southend-on-Sea City Council",
    "WSM": "Westminster City Council",
    "WRX": "Wrexham County Borough Council",
}
# What these were called before.
FORMER_NAMES = {
    "COL": ["Colchester Borough Council"],
    "DNC": ["Doncaster Metropolitan Borough Council", "Doncaster Borough Council", "Doncaster MBC"],
    "MIK": ["Milton Keynes Council"],
    "SOS": ["Southend-on-Sea Borough Council", "Southend Borough Council"],
}
# The name of the territory, where the source's "nice name" is not one.
PLACE = {
    "ABE": "Aberdeen", "BKM": "Buckinghamshire", "BST": "Bristol", "DND": "Dundee", "DOR": "Dorset",
    "DST": "Dorset", "EDH": "Edinburgh", "EMCA": "East Midlands", "GLCA": "Greater Lincolnshire",
    "GLG": "Glasgow", "HYCA": "Hull and East Yorkshire", "KIN": "King's Lynn and West Norfolk",
    "LIC": "Lincoln", "NMD": "Newry, Mourne and Down", "RCT": "Rhondda Cynon Taf", "SCB": "Scottish Borders",
    "SCR": "South Yorkshire", "SHN": "St Helens", "VGL": "Vale of Glamorgan",
}  # fmt: skip
# Further everyday names of the territory; "X Council" and the like are formed from each.
ALSO_PLACE = {
    "AGY": ["Anglesey"], "BAS": ["Bath & North East Somerset"], "BBD": ["Blackburn"],
    "BDF": ["Bedford Borough"], "BNH": ["Brighton & Hove", "Brighton"],
    "BPC": ["Bournemouth Christchurch and Poole"], "BRC": ["Bracknell"], "CHW": ["Cheshire West"],
    "CRF": ["Cardiff"], "DRS": ["Derry and Strabane"], "DUR": ["Durham"], "ELS": ["Western Isles"],
    "ERY": ["East Riding"],
    "HLD": ["Highland"], "HMF": ["Hammersmith & Fulham"], "KEC": ["Kensington & Chelsea"], "KHL": ["Hull"],
    "KIN": ["West Norfolk"], "KTT": ["Kingston"], "NET": ["Newcastle"], "NTL": ["Neath Port Talbot"],
    "ORK": ["Orkney"], "RIC": ["Richmond"], "SOS": ["Southend"], "STE": ["Stoke"], "STT": ["Stockton"],
    "TFW": ["Telford"], "ZET": ["Shetland"],
}  # fmt: skip
# Everyday names and abbreviations of the body.
ALSO = {
    "ABC": ["ABC Council"], "AGB": ["Argyll & Bute Council"],
    "BAS": ["B&NES", "BANES", "B&NES Council", "BANES Council"], "BDG": ["LBBD"],
    "BPC": ["BCP", "BCP Council"],
    "BRD": ["Bradford Council", "City of Bradford MDC", "Bradford City Council"],
    "CBF": ["Central Beds Council"], "CHW": ["CWaC", "CWAC"], "CPCA": ["CPCA"],
    "DNC": ["City of Doncaster Council"], "EMCA": ["EMCCA", "East Midlands Combined Authority"],
    "ERY": ["East Riding Council"], "GLA": ["GLA"],
    "GLCA": ["GLCCA", "Greater Lincolnshire Combined Authority"], "GMCA": ["GMCA"], "HMF": ["LBHF"],
    "HYCA": ["Hull and East Yorkshire Mayoral Combined Authority", "HEYCA"],
    "KEC": ["RBKC", "Kensington and Chelsea Royal Borough"],
    "LCR": ["LCRCA", "Liverpool City Region Mayoral Combined Authority"],
    "LND": ["City Corporation", "Corporation of London", "London Corporation", "City of London Council"],
    "NEC": ["Newcastle Borough Council"], "NECA": ["NECA"], "NEL": ["NELC"],
    "NET": ["Newcastle upon Tyne City Council"], "NTCA": ["NTCA"],
    "RCT": ["RCT Council", "Rhondda Cynon Taff Council"],
    "SCR": ["SYMCA", "South Yorkshire Combined Authority"], "SGC": ["South Glos Council"],
    "SWA": ["Swansea Council"], "TVCA": ["TVCA"],
    "WECA": ["WECA", "West of England Mayoral Combined Authority"], "WMCA": ["WMCA"],
    "WNM": ["RBWM", "Windsor & Maidenhead Council"], "WYCA": ["WYCA"],
    "YNYC": ["YNYCA", "York and North Yorkshire Combined Authority"],
}  # fmt: skip
# First days from the orders that founded them; the source gives the day of a register's first entry.
START = {
    "BIR": "1974-04-01", "CPCA": "2017-03-03", "GLA": "2000-07-03", "GLCA": "2025", "GMCA": "2011-04-01",
    "HYCA": "2025", "LCR": "2014-04-01", "LND": "", "NECA": "2014-04-15", "SCR": "2014-04-01",
    "TVCA": "2016-04-01", "WECA": "2017-02-09", "WMCA": "2016-06-17", "WYCA": "2014-04-01",
}  # fmt: skip
# The two north-eastern combined authorities gave way to a new one (in councils-more.csv) on 7 May 2024.
END = {"NECA": "2024-05-06", "NTCA": "2024-05-06"}
NORTH_EAST = "council/E47000014"
# Northern Ireland's 26 districts became 11 on 1 April 2015 (Local Government (Boundaries) Act (Northern Ireland) 2008).
NI_REPLACED_BY = {
    "A": "DRS", "B": "CCG", "C": "CCG", "D": "CCG", "E": "CCG", "F": "MEA", "G": "MEA", "H": "MUL",
    "I": "MUL", "J": "DRS", "K": "FMO", "L": "FMO", "M": "MUL", "N": "ABC", "O": "ABC", "P": "NMD",
    "Q": "ABC", "R": "NMD", "S": "LBC", "T": "ANN", "U": "ANN", "V": "MEA", "W": "AND", "X": "AND",
    "Y": "LBC",
}  # fmt: skip

# In the source, names that say that a body is meant, and suffixes that only registers use.
BODY = re.compile(r"coun?ci?l|authority|corporation|borough of|cyngor|comhairle|\bC?CA$|\bmdc$", re.I)
# Forms of a place's name from which "X Council" is not formed.
UNUSUAL = re.compile(BODY.pattern + r"|,|\b(ua|district|boro|county|city|of)$|\(|^city of|^county of|^the ", re.I)
LESSER_WORDS = {"and", "of", "on", "the", "in", "upon", "with", "under", "nan", "y", "ar", "by"}


def councils(data: Path) -> list[Row]:
    source = read(data / "registers/uk_local_authorities_joined.csv")
    founded = {r["official_identifier"]: r for r in read(data / "registers/democracyclub_councils.csv")}
    spellings = defaultdict(list)
    for s in read(data / "registers/lookup_name_to_registry.csv"):
        if "�" not in s["la-name"] and "ï" not in s["la-name"]:  # bytes that were lost before we got them
            spellings[s["local-authority-code"]].append(s["la-name"])
    gss = {r["local-authority-code"]: GSS.get(r["local-authority-code"], r["gss-code"]) for r in source}
    ids = {code: f"council/{gss_code or code}" for code, gss_code in gss.items()}
    parents = {r["local-authority-code"]: r["combined-authority"] or r["county-la"] for r in source}

    rows, certain = [], {}
    for r in source:
        code = r["local-authority-code"]
        name = OFFICIAL.get(code, clean(r["official-name"]))
        place = PLACE.get(code, clean(r["nice-name"]))
        places, aliases = [place, *ALSO_PLACE.get(code, [])], [*FORMER_NAMES.get(code, []), *ALSO.get(code, [])]
        certain[ids[code]] = [name, r["official-name"], *aliases]
        given = [r["nice-name"], r["official-name"], *spellings[code]]
        # Spellings in small letters hold the source's typing errors: found, but nothing is formed from them.
        english = [p for p in [*places, *map(clean, given)] if normalise(p) != normalise(r["name-cy"])]
        everyday = distinct(p for p in english if p[0].isupper() and not UNUSUAL.search(p))
        for p in everyday or [place]:
            aliases += usual_forms(p, name, r["local-authority-type"])
        if r["name-cy"]:
            places.append(r["name-cy"])
            aliases.append(r["official-name-cy"])
        for spelling in given:
            (aliases if BODY.search(spelling) else places).append(proper(clean(spelling)))
        start = START.get(code, r["start-date"])
        if start.startswith("2005-0") or not start:  # the day the register was first filled is not the council's
            start = founded[code]["start_date"] if code in founded else ""
        if (
            r["local-authority-type"] == "CTY" and code != "WOR"
        ):  # Local Government Act 1972; later days are of boundaries
            start = "1974-04-01"
        end = END.get(code, r["end-date"])
        if end.endswith("-04-01"):  # the source gives its successor's first day
            end = end.replace("-04-01", "-03-31")
        replaced_by = [ids[c] for c in r["replaced-by"].split(",") if c]
        if code.startswith("NIR-"):
            replaced_by = [ids[NI_REPLACED_BY[code[-1]]]]
        if code in END:
            replaced_by = [NORTH_EAST]
        codes = (gss[code], r["gss-code"], r["former-gss-codes"])
        parent = NORTH_EAST if parents[code] in END else ids.get(parents[code], "")
        rows.append(
            row(
                id=ids[code],
                type="council",
                name=name,
                aliases=distinct(aliases, [name]),
                place=distinct(places),
                start=start,
                end=end,
                replaced_by=replaced_by,
                parent=parent,
                nation=r["nation"],
                wikidata=r["wikidata"],
                same_as=distinct([*(f"gss:{g}" for g in codes if g), f"local-authority:{code}"]),
                homepage=r["website"],
            )
        )
    return without_doubtful(rows, certain)


def usual_forms(place: str, official: str, kind: str) -> Iterator[str]:
    """How people name the council of a place, given what sort of council it is."""
    if kind in ("COMB", "SRA"):
        if kind == "COMB":
            yield f"{place} Combined Authority"
            yield f"{place} Mayoral Combined Authority"
        return
    yield f"{place} Council"
    if kind == "CTY" or "County Council" in official:
        yield from (f"{place} County Council", f"{place} CC")
    if "City" in official:
        yield from (f"{place} City Council", f"City of {place} Council")
    if kind == "NMD" and "City" not in official and "Borough" not in official:
        yield from (f"{place} District Council", f"{place} DC")
    if "Borough" in official and kind != "LBO":
        yield from (f"{place} Borough Council", f"{place} BC")
    if kind == "MD" and "City" not in official:
        yield from (f"{place} Metropolitan Borough Council", f"{place} Borough Council", f"{place} MBC")
    if kind == "LBO":
        yield from (f"London Borough of {place}", f"{place} London Borough Council", f"{place} Borough Council")
        if official.startswith("Royal"):
            yield f"Royal Borough of {place}"
    if kind == "WPA" and "Borough" in official:
        yield from (f"{place} County Borough Council", f"{place} CBC", f"{place} County Council")


def without_doubtful(rows: list[Row], certain: dict[str, list[str]]) -> list[Row]:
    """Takes away every name that two councils of one time would bear, save from the one that bears it officially."""
    for column in ("aliases", "place"):
        holders = defaultdict(list)
        for r in rows:
            borne = [r["name"], *r["aliases"].split("|")] if column == "aliases" else r["place"].split("|")
            for key in {normalise(n) for n in borne}:
                holders[key].append(r)
        for key, bearers in holders.items():
            if not key or not any(overlap(a, b) for a in bearers for b in bearers if a is not b):
                continue
            official = [r for r in bearers if key in {normalise(n) for n in certain[r["id"]]}]
            for r in bearers:
                if len(official) != 1 or r is not official[0]:
                    kept = [n for n in r[column].split("|") if normalise(n) != key]
                    if len(kept) < len(r[column].split("|")):
                        print(f"{r['name']}: not “{key}”, another's name too")
                    r[column] = "|".join(kept)
    return rows


def overlap(a: Row, b: Row) -> bool:
    return (a["start"] or "0") <= (b["end"] or "9") and (b["start"] or "0") <= (a["end"] or "9")


# ---- other public bodies --------------------------------------------------------------------------------------------

# Kinds of organisation that texts about councils name; the register also lists the inquiries, boards and action zones
# of decades, and committees that advise a minister.
KINDS = {
    "Ministerial department",
    "Non-ministerial department",
    "Executive agency",
    "Executive non-departmental public body",
    "Public corporation",
    "Tribunal non-departmental public body",
    "Court",
}
# Several bodies in one row, or a name that is an everyday phrase.
LEFT_OUT = re.compile(
    r"\(x16\)|^(Animal Health|Pension Service|Rent Service|Competition Service|Trust ports|Forest Research|Wilton Park"
    r"|Social Security Agency|Rivers Agency|Ombudsman|Compensation Agency|Gangmasters Licensing Appeals)$"
)
# Abbreviations that readers are not told the meaning of; most others are also words or stand for several bodies.
KNOWN_BY_LETTERS = set(
    "BFI CAA CMA CPS DBS DVLA DVSA GCHQ HFEA HMCTS HMRC HSE IPCC LAA MHRA MMO NCA NDA NIHE OBR ONR ONS SFO SSRO "
    "UKAEA UKBA UKEF VOA YJB".split()
)
COURT = re.compile(r"\b(Court|Tribunal|Courts)\b")


def public_bodies(data: Path, taken: set[str], names: set[str]) -> tuple[list[Row], list[Row]]:
    dates = {
        r["government-organisation"]: r
        for r in read(data / "registers/government_organisation_register.tsv", delimiter="\t")
    }
    source = read(data / "registers/govuk_organisations.tsv", delimiter="\t")
    ids = {r["govuk"]: f"government/{r['government-organisation']}" for r in source}
    wikidata = {}
    for r in read(data / "registers/digital_land_government-organisation.csv"):
        wikidata[r["reference"]] = r["wikidata"]
    bodies, courts = [], []
    for r in source:
        code, name = r["government-organisation"], clean(r["name"])
        id = f"government/{code}"
        kind = r["government-organisation-type"]
        if id in taken or normalise(name) in names or kind not in KINDS or LEFT_OUT.search(name):
            continue
        if len(name.split()) < 2:  # a single word ("Monitor", "Tate") would be found where nobody means it
            continue
        names.add(normalise(name))
        is_court = kind == "Court" or (kind.startswith("Tribunal") and COURT.search(name) is not None)
        parents = [ids[g] for g in r["parent-govuks"].split(";") if g in ids]
        (courts if is_court else bodies).append(
            row(
                id=id,
                type="court" if is_court else "government-body",
                name=name,
                aliases=[r["abbreviation"]] if r["abbreviation"] in KNOWN_BY_LETTERS else [],
                start=dates.get(code, {}).get("start-date", ""),
                end=dates.get(code, {}).get("end-date", ""),
                parent=parents[0] if parents else "",
                nation="United Kingdom",
                wikidata=wikidata.get(code, ""),
                same_as=[f"government-organisation:{code}"],
                homepage=r["website"],
            )
        )
    kept = {r["id"] for r in bodies + courts} | taken
    for r in bodies + courts:
        if r["parent"] not in kept:
            r["parent"] = ""
    for file, kind in [
        ("digital_land_national-park-authority.csv", "national-park"),
        ("digital_land_waste-authority.csv", "waste-authority"),
        ("digital_land_passenger-transport-executive.csv", "transport"),
        ("digital_land_development-corporation.csv", "development-corporation"),
    ]:
        for r in read(data / "registers" / file):
            name = clean(r["name"]).replace("Development Development", "Development")
            if normalise(name) in names:
                continue
            names.add(normalise(name))
            bodies.append(
                row(
                    id=f"{kind}/{r['reference']}",
                    type="government-body",
                    name=name,
                    start=r["start-date"],
                    end=r["end-date"],
                    nation="England",
                    wikidata=r["wikidata"],
                    homepage=r["website"],
                )
            )
    return bodies, courts


# ---- police, fire, health -------------------------------------------------------------------------------------------

POLICE_ALSO = {
    "metropolitan": ["Metropolitan Police", "the Met Police", "Met Police", "Scotland Yard"],
    "northern-ireland": ["PSNI"],
    "greater-manchester": ["GMP"],
    "devon-and-cornwall": ["Devon and Cornwall Constabulary"],
    "hampshire": ["Hampshire and Isle of Wight Constabulary", "Hampshire Police"],
    "city-of-london": ["City Police"],
}
FIRE_ALSO = {
    "006": ["Cleveland Fire and Rescue Service", "Cleveland Fire Authority"],
    "011": ["Devon and Somerset FRS"],
    "017": ["Hampshire and Isle of Wight Fire and Rescue Service"],
    "027": ["LFB", "London Fire and Rescue Service"],
}


def police(data: Path) -> list[Row]:
    rows = []
    for r in read(data / "registers/police-force.tsv", delimiter="\t"):
        name, aliases = r["name"], POLICE_ALSO.get(r["police-force"], [])
        for a, b in [(" Constabulary", " Police"), (" Police", " Constabulary"), (" Police", " Police Force")]:
            if name.endswith(a):
                aliases = [*aliases, name.removesuffix(a) + b]
        nation = {"northern-ireland": "Northern Ireland"}.get(
            r["police-force"],
            "Wales" if r["police-force"] in ("dyfed-powys", "gwent", "north-wales", "south-wales") else "England",
        )
        rows.append(
            row(
                id=f"police/{r['police-force']}",
                type="police-fire",
                name=name,
                aliases=distinct(aliases, [name]),
                nation=nation,
                same_as=[f"police-force:{r['police-force']}"],
            )
        )
    return rows


def fire(data: Path) -> list[Row]:
    rows = []
    for r in read(data / "registers/fire-service-eng.tsv", delimiter="\t"):
        name, code = r["name"], r["fire-service-eng"]
        stem = re.sub(r" Fire .*$", "", name)
        aliases = [*FIRE_ALSO.get(code, [])]
        aliases += [f"{stem} Fire Service", f"{stem} Fire & Rescue Service", f"{stem} Fire and Rescue"]
        aliases += [f"{stem} Fire Authority", f"{stem} Fire and Rescue Authority"]
        rows.append(
            row(
                id=f"fire/{code}",
                type="police-fire",
                name=name,
                aliases=distinct(aliases, [name]),
                nation="England",
                same_as=[f"fire-service-eng:{code}"],
            )
        )
    return rows


# Trusts of 2020 that have since been renamed or merged, with the name that the rows above lack.
NHS_ALSO = {
    "RMY": ["NSFT", "Norfolk and Suffolk NHS FT"],
    "RX1": ["NUH", "NUHT", "Nottingham University Hospitals"],
    "RXW": ["SaTH", "Shrewsbury and Telford Hospitals NHS Trust"],
}


def nhs(data: Path, names: set[str]) -> list[Row]:
    rows, seen = [], set(names)
    source = read(data / "registers/nhs_trusts_names_and_codes.csv")
    for r in sorted(source, key=lambda r: (r["Status"] != "Open", r["Code"])):
        name = proper(clean(r["Name"]).replace("St. ", "St "), everything=True)
        if normalise(name) in seen:
            continue
        seen.add(normalise(name))
        aliases = [*NHS_ALSO.get(r["Code"], [])]
        stem = re.sub(r" (University )?(NHS )?(Foundation )?Trust$", "", name)
        if name.endswith(" NHS Foundation Trust") and r["Status"] == "Open":
            short = name.removesuffix(" NHS Foundation Trust")
            aliases += [f"{short} NHS FT", f"{short} NHS Trust", f"{short} Foundation Trust"]
        if re.search(r"\b(Hospitals|Ambulance Service)$", stem) and stem != name:
            aliases += [stem, f"{stem} Trust"]
        if name.startswith("The "):
            aliases.append(name)
            name = name.removeprefix("The ")
        rows.append(
            row(
                id=f"nhs/{r['Code']}",
                type="health-body",
                name=name,
                aliases=distinct(aliases, [name]),
                nation="",
                same_as=[f"ods:{r['Code']}"],
                # The source knows that it has closed, not when.
                end="" if r["Status"] == "Open" else "2020",
            )
        )
    official = {normalise(r["name"]): r["id"] for r in rows}
    claims = defaultdict(set)
    for r in rows:
        for a in r["aliases"].split("|"):
            claims[normalise(a)].add(r["id"])
    for r in rows:
        r["aliases"] = "|".join(
            a
            for a in r["aliases"].split("|")
            if a and len(claims[normalise(a)]) == 1 and official.get(normalise(a), r["id"]) == r["id"]
        )
    return rows


# A party whose name is a word or two of everyday English ("Common Good") would be found where nobody means it.
PARTY = re.compile(
    r"\w\W.*\b(Party|Independents?|Alliance|Residents?|Association|Group|Democrats|Socialists?|Front|First)\b"
)


def minor_parties(data: Path, taken: set[str], names: set[str]) -> list[Row]:
    rows = []
    for r in read(data / "registers/ec_parties_gb_2021.csv"):
        name = clean(r["name"])
        id = f"party/{r['ec_id']}"
        if id in taken or normalise(name) in names or not PARTY.search(name):
            continue
        names.add(normalise(name))
        rows.append(
            row(
                id=id,
                type="party",
                name=name,
                nation="Great Britain",
                same_as=[f"electoral-commission:{r['ec_id']}"],
            )
        )
    return rows


# ---- lists of words -------------------------------------------------------------------------------------------------


def given_names(data: Path) -> list[str]:
    """Given names of the lists for countries from which people in Britain's public life come, romanised."""
    return sorted(_forenames(data))


def _forenames(data: Path) -> dict[str, Counter[str]]:
    """Names of the lists by country, with the number of lists that give them to women and to men."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for r in read(data / "registers/common-forenames-by-country.csv"):
        name = r["Romanized Name"].strip()
        if re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ'’]+(-[A-ZÀ-Þ][a-zà-ÿ]+)?", name):
            found[name][r["Gender"].lower()] += 1
    return found


# ---- helpers --------------------------------------------------------------------------------------------------------


def read(path: Path, delimiter: str = ",") -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def row(**values: str | Iterable[str]) -> Row:
    cells = {k: v if isinstance(v, str) else "|".join(v) for k, v in values.items()}
    return {c: cells.get(c, "") for c in COLUMNS}


def clean(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").replace("’", "'").replace("|", " ").split())


def proper(text: str, everything: bool = False) -> str:
    """Capitals for a name that the source writes in small letters (or, with `everything`, in capitals)."""
    if not everything and text != text.lower():
        return text
    words = []
    for i, word in enumerate(text.lower().split()):
        parts = [p if p in LESSER_WORDS and (i or j) else p[:1].upper() + p[1:] for j, p in enumerate(word.split("-"))]
        words.append("-".join(parts))
    return re.sub(r"\bNhs\b", "NHS", " ".join(words))


def distinct(names: Iterable[str], besides: Iterable[str] = ()) -> list[str]:
    """The names without those that are alike when normalised; the first spelling stays."""
    seen = {normalise(n) for n in besides}
    kept = []
    for name in names:
        if name and normalise(name) not in seen:
            seen.add(normalise(name))
            kept.append(name)
    return kept


def write(name: str, rows: list[Row]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda r: r["id"]))
    print(f"{name}: {len(rows)}")


MADE = {"councils.csv", "public-bodies.csv", "courts.csv", "police.csv", "fire.csv", "nhs.csv", "parties-minor.csv"}


def main(data: Path) -> None:
    by_hand = [r for path in sorted(HERE.glob("*.csv")) if path.name not in MADE for r in read(path)]
    taken = {r["id"] for r in by_hand}
    names = {normalise(n) for r in by_hand for n in [r["name"], *r["aliases"].split("|")] if n}
    write("councils.csv", councils(data))
    bodies, courts = public_bodies(data, taken, names)
    write("public-bodies.csv", bodies)
    write("courts.csv", courts)
    write("police.csv", police(data))
    write("fire.csv", fire(data))
    write("nhs.csv", nhs(data, names))
    write("parties-minor.csv", minor_parties(data, taken, names))
    (HERE / "given-names.txt").write_text("\n".join(given_names(data)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

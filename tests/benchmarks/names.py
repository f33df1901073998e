"""Are councils known by every spelling of their names? The authorities of a table of Ofsted's, by GSS code.

    python -m tests.benchmarks.names

For each of them the spellings of `lookup_name_to_registry.csv` (mySociety), the table's own, and those in which the
reports name the authority they are about. Each is resolved as the name of a council in a document of its own.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

from kgraph.documents import Excerpt
from kgraph.facts import Entity, Fact
from kgraph.ontology import load_ontology
from kgraph.resolve.entities import resolve

SHARED = Path(__file__).parents[2] / ".." / "shared" / "data"
REPORTS = SHARED / "reports" / "ofsted_ilacs"
# "Inspection of Northby local authority children's services"; a title that names no authority does not count.
_TITLE = re.compile(
    r"Inspection of\s+((?!local\s+authority|children)\S.{2,80}?)\s+(?:local\s+authority\s+)?children[’']s", re.S
)
_DATE = "2024-06-30"  # a document's date decides between a council and its predecessor of the same name


def spellings() -> dict[str, set[str]]:
    """GSS code → spellings of the authority's name."""
    found: dict[str, set[str]] = defaultdict(set)
    urns = {}
    for row in _rows(REPORTS / "Provider_data_lookup.csv"):
        urns[row["urn"]] = row["la_code_new"]
        found[row["la_code_new"]] |= {row["local_authority_ons_name"], *_listed(row["also_known_as"])}
    councils = {
        row["local-authority-code"]: row["gss-code"]
        for row in _rows(SHARED / "registers" / "uk_local_authorities_joined.csv")
    }
    for row in _rows(SHARED / "registers" / "lookup_name_to_registry.csv"):
        gss = councils.get(row["local-authority-code"], "")
        if gss in found:
            found[gss].add(row["la-name"])
    for row in _rows(REPORTS / "judgements.csv"):
        found[urns[row["urn"]]].add(row["local_authority"])
    for path in sorted((REPORTS / "text").glob("*.txt")):
        gss = urns.get(path.name.partition("_")[0])
        title = _TITLE.search(path.read_text(encoding="utf-8")[:3000])
        if gss and title and "\n\n" not in title[1]:
            found[gss].add(" ".join(title[1].split()))
    return found


def _listed(cell: str) -> list[str]:
    """The names of a cell "[BCP, Bournemouth, Christchurch & Poole]": a short one, and one that may have commas."""
    return [name.strip() for name in cell.strip("[]").split(",", 1) if name.strip()]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    wanted = sorted((name, gss) for gss, names in spellings().items() for name in names)
    bodies = [Entity(name, "council") for name, _ in wanted]
    facts = [Fact(str(n), "meets", {"body": body}, Excerpt(0, 1, "x")) for n, body in enumerate(bodies)]
    resolution = resolve(facts, load_ontology(), published={str(n): _DATE for n in range(len(wanted))})
    right, wrong, unknown = 0, [], []
    for n, (name, gss) in enumerate(wanted):
        found = resolution(str(n), Entity(name, "council")).id
        if found == f"council/{gss}":
            right += 1
        else:
            (wrong if found else unknown).append(f"{name!r} ({gss}): {found}")
    print(f"{len({gss for _, gss in wanted})} authorities, {len(wanted)} spellings")
    print(f"right {right} ({100 * right / len(wanted):.2f} %), wrong {len(wrong)}, not known {len(unknown)}")
    print("\n".join([*(f"wrong: {line}" for line in wrong), *(f"not known: {line}" for line in unknown)]))


if __name__ == "__main__":
    main()

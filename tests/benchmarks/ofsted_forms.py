"""Inspection reports read as forms, against a table of the same reports made by somebody else.

    python -m tests.benchmarks.ofsted_forms ../shared/data/reports/ofsted_ilacs
    python -m tests.benchmarks.ofsted_forms ../shared/data/reports/ofsted_ilacs --facts facts.jsonl

The folder holds `text/` and `pdf/` (the reports), `judgements.csv` (the table), `index.csv` (which text is which one)
and `Provider_data_lookup.csv` (the GSS code of each URN). Printed are, for texts and for PDFs, how many rows are right
in each column, against the table as it is and as corrected by hand (`tests/corpus/ofsted/table_errors.csv`: cells that
are wrong or empty where the report is clear), and every disagreement. With `--facts`, the facts of any run over the
reports are held against their forms instead: which ratings and inspection dates contradict the form of their document.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import spacy

from kgraph.documents import Document
from kgraph.extract.forms import forms
from kgraph.extract.reading import Reading
from kgraph.facts import Entity, Fact
from kgraph.language.dates import find_dates
from kgraph.ontology import Ontology, load_ontology
from kgraph.readers import Failure, read
from kgraph.registers import Entry

_FIRST_PAGES = 10_000
_TOKENISER = spacy.blank("en")
TABLE_ERRORS = Path(__file__).parents[1] / "corpus" / "ofsted" / "table_errors.csv"

COLUMNS = ("authority", "start", "end", "lead inspector", "overall", "leaders", "help", "in care", "care leavers")

# Columns of the table that hold a grade, and the aspects whose grade it is.
ASPECTS = {
    "overall": ("overall_effectiveness_grade", ["overall effectiveness"]),
    "leaders": ("impact_of_leaders_grade", ["impact of leaders on practice with children and families"]),
    "help": (
        "help_and_protection_grade",
        ["experiences and progress of children who need help and protection"],
    ),
    "in care": (
        "in_care_grade",
        [
            "experiences and progress of children in care",
            "experiences and progress of children in care and care leavers",
        ],
    ),
    "care leavers": ("care_leavers_grade", ["experiences and progress of care leavers"]),
}
GRADES = {"outstanding", "good", "requires improvement", "inadequate"}
# What the table says where the report gives no grade of that kind.
NO_GRADE = {"", "not_reported_post_reform", "inspection_pre_dates_judgement"}


@dataclass(frozen=True)
class Expected:
    """A row of the table: the report it is about and the value of each column."""

    text: str
    pdf: str
    values: Mapping[str, str]


def table(folder: Path) -> list[Expected]:
    """Every row that has grades and whose report is in the folder as text."""
    gss = {row["urn"]: row["la_code_new"] for row in _rows(folder / "Provider_data_lookup.csv")}
    texts = {row["source_pdf"]: row["text_file_or_error"] for row in _rows(folder / "index.csv")}
    expected = []
    for row in _rows(folder / "judgements.csv"):
        report = f"{row['urn']}_{row['local_authority']}/{row['pdf_filename']}"
        text = texts.get(f"export_data/inspection_reports/{report}", "")
        graded = any(row[column] in GRADES for column, _ in ASPECTS.values() if column != "overall_effectiveness_grade")
        if not graded or not (folder / "text" / text).is_file():
            continue
        values = {
            "authority": gss[row["urn"]],
            "start": _iso(row["inspection_start_date"]),
            "end": _iso(row["inspection_end_date"]),
            "lead inspector": " ".join(row["inspector_name"].split()),
        }
        for name, (column, _) in ASPECTS.items():
            values[name] = "" if row[column] in NO_GRADE else row[column]
        expected.append(Expected(text, Path(text).stem + ".pdf", values))
    return expected


def found(facts: Iterable[Fact]) -> dict[str, str]:
    """The columns as the facts of one report have them; "" where they say nothing."""
    values = dict.fromkeys(COLUMNS, "")
    for fact in facts:
        arguments = fact.arguments
        if fact.relation == "inspects":
            body = arguments["body"]
            values["authority"] = (body.id or "").partition("/")[2] if isinstance(body, Entity) else ""
            start, _, end = str(arguments.get("when", "")).partition("/")
            values["start"], values["end"] = start, end or start
        elif fact.relation == "holds-role" and isinstance(person := arguments["person"], Entity):
            values["lead inspector"] = person.text
        elif fact.relation == "rates":
            for name, (_, aspects) in ASPECTS.items():
                if arguments["aspect"] in aspects:
                    values[name] = str(arguments["judgement"])
    return values


def right(column: str, expected: str, value: str, ontology: Ontology) -> bool:
    """Whether a value is what the table says, letter case and the spaces about a hyphen ("Jenny -ellen") apart.

    The table names authorities as they are today: the council of the day, if today's took over from it, is right.
    """
    if column != "authority" or value == expected:
        return _plain(value) == _plain(expected)
    entry = ontology.registers.entries.get(f"council/{value}")
    return entry is not None and f"council/{expected}" in _successors(entry, ontology)


def contradictions(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Asserted facts at odds with the form of their own document, each with the form's fact.

    A rating contradicts where it gives the same body another judgement of the same aspect (none named: the overall
    one) and its date, if it has one, may be the form's. An inspection contradicts where its dates overlap the form's
    and neither lie within these nor contain them.
    """
    by_document: dict[str, list[Fact]] = {}
    for fact in facts:
        by_document.setdefault(fact.document, []).append(fact)
    for stated in by_document.values():
        form = [fact for fact in stated if fact.extractor.startswith("form:")]
        for fact in stated:
            if fact.extractor.startswith("form:") or not fact.asserted:
                continue
            for other in form:
                if fact.relation == other.relation and _same_body(fact, other) and _contradict(fact, other):
                    yield fact, other
                    break


def _contradict(fact: Fact, form: Fact) -> bool:
    mine, its = fact.arguments, form.arguments
    dates = _days(str(mine["when"])) if "when" in mine else None
    form_dates = _days(str(its["when"])) if "when" in its else None
    overlap = dates and form_dates and dates[0] <= form_dates[1] and form_dates[0] <= dates[1]
    if fact.relation == "rates":
        same_aspect = mine.get("aspect", "overall effectiveness") == its["aspect"]
        return bool(same_aspect and mine["judgement"] != its["judgement"] and (dates is None or overlap))
    if fact.relation == "inspects" and overlap and dates and form_dates:
        within = form_dates[0] <= dates[0] and dates[1] <= form_dates[1]
        contains = dates[0] <= form_dates[0] and form_dates[1] <= dates[1]
        return not within and not contains
    return False


def _same_body(a: Fact, b: Fact) -> bool:
    ours, theirs = a.arguments.get("body"), b.arguments.get("body")
    if not isinstance(ours, Entity) or not isinstance(theirs, Entity):
        return False
    return ours.id == theirs.id if ours.id and theirs.id else ours.text.casefold() == theirs.text.casefold()


def _days(edtf: str) -> tuple[str, str] | None:
    """First and last day of a date or interval without unknown digits, comparable as text."""
    first, _, last = edtf.partition("/")
    if not all(re.fullmatch(r"\d{4}(-\d\d){0,2}", day) for day in (first, last or first)):
        return None
    last = last or first
    return first + "-00-00"[len(first) - 4 :], last + "-99-99"[len(last) - 4 :]


def _plain(text: str) -> str:
    return re.sub(r"\s*-\s*", "-", text).casefold()


def _successors(entry: Entry, ontology: Ontology) -> set[str]:
    waiting, seen = list(entry.replaced_by), set[str]()
    while waiting:
        if (successor := waiting.pop()) not in seen:
            seen.add(successor)
            waiting += ontology.registers.entries[successor].replaced_by
    return seen


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _iso(date: str) -> str:
    return "-".join(reversed(date.split("/")))


def facts_of_forms(document: Document, ontology: Ontology) -> list[Fact]:
    """What forms state of a document. Of the language pipeline they need the dates alone, from its first pages."""
    doc = _TOKENISER.make_doc(document.text[:_FIRST_PAGES])
    return list(forms(Reading(document, doc, ontology, (), find_dates(doc, document.published))))


@dataclass
class Column:
    """Rows right as the table is, and as corrected by hand."""

    strict: int = 0
    corrected: int = 0


def measure(rows: Iterable[Expected], folder: Path, ontology: Ontology) -> tuple[dict[str, Column], int, list[str]]:
    """For each column how many rows are right, how many reports there were, and the disagreements as lines."""
    errors = {(e["file"], e["column"]): e["report"] for e in _rows(TABLE_ERRORS)}
    columns, reports, disagreements = {name: Column() for name in COLUMNS}, 0, []
    for row in rows:
        path = next((p for p in (folder / row.text, folder / row.pdf) if p.is_file()), None)
        if path is None:
            continue
        reports += 1
        facts: list[Fact] = []
        for document in read([str(path)]):
            if isinstance(document, Failure):
                disagreements.append(str(document))
            else:
                facts += facts_of_forms(document, ontology)
        values = found(facts)
        for name, column in columns.items():
            table_right = right(name, row.values[name], values[name], ontology)
            expected = errors.get((row.text, name), row.values[name])
            column.strict += table_right
            column.corrected += right(name, expected, values[name], ontology)
            if not table_right:
                says = f"table {row.values[name]!r}, form {values[name]!r}"
                by_hand = f", report by hand {expected!r}" if (row.text, name) in errors else ""
                disagreements.append(f"{path.name}: {name}: {says}{by_hand}")
    return columns, reports, disagreements


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--facts", type=Path, help="facts of a run, as JSON Lines")
    options = arguments.parse_args()
    if options.facts:
        lines = options.facts.read_text(encoding="utf-8").splitlines()
        facts = [Fact.from_json(json.loads(line)) for line in lines if line.strip()]
        pairs = list(contradictions(facts))
        compared = sum(fact.relation in ("rates", "inspects") for fact in facts)
        for fact, form in pairs:
            print(f"{fact.document}: {fact.relation} {_show(fact)}; the form: {_show(form)}; {fact.evidence.text!r}")
        print(f"{len(pairs)} of {compared} ratings and inspections contradict the form of their document")
        return
    ontology = load_ontology()
    for kind in ("text", "pdf"):
        columns, reports, disagreements = measure(table(options.folder), options.folder / kind, ontology)
        print(f"{kind}: {reports} reports    right by the table    by the table corrected by hand")
        for name, column in columns.items():
            shares = [f"{n:4} {100 * n / max(reports, 1):6.1f} %" for n in (column.strict, column.corrected)]
            print(f"  {name:15} {shares[0]:>20} {shares[1]:>20}")
        for line in disagreements:
            print(f"  {line}")


def _show(fact: Fact) -> str:
    return ", ".join(f"{k}={v.text if isinstance(v, Entity) else v}" for k, v in fact.arguments.items())


if __name__ == "__main__":
    main()

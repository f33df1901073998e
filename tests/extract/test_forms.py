"""Forms: a layout of another domain, made up here, and the layouts that the ontology ships, on real reports."""

from __future__ import annotations

import csv
import time
from pathlib import Path
from types import MappingProxyType

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.documents import Document, Span
from kgraph.extract.forms import forms, load_forms
from kgraph.extract.reading import Reading
from kgraph.facts import Entity, Fact
from kgraph.language.dates import find_dates
from kgraph.ontology import Ontology, load_ontology
from kgraph.readers import read
from tests.benchmarks.ofsted_forms import facts_of_forms, found, measure, table

REPORTS = Path(__file__).parents[2] / ".." / "shared" / "data" / "reports" / "ofsted_ilacs"
OLDER = Path(__file__).parents[1] / "corpus" / "ofsted" / "older_frameworks.csv"

# A form that has nothing to do with councils.
SEA_TRIAL = r"""
name: sea-trial
define:
  ship: (?P<value>(?-i:[A-Z])[\w ]+?)
recognise:
  within: 200
  patterns: ['sea trial of', 'surveyor ?:']
fields:
  ship: {kind: register, types: [ship], drop: '\b(?:motor )?vessel\b', patterns: ['sea trial of (?:the )?{ship} on']}
  when: {kind: date, patterns: ['on (?P<value>\d)']}
  surveyor: {kind: name, types: [person], patterns: ["surveyor ?: (?P<value>[\\w'–]+ [\\w'–]+)"]}
grades:
  pass: [pass]
  pass with remarks: [pass with remarks, pass subject to remarks]
  fail: [fail]
ungraded: [not tried]
table:
  after: part result
  rows:
    - {part: steering, labels: [steering gear of the main and of the emergency system]}
    - {part: engine, labels: [main engine and shaft]}
    - {part: anchor, labels: [anchor]}
facts:
  - relation: inspects
    arguments: {inspector: {name: Lloyd's Register, type: society}, body: $ship, when: "$when?", lead: "$surveyor?"}
    evidence: [ship, surveyor]
  - relation: rates
    each: row
    arguments: {body: $ship, aspect: $row.part, judgement: $row.grade}
    evidence: row
"""
TOKENISER = spacy.blank("en")
REGISTER = "id,type,name\nship/1,ship,Heron\nsociety/lr,society,Lloyd’s Register\n"


@pytest.fixture(scope="module")
def ontology(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    folder = tmp_path_factory.mktemp("sea")
    for name, text in (("forms/sea-trial.yaml", SEA_TRIAL), ("registers/ships.csv", REGISTER)):
        (folder / name).parent.mkdir()
        (folder / name).write_text(text, encoding="utf-8")
    nothing: MappingProxyType[str, object] = MappingProxyType({})
    return Ontology(folder, "", "", nothing, nothing, nothing)  # type: ignore[arg-type]


def read_forms(text: str, ontology: Ontology, furniture: tuple[Span, ...] = ()) -> list[Fact]:
    document = Document(id="d", text=text, source="-", furniture=furniture)
    doc = TOKENISER.make_doc(text)
    return list(forms(Reading(document, doc, ontology, (), find_dates(doc, None))))


def ratings(facts: list[Fact]) -> dict[str, str]:
    return {str(f.arguments["aspect"]): str(f.arguments["judgement"]) for f in facts if f.relation == "rates"}


HEAD = "Sea trial of the\nHeron on 3 to 5 May 2021\nSurveyor: Ann\nO’Dell\nPart Result\n"
STEERING = "Steering gear of the main and of the emergency system"


def test_fields_keep_their_places(ontology: Ontology) -> None:
    (fact,) = read_forms(HEAD, ontology)
    assert fact.arguments["body"] == Entity("Heron", "ship", "ship/1", 17, 22)
    assert fact.arguments["lead"] == Entity("Ann O’Dell", "person", None, 52, 62)
    assert fact.arguments["inspector"] == Entity("Lloyd's Register", "society", "society/lr")
    assert fact.arguments["when"] == "2021-05-03/2021-05-05"
    assert fact.evidence.text == HEAD[:62]


def test_a_name_is_looked_up_without_what_it_may_drop(ontology: Ontology) -> None:
    (fact,) = read_forms(HEAD.replace("Heron", "Motor Vessel Heron"), ontology)
    assert fact.arguments["body"] == Entity("Motor Vessel Heron", "ship", "ship/1", 17, 35)


def test_an_optional_argument_may_be_missing_and_a_required_one_not(ontology: Ontology) -> None:
    (fact,) = read_forms("Sea trial of Heron on a calm day. Surveyor: -", ontology)
    assert set(fact.arguments) == {"inspector", "body"}
    assert read_forms("Sea trial of a dinghy. Surveyor: Ann O'Dell. Part Result Anchor Pass", ontology) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Anchor Pass Main engine and shaft Fail", {"anchor": "pass", "engine": "fail"}),
        ("Main engine\nand shaft\nPass with\nremarks\nAnchor\nPass", {"engine": "pass with remarks", "anchor": "pass"}),
        (
            "Main engine  Pass subject\nand shaft    to remarks\nAnchor Fail",
            {"engine": "pass with remarks", "anchor": "fail"},
        ),
        ("Main en-\ngine and shaft Fail", {"engine": "fail"}),
        ("Anchor Not tried Main engine and shaft Pass", {"engine": "pass"}),
        (
            "Anchor Pass\nRigging and sails and spars Splendid\nMain engine and shaft Fail",
            {"anchor": "pass", "engine": "fail"},
        ),
        (STEERING.replace("of the main", "of main of the main") + " Fail", {}),  # two slips are one too many
        (STEERING.replace("emergency", "emergency back-up") + " Fail", {}),
        (STEERING.replace("emergency", "emergency spare") + " Fail", {"steering": "fail"}),
        ("Anchor was a pass last year", {}),
        ("Anchor Pass Anchor Fail", {"anchor": "pass"}),
    ],
)
def test_rows_wrap_and_say_no_more_than_they_say(ontology: Ontology, rows: str, expected: dict[str, str]) -> None:
    assert ratings(read_forms(HEAD + rows, ontology)) == expected


def test_page_furniture_is_not_seen_and_is_no_evidence(ontology: Ontology) -> None:
    text = HEAD + "Main engine and\nPage 2 of 9\nshaft Fail"
    start = text.index("Page")
    facts = read_forms(text, ontology, furniture=(Span(start, start + 11),))
    assert ratings(facts) == {"engine": "fail"}
    assert facts[-1].evidence.text == "Main engine and"


GAPS = st.sampled_from([" ", "\n", "  ", " \n ", "\t", "\n\n"])


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_whatever_the_gaps_grades_are_read_and_evidence_rereads(ontology: Ontology, data: st.DataObject) -> None:
    grades = {"Pass": "pass", "Pass with remarks": "pass with remarks", "Fail": "fail"}
    labels = {"anchor": "Anchor", "engine": "Main engine and shaft", "steering": STEERING}
    chosen = {part: data.draw(st.sampled_from(sorted(grades))) for part in data.draw(st.permutations(sorted(labels)))}
    words = " ".join(f"{labels[part]} {grade}" for part, grade in chosen.items()).split()
    text = HEAD + "".join(word + data.draw(GAPS) for word in words)
    facts = read_forms(text, ontology)
    assert ratings(facts) == {part: grades[grade] for part, grade in chosen.items()}
    for fact in facts:
        assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.text
        for value in fact.arguments.values():
            if isinstance(value, Entity) and value.start is not None:
                assert " ".join(text[value.start : value.end].split()) == value.text


@pytest.mark.parametrize("text", ["name: x", "- a list", "a: [", SEA_TRIAL.replace("$ship", "$boat"), "name: [\x00"])
def test_what_is_no_form_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.yaml: not a form"):
        load_forms(tmp_path)


def test_texts_that_are_no_forms_cost_little() -> None:
    ontology = load_ontology()
    text = "Inspection dates: none. The council was inspected, and the inspection of services went on and on. " * 20_000
    document = Document(id="d", text=text, source="-")
    reading = Reading(document, TOKENISER.make_doc(""), ontology, (), ())
    assert list(forms(reading)) == []
    start = time.perf_counter()
    for _ in range(10):
        list(forms(reading))
    assert (time.perf_counter() - start) / 10 < 0.02


@pytest.mark.skipif(not REPORTS.is_dir(), reason="needs the shared reports")
def test_current_reports_agree_with_an_independent_table() -> None:
    columns, reports, disagreements = measure(table(REPORTS)[::8], REPORTS / "text", load_ontology())
    assert reports >= 20
    for name, column in columns.items():
        # A sample: one row in it is four of a hundred. The whole is `python -m tests.benchmarks.ofsted_forms`.
        assert column.corrected >= reports - 1, (name, disagreements)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="needs the shared reports")
def test_older_reports_agree_with_a_reading_by_hand() -> None:
    ontology = load_ontology()
    with OLDER.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        (document,) = read([str(REPORTS / "text" / row.pop("file"))])
        assert isinstance(document, Document)
        facts = facts_of_forms(document, ontology)
        values = found(facts)
        assert values["authority"] == row.pop("gss")
        for column in ("start", "end", "lead inspector"):
            assert values[column] == row.pop(column), document.id
        assert ratings(facts) == {aspect: grade for aspect, grade in row.items() if grade}, document.id

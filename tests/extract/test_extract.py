"""The whole of parser-free extraction: bounds on the development gold, and what holds of every fact."""

from collections import Counter
from pathlib import Path

import pytest

from kgraph.documents import Document, Span
from kgraph.evaluate import Rules, evaluate
from kgraph.extract import extract, read
from tests.extract.parsed import reading as parsed
from tests.sentences import facts, ontology, pipeline, plain, reading

SHARED = Path(__file__).parents[3] / "shared"
FOLDERS = [SHARED / "gold", SHARED / "seeds"]
RELATIONS = ("holds-role", "member-of", "part-of", "rates")


@pytest.mark.skipif(not FOLDERS[0].is_dir(), reason="the development gold is not here")
def test_precision_and_recall_on_the_development_gold() -> None:
    right, false, missed = Counter[str](), Counter[str](), Counter[str]()
    for folder in FOLDERS:
        found = []
        for path in sorted(folder.glob("*.txt")):
            text = path.read_text("utf-8")
            head = [line[11:] for line in text.split("\n")[:3] if line.startswith("Published: ")]
            document = Document(path.stem, text, str(path), published=head[0] if head else None)
            found += [f.to_json() for f in extract(read(document, pipeline(), ontology()))]
        for relation, count in evaluate(
            folder, found, Rules.load(ontology().folder / "evaluation.yaml")
        ).relations.items():
            right[relation] += count.right
            false[relation] += count.false
            missed[relation] += count.missed
    for relation in RELATIONS:
        assert right[relation] / (right[relation] + false[relation]) >= 0.85, relation
    recall = [right[r] / (right[r] + missed[r]) for r in RELATIONS]
    assert sum(recall) / len(recall) >= 0.55


def test_every_argument_and_every_piece_of_evidence_stands_where_it_says() -> None:
    text = (
        "Sefton Mayor Zed Quibble (Lab) spoke.\n\nCllr Ann Other, leader of the Labour Group on the council, said "
        "Ofsted had rated Sefton Council good. The council's cabinet met."
    )
    found = extract(reading(text))
    assert {f.relation for f in found} == {"holds-role", "member-of", "part-of", "rates"}
    for fact in found:
        assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.text
        for value in fact.arguments.values():
            start, end = getattr(value, "start", None), getattr(value, "end", None)
            assert start is None or text[start:end].strip()
    assert found == sorted(found, key=lambda f: f.evidence.start)


def test_what_is_said_twice_is_one_fact_with_the_fuller_arguments() -> None:
    text = "Ofsted rated Sefton Council inadequate in 2016. Sefton Council was rated inadequate by Ofsted in May 2016."
    assert [plain(f)["when"] for f in facts(text, "rates")] == ["2016-05"]


def test_who_was_leader_and_who_is_are_two_facts() -> None:
    text = "Zed Quibble, leader of Sefton Council, met the former leader of Sefton Council, Ann Other."
    assert {(f["person"], f.get("status")) for f in map(plain, facts(text, "holds-role"))} == {
        ("Zed Quibble", None),
        ("Ann Other", "former"),
    }


def test_furniture_states_nothing() -> None:
    text = "Zed Quibble, leader of Sefton Council, spoke.\nMore: Jo Bloggs, leader of Leeds City Council, quits\n"
    at = text.index("More")
    document = Document("test", text, "-", furniture=(Span(at, len(text)),))
    assert {plain(f)["person"] for f in extract(read(document, pipeline(), ontology()))} == {"Zed Quibble"}


def test_a_scare_quote_is_no_speech() -> None:
    text = "Ofsted said Sefton Council was rated “inadequate”."
    assert [plain(f).get("attributed_to") for f in facts(text, "rates")] == [None]


def test_who_is_acting_in_an_office_does_not_hold_it_for_good() -> None:
    text = "Dr Field was suspended in May. Her deputy, Imran Chaudhry, is temporary chief constable."
    held = {
        (f.arguments["role"], f.arguments.get("status")) for f in extract(parsed(text)) if f.relation == "holds-role"
    }
    assert held == {("chief constable", "interim")}


def test_months_are_no_places() -> None:
    text = "Leeds City Council appointed Tom Field as interim director of housing in May."
    assert "May" not in {m.text for m in parsed(text).mentions}

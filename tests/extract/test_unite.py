"""One event told in several places is one fact; what contradicts stays apart; forms tell their own event."""

from kgraph.documents import Document
from kgraph.extract.beside_forms import beside_forms
from kgraph.extract.unite import unite
from kgraph.facts import Entity, Fact
from kgraph.ontology import load_ontology

DOCUMENT = Document("d", "Ofsted inspected the council in May. The inspection found little. " * 3, "-")
OFSTED, COUNCIL = Entity("Ofsted", "inspectorate"), Entity("Northby Council", "council")
KEYS = {"inspects": ("inspector", "body"), "rates": ("inspector", "body", "judgement")}


def fact(relation: str, at: int = 0, extractor: str = "", **arguments: str) -> Fact:
    all_ = {"inspector": OFSTED, "body": COUNCIL, **arguments}
    return Fact("d", relation, all_, DOCUMENT.excerpt(at, at + 6), extractor=extractor)


def united(*facts: Fact) -> list[dict[str, str]]:
    return [{n: v for n, v in f.arguments.items() if isinstance(v, str)} for f in unite(facts, KEYS)]


def test_what_is_said_in_two_places_is_one_fact_with_all_of_it() -> None:
    assert united(
        fact("inspects", kind="inspection"), fact("inspects", 37, when="2019-05", service="children's services")
    ) == [{"kind": "inspection", "when": "2019-05", "service": "children's services"}]


def test_the_finer_date_and_the_finer_kind_are_kept() -> None:
    assert united(
        fact("inspects", when="2019", kind="visit"), fact("inspects", when="2019-05", kind="monitoring visit")
    ) == [{"when": "2019-05", "kind": "monitoring visit"}]


def test_other_dates_and_kinds_are_other_events() -> None:
    assert len(united(fact("inspects", when="2019"), fact("inspects", when="2021"))) == 2
    assert len(united(fact("inspects", kind="monitoring visit"), fact("inspects", kind="annual review"))) == 2


def test_a_judgement_of_a_part_is_not_that_of_the_whole() -> None:
    assert len(united(fact("rates", judgement="good"), fact("rates", judgement="good", aspect="leadership"))) == 2


def test_relations_without_keys_come_through_as_they_are() -> None:
    twice = [fact("publishes", document="report"), fact("publishes", 37, document="report")]
    assert unite(twice, KEYS) == twice


def test_beside_a_form_only_what_its_date_sets_apart_stands() -> None:
    form = fact("rates", extractor="form:report", judgement="inadequate", when="2015-01-14/2015-02-04")
    again = fact("rates", 37, judgement="adequate")
    before = fact("rates", 37, judgement="adequate", when="2011-11")
    other = Fact(
        "d", "rates", {"inspector": OFSTED, "body": Entity("Southby Council"), "judgement": "good"}, again.evidence
    )
    relations = load_ontology().relations
    assert beside_forms([form, again, before, other], relations) == [form, before, other]

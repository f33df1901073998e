"""One entity under many names, never two under one."""

from __future__ import annotations

import pytest

from kgraph.documents import Excerpt
from kgraph.facts import Entity, Fact
from kgraph.ontology import Ontology, load_ontology
from kgraph.resolve.entities import Resolution, resolve
from kgraph.resolve.judgements import Judgement, Key

SEFTON = Entity("Sefton Council", "council", "council/E08000014")
KNOWSLEY = Entity("Knowsley Council", "council", "council/E08000011")
LABOUR = Entity("Labour", "party", "party/PP53")


def person(name: str) -> Entity:
    return Entity(name, "person")


def role(document: str, name: str, org: Entity, **more: object) -> Fact:
    arguments = {"person": person(name), "role": "leader", "org": org}
    return Fact(document, "holds-role", arguments, Excerpt(0, 1, "x"), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def same(resolution: Resolution, one: tuple[str, Entity], other: tuple[str, Entity]) -> bool:
    return resolution(*one).key == resolution(*other).key


def test_same_name_and_same_council_is_one_person(ontology: Ontology) -> None:
    found = resolve([role("a", "Ann Other", SEFTON), role("b", "Ann Other", SEFTON)], ontology)
    assert same(found, ("a", person("Ann Other")), ("b", person("Ann Other")))


def test_same_name_in_two_councils_is_two_people(ontology: Ontology) -> None:
    found = resolve([role("a", "Ann Other", SEFTON), role("b", "Ann Other", KNOWSLEY)], ontology)
    assert not same(found, ("a", person("Ann Other")), ("b", person("Ann Other")))


def test_a_national_party_is_no_evidence(ontology: Ontology) -> None:
    def member(document: str) -> Fact:
        return Fact(document, "member-of", {"person": person("Ann Other"), "group": LABOUR}, Excerpt(0, 1, "x"))

    found = resolve([member("a"), member("b")], ontology)
    assert not same(found, ("a", person("Ann Other")), ("b", person("Ann Other")))


def test_a_surname_alone_stays_in_its_document(ontology: Ontology) -> None:
    found = resolve([role("a", "Other", SEFTON), role("b", "Other", SEFTON)], ontology)
    assert not same(found, ("a", person("Other")), ("b", person("Other")))


def test_a_denied_fact_is_no_evidence(ontology: Ontology) -> None:
    found = resolve([role("a", "Ann Other", SEFTON), role("b", "Ann Other", SEFTON, polarity="negative")], ontology)
    assert not same(found, ("a", person("Ann Other")), ("b", person("Ann Other")))


def test_an_untyped_mention_joins_the_typed_one_of_its_document(ontology: Ontology) -> None:
    speech = Fact("a", "says", {"speaker": Entity("ann other"), "stance": "states"}, Excerpt(0, 1, "x"))
    found = resolve([role("a", "Ann Other", SEFTON), speech], ontology)
    assert same(found, ("a", person("Ann Other")), ("a", Entity("ann other")))


def test_register_id_decides_whatever_the_name(ontology: Ontology) -> None:
    other_name = Entity("the borough", "council", SEFTON.id)
    found = resolve([role("a", "Ann Other", SEFTON), role("b", "Bo Else", other_name)], ontology)
    assert same(found, ("a", SEFTON), ("b", other_name))
    assert found("a", SEFTON).key == SEFTON.id
    assert "the borough" in found("a", SEFTON).names


def test_a_further_document_does_not_change_an_iri(ontology: Ontology) -> None:
    before = resolve([role("b", "Ann Other", SEFTON)], ontology)
    after = resolve([role("a", "Ann Other", SEFTON), role("b", "Ann Other", SEFTON)], ontology)
    assert before("b", person("Ann Other")).key == after("b", person("Ann Other")).key


# --- judgements --------------------------------------------------------------------------------------------

TWO = [role("a", "Ann Other", SEFTON), role("b", "Ann Other", SEFTON)]
APART = [role("a", "Ann Other", SEFTON), role("b", "Ann Other", KNOWSLEY)]
ANN_A, ANN_B, ANN_C = (Key.of(document, person("Ann Other")) for document in "abc")


def judged(*judgements: Judgement, facts: list[Fact], ontology: Ontology) -> Resolution:
    return resolve(facts, ontology, judgements=judgements)


def test_a_judgement_joins_what_the_evidence_does_not(ontology: Ontology) -> None:
    found = judged(Judgement(ANN_A, ANN_B, "same", "she moved"), facts=APART, ontology=ontology)
    assert found.of(ANN_A) == found.of(ANN_B)
    assert found.decisions[0].reasons == ("judged same: she moved",)


def test_a_judgement_parts_what_the_evidence_joins(ontology: Ontology) -> None:
    found = judged(Judgement(ANN_A, ANN_B, "different"), facts=TWO, ontology=ontology)
    assert found.of(ANN_A).key != found.of(ANN_B).key


def test_unsure_leaves_two(ontology: Ontology) -> None:
    found = judged(Judgement(ANN_A, ANN_B, "unsure"), facts=TWO, ontology=ontology)
    assert found.of(ANN_A).key != found.of(ANN_B).key


def test_against_a_contradiction_different_stands_and_is_told(ontology: Ontology) -> None:
    judgements = [
        Judgement(ANN_A, ANN_B, "same"),
        Judgement(ANN_B, ANN_C, "same"),
        Judgement(ANN_A, ANN_C, "different"),
    ]
    facts = [role(document, "Ann Other", SEFTON) for document in "abc"]
    found = judged(*judgements, facts=facts, ontology=ontology)
    assert found.of(ANN_A).key != found.of(ANN_C).key
    assert any(d.outcome == "doubtful" and "another judgement" in d.reasons[-1] for d in found.decisions)


def test_a_judgement_on_what_is_no_longer_there_does_nothing(ontology: Ontology) -> None:
    gone = Key.of("gone", person("Ann Other"))
    assert judged(Judgement(ANN_A, gone, "same"), facts=TWO, ontology=ontology).of(ANN_A)

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


# --- forms of names ----------------------------------------------------------------------------------------


def holds(document: str, name: str, title: str, org: Entity) -> Fact:
    return Fact(document, "holds-role", {"person": person(name), "role": title, "org": org}, Excerpt(0, 1, "x"))


def member(document: str, name: str, party: Entity = LABOUR) -> Fact:
    return Fact(document, "member-of", {"person": person(name), "group": party}, Excerpt(0, 1, "x"))


def meets(document: str, body: Entity) -> Fact:
    return Fact(document, "meets", {"body": body}, Excerpt(0, 1, "x"))


@pytest.mark.parametrize("form", ["A. Other", "Andy Other", "Andrew Mark Other", "Other"])
def test_a_short_form_is_one_by_the_same_post(ontology: Ontology, form: str) -> None:
    facts = [holds("a", "Andrew Other", "chief executive", SEFTON), holds("b", form, "chief executive", SEFTON)]
    assert same(resolve(facts, ontology), ("a", person("Andrew Other")), ("b", person(form)))


@pytest.mark.parametrize("form", ["A. Other", "Andy Other", "Other"])
def test_a_short_form_is_doubtful_without_further_evidence(ontology: Ontology, form: str) -> None:
    facts = [holds("a", "Andrew Other", "councillor", SEFTON), holds("b", form, "councillor", SEFTON)]
    found = resolve(facts, ontology)
    assert not same(found, ("a", person("Andrew Other")), ("b", person(form)))
    assert [d.outcome for d in found.decisions] == ["doubtful"]


def test_the_same_party_beside_the_same_council_is_further_evidence(ontology: Ontology) -> None:
    facts = [holds(d, n, "councillor", SEFTON) for d, n in (("a", "Andrew Other"), ("b", "Andy Other"))]
    facts += [member("a", "Andrew Other"), member("b", "Andy Other")]
    assert same(resolve(facts, ontology), ("a", person("Andrew Other")), ("b", person("Andy Other")))


def test_initials_of_two_people_are_nobodys(ontology: Ontology) -> None:
    named = [("a", "Ann Other"), ("b", "Abel Other"), ("c", "A. Other")]
    found = resolve([holds(d, n, "chief executive", SEFTON) for d, n in named], ontology)
    assert len({found(d, person(n)).key for d, n in named}) == 3


def test_titles_and_honours_are_no_part_of_a_name(ontology: Ontology) -> None:
    facts = [holds("a", "Dame Ann Other", "chair", SEFTON), holds("b", "Ann Other OBE", "leader", SEFTON)]
    assert same(resolve(facts, ontology), ("a", person("Dame Ann Other")), ("b", person("Ann Other OBE")))


def test_who_has_no_body_is_known_by_what_the_documents_are_about(ontology: Ontology) -> None:
    facts = [holds("a", "Ann Other", "leader", SEFTON), meets("b", SEFTON), member("b", "Ann Other")]
    assert same(resolve(facts, ontology), ("a", person("Ann Other")), ("b", person("Ann Other")))


def test_a_national_body_beside_both_is_no_evidence_against_two_councils(ontology: Ontology) -> None:
    ofsted = Entity("Ofsted", "inspectorate", "inspectorate/ofsted")
    facts = [role("a", "Ann Other", SEFTON), role("b", "Ann Other", KNOWSLEY)]
    for document in "ab":
        about = {"speaker": person("Ann Other"), "stance": "states", "about": ofsted}
        facts.append(Fact(document, "says", about, Excerpt(0, 1, "x")))
    found = resolve(facts, ontology)
    assert not same(found, ("a", person("Ann Other")), ("b", person("Ann Other")))
    (refusal,) = [d for d in found.decisions if d.outcome == "refused"]
    assert "Knowsley" in refusal.reasons[0] and "Sefton" in refusal.reasons[0]


# --- bodies ------------------------------------------------------------------------------------------------


def test_a_company_is_one_with_and_without_its_legal_form(ontology: Ontology) -> None:
    one, other = Entity("Northby Homes", "company"), Entity("Northby Homes Ltd", "company")
    assert same(resolve([meets("a", one), meets("b", other)], ontology), ("a", one), ("b", other))


def test_councils_of_one_place_are_told_apart_by_their_kind(ontology: Ontology) -> None:
    names = ["Northby District Council", "Northby County Council", "Northby DC"]
    district, county, short = (Entity(name, "council") for name in names)
    found = resolve([meets("a", district), meets("b", county), meets("c", short)], ontology)
    assert same(found, ("a", district), ("c", short))
    assert not same(found, ("a", district), ("b", county))


def test_committees_of_one_name_are_told_apart_by_their_councils(ontology: Ontology) -> None:
    panel = Entity("Audit Committee", "committee")

    def part(document: str, whole: Entity) -> Fact:
        return Fact(document, "part-of", {"part": panel, "whole": whole}, Excerpt(0, 1, "x"))

    found = resolve([part("a", SEFTON), part("b", SEFTON), part("c", KNOWSLEY)], ontology)
    assert same(found, ("a", panel), ("b", panel))
    assert not same(found, ("a", panel), ("c", panel))


def test_the_date_of_the_document_chooses_between_bearers_of_a_name(ontology: Ontology) -> None:
    mayoral = ontology.registers.lookup("North East Combined Authority", "2025-06-01")
    assert len(mayoral) == 1
    found = resolve(
        [
            meets("a", Entity("North East Combined Authority", "council")),
            meets("b", Entity("x", "council", mayoral[0].id)),
        ],
        ontology,
        published={"a": "2025-06-01"},
    )
    assert found("a", Entity("North East Combined Authority", "council")).id == mayoral[0].id


# --- what a rebuild must not change ------------------------------------------------------------------------


def test_the_order_of_facts_makes_no_difference(ontology: Ontology) -> None:
    facts = [holds(d, n, "leader", o) for d, n in (("a", "Ann Other"), ("b", "A. Other")) for o in (SEFTON, KNOWSLEY)]
    forwards, backwards = resolve(facts, ontology), resolve(facts[::-1], ontology)
    assert forwards.entities() == backwards.entities()
    assert forwards.decisions == backwards.decisions

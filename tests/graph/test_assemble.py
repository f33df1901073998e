"""A graph is made of facts: statements as nodes, with their sources; what is not asserted stays apart."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pyoxigraph
import pytest

from kgraph.facts import Entity, Fact
from kgraph.graph import Graph, assemble
from kgraph.ontology import Ontology, load_ontology
from tests.graph.hand_made import COUNCIL, DANE, DOCUMENTS, FACTS, FIRST, ROOK, SECOND, fact

PREFIXES = """
PREFIX kg: <https://w3id.org/kgraph/ns#>  PREFIX would: <https://w3id.org/kgraph/would#>
PREFIX org: <http://www.w3.org/ns/org#>   PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#>     PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX schema: <http://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
BASE = "https://data.example/id/"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def graph(ontology: Ontology) -> Graph:
    return assemble(FACTS, DOCUMENTS, ontology, BASE)


@pytest.fixture(scope="module")
def store(graph: Graph) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load("\n".join(graph.triples).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return store


def ask(store: pyoxigraph.Store, pattern: str) -> bool:
    return bool(store.query(f"{PREFIXES} ASK {{ {pattern} }}"))


def select(store: pyoxigraph.Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query(PREFIXES + query)
    names = [variable.value for variable in solutions.variables]
    return sorted(tuple("" if row[n] is None else row[n].value for n in names) for row in solutions)


def test_memberships_are_those_asserted(store: pyoxigraph.Store) -> None:
    rows = select(
        store,
        """SELECT ?person ?role ?org ?status WHERE { ?m a org:Membership ; org:member/rdfs:label ?person .
           OPTIONAL { ?m org:role/rdfs:label ?role } OPTIONAL { ?m kg:status ?status }
           ?m org:organization/rdfs:label ?org }""",
    )
    assert rows == [
        ("Marion Dane", "leader", "Middlesbrough Borough Council", ""),
        ("Marion Dane of Hartlepool", "leader", "Hartlepool Borough Council", "former"),
        ("Peter Rook", "", "Labour Group", ""),
    ]


def test_claimed_denied_planned_and_possible_facts_are_propositions(store: pyoxigraph.Store) -> None:
    rows = select(
        store,
        """SELECT ?relation ?speaker ?polarity ?certainty WHERE { ?p a kg:Proposition ; kg:relation ?relation ;
           kg:polarity ?polarity ; kg:certainty ?certainty . OPTIONAL { ?p kg:attributedTo/rdfs:label ?speaker } }""",
    )
    assert rows == [
        ("appoints", "", "positive", "possible"),
        ("holds-role", "", "negative", "stated"),
        ("holds-role", "Peter Rook", "positive", "stated"),
        ("meets", "", "positive", "planned"),
    ]


def test_no_property_of_facts_leads_to_or_from_a_proposition(store: pyoxigraph.Store) -> None:
    properties = {row[0] for row in select(store, "SELECT DISTINCT ?p WHERE { ?x a kg:Proposition ; ?p ?o }")}
    facts = {row[0] for row in select(store, "SELECT DISTINCT ?p WHERE { ?x a kg:Fact ; ?p ?o }")}
    names = {p.rpartition("#")[2].rpartition("/")[2] for p in properties & facts}
    assert names == {"type", "label", "relation", "confidence", "extractor", "wasDerivedFrom"}
    assert not ask(
        store, '?p rdfs:label "Ann Kerr" . ?p ?shortcut ?x FILTER (isIRI(?x) && STRSTARTS(STR(?shortcut), STR(kg:)))'
    )
    assert not ask(store, '?post a org:Post ; rdfs:label ?l FILTER (CONTAINS(?l, "deputy mayor"))')


def test_plain_edges_only_from_asserted_facts(graph: Graph) -> None:
    labels = {node.iri: node.label for node in graph.nodes}
    drawn = {
        (labels[edge.source], edge.label, labels[edge.target]) for edge in graph.edges if edge.type == "holds-role"
    }
    assert drawn == {
        ("Marion Dane", "leader", "Middlesbrough Borough Council"),
        ("Marion Dane of Hartlepool", "former leader", "Hartlepool Borough Council"),
    }
    assert not [edge for edge in graph.edges if "deputy" in edge.label or edge.type == "meets"]


def test_a_claim_points_to_what_it_states(store: pyoxigraph.Store) -> None:
    assert select(store, "SELECT ?role WHERE { ?c a kg:Claim ; kg:states ?p . ?p would:role ?role }") == [
        ("deputy mayor",)
    ]


def test_a_fact_stated_twice_is_one_with_both_sources(store: pyoxigraph.Store) -> None:
    rows = select(
        store,
        """SELECT ?n ?confidence (COUNT(?e) AS ?excerpts) WHERE { ?m a org:Membership ; kg:sources ?n ;
           kg:confidence ?confidence ; org:member/rdfs:label "Marion Dane" ; prov:wasDerivedFrom ?e }
           GROUP BY ?n ?confidence""",
    )
    assert rows == [("2", "0.9", "2")]


def test_one_excerpt_twice_quoted_is_one_source(ontology: Ontology) -> None:
    twin = FIRST.__class__(**{**{n: getattr(FIRST, n) for n in FIRST.__dataclass_fields__}, "id": "copy.txt"})
    words = "Marion Dane, leader of Middlesbrough Council"
    facts = [
        fact(d, words, "holds-role", person=Entity("Marion Dane", "person"), role="leader", org=COUNCIL)
        for d in (FIRST, twin)
    ]
    graph = assemble(facts, [FIRST, twin], ontology, BASE)
    assert [edge.attributes["sources"] for edge in graph.edges] == [1]


def test_every_excerpt_rereads_to_its_quotation(store: pyoxigraph.Store) -> None:
    texts = {document.sha256: document.text for document in DOCUMENTS}
    rows = select(
        store,
        """SELECT ?sha ?start ?end ?exact WHERE { ?e oa:hasSource/kg:textSha256 ?sha ; oa:hasSelector ?p, ?q .
           ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact }""",
    )
    assert len(rows) == len({(f.document, f.evidence.start, f.evidence.end) for f in FACTS})
    assert all(texts[sha][int(start) : int(end)] == exact for sha, start, end, exact in rows)


def test_pages_are_kept(store: pyoxigraph.Store) -> None:
    assert select(
        store, 'SELECT ?n WHERE { ?e kg:page ?n ; oa:hasSelector/oa:exact "visited from 6 to 17 May 2019" }'
    ) == [("1",)]
    assert select(
        store, 'SELECT ?n WHERE { ?e kg:page ?n ; oa:hasSelector/oa:exact "The council paid £2.5m for repairs" }'
    ) == [("2",)]


def test_a_rating_belongs_to_its_inspection(store: pyoxigraph.Store) -> None:
    rows = select(
        store, "SELECT ?j ?lead WHERE { ?r kg:judgement ?j ; kg:ratingFrom/kg:leadInspector/rdfs:label ?lead }"
    )
    assert rows == [("inadequate", "Hester Vale")]


def test_of_two_fitting_inspections_none_is_chosen(ontology: Ontology) -> None:
    evidence = "visited from 6 to 17 May 2019"
    one = {"inspector": Entity("Ofsted", "inspectorate"), "body": COUNCIL}
    facts = [
        fact(FIRST, evidence, "inspects", **one, kind="inspection"),
        fact(FIRST, evidence, "inspects", **one, kind="monitoring visit"),
        fact(FIRST, evidence, "rates", **one, judgement="good"),
    ]
    assert not [line for line in assemble(facts, DOCUMENTS, ontology, BASE).triples if "ratingFrom" in line]


def test_dates_have_bounds_beside_their_text(store: pyoxigraph.Store) -> None:
    rows = select(
        store,
        """SELECT ?when ?a ?b ?c ?d WHERE { ?f a kg:Appointment ; kg:when ?when ;
           kg:startEarliest ?a ; kg:startLatest ?b ; kg:endEarliest ?c ; kg:endLatest ?d }""",
    )
    assert rows == [("2015-05", "2015-05-01", "2015-05-31", "2015-05-01", "2015-05-31")]


def test_undated_events_of_two_documents_stay_two(ontology: Ontology) -> None:
    first = fact(FIRST, "The council paid", "meets", body=COUNCIL)
    second = fact(SECOND, "the council", "meets", body=COUNCIL)
    graph = assemble([first, second], DOCUMENTS, ontology, BASE)
    assert sum("ns#Meeting>" in line for line in graph.triples) == 2


def test_register_gives_iri_names_and_wikidata(store: pyoxigraph.Store) -> None:
    council = f"<{BASE}council/E06000002>"
    assert ask(
        store, f"{council} a kg:Council, org:FormalOrganization ; owl:sameAs <http://www.wikidata.org/entity/Q6841843>"
    )


def test_order_of_input_makes_no_difference(graph: Graph, ontology: Ontology) -> None:
    facts, documents = list(FACTS), list(DOCUMENTS)
    random.Random(1).shuffle(facts)
    documents.reverse()
    assert assemble(facts, documents, ontology, BASE) == graph


def test_hostile_text_stays_text(ontology: Ontology) -> None:
    name = 'O\'Neil "Bob"\n<script>alert(1)</script>\\ \x00 \ud800 🙂'
    one = fact(FIRST, "Marion Dane", "holds-role", person=Entity(name, "person"), role='a "role" > b', org=COUNCIL)
    graph = assemble([one], DOCUMENTS, ontology, BASE)
    parsed = list(pyoxigraph.parse("\n".join(graph.triples).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert len(parsed) == len(graph.triples)
    labels = {q.object.value for q in parsed if q.predicate.value.endswith("label")}
    assert name.replace("\x00", "\ufffd").replace("\ud800", "\ufffd") in labels


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"relation": "holds-office"}, "no relation 'holds-office'"),
        ({"relation": "meets", "colour": "red"}, "meets has no argument 'colour'"),
    ],
)
def test_facts_outside_the_ontology_are_refused(ontology: Ontology, wrong: dict[str, str], reason: str) -> None:
    relation = wrong.pop("relation")
    with pytest.raises(ValueError, match=f"first.txt: .*{reason}"):
        assemble([fact(FIRST, "Marion Dane", relation, **wrong)], DOCUMENTS, ontology, BASE)


def test_two_documents_of_one_id_are_refused(ontology: Ontology) -> None:
    with pytest.raises(ValueError, match=r"first\.txt"):
        assemble(
            [], [FIRST, FIRST.__class__(id="first.txt", text="other", source="elsewhere/first.txt")], ontology, BASE
        )


def test_spellings_of_a_role_are_one_post_with_one_label(ontology: Ontology) -> None:
    facts = [
        fact(FIRST, "Marion Dane", "holds-role", person=DANE, role=role, org=COUNCIL) for role in ("Leader", "leader")
    ]
    graph = assemble(facts, DOCUMENTS, ontology, BASE)
    labels = [line for line in graph.triples if line.startswith(f"<{BASE}post/") and "rdf-schema#label" in line]
    assert len(labels) == 1


@pytest.mark.parametrize(
    "unasserted",
    [
        {"polarity": "negative"},
        {"certainty": "planned"},
        {"certainty": "possible"},
        {"attributed_to": ROOK},
    ],
)
@pytest.mark.parametrize("one", FACTS, ids=lambda one: f"{one.relation} {one.evidence.start}")
def test_nothing_leaks_from_what_is_not_asserted(ontology: Ontology, one: Fact, unasserted: dict[str, Any]) -> None:
    """Whatever the relation: no fact, no plain triple between entities, no drawn edge."""
    graph = assemble([dataclasses.replace(one, **unasserted)], DOCUMENTS, ontology, BASE)
    assert not [edge for edge in graph.edges if edge.type != "register"]
    entities = {node.iri for node in graph.nodes}
    for triple in pyoxigraph.parse("\n".join(graph.triples).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES):
        assert triple.object.value != "https://w3id.org/kgraph/ns#Fact"
        assert triple.object.value not in ontology.relations[one.relation].rdf.classes or "wouldBe" in str(triple)
        if triple.subject.value in entities and triple.object.value in entities:
            assert triple.predicate.value == "http://www.w3.org/ns/org#subOrganizationOf"  # from the register
            assert one.relation != "part-of"

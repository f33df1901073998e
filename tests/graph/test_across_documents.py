"""What a graph says of several documents together: terms of office, corroboration, contradictions, who is who."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph
import pytest

from kgraph.documents import Document, Excerpt
from kgraph.facts import Entity, Fact, Value
from kgraph.graph import assemble
from kgraph.graph.terms import PREFIXES
from kgraph.graph.validate import check_sources
from kgraph.ontology import Ontology, load_ontology
from kgraph.query.explain import explain
from kgraph.resolve.judgements import Judgement, Key

BASE = "https://example.org/id/"
SEFTON = Entity("Sefton Council", "council", "council/E08000014")
OFSTED = Entity("Ofsted", "inspectorate", "inspectorate/ofsted")
ANN, BOB = Entity("Ann Other", "person"), Entity("Bob Else", "person")


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def store(
    ontology: Ontology, facts: Iterable[Fact], judgements: Iterable[Judgement] = (), **published: str
) -> pyoxigraph.Store:
    facts = list(facts)
    texts = {name: f"{name} tells a story of its own, number {n}." for n, name in enumerate("abcdef")}
    names = sorted({fact.document for fact in facts})
    documents = [Document(name, texts[name], name, published=published.get(name)) for name in names]
    graph = assemble(facts, documents, ontology, BASE, judgements)
    found = pyoxigraph.Store()
    found.load("\n".join(graph.triples).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return found


def fact(document: str, relation: str, **arguments: Value) -> Fact:
    return Fact(document, relation, arguments, Excerpt(0, 5, document + " tel"))


def rows(found: pyoxigraph.Store, pattern: str) -> list[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {p}: <{iri}> " for p, iri in PREFIXES.items())
    solutions = found.query(f"{prefixes} SELECT {pattern}")
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return sorted(tuple("" if value is None else value.value for value in solution) for solution in solutions)  # type: ignore[union-attr]


# --- terms of office ---------------------------------------------------------------------------------------


def test_appointment_holding_and_departure_of_three_documents_are_one_tenure(ontology: Ontology) -> None:
    found = store(
        ontology,
        [
            fact("a", "appoints", person=ANN, role="leader", org=SEFTON, when="2019-05-09"),
            fact("b", "holds-role", person=ANN, role="leader", org=SEFTON),
            fact("c", "leaves-role", person=ANN, role="leader", org=SEFTON, when="2023-05", manner="resigned"),
        ],
        b="2021-02-03",
    )
    assert rows(found, "?start ?end WHERE { ?t a kg:Tenure ; kg:startLatest ?start ; kg:endLatest ?end }") == [
        ("2019-05-09", "2023-05-31")
    ]
    assert len(rows(found, "?fact WHERE { ?fact kg:tenure ?t }")) == 3


def test_interim_and_then_permanent_are_two_tenures(ontology: Ontology) -> None:
    found = store(
        ontology,
        [
            fact("a", "holds-role", person=ANN, role="chief executive", org=SEFTON, status="interim"),
            fact("b", "holds-role", person=ANN, role="chief executive", org=SEFTON),
        ],
        a="2020-01-01",
        b="2021-01-01",
    )
    assert rows(found, "?kind WHERE { ?t a kg:Tenure . OPTIONAL { ?t kg:status ?kind } }") == [("",), ("interim",)]


def test_a_candidate_has_no_tenure(ontology: Ontology) -> None:
    found = store(ontology, [fact("a", "holds-role", person=ANN, role="mayor", org=SEFTON, status="candidate")])
    assert rows(found, "?t WHERE { ?t a kg:Tenure }") == []


def test_the_previous_leader_comes_before_the_present_one(ontology: Ontology) -> None:
    found = store(
        ontology,
        [
            fact("a", "holds-role", person=BOB, role="leader", org=SEFTON, status="former"),
            fact("a", "holds-role", person=ANN, role="leader", org=SEFTON),
        ],
        a="2024-02-03",
    )
    holders = "?x org:member/rdfs:label ?later . ?y org:member/rdfs:label ?earlier"
    assert rows(found, f"?later ?earlier WHERE {{ ?x kg:follows ?y . {holders} }}") == [("Ann Other", "Bob Else")]


def test_two_leaders_at_once_contradict_each_other(ontology: Ontology) -> None:
    found = store(
        ontology,
        [
            fact("a", "holds-role", person=BOB, role="leader", org=SEFTON, start="2019", end="2023"),
            fact("b", "holds-role", person=ANN, role="leader", org=SEFTON, start="2020", end="2022"),
            fact("c", "holds-role", person=ANN, role="councillor", org=SEFTON, start="2020", end="2022"),
            fact("c", "holds-role", person=BOB, role="councillor", org=SEFTON, start="2020", end="2022"),
        ],
    )
    assert len(rows(found, "?a ?b WHERE { ?a a kg:Tenure ; kg:contradicts ?b }")) == 2


# --- corroboration and contradiction -----------------------------------------------------------------------


def test_a_fact_of_two_documents_counts_its_publishers(ontology: Ontology) -> None:
    found = store(ontology, [fact(d, "holds-role", person=ANN, role="leader", org=SEFTON) for d in "ab"])
    assert rows(found, "?n WHERE { ?f kg:relation 'holds-role' ; kg:publishers ?n }") == [("2",)]


def rating(document: str, judgement: str, when: str) -> Fact:
    return fact(document, "rates", inspector=OFSTED, body=SEFTON, judgement=judgement, when=when)


def test_two_judgements_of_one_time_contradict_each_other_and_stay(ontology: Ontology) -> None:
    found = store(
        ontology, [rating("a", "good", "2022-05"), rating("b", "inadequate", "2022"), rating("c", "good", "2016")]
    )
    assert rows(found, "?a ?b WHERE { ?f kg:contradicts ?g . ?f kg:judgement ?a . ?g kg:judgement ?b }") == [
        ("good", "inadequate"),
        ("inadequate", "good"),
    ]
    assert len(rows(found, "?f WHERE { ?f a kg:Rating }")) == 3


def test_a_denial_contradicts_the_fact(ontology: Ontology) -> None:
    arguments = {"person": ANN, "role": "leader", "org": SEFTON}
    denial = Fact("b", "holds-role", arguments, Excerpt(0, 5, "b tel"), polarity="negative")
    known = fact("b", "holds-role", person=ANN, role="councillor", org=SEFTON)
    found = store(ontology, [fact("a", "holds-role", **arguments), known, denial])
    assert len(rows(found, "?p WHERE { ?p a kg:Proposition ; kg:contradicts ?f . ?f a kg:Fact }")) == 1


# --- who is who --------------------------------------------------------------------------------------------


def test_merges_and_refusals_are_in_the_graph_with_their_reasons(ontology: Ontology) -> None:
    leeds = Entity("Leeds City Council", "council", "council/E08000035")
    facts = [
        fact("a", "holds-role", person=ANN, role="leader", org=SEFTON),
        fact("b", "holds-role", person=ANN, role="leader", org=SEFTON),
        fact("c", "holds-role", person=ANN, role="leader", org=leeds),
    ]
    found = store(ontology, facts)
    ((merged,),) = rows(found, "?why WHERE { ?e kg:mergedBecause ?why }")
    assert merged == "the same full name, and both of Sefton Metropolitan Borough Council (a and b)"
    assert len(rows(found, "?a ?b WHERE { ?a kg:keptApartFrom ?b . ?b kg:keptApartFrom ?a }")) == 2
    assert rows(found, "?a WHERE { ?a owl:differentFrom ?b }") == []  # two posts are evidence, and no proof
    kept_apart = rows(found, "?why WHERE { ?e kg:keptApartBecause ?why }")
    assert len(kept_apart) == 2
    assert all("Leeds City Council" in why for (why,) in kept_apart)
    judgement = Judgement(
        *(Key(document=name, type="person", name="ann other") for name in "ac"), "different", "sisters"
    )
    found = store(ontology, facts, [judgement])
    assert len(rows(found, "?a ?b WHERE { ?a owl:differentFrom ?b . ?b owl:differentFrom ?a }")) == 2
    assert ("Ann Other: judged different: sisters (a and c)",) in rows(found, "?w WHERE { ?e kg:keptApartBecause ?w }")


def test_successors_of_an_abolished_council_are_in_the_graph(ontology: Ontology) -> None:
    (county,) = ontology.registers.lookup("Northamptonshire County Council")
    body = Entity(county.name, "council", county.id)
    found = store(ontology, [fact("a", "meets", body=body)])
    successors = rows(found, "?name WHERE { ?e dcterms:isReplacedBy/rdfs:label ?name }")
    assert successors == [("North Northamptonshire Council",), ("West Northamptonshire Council",)]


# --- findings about the sources ----------------------------------------------------------------------------


def test_two_holders_at_once_are_a_finding_about_the_sources(ontology: Ontology) -> None:
    found = store(
        ontology,
        [
            fact("a", "holds-role", person=BOB, role="leader", org=SEFTON, start="2019", end="2023"),
            fact("b", "holds-role", person=ANN, role="leader", org=SEFTON, start="2020", end="2022"),
            fact("c", "holds-role", person=ANN, role="chief executive", org=SEFTON, start="2020", end="2022"),
        ],
    )
    (finding,) = check_sources(found)
    assert finding.severity == "sources"
    assert "from 2020-12-31 to 2022-01-01" in finding.message
    assert "Ann Other: leader" in finding.message and "Bob Else: leader" in finding.message


def test_an_end_before_the_start_is_a_finding_about_the_sources(ontology: Ontology) -> None:
    found = store(ontology, [fact("a", "holds-role", person=BOB, role="leader", org=SEFTON, start="2023", end="2019")])
    assert any(
        "ends on 2019-12-31, before it starts on 2023-01-01" in finding.message for finding in check_sources(found)
    )


def test_explain_tells_why_names_are_one_and_others_not(ontology: Ontology, tmp_path: Path) -> None:
    leeds = Entity("Leeds City Council", "council", "council/E08000035")
    facts = [fact(d, "holds-role", person=ANN, role="leader", org=SEFTON) for d in "ab"]
    facts.append(fact("c", "holds-role", person=ANN, role="leader", org=leeds))
    found = store(ontology, facts)
    found.dump(str(tmp_path / "graph.nt"), pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    told = " ".join(explain(tmp_path / "graph.nt", "Ann Other", ontology).split())
    assert "one because: the same full name, and both of Sefton Metropolitan Borough Council (a and b)" in told
    assert "kept apart from Ann Other: the same full name, but " in told

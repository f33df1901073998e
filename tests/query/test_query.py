"""Asking a graph."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import rdflib
import rdflib.compare

import kgraph
from kgraph import export, query
from kgraph.facts import Entity
from kgraph.graph import assemble
from kgraph.ontology import Ontology
from kgraph.query.explain import explain
from tests.graph.hand_made import COUNCIL, DOCUMENTS, FACTS, FIRST, LEAD, OFSTED, OTHER_COUNCIL, SECOND, fact

EARLIER = "2015-11-02/2015-11-13"
RATED = [
    fact(FIRST, "visited", "rates", inspector=OFSTED, body=body, judgement=judgement, when=when, aspect=aspect,
         service="children's services")
    for body, judgement, when, aspect in [
        (COUNCIL, "good", EARLIER, "overall effectiveness"),
        (COUNCIL, "outstanding", EARLIER, "leadership"),
        (OTHER_COUNCIL, "requires improvement", EARLIER, "overall effectiveness"),
        (OTHER_COUNCIL, "good", "2019-01", "overall effectiveness"),
        (OTHER_COUNCIL, "inadequate", "2019-01", "care leavers"),
    ]
]  # fmt: skip
LED = fact(SECOND, "the plan", "inspects", inspector=OFSTED, body=OTHER_COUNCIL, when="2019-01", lead=LEAD)
READ = [*FACTS, *RATED, LED], DOCUMENTS


def rows(path: Path, ontology: Ontology, query_name: str, columns: str, **values: str) -> list[tuple[str, ...]]:
    answer = query.run(path, query.named_query(ontology, query_name, values), format="csv")
    return [tuple(row[column] for column in columns.split()) for row in csv.DictReader(io.StringIO(answer))]


def test_councils_by_latest_rating(path: Path, ontology: Ontology) -> None:
    assert rows(path, ontology, "councils-by-latest-rating", "body judgement date") == [
        ("Hartlepool Borough Council", "good", "2019-01-31"),
        ("Middlesbrough Borough Council", "inadequate", "2019-05-17"),
    ]
    assert rows(path, ontology, "councils-by-latest-rating", "body", inspector="Estyn") == []


def test_rating_history(path: Path, ontology: Ontology) -> None:
    assert rows(path, ontology, "rating-history", "from to judgement aspect", council="middlesbrough council") == [
        ("2015-11-02", "2015-11-13", "good", "overall effectiveness"),
        ("2015-11-02", "2015-11-13", "outstanding", "leadership"),
        ("2019-05-06", "2019-05-17", "inadequate", ""),
    ]


def test_inspections_by_lead(path: Path, ontology: Ontology) -> None:
    assert rows(path, ontology, "inspections-by-lead", "from body judgement", inspector="Hester Vale") == [
        ("2019-01-01", "Hartlepool Borough Council", ""),
        ("2019-05-06", "Middlesbrough Borough Council", "inadequate"),
    ]


def test_councils_whose_rating_fell(path: Path, ontology: Ontology) -> None:
    found = rows(path, ontology, "councils-whose-rating-fell", "body before before_date after after_date")
    assert found == [("Middlesbrough Borough Council", "good", "2015-11-13", "inadequate", "2019-05-17")]


def test_roles(path: Path, ontology: Ontology) -> None:
    assert rows(path, ontology, "who-held-role", "person status", role="leader", org="Hartlepool") == [
        ("Marion Dane of Hartlepool", "former")
    ]
    found = rows(path, ontology, "roles-of-person", "what role from", person="Rook")
    assert found == [("appointed", "councillor", "2015-05-01")]


def test_claims(path: Path, ontology: Ontology) -> None:
    assert rows(path, ontology, "claims-disputed", "disputant claim claimant") == [
        ("Marion Dane", "deputy mayor", "Peter Rook")
    ]
    found = rows(path, ontology, "claims-about", "speaker stance content", name="Marion Dane")
    assert ("Peter Rook", "states", "Marion Dane had been the deputy mayor in 2015") in found
    assert all(speaker == "Peter Rook" for speaker, *_ in found)


def test_every_named_query_says_what_it_asks_and_runs(path: Path, ontology: Ontology) -> None:
    for item in query.named_queries(ontology):
        assert item.description.endswith(".")
        query.run(path, item.text)


def test_a_value_cannot_change_a_query(path: Path, ontology: Ontology) -> None:
    for value in ('" } } #', "\\", "a\nb", "?x", "🙂'\""):
        assert rows(path, ontology, "rating-history", "body", council=value) == []


def test_unknown_names_are_refused(ontology: Ontology) -> None:
    with pytest.raises(ValueError, match="no query 'x'; there are appointments-by, claims-about"):
        query.named_query(ontology, "x", {})
    with pytest.raises(ValueError, match="rating-history has no parameter 'x'; it has council"):
        query.named_query(ontology, "rating-history", {"x": "y"})


def test_answers_in_every_form(path: Path) -> None:
    # The prefixes are the file's.
    select = "SELECT DISTINCT ?name WHERE { ?p a foaf:Person ; rdfs:label ?name } ORDER BY ?name"
    people = ["Ann Kerr", "Hester Vale", "Marion Dane", "Marion Dane of Hartlepool", "Peter Rook"]
    assert query.run(path, select).split("\n")[2:-1] == people
    assert query.run(path, select, format="csv").split() == ["name", *" ".join(people).split()]
    answer = json.loads(query.run(path, select, format="json"))
    assert [row["name"]["value"] for row in answer["results"]["bindings"]] == people
    assert query.run(path, "ASK { ?p a foaf:Person }") == "true\n"
    turtle = query.run(path, "CONSTRUCT { ?p foaf:name ?name } WHERE { ?p a foaf:Person ; rdfs:label ?name }")
    assert sorted({str(name) for name in rdflib.Graph().parse(data=turtle).objects()}) == people


def test_the_python_view_is_the_same_graph(path: Path) -> None:
    answer = query.run(path, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", format="csv")
    graph = kgraph.load(path)
    assert len(graph) == int(answer.split()[1])
    assert rdflib.compare.isomorphic(graph, rdflib.Graph().parse(path))
    assert dict(graph.namespaces())["kg"] == rdflib.URIRef("https://w3id.org/kgraph/ns#")


def test_faulty_queries_and_files_are_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the query: "):
        query.run(path, "SELECT nonsense")
    (tmp_path / "bad.ttl").write_text("this is not Turtle")
    with pytest.raises(ValueError, match=r"bad\.ttl: "):
        query.run(tmp_path / "bad.ttl", "ASK {}")
    with pytest.raises(ValueError, match="GraphML is for viewers"):
        query.run(tmp_path / "x.graphml", "ASK {}")


def test_explain_tells_facts_from_claims(path: Path, ontology: Ontology) -> None:
    text = explain(path, "marion dane", ontology)
    facts, rest = text.split("\nContested (")
    contested, rest = rest.split("\nSaid (")
    said, claimed = rest.split("Not established")
    assert text.startswith("Marion Dane (person)\n")
    assert "Marion Dane: leader of Middlesbrough Borough Council" in facts and "deputy" not in facts
    assert "“Marion Dane, leader of Middlesbrough Council”" in facts
    assert "page 1, 2019-06-20" in facts
    assert "Marion Dane disputes: “" in contested
    assert "Peter Rook states: Marion Dane had been the deputy mayor in 2015" in said
    assert "according to Peter Rook: Marion Dane: deputy mayor" in claimed
    assert "not so: Marion Dane: deputy mayor" in claimed


def test_explain_finds_other_names_and_says_what_it_cannot_find(path: Path, ontology: Ontology) -> None:
    assert explain(path, "Middlesbrough Council", ontology).startswith("Middlesbrough Borough Council (council)")
    with pytest.raises(ValueError, match=r"nothing is named 'Council'; did you mean Hartlepool Borough Council; "):
        explain(path, "Council", ontology)
    with pytest.raises(ValueError, match="nothing is named 'Nobody'"):
        explain(path, "Nobody", ontology)


def test_an_entity_without_a_type_can_be_explained(tmp_path: Path, ontology: Ontology) -> None:
    one = fact(FIRST, "Marion Dane", "says", speaker=Entity("Somebody"), stance="states")
    export.write(assemble([one], [FIRST], ontology, "https://data.example/id/"), tmp_path / "g.ttl")
    assert "Somebody states" in explain(tmp_path / "g.ttl", "Somebody", ontology)

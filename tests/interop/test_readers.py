"""Other people's programs read what kgraph writes, and agree on how much there is."""

from __future__ import annotations

import shutil
from pathlib import Path

import igraph
import networkx
import pyoxigraph
import pytest
import rdflib

from kgraph import export
from kgraph.graph import Graph, assemble
from kgraph.ontology import load_ontology
from tests.graph.hand_made import DOCUMENTS, FACTS
from tests.interop.counts import nodes_and_edges, triples


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assemble(FACTS, DOCUMENTS, load_ontology(), "https://data.example/id/")


@pytest.fixture(scope="module")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("interop")
    for extension in export.EXTENSIONS:
        export.write(graph, folder / f"graph{extension}")
    return folder


def test_triples(graph: Graph, folder: Path) -> None:
    found = triples(folder / "graph.ttl")
    assert set(found.values()) == {len(graph.triples)}, found


@pytest.mark.skipif(not shutil.which("rapper"), reason="needs rapper (raptor2-utils)")
def test_rapper_counts_too(folder: Path) -> None:
    assert "rapper" in triples(folder / "graph.ttl")


def test_nodes_and_edges(graph: Graph, folder: Path) -> None:
    found = nodes_and_edges(folder / "graph.graphml")
    assert set(found.values()) == {(len(graph.nodes), len(graph.edges))}, found


def test_what_networkx_and_igraph_show_is_the_same(graph: Graph, folder: Path) -> None:
    one = networkx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    other = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
    assert [data["label"] for _, data in one.nodes(data=True)] == other.vs["label"] == [n.label for n in graph.nodes]
    edges = {
        data["eid"]: (one.nodes[a]["iri"], one.nodes[b]["iri"], data["label"], data.get("sentence", ""))
        for a, b, data in one.edges(data=True)
    }
    assert edges == {
        e["eid"]: (other.vs[e.source]["iri"], other.vs[e.target]["iri"], e["label"], e["sentence"]) for e in other.es
    }
    assert sorted(edges.values()) == sorted(
        (e.source, e.target, e.label, e.attributes.get("sentence", "")) for e in graph.edges
    )


def test_both_files_are_the_same_graph(folder: Path) -> None:
    """Every node of the GraphML is described in the Turtle, and every edge is a fact there, with its sentence."""
    turtle = rdflib.Graph().parse(folder / "graph.ttl")
    drawn = networkx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    for _, data in drawn.nodes(data=True):
        assert str(turtle.value(rdflib.URIRef(data["iri"]), rdflib.RDFS.label)) == data["label"]
    exact = rdflib.URIRef("http://www.w3.org/ns/oa#exact")
    selector = rdflib.URIRef("http://www.w3.org/ns/oa#hasSelector")
    derived = rdflib.URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")
    for a, b, data in drawn.edges(data=True):
        fact = rdflib.URIRef(data["iri"])
        sentences = {str(s) for s in turtle.objects(fact, derived / selector / exact)}
        assert data["sentence"] in sentences
        ends = {rdflib.URIRef(drawn.nodes[end]["iri"]) for end in (a, b)} - {fact}
        assert ends <= set(turtle.objects(fact))


@pytest.mark.parametrize(
    "pattern",
    [
        "?m a org:Membership",
        "?m a kg:Fact ; kg:startEarliest ?d FILTER (?d < '2016-01-01'^^xsd:date)",
        "?r kg:ratingFrom/kg:leadInspector/rdfs:label ?name",
        "?p a kg:Proposition FILTER NOT EXISTS { ?p a kg:Fact }",
        "?person org:holds|kg:hasHeld/org:postIn ?council",
    ],
)
def test_rdflib_and_pyoxigraph_answer_alike(folder: Path, pattern: str) -> None:
    query = f"SELECT * WHERE {{ {pattern} }}"
    one = rdflib.Graph().parse(folder / "graph.ttl")
    store = pyoxigraph.Store()
    store.load(path=str(folder / "graph.ttl"))
    prefixes = {prefix: str(namespace) for prefix, namespace in one.namespaces()}
    found = store.query(query, prefixes=prefixes)
    assert len(list(found)) == len(list(one.query(query))) > 0

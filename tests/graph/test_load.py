"""A graph's file is the graph: what is read back is what was written."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph import export
from kgraph.documents import Document
from kgraph.facts import Entity
from kgraph.graph import Graph, assemble
from kgraph.graph.load import load_graph
from kgraph.ontology import load_ontology
from tests.graph.hand_made import COUNCIL, DOCUMENTS, FACTS, fact

BASE = "https://data.example/id/"
ONTOLOGY = load_ontology()


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assemble(FACTS, DOCUMENTS, ONTOLOGY, BASE)


@pytest.mark.parametrize("extension", [".ttl", ".nt"])
def test_a_graph_survives_its_file(graph: Graph, tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"graph{extension}"
    export.write(graph, path)
    loaded = load_graph(path)
    assert loaded.triples == graph.triples
    assert loaded.nodes == graph.nodes
    assert loaded.edges == graph.edges


def test_an_edge_carries_what_its_fact_and_its_sentence_say(graph: Graph) -> None:
    [edge] = [edge for edge in graph.edges if edge.label == "inspects"]
    assert edge.attributes == {
        "start": "2019-05-06",
        "end": "2019-05-17",
        "when": "2019-05-06/2019-05-17",
        "confidence": 0.9,
        "sources": 1,
        "statement": "Ofsted inspected Middlesbrough Borough Council, 2019-05-06/2019-05-17, led by Hester Vale",
        "sentence": "visited from 6 to 17 May 2019",
        "document": "Inspectors fault “children's services” & <b>more</b>",
        "url": "https://beacon.example/first?a=1&b=2",
        "published": "2019-06-20",
        "page": 1,
        "iri": edge.attributes["iri"],
    }


def test_of_several_documents_an_edge_quotes_the_first(graph: Graph) -> None:
    [edge] = [edge for edge in graph.edges if edge.label == "leader" and "Middlesbrough" in edge.attributes["sentence"]]
    assert edge.attributes["sources"] == 2
    assert edge.attributes["confidence"] == 0.9
    assert edge.attributes["document"].startswith("Inspectors fault")


def test_other_rdf_formats_load_alike(graph: Graph, tmp_path: Path) -> None:
    quads = [pyoxigraph.Quad(*t) for t in _triples(graph)]
    for extension, format in ((".nq", pyoxigraph.RdfFormat.N_QUADS), (".rdf", pyoxigraph.RdfFormat.RDF_XML)):
        path = tmp_path / f"graph{extension}"
        pyoxigraph.serialize(quads, output=str(path), format=format)
        assert load_graph(path).edges == graph.edges


def test_what_is_no_rdf_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<a> <b> .")
    with pytest.raises(ValueError, match=r"broken\.ttl"):
        load_graph(tmp_path / "broken.ttl")


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(words.filter(str.strip), words, st.floats(0, 1))
def test_any_characters_survive(name: str, title: str, confidence: float) -> None:
    document = Document(id="d", source="d", title=title, text="Somebody leads Middlesbrough Council.")
    one = fact(
        document, "Somebody leads", "holds-role", person=Entity(name, "person"), role=name, org=COUNCIL,
        confidence=confidence,
    )  # fmt: skip
    graph = assemble([one], [document], ONTOLOGY, BASE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.ttl"
        export.write(graph, path)
        loaded = load_graph(path)
    assert (loaded.triples, loaded.nodes, loaded.edges) == (graph.triples, graph.nodes, graph.edges)


def _triples(graph: Graph) -> list[pyoxigraph.Triple]:
    lines = "\n".join(graph.triples).encode()
    return [quad.triple for quad in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)]

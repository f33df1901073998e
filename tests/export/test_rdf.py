"""Every RDF format holds exactly the graph, told by two readers that know nothing of kgraph."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kgraph import export
from kgraph.documents import Document
from kgraph.facts import Entity
from kgraph.graph import Graph, assemble
from kgraph.graph.load import load_graph
from kgraph.ontology import load_ontology
from tests.graph.hand_made import COUNCIL, DOCUMENTS, FACTS, fact

ONTOLOGY = load_ontology()
BASE = "https://data.example/id/"
# The name that kgraph, rdflib and rapper have for each.
FORMATS = [
    ("turtle", "turtle", "turtle"),
    ("ntriples", "nt", "ntriples"),
    ("trig", "trig", "trig"),
    ("nquads", "nquads", "nquads"),
    ("rdfxml", "xml", "rdfxml"),
    ("jsonld", "json-ld", None),
]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assemble(FACTS, DOCUMENTS, ONTOLOGY, BASE)


def written(graph: Graph, folder: Path, name: str) -> Path:
    format = export.FORMATS[name]
    assert isinstance(format, export.Format)
    path = folder / f"graph{format.extension}"
    export.write(graph, path)
    return path


def read_by_rdflib(path: Path, name: str) -> rdflib.Graph:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(path, format=name)
    found = rdflib.Graph()
    for triple in dataset.triples((None, None, None)):
        found.add(triple)
    return found


@pytest.mark.parametrize(("name", "rdflib_name", "rapper_name"), FORMATS)
def test_the_graph_is_whole(graph: Graph, tmp_path: Path, name: str, rdflib_name: str, rapper_name: str | None) -> None:
    path = written(graph, tmp_path, name)
    expected = rdflib.Graph().parse(data="\n".join(graph.triples), format="nt")
    assert isomorphic(read_by_rdflib(path, rdflib_name), expected)
    loaded = load_graph(path)  # by pyoxigraph
    assert loaded.triples == graph.triples
    assert loaded.edges == graph.edges
    if rapper_name is not None and shutil.which("rapper"):
        command = ["rapper", "-q", "-i", rapper_name, "-o", "ntriples", str(path)]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert len(set(output.splitlines())) == len(graph.triples)


def test_json_ld_reads_well_without_rdf(graph: Graph, tmp_path: Path) -> None:
    document = json.loads(written(graph, tmp_path, "jsonld").read_text(encoding="utf-8"))
    assert document["@context"]["org"] == "http://www.w3.org/ns/org#"
    [person] = [one for one in document["@graph"] if one.get("rdfs:label") == "Hester Vale"]
    assert set(person["@type"]) == {"foaf:Agent", "foaf:Person", "schema:Person"}
    [fact] = [one for one in document["@graph"] if one.get("kg:leadInspector") == person["@id"]]
    assert fact["kg:sources"] == 1
    assert fact["kg:startEarliest"] == "2019-05-06"


def test_quads_stand_in_the_default_graph(graph: Graph, tmp_path: Path) -> None:
    for name in ("trig", "nquads"):
        quads = pyoxigraph.parse(path=str(written(graph, tmp_path, name)))
        assert {quad.graph_name for quad in quads} == {pyoxigraph.DefaultGraph()}


text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@settings(max_examples=25, deadline=None)
@given(text.filter(str.strip), text)
def test_any_text_survives_in_every_format(tmp_path_factory: pytest.TempPathFactory, name: str, sentence: str) -> None:
    document = Document(id="d", source="d", title=name, text=f"{sentence} leads")
    one = fact(document, sentence, "holds-role", person=Entity(name, "person"), role=sentence, org=COUNCIL)
    graph, folder = assemble([one], [document], ONTOLOGY, BASE), tmp_path_factory.mktemp("any")
    expected = set(rdflib.Graph().parse(data="\n".join(graph.triples), format="nt"))
    for format, rdflib_name, _ in FORMATS:
        path = written(graph, folder, format)
        assert load_graph(path).triples == graph.triples, format
        assert set(read_by_rdflib(path, rdflib_name)) == expected, format

"""GraphML keeps to what viewers read; the rules are those found by trying them (see kgraph/export/graphml.py)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from kgraph import export
from kgraph.graph import Edge, Graph, Node, assemble
from kgraph.ontology import load_ontology
from tests.graph.hand_made import DOCUMENTS, FACTS

NS = "{http://graphml.graphdrawing.org/xmlns}"
XSD = Path(__file__).parents[2] / ".." / "shared" / "data" / "xsd" / "graphml.xsd"
NASTY = Graph(
    triples=(),
    nodes=(
        Node(
            "https://x.example/a?b=1&c=2", 'Zoë O\'Neil & "Co" <x> 🙂\u00a0', "person", {"aliases": "a\x00b\ud800\nc"}
        ),
        Node("https://x.example/b", "", "police-fire"),
    ),
    edges=(
        Edge("https://x.example/b", "https://x.example/b", "loop", "t", {"confidence": 1.0, "sources": 2**40}),
        Edge("https://x.example/b", "https://x.example/a?b=1&c=2", "one", "t", {"confidence": 0.5, "page": 3}),
        Edge("https://x.example/b", "https://x.example/a?b=1&c=2", "two", "t", {"sentence": "]]> <script>"}),
    ),
    prefixes={},
)


@pytest.fixture(scope="module", params=["hand made", "nasty"])
def graph(request: pytest.FixtureRequest) -> Graph:
    return (
        NASTY if request.param == "nasty" else assemble(FACTS, DOCUMENTS, load_ontology(), "https://data.example/id/")
    )


@pytest.fixture(scope="module")
def path(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graphml") / "graph.graphml"
    export.write(graph, path)
    return path


def test_keys(path: Path) -> None:
    keys = etree.parse(path).findall(f"{NS}key")
    ids = [key.get("id") for key in keys]
    assert len(set(ids)) == len(ids)
    assert not [i for i in ids if re.fullmatch(r"d\d+", i)]  # Gephi takes d3 and d7 for labels
    assert {key.get("attr.type") for key in keys} <= {"string", "int", "double", "boolean"}
    assert {key.get("for") for key in keys} == {"node", "edge"}
    names = [(key.get("for"), key.get("attr.name")) for key in keys]
    assert len(set(names)) == len(names)  # one type a column


def test_nodes_come_first_and_no_value_is_empty(path: Path) -> None:
    graph = etree.parse(path).find(f"{NS}graph")
    tags = [element.tag for element in graph]
    assert tags == sorted(tags, reverse=True) and tags[0] == f"{NS}node"
    assert all(data.text for data in graph.iter(f"{NS}data"))
    assert not graph.findall(f".//{NS}default")


def test_what_viewers_show_is_there(path: Path) -> None:
    graph = etree.parse(path).find(f"{NS}graph")
    for node in graph.findall(f"{NS}node"):
        assert {"labels", "n_label", "n_name", "n_type", "n_iri"} <= {data.get("key") for data in node}
    for edge in graph.findall(f"{NS}edge"):
        assert edge[0].get("key") == "label"  # Neo4j's importer takes the first for the relation
        assert {"e_interaction", "e_type", "e_weight", "e_eid"} <= {data.get("key") for data in edge}


def test_types_of_values_are_those_declared(path: Path) -> None:
    tree = etree.parse(path)
    types = {key.get("id"): key.get("attr.type") for key in tree.findall(f"{NS}key")}
    for data in tree.iter(f"{NS}data"):
        if types[data.get("key")] == "int":
            assert -(2**31) <= int(data.text) < 2**31
        elif types[data.get("key")] == "double":
            float(data.text)


@pytest.mark.skipif(not XSD.exists() or not shutil.which("xmllint"), reason="needs xmllint and the GraphML schema")
def test_the_schema_is_met(path: Path) -> None:
    command = ["xmllint", "--noout", "--nonet", "--schema", str(XSD), str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr

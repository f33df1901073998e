"""Other people's programs find in each format of nodes and edges what is in the graph: as many, with all they carry."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph import export
from kgraph.graph import Edge, Graph, Node, assemble
from kgraph.ontology import load_ontology
from tests.graph.hand_made import DOCUMENTS, FACTS
from tests.interop import readers
from tests.interop.readers import Drawn

XSD = Path(__file__).parents[2] / ".." / "shared" / "data" / "xsd"
# What a format carries of its own beside the columns that all of them have.
OWN = {"labels", "name", "interaction", "eid", "id", "source", "target", "kind"}

NASTY = [
    *("Zoë O'Neil & \"Co\" <x> 🙂\u00a0", "]]> <script>alert(1)</script>", "<!-- --> <?x?>", "&amp; &#0; \\n \\u0041"),
    *("a\tb\nc\rd\r\ne", "\u200e\u202eright to left", "\ufeffmark", "\u2028line\u2029", "\x85\x7f", "ﷺ 𝒳 e\u0301"),
    *("='1+1'", "; , |", "\\", '"', "'", "%s {0}", "null", "NaN", "true", "007", "-", "\U0010fffd", " lead, trail "),
]  # fmt: skip


def graph_of(texts: list[str]) -> Graph:
    """A graph with these texts wherever a text may be; a ring with a second edge beside each."""
    nodes = tuple(
        Node(f"https://x.example/{i}", text, f"type-{i % 3}", {"aliases": text}) for i, text in enumerate(texts)
    )
    edges = [
        Edge(
            nodes[i].iri,
            nodes[(i + 1) % len(nodes)].iri,
            label,
            "said",
            {"confidence": 0.5, "sources": i + 1, "sentence": text, "iri": f"https://x.example/{i}/{label}"},
        )
        for i, text in enumerate(texts)
        for label in (text, "beside")
    ]
    return Graph((), nodes, tuple(edges), {})


@pytest.fixture(scope="module", params=["hand made", "nasty"])
def graph(request: pytest.FixtureRequest) -> Graph:
    if request.param == "nasty":
        return graph_of(NASTY)
    return assemble(FACTS, DOCUMENTS, load_ontology(), "https://data.example/id/")


@pytest.fixture(scope="module")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drawn")
    for name in ("graphml", "yed", "gexf", "cyjs", "cx2"):
        export.write(graph, folder / f"graph.{name}", name)
    return folder


READERS: list[tuple[str, Callable[[Path], Drawn]]] = [
    ("graphml", readers.networkx_graphml),
    ("graphml", readers.igraph_graphml),
    ("graphml", readers.graphology_graphml),
    ("gexf", readers.networkx_gexf),
    ("gexf", readers.graphology_gexf),
    ("cyjs", readers.json_cyjs),
    ("cyjs", readers.cytoscape_cyjs),
    ("cx2", readers.ndex2_cx2),
]


def same(expected: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """Each value there and equal, numbers as numbers, and nothing else but what is the format's own."""
    for name, value in expected.items():
        if isinstance(value, str):
            assert found.get(name) == value, (name, value, found.get(name))
        else:
            assert float(found[name]) == float(value), name
    assert set(found) - OWN <= set(expected)


def check(graph: Graph, drawn: Drawn) -> None:
    nodes, edges = drawn
    assert len(nodes) == len(graph.nodes)
    assert len(edges) == len(graph.edges)
    by_iri = {attributes["iri"]: attributes for attributes in nodes.values()}
    for node in graph.nodes:
        same({"label": node.label, "type": node.type, "iri": node.iri, **node.attributes}, by_iri[node.iri])
    iri_of = {id_: attributes["iri"] for id_, attributes in nodes.items()}
    key = ("iri", "label")
    by_key = {(iri_of[a], iri_of[b], *(attributes.get(name) for name in key)): attributes for a, b, attributes in edges}
    for edge in graph.edges:
        row = {"label": edge.label, "type": edge.type, "weight": edge.attributes.get("sources", 1), **edge.attributes}
        same(row, by_key[edge.source, edge.target, row.get("iri"), edge.label])


@pytest.mark.parametrize(("format", "reader"), READERS)
def test_readers_find_the_whole_graph(graph: Graph, folder: Path, format: str, reader: Callable[[Path], Drawn]) -> None:
    check(graph, reader(folder / f"graph.{format}"))


def test_tulip_finds_nodes_edges_and_numbers(graph: Graph, folder: Path) -> None:
    nodes, edges = readers.tulip_graphml(folder / "graph.graphml")
    iri = {id_: attributes["iri"] for id_, attributes in nodes.items()}
    assert sorted(iri.values()) == [node.iri for node in sorted(graph.nodes, key=lambda node: node.iri)]
    found = sorted((iri[a], iri[b], attributes["confidence"]) for a, b, attributes in edges)
    assert found == sorted((e.source, e.target, e.attributes.get("confidence", 0.0)) for e in graph.edges)


@pytest.mark.parametrize(("format", "schema"), [("graphml", "graphml.xsd"), ("gexf", "gexf.xsd")])
def test_schemas_are_met(folder: Path, format: str, schema: str) -> None:
    if not XSD.is_dir() or not shutil.which("xmllint"):
        pytest.skip("needs xmllint, and the schemas, which we may not ship")
    command = ["xmllint", "--noout", "--nonet", "--schema", str(XSD / schema), str(folder / f"graph.{format}")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_yed_is_read_as_graphml_with_labels(graph: Graph, folder: Path) -> None:
    """networkx knows yEd's elements and takes their labels for the nodes' own."""
    nodes, edges = readers.networkx_graphml(folder / "graph.yed")
    assert (len(nodes), len(edges)) == (len(graph.nodes), len(graph.edges))
    for id_, attributes in nodes.items():
        assert attributes["label"] == graph.nodes[int(id_[1:])].label
        assert attributes["shape_type"] in {"ellipse", "rectangle", "roundrectangle"} or len(nodes) < 50


def test_cx2_declares_what_it_holds(folder: Path) -> None:
    aspects = json.loads((folder / "graph.cx2").read_text(encoding="utf-8"))
    found = {name: content for aspect in aspects for name, content in aspect.items()}
    for counted in found["metaData"]:
        assert len(found[counted["name"]]) == counted["elementCount"]
    types = {"string": str, "integer": int, "double": float, "boolean": bool}
    for place in ("nodes", "edges"):
        declared = found["attributeDeclarations"][0][place]
        for row in found[place]:
            for name, value in row["v"].items():
                assert isinstance(value, types[declared[name]["d"]])
    assert aspects[-1] == {"status": [{"success": True}]}


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=40
)
texts |= st.sampled_from(NASTY)


@settings(max_examples=40, deadline=None)
@given(st.lists(texts, min_size=2, max_size=5))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    graph, folder = graph_of(names), tmp_path_factory.mktemp("any")
    for format, reader in READERS:
        if reader not in (readers.graphology_graphml, readers.graphology_gexf, readers.cytoscape_cyjs):
            path = folder / f"graph.{format}"
            export.write(graph, path)
            check(graph, reader(path))


def test_what_xml_cannot_hold_is_shown_as_such(tmp_path: Path) -> None:
    graph = graph_of(["a\x00b\x1b\ud800c\uffff", "d"])
    for format, reader in (("graphml", readers.networkx_graphml), ("gexf", readers.networkx_gexf)):
        export.write(graph, tmp_path / f"graph.{format}")
        nodes, _ = reader(tmp_path / f"graph.{format}")
        assert nodes["n0"]["label"] == "a\ufffdb\ufffd\ufffdc\ufffd"

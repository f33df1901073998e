"""What other people's programs read in a file of nodes and edges, in one shape for all of them.

A reader takes a path and gives `(nodes, edges)`: nodes by id, each with its attributes; edges as a list of source id,
target id, attributes. Values that a reader makes up for missing ones are left out. A reader that is not there skips
the test that asks for it, with its reason.
"""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import igraph
import networkx
import pytest

Attributes = dict[str, Any]
Drawn = tuple[dict[str, Attributes], list[tuple[str, str, Attributes]]]
HERE = Path(__file__).parent


def networkx_graphml(path: Path) -> Drawn:
    return _of_networkx(networkx.read_graphml(path, force_multigraph=True))


def networkx_gexf(path: Path) -> Drawn:
    graph = networkx.read_gexf(path, version="1.3")
    drawn = _of_networkx(graph)
    # It keeps ids of edges, and the intervals, beside the attributes.
    for _, _, attributes in drawn[1]:
        for name in ("id", "networkx_key"):
            attributes.pop(name, None)
    return drawn


def json_cyjs(path: Path) -> Drawn:
    elements = json.loads(path.read_text(encoding="utf-8"))["elements"]
    nodes = {node["data"]["id"]: node["data"] for node in elements["nodes"]}
    return nodes, [(edge["data"]["source"], edge["data"]["target"], edge["data"]) for edge in elements["edges"]]


def _of_networkx(graph: Any) -> Drawn:
    nodes = {str(node): dict(attributes) for node, attributes in graph.nodes(data=True)}
    return nodes, [(str(a), str(b), dict(attributes)) for a, b, attributes in graph.edges(data=True)]


def igraph_graphml(path: Path) -> Drawn:
    graph = igraph.Graph.Read_GraphML(str(path))
    ids = graph.vs["id"]
    nodes = {vertex["id"]: _present(vertex.attributes(), "id") for vertex in graph.vs}
    return nodes, [(ids[edge.source], ids[edge.target], _present(edge.attributes(), "id")) for edge in graph.es]


def _present(attributes: Mapping[str, Any], *without: str) -> Attributes:
    """Without what igraph shows for missing values: "" and NaN."""
    return {
        name: value
        for name, value in attributes.items()
        if name not in without and value not in ("", None) and not (isinstance(value, float) and math.isnan(value))
    }


def tulip_graphml(path: Path) -> Drawn:
    """Ids, ends and numbers only: Tulip keeps of a text what follows its last entity."""
    tulip = pytest.importorskip("tulip", reason="needs tulip-python").tlp
    graph = tulip.importGraph("GraphML", {"file::filename": str(path)})
    confidence = graph.getProperty("confidence")
    iri = graph.getProperty("iri")
    nodes = {str(node): {"iri": iri[node]} for node in graph.getNodes()}
    edges = [
        (str(graph.source(edge)), str(graph.target(edge)), {"confidence": float(confidence[edge])})
        for edge in graph.getEdges()
    ]
    return nodes, edges


def ndex2_cx2(path: Path) -> Drawn:
    cx2 = pytest.importorskip("ndex2.cx2", reason="needs ndex2")
    network = cx2.CX2Network()
    network.create_from_raw_cx2(json.loads(path.read_text(encoding="utf-8")))
    nodes = {str(i): dict(node["v"]) for i, node in network.get_nodes().items()}
    edges = [(str(edge["s"]), str(edge["t"]), dict(edge["v"])) for edge in network.get_edges().values()]
    return nodes, edges


def _node(format: str) -> Callable[[Path], Drawn]:
    def read(path: Path) -> Drawn:
        if not shutil.which("node") or not (HERE / "node_modules").is_dir():
            pytest.skip("needs node and `npm ci` in tests/interop")
        command = ["node", "read.cjs", format, str(path.resolve())]
        result = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        found = json.loads(result.stdout)
        nodes = {node["id"]: node["attributes"] for node in found["nodes"]}
        return nodes, [(edge["source"], edge["target"], edge["attributes"]) for edge in found["edges"]]

    return read


graphology_graphml = _node("graphml")
graphology_gexf = _node("gexf")
cytoscape_cyjs = _node("cyjs")

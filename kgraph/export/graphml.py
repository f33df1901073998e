"""GraphML 1.0 (http://graphml.graphdrawing.org/) that Gephi, yEd, Cytoscape, networkx and igraph all read.

Nodes are entities, and facts that join no two entities; edges are what asserted facts say in short. An inspection with
its rating is two edges from inspector to inspected rather than nodes of its own: that is what one wants to see first,
and the Turtle has the rest under the same IRI.

What readers are known to choke on is avoided: every key is declared once with a telling id (Gephi takes `d3` for a
label), types are string, int, double and boolean only, nodes come before edges, a missing value has no element, edges
carry an `eid` (igraph loses their ids), and nothing is nested, mixed or in CDATA. `name` is Cytoscape's label,
`interaction` its edge label; `labels` and the edge key `label` are what Neo4j's importer reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO
from xml.sax.saxutils import escape

from kgraph.graph.model import Attribute, Edge, Graph, Node

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write(graph: Graph, file: BinaryIO) -> None:
    ids = {node.iri: f"n{i}" for i, node in enumerate(graph.nodes)}
    node_rows = [_node_row(node) for node in graph.nodes]
    edge_rows = [_edge_row(edge, f"e{i}") for i, edge in enumerate(graph.edges)]
    file.write(_HEAD.encode())
    for line in _keys("node", node_rows):
        file.write(line)
    for line in _keys("edge", edge_rows):
        file.write(line)
    file.write(b'<graph id="G" edgedefault="directed">\n')
    for node, row in zip(graph.nodes, node_rows, strict=True):
        file.write(f'<node id="{ids[node.iri]}">{_data("node", row)}</node>\n'.encode())
    for i, (edge, row) in enumerate(zip(graph.edges, edge_rows, strict=True)):
        ends = f'source="{ids[edge.source]}" target="{ids[edge.target]}"'
        file.write(f'<edge id="e{i}" {ends}>{_data("edge", row)}</edge>\n'.encode())
    file.write(b"</graph>\n</graphml>\n")


def _node_row(node: Node) -> dict[str, Attribute]:
    label = node.label or node.iri
    labels = ":" + "".join(word.capitalize() for word in re.split(r"\W+", node.type))
    return {"labels": labels, "label": label, "name": label, "type": node.type, "iri": node.iri, **node.attributes}


def _edge_row(edge: Edge, eid: str) -> dict[str, Attribute]:
    sources = edge.attributes.get("sources", 1)
    return {
        "label": edge.label,
        "interaction": edge.label,
        "type": edge.type,
        "weight": float(sources),
        "eid": eid,
        **edge.attributes,
    }


def _key_id(place: str, name: str) -> str:
    if (place, name) in (("node", "labels"), ("edge", "label")):
        return name
    return f"{place[0]}_{name}"


def _keys(place: str, rows: Iterable[Mapping[str, Attribute]]) -> Iterator[bytes]:
    """One declaration a column. A column of mixed numbers is double, of other mixtures string."""
    kinds: dict[str, set[str]] = {}
    for row in rows:
        for name, value in row.items():
            kinds.setdefault(name, set()).add(_kind(value))
    for name, found in kinds.items():
        kind = found.pop() if len(found) == 1 else "double" if found == {"int", "double"} else "string"
        yield f'<key id="{_key_id(place, name)}" for="{place}" attr.name="{name}" attr.type="{kind}"/>\n'.encode()


def _kind(value: Attribute) -> str:
    """The type of a value in GraphML; readers take `int` for 32 bits, and some refuse `long`."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, float):
        return "double"
    return "int" if isinstance(value, int) and abs(value) < 2**31 else "string"


def _data(place: str, row: Mapping[str, Attribute]) -> str:
    cells = []
    for name, value in row.items():
        words = str(value).lower() if isinstance(value, bool) else _NOT_IN_XML.sub("\ufffd", str(value))
        if words:
            cells.append(f'<data key="{_key_id(place, name)}">{escape(words)}</data>')
    return "".join(cells)

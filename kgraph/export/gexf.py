"""GEXF 1.3 (https://gexf.net) with time, for Gephi's timeline.

An edge has the interval in which its fact may have been so: from the first day it may have begun to the last on which
it may have ended, either of them open where nothing is known. Its `kind` is the relation, so that Gephi keeps
parallel edges apart. All attributes are in one block a class (graphology reads only one and takes their ids for names),
and nothing is drawn
(`viz:` elements are outside the published schema).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kgraph.export.columns import edge_kinds, node_ids, node_kinds, weight, xml_text
from kgraph.export.graphml import LINE_ENDS, write_rows
from kgraph.graph.model import Attribute, Edge, Graph, Node

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<meta><creator>kgraph</creator></meta>
"""
_TYPES = {"string": "string", "int": "integer", "double": "double", "boolean": "boolean"}
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", **LINE_ENDS}
)


def write(graph: Graph, file: BinaryIO) -> None:
    days = [str(e.attributes[end]) for e in graph.edges for end in ("start", "end") if end in e.attributes]
    span = f' start="{min(days)}" end="{max(days)}"' if days else ""
    file.write(_HEAD.encode())
    file.write(f'<graph defaultedgetype="directed" mode="dynamic" timeformat="date"{span}>\n'.encode())
    nodes, edges = node_kinds(graph), edge_kinds(graph)
    for class_, kinds in (("node", nodes), ("edge", edges)):
        write_rows(_declarations(class_, kinds), file)
    file.write(f'<nodes count="{len(graph.nodes)}">\n'.encode())
    write_rows((_node(number, node) for number, node in enumerate(graph.nodes)), file)
    file.write(f'</nodes>\n<edges count="{len(graph.edges)}">\n'.encode())
    ids = node_ids(graph)
    write_rows((_edge(number, edge, ids) for number, edge in enumerate(graph.edges)), file)
    file.write(b"</edges>\n</graph>\n</gexf>\n")


def _declarations(class_: str, kinds: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{class_}" mode="static">\n'
    for name, kind in kinds.items():
        if name not in ("label", "weight"):  # GEXF has its own places for these
            yield f'<attribute id="{name}" title="{name}" type="{_TYPES[kind]}"/>\n'
    yield "</attributes>\n"


def _node(number: int, node: Node) -> str:
    values = _values({"type": node.type, "iri": node.iri, **node.attributes})
    return f'<node id="n{number}" label="{_quoted(node.label or node.iri)}">{values}</node>\n'


def _edge(number: int, edge: Edge, ids: Mapping[str, str]) -> str:
    times = "".join(f' {end}="{_quoted(edge.attributes[end])}"' for end in ("start", "end") if end in edge.attributes)
    return (
        f'<edge id="e{number}" source="{ids[edge.source]}" target="{ids[edge.target]}" '
        f'label="{_quoted(edge.label)}" kind="{_quoted(edge.type)}" weight="{weight(edge)}"{times}>'
        f"{_values({'type': edge.type, **edge.attributes})}</edge>\n"
    )


def _values(row: Mapping[str, Attribute]) -> str:
    found = "".join(f'<attvalue for="{name}" value="{_quoted(value)}"/>' for name, value in row.items() if value != "")
    return f"<attvalues>{found}</attvalues>"


def _quoted(value: Attribute) -> str:
    return xml_text(value).translate(_ESCAPES)

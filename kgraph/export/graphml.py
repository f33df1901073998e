"""GraphML 1.0 (http://graphml.graphdrawing.org/) that Gephi, Cytoscape, Neo4j, networkx and igraph all read.

Nodes are entities, and facts that join no two entities; edges are what asserted facts say in short. An inspection with
its rating is two edges from inspector to inspected rather than nodes of its own: that is what one wants to see first,
and the Turtle has the rest under the same IRI.

What readers are known to choke on is avoided: every key is declared once with a telling id (Gephi takes `d3` for a
label), types are string, int, double and boolean only, nodes come before edges, a missing value has no element, edges
carry an `eid` (igraph loses their ids), and nothing is nested, mixed or in CDATA. `name` is Cytoscape's label,
`interaction` its edge label; `labels` and the edge key `label` are what Neo4j's importer reads.

Rows are written as they come: what the writer itself holds is the nodes' ids and one block of text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import BinaryIO

from kgraph.export.columns import edge_kinds, node_ids, node_kinds, weight, xml_text
from kgraph.graph.model import Attribute, Graph

_ODD = "\r\x85\u2028\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_RARE, _MARKUP = re.compile(f"[{_ODD}]"), re.compile(f"[&<>{_ODD}]")
# Written plainly these would be read as ends of lines, the last two by readers that follow XML 1.1.
LINE_ENDS = {"\r": "&#13;", "\x85": "&#133;", "\u2028": "&#8232;"}
_BLOCK = 2000  # rows encoded and written at once
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_FIRST_OF_NODES = {"labels": "string", "label": "string", "name": "string"}
_FIRST_OF_EDGES = {"label": "string", "interaction": "string", "type": "string", "weight": "double", "eid": "string"}


def write(graph: Graph, file: BinaryIO) -> None:
    nodes, edges = _FIRST_OF_NODES | node_kinds(graph), _FIRST_OF_EDGES | edge_kinds(graph)
    file.write(HEAD.encode())
    file.writelines(key("node", name, kind) for name, kind in nodes.items())
    file.writelines(key("edge", name, kind) for name, kind in edges.items())
    file.write(b'<graph id="G" edgedefault="directed">\n')
    write_rows(_nodes(graph, nodes), file)
    write_rows(_edges(graph, edges), file)
    file.write(b"</graph>\n</graphml>\n")


def write_rows(rows: Iterator[str], file: BinaryIO) -> None:
    """Writes lines of text, some thousand at a time."""
    while block := "".join(islice(rows, _BLOCK)):
        file.write(block.encode())


def markup(text: Attribute) -> str:
    """A value as the content of an XML element."""
    if text.__class__ is not str:
        return xml_text(text)
    if not _MARKUP.search(text):
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _RARE.sub(lambda match: LINE_ENDS.get(match[0], "\ufffd"), text) if _RARE.search(text) else text


def _nodes(graph: Graph, names: Iterable[str]) -> Iterator[str]:
    data = cells("node", names)
    for number, node in enumerate(graph.nodes):
        label = markup(node.label or node.iri)
        yield (
            f'<node id="n{number}"><data key="labels">{neo4j_label(node.type)}</data><data key="n_label">{label}</data>'
            f'<data key="n_name">{label}</data><data key="n_type">{markup(node.type)}</data>'
            f'<data key="n_iri">{markup(node.iri)}</data>{data(node.attributes)}</node>\n'
        )


def _edges(graph: Graph, names: Iterable[str]) -> Iterator[str]:
    data, ids = cells("edge", names), node_ids(graph)
    for number, edge in enumerate(graph.edges):
        label = markup(edge.label or edge.type)  # Neo4j's importer takes the first element for the label
        yield (
            f'<edge id="e{number}" source="{ids[edge.source]}" target="{ids[edge.target]}">'
            f'<data key="label">{label}</data><data key="e_interaction">{label}</data>'
            f'<data key="e_type">{markup(edge.type)}</data><data key="e_weight">{weight(edge)}</data>'
            f'<data key="e_eid">e{number}</data>{data(edge.attributes)}</edge>\n'
        )


@lru_cache
def neo4j_label(type_name: str) -> str:
    """A type as the label of a node in Neo4j: `:GovernmentBody`."""
    return ":" + "".join(word.capitalize() for word in re.findall(r"\w+", type_name))


def _key_id(place: str, name: str) -> str:
    if (place, name) in (("node", "labels"), ("edge", "label")):
        return name
    return f"{place[0]}_{name}"


def key(place: str, name: str, kind: str) -> bytes:
    return f'<key id="{_key_id(place, name)}" for="{place}" attr.name="{name}" attr.type="{kind}"/>\n'.encode()


def cells(place: str, names: Iterable[str]) -> Callable[[Mapping[str, Attribute]], str]:
    """What writes the attributes of a row. A string that is empty has no element."""
    opening = {name: f'<data key="{_key_id(place, name)}">' for name in names}

    def write_cells(row: Mapping[str, Attribute]) -> str:
        return "".join([f"{opening[name]}{markup(value)}</data>" for name, value in row.items() if value != ""])

    return write_cells

"""GraphML as yEd shows it at once: shapes, colours and labels (https://yed.yworks.com/support/manual/).

yEd draws what its own elements say (`y:ShapeNode`, `y:PolyLineEdge`) and no plain attribute, and it places all nodes on
one spot until a layout is chosen, so they are laid out here in rows by their types. The attributes of the plain
GraphML are there too, as yEd's custom properties. Readers other than yEd want the plain file: some refuse keys
without a name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import BinaryIO

from kgraph.export.columns import edge_kinds, node_ids, node_kinds, node_row, weight, xml_text
from kgraph.export.graphml import cells, key, markup, write_rows
from kgraph.export.palette import colours, shapes
from kgraph.graph.model import Graph, Node

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd">
<key id="ng" for="node" yfiles.type="nodegraphics"/>
<key id="eg" for="edge" yfiles.type="edgegraphics"/>
<key id="nd" for="node" attr.name="description" attr.type="string"/>
<key id="ed" for="edge" attr.name="description" attr.type="string"/>
"""
_HEIGHT, _LETTER, _GAP = 30, 7, 40


def write(graph: Graph, file: BinaryIO) -> None:
    nodes, edges = node_kinds(graph), edge_kinds(graph)
    file.write(_HEAD.encode())
    file.writelines(key("node", name, kind) for name, kind in nodes.items())
    file.writelines(key("edge", name, kind) for name, kind in edges.items())
    file.write(b'<graph id="G" edgedefault="directed">\n')
    write_rows(_nodes(graph), file)
    write_rows(_edges(graph), file)
    file.write(b"</graph>\n</graphml>\n")


def _nodes(graph: Graph) -> Iterator[str]:
    fill, shape, data = colours(graph), shapes(graph), cells("node", node_kinds(graph))
    places = _places(graph)
    for number, node in enumerate(graph.nodes):
        label, (x, y) = _shown(node), places[node.iri]
        yield (
            f'<node id="n{number}"><data key="ng"><y:ShapeNode>'
            f'<y:Geometry height="{_HEIGHT}" width="{_width(label)}" x="{x}" y="{y}"/>'
            f'<y:Fill color="{fill[node.type]}" transparent="false"/>'
            f'<y:BorderStyle color="#333333" type="line" width="1.0"/>'
            f"<y:NodeLabel>{markup(label)}</y:NodeLabel>"
            f'<y:Shape type="{shape[node.type]}"/></y:ShapeNode></data>'
            f'<data key="nd">{markup(node.type)}</data>{data(node_row(node))}</node>\n'
        )


def _edges(graph: Graph) -> Iterator[str]:
    ids, data = node_ids(graph), cells("edge", edge_kinds(graph))
    for number, edge in enumerate(graph.edges):
        line = "dashed" if edge.attributes.get("confidence", 1) < 0.5 else "line"  # type: ignore[operator]
        sentence = edge.attributes.get("sentence")
        said = f'<data key="ed">{markup(sentence)}</data>' if sentence else ""
        row = {"label": edge.label, "type": edge.type, "weight": weight(edge), **edge.attributes}
        yield (
            f'<edge id="e{number}" source="{ids[edge.source]}" target="{ids[edge.target]}"><data key="eg">'
            f'<y:PolyLineEdge><y:LineStyle color="#777777" type="{line}" width="{min(1 + weight(edge) / 2, 6)}"/>'
            f'<y:Arrows source="none" target="standard"/><y:EdgeLabel>{markup(edge.label)}</y:EdgeLabel>'
            f"</y:PolyLineEdge></data>{said}{data(row)}</edge>\n"
        )


def _shown(node: Node) -> str:
    """yEd takes a label that begins with a tag `html` for markup."""
    label = xml_text(node.label or node.iri)
    return f" {label}" if label.lower().startswith("<html") else label


def _width(label: str) -> int:
    return 20 + _LETTER * max(map(len, label.split("\n")))


def _places(graph: Graph) -> dict[str, tuple[int, int]]:
    """Rows of nodes, those of one type together, about as wide as high."""
    length = sum(_width(_shown(node)) + _GAP for node in graph.nodes)
    widest = math.isqrt(length * (_HEIGHT + _GAP)) + 1
    places, x, y, last = {}, 0, 0, ""
    for node in sorted(graph.nodes, key=lambda node: (node.type, node.iri)):
        if x > widest or (last and node.type != last):
            x, y = 0, y + _HEIGHT + _GAP
        places[node.iri] = (x, y)
        x, last = x + _width(_shown(node)) + _GAP, node.type
    return places

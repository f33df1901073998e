"""Cytoscape's two JSON formats: cyjs, which cytoscape.js and Cytoscape read, and CX2, Cytoscape's and NDEx's own.

In cyjs nodes and edges share one space of ids, and a reader drops what comes twice: hence n0 … and e0 …
CX2 (https://cytoscape.org/cx/cx2/specification/) declares its columns, and carries the colours by type.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from kgraph.export.columns import edge_kinds, edge_row, node_ids, node_kinds, node_row
from kgraph.export.graphml import write_rows
from kgraph.export.palette import colours
from kgraph.graph.model import Attribute, Graph

_CX2_TYPES = {"string": "string", "int": "integer", "double": "double", "boolean": "boolean"}


def write_cyjs(graph: Graph, file: BinaryIO) -> None:
    ids = node_ids(graph)
    nodes = (
        {"data": {"id": ids[node.iri], "name": node.label or node.iri, **_present(node_row(node))}}
        for node in graph.nodes
    )
    edges = (
        {
            "data": {
                "id": f"e{number}",
                "source": ids[edge.source],
                "target": ids[edge.target],
                "interaction": edge.label,
                **_present(edge_row(edge)),
            }
        }
        for number, edge in enumerate(graph.edges)
    )
    file.write(b'{"format_version": "1.0", "generated_by": "kgraph", "target_cytoscapejs_version": "~3",\n')
    file.write(b'"data": {"name": "kgraph"},\n"elements": {"nodes": [\n')
    write_rows(_items(nodes), file)
    file.write(b'],\n"edges": [\n')
    write_rows(_items(edges), file)
    file.write(b"]}}\n")


def write_cx2(graph: Graph, file: BinaryIO) -> None:
    node_columns, edge_columns = node_kinds(graph), edge_kinds(graph)
    numbers = {node.iri: i for i, node in enumerate(graph.nodes)}
    sizes = {"attributeDeclarations": 1, "networkAttributes": 1, "nodes": len(graph.nodes), "edges": len(graph.edges)}
    sizes["visualProperties"] = 1
    declared = {
        "networkAttributes": {"name": {"d": "string"}},
        "nodes": {"name": {"d": "string"}} | {name: {"d": _CX2_TYPES[kind]} for name, kind in node_columns.items()},
        "edges": {"interaction": {"d": "string"}}
        | {name: {"d": _CX2_TYPES[kind]} for name, kind in edge_columns.items()},
    }
    nodes = (
        {"id": i, "v": {"name": node.label or node.iri, **_typed(node_row(node), node_columns)}}
        for i, node in enumerate(graph.nodes)
    )
    edges = (
        {
            "id": i,
            "s": numbers[edge.source],
            "t": numbers[edge.target],
            "v": {"interaction": edge.label, **_typed(edge_row(edge), edge_columns)},
        }
        for i, edge in enumerate(graph.edges)
    )
    file.write(b'[{"CXVersion": "2.0", "hasFragments": false},\n')
    metadata = [{"name": name, "elementCount": size} for name, size in sizes.items()]
    for aspect in (
        {"metaData": metadata},
        {"attributeDeclarations": [declared]},
        {"networkAttributes": [{"name": "kgraph"}]},
    ):
        file.write(f"{_json(aspect)},\n".encode())
    file.write(b'{"nodes": [\n')
    write_rows(_items(nodes), file)
    file.write(b']},\n{"edges": [\n')
    write_rows(_items(edges), file)
    file.write(f"]}},\n{_json({'visualProperties': [_style(graph)]})},\n".encode())
    file.write(b'{"status": [{"success": true}]}]\n')


def _style(graph: Graph) -> Mapping[str, object]:
    by_type = [{"v": name, "vp": colour} for name, colour in colours(graph).items()]
    return {
        "default": {
            "network": {},
            "node": {"NODE_SHAPE": "round-rectangle", "NODE_BACKGROUND_COLOR": "#c7c7c7", "NODE_WIDTH": 80},
            "edge": {"EDGE_TARGET_ARROW_SHAPE": "triangle", "EDGE_LINE_COLOR": "#777777"},
        },
        "nodeMapping": {
            "NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}},
            "NODE_BACKGROUND_COLOR": {
                "type": "DISCRETE",
                "definition": {"attribute": "type", "type": "string", "map": by_type},
            },
        },
        "edgeMapping": {
            "EDGE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "interaction", "type": "string"}}
        },
    }


def _present(row: Mapping[str, Attribute]) -> dict[str, Attribute]:
    return {name: value for name, value in row.items() if value != ""}


def _typed(row: Mapping[str, Attribute], kinds: Mapping[str, str]) -> dict[str, Attribute]:
    """Values in the types of their columns: a column of mixed types is of strings."""
    convert = {"string": str, "double": float, "int": int, "boolean": bool}
    return {name: convert[kinds[name]](value) for name, value in _present(row).items()}


def _items(rows: Iterable[object]) -> Iterator[str]:
    comma = ""
    for row in rows:
        yield f"{comma}{_json(row)}"
        comma = ",\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

"""What the formats of nodes and edges share: short ids, and columns of one type each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kgraph.graph.model import Attribute, Edge, Graph, Node

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMES = {str: "string", float: "double", bool: "boolean"}


def node_ids(graph: Graph) -> dict[str, str]:
    """IRI → n0, n1 …: readers show ids, and take no IRIs for them."""
    return {node.iri: f"n{i}" for i, node in enumerate(graph.nodes)}


def node_row(node: Node) -> dict[str, Attribute]:
    """All columns of a node."""
    return {"label": node.label or node.iri, "type": node.type, "iri": node.iri, **node.attributes}


def edge_row(edge: Edge) -> dict[str, Attribute]:
    """All columns of an edge. Its `weight` is the number of sources, 1 where a register says so."""
    return {"label": edge.label, "type": edge.type, "weight": weight(edge), **edge.attributes}


def weight(edge: Edge) -> float:
    return float(edge.attributes.get("sources", 1))


def kinds(rows: Iterable[Mapping[str, Attribute]]) -> dict[str, str]:
    """Column → `string`, `int`, `double` or `boolean`. One of mixed numbers is double, of other mixtures string.

    Readers take `int` for 32 bits, and some refuse longer ones: greater numbers make a column of strings.
    """
    found: dict[str, set[str]] = {}
    for row in rows:
        for name, value in row.items():
            kind = _NAMES.get(type(value)) or ("int" if abs(int(value)) < 2**31 else "string")
            known = found.get(name)
            if known is None:
                found[name] = {kind}
            elif kind not in known:
                known.add(kind)
    return {
        name: next(iter(one)) if len(one) == 1 else "double" if one == {"int", "double"} else "string"
        for name, one in found.items()
    }


def node_kinds(graph: Graph) -> dict[str, str]:
    return {"label": "string", "type": "string", "iri": "string"} | kinds(node.attributes for node in graph.nodes)


def edge_kinds(graph: Graph) -> dict[str, str]:
    own = {"label": "string", "type": "string", "weight": "double"}
    return own | kinds(edge.attributes for edge in graph.edges)


def xml_text(value: Attribute) -> str:
    """A value as text that XML 1.0 allows, not yet escaped."""
    if isinstance(value, str):
        return _NOT_IN_XML.sub("\ufffd", value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def node_types(graph: Graph) -> list[str]:
    """The types of nodes, sorted."""
    return sorted({node.type for node in graph.nodes})

"""Colours and shapes of types, for the formats that carry them."""

from __future__ import annotations

from kgraph.export.columns import node_types
from kgraph.graph.model import Graph

# Light enough for black labels, and told apart by people who do not see all colours (after Okabe and Ito, 2008).
_COLOURS = (
    *("#56b4e9", "#e69f00", "#40c9a2", "#f0e442", "#cc79a7", "#d9a3ff", "#ff9e80", "#b5d99c"),
    *("#9ad0f5", "#ffd28a", "#c7c7c7", "#f5b7d0", "#a8dcd1", "#e6d5b8", "#b9c4ff", "#dfe38e"),
)
_SHAPES = ("ellipse", "rectangle", "roundrectangle", "hexagon", "octagon", "diamond", "parallelogram", "trapezoid")


def colours(graph: Graph) -> dict[str, str]:
    """Type of node → colour, as `#rrggbb`."""
    return {name: _COLOURS[i % len(_COLOURS)] for i, name in enumerate(node_types(graph))}


def shapes(graph: Graph) -> dict[str, str]:
    """Type of node → shape, by the names that yEd has for them."""
    return {name: _SHAPES[i % len(_SHAPES)] for i, name in enumerate(node_types(graph))}

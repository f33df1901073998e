"""The page at `/`: the explorer page of the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kgraph.ontology import Ontology


def render(path: Path, ontology: Ontology) -> bytes:
    """The explorer page of a graph file (`kgraph.export.html`). Raises ValueError for what is no graph."""
    # Only now: the process that holds the store imports this module too, and needs none of these.
    from kgraph.export import html
    from kgraph.graph.load import load_graph

    return b"".join(html.render(load_graph(path), ontology, title=path.name))

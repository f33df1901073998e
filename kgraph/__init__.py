"""kgraph builds a knowledge graph of local accountability from news articles, council papers and inspection reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rdflib

__all__ = ["load"]


def load(path: str | Path) -> rdflib.Graph:
    """A graph file (Turtle, N-Triples, TriG, N-Quads, RDF/XML, JSON-LD) as an rdflib graph, for use in Python.

    Of a file with named graphs the rdflib graph is their union. Raises ValueError naming the file for what is no RDF,
    OSError for a file that cannot be read.
    """
    from kgraph.query.as_rdflib import read

    return read(Path(path))

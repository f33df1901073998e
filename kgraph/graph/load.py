"""Reading a built graph back from its file."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from kgraph.graph.drawing import draw
from kgraph.graph.model import Graph
from kgraph.graph.terms import PREFIXES
from kgraph.query.store import parse


def load_graph(path: Path) -> Graph:
    """The graph of an RDF file, in full and in short, as it was when it was built.

    The extension tells the format (see `kgraph.query.store`); named graphs are read as one. Raises ValueError naming
    the file and the place for what is no RDF, OSError for a file that cannot be read.
    """
    try:
        parser = parse(path)
        lines = pyoxigraph.serialize((quad.triple for quad in parser), format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
    except SyntaxError as error:
        raise ValueError(f"{path}: {error}") from error
    triples = tuple(sorted({line for line in lines.decode().split("\n") if line}))
    nodes, edges = draw(triples)
    return Graph(triples, nodes, edges, {**PREFIXES, **parser.prefixes})

"""Reading a built graph back from its file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph

from kgraph.graph.drawing import draw
from kgraph.graph.model import Graph
from kgraph.graph.terms import PREFIXES
from kgraph.query.store import parse

_AT_ONCE = 10_000  # triples turned into lines together


def load_graph(path: Path) -> Graph:
    """The graph of an RDF file, in full and in short, as it was when it was built.

    The extension tells the format (see `kgraph.query.store`); named graphs are read as one. Raises ValueError naming
    the file and the place for what is no RDF, OSError for a file that cannot be read.
    """
    parser = parse(path)
    triples = tuple(sorted(set(_lines(path, parser))))
    return Graph(triples, *draw(triples), {**PREFIXES, **parser.prefixes})


def load_in_short(path: Path) -> Graph:
    """Only the nodes and edges of an RDF file, and none of its triples: a fraction of the memory. Raises as above."""
    return Graph((), *draw(_lines(path, parse(path))), {})


def _lines(path: Path, parser: pyoxigraph.QuadParser) -> Iterator[str]:
    """Lines of N-Triples, some thousand parsed at a time."""
    try:
        while triples := [quad.triple for quad in islice(parser, _AT_ONCE)]:
            lines = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
            yield from lines.decode().split("\n")[:-1]
    except SyntaxError as error:
        raise ValueError(f"{path}: {error}") from error

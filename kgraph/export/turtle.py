"""RDF 1.1 in Turtle (https://www.w3.org/TR/turtle/), sorted, so that equal graphs are equal files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO

import pyoxigraph

from kgraph.graph.model import Graph
from kgraph.graph.terms import RDF

_TYPE, _FIRST = f" <{RDF}type> ", " \x00 "


def write(graph: Graph, file: BinaryIO) -> None:
    file.write(serialise(graph.triples, graph.prefixes))


def serialise(triples: Iterable[str], prefixes: Mapping[str, str]) -> bytes:
    """Lines of N-Triples as Turtle: subjects in the order of their IRIs, of each its classes first."""
    # No term has a NUL: with one for its predicate a class comes before all else. Line by line, as replacing in the
    # whole text takes as long as all else here.
    marked = sorted(t.replace(_TYPE, _FIRST) if _TYPE in t else t for t in triples)
    lines = "\n".join(t.replace(_FIRST, _TYPE) if _FIRST in t else t for t in marked).encode()
    parsed = pyoxigraph.parse(input=lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
    used = {prefix: namespace for prefix, namespace in prefixes.items() if f"<{namespace}".encode() in lines}
    turtle = pyoxigraph.serialize(parsed, format=pyoxigraph.RdfFormat.TURTLE, prefixes=used) or b""
    # The serialiser writes its prefixes in no fixed order.
    *header, body = turtle.split(b"\n", len(used))
    return b"".join(line + b"\n" for line in sorted(header)) + b"\n" + body

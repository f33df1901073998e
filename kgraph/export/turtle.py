"""RDF 1.1 in Turtle (https://www.w3.org/TR/turtle/) and N-Triples, sorted, so that equal graphs are equal files."""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph

from kgraph.graph.model import Graph
from kgraph.graph.terms import RDF

_TYPE = f" <{RDF}type> "


def write(graph: Graph, file: BinaryIO) -> None:
    """Subjects in the order of their IRIs; of each, its classes first."""
    lines = "\n".join(sorted(graph.triples, key=lambda line: line.replace(_TYPE, " ", 1))).encode()
    triples = (quad.triple for quad in pyoxigraph.parse(input=lines, format=pyoxigraph.RdfFormat.N_TRIPLES))
    used = {prefix: namespace for prefix, namespace in graph.prefixes.items() if f"<{namespace}".encode() in lines}
    body: bytes = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=used) or b""
    # The serialiser writes its prefixes in no fixed order.
    *header, rest = body.split(b"\n", len(used))
    for line in sorted(header):
        file.write(line + b"\n")
    file.write(b"\n" + rest)


def write_ntriples(graph: Graph, file: BinaryIO) -> None:
    for line in graph.triples:
        file.write(f"{line}\n".encode())

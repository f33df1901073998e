"""RDF 1.1 in the formats other than Turtle, sorted, so that equal graphs are equal files.

Everything stands in the default graph, also in TriG (https://www.w3.org/TR/trig/) and N-Quads
(https://www.w3.org/TR/n-quads/): a query without GRAPH finds it whatever the store.
"""

from __future__ import annotations

from typing import BinaryIO

import pyoxigraph

from kgraph.export import turtle
from kgraph.graph.model import Graph


def write_ntriples(graph: Graph, file: BinaryIO) -> None:
    for line in graph.triples:
        file.write(f"{line}\n".encode())


write_nquads = write_ntriples  # a triple of the default graph is written alike in both
write_trig = turtle.write  # so is a whole default graph


def write_rdfxml(graph: Graph, file: BinaryIO) -> None:
    """RDF 1.1 XML Syntax (https://www.w3.org/TR/rdf-syntax-grammar/)."""
    lines = "\n".join(graph.triples).encode()
    used = {p: namespace for p, namespace in graph.prefixes.items() if f"<{namespace}".encode() in lines}
    parsed = (quad.triple for quad in pyoxigraph.parse(input=lines, format=pyoxigraph.RdfFormat.N_TRIPLES))
    xml = pyoxigraph.serialize(parsed, format=pyoxigraph.RdfFormat.RDF_XML, prefixes=used) or b""
    # The serialiser writes its prefixes in no fixed order, and carriage returns so that they are read as line feeds.
    declaration, root, rest = xml.replace(b"\r", b"&#13;").split(b"\n", 2)
    name, *prefixes = root.removesuffix(b">").split(b" xmlns:")
    file.write(declaration + b"\n" + b" xmlns:".join([name, *sorted(prefixes)]) + b">\n" + rest)

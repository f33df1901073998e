"""A graph file as an rdflib graph, read by the parser of the embedded store: several times as fast as rdflib's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyoxigraph
import rdflib

from kgraph.query.store import parse


def read(path: Path) -> rdflib.Graph:
    """See `kgraph.load`."""
    graph = rdflib.Graph()
    parser = parse(path)
    try:
        for quad in parser:
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    except SyntaxError as error:
        raise ValueError(f"{path}: {error}") from error
    finally:
        _term.cache_clear()
    for prefix, namespace in parser.prefixes.items():
        graph.bind(prefix, namespace, replace=True)
    return graph


@cache  # a term stands in many triples, and making one costs more than finding it
def _term(term: object) -> rdflib.term.IdentifiedNode | rdflib.Literal:
    match term:
        case pyoxigraph.NamedNode():
            return rdflib.URIRef(term.value)
        case pyoxigraph.BlankNode():
            return rdflib.BNode(term.value)
        case pyoxigraph.Literal():
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            if term.datatype == _STRING:
                return rdflib.Literal(term.value)
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
    raise ValueError(f"rdflib has no triple terms: {term}")


_STRING = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#string")

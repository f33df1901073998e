"""Graph files opened for SPARQL."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

_FORMATS = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".xml": pyoxigraph.RdfFormat.RDF_XML,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def open_store(path: Path) -> pyoxigraph.Store:
    """The graph of a file, in memory; a file without a known extension is read as Turtle.

    Raises ValueError naming the file and the place for what is no RDF, OSError for a file that cannot be read.
    """
    store = pyoxigraph.Store()
    try:
        store.bulk_load(path=str(path), format=_format(path))
    except SyntaxError as error:
        raise ValueError(f"{path}: {error}") from error
    return store


def parse(path: Path) -> pyoxigraph.QuadParser:
    """The statements of a file one by one. Its syntax is checked as it is read: SyntaxError comes while iterating."""
    return pyoxigraph.parse(path=str(path), format=_format(path))


def read_prefixes(path: Path) -> dict[str, str]:
    """The prefixes a file declares before its first triple."""
    try:
        parser = parse(path)
        next(iter(parser), None)
    except SyntaxError as error:
        raise ValueError(f"{path}: {error}") from error
    return dict(parser.prefixes)


def _format(path: Path) -> pyoxigraph.RdfFormat:
    if path.suffix.lower() == ".graphml":
        raise ValueError(f"{path}: GraphML is for viewers; give the Turtle file of the same graph")
    return _FORMATS.get(path.suffix.lower(), pyoxigraph.RdfFormat.TURTLE)

"""What the endpoint says of itself: SPARQL 1.1 Service Description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph

from kgraph.query.server.answer import GRAPHS

_RDF_TYPE = pyoxigraph.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_WRITTEN = ["SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"]
_WRITTEN += ["Turtle", "N-Triples", "RDF_XML", "JSON-LD"]


def describe(endpoint: str, media_type: str) -> bytes:
    """The service description in one of the media types of GRAPHS."""
    prefixes = {"sd": _SD, "formats": _FORMATS}
    return pyoxigraph.serialize(_triples(endpoint), format=GRAPHS[media_type], prefixes=prefixes) or b""


def _triples(endpoint: str) -> Iterator[pyoxigraph.Triple]:
    service, dataset, graph = (pyoxigraph.NamedNode(endpoint + end) for end in ("", "#dataset", "#default-graph"))
    for subject, property_, value in [
        (service, "endpoint", service),
        (service, "supportedLanguage", pyoxigraph.NamedNode(_SD + "SPARQL11Query")),
        *((service, "resultFormat", pyoxigraph.NamedNode(_FORMATS + name)) for name in _WRITTEN),
        (service, "defaultDataset", dataset),
        (dataset, "defaultGraph", graph),
    ]:
        yield pyoxigraph.Triple(subject, pyoxigraph.NamedNode(_SD + property_), value)
    for subject, class_ in [(service, "Service"), (dataset, "Dataset"), (graph, "Graph")]:
        yield pyoxigraph.Triple(subject, _RDF_TYPE, pyoxigraph.NamedNode(_SD + class_))

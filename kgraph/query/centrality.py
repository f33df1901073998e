"""Who stands in the middle: degree and betweenness of the graph's entities, by networkx."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import networkx

from kgraph.graph.load import load_graph
from kgraph.ontology import Ontology

_EXACT = 2_000  # entities up to which betweenness is exact; beyond, it is estimated from this many of them
_SAMPLES = 500


@dataclass(frozen=True, slots=True)
class Central:
    """An entity and its measures.

    degree        number of different entities that it shares a fact with
    betweenness   share, from 0 to 1, of the shortest paths between two others that lead through it (Freeman 1977)
    """

    label: str
    type: str
    degree: int
    betweenness: float
    iri: str


def most_central(path: Path, ontology: Ontology, kind: str | None = None) -> list[Central]:
    """The entities of a graph file, or those of one type, by degree and then betweenness, the greatest first.

    Measured in the whole network whatever the type asked for. With more than 2,000 entities betweenness is estimated
    from the paths of 500 (Brandes and Pich 2007), always the same ones. Raises ValueError for a type that the ontology
    has not, or for a faulty file.
    """
    if kind is not None and kind not in ontology.types:
        raise ValueError(f"no type {kind!r}; there are {', '.join(ontology.types)}")
    graph = load_graph(path)
    entities = {node.iri: node for node in graph.nodes if node.type in ontology.types}
    network: networkx.Graph[str] = networkx.Graph()
    network.add_nodes_from(entities)
    network.add_edges_from(
        (edge.source, edge.target)
        for edge in graph.edges
        if edge.source != edge.target and edge.source in entities and edge.target in entities
    )
    samples = None if len(network) <= _EXACT else _SAMPLES
    between = networkx.betweenness_centrality(network, k=samples, seed=0)
    found = [
        Central(node.label, node.type, network.degree[iri], round(between[iri], 6), iri)
        for iri, node in entities.items()
        if kind is None or ontology.is_a(node.type, kind)
    ]
    return sorted(found, key=lambda one: (-one.degree, -one.betweenness, one.label, one.iri))

"""The graph between assembly and export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Attribute = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Node:
    """An entity, or a fact that stands as a node because it joins no two entities.

    `type` is an entity type, or the name of a relation. `attributes` are further columns.
    """

    iri: str
    label: str
    type: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """What asserted facts say in short: from one node to another. `type` is the name of the relation."""

    source: str
    target: str
    label: str
    type: str
    attributes: Mapping[str, Attribute] = field(default_factory=dict)


@dataclass(frozen=True)
class Graph:
    """A knowledge graph in full and in short.

    triples   lines of N-Triples without newline, sorted, each once
    nodes     sorted by IRI
    edges     sorted by source, target, type and label; their ends are among the nodes
    prefixes  prefix → namespace, for writing the triples
    """

    triples: tuple[str, ...]
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    prefixes: Mapping[str, str]

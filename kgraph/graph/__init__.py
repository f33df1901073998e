"""From facts to a graph, and its validation."""

from kgraph.graph.assemble import assemble
from kgraph.graph.model import Edge, Graph, Node

__all__ = ["Edge", "Graph", "Node", "assemble"]

"""How many triples, nodes and edges other people's programs find in a graph's two files.

    python -m tests.interop.counts output/graph.ttl output/graph.graphml

Ends with status 1 where they disagree. rapper is left out where it is not installed (raptor2-utils).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import igraph
import networkx
import pyoxigraph
import rdflib


def triples(path: Path) -> dict[str, int]:
    """Triples of a Turtle file by reader."""
    found = {
        "rdflib": len(rdflib.Graph().parse(path)),
        "pyoxigraph": len(set(pyoxigraph.parse(path=str(path)))),
    }
    if shutil.which("rapper"):
        command = ["rapper", "-c", "-i", "turtle", str(path.resolve())]
        result = subprocess.run(command, capture_output=True, text=True, check=True)
        counted = re.search(r"returned (\d+) triples", result.stderr)
        found["rapper"] = int(counted[1]) if counted else -1
    return found


def nodes_and_edges(path: Path) -> dict[str, tuple[int, int]]:
    """Nodes and edges of a GraphML file by reader."""
    one = networkx.read_graphml(path, force_multigraph=True)
    other = igraph.Graph.Read_GraphML(str(path))
    return {
        "networkx": (one.number_of_nodes(), one.number_of_edges()),
        "igraph": (other.vcount(), other.ecount()),
    }


def main(turtle: str, graphml: str) -> int:
    rdf, drawn = triples(Path(turtle)), nodes_and_edges(Path(graphml))
    for reader, count in rdf.items():
        print(f"{reader:12s} {count:10,} triples")
    for reader, (nodes, edges) in drawn.items():
        print(f"{reader:12s} {nodes:10,} nodes {edges:10,} edges")
    return 0 if len(set(rdf.values())) == 1 and len(set(drawn.values())) == 1 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

"""The GraphML writer against networkx's faster one, on a graph of 200,000 nodes and 600,000 edges.

    python -m tests.benchmarks.graphml_writer [NODES [EDGES [TIMES]]]

Each writer runs in a process of its own, in turn, each three times; each is given its own library's graph of the same
content. Time is the processor's for the call that writes (other work on the machine does not count). Memory is shown
as how far the process's peak rises during that call (reset by Linux's /proc/self/clear_refs) and as the peak in all:
networkx writes from a whole graph only, while kgraph's writer goes through nodes and edges twice and keeps neither, so
that it is also given rows that are made as they are asked for; there the time is with their making. The files are then
read by lxml, element by element, and compared: the content must be equal.
Ends with status 1 where kgraph is less than 4 times as fast, or, streaming, needs more than a third of the memory that
networkx needs in all, or writes anything else.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from kgraph.graph.model import Edge, Graph, Node

TYPES = ("person", "council", "committee", "company")
WORDS = (
    "council leader said that the review of children's services & housing <found> “serious” failings in 2019".split()
)


def nodes(number: int) -> Iterator[Node]:
    random_ = random.Random(1)
    for i in range(number):
        words = random_.sample(WORDS, 3)
        attributes = {"aliases": "; ".join(words), "register_id": f"council/{i}"} if i % 2 else {}
        yield Node(f"https://w3id.org/kgraph/id/n/{i}", " ".join(words) + f" {i}", TYPES[i % 4], attributes)


def edges(number: int, ends: int) -> Iterator[Edge]:
    random_ = random.Random(2)
    for i in range(number):
        a, b = random_.randrange(ends), random_.randrange(ends)
        attributes = {
            "start": f"20{i % 20:02}-05-01",
            "confidence": (i % 100) / 100,
            "sources": i % 7 + 1,
            "sentence": " ".join(random_.sample(WORDS, 12)),
            "document": f"Document {i % 5000}",
            "iri": f"https://w3id.org/kgraph/id/fact/{i}",
        }
        yield Edge(
            f"https://w3id.org/kgraph/id/n/{a}", f"https://w3id.org/kgraph/id/n/{b}", "rated", "rates", attributes
        )


class Again:
    """Rows made anew each time one goes through them."""

    def __init__(self, make: Callable[..., Iterator[Any]], *sizes: int) -> None:
        self.make, self.sizes = make, sizes

    def __iter__(self) -> Iterator[Any]:
        return self.make(*self.sizes)


def peak() -> int:
    """The process's greatest resident size since it was last reset, in bytes."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) * 1024


def resident() -> int:
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]) * 1024


def measure(writer: str, path: Path, number: int, edge_number: int) -> dict[str, float]:
    """Builds the graph and writes it; run in a process of its own."""
    if writer != "networkx":
        from kgraph.export import graphml

        rows: list[Any] = [Again(nodes, number), Again(edges, edge_number, number)]
        if writer == "kgraph":
            rows = list(map(tuple, rows))
        graph: Any = Graph((), *rows, {})

        def write() -> None:
            with path.open("wb") as file:
                graphml.write(graph, file)
    else:
        import networkx

        graph = networkx.MultiDiGraph()
        ids = {}
        for i, node in enumerate(nodes(number)):
            ids[node.iri] = f"n{i}"
            row = {"label": node.label, "name": node.label, "type": node.type, "iri": node.iri, **node.attributes}
            graph.add_node(f"n{i}", labels=f":{node.type.capitalize()}", **row)
        for i, edge in enumerate(edges(edge_number, number)):
            row = {"label": edge.label, "interaction": edge.label, "type": edge.type}
            row |= {"weight": float(edge.attributes["sources"]), "eid": f"e{i}", **edge.attributes}
            graph.add_edge(ids[edge.source], ids[edge.target], key=f"e{i}", **row)

        def write() -> None:
            networkx.write_graphml_lxml(graph, path)

    Path("/proc/self/clear_refs").write_text("5")
    before, start = resident(), time.process_time()
    write()
    return {"seconds": time.process_time() - start, "rise": peak() - before, "graph": before, "peak": peak()}


def content(path: Path) -> tuple[int, int, str]:
    """Numbers of nodes and of edges, and a digest of all their values under the names of their columns."""
    from lxml import etree

    names: dict[str, tuple[str, str]] = {}
    counted = {"node": 0, "edge": 0}
    total = 0
    for _, element in etree.iterparse(path, events=("end",)):
        tag = etree.QName(element).localname
        if tag == "key":
            names[element.get("id")] = (element.get("attr.name"), element.get("attr.type"))
        elif tag in counted:
            counted[tag] += 1
            cells = sorted(
                (
                    names[d.get("key")][0],
                    float(d.text) if names[d.get("key")][1] in ("double", "int", "long") else d.text,
                )
                for d in element
            )
            row = [element.get("source"), element.get("target"), element.get("id"), cells]
            # A sum, so that the order of rows makes no difference.
            total += int.from_bytes(blake2b(repr(row).encode(), digest_size=16).digest(), "big")
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del element.getparent()[0]
    return counted["node"], counted["edge"], f"{total % 2**128:032x}"


def main(number: int = 200_000, edge_number: int = 600_000, times: int = 3) -> int:
    runs: dict[str, list[dict[str, float]]] = {"networkx": [], "kgraph": [], "kgraph, streamed": []}
    with tempfile.TemporaryDirectory() as folder:
        paths = {writer: Path(folder) / f"{writer}.graphml" for writer in runs}
        for _ in range(times):
            for writer, path in paths.items():
                command = [sys.executable, "-m", __spec__.name, "--one", writer, path, number, edge_number]
                result = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
                runs[writer].append(json.loads(result.stdout))
        found = {writer: content(path) for writer, path in paths.items()}
        sizes = {writer: path.stat().st_size for writer, path in paths.items()}
    best = {writer: {name: min(run[name] for run in of) for name in of[0]} for writer, of in runs.items()}
    print(f"{number:,} nodes, {edge_number:,} edges; best of {times}\n")
    print(f"{'':18s}{'write':>10s}{'memory it takes':>20s}{'the graph before':>20s}{'peak in all':>16s}{'file':>12s}")
    for writer, one in best.items():
        megabytes = [f"{one[name] / 1e6:,.0f} MB" for name in ("rise", "graph", "peak")]
        print(
            f"{writer:18s}{one['seconds']:8.1f} s{megabytes[0]:>20s}{megabytes[1]:>20s}{megabytes[2]:>16s}"
            f"{sizes[writer] / 1e6:9,.0f} MB"
        )
    faster = best["networkx"]["seconds"] / best["kgraph"]["seconds"]
    less = best["kgraph, streamed"]["peak"] / best["networkx"]["peak"]
    same = len(set(found.values())) == 1
    print(f"\n{faster:.1f} times as fast; streaming takes {less:.2f} of the memory; equal content: {same}")
    return 0 if faster >= 4 and less <= 1 / 3 and same else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))))
    else:
        sys.exit(main(*map(int, sys.argv[1:])))

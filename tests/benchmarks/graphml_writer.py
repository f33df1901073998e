"""The GraphML writer against networkx's faster one, on a graph of 200,000 nodes and 600,000 edges.

    python -m tests.benchmarks.graphml_writer [NODES [EDGES [TIMES]]]

Each writer runs in a process of its own, in turn, each three times. Both start alike: the same made-up rows come one by
one and fill the graph that the writer's library keeps in memory, networkx a MultiDiGraph, kgraph the packed rows that
`load_graph` and `assemble` give (`kgraph.graph.rows`); then the writer writes the whole graph to a file.

Time is the processor's for the call that writes, so that other work on the machine does not count. Memory is the
process's peak resident size over its whole life: interpreter, libraries, making the rows, the graph, and writing it.
Neither has anything read from RDF in it, which networkx cannot do; nor kgraph's triples, of which there is nothing in
GraphML: `kgraph export --to graphml` does not keep them either. The files are then read by lxml, element by element,
and compared: the content must be equal.

Ends with status 1 where kgraph is less than 4 times as fast, needs more than a third of networkx's peak memory, or
writes anything else.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

TYPES = ("person", "council", "committee", "company")
WORDS = (
    "council leader said that the review of children's services & housing <found> “serious” failings in 2019".split()
)


Attributes = dict[str, str | int | float]


def nodes(number: int) -> Iterator[tuple[str, str, str, Attributes]]:
    """IRI, label, type and attributes."""
    random_ = random.Random(1)
    for i in range(number):
        words = random_.sample(WORDS, 3)
        attributes: Attributes = {"aliases": "; ".join(words), "register_id": f"council/{i}"} if i % 2 else {}
        yield f"https://w3id.org/kgraph/id/n/{i}", " ".join(words) + f" {i}", TYPES[i % 4], attributes


def edges(number: int, ends: int) -> Iterator[tuple[str, str, str, str, Attributes]]:
    """IRIs of source and target, label, type and attributes."""
    random_ = random.Random(2)
    for i in range(number):
        a, b = random_.randrange(ends), random_.randrange(ends)
        attributes: Attributes = {
            "start": f"20{i % 20:02}-05-01",
            "confidence": (i % 100) / 100,
            "sources": i % 7 + 1,
            "sentence": " ".join(random_.sample(WORDS, 12)),
            "document": f"Document {i % 5000}",
            "iri": f"https://w3id.org/kgraph/id/fact/{i}",
        }
        yield f"https://w3id.org/kgraph/id/n/{a}", f"https://w3id.org/kgraph/id/n/{b}", "rated", "rates", attributes


def peak() -> int:
    """The process's greatest resident size, in bytes."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) * 1024  # type: ignore[index]


def measure(writer: str, path: Path, number: int, edge_number: int) -> dict[str, float]:
    """Fills the graph and writes it; run in a process of its own."""
    graph: Any
    begun = time.process_time()
    if writer == "kgraph":
        from kgraph.export import graphml
        from kgraph.graph.model import Edge, Graph, Node
        from kgraph.graph.rows import Rows

        graph = Graph((), Rows(Node, nodes(number)), Rows(Edge, edges(edge_number, number)), {})

        def write() -> None:
            with path.open("wb") as file:
                graphml.write(graph, file)
    else:
        import networkx

        graph = networkx.MultiDiGraph()
        ids = {}
        for i, (iri, label, kind, attributes) in enumerate(nodes(number)):
            ids[iri] = f"n{i}"
            columns = {"label": label, "name": label, "type": kind, "iri": iri, **attributes}
            graph.add_node(f"n{i}", labels=f":{kind.capitalize()}", **columns)
        for i, (source, target, label, kind, attributes) in enumerate(edges(edge_number, number)):
            columns = {"label": label, "interaction": label, "type": kind}
            columns |= {"weight": float(attributes["sources"]), "eid": f"e{i}", **attributes}
            graph.add_edge(ids[source], ids[target], key=f"e{i}", **columns)
        del ids

        def write() -> None:
            networkx.write_graphml_lxml(graph, path)

    filled, before = time.process_time() - begun, peak()
    begun = time.process_time()
    write()
    return {"fill": filled, "write": time.process_time() - begun, "filled": before, "peak": peak()}


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
    runs: dict[str, list[dict[str, float]]] = {"networkx": [], "kgraph": []}
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
    print(f"{'':10s}{'fill':>10s}{'write':>10s}{'peak when filled':>20s}{'peak in all':>16s}{'file':>12s}")
    for writer, one in best.items():
        megabytes = [f"{one[name] / 1e6:,.0f} MB" for name in ("filled", "peak")]
        print(
            f"{writer:10s}{one['fill']:8.1f} s{one['write']:8.1f} s{megabytes[0]:>20s}{megabytes[1]:>16s}"
            f"{sizes[writer] / 1e6:9,.0f} MB"
        )
    faster = best["networkx"]["write"] / best["kgraph"]["write"]
    less = best["kgraph"]["peak"] / best["networkx"]["peak"]
    same = len(set(found.values())) == 1
    print(f"\n{faster:.1f} times as fast (bar 4); {less:.2f} of the memory (bar .33); equal content: {same}")
    return 0 if faster >= 4 and less <= 1 / 3 and same else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))))
    else:
        sys.exit(main(*map(int, sys.argv[1:])))

"""Loading and the named queries, in the embedded store and in plain rdflib, side by side in one run.

    python -m tests.benchmarks.queries [GRAPH] [--triples 1000000] [--limit 60] [--queries NAME ...]

GRAPH (default: the samples, read anew) is repeated until it has so many triples: each copy has its own facts, people
and bodies, and shares inspectors, departments, parties, roles and scales with the others. Times are seconds of
processor time, so that a busy machine does not matter. A query of rdflib's is ended after the limit, and its ratio is
then a lower bound. Where both finish, their rows must be the same.
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pyoxigraph
import rdflib

from kgraph import query
from kgraph.export.turtle import serialise
from kgraph.ontology import load_ontology
from kgraph.query.store import open_store, parse, read_prefixes

ROOT = Path(__file__).parents[2]
_SHARED = "inspectorate|government-body|party|job|scale|post"


def enlarge(source: Path, target: Path, triples: int) -> None:
    """Writes copies of a graph as Turtle, as `kgraph build` does."""
    lines = [f"{quad.subject} {quad.predicate} {quad.object} ." for quad in parse(source)]
    own = re.compile(rf"(<https://w3id\.org/kgraph/id/(?!(?:{_SHARED})/)[^>]*)>")

    def copies() -> Iterator[str]:
        for copy in range(-(-triples // len(lines))):
            for line in lines:
                yield own.sub(rf"\1--{copy}>", line)

    target.write_bytes(serialise(sorted(set(copies())), read_prefixes(source)))


def timed(function: Callable[[], Any], times: int = 1) -> tuple[float, Any]:
    """Seconds of processor time of the fastest run, and what it gave."""
    best, result = float("inf"), None
    for _ in range(times):
        begun = time.process_time()
        result = function()
        best = min(best, time.process_time() - begun)
    return best, result


def embedded_rows(store: pyoxigraph.Store, sparql: str) -> Counter[tuple[str, ...]]:
    answer = query.ask(store, sparql, {})
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return Counter(tuple(_same(row[name]) for name in names) for row in answer)


def rdflib_rows(graph: rdflib.Graph, sparql: str) -> Counter[tuple[str, ...]]:
    answer = graph.query(sparql)
    return Counter(tuple(_same(row[variable]) for variable in answer.vars or []) for row in answer)  # type: ignore


def _same(term: Any) -> str:
    return (
        ""
        if term is None
        else str(getattr(term, "value", term) if isinstance(term, pyoxigraph.Literal) else term).strip("<>")
    )


def bounded(function: Callable[[], Any], limit: float) -> tuple[float, Any] | None:
    """`timed` in a fork of this process, so that it can be ended at the limit; None then."""
    with tempfile.TemporaryFile() as file:
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGPROF, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_PROF, limit)
            try:
                pickle.dump(timed(function), file)
                file.flush()
            except Exception:
                traceback.print_exc()
            finally:
                os._exit(0)
        _, status = os.waitpid(pid, 0)
        file.seek(0)
        if os.WIFSIGNALED(status):
            return None
        return cast("tuple[float, Any]", pickle.load(file))  # nothing there: it failed, and has said why


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", nargs="?", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--queries", nargs="*")
    parser.add_argument("--without-rdflib", action="store_true")
    options = parser.parse_args()
    ontology = load_ontology()
    with tempfile.TemporaryDirectory() as folder:
        source = options.graph or Path(folder, "samples.ttl")
        if options.graph is None:
            samples = ROOT / "kgraph" / "samples"
            subprocess.run([sys.executable, "-m", "kgraph.cli", "build", samples, "-o", source], check=True)
        path = Path(folder, "graph.ttl")
        enlarge(source, path, options.triples)
        seconds, store = timed(lambda: open_store(path))
        print(f"{len(store):,} triples, {path.stat().st_size / 1e6:.0f} MB of Turtle; seconds of processor time\n")
        print(f"{'':30s}{'rows':>8s}{'embedded':>10s}{'rdflib':>10s}{'ratio':>8s}", flush=True)
        graph = rdflib.Graph()
        if not options.without_rdflib:
            slow, graph = timed(lambda: rdflib.Graph().parse(path))
            _show("load", len(graph), seconds, slow, 0)
        for item in query.named_queries(ontology):
            if options.queries and item.name not in options.queries:
                continue
            sparql = item.text
            mine, rows = timed(lambda sparql=sparql: embedded_rows(store, sparql), times=3)
            if options.without_rdflib:
                print(f"{item.name:30s}{rows.total():>8,}{mine:>10.3f}", flush=True)
                continue
            theirs = bounded(lambda sparql=sparql: rdflib_rows(graph, sparql), options.limit)
            if theirs is None:
                _show(item.name, rows.total(), mine, None, options.limit)
            else:
                note = "" if theirs[1] == rows else "  rows differ"
                _show(item.name, rows.total(), mine, theirs[0], options.limit, note)
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def _show(label: str, rows: int, mine: float, theirs: float | None, limit: float, note: str = "") -> None:
    slow, mark = (limit, ">") if theirs is None else (theirs, " ")
    print(f"{label:30s}{rows:>8,}{mine:>10.3f}{mark:>2s}{slow:>8.2f}{mark:>2s}{slow / mine:>6.0f}{note}", flush=True)


if __name__ == "__main__":
    main()

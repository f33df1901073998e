"""Loading and the named queries, in the embedded store and in plain rdflib, side by side in one run.

    python -m tests.benchmarks.queries [GRAPH] [--triples 1000000] [--limit 20] [--queries NAME ...]

GRAPH (default: the samples, read anew) is repeated until it has so many triples: each copy has its own facts, people
and bodies, and shares inspectors, departments, parties, roles and scales with the others. Times are seconds of
processor time, so that a busy machine does not matter: of the store the best of three, of rdflib of one.

What is asked of each query is how many times faster the store must be: the join of claims and denials 100 times, what
counts, groups, or follows a path of any length (`+`, `*`) 10 times, anything else at least as fast. A query of rdflib's
is ended after the limit, or after a quarter more than the bar asks where that is later; its ratio is then a lower
bound, marked >. Where both finish their rows must be the same; where rdflib does not, they are compared on the samples.

Ends with status 1 where a bar is missed or rows differ. Takes at most some 12 minutes of processor time.
"""

from __future__ import annotations

import argparse
import gc
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
JOINS = {"claims-and-denials"}
_COUNTS = re.compile(r"\b(COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP BY)\b|[\w)][+*](?= [?<\w])")
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


def bar(name: str, sparql: str) -> int:
    """How many times faster than rdflib a query must be."""
    return 100 if name in JOINS else 10 if _COUNTS.search(re.sub(r"#[^\n>]*\n", "\n", sparql)) else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", nargs="?", type=Path)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=20)
    parser.add_argument("--queries", nargs="*")
    options = parser.parse_args()
    queries = [q for q in query.named_queries(load_ontology()) if not options.queries or q.name in options.queries]
    faults: list[str] = []
    ratios: dict[int, list[float]] = {1: [], 10: [], 100: []}
    with tempfile.TemporaryDirectory() as folder:
        samples, path = Path(folder, "samples.ttl"), Path(folder, "graph.ttl")
        command = [sys.executable, "-m", "kgraph.cli", "build", ROOT / "kgraph" / "samples", "-o", samples]
        subprocess.run(command, check=True, capture_output=True)
        enlarge(options.graph or samples, path, options.triples)
        seconds, store = timed(lambda: open_store(path))
        print(f"{len(store):,} triples, {path.stat().st_size / 1e6:.0f} MB of Turtle; seconds of processor time\n")
        print(f"{'':30s}{'rows':>9s}{'embedded':>10s}{'rdflib':>11s}{'ratio':>8s}{'bar':>6s}", flush=True)
        slow, graph = timed(lambda: rdflib.Graph().parse(path))
        gc.freeze()  # the forks that ask rdflib share its graph: a collection would copy it
        _show("load", len(graph), seconds, slow, "", 1)
        small, small_graph = open_store(samples), rdflib.Graph().parse(samples)
        for item in queries:
            sparql, wanted = item.text, bar(item.name, item.text)
            mine, rows = timed(lambda sparql=sparql: embedded_rows(store, sparql), times=3)
            limit = max(options.limit, 1.25 * wanted * mine)
            theirs = bounded(lambda sparql=sparql: rdflib_rows(graph, sparql), limit)
            slow = limit if theirs is None else theirs[0]
            ratios[wanted].append(slow / mine)
            same = (
                rdflib_rows(small_graph, sparql) == embedded_rows(small, sparql)
                if theirs is None
                else theirs[1] == rows
            )
            note = "" if same else "  ROWS DIFFER"
            _show(item.name, rows.total(), mine, slow, ">" if theirs is None else "", wanted, note)
            if not same:
                faults.append(f"{item.name}: rows differ")
            if slow < wanted * mine:
                faults.append(f"{item.name}: {slow / mine:.1f} times as fast, not {wanted}")
    print()
    names = {
        1: "other queries",
        10: "counting, grouping and paths of any length",
        100: "the join of claims and denials",
    }
    for wanted, found in ratios.items():
        if found:
            verdict = "met" if min(found) >= wanted else "MISSED"
            print(f"{names[wanted]}: at least {min(found):,.0f} times as fast (bar {wanted}): {verdict}")
    print("\n".join(faults) if faults else "all bars met, all rows equal")
    own, forks = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    used = sum((*own[:2], *forks[:2])) / 60
    print(f"{used:.1f} minutes of processor time; peak memory {own.ru_maxrss / 1024:,.0f} MiB")
    return 1 if faults else 0


def _show(label: str, rows: int, mine: float, slow: float, mark: str, wanted: int, note: str = "") -> None:
    ratio = f"{mark}{slow / mine:,.0f}"
    print(
        f"{label:30s}{rows:>9,}{mine:>10.3f}{mark + format(slow, '.2f'):>11s}{ratio:>8s}{wanted:>6d}{note}", flush=True
    )


if __name__ == "__main__":
    sys.exit(main())

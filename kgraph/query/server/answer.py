"""One query in a process of its own, under limits that hold whatever the query does."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph

from kgraph.query import ask

# Media types by which formats are asked for, the best first: names of the field beside the standards' own.
RESULTS: Mapping[str, pyoxigraph.QueryResultsFormat] = {
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "application/json": pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "application/xml": pyoxigraph.QueryResultsFormat.XML,
    "text/xml": pyoxigraph.QueryResultsFormat.XML,
    "text/csv": pyoxigraph.QueryResultsFormat.CSV,
    "text/tab-separated-values": pyoxigraph.QueryResultsFormat.TSV,
}
GRAPHS: Mapping[str, pyoxigraph.RdfFormat] = {
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/plain": pyoxigraph.RdfFormat.N_TRIPLES,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
    "application/xml": pyoxigraph.RdfFormat.RDF_XML,
    "application/ld+json": pyoxigraph.RdfFormat.JSON_LD,
    "application/json": pyoxigraph.RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may use: time in seconds; memory beside the store's, and its answer, in bytes."""

    seconds: float = 30
    memory: int = 1 << 30
    answer: int = 256 << 20


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the dataset that the request names (None where it names none), and formats the client takes.

    `results` is a key of RESULTS, `graph` one of GRAPHS; None where the client takes no such format.
    """

    sparql: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    results: str | None
    graph: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a question ended. `text` is the media type of the answer where the status is 200, else the reason."""

    status: HTTPStatus
    text: str


class _AnswerTooLarge(Exception):
    pass


class _Sender:
    """A file that sends what is written to it, up to a limit."""

    def __init__(self, connection: Connection, limit: int) -> None:
        self._connection, self._left = connection, limit

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _AnswerTooLarge
        self._connection.send_bytes(data)
        return len(data)

    def flush(self) -> None:
        pass


def answer(store: pyoxigraph.Store, prefixes: Mapping[str, str], connection: Connection, limits: Limits) -> None:
    """Reads a Question from the connection, sends the answer in pieces, an empty piece, and an Outcome."""
    question: Question = connection.recv()
    confine(limits)
    try:
        outcome = _run(store, prefixes, question, cast(BinaryIO, _Sender(connection, limits.answer)))
    except SyntaxError as error:
        outcome = Outcome(HTTPStatus.BAD_REQUEST, f"the query: {error}")
    except _AnswerTooLarge:
        outcome = Outcome(
            HTTPStatus.INTERNAL_SERVER_ERROR, f"the answer has more than {limits.answer:,} bytes; add a LIMIT"
        )
    except (RuntimeError, ValueError, OSError) as error:
        outcome = Outcome(HTTPStatus.INTERNAL_SERVER_ERROR, f"the query failed: {error}")
    connection.send_bytes(b"")
    connection.send(outcome)


def confine(limits: Limits) -> None:
    """Sets limits that the kernel enforces on this process: time, memory, and no new file or socket."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statm = Path("/proc/self/statm")
    if statm.exists():  # elsewhere than on Linux the limit on data does not bound what native code allocates
        data = int(statm.read_text().split()[5]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (data + limits.memory,) * 2)
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)  # native code prints where it stood when memory ended
    os.close(quiet)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _run(store: pyoxigraph.Store, prefixes: Mapping[str, str], question: Question, output: BinaryIO) -> Outcome:
    if question.default_graphs is None and question.named_graphs is None:
        result = ask(store, question.sparql, prefixes)
    else:
        default = [pyoxigraph.NamedNode(name) for name in question.default_graphs or ()]
        named = [pyoxigraph.NamedNode(name) for name in question.named_graphs or ()]
        for graph in [*default, *named]:
            if not store.contains_named_graph(graph):
                return Outcome(HTTPStatus.BAD_REQUEST, f"there is no graph {graph} here")
        result = store.query(question.sparql, prefixes=dict(prefixes), default_graph=[*default], named_graphs=[*named])
    if isinstance(result, pyoxigraph.QueryTriples):
        if question.graph is None:
            return _not_acceptable(GRAPHS)
        pyoxigraph.serialize(result, output, format=GRAPHS[question.graph], prefixes=dict(prefixes))
        return Outcome(HTTPStatus.OK, question.graph)
    if question.results is None:
        return _not_acceptable(RESULTS)
    result.serialize(output, format=RESULTS[question.results])
    return Outcome(HTTPStatus.OK, question.results)


def _not_acceptable(formats: Mapping[str, object]) -> Outcome:
    return Outcome(HTTPStatus.NOT_ACCEPTABLE, f"this query can be answered in {', '.join(formats)}")

"""The process that holds a graph's store, and forks itself for each query (see `kgraph.query.server`)."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import tempfile
import threading
import time
from contextlib import suppress
from http import HTTPStatus
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO, cast

from kgraph.query.server.answer import Limits, Outcome, Question, answer
from kgraph.query.store import open_store, read_prefixes

_IN_MEMORY = 1 << 20  # bytes of an answer; longer ones wait in a temporary file


class Keeper:
    """A graph file, read and ready to be asked from any thread. Raises ValueError for what is no graph."""

    def __init__(self, path: Path, limits: Limits) -> None:
        if not hasattr(os, "fork"):
            raise ValueError("serving needs a system with fork (Linux, macOS, WSL)")
        self._limits = limits
        self._asking = threading.Lock()
        self._control, theirs = socket.socketpair()
        # Spawned, not forked: this process has threads, and a fork of it would have their locks.
        context = multiprocessing.get_context("spawn")
        ready, report = context.Pipe(duplex=False)
        self._process = context.Process(target=_keep, args=(path, limits, theirs, report), daemon=True)
        self._process.start()
        theirs.close()
        report.close()
        try:
            failure = ready.recv()
        except EOFError:
            failure = f"{path}: the process that reads it ended (status {self._process.exitcode})"
        if failure:
            self.close()
            raise ValueError(failure)

    def ask(self, question: Question) -> tuple[Outcome, BinaryIO]:
        """The outcome of a question, and the file of its answer, at its start; empty unless the outcome is OK."""
        ours, theirs = socket.socketpair()
        with theirs, self._asking, suppress(OSError):  # one that has ended does not answer, which is seen below
            socket.send_fds(self._control, [b"?"], [theirs.fileno()])
        connection = Connection(ours.detach())
        begun = time.monotonic()
        # Complete before it is passed on: a status of 200 never stands before half an answer.
        file = cast(BinaryIO, tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
        with connection:
            try:
                connection.send(question)
                while piece := connection.recv_bytes():
                    file.write(piece)
                outcome: Outcome = connection.recv()
            except (EOFError, OSError):
                outcome = self._explain(time.monotonic() - begun)
        if outcome.status != HTTPStatus.OK:
            file.truncate(0)
        file.seek(0)
        return outcome, file

    def is_alive(self) -> bool:
        """Whether the process that has the graph still runs."""
        return self._process.is_alive()

    def close(self) -> None:
        """Ends the keeper, as losing the last reference to it does. Queries that run go on to their end."""
        self._control.close()
        self._process.join(5)

    def _explain(self, seconds: float) -> Outcome:
        limits = self._limits
        if not self.is_alive():
            return Outcome(HTTPStatus.SERVICE_UNAVAILABLE, "the process that has the graph ended; ask again")
        if seconds >= limits.seconds:
            reason = f"the query took longer than {limits.seconds:g} seconds and was ended"
            return Outcome(HTTPStatus.SERVICE_UNAVAILABLE, reason)
        reason = f"the query needed more memory than it may have ({limits.memory >> 20:,} MiB), or is nested too deeply"
        return Outcome(HTTPStatus.INTERNAL_SERVER_ERROR, reason)


def _keep(path: Path, limits: Limits, control: socket.socket, report: Connection) -> None:
    """Reads the graph, says how that went, then forks for each descriptor that comes, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt ends the server, and its end ends this process
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who answer
    try:
        store, prefixes = open_store(path), read_prefixes(path)
    except (ValueError, OSError) as error:
        report.send(str(error))
        return
    report.send("")
    report.close()
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            return
        try:
            child = os.fork()
        except OSError:  # too many processes: the closed connection says so
            child = -1
        if child == 0:
            try:
                control.close()
                answer(store, prefixes, Connection(descriptors[0]), limits)
            finally:
                os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)

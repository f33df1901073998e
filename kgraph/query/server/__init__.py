"""A graph on the user's own machine: an endpoint of the SPARQL 1.1 Protocol and the explorer page.

    browser, SPARQL client ── HTTP ──▶ waitress, werkzeug (protocol.py)
                                          │ a question
                                          ▼
                                       keeper (keeper.py): a process that has read the graph into a store
                                          │ fork, for each question
                                          ▼
                                       answerer (answer.py): runs one query under limits that the kernel enforces

A query engine in native code cannot be interrupted from Python, may take any amount of memory, may overflow its stack,
and fetches what SERVICE names. In a process of its own, forked from the keeper's (milliseconds: the store is shared,
not copied), a query is ended by a timer, by a limit on memory or by its own crash, and touches nobody else; it can
open neither files nor sockets.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import waitress

from kgraph.query.server.answer import Limits
from kgraph.query.server.protocol import Application

if TYPE_CHECKING:
    from kgraph.ontology import Ontology

__all__ = ["Limits", "serve"]

_LARGEST_REQUEST = 1 << 20  # bytes


def serve(
    path: Path,
    ontology: Ontology,
    host: str,
    port: int,
    limits: Limits,
    started: Callable[[str], None],
    renew: Callable[[], None] = lambda: None,
) -> None:
    """Serves a graph file until interrupted (KeyboardInterrupt). `started` is called with the address, once it answers.

    `renew` is called before each look at the file: what brings it up to date (see `kgraph.query.server.assembled`).
    Port 0 takes a free port. Raises ValueError for what is no graph, OSError where the address cannot be had, and
    ValueError on systems without fork (Windows).
    """
    with Application(path, ontology, limits, loopback=is_loopback(host), renew=renew) as application:
        server = waitress.create_server(
            application,
            host=host,
            port=port,
            threads=max(4, os.cpu_count() or 1),  # as many queries run at once; other requests wait their turn
            connection_limit=1000,
            max_request_body_size=_LARGEST_REQUEST,
            max_request_header_size=_LARGEST_REQUEST,
            ident=None,
        )
        shown = f"[{host}]" if ":" in host else host
        started(f"http://{shown}:{server.effective_port}/")
        try:
            server.run()
        finally:
            server.close()


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine alone."""
    return host in ("localhost", "::1") or host.startswith("127.")

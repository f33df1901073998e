"""`kgraph serve`."""

from __future__ import annotations

from pathlib import Path

import click

from kgraph.commands.ending import clear_errors
from kgraph.commands.options import GRAPH, ONTOLOGY


@click.command()
@GRAPH
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 takes a free one.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=30, show_default=True, help="Seconds after which a query is ended."
)
@ONTOLOGY
def serve(graph: Path, host: str, port: int, timeout: float, ontology: Path | None) -> None:
    """Show GRAPH in a browser, and answer SPARQL at /sparql (SPARQL 1.1 Protocol, queries only).

    \b
      kgraph serve output/graph.ttl
      curl --data-urlencode 'query=ASK {}' http://127.0.0.1:7878/sparql

    Nothing leaves the machine, and no other one can ask unless --host says so. The graph is read again when its file
    changes. Ctrl-C ends it.
    """
    from kgraph.ontology import load_ontology
    from kgraph.query import server

    def started(address: str) -> None:
        click.echo(f"{graph}: look at it at {address}, ask it at {address}sparql; Ctrl-C ends", err=True)

    with clear_errors():
        server.serve(graph, load_ontology(ontology), host, port, server.Limits(seconds=timeout), started)

"""`kgraph serve`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.commands.ending import clear_errors
from kgraph.commands.options import BASE_IRI, JUDGEMENTS, ONTOLOGY

if TYPE_CHECKING:
    from kgraph.ontology import Ontology


@click.command()
@click.argument("graph", metavar="GRAPH|WORKSPACE", type=click.Path(exists=True, path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=7878, show_default=True, help="0 takes a free one.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=30, show_default=True, help="Seconds after which a query is ended."
)
@JUDGEMENTS
@BASE_IRI
@ONTOLOGY
def serve(
    graph: Path,
    host: str,
    port: int,
    timeout: float,
    judgements: Path | None,
    base_iri: str,
    ontology: Path | None,
) -> None:
    """Show GRAPH in a browser, and answer SPARQL at /sparql (SPARQL 1.1 Protocol, queries only).

    \b
      kgraph serve output/graph.ttl
      kgraph serve output/graph.workspace
      curl --data-urlencode 'query=ASK {}' http://127.0.0.1:7878/sparql

    Nothing leaves the machine, and no other one can ask unless --host says so. The graph is read again when its file
    changes. Ctrl-C ends it.

    Of a WORKSPACE the graph that `kgraph build` would write is shown, also while a build goes on, and after each answer
    to `kgraph review`. --judgements and --base-iri are for a workspace only, and those of the build.
    """
    from kgraph.ontology import load_ontology
    from kgraph.query import server

    def started(address: str) -> None:
        click.echo(f"{graph}: look at it at {address}, ask it at {address}sparql; Ctrl-C ends", err=True)

    with clear_errors():
        domain = load_ontology(ontology)
        with _file(graph, judgements, base_iri, domain) as (path, renew):
            server.serve(path, domain, host, port, server.Limits(seconds=timeout), started, renew)


@contextmanager
def _file(
    graph: Path, judgements: Path | None, base_iri: str, ontology: Ontology
) -> Iterator[tuple[Path, Callable[[], None]]]:
    """The graph's file, and what brings it up to date: of a workspace one that lasts as long as the server."""
    if not graph.is_dir():
        yield graph, lambda: None
        return
    from kgraph.query.server.assembled import Assembled
    from kgraph.review import read_judgements
    from kgraph.workspace import judgements_path

    if judgements is not None:
        read_judgements(judgements, needed=True)
    with tempfile.TemporaryDirectory(prefix="kgraph-") as folder:
        if sys.stderr.isatty():  # it may take a minute
            click.echo(f"{graph}: putting the graph together …", err=True)
        path = Path(folder) / f"{graph.absolute().stem}.ttl"
        assembled = Assembled(graph, judgements or judgements_path(graph), base_iri, ontology, path)
        yield path, assembled.renew

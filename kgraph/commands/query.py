"""`kgraph query`."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, TextIO

import click

from kgraph.commands.ending import clear_errors
from kgraph.commands.options import GRAPH, ONTOLOGY


@click.command()
@GRAPH
@click.argument("sparql", required=False)
@click.option("-f", "--file", type=click.File("r", encoding="utf-8"), help="Read the query from a file (.rq), or -.")
@click.option("--named", metavar="NAME", help="One of the queries shipped; --list shows them.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Value for a named query.")
@click.option("--list", "list_", is_flag=True, help="List the named queries and what each asks for.")
@click.option("--format", "format_", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@ONTOLOGY
def query(
    graph: Path,
    sparql: str | None,
    file: TextIO | None,
    named: str | None,
    params: tuple[str, ...],
    list_: bool,
    format_: Literal["table", "csv", "json"],
    ontology: Path | None,
) -> None:
    """Ask GRAPH a SPARQL query, or one of the named ones. CONSTRUCT and DESCRIBE answer in Turtle.

    \b
      kgraph query graph.ttl 'SELECT ?s WHERE { ?s a <http://xmlns.com/foaf/0.1/Person> } LIMIT 5'
      kgraph query graph.ttl --named rating-history --param council=Middlesbrough
    """
    from kgraph import query as querying
    from kgraph.ontology import load_ontology

    with clear_errors():
        domain = load_ontology(ontology)
        if list_:
            for item in querying.named_queries(domain):
                click.echo(f"{item.name:28s} {item.description}")
            return
        if sum(given is not None for given in (sparql, file, named)) != 1:
            raise click.UsageError("give a query, or --file, or --named (one of them)")
        values = dict(_split_param(param) for param in params)
        text = querying.named_query(domain, named, values) if named else sparql or (file.read() if file else "")
        with _interruptible():
            answer = querying.run(graph, text, format=format_)
        click.echo(answer, nl=False)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Lets Ctrl-C end the command at once: else it would wait for the query engine, which is no Python."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _split_param(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals:
        raise click.BadParameter(f"{param!r}: expected NAME=VALUE", param_hint="--param")
    return name, value

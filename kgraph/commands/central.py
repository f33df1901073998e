"""`kgraph central`."""

from __future__ import annotations

from pathlib import Path

import click

from kgraph.commands.ending import clear_errors
from kgraph.commands.options import GRAPH, ONTOLOGY


@click.command()
@GRAPH
@click.option("--type", "kind", metavar="TYPE", help="Only entities of this type: person, council, …")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many to show.")
@click.option("--format", "format_", type=click.Choice(["table", "csv"]), default="table", show_default=True)
@ONTOLOGY
def central(graph: Path, kind: str | None, top: int, format_: str, ontology: Path | None) -> None:
    """List the most central entities of GRAPH.

    \b
      kgraph central graph.ttl --type person

    Degree is the number of entities that one shares facts with; betweenness the share of shortest paths between others
    that lead through it (estimated in graphs of more than 2,000 entities).
    """
    from kgraph.ontology import load_ontology
    from kgraph.query import tables
    from kgraph.query.centrality import most_central

    with clear_errors():
        found = most_central(graph, load_ontology(ontology), kind)[:top]
    header = ["name", "type", "degree", "betweenness"]
    rows = [[one.label, one.type, str(one.degree), f"{one.betweenness:.4f}"] for one in found]
    click.echo((tables.as_table if format_ == "table" else tables.as_csv)(header, rows), nl=False)

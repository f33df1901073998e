"""`kgraph explain`."""

from __future__ import annotations

from pathlib import Path

import click

from kgraph.commands.ending import clear_errors
from kgraph.commands.options import GRAPH, ONTOLOGY


@click.command()
@GRAPH
@click.argument("name")
@ONTOLOGY
def explain(graph: Path, name: str, ontology: Path | None) -> None:
    """Say what GRAPH knows of NAME: each fact with its sentence and its document."""
    from kgraph.ontology import load_ontology
    from kgraph.query.explain import explain as describe

    with clear_errors():
        click.echo(describe(graph, name, load_ontology(ontology)))

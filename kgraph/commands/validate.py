"""`kgraph validate`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kgraph.commands.ending import clear_errors, count
from kgraph.commands.options import GRAPH, ONTOLOGY


@click.command()
@GRAPH
@ONTOLOGY
def validate(graph: Path, ontology: Path | None) -> None:
    """Check GRAPH against the ontology's SHACL shapes. Findings are printed, and the exit status is then 1."""
    from kgraph.graph.validate import validate as check
    from kgraph.ontology import load_ontology

    with clear_errors():
        findings = check(graph, load_ontology(ontology))
    for finding in findings:
        click.echo(str(finding))
    click.echo(count(len(findings), "finding") if findings else "conforms", err=True)
    sys.exit(1 if findings else 0)

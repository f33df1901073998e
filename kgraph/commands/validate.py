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
    """Check GRAPH against the ontology's SHACL shapes. Findings are printed, and the exit status is then 1.

    Lines that begin with `sources:` tell what the documents say that cannot be so, such as two people who are leader
    at once. They are no fault of the graph, and leave the exit status as it is.
    """
    from kgraph.graph.validate import validate as check
    from kgraph.ontology import load_ontology

    with clear_errors():
        findings = check(graph, load_ontology(ontology))
    for finding in findings:
        click.echo(str(finding))
    faults = sum(finding.severity != "sources" for finding in findings)
    summary = [count(faults, "finding") if faults else "conforms"]
    if len(findings) > faults:
        summary.append(f"{count(len(findings) - faults, 'finding')} about the sources")
    click.echo("; ".join(summary), err=True)
    sys.exit(1 if faults else 0)

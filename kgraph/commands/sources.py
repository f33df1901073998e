"""`kgraph sources`."""

from __future__ import annotations

import csv
import dataclasses
import json
import sys
from pathlib import Path
from typing import Literal

import click

from kgraph.commands.ending import clear_errors, count
from kgraph.commands.options import WORKSPACE


@click.command()
@WORKSPACE
@click.option("--failures", is_flag=True, help="Only what could not be read.")
@click.option("--format", "format_", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def sources(workspace: Path, failures: bool, format_: Literal["table", "csv", "json"]) -> None:
    """List what is in WORKSPACE (default: output/graph.workspace): documents, when they were read, and from where.

    \b
      kgraph sources
      kgraph sources output/graph.workspace --failures
      kgraph sources output/graph.workspace --format csv > sources.csv

    What could not be read comes last, with the reason. Times are UTC. CSV and JSON (an object a line) have all columns
    whole.
    """
    from kgraph.query.tables import as_table
    from kgraph.workspace import Kept, read_workspace

    with clear_errors():
        found = read_workspace(workspace)
    shown = [kept for kept in found if kept.failure is not None] if failures else found
    if format_ == "json":
        for kept in shown:
            click.echo(json.dumps(dataclasses.asdict(kept), ensure_ascii=False))
    elif format_ == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([field.name for field in dataclasses.fields(Kept)])
        writer.writerows(dataclasses.astuple(kept) for kept in shown)
    else:
        rows = [
            [kept.name, kept.read_at, kept.published or "", f"{kept.facts or 0:,}", kept.source]
            for kept in shown
            if kept.failure is None
        ]
        if rows:
            click.echo(as_table(["document", "read", "published", "facts", "source"], rows))
        for kept in shown:
            if kept.failure is not None:
                click.echo(f"{kept.source}: {kept.failure}")
    failed = sum(kept.failure is not None for kept in found)
    click.echo(f"{count(len(found) - failed, 'document')}, {count(failed, 'failure')}", err=True)

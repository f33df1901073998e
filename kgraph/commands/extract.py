"""`kgraph extract`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

import click

from kgraph.commands.ending import fail
from kgraph.commands.options import DATE, MODEL, ONTOLOGY, SOURCES, WORKERS
from kgraph.commands.reading import Reading


@click.command()
@SOURCES
@click.option("-o", "--output", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="Default: stdout.")
@ONTOLOGY
@MODEL
@DATE
@WORKERS
def extract(
    sources: tuple[str, ...],
    output: TextIO,
    ontology: Path | None,
    model: str | None,
    date: str | None,
    workers: int | None,
) -> None:
    """Read SOURCES and write their facts, one JSON object a line.

    Each names its document, relation, arguments, evidence (the words and where they stand), who said it if the
    document only reports it, whether it is denied, planned or possible, and how sure kgraph is.
    """
    reading = Reading(sources, ontology, model, date, workers)
    for extraction in reading:
        for fact in extraction.facts:
            output.write(json.dumps(fact.to_json(), ensure_ascii=False) + "\n")
    if not reading.documents:
        fail("no document could be read")
    reading.exit()

"""Arguments and options that several commands share."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

DEFAULT_BASE_IRI = "https://w3id.org/kgraph/id/"


def _check_date(value: str | None) -> str | None:
    if value is not None:
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            raise click.BadParameter(f"{value!r} is no date of the form YYYY-MM-DD") from None
    return value


SOURCES = click.argument("sources", nargs=-1, required=True, metavar="SOURCES...")
ONTOLOGY = click.option(
    "--ontology",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with the domain: classes, relations, registers, forms. Default: the one shipped.",
)
MODEL = click.option("--model", help="Another spaCy pipeline (name or folder) in place of the one shipped.")
DATE = click.option(
    "--date",
    metavar="YYYY-MM-DD",
    callback=lambda _context, _parameter, value: _check_date(value),
    help="Publication date of documents that give none: relative dates count from it.",
)
WORKERS = click.option(
    "--workers",
    type=click.IntRange(1),
    help="Processes to read with. Default: one for every 100 KB to read, at most one a processor.",
)
BASE_IRI = click.option(
    "--base-iri",
    default=DEFAULT_BASE_IRI,
    show_default=True,
    help="Where the graph's own IRIs begin.",
)
GRAPH = click.argument("graph", type=click.Path(exists=True, dir_okay=False, path_type=Path))
WORKSPACE = click.argument(
    "workspace",
    default=Path("output/graph.workspace"),
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
JUDGEMENTS = click.option(
    "--judgements",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File of answers to `kgraph review`. Default: beside the workspace (graph.judgements.jsonl).",
)

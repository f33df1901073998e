"""`kgraph evaluate`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import click

from kgraph.commands.ending import clear_errors
from kgraph.commands.options import MODEL, ONTOLOGY, WORKERS
from kgraph.commands.reading import Reading


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("facts", type=click.File("r", encoding="utf-8"), required=False)
@click.option("--errors", default=0, metavar="N", help="Show up to N misses and N false facts.")
@ONTOLOGY
@MODEL
@WORKERS
def evaluate(
    gold: Path, facts: TextIO | None, errors: int, ontology: Path | None, model: str | None, workers: int | None
) -> None:
    """Score facts against the gold facts of the folder GOLD (ID.json beside ID.txt).

    Without FACTS (JSON Lines, from `kgraph extract`), GOLD's texts are read first.
    """
    from kgraph import evaluate as evaluation
    from kgraph.ontology import load_ontology

    if facts is not None:
        predictions: Iterator[Any] = _json_lines(facts)
    else:
        texts = tuple(str(path) for path in sorted(gold.glob("*.txt")))
        if not texts:
            raise click.BadParameter(f"{gold}: no texts (ID.txt) here")
        reading = Reading(texts, ontology, model, None, workers)
        predictions = (fact.to_json() for extraction in reading for fact in extraction.facts)
    with clear_errors():
        rules = evaluation.Rules.load(load_ontology(ontology).folder / "evaluation.yaml")
        report = evaluation.evaluate(gold, predictions, rules)
    if report.without_gold:
        click.echo(f"kgraph: documents without gold, ignored: {', '.join(report.without_gold[:5])}", err=True)
    click.echo(evaluation.format_report(report, errors=errors))


def _json_lines(file: TextIO) -> Iterator[Any]:
    for number, line in enumerate(file, 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(f"{file.name}: line {number}: not JSON: {error}") from error

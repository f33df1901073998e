"""`kgraph build`."""

from __future__ import annotations

from pathlib import Path

import click

from kgraph.commands.ending import clear_errors, count, fail
from kgraph.commands.options import DATE, DEFAULT_BASE_IRI, MODEL, ONTOLOGY, SOURCES, WORKERS
from kgraph.commands.reading import Reading


@click.command()
@SOURCES
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; its extension says the format (.ttl, .graphml, …). May be given several times. "
    "Default: output/graph.ttl and output/graph.graphml.",
)
@click.option("--base-iri", default=DEFAULT_BASE_IRI, show_default=True, help="Where the graph's own IRIs begin.")
@ONTOLOGY
@MODEL
@DATE
@WORKERS
def build(
    sources: tuple[str, ...],
    outputs: tuple[Path, ...],
    base_iri: str,
    ontology: Path | None,
    model: str | None,
    date: str | None,
    workers: int | None,
) -> None:
    """Read SOURCES and write a knowledge graph.

    The texts as kgraph read them, which all offsets in the graph refer to, are written beside it (.documents.jsonl).
    """
    from kgraph import export
    from kgraph.graph import assemble
    from kgraph.ontology import load_ontology

    outputs = outputs or (Path("output/graph.ttl"), Path("output/graph.graphml"))
    for path in outputs:
        if not export.supports(path):
            raise click.BadParameter(f"{path}: no such format; one of {', '.join(export.EXTENSIONS)}")
    reading = Reading(sources, ontology, model, date, workers)
    documents, facts = [], []
    for extraction in reading:
        documents.append(extraction.document)
        facts.extend(extraction.facts)
    if not documents:
        fail("no document could be read; nothing is written")
    with clear_errors():
        graph = assemble(facts, documents, load_ontology(ontology), base_iri=base_iri)
        for path in outputs:
            path.parent.mkdir(parents=True, exist_ok=True)
            export.write(graph, path)
        export.write_documents(documents, outputs[0].with_suffix(".documents.jsonl"))
    claimed = sum(not fact.asserted for fact in facts)
    click.echo(
        f"{count(len(documents), 'document')}, {count(len(facts), 'fact')} "
        f"({claimed} of them claimed, denied, planned or possible) → {', '.join(map(str, outputs))}",
        err=True,
    )
    reading.exit()

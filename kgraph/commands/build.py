"""`kgraph build`."""

from __future__ import annotations

from pathlib import Path

import click

from kgraph.collector import no_collector
from kgraph.commands.ending import clear_errors, count, fail, tell
from kgraph.commands.options import BASE_IRI, DATE, JUDGEMENTS, MODEL, ONTOLOGY, SOURCES, WORKERS
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
@click.option(
    "--workspace",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps what was read for the next build. Default: beside the first output (graph.workspace).",
)
@JUDGEMENTS
@BASE_IRI
@ONTOLOGY
@MODEL
@DATE
@WORKERS
def build(
    sources: tuple[str, ...],
    outputs: tuple[Path, ...],
    workspace: Path | None,
    judgements: Path | None,
    base_iri: str,
    ontology: Path | None,
    model: str | None,
    date: str | None,
    workers: int | None,
) -> None:
    """Read SOURCES and write a knowledge graph.

    \b
      kgraph build articles/ reports/*.pdf
      kgraph build articles/ -o graph.ttl -o graph.graphml --workspace kept/

    The texts as kgraph read them, which all offsets in the graph refer to, are written beside it (.documents.jsonl).

    What is read is kept in the workspace at once. The next build reads only what is new or changed, forgets what is no
    longer among SOURCES, and gives the same bytes as a build from nothing; one that was stopped goes on where it was.

    What people have answered to `kgraph review` is obeyed.
    """
    from kgraph import export
    from kgraph.fingerprint import fingerprints
    from kgraph.graph import assemble
    from kgraph.review import read_judgements
    from kgraph.workspace import judgements_path, open_workspace

    outputs = outputs or (Path("output/graph.ttl"), Path("output/graph.graphml"))
    for path in outputs:
        if not export.supports(path):
            raise click.BadParameter(f"{path}: no such format; one of {', '.join(export.EXTENSIONS)}")
    workspace = workspace or outputs[0].with_suffix(".workspace")
    reading = Reading(sources, ontology, model, date, workers)
    documents, facts = [], []
    with clear_errors(), open_workspace(workspace, fingerprints(ontology, model, date), tell) as kept:
        judged = read_judgements(judgements or judgements_path(workspace), needed=judgements is not None)
        reading.workspace = kept
        for extraction in reading:
            documents.append(extraction.document)
            facts.extend(extraction.facts)
        if not documents:
            fail("no document could be read; nothing is written")
        domain = reading.extractor.ontology
        with no_collector():
            graph = assemble(facts, documents, domain, base_iri=base_iri, judgements=judged)
            export.write_all(graph, outputs, documents, outputs[0].with_suffix(".documents.jsonl"), domain)
        kept.keep_only(reading.found)
    claimed = sum(not fact.asserted for fact in facts)
    click.echo(
        f"{count(len(documents), 'document')}, {count(len(facts), 'fact')} "
        f"({claimed} of them claimed, denied, planned or possible) → {', '.join(map(str, outputs))}",
        err=True,
    )
    reading.exit()

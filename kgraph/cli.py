"""The `kgraph` command: each verb does one thing; everything it does is a function of the library.

Exit status: 0 done; 1 nothing could be done (no document read, a graph that cannot be loaded, findings of
`validate`); 2 wrong usage; 3 done, but some documents could not be read (each named on stderr with its reason).
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NoReturn, TextIO

import click

DEFAULT_BASE_IRI = "https://w3id.org/kgraph/id/"

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
    callback=lambda _c, _p, value: _check_date(value),
    help="Publication date of documents that give none: relative dates count from it.",
)
WORKERS = click.option(
    "--workers",
    type=click.IntRange(1),
    help="Processes to read with. Default: one for every twenty sources, at most one a processor.",
)
GRAPH = click.argument("graph", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kgraph")
def main() -> None:
    """Build and question a knowledge graph of local accountability.

    \b
      kgraph build articles/ -o output/graph.ttl -o output/graph.graphml
      kgraph explain output/graph.ttl "Middlesbrough Council"
      kgraph query output/graph.ttl --named councils-by-latest-rating

    Sources are files (text, HTML, PDF, DOCX, JSON Lines), folders, globs, or - for standard input.
    A document that cannot be read is named on stderr with the reason, and the others go on.

    Exit status: 0 done, 1 nothing could be done, 2 wrong usage, 3 done but some documents could not be read.
    """


@main.command()
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
        _fail("no document could be read; nothing is written")
    with _errors():
        graph = assemble(facts, documents, load_ontology(ontology), base_iri=base_iri)
        for path in outputs:
            path.parent.mkdir(parents=True, exist_ok=True)
            export.write(graph, path)
        export.write_documents(documents, outputs[0].with_suffix(".documents.jsonl"))
    claimed = sum(not fact.asserted for fact in facts)
    click.echo(
        f"{_count(len(documents), 'document')}, {_count(len(facts), 'fact')} "
        f"({claimed} of them claimed, denied, planned or possible) → {', '.join(map(str, outputs))}",
        err=True,
    )
    reading.exit()


@main.command()
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
        _fail("no document could be read")
    reading.exit()


@main.command()
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
    with _errors():
        rules = evaluation.Rules.load(load_ontology(ontology).folder / "evaluation.yaml")
        report = evaluation.evaluate(gold, predictions, rules)
    if report.without_gold:
        click.echo(f"kgraph: documents without gold, ignored: {', '.join(report.without_gold[:5])}", err=True)
    click.echo(evaluation.format_report(report, errors=errors))


@main.command()
@GRAPH
@click.argument("sparql", required=False)
@click.option("-f", "--file", type=click.File("r", encoding="utf-8"), help="Read the query from a file (.rq), or -.")
@click.option("--named", metavar="NAME", help="One of the queries shipped; --list shows them.")
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Value for a named query.")
@click.option("--list", "list_", is_flag=True, help="List the named queries and what each asks for.")
@click.option("--format", "format_", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@ONTOLOGY
def query(
    graph: Path,
    sparql: str | None,
    file: TextIO | None,
    named: str | None,
    params: tuple[str, ...],
    list_: bool,
    format_: Literal["table", "csv", "json"],
    ontology: Path | None,
) -> None:
    """Ask GRAPH a SPARQL query, or one of the named ones. CONSTRUCT and DESCRIBE answer in Turtle.

    \b
      kgraph query graph.ttl 'SELECT ?s WHERE { ?s a <http://xmlns.com/foaf/0.1/Person> } LIMIT 5'
      kgraph query graph.ttl --named rating-history --param council=Middlesbrough
    """
    from kgraph import query as querying
    from kgraph.ontology import load_ontology

    with _errors():
        domain = load_ontology(ontology)
        if list_:
            for item in querying.named_queries(domain):
                click.echo(f"{item.name:28s} {item.description}")
            return
        if sum(given is not None for given in (sparql, file, named)) != 1:
            raise click.UsageError("give a query, or --file, or --named (one of them)")
        values = dict(_split_param(param) for param in params)
        text = querying.named_query(domain, named, values) if named else sparql or (file.read() if file else "")
        click.echo(querying.run(graph, text, format=format_), nl=False)


@main.command()
@GRAPH
@ONTOLOGY
def validate(graph: Path, ontology: Path | None) -> None:
    """Check GRAPH against the ontology's SHACL shapes. Findings are printed, and the exit status is then 1."""
    from kgraph.graph.validate import validate as check
    from kgraph.ontology import load_ontology

    with _errors():
        findings = check(graph, load_ontology(ontology))
    for finding in findings:
        click.echo(str(finding))
    click.echo(_count(len(findings), "finding") if findings else "conforms", err=True)
    sys.exit(1 if findings else 0)


@main.command()
@GRAPH
@click.argument("name")
@ONTOLOGY
def explain(graph: Path, name: str, ontology: Path | None) -> None:
    """Say what GRAPH knows of NAME: each fact with its sentence and its document."""
    from kgraph.ontology import load_ontology
    from kgraph.query.explain import explain as describe

    with _errors():
        click.echo(describe(graph, name, load_ontology(ontology)))


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for a shell: `eval "$(kgraph completion bash)"`."""
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete is not None
    click.echo(complete(main, {}, "kgraph", "_KGRAPH_COMPLETE").source())


@dataclass
class Reading:
    """Extractions of sources as they come, with a progress bar; failures are printed and counted."""

    sources: tuple[str, ...]
    ontology: Path | None
    model: str | None
    date: str | None
    workers: int | None
    documents: int = field(default=0, init=False)
    failures: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Any]:
        from kgraph import build, readers

        found = readers.find(self.sources)
        settings = build.Settings(self.ontology, self.model, self.date)
        workers = self.workers or max(1, min(os.cpu_count() or 1, len(found) // 20))
        with (
            _errors(),
            click.progressbar(
                build.run(found, settings, workers),
                length=len(found),
                label="reading",
                file=sys.stderr,
                hidden=not sys.stderr.isatty(),
            ) as results,
        ):
            for result in results:
                for item in result:
                    if isinstance(item, build.Extraction):
                        self.documents += 1
                        yield item
                    else:
                        self.failures += 1
                        click.echo(f"kgraph: {item}", err=True)

    def exit(self) -> None:
        """End with status 3 where some documents could not be read."""
        if self.failures:
            click.echo(f"kgraph: {_count(self.failures, 'source')} could not be read (named above)", err=True)
            sys.exit(3)


class _errors:
    """Turns the library's errors into one line on stderr and exit status 1."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (ValueError, OSError)):
            _fail(" ".join(str(error).split()))


def _fail(reason: str) -> NoReturn:
    click.echo(f"kgraph: {reason}", err=True)
    sys.exit(1)


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _check_date(value: str | None) -> str | None:
    import datetime

    if value is not None:
        try:
            datetime.date.fromisoformat(value)
        except ValueError:
            raise click.BadParameter(f"{value!r} is no date of the form YYYY-MM-DD") from None
    return value


def _split_param(param: str) -> tuple[str, str]:
    name, equals, value = param.partition("=")
    if not equals:
        raise click.BadParameter(f"{param!r}: expected NAME=VALUE", param_hint="--param")
    return name, value


def _json_lines(file: TextIO) -> Iterator[Any]:
    for number, line in enumerate(file, 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(f"{file.name}: line {number}: not JSON: {error}") from error


if __name__ == "__main__":
    main()

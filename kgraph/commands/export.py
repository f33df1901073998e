"""`kgraph export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

import click

from kgraph.commands.ending import clear_errors, count, tell
from kgraph.commands.options import GRAPH, ONTOLOGY


def _day(value: str | None, which: Literal["first", "last", "only"]) -> str | None:
    """A date as its first or its last day, or as the only day that it must be."""
    from kgraph.graph import edtf

    if value is None:
        return None
    days = edtf.days(value)
    if days is None or (which == "only" and days[0] != days[1]):
        form = "YYYY-MM-DD" if which == "only" else "YYYY, YYYY-MM or YYYY-MM-DD"
        raise click.BadParameter(f"{value!r} is no date of the form {form}")
    return days[which == "last"]


def _first_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    return _day(value, "first")


def _last_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    return _day(value, "last")


def _only_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    return _day(value, "only")


def _formats() -> str:
    from kgraph.export import FORMATS, Folder

    width = max(map(len, FORMATS))
    lines = (
        f"  {one.name:{width}s}  {one.description}{' (a folder)' if isinstance(one, Folder) else ''}"
        for one in FORMATS.values()
    )
    return "\b\nFormats:\n" + "\n".join(lines)


class _ExportCommand(click.Command):
    """Lists the formats below its options, from the table that has them."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.epilog = _formats()
        super().format_epilog(ctx, formatter)


def _format_name(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    from kgraph.export import FORMATS

    if value not in FORMATS:
        raise click.BadParameter(f"{value!r} is none of {', '.join(FORMATS)}")
    return value


@click.command(cls=_ExportCommand)
@GRAPH
@click.option("--to", "name", required=True, metavar="FORMAT", callback=_format_name, help="One of those below.")
@click.option(
    "-o",
    "--output",
    default="-",
    type=click.Path(path_type=Path),
    help="File to write, or folder where the format is of several files. Default: - (stdout).",
)
@click.option(
    "--since",
    metavar="DATE",
    callback=_first_day,
    help="Only what was so, or happened, since then.",
)
@click.option(
    "--until",
    metavar="DATE",
    callback=_last_day,
    help="Only what was so, or happened, until then.",
)
@click.option(
    "--as-of",
    metavar="DATE",
    callback=_only_day,
    help="The graph as it stood on that day.",
)
@click.option("--entity", metavar="NAME", help="Only what is around the entity of this name or IRI …")
@click.option("--hops", default=1, show_default=True, type=click.IntRange(0), help="… at most so many edges away.")
@click.option("--relations", metavar="A,B", help="Only these relations.")
@click.option(
    "--min-sources", default=1, show_default=True, type=click.IntRange(1), help="Only what so many documents say."
)
@ONTOLOGY
def export(
    graph: Path,
    name: str,
    output: Path,
    since: str | None,
    until: str | None,
    as_of: str | None,
    entity: str | None,
    hops: int,
    relations: str | None,
    min_sources: int,
    ontology: Path | None,
) -> None:
    """Write GRAPH, or the part of it that the options say, in another format.

    \b
      kgraph export graph.ttl --to gexf -o graph.gexf
      kgraph export graph.ttl --to csv -o tables/ --relations rates,inspects --since 2018
      kgraph export graph.ttl --to graphml --entity "Middlesbrough Council" --hops 2 > near.graphml

    What has no date of its own counts from the day its document was published; where neither is known, it is left
    out when dates are asked for. An entity left without any statement is left out too.
    """
    from kgraph import export as exporting
    from kgraph.graph.load import load_graph, load_in_short
    from kgraph.graph.select import Selection, select
    from kgraph.ontology import load_ontology

    if isinstance(exporting.FORMATS[name], exporting.Folder) and output == Path("-"):
        raise click.UsageError(f"{name} is a folder of several files: give one with -o")
    if since and until and since > until:
        raise click.UsageError("--since is after --until")
    names = frozenset(part.strip() for part in relations.split(",")) if relations else frozenset()
    selection = Selection(since, until, as_of, entity, hops, names, min_sources)
    with clear_errors():
        domain = load_ontology(ontology)
        if selection.everything and exporting.FORMATS[name].in_short:
            part = load_in_short(graph)
        else:
            part = select(load_graph(graph), selection, domain)
        if output == Path("-"):
            exporting.write_to(part, sys.stdout.buffer, name, domain)
        else:
            output.parent.mkdir(parents=True, exist_ok=True)
            exporting.write(part, output, name, domain)
    if not part.nodes:
        why = "it has nothing to draw: is it a graph of kgraph?" if selection.everything else "nothing of it is left"
        tell(f"{graph}: {why}")
    where = "" if output == Path("-") else f" → {output}"
    click.echo(f"{count(len(part.nodes), 'node')}, {count(len(part.edges), 'edge')}{where}", err=True)

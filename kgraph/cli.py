"""The `kgraph` command: each verb does one thing; everything it does is a function of the library.

Exit status: 0 done; 1 nothing could be done (no document read, a graph that cannot be loaded, findings of
`validate`); 2 wrong usage; 3 done, but some documents could not be read (each named on stderr with its reason).
"""

from __future__ import annotations

import click

from kgraph.commands.build import build
from kgraph.commands.central import central
from kgraph.commands.completion import completion
from kgraph.commands.evaluate import evaluate
from kgraph.commands.explain import explain
from kgraph.commands.export import export
from kgraph.commands.extract import extract
from kgraph.commands.query import query
from kgraph.commands.review import review
from kgraph.commands.serve import serve
from kgraph.commands.sources import sources
from kgraph.commands.validate import validate


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


for command in (
    build,
    sources,
    review,
    extract,
    query,
    serve,
    explain,
    central,
    export,
    validate,
    evaluate,
    completion,
):
    main.add_command(command)

if __name__ == "__main__":
    main()

"""The queries' README, made from the queries and from what they answer on the sample graph.

    python -m tests.query.documentation        writes ontology/queries/README.md anew

A test holds the file against this.
"""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from kgraph.cli import main
from kgraph.ontology import load_ontology
from kgraph.query import named_queries
from tests.query.examples import EXAMPLES

ROOT = Path(__file__).parents[2]
README = ROOT / "ontology" / "queries" / "README.md"
_ROWS, _WIDTH = 6, 150

_HEAD = f"""# Questions a reporter asks

Each is a file of SPARQL 1.1 with parameters that restrict nothing when they are not given. `kgraph query GRAPH --list`
shows them. Here each is asked of the sample graph (`kgraph build kgraph/samples -o output/graph.ttl`); at most {_ROWS}
rows are shown, and long lines are cut: `--format csv` gives all.

A name or role matches by its words: `Wexhaven` finds Wexhaven Borough Council. Names by which documents call an entity
count too.

The lines with a command and an answer are written by `python -m tests.query.documentation`, and tested.
"""
_CENTRAL = """
## most central people

Not a query: `kgraph central` counts, for each entity, those it shares facts with (degree), and the share of shortest
paths between two others that lead through it (betweenness).
"""


def build(folder: Path) -> Path:
    """The sample graph."""
    path = folder / "graph.ttl"
    _kgraph("build", str(ROOT / "kgraph" / "samples"), "-o", str(path))
    return path


def document(graph: Path) -> str:
    """The README's text, with answers from this graph."""
    return "\n".join(_sections(graph))


def _sections(graph: Path) -> Iterator[str]:
    yield _HEAD
    queries = {item.name: item for item in named_queries(load_ontology())}
    for name, values in EXAMPLES.items():
        yield f"## {name}\n\n{queries[name].description}\n"
        if queries[name].parameters:
            yield "\n".join(f"* `{key}`: {meaning}" for key, meaning in queries[name].parameters.items()) + "\n"
        parameters = [word for key, value in values.items() for word in ("--param", f"{key}={value}")]
        yield _example(graph, "query", "--named", name, *parameters)
    yield _CENTRAL.lstrip("\n")
    yield _example(graph, "central", "--type", "person", "--top", str(_ROWS))


def _example(graph: Path, verb: str, *options: str) -> str:
    lines = _kgraph(verb, str(graph), *options).splitlines()
    shown = [line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…" for line in lines[: _ROWS + 2]]
    if len(lines) > _ROWS + 2:
        shown.append(f"… {len(lines) - 2} rows")
    return "\n".join(["```console", f"$ kgraph {verb} output/graph.ttl {shlex.join(options)}", *shown, "```\n"])


def _kgraph(*arguments: str) -> str:
    return CliRunner().invoke(main, arguments, catch_exceptions=False).stdout


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        README.write_text(document(build(Path(name))), encoding="utf-8")

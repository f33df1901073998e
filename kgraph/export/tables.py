"""CSV (RFC 4180, UTF-8) of nodes, edges and statements, for spreadsheets, pandas and SQL.

`facts.csv` has a row for each statement, also for what is only claimed, denied, planned or possible (`asserted` is
then false), with its arguments as JSON and the sentence of the first document that states it.

A spreadsheet runs what looks like a formula, whoever wrote it: a headline may be `=HYPERLINK(…)`. A text that begins
like one has an apostrophe before it (https://owasp.org/www-community/attacks/CSV_Injection), as has one that begins
with apostrophes and then like one, so that taking one away where both are seen gives the text back.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from kgraph.export.columns import edge_kinds, edge_row, node_ids, node_kinds, node_row
from kgraph.export.graphml import write_rows
from kgraph.graph.model import Attribute, Graph
from kgraph.graph.read_back import Statement, described, read_statements
from kgraph.graph.terms import RDFS, value

_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def write_nodes(graph: Graph, file: BinaryIO) -> None:
    rows = ({"id": f"n{i}", **node_row(node)} for i, node in enumerate(graph.nodes))
    write_table(["id", *node_kinds(graph)], map(_harmless, rows), file)


def write_edges(graph: Graph, file: BinaryIO) -> None:
    ids = node_ids(graph)
    rows = (
        {"id": f"e{i}", "source": ids[edge.source], "target": ids[edge.target], **edge_row(edge)}
        for i, edge in enumerate(graph.edges)
    )
    write_table(["id", "source", "target", *edge_kinds(graph)], map(_harmless, rows), file)


_FACTS = (
    *("iri", "relation", "label", "asserted", "polarity", "certainty", "attributed_to", "start_earliest"),
    *("start_latest", "end_earliest", "end_latest", "confidence", "sources", "arguments", "document", "publisher"),
    *("published", "url", "page", "start", "end", "sentence"),
)


def write_facts(graph: Graph, file: BinaryIO) -> None:
    subjects = described(graph.triples)
    names = {iri: value(o) for iri, terms in subjects.items() for p, o in terms if p == RDFS + "label"}
    rows = (_fact(statement, names) for statement in read_statements(subjects))
    write_table(_FACTS, map(_harmless, rows), file)


def _fact(statement: Statement, names: Mapping[str, str]) -> dict[str, Attribute]:
    arguments = {
        property_.rpartition("#")[2].rpartition("/")[2]: [names.get(value, value) for value in values]
        for property_, values in statement.arguments.items()
    }
    row: dict[str, Attribute] = {
        "iri": statement.iri,
        "relation": statement.relation,
        "label": statement.label,
        "asserted": statement.asserted,
        "polarity": statement.polarity,
        "certainty": statement.certainty,
        "attributed_to": names.get(statement.speaker, statement.speaker),
        "confidence": statement.confidence,
        "sources": statement.sources,
        "arguments": json.dumps(arguments, ensure_ascii=False, sort_keys=True),
    }
    row |= dict(zip(("start_earliest", "start_latest", "end_earliest", "end_latest"), statement.bounds, strict=True))
    for first in statement.excerpts[:1]:
        row |= {
            "document": first.title,
            "publisher": first.publisher,
            "published": first.published,
            "url": first.url,
            "page": "" if first.page is None else first.page,
            "start": first.start,
            "end": first.end,
            "sentence": first.text,
        }
    return row


def _harmless(row: Mapping[str, Attribute]) -> dict[str, Attribute]:
    return {name: f"'{v}" if isinstance(v, str) and _FORMULA.match(v) else v for name, v in row.items()}


def write_table(columns: Iterable[str], rows: Iterable[Mapping[str, Attribute]], file: BinaryIO) -> None:
    """A header, and a line a row; booleans are `true` and `false`, a value that is missing is empty."""
    names = list(columns)
    write_rows(_lines(names, rows), file)


def _lines(names: list[str], rows: Iterable[Mapping[str, Attribute]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        values = (row.get(name, "") for name in names)
        writer.writerow([str(value).lower() if isinstance(value, bool) else value for value in values])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()

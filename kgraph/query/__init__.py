"""Asking a graph: SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/) and the ontology's named queries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph

from kgraph.query.store import open_store, read_prefixes
from kgraph.query.tables import as_table
from kgraph.query.text import names_graphs, refuse_federation

if TYPE_CHECKING:
    from kgraph.ontology import Ontology

Format = Literal["table", "csv", "json"]

# A place in a named query for a value: valid SPARQL that, left as it is, restricts nothing.
_PARAMETER = re.compile(r"VALUES \?(\w+) \{ UNDEF \}[ \t]*#[ \t]*(.*)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the ontology. `parameters` maps each name to what it is for; those not given restrict nothing."""

    name: str
    description: str
    parameters: Mapping[str, str]
    text: str


def named_queries(ontology: Ontology) -> list[NamedQuery]:
    """The queries in the ontology's folder `queries`, by name."""
    return [_read(path) for path in sorted((ontology.folder / "queries").glob("*.rq"))]


def named_query(ontology: Ontology, name: str, values: Mapping[str, str]) -> str:
    """The text of a named query with values for its parameters. Raises ValueError for unknown names.

    A value becomes a literal, written by the RDF library: it cannot change the query.
    """
    queries = {query.name: query for query in named_queries(ontology)}
    if name not in queries:
        raise ValueError(f"no query {name!r}; there are {', '.join(queries)}")
    query = queries[name]
    for given in values:
        if given not in query.parameters:
            raise ValueError(f"{name} has no parameter {given!r}; it has {', '.join(query.parameters) or 'none'}")

    def fill(match: re.Match[str]) -> str:
        value = values.get(match[1])
        return match[0] if value is None else f"VALUES ?{match[1]} {{ {pyoxigraph.Literal(value)} }}"

    return _PARAMETER.sub(fill, query.text)


def run(path: Path, sparql: str, format: Format = "table") -> str:
    """The answer to a query: SELECT as a table, CSV or SPARQL JSON; ASK as true or false; CONSTRUCT as Turtle.

    Prefixes that the graph file declares need not be declared again. A query that does not say which of the file's
    graphs it is about is about all of them. Raises ValueError for a faulty query or graph.
    """
    refuse_federation(sparql)
    prefixes = read_prefixes(path)
    store = open_store(path)
    try:
        result = ask(store, sparql, prefixes)
        if isinstance(result, pyoxigraph.QueryTriples):
            from kgraph.export.turtle import serialise  # all of export comes with it, which the server starts without

            return serialise((f"{t.subject} {t.predicate} {t.object} ." for t in result), prefixes).decode()
        if format == "json":
            return (result.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"").decode() + "\n"
        if isinstance(result, pyoxigraph.QueryBoolean):
            return f"{str(bool(result)).lower()}\n"
        if format == "csv":
            return (result.serialize(format=pyoxigraph.QueryResultsFormat.CSV) or b"").decode()
        header = [variable.value for variable in result.variables]
        return as_table(header, [[_show(solution[name]) for name in header] for solution in result])
    except SyntaxError as error:
        raise ValueError(f"the query: {error}") from error


def ask(
    store: pyoxigraph.Store, sparql: str, prefixes: Mapping[str, str]
) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
    """The result of a query of all graphs of a store, or of those it names. Raises SyntaxError for a faulty query."""
    union = any(True for _ in store.named_graphs()) and not names_graphs(sparql)
    return store.query(sparql, prefixes=dict(prefixes), use_default_graph_as_union=union)


def _read(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    comment = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        comment.append(line.lstrip("# ").strip())
    parameters = {match[1]: match[2].strip() for match in _PARAMETER.finditer(text)}
    return NamedQuery(path.stem, " ".join(comment), parameters, text)


def _show(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))

"""A folder that Neo4j takes in: two tables for its importer, and scripts for either way of loading them.

`import.sh` fills a new database with `neo4j-admin database import full`
(https://neo4j.com/docs/operations-manual/current/import/); `load.cypher` adds to a running one by LOAD CSV from its
import folder, and may be run again. Relationships have the relation for a type (`HOLDS_ROLE`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kgraph.export.columns import edge_kinds, edge_row, node_ids, node_kinds, node_row, node_types
from kgraph.export.graphml import neo4j_label
from kgraph.export.tables import write_table
from kgraph.graph.model import Attribute, Graph

_IMPORT = """#!/bin/sh
# Fills a new database: ./import.sh [DATABASE]. Needs neo4j-admin on the path, and the database not to exist yet.
set -eu
cd "$(dirname "$0")"
neo4j-admin database import full "${1:-neo4j}" --nodes=nodes.csv --relationships=relationships.csv \\
    --multiline-fields=true --array-delimiter=";"
"""
_CAST = {"int": "toInteger({})", "double": "toFloat({})", "boolean": "toBoolean({})", "string": "{}"}


def write_nodes(graph: Graph, file: BinaryIO) -> None:
    columns = {name: _header(name, kind) for name, kind in node_kinds(graph).items()}
    rows = (
        {"id:ID": f"n{i}", ":LABEL": _labels(node.type), **_renamed(node_row(node), columns)}
        for i, node in enumerate(graph.nodes)
    )
    write_table(["id:ID", ":LABEL", *columns.values()], rows, file)


def write_relationships(graph: Graph, file: BinaryIO) -> None:
    columns = {name: _header(name, kind) for name, kind in edge_kinds(graph).items()}
    ids = node_ids(graph)
    rows = (
        {
            ":START_ID": ids[edge.source],
            ":END_ID": ids[edge.target],
            ":TYPE": _type(edge.type),
            "eid": f"e{i}",
            **_renamed(edge_row(edge), columns),
        }
        for i, edge in enumerate(graph.edges)
    )
    write_table([":START_ID", ":END_ID", ":TYPE", "eid", *columns.values()], rows, file)


def write_import(graph: Graph, file: BinaryIO) -> None:
    file.write(_IMPORT.encode())


def write_cypher(graph: Graph, file: BinaryIO) -> None:
    file.write("\n".join(_cypher(graph)).encode())


def _cypher(graph: Graph) -> Iterator[str]:
    yield "// Put nodes.csv and relationships.csv into the database's import folder; then: cypher-shell -f load.cypher"
    yield "CREATE CONSTRAINT kgraph_iri IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS UNIQUE;"
    yield "CREATE INDEX kgraph_id IF NOT EXISTS FOR (n:Entity) ON (n.id);"
    yield "MATCH (n:Entity) REMOVE n.id;"  # ids are of one export; what stays is the IRI
    sets = ", ".join(["n.id = row.`id:ID`", *_sets("n", node_kinds(graph), without="iri")])
    for name in node_types(graph):
        yield (
            f"LOAD CSV WITH HEADERS FROM 'file:///nodes.csv' AS row WITH row WHERE row.`:LABEL` = '{_labels(name)}'\n"
            f"MERGE (n:Entity {{iri: row.`iri`}}) SET n{neo4j_label(name)}, {sets};"
        )
    sets = ", ".join(_sets("r", edge_kinds(graph)))
    for kind in sorted({_type(edge.type) for edge in graph.edges}):
        yield (
            f"LOAD CSV WITH HEADERS FROM 'file:///relationships.csv' AS row WITH row WHERE row.`:TYPE` = '{kind}'\n"
            "MATCH (a:Entity {id: row.`:START_ID`}), (b:Entity {id: row.`:END_ID`})\n"
            f"MERGE (a)-[r:{kind} {{key: coalesce(row.`iri`, '') + ' ' + row.`label`}}]->(b) SET {sets};"
        )
    yield ""


def _sets(variable: str, kinds: Mapping[str, str], without: str = "") -> Iterator[str]:
    for name, kind in kinds.items():
        if name != without:
            cell = _CAST[kind].format(f"row.`{_header(name, kind)}`")
            yield f"{variable}.`{name}` = {cell}"


def _header(name: str, kind: str) -> str:
    return name if kind == "string" else f"{name}:{kind}"


def _renamed(row: Mapping[str, Attribute], columns: Mapping[str, str]) -> dict[str, Attribute]:
    return {columns[name]: value for name, value in row.items()}


def _labels(type_name: str) -> str:
    return f"Entity;{neo4j_label(type_name).removeprefix(':')}"


def _type(relation: str) -> str:
    """A relation as Neo4j's types are written: HOLDS_ROLE."""
    return re.sub(r"\W+", "_", relation).strip("_").upper() or "RELATED"

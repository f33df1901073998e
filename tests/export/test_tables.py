"""CSV for spreadsheets and for Neo4j: read back by Python's own reader, nothing is lost."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kgraph import export
from kgraph.graph import Graph, assemble
from kgraph.graph.model import Edge, Node
from kgraph.ontology import load_ontology
from tests.graph.hand_made import DOCUMENTS, FACTS
from tests.interop.test_drawn import NASTY, graph_of


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def text(cell: str) -> str:
    """What a cell of the tables for spreadsheets says."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r\n＝＋－＠]", cell) else cell


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assemble(FACTS, DOCUMENTS, load_ontology(), "https://data.example/id/")


@pytest.mark.parametrize("which", ["hand made", "nasty"])
def test_nodes_and_edges(graph: Graph, tmp_path: Path, which: str) -> None:
    graph = graph if which == "hand made" else graph_of(NASTY)
    export.write(graph, tmp_path / "tables", "csv")
    nodes, edges = rows(tmp_path / "tables" / "nodes.csv"), rows(tmp_path / "tables" / "edges.csv")
    assert [(row["iri"], text(row["label"]), text(row["aliases"])) for row in nodes] == [
        (node.iri, node.label, node.attributes.get("aliases", "")) for node in graph.nodes
    ]
    iri = {row["id"]: row["iri"] for row in nodes}
    assert [(iri[row["source"]], iri[row["target"]], text(row["label"]), text(row["sentence"])) for row in edges] == [
        (edge.source, edge.target, edge.label, edge.attributes.get("sentence", "")) for edge in graph.edges
    ]
    assert [float(row["confidence"] or 0) for row in edges] == [
        edge.attributes.get("confidence", 0) for edge in graph.edges
    ]


def test_facts_say_what_is_only_claimed(graph: Graph, tmp_path: Path) -> None:
    export.write(graph, tmp_path / "tables", "csv")
    facts = rows(tmp_path / "tables" / "facts.csv")
    assert len(facts) == len(FACTS) - 1  # that Marion Dane leads is said twice
    [denied] = [row for row in facts if row["polarity"] == "negative"]
    assert denied["asserted"] == "false"
    [claimed] = [row for row in facts if row["attributed_to"]]
    assert (claimed["asserted"], claimed["attributed_to"]) == ("false", "Peter Rook")
    [inspection] = [row for row in facts if row["relation"] == "inspects"]
    assert json.loads(inspection["arguments"])["leadInspector"] == ["Hester Vale"]
    read = DOCUMENTS[0].text
    assert read[int(inspection["start"]) : int(inspection["end"])] == inspection["sentence"]


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("https://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''=1"]
)
def test_no_cell_is_a_formula(tmp_path: Path, name: str) -> None:
    node = Node("https://data.example/id/1", name, "person", {"aliases": name})
    edge = Edge(node.iri, node.iri, name, "rates", {"sentence": name, "confidence": -0.5})
    export.write(Graph((), (node,), (edge,), {}), tmp_path / "tables", "csv")
    for table in ("nodes.csv", "edges.csv"):
        [row] = rows(tmp_path / "tables" / table)
        assert not any(re.match("[=+@\t\r\n＝＋－＠-](?!0.5$)", cell) for cell in row.values())
        assert text(row["label"]) == name
    assert row["confidence"] == "-0.5", "a number is no formula"


@pytest.mark.parametrize("which", ["hand made", "nasty"])
def test_neo4j_importer(graph: Graph, tmp_path: Path, which: str) -> None:
    """Headers and cells as https://neo4j.com/docs/operations-manual/current/import/ asks for them."""
    graph = graph if which == "hand made" else graph_of(NASTY)
    export.write(graph, tmp_path / "neo4j", "neo4j")
    nodes, relationships = rows(tmp_path / "neo4j" / "nodes.csv"), rows(tmp_path / "neo4j" / "relationships.csv")
    assert (len(nodes), len(relationships)) == (len(graph.nodes), len(graph.edges))
    ids = {row["id:ID"] for row in nodes}
    assert len(ids) == len(nodes)
    assert all(re.fullmatch(r"Entity;\w+", row[":LABEL"]) for row in nodes)
    assert all(re.fullmatch(r"[A-Z0-9_]+", row[":TYPE"]) for row in relationships)
    assert all({row[":START_ID"], row[":END_ID"]} <= ids for row in relationships)
    for name in relationships[0]:
        kind = name.partition(":")[2]
        if kind in ("int", "double"):
            assert all(float(row[name]) is not None for row in relationships if row[name])


def test_neo4j_scripts_name_what_the_tables_hold(graph: Graph, tmp_path: Path) -> None:
    export.write(graph, tmp_path / "neo4j", "neo4j")
    cypher = (tmp_path / "neo4j" / "load.cypher").read_text(encoding="utf-8")
    nodes, relationships = rows(tmp_path / "neo4j" / "nodes.csv"), rows(tmp_path / "neo4j" / "relationships.csv")
    assert set(re.findall(r"row\.`([^`]+)`", cypher)) <= set(nodes[0]) | set(relationships[0])
    assert set(re.findall(r"-\[r:(\w+) ", cypher)) == {row[":TYPE"] for row in relationships}
    assert set(re.findall(r"`:LABEL` = '([^']+)'", cypher)) == {row[":LABEL"] for row in nodes}
    if shutil.which("sh"):
        script = tmp_path / "neo4j" / "import.sh"
        subprocess.run(["sh", "-n", str(script)], check=True)
        stub = tmp_path / "neo4j-admin"
        stub.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > arguments\n')
        stub.chmod(0o755)
        subprocess.run(["sh", str(script), "mine"], check=True, env={"PATH": f"{tmp_path}:/usr/bin:/bin"})
        given = (tmp_path / "neo4j" / "arguments").read_text().split("\n")
        assert given[:4] == ["database", "import", "full", "mine"]
        assert "--nodes=nodes.csv" in given

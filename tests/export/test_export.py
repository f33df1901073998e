"""Writing: the same bytes each time, whole files only."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

from kgraph import export
from kgraph.graph import Graph, assemble
from kgraph.ontology import load_ontology
from tests.graph.hand_made import DOCUMENTS, FACTS

BASE = "https://data.example/id/"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assemble(FACTS, DOCUMENTS, load_ontology(), BASE)


def test_turtle_holds_exactly_the_graph(graph: Graph, tmp_path: Path) -> None:
    export.write(graph, tmp_path / "graph.ttl")
    expected = rdflib.Graph().parse(data="\n".join(graph.triples), format="nt")
    assert isomorphic(rdflib.Graph().parse(tmp_path / "graph.ttl"), expected)


def test_turtle_uses_the_ontologys_prefixes(graph: Graph, tmp_path: Path) -> None:
    export.write(graph, tmp_path / "graph.ttl")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert "a org:Membership , kg:Fact" in text
    header = [line for line in text.splitlines() if line.startswith("@prefix")]
    assert header == sorted(header)


def test_there_are_no_blank_nodes_and_no_capital_language_tags(graph: Graph) -> None:
    parsed = pyoxigraph.parse("\n".join(graph.triples).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    for quad in parsed:
        assert isinstance(quad.subject, pyoxigraph.NamedNode)
        assert not isinstance(quad.object, pyoxigraph.BlankNode)
        language = getattr(quad.object, "language", None)
        assert language is None or language == language.lower()


def test_another_process_writes_the_same_bytes(graph: Graph, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kgraph import export; from kgraph.graph import assemble;"
        "from kgraph.ontology import load_ontology; from tests.graph.hand_made import DOCUMENTS, FACTS;"
        f"g = assemble(FACTS, DOCUMENTS, load_ontology(), {BASE!r});"
        "[export.write(g, Path(p)) for p in sys.argv[1:]]"
    )
    for extension in export.EXTENSIONS:
        export.write(graph, tmp_path / f"one{extension}")
    others = [str(tmp_path / f"other{extension}") for extension in export.EXTENSIONS]
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", program, *others], check=True, cwd=root, env={"PYTHONHASHSEED": "7"})
    for extension in export.EXTENSIONS:
        assert (tmp_path / f"one{extension}").read_bytes() == (tmp_path / f"other{extension}").read_bytes()


def test_an_unknown_extension_is_named(graph: Graph, tmp_path: Path) -> None:
    assert not export.supports(tmp_path / "graph.doc")
    with pytest.raises(ValueError, match=r"graph\.doc: no such format; one of \.ttl"):
        export.write(graph, tmp_path / "graph.doc")


def test_a_failure_leaves_the_old_file_and_no_other(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "graph.ttl"
    export.write(graph, path)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setitem(export.FORMATS, "turtle", export.Format("turtle", "", ".ttl", fail))
    with pytest.raises(OSError, match="disk full"):
        export.write(graph, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_of_several_files_none_is_replaced_where_one_cannot_be(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_graph: Graph, file: object) -> None:
        raise OSError("disk full")

    files = [tmp_path / "graph.ttl", tmp_path / "graph.graphml"]
    for path in files:
        path.write_text("old")
    monkeypatch.setitem(export.FORMATS, "graphml", export.Format("graphml", "", ".graphml", fail))
    with pytest.raises(OSError, match="disk full"):
        export.write_all(graph, files, DOCUMENTS, tmp_path / "graph.documents.jsonl")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"graph.ttl": "old", "graph.graphml": "old"}


def test_positions_of_the_graph_are_positions_in_the_texts_beside_it(graph: Graph, tmp_path: Path) -> None:
    export.write_all(graph, [tmp_path / "graph.ttl"], DOCUMENTS, tmp_path / "documents.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "documents.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {row["sha256"]: row["text"] for row in rows}
    turtle = rdflib.Graph().parse(data="\n".join(graph.triples), format="nt")
    found = turtle.query(
        """PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX kg: <https://w3id.org/kgraph/ns#>
        SELECT ?sha ?start ?end ?exact WHERE { ?e oa:hasSource/kg:textSha256 ?sha ; oa:hasSelector ?p, ?q .
        ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?exact }"""
    )
    assert len(found) > 10
    for sha, start, end, exact in found:
        assert texts[str(sha)][int(start) : int(end)] == str(exact)
        assert hashlib.sha256(texts[str(sha)].encode()).hexdigest() == str(sha)

"""A contested matter is told as a dialogue: who claimed what, who rejected it, when, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph.documents import Document
from kgraph.export import write
from kgraph.extract import extract, read
from kgraph.graph.assemble import assemble
from kgraph.query.explain import explain
from tests.extract.parsed import ontology, pipeline

CLAIM = "Councillor Tom Field said officers had hidden the figures from the cabinet."
DENIAL = "Councillor Ann Marsh denied that officers had hidden the figures from the cabinet."
DIALOGUE = """\
Contested (1)
- officers had hidden the figures from the cabinet
    2024-01-01, Tom Field: “Councillor Tom Field said officers had hidden the figures from the
      cabinet.”
      January
    2024-02-01, Ann Marsh disputes: “Councillor Ann Marsh denied that officers had hidden the
      figures from the cabinet.”
      February
"""


def graph_file(folder: Path, *texts: tuple[str, str, str]) -> Path:
    documents = [Document(name, text, "-", title=name, published=day) for name, day, text in texts]
    facts = [fact for document in documents for fact in extract(read(document, pipeline(), ontology()))]
    path = folder / "graph.ttl"
    write(assemble(facts, documents, ontology(), ontology().base_iri), path)
    return path


@pytest.mark.parametrize("name", ["Tom Field", "Ann Marsh"])
def test_either_side_is_told_both(tmp_path: Path, name: str) -> None:
    path = graph_file(tmp_path, ("February", "2024-02-01", DENIAL), ("January", "2024-01-01", CLAIM))
    assert DIALOGUE in explain(path, name, ontology())


def test_what_nobody_rejects_is_not_contested(tmp_path: Path) -> None:
    path = graph_file(tmp_path, ("January", "2024-01-01", CLAIM))
    assert "Contested" not in explain(path, "Tom Field", ontology())

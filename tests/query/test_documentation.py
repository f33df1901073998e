"""The queries' README shows every query with what it answers."""

from __future__ import annotations

from pathlib import Path

from kgraph.ontology import load_ontology
from kgraph.query import named_queries
from tests.query.documentation import README, build, document
from tests.query.examples import EXAMPLES


def test_every_query_has_an_example() -> None:
    assert set(EXAMPLES) == {item.name for item in named_queries(load_ontology())}


def test_the_readme_shows_what_the_queries_answer(tmp_path: Path) -> None:
    shown, now = README.read_text(encoding="utf-8"), document(build(tmp_path))
    assert shown == now, "the answers have changed: look at them, then run python -m tests.query.documentation"

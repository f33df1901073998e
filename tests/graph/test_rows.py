"""Packed rows are a sequence like any other, and small."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.graph.model import Edge
from kgraph.graph.rows import Rows

Fields = tuple[str, str, str, str, dict[str, str | int | float]]
WORDS = st.text()  # also lone surrogates, which names of files bring
ATTRIBUTES = st.dictionaries(WORDS, st.one_of(WORDS, st.integers(), st.floats(allow_nan=False), st.booleans()))
EDGES = st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS, ATTRIBUTES), max_size=7)


@given(EDGES.flatmap(lambda few: st.sampled_from([few, few * 200])))
def test_what_is_packed_comes_out_again(fields: list[Fields]) -> None:
    edges, rows = [Edge(*row) for row in fields], Rows(Edge, fields)
    assert list(rows) == edges == list(rows)
    assert len(rows) == len(edges)
    assert rows == tuple(edges) and rows == Rows(Edge, iter(fields))
    assert rows[-3:] == tuple(edges[-3:]) and rows[1:700:99] == tuple(edges[1:700:99])
    assert [type(v) for row in rows for v in row.attributes.values()] == [
        type(v) for edge in edges for v in edge.attributes.values()
    ]
    if edges:
        assert rows[0] == edges[0] and rows[-1] == edges[-1] and edges[-1] in rows
        assert rows != edges[1:]
    with pytest.raises(IndexError):
        rows[len(edges)]


def test_rows_take_a_third_of_what_objects_take() -> None:
    def fields(i: int) -> Fields:
        ends = f"https://data.example/id/{i % 99}", f"https://data.example/id/{i % 77}"
        return *ends, "rated", "rates", {"sentence": f"It was rated good, for time number {i}.", "confidence": i / 7}

    def size(make: Callable[[Iterator[Fields]], Sequence[Edge]]) -> int:
        tracemalloc.start()
        kept = make(fields(i) for i in range(20_000))
        taken = tracemalloc.get_traced_memory()[0]
        tracemalloc.stop()
        assert len(kept) == 20_000
        return taken

    packed = size(lambda rows: Rows(Edge, rows))
    assert packed < size(lambda rows: [Edge(*row) for row in rows]) / 3

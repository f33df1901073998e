"""A layout shows what is joined together, apart from the rest, and is the same each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.export.layout import arrange


def ring(size: int, first: int = 0) -> list[tuple[int, int]]:
    return [(first + i, first + (i + 1) % size) for i in range(size)]


def star(leaves: int, first: int = 0) -> list[tuple[int, int]]:
    return [(first, first + i) for i in range(1, leaves + 1)]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    size = draw(st.integers(0, 40))
    ends = st.integers(0, max(0, size - 1))
    return size, draw(st.lists(st.tuples(ends, ends), max_size=60)) if size else []


@given(graphs())
@settings(max_examples=40, deadline=None)
def test_every_node_has_a_place_of_its_own(graph: tuple[int, list[tuple[int, int]]]) -> None:
    size, pairs = graph
    points = arrange(size, pairs)
    assert points.shape == (size, 2)
    assert np.isfinite(points).all()
    assert len(np.unique(points, axis=0)) == size


@given(graphs())
@settings(max_examples=20, deadline=None)
def test_order_and_direction_of_pairs_make_no_difference(graph: tuple[int, list[tuple[int, int]]]) -> None:
    size, pairs = graph
    assert (arrange(size, pairs) == arrange(size, [(b, a) for a, b in reversed(pairs)] + pairs)).all()


@pytest.mark.parametrize("size", [60, 1200])
def test_a_ring_is_drawn_as_a_ring(size: int) -> None:
    """Steps between neighbours are short against the whole, and what lies opposite is far away."""
    points = arrange(size, ring(size))
    step = np.linalg.norm(points - np.roll(points, 1, axis=0), axis=1)
    across = np.linalg.norm(points - np.roll(points, size // 2, axis=0), axis=1)
    assert np.median(across) > 5 * np.median(step)


def test_what_is_joined_is_nearer_than_what_is_not() -> None:
    """Twenty groups of 25, closely joined within and by one pair to the next."""
    rng = np.random.default_rng(0)
    pairs = [(25 * g + int(a), 25 * g + int(b)) for g in range(20) for a, b in rng.integers(0, 25, (60, 2))]
    pairs += [(25 * g, 25 * (g + 1)) for g in range(19)]
    points = arrange(500, pairs)
    joined = np.array(sorted({pair for pair in pairs if pair[0] != pair[1]}))
    other = rng.integers(0, 500, (2000, 2))
    near = np.linalg.norm(points[joined[:, 0]] - points[joined[:, 1]], axis=1).mean()
    far = np.linalg.norm(points[other[:, 0]] - points[other[:, 1]], axis=1).mean()
    assert near < far / 3


def test_components_do_not_overlap() -> None:
    sizes = [400, 60, 60, 12, 12, 12, 3, 1, 1, 1]
    starts = np.cumsum([0, *sizes])
    pairs = [pair for start, size in zip(starts, sizes, strict=False) for pair in star(size - 1, int(start))]
    points = arrange(sum(sizes), pairs)
    discs = []
    for start, size in zip(starts, sizes, strict=False):
        part = points[start : start + size]
        middle = (part.min(axis=0) + part.max(axis=0)) / 2
        discs.append((middle, np.linalg.norm(part - middle, axis=1).max()))
    for i, (middle, radius) in enumerate(discs):
        for other, other_radius in discs[:i]:
            assert np.linalg.norm(middle - other) > radius + other_radius


def test_leaves_of_a_large_star_do_not_lie_on_each_other() -> None:
    points = arrange(1001, star(1000))
    apart = np.linalg.norm(points[:, None] - points[None], axis=-1)[np.triu_indices(1001, 1)]
    assert apart.min() > 0.2

"""The pairs of mentions that resolution is measured by (`python -m tests.benchmarks.pairs`)."""

from __future__ import annotations

import pytest

from tests.resolve.mention_pairs import SHARED, data, pairs


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared: texts that are not ours to copy")
def test_every_mention_stands_in_its_text_and_there_are_enough() -> None:
    found = list(pairs())
    assert len(found) >= 300
    assert sum(pair.same for pair in found) >= 100
    assert {name for group in data()["different"] for name in group} <= set(data()["entities"])


@pytest.mark.benchmark
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared: texts that are not ours to copy")
def test_precision_and_recall() -> None:
    from tests.benchmarks.pairs import nodes, score
    from tests.resolve.mention_pairs import names

    false, missed, right, _, _ = score(nodes(names()), pairs())
    assert right / (right + len(false)) >= 0.98
    assert right / (right + len(missed)) >= 0.85

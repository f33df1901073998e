"""The decoder against an independent one (networkx) and against trying every tree."""

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kgraph.language.trees import best_tree


def is_tree(heads):
    """One root, and every word comes to it."""
    for word in range(len(heads)):
        seen = set()
        while word >= 0 and word not in seen:
            seen.add(word)
            word = heads[word] - 1
        if word >= 0:
            return False
    return sum(h == 0 for h in heads) == 1


def weight(scores, heads):
    return sum(scores[i, h] for i, h in enumerate(heads))


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-50, 50, width=16))))
def test_no_tree_with_one_root_scores_higher(scores):
    heads = best_tree(scores)
    assert is_tree(heads)
    trees = (h for h in itertools.product(range(len(scores) + 1), repeat=len(scores)) if is_tree(h))
    assert weight(scores, heads) == pytest.approx(max(weight(scores, h) for h in trees), abs=1e-3)


@pytest.mark.parametrize("seed", range(30))
def test_agrees_with_networkx_on_long_sentences(seed):
    words = 5 + seed
    scores = np.random.default_rng(seed).normal(size=(words, words + 1)) * 3
    heads = best_tree(scores)
    assert is_tree(heads)
    best = -np.inf
    for root in range(words):  # networkx knows no limit on roots: try each word as the only one
        graph = nx.DiGraph()
        graph.add_edge("root", root, weight=100 + scores[root, 0])
        for word in range(words):
            for head in range(words):
                if word not in (head, root):
                    graph.add_edge(head, word, weight=100 + scores[word, head + 1])
        tree = nx.maximum_spanning_arborescence(graph)
        best = max(best, sum(d["weight"] - 100 for *_, d in tree.edges(data=True)))
    assert weight(scores, heads) == pytest.approx(best)


def test_a_single_word_is_the_root():
    assert best_tree(np.array([[-5.0, 9.0]], np.float32)).tolist() == [0]

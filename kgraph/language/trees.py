"""The best dependency tree of a sentence, from a score for each possible head of each word."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.floating]


def best_tree(scores: Scores) -> npt.NDArray[np.int64]:
    """Heads of the highest-scoring tree with exactly one word at the root (Chu and Liu 1965, Edmonds 1967).

    scores  shape (words, words + 1): row i is word i, column 0 the root, column j + 1 word j as its head.
    Returns each word's head in the same numbering: 0 for the root, j + 1 for word j. Of equal trees always the same
    one.
    """
    words = len(scores)
    table = scores.astype(np.float64, copy=True)
    table[np.arange(words), np.arange(1, words + 1)] = -np.inf
    heads = table.argmax(1)
    if (heads == 0).sum() == 1 and _reaches_root(heads):
        return np.asarray(heads, np.int64)
    # Scores of an edge relative to the others of its word; a root edge then costs more than all else can win back.
    table -= table.max(1, keepdims=True)
    finite = table[np.isfinite(table)]
    table[:, 0] -= (1.0 - float(finite.min())) * (words + 1)
    square = np.full((words + 1, words + 1), -np.inf)
    square[1:] = table
    return _arborescence(square)[1:]


def _reaches_root(heads: npt.NDArray[np.int64]) -> bool:
    up = np.concatenate([[0], heads])
    at = up
    for _ in range(max(1, len(heads).bit_length())):  # each step doubles the distance walked
        at = at[at]
        up = up[up]
        at = up[at]
    return not at.any()


def _arborescence(scores: Scores) -> npt.NDArray[np.int64]:
    """Maximum arborescence from node 0: scores[i, j] for the edge from head j to node i. heads[0] is 0."""
    size = len(scores)
    heads = np.zeros(size, dtype=np.int64)
    heads[1:] = scores[1:].argmax(1)
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)  # contains 0, first
    # The cycle becomes one node, the last. Entering it at a node replaces that node's edge of the cycle.
    gain = scores[cycle[:, None], outside] - scores[cycle, heads[cycle]][:, None]
    entry = gain.argmax(0)
    leaving = scores[outside[:, None], cycle]
    exit_ = leaving.argmax(1)
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[outside[:, None], outside]
    small[-1, :-1] = gain.max(0)
    small[:-1, -1] = leaving.max(1)
    small[0] = -np.inf
    found = _arborescence(small)
    last = len(outside)
    result = heads.copy()
    for i in range(1, last):
        result[outside[i]] = cycle[exit_[i]] if found[i] == last else outside[found[i]]
    result[cycle[entry[found[last]]]] = outside[found[last]]
    return result


def _cycle(heads: npt.NDArray[np.int64]) -> npt.NDArray[np.int64] | None:
    state = [0] * len(heads)  # the walk that visited a node
    state[0] = -1
    for start in range(1, len(heads)):
        node, path = start, []
        while state[node] == 0:
            state[node] = start
            path.append(node)
            node = int(heads[node])
        if state[node] == start:
            return np.array(path[path.index(node) :], dtype=np.int64)
    return None

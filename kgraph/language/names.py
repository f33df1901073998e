"""Names from the network's scores for each word: legal spans, and one type for one name in one text.

Labels are IOB2 in the order O, B-x, I-x, B-y, I-y, …: 0 is outside, odd labels open a name, even ones go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.floating]
"""Log-probabilities, shape (words, labels)."""
Labels = npt.NDArray[np.int64]

OUTSIDE = 0.2
"""What is taken off the log-probability that a word is in no name: against that one label the chance of a name is
shared out among types and places in a name, and would lose where it is the greater. See the model card."""


_JOINS = frozenset("of and for the & - – — / , ( 's ’s at in on to de van von del".split())


def best_labels(words: Sequence[str], scores: Scores) -> Labels:
    """The best-scoring legal labels of a sentence's words (Viterbi, https://doi.org/10.1109/TIT.1967.1054010).

    A name goes on only from its own first word, and neither begins nor ends with a word that only joins ("of", "and",
    "-"). Being in no name has to be likelier by `OUTSIDE`.
    """
    scores = scores.copy()
    scores[:, 0] -= OUTSIDE
    joins = np.array([word in _JOINS for word in words])
    labels: Labels = scores.argmax(1)
    if _legal(labels, joins):
        return labels
    count = scores.shape[1]
    free = np.zeros((count, count))  # from, to
    free[:, 2::2] = -np.inf
    bound = np.full((count, count), -np.inf)  # from a word that only joins: a name has to go on
    bound[0] = free[0]
    for label in range(2, count, 2):
        free[[label - 1, label], label] = bound[label, label] = 0.0
    first = np.arange(count) % 2 == 1
    costs = scores + np.where(joins[:, None] & first, -np.inf, 0.0)
    best = np.where(first, costs[0], -np.inf)
    best[0] = costs[0, 0]
    back = np.zeros(scores.shape, np.int64)
    for i in range(1, len(words)):
        paths = best[:, None] + (bound if joins[i - 1] else free)
        back[i] = paths.argmax(0)
        best = paths.max(0) + costs[i]
    if joins[-1]:
        best[1:] = -np.inf
    labels[-1] = best.argmax()
    for i in range(len(words) - 1, 0, -1):
        labels[i - 1] = back[i, labels[i]]
    return labels


def _legal(labels: Labels, joins: npt.NDArray[np.bool_]) -> bool:
    before, after = np.append(0, labels[:-1]), np.append(labels[1:], 0)
    goes_on = (labels > 0) & (labels % 2 == 0)
    stray = goes_on & (before != labels) & (before != labels - 1)
    edge = joins & (labels > 0) & (~goes_on | (after != labels))
    return not (stray | edge).any()


def join_neighbours(labels: Labels, opening: int) -> Labels:
    """The labels of a sentence, names of one type that touch made one. Right for people ("Dame" "Jane Smith")."""
    before = np.append(0, labels[:-1])
    touching = (labels == opening) & ((before == opening) | (before == opening + 1))
    return np.where(touching, opening + 1, labels)


def spans(labels: Labels) -> list[tuple[int, int]]:
    """First word and end of each name."""
    opens = np.flatnonzero(labels % 2 == 1)
    ends = []
    for start in opens.tolist():
        end = start + 1
        while end < len(labels) and labels[end] == labels[start] + 1:
            end += 1
        ends.append(end)
    return list(zip(opens.tolist(), ends, strict=True))


def agree(words: Sequence[str], labels: Labels, scores: Scores) -> Labels:
    """The labels, every name having the type that its occurrences in the text speak for together.

    A text uses one name for one thing (Krishnan and Manning 2006, https://aclanthology.org/P06-1141): what one
    sentence leaves open another decides.
    """
    groups: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for start, end in spans(labels):
        groups[tuple(words[start:end])].append((start, end))
    result = labels.copy()
    for group in groups.values():
        if len(group) < 2:
            continue
        # The mean over a name's words of the score of each type, added up over its occurrences.
        first = np.array([scores[start, 1::2] + scores[start + 1 : end, 2::2].sum(0) for start, end in group])
        total = (first / np.array([[end - start] for start, end in group])).sum(0)
        kind = 1 + 2 * int(total.argmax())
        for start, end in group:
            result[start] = kind
            result[start + 1 : end] = kind + 1
    return result

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


def best_labels(scores: Scores) -> Labels:
    """The best-scoring legal labels of a sentence's words (Viterbi)."""
    labels: Labels = scores.argmax(1)
    if not _stray(labels).any():
        return labels
    words, count = scores.shape
    legal = np.zeros((count, count))  # from, to
    legal[:, 2::2] = -np.inf
    for label in range(2, count, 2):
        legal[[label - 1, label], label] = 0.0
    best = np.where(np.arange(count) % 2 == 0, -np.inf, scores[0])
    best[0] = scores[0, 0]
    back = np.zeros((words, count), np.int64)
    for i in range(1, words):
        paths = best[:, None] + legal
        back[i] = paths.argmax(0)
        best = paths.max(0) + scores[i]
    labels[-1] = best.argmax()
    for i in range(words - 1, 0, -1):
        labels[i - 1] = back[i, labels[i]]
    return labels


def _stray(labels: Labels) -> npt.NDArray[np.bool_]:
    """Words that go on with a name that the word before is not in."""
    before = np.concatenate([[0], labels[:-1]])
    found: npt.NDArray[np.bool_] = (labels > 0) & (labels % 2 == 0) & (before != labels) & (before != labels - 1)
    return found


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

"""What the network makes of words besides what spaCy has attributes for: scores by word, kept with their `Doc`.

`stances`: how likely each stance is where the word is part of what somebody says. `facts`: how likely the word is to be
part of what states a fact, by relation. Pipelines without such heads keep none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Token

Scores = npt.NDArray[np.float32]
_KEY = "kgraph_scores"
_LEAST = -4.0
"""No stance is less likely than this, in log-probability: what the network is sure of it may still have wrong."""


def keep(doc: Doc, what: str, labels: Sequence[str], scores: Scores) -> None:
    """Keeps scores of shape (tokens, labels) with a document."""
    doc.user_data.setdefault(_KEY, {})[what] = tuple(labels), scores


def kept(doc: Doc, what: str) -> tuple[tuple[str, ...], Scores]:
    """Labels, and scores of shape (tokens, labels); no labels where nothing is kept."""
    found: tuple[tuple[str, ...], Scores] | None = doc.user_data.get(_KEY, {}).get(what)
    return found if found is not None else ((), np.zeros((len(doc), 0), np.float32))


def chances(doc: Doc, relation: str) -> Scores | None:
    """Each word's chance of being part of what states a fact of a relation; None where nothing is kept of it."""
    labels, scores = kept(doc, "facts")
    return scores[:, labels.index(relation)] if relation in labels else None


def stances(content: Sequence[Token]) -> Mapping[str, float]:
    """Log-probability of each stance of the words said, from the mean of their scores; none without words or scores."""
    words = [t.i for t in content if not t.is_space]
    labels, scores = kept(content[0].doc, "stances") if words else ((), None)
    if scores is None or not labels:
        return {}
    mean = scores[words].mean(0, dtype=np.float64)
    mean -= mean.max()
    logs = np.maximum(mean - np.log(np.exp(mean).sum()), _LEAST)
    return dict(zip(labels, logs.tolist(), strict=True))

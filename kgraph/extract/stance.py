"""Stance: whether words state, deny, accept, criticise, welcome, call for, promise, apologise, warn or ask.

A small scored lexicon over lemmas (`content` of `statements.yaml`) with what the reporting verb itself says. Each stance
gets the weight of every different phrase that counts for it, and the highest wins; below a threshold the words just state.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Token

from kgraph.extract.cues import Cues, CueVerb

STATES = "states"
_THRESHOLD = 3


def stance(cues: Cues, content: Sequence[Token], verb: CueVerb | None, negated: bool, us: bool) -> str:
    """The stance of a statement with this content. `us`: whether the speaker speaks of their own side."""
    scores = scored(cues, content, us)
    if verb is not None:
        own = verb.negated if negated else verb.stance
        if own:
            scores[own] += verb.weight
    best = max(scores.items(), key=lambda item: (item[1], item[0]), default=(STATES, 0))
    return best[0] if best[1] >= _THRESHOLD else STATES


def scored(cues: Cues, content: Sequence[Token], us: bool) -> Counter[str]:
    """Weights that the words of a content give to each stance."""
    lemmas = [t.lemma_.lower() for t in content]
    words = [t.lower_.replace("’", "'") for t in content]
    scores: Counter[str] = Counter()
    counted: set[tuple[str, tuple[str, ...]]] = set()
    for row in cues.content:
        if row.us is not None and row.us != us:
            continue
        for phrase in row.words:
            if (row.stance, phrase) not in counted and (has(words, phrase) or has(lemmas, phrase)):
                counted.add((row.stance, phrase))
                scores[row.stance] += row.weight
    return scores


def has(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether a phrase stands among words."""
    first, length = phrase[0], len(phrase)
    return any(w == first and tuple(words[i : i + length]) == tuple(phrase) for i, w in enumerate(words))

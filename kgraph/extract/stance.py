"""Stance: whether words state, deny, accept, criticise, welcome, call for, promise, apologise, warn or ask.

A log-linear model with few features (Berger, Della Pietra & Della Pietra 1996): groups of words of the content, denied
or not; what the reporting verb itself says; who speaks. The groups and the weights of the
features are data: `lexicon` and `weights` of `statements.yaml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kgraph.extract.cues import Cues, CueVerb

STATES = "states"
_DENIABLE = frozenset(
    "success failure problem delight obligation acceptance thanks worry falsehood apology promise".split()
)
_NEGATION = "negation"
_SCOPE = 3  # words that a negation reaches


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is said, apart from its content.

    verb      the reporting verb, None in a quotation that goes on
    negated   whether the verb is denied
    quoted    whether words stand in quotation marks
    speaker   the kind of speaker: an entity type, or "" where it is not known
    """

    verb: CueVerb | None = None
    negated: bool = False
    quoted: bool = False
    speaker: str = ""


def stance(cues: Cues, content: Sequence[Token], manner: Manner) -> str:
    """The stance with the highest score; of equals the first in the alphabet. `content`: the tokens that are said."""
    scores: Counter[str] = Counter()
    for feature in set(features(cues, content, manner)):
        scores.update(cues.weights.get(feature, {}))
    return min(scores, key=lambda s: (-scores[s], s), default=STATES)


def features(cues: Cues, content: Sequence[Token], manner: Manner) -> Iterator[str]:
    """Names of the features of a statement; one may come several times."""
    yield "always"
    verb = manner.verb
    own = (verb.negated if manner.negated else verb.stance) if verb is not None else ""
    yield f"verb {own}" if own else "no verb" if verb is None else f"leaning {verb.leans}" if verb.leans else "verb"
    yield f"speaker {manner.speaker}" if manner.speaker in cues.speaker_kinds else "speaker"
    if manner.quoted:
        yield "quoted"
    if content and any(t.text == "?" for t in content[-2:]):
        yield "question"
    if any(t.text[:1].isdigit() or t.text[:1] == "£" for t in content):
        yield "number"
    words = [t.lower_.replace("’", "'") for t in content]
    lemmas = [t.lemma_.lower() for t in content]
    denials = [i for i, w in enumerate(words) if (w,) in cues.lexicon[_NEGATION]]
    for group, phrases in cues.lexicon.items():
        places = dict(_places(words, lemmas, phrases))
        denied = 0
        for place in places if group in _DENIABLE else ():
            denied += any(0 < place - d <= _SCOPE for d in denials)
        plain = len(places) - denied
        if denied:
            yield f"not {group}"
        if plain:
            yield group
        if plain > 1:
            yield f"much {group}"


def _places(
    words: Sequence[str], lemmas: Sequence[str], phrases: frozenset[tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """Where phrases stand, as (place, length): a word by itself or its lemma, several words as they stand."""
    longest = max(map(len, phrases))
    for i, (word, lemma) in enumerate(zip(words, lemmas, strict=True)):
        if (word,) in phrases or (lemma,) in phrases:
            yield i, 1
            continue
        for n in range(2, longest + 1):
            if tuple(words[i : i + n]) in phrases or (lemma, *words[i + 1 : i + n]) in phrases:
                yield i, n
                break


def has(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether a phrase stands among words."""
    first, length = phrase[0], len(phrase)
    return any(w == first and tuple(words[i : i + length]) == tuple(phrase) for i, w in enumerate(words))

"""Stance: whether words state, deny, accept, criticise, welcome, call for, promise, apologise, warn or ask.

A reporting verb that itself tells the stance decides ("denied", "called for"). Else a log-linear model with few
features (Berger, Della Pietra & Della Pietra 1996): what the verb suggests; who speaks and how they stand to what is
told; groups of words of the content, denied or not; what its verbs predicate of the speaker and of others. The groups
and the weights of the features are data: `lexicon` and `weights` of `statements.yaml`, the weights made by
`python -m tests.benchmarks.stance`.
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
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DUTY = frozenset({"must", "should", "ought"})
_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
_NOT = frozenset({"not", "n't", "n’t", "never"})
_NOBODY = frozenset({"nobody", "nothing", "none", "neither", "no", "few", "little"})
_FIRST, _PERSON, _BODY = frozenset({"i", "we"}), frozenset({"he", "she"}), frozenset({"it", "they"})
_MY, _HIS = frozenset({"my", "our"}), frozenset({"its", "their", "his", "her"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is said, apart from its content.

    verb      the reporting verb, None in a quotation that goes on
    negated   whether the verb is denied
    quoted    whether words stand in quotation marks
    kind      the kind of speaker: an entity type, or "" where it is not known
    name      the speaker's name
    standing  how the speaker stands to what is told ("critic", "judge", "charge"), "" where the text does not tell
    """

    verb: CueVerb | None = None
    negated: bool = False
    quoted: bool = False
    kind: str = ""
    name: str = ""
    standing: str = ""


def stance(cues: Cues, content: Sequence[Token], manner: Manner) -> str:
    """What the verb tells, or else the stance with the highest score; of equals the first in the alphabet.

    content  the tokens that are said
    """
    if told := told_by_verb(manner):
        return told
    scores: Counter[str] = Counter()
    for feature in set(features(cues, content, manner)):
        scores.update(cues.weights.get(feature, {}))
    return min(scores, key=lambda s: (-scores[s], s), default=STATES)


def told_by_verb(manner: Manner) -> str:
    """The stance of the verb itself, "" where the content decides."""
    if manner.verb is None:
        return ""
    return manner.verb.negated if manner.negated else manner.verb.stance


def features(cues: Cues, content: Sequence[Token], manner: Manner) -> Iterator[str]:
    """Names of the features of a statement; one may come several times."""
    yield "always"
    verb = manner.verb
    yield "no verb" if verb is None else f"leaning {verb.leans}" if verb.leans else "verb"
    yield f"speaker {manner.kind}" if manner.kind in cues.speaker_kinds else "speaker"
    if manner.standing:
        yield f"by {manner.standing}"
    if manner.quoted:
        yield "quoted"
    if content and any(t.text == "?" for t in content[-2:]):
        yield "question"
    yield from _predications(content, manner)
    words = [t.lower_.replace("’", "'") for t in content]
    lemmas = [t.lemma_.lower() for t in content]
    denials = [i for i, w in enumerate(words) if (w,) in cues.lexicon[_NEGATION]]
    spoken = {*words, *lemmas}
    found = {
        group: list(_places(words, lemmas, phrases))
        for group, phrases in cues.lexicon.items()
        if not cues.openers[group].isdisjoint(spoken)
    }
    covered = {i for places in found.values() for place, n in places if n > 1 for i in range(place, place + n)}
    for group, placed in found.items():
        # "wrong" is no word by itself in "we got it wrong"
        places = [place for place, n in placed if n > 1 or place not in covered]
        denied = [p for p in places if group in _DENIABLE and any(0 < p - d <= _SCOPE for d in denials)]
        if denied:
            yield f"not {group}"
        if len(denied) < len(places):
            yield group


def _predications(content: Sequence[Token], manner: Manner) -> Iterator[str]:
    """What each finite verb of the content does: of whom it speaks, of what is, ought to be, will or may be; denied or
    not ("self future": "we will …", "other past denied": "nobody rang").
    """
    inside = {t.i for t in content}
    for token in content:
        if token.tag_ == "VB" and manner.quoted and _is_imperative(token):
            yield "imperative"
        if token.tag_ not in _FINITE:
            continue
        auxiliary = token.dep_.startswith("aux") or token.dep_ == "cop"
        head = token.head if auxiliary and token.head.i in inside else token
        subject = _subject(head)
        who, mode = _who(subject, manner), _mode(token, head, manner.quoted)
        denied = mode not in ("duty", "would", "told future") and _is_denied(head, subject)
        yield f"{who} {mode}{' denied' if denied else ''}"


def _mode(token: Token, head: Token, quoted: bool) -> str:
    word = token.lower_
    open_clause = any(c.dep_ == "xcomp" for c in head.children)
    if word in _DUTY or head.lemma_ == "need" or (head.lemma_ == "have" and open_clause):
        return "duty"
    if word in _FUTURE or (head.lower_ == "going" and open_clause):
        return "future"
    if word in ("would", "'d", "’d"):
        return "would" if quoted else "told future"  # "said it would": will, told later
    if word in _POSSIBLE:
        return "possible"
    return "past" if token.tag_ == "VBD" else "present"


def _who(subject: Token | None, manner: Manner) -> str:
    """self: the speaker; own: what is the speaker's ("our staff"); other: all else."""
    if subject is None:
        return "other"
    told = frozenset() if manner.quoted else _PERSON if manner.kind == "person" else _BODY
    if subject.lower_ in _FIRST | told or subject.lower_ in manner.name.lower().split():
        return "self"
    possessive = _MY if manner.quoted else _MY | _HIS
    return "own" if any(c.lower_ in possessive for c in subject.children) else "other"


def _is_imperative(verb: Token) -> bool:
    dependents = any(c.dep_.startswith(("nsubj", "aux", "mark")) for c in verb.children)
    return verb.dep_ in ("ROOT", "parataxis", "ccomp") and not dependents


def _is_denied(head: Token, subject: Token | None) -> bool:
    if any(c.lower_ in _NOT for c in head.children):
        return True
    nouns = [c for c in head.children if c.dep_ == "obj"] + ([subject] if subject is not None else [])
    return any(n.lower_ in _NOBODY or any(c.lower_ == "no" for c in n.children) for n in nouns)


def _subject(head: Token) -> Token | None:
    """The subject of a predicate, or of the one it is coordinated with."""
    for _ in range(4):
        subject = next((c for c in head.children if c.dep_.startswith("nsubj")), None)
        if subject is not None or head.dep_ != "conj":
            return subject
        head = head.head
    return None


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
    return first in words and any(
        w == first and tuple(words[i : i + length]) == tuple(phrase) for i, w in enumerate(words)
    )

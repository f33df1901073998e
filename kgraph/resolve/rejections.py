"""Which statement a rejection rejects, in the same document or in another.

A rejection is linked to a statement where the texts support it: the one whose claim it is said to be has made the
statement, and the two speak of the same thing; or nobody is named, and what is rejected says the same as what was
stated. A rejection for which there is no such statement stays with the content that it rejects. Nobody rejects their
own statement, or one that is published later.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ALIKE_BY_CLAIMANT, ALIKE_BY_CONTENT = 0.5, 0.75
"""How much of the shorter of two contents the longer must have: said by the claimant named; said by anybody."""
_RUN = 4  # words of a turn of phrase
_FEWEST_LIKE = 2  # words shared by contents that are compared at all, where they have so many
_FEWEST = 3  # words shared by contents that nothing but words links
_STOP_WORDS = frozenset(
    """a an the this that these those of for to and or in on at by from with as is are was were be been being has have
    had do does did it its he she they his her their him them we our us i my you your who which what there here so but
    if than then also very just would will could should may might can must about into over under up out own said says
    say told claim claimed claims cllr councillor mr mrs ms""".split()
)
_NEGATIONS = frozenset("not n't no never nobody nothing none neither nor without".split())


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, or what a rejection rejects.

    key        of the statement
    speaker    key of who states, or of who rejects
    claimant   of a rejection: key of whose claim it is, where the text says so
    content    what is stated or rejected, as text
    documents  the documents it stands in
    published  the first day on which it was published, "" where no document has a date
    """

    key: str
    speaker: str
    content: str
    documents: frozenset[str]
    published: str = ""
    claimant: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A rejection, the statement that it rejects, and why the two are linked."""

    rejection: str
    statement: str
    reason: str


def link_rejections(rejections: Iterable[Said], statements: Iterable[Said]) -> Iterator[Link]:
    """The best statement for each rejection that has one: of its own document, or else of any. Sorted by key."""
    stated = {statement.key: statement for statement in statements}
    words = {key: _words(stated[key].content) for key in stated}
    having: dict[str, list[str]] = defaultdict(list)  # word → statements
    for key in stated:
        for word in words[key]:
            having[word].append(key)
    for rejection in sorted(rejections, key=lambda s: s.key):
        mine = _words(rejection.content)
        shared = Counter(key for word in mine for key in having[word])
        fewest = min(_FEWEST_LIKE, len(mine - _NEGATIONS))
        scored = [
            (bool(rejection.documents & s.documents), score, s.published, s.key)
            for s in (stated[key] for key, count in shared.items() if count >= fewest)
            if (score := _likeness(rejection, mine, s, words[s.key]))
        ]
        if scored:
            _, score, _, key = max(scored)
            named = "the claimant is named, and " if rejection.claimant else ""
            yield Link(rejection.key, key, f"{named}{score:.0%} of the words are alike")


def _likeness(rejection: Said, mine: frozenset[str], statement: Said, theirs: frozenset[str]) -> float:
    """How much the contents are alike, 0 where the rejection cannot be of the statement."""
    beside = bool(rejection.documents & statement.documents)
    later = rejection.published and statement.published and statement.published > rejection.published
    if statement.speaker == rejection.speaker or (later and not beside):
        return 0.0
    if beside and rejection.content == statement.content:
        return 1.0
    named = rejection.claimant is not None
    if (named and rejection.claimant != statement.speaker) or bool(mine & _NEGATIONS) != bool(theirs & _NEGATIONS):
        return 0.0
    one, other = mine - _NEGATIONS, theirs - _NEGATIONS
    shared = len(one & other)
    score = shared / max(1, min(len(one), len(other)))
    if named:
        return score if score >= ALIKE_BY_CLAIMANT and shared >= min(_FEWEST_LIKE, len(one)) else 0.0
    if score >= ALIKE_BY_CONTENT and shared >= _FEWEST:
        return score
    return score if beside and _repeats(rejection.content, statement.content) else 0.0


def _repeats(one: str, other: str) -> bool:
    """Whether contents have a turn of phrase in common: "kept in the dark"."""
    a, b = _split(one), f" {' '.join(_split(other))} "
    runs = (a[i : i + _RUN] for i in range(len(a) - _RUN + 1))
    return any(f" {' '.join(run)} " in b and sum(word not in _STOP_WORDS for word in run) >= 2 for run in runs)


def _split(content: str) -> list[str]:
    folded = content.casefold().replace("’", "'").replace("n't", " not")
    return re.findall(r"[^\W_]+(?:'[^\W_]+)?", folded)


def _words(content: str) -> frozenset[str]:
    return frozenset(_stem(word.removesuffix("'s")) for word in _split(content) if word not in _STOP_WORDS)


def _stem(word: str) -> str:
    """A word without the commonest endings: "hidden" stays, "warnings" and "warned" become "warn"."""
    for ending in ("ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word

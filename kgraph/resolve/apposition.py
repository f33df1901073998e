"""Common nouns that a text puts beside a name to say what it is: "Northby Living, the company"; "auditors X LLP"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgraph.extract.lexicon import Lexicon
from kgraph.extract.reading import Mention
from kgraph.extract.words import words

_BEHIND = re.compile(r"(?:,|\s[-–—]|\s?\()\s?(?:which (?:is|was) )?(?:now |then )?(?:the|a|an|its|another) ")
_SAYS = re.compile(r" [a-z]+[.,]")  # "works on Mill Lane, the council said."
_REACH = 60  # characters that hold the words of one such phrase
_MOST_WORDS = 6
# What goes on with another phrase: "X, the winner of a council contract"
_LIMITS = frozenset(
    "of to in on at by for from with as that who whom whose which where and or but is was has had".split()
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """A mention with the common noun beside it, at [start, end) of the text."""

    mention: Mention
    noun: str
    start: int
    end: int


def introductions(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> Iterator[Introduction]:
    """The nouns of `lexicon.nominals` that stand in apposition to mentions, in the order of the mentions."""
    for mention in mentions:
        if (behind := _BEHIND.match(text, mention.end)) is not None:
            line = words(text, behind.end(), min(len(text), behind.end() + _REACH))[:_MOST_WORDS]
            if owner := next((i for i, word in enumerate(line) if word.folded in ("'s", "'")), 0):
                line = line[owner + 1 :]  # "X, the council's auditors"
            for at, word in enumerate(line):
                length, _ = lexicon.nominals.longest(line, at)
                if length:
                    start, end = word.start, line[at + length - 1].end
                    if not _SAYS.match(text, end):
                        yield Introduction(mention, text[start:end].lower(), start, end)
                if length or word.folded in _LIMITS or not word.text[0].isalnum():
                    break
        before = text[max(0, mention.start - _REACH) : mention.start].rstrip(" ,(")
        if before.rpartition(" ")[2].lower() not in lexicon.kinds:
            continue
        line = words(text, max(0, mention.start - _REACH), mention.start)
        if line[-1].text in (",", "("):
            line = line[:-1]
        for at in range(max(0, len(line) - 3), len(line)):
            if any(n == len(line) - at for n, _ in lexicon.nominals.all(line, at)):
                start, end = line[at].start, line[-1].end
                yield Introduction(mention, text[start:end].lower(), start, end)
                break

"""A sentence as a row of chunks, and patterns over it: shallow parsing as of Abney (1991), "Parsing by chunks".

Each chunk is a name, a reference, a phrase that an extractor marked, or a word. A row renders as one short token a
chunk, so that a regular expression can say how names and phrases stand beside each other: "P , R" is a person, a
comma and a role.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.reading import Mention, Reading, per_reading
from kgraph.extract.words import Word, words
from kgraph.facts import Entity

PERSON, ORG, PARTY, PLACE, ROLE, SERVICE, WORD = "P", "O", "T", "L", "R", "S", ""


class Chunk(NamedTuple):
    """code: P person, O organisation, T party, L place, R role, S service, or an extractor's own; "" for a word."""

    code: str
    start: int
    end: int
    text: str
    value: Any = None

    @property
    def token(self) -> str:
        """How it stands in a pattern: its code, or the word in lower case."""
        return self.code or self.text


@dataclass(frozen=True)
class Row:
    """A sentence's chunks. `start` and `end` are offsets into the document."""

    start: int
    end: int
    chunks: tuple[Chunk, ...]

    @cached_property
    def _rendered(self) -> tuple[str, dict[int, int]]:
        offset, at, tokens = 0, {}, [chunk.code or chunk.text for chunk in self.chunks]
        for i, token in enumerate(tokens):
            at[offset] = i
            offset += len(token) + 1
        at[offset] = len(self.chunks)
        return " ".join([*tokens, ""]), at

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of its chunks."""
        return frozenset([chunk.code for chunk in self.chunks])

    @property
    def text(self) -> str:
        return self._rendered[0]

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Row]]:
        """Matches of a pattern that begin and end at chunks, with the row itself for `group`."""
        text, at = self._rendered
        for m in pattern.finditer(text):
            if m.start() in at:
                yield m, self

    def group(self, match: re.Match[str], name: str | int) -> list[Chunk]:
        """The chunks that a group matched; a trailing space belongs to the chunk before it."""
        _, at = self._rendered
        start, end = match.span(name)
        return [self.chunks[i] for offset, i in at.items() if start <= offset < end and i < len(self.chunks)]

    def marked(self, phrases: Iterable[Chunk]) -> Row:
        """The row with each phrase in place of the chunks that it covers."""
        kept: list[Chunk] = []
        todo = sorted(phrases, key=lambda c: c.start)
        if not todo:
            return self
        for chunk in self.chunks:
            while todo and todo[0].end <= chunk.start:
                todo.pop(0)
            if todo and chunk.start < todo[0].end and todo[0].start < chunk.end:
                if not kept or kept[-1] is not todo[0]:
                    kept.append(todo[0])
            else:
                kept.append(chunk)
        return Row(self.start, self.end, tuple(kept))


@per_reading
def rows(reading: Reading) -> list[Row]:
    """The sentences of a document, page furniture left out."""
    document = reading.document
    found = []
    starts = [m.start for m in reading.mentions]
    lexicon = load_lexicon(reading.ontology.folder)
    for sentence in reading.doc.sents:
        start, end = sentence.start_char, sentence.end_char
        here = reading.mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        inside = [m for m in here if m.end <= end]
        line = words(document.text, start, end)
        if line and document.is_furniture(line[0].start, line[-1].end):
            # a title that no full stop parts from the date line below it
            line = tuple(w for w in line if not document.is_furniture(w.start, w.end))
        if line:
            found.append(Row(line[0].start, line[-1].end, tuple(_chunks(line, inside, lexicon.honours))))
    return found


def _chunks(line: Sequence[Word], mentions: Sequence[Mention], honours: frozenset[str]) -> Iterator[Chunk]:
    """Letters after a person's name ("OBE") are left out."""
    starts = {m.start: m for m in mentions}
    end = -1
    person = False
    for word in line:
        if word.start < end or (person and word.text.isupper() and word.folded in honours):
            continue
        mention = starts.get(word.start)
        if mention is not None:
            end = mention.end
            person = mention.entity.type == "person"
            yield Chunk(code_of(mention), mention.start, mention.end, mention.text, mention)
        else:
            person = False
            yield Chunk(WORD, word.start, word.end, word.folded, word)


def entity_at(mention: Mention) -> Entity:
    """The entity of a mention, with the place of the mention."""
    return replace(mention.entity, start=mention.start, end=mention.end)


def code_of(mention: Mention) -> str:
    if mention.entity.type == "person":
        return PERSON
    if mention.entity.type == "place":
        return PLACE
    return PARTY if mention.entity.type == "party" or mention.reason == "party" else ORG

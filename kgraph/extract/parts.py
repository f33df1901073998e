"""Which body an organ or a service is part of: "the council's employment committee", "children's services at Y".

An organ that the document names without an owner is that of the one body the document is about; a service is part of
a body only where the text puts the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kgraph.extract.chunks import ORG, ROLE, SERVICE, WORD, Chunk, Row, entity_at, rows
from kgraph.extract.lexicon import Lexicon, load_lexicon
from kgraph.extract.reading import Reading
from kgraph.extract.roles import marked_rows, territories_of
from kgraph.extract.speech import attribute
from kgraph.extract.words import Word, words
from kgraph.facts import Entity, Fact
from kgraph.resolve.document import subjects
from kgraph.resolve.territories import Territories

EXTRACTOR = "parts"
_CONFIDENCE = 0.85

_BESIDE = (
    re.compile(r"(?P<whole>O |L )'s? (?:own |new )?(?P<part>O |S )"),
    re.compile(r"(?P<part>O |S )(?:of|at|in) (?P<whole>O )"),
    re.compile(r"(?P<whole>O |L )(?P<part>S )"),
)


def extract_parts(reading: Reading) -> Iterable[Fact]:
    """Facts of `part-of`."""
    return attribute(reading, _facts(reading))


def _facts(reading: Reading) -> Iterator[Fact]:
    lexicon = load_lexicon(reading.ontology.folder)
    organs = frozenset(lexicon.organ_types.values())
    about = subjects(reading.document, reading.mentions, lexicon).get("")
    roles = [(c.start, c.end) for row in marked_rows(reading) for c in row.chunks if c.code == ROLE]
    for row in rows(reading):
        # a director of children's services is no mention of the service
        found = [s for s in services(row.chunks, lexicon) if not any(a <= s.start and s.end <= b for a, b in roles)]
        row = row.marked(found)
        for part, whole in _owned(row, organs, lexicon, reading):
            yield _fact(reading, part, whole, min(part.start, whole.start or part.start), max(part.end, whole.end or 0))
        for chunk in row.chunks:
            if chunk.code == ORG and about is not None and _is_own(chunk, organs, lexicon):
                yield _fact(reading, chunk, about, chunk.start, chunk.end)


def _is_own(chunk: Chunk, organs: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether an organ may be taken for the body's own although no owner is said: safeguarding boards are shared."""
    said = {w.folded for w in words(chunk.value.entity.text)}
    return chunk.value.entity.type in organs and not said & lexicon.shared_organs


def services(chunks: Sequence[Chunk], lexicon: Lexicon) -> list[Chunk]:
    """The names of services in a row: "children's services"."""
    found = []
    line = [c.value if c.code == WORD else Word(c.start, c.end, c.code) for c in chunks]
    at = 0
    while at < len(line):
        length, _ = lexicon.services.longest(line, at)
        if length:
            text = "".join(
                w.folded if w.folded == "'s" or not i else f" {w.folded}" for i, w in enumerate(line[at : at + length])
            )
            found.append(Chunk(SERVICE, line[at].start, line[at + length - 1].end, text))
        at += length or 1
    return found


def _owned(row: Row, organs: frozenset[str], lexicon: Lexicon, reading: Reading) -> Iterable[tuple[Chunk, Entity]]:
    for pattern in _BESIDE:
        for m, _ in row.find(pattern):
            part, whole = row.group(m, "part"), row.group(m, "whole")
            entity = body(whole[0], territories_of(reading))
            is_part = part[0].code == SERVICE or part[0].value.entity.type in organs
            if entity is not None and is_part and entity.type in lexicon.subjects:
                yield part[0], entity


def body(chunk: Chunk, territories: Territories) -> Entity | None:
    """The body a name stands for, with its place; for a territory, the authority that governs it."""
    if chunk.value.entity.type != "place":
        return entity_at(chunk.value)
    entity = territories.standing_for(chunk.value.entity.text)
    return replace(entity, start=chunk.start, end=chunk.end) if entity is not None else None


def _fact(reading: Reading, part: Chunk, whole: Entity, start: int, end: int) -> Fact:
    lexicon = load_lexicon(reading.ontology.folder)
    if part.code == SERVICE:
        entity = Entity(part.text, lexicon.service_type, None, part.start, part.end)
    else:
        entity = entity_at(part.value)
    return reading.fact(
        "part-of", {"part": entity, "whole": whole}, start, end, extractor=EXTRACTOR, confidence=_CONFIDENCE
    )

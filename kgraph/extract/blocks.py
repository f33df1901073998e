"""Offices told by layout: a name on one line and the office on the next, as letters are addressed and signed; letters
behind a name ("Ann Other MP").

    Yours sincerely
    Ann Other
    Director of Housing
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kgraph.extract.chunks import ORG, PERSON, ROLE, Chunk, entity_at
from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.reading import Reading
from kgraph.extract.roles import Holding, marked_rows
from kgraph.facts import Fact, Value

EXTRACTOR = "blocks"
_CONFIDENCE = 0.85


def extract_blocks(reading: Reading) -> Iterator[Fact]:
    """Facts of `holds-role`."""
    for h in _told_by_lines(reading):
        arguments: dict[str, Value | None] = {
            "person": entity_at(h.person),
            "role": h.role.text,
            "org": h.role.org,
            "status": h.status,
        }
        yield reading.fact("holds-role", arguments, h.start, h.end, extractor=EXTRACTOR, confidence=_CONFIDENCE)
    yield from _lettered(reading)


def _told_by_lines(reading: Reading) -> list[Holding]:
    """Who has which office where names and offices take turns, a line each; the first of them tells which leads."""
    found: list[Holding] = []
    run: list[Chunk] = []
    for line in _lines(reading):
        heads = [c for c in line if c.code in (PERSON, ROLE)]
        kind = heads[0].code if len(heads) == 1 and line[0] is heads[0] and _is_whole(line) else ""
        if kind and run and run[-1].code != kind:
            run.append(heads[0])
        else:
            found += _pairs(run)
            run = [heads[0]] if kind else []
        if kind == ROLE and len(line) > 1 and line[-1].code == ORG:
            role = replace(heads[0].value, org=entity_at(line[-1].value))
            run[-1] = heads[0]._replace(value=role)
    return [*found, *_pairs(run)]


def _is_whole(line: Sequence[Chunk]) -> bool:
    """Whether a line is only a name or an office, with the body that the office is in."""
    rest = [c for c in line[1:] if c.code != ORG and c.text[:1].isalnum()]
    return not rest and len(line) < 5


def _pairs(run: Sequence[Chunk]) -> Iterator[Holding]:
    for one, other in zip(run[::2], run[1::2], strict=False):
        person, role = (one, other) if one.code == PERSON else (other, one)
        yield Holding(person.value, role.value, one.start, other.end, role.value.status)


def _lines(reading: Reading) -> Iterator[list[Chunk]]:
    """The chunks of each line; blank lines end a block."""
    text, end = reading.document.text, 0
    line: list[Chunk] = []
    for row in marked_rows(reading):
        for chunk in row.chunks:
            breaks = text.count("\n", end, chunk.start) if end else 0
            if breaks:
                yield line
                line = []
                if breaks > _BLANK:
                    yield []
            line.append(chunk)
            end = chunk.end
    yield line


_BLANK = 2  # line breaks in a row that still belong to one block: texts taken from pages put a blank line between all


def _lettered(reading: Reading) -> Iterator[Fact]:
    """Offices by the letters behind a name: "Ann Other MP"."""
    letters = load_lexicon(reading.ontology.folder).letters
    if not letters:
        return
    behind = re.compile(rf",? ({'|'.join(map(re.escape, letters))})\b")
    done: set[str] = set()
    for row in marked_rows(reading):
        for chunk in row.chunks:
            if chunk.code == PERSON and chunk.value.entity.text not in done:
                found = behind.match(reading.document.text, chunk.end)
                if found is not None:
                    done.add(chunk.value.entity.text)
                    yield reading.fact(
                        "holds-role",
                        {"person": entity_at(chunk.value), "role": letters[found[1]]},
                        chunk.start,
                        found.end(),
                        extractor=EXTRACTOR,
                        confidence=_CONFIDENCE,
                    )

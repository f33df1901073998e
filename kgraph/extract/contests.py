"""Who stands for an office: those named with their parties where a text tells of a contest.

"The candidates are Ann Other (Lab) and Tom Field (Con)", "Labour's Ann Other was on 691": the office is the one that
the ontology gives for such contests, of the body that the document is about. Whoever stands for a party belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.extract.chunks import Row, entity_at, rows
from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.membership import members
from kgraph.extract.reading import Mention, Reading
from kgraph.extract.roles import address, marked_rows, subjects_of
from kgraph.facts import Entity, Fact, Value

EXTRACTOR = "contests"
_CONFIDENCE = 0.8
# "Ann Other, for the SNP" · "Ann Other, niece of the late member, as an Independent"
_STANDING = re.compile(
    r"(?P<p>P )(?:\( [^()]{1,40}\) )?(?:, (?:[a-z0-9'-]+ ){1,10})?, (?:for|as) (?:an? |the )?(?P<t>T )"
)


def extract_contests(reading: Reading) -> Iterator[Fact]:
    """Facts of `holds-role` with the status of a candidate, and of `member-of`."""
    contests = load_lexicon(reading.ontology.folder).contests
    lines = rows(reading)
    if contests is None or not any(_says(row, contests.names) for row in lines):
        return
    body = subjects_of(reading).get(contests.body)
    sitting = {person.value.entity.text for person, head, _ in address(reading) if head.name == contests.office}
    told: set[str] = set()
    for line, row in zip(lines, marked_rows(reading), strict=True):
        if not _says(line, contests.signs):
            continue
        for person, party, start, end in _standing(row, reading):
            member: dict[str, Value | None] = {"person": entity_at(person), "group": party}
            yield reading.fact("member-of", member, start, end, extractor=EXTRACTOR, confidence=_CONFIDENCE)
            if person.entity.text not in sitting | told:
                told.add(person.entity.text)
                yield reading.fact(
                    "holds-role",
                    {"person": entity_at(person), "role": contests.office, "org": body, "status": "candidate"},
                    start,
                    end,
                    extractor=EXTRACTOR,
                    confidence=_CONFIDENCE,
                )


def _standing(row: Row, reading: Reading) -> Iterator[tuple[Mention, Entity, int, int]]:
    for person, party, status, start, end in members(row, reading):
        if status is None:
            yield person, party, start, end
    for m, _ in row.find(_STANDING):
        who, group = row.group(m, "p")[0], row.group(m, "t")[0]
        yield who.value, entity_at(group.value), who.start, group.end


def _says(row: Row, words: frozenset[str]) -> bool:
    return any(not c.code and c.text in words for c in row.chunks)

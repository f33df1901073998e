"""Who stands for an office: those named with their parties where a text tells of a contest.

"The candidates are Ann Other (Lab) and Tom Field (Con)", "Labour's Ann Other was on 691": the office is the one that
the ontology gives for such contests, of the body that the document is about. Whoever stands for a party belongs to it.
The number that follows a name in such a text is of votes: "Ann Other (Lab) 1,104", "Tom Field came third with 488".
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
_POLLED = re.compile(
    r"(?: \([^()\n]{1,40}\)(?:,? (?:on|with)|[:,]? ?[–—-]?)"
    r"|(?:, \d\d)?,? (?:(?:was |came |finished )?(?:\w+,? )?(?:on|with)|polled|polling|got|took|secured|received)"
    r"|:| [–—-]) "
    r"(?:just |only )?"
)


def extract_contests(reading: Reading) -> Iterator[Fact]:
    """Facts of `holds-role` with the status of a candidate, of `member-of`, and of `measures`: the votes for each."""
    contests = load_lexicon(reading.ontology.folder).contests
    lines = rows(reading)
    if contests is None or not any(_says(row, contests.names) for row in lines):
        return
    body = subjects_of(reading).get(contests.body)
    sitting = {person.value.entity.text for person, head, _ in address(reading) if head.name == contests.office}
    told: set[str] = set()
    polled = list(_polled(reading, contests.votes))
    yield from polled
    for line, row in zip(lines, marked_rows(reading), strict=True):
        if not _says(line, contests.signs) and not any(line.start <= f.evidence.start < line.end for f in polled):
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


def _polled(reading: Reading, votes: str) -> Iterator[Fact]:
    text = reading.document.text
    people = {mention.end: mention for mention in reading.mentions if mention.entity.type == "person"}
    for number in reading.quantities:
        near = range(number.start - 1, max(0, number.start - 60), -1)
        person = next((people[at] for at in near if at in people), None)
        if number.unit == "count" and person and _POLLED.fullmatch(text[person.end : number.start]):
            arguments: dict[str, Value | None] = {
                "subject": entity_at(person),
                "measure": votes,
                "value": int(float(number.value)),
                "unit": "count",
            }
            start, end = person.start, number.end
            yield reading.fact("measures", arguments, start, end, extractor=EXTRACTOR, confidence=_CONFIDENCE)


def _standing(row: Row, reading: Reading) -> Iterator[tuple[Mention, Entity, int, int]]:
    for person, party, status, start, end in members(row, reading):
        if status is None:
            yield person, party, start, end
    for m, _ in row.find(_STANDING):
        who, group = row.group(m, "p")[0], row.group(m, "t")[0]
        yield who.value, entity_at(group.value), who.start, group.end


def _says(row: Row, words: frozenset[str]) -> bool:
    return any(not c.code and c.text in words for c in row.chunks)

"""Minutes: the body whose meeting a document records, its day, and who was there as a member.

A record names its body in its head ("Minutes of the Audit Committee, 24 July 2018"); what "was resolved" in it that
body has resolved, and "the meeting" is its meeting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.extract.chunks import ORG, PERSON, Row, entity_at, rows
from kgraph.extract.reading import Mention, Reading, per_reading
from kgraph.extract.roles import address
from kgraph.facts import Fact

EXTRACTOR = "minutes"
_CONFIDENCE = 0.85
_RECORD = re.compile(r"(?:minutes|proceedings) (?:(?:of|from|for)|:) (?:[a-z0-9]+ ){0,6}?(?P<body>O )")
_SAT = re.compile(r"^(?:held (?:on|at|in|by)|present :|in attendance :)")
_HEAD = 4  # sentences in which a record names its body
_PRESENT = frozenset({"present", "members", "membership", "attendance"})
_SUBSTITUTES = frozenset({"substitute", "substituting"})
_LIMITS = frozenset({"for", "substituted", "substituting", "attending", "attendance"})


@per_reading
def convened(reading: Reading) -> Mention | None:
    """The body whose meeting the document records; None for any other document."""
    head = rows(reading)[:_HEAD]
    for row in head:
        for match, _ in row.find(_RECORD):
            found: Mention = row.group(match, "body")[0].value
            return found
    if any(_SAT.search(row.text) for row in head[1:]):  # "Audit Committee, Northby Council", "Held on 4 May"
        return next((c.value for c in head[0].chunks if c.code == ORG), None)
    return None


def extract_minutes(reading: Reading) -> Iterator[Fact]:
    """Facts of `meets` and `member-of`."""
    body = convened(reading)
    if body is None:
        return
    lines = rows(reading)
    head = lines[min(_HEAD, len(lines)) - 1].end
    told = (d for d in reading.dates if d.kind == "date" and body.start < d.start < head)
    date = next((d for d in told if not reading.document.is_furniture(d.start, d.end)), None)
    apart = date is not None and "\n" in reading.document.text[body.start : date.start]
    yield reading.fact(
        "meets",
        {"body": entity_at(body), "when": date.value if date else None},
        date.start if date and apart else body.start,
        date.end if date else body.end,
        extractor=EXTRACTOR,
        confidence=_CONFIDENCE,
    )
    # Those addressed by the office that makes them members; officers and visitors are listed beside them.
    members = {person.value.entity.text for person, _, _ in address(reading)}
    for row in lines:
        for person in _attending(row):
            if person.entity.text in members:
                yield reading.fact(
                    "member-of",
                    {"person": entity_at(person), "group": body.entity},
                    row.start,
                    person.end,
                    extractor=EXTRACTOR,
                    confidence=_CONFIDENCE,
                )


def _attending(row: Row) -> Iterator[Mention]:
    """People in a list of those present, or of those who have sent apologies; not their substitutes."""
    words = [c.text for c in row.chunks]
    listed = len(words) > 1 and words[0] in _PRESENT and ":" in words[1:4]
    present: Mention | None = None  # told when what follows him is read: "B. Jones (substituting for Councillor Gough)"
    instead = False
    for chunk in row.chunks if listed or "apologies" in words else ():
        if chunk.text in _SUBSTITUTES:
            present, instead = None, True
        if not listed and chunk.text in _LIMITS:
            break
        if chunk.code == PERSON:
            if present is not None:
                yield present
            mention: Mention = chunk.value
            present, instead = (None if instead else mention), False
    if present is not None:
        yield present

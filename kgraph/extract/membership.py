"""Who belongs to which party or group: party words before names and roles, in brackets after names, and the offices of
groups, whose holders are members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.extract.chunks import PARTY, PERSON, Chunk, Row, entity_at
from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.reading import Mention, Reading
from kgraph.extract.roles import holdings, marked_rows
from kgraph.facts import Entity, Fact

EXTRACTOR = "membership"
_CONFIDENCE = 0.9
_FORMER = "former"

# Each with the status of the membership. P person, T party, R role.
_PATTERNS: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (re.compile(r"(?P<p>P )\( (?P<t>T )[,)]"), None),  # X (Lab) · X (Con, Northgate)
    (re.compile(r"(?P<t>T )(?:'s? )?(?P<p>P )"), None),  # Conservative X · Labour's X
    (re.compile(r"(?:another|a|the|fellow) (?P<t>T ), (?P<p>P )"), None),  # Another Conservative, Councillor X
    (re.compile(r"(?P<p>P ), (?:a|an|the|another) (?:fellow )?(?P<t>T )(?:,|\.|who|and)"), None),  # X, a Conservative,
    (
        re.compile(r"(?P<p>P )(?:, )?(?:of|from|for) (?:the )?(?P<t>T )(?:,|\.|who|and|said|told|added)"),
        None,
    ),  # X, of Labour,
    (re.compile(r"(?P<p>P )(?:, )?(?:[0-9]{2} , )?(?:of|from) (?:the )?(?P<t>O )(?:,|\.|;|who|said|told)"), None),
    (re.compile(r"(?P<p>P )(?:, )?whose (?P<t>[TO] )"), None),  # X, whose Labour group runs the council,
    (re.compile(r"(?P<p>P )(?:, )?(?:who )?(?:is|remains) (?:now |also |still )?an? (?:fellow )?(?P<t>T )"), None),
    (re.compile(r"(?P<p>P )- (?P<t>T )-"), None),  # X - Labour - …
    (re.compile(r"(?P<p>P ), (?P<t>T )(?:,|\.)"), None),  # X, Lib Dem, …
    (
        re.compile(r"(?P<p>P )(?:, P )*and P (?:, )?(?:both|all) (?:of )?(?:the )?(?P<t>T )"),
        None,
    ),  # X and Y, both Labour
    (re.compile(r"and (?P<p>P )(?:, )?(?:both|all) (?:of )?(?:the )?(?P<t>T )"), None),
    (re.compile(r"(?P<p>P )(?:, )?(?:who )?sits as (?:a|an) (?P<t>T )"), None),
    (
        re.compile(
            r"(?P<p>P )(?:, R )?(?:, )?(?:who )?(?:has |had )?(?:since |recently )?"
            r"(?:defected from|quit|left|resigned from|was expelled from|was suspended from) (?:the )?(?P<t>[TO] )"
        ),
        _FORMER,
    ),
)


def extract_membership(reading: Reading) -> Iterator[Fact]:
    """Facts of `member-of`."""
    for row in marked_rows(reading):
        for person, group, status, start, end in members(row, reading):
            yield reading.fact(
                "member-of",
                {"person": entity_at(person), "group": group, "status": status},
                start,
                end,
                extractor=EXTRACTOR,
                confidence=_CONFIDENCE,
            )


def members(row: Row, reading: Reading) -> Iterator[tuple[Mention, Entity, str | None, int, int]]:
    """Who belongs to which group, as a row of marked roles says: person, group, status, and where it stands."""
    if PERSON not in row.codes:
        return
    for pattern, status in _PATTERNS:
        for m, _ in row.find(pattern):
            person, party = row.group(m, "p")[0], row.group(m, "t")[0]
            if _is_group(party):
                yield (
                    person.value,
                    _party(entity_at(party.value), reading),
                    status,
                    min(person.start, party.start),
                    max(person.end, party.end),
                )
    for h in holdings(row, reading):
        left = _FORMER if h.status == _FORMER else None
        if h.role.party is not None:
            yield h.person, h.role.party, left, h.start, h.end
        if h.role.org is not None and h.role.org.type in ("party", "group") and h.role.org != h.role.party:
            yield h.person, _party(h.role.org, reading), left, h.start, h.end


def _party(group: Entity, reading: Reading) -> Entity:
    """For a group in lower case that is called after its party ("the Labour group") the party; else the group."""
    name, _, last = group.text.rpartition(" ")
    lexicon = load_lexicon(reading.ontology.folder)
    parties = lexicon.parties.get(name) if last in lexicon.group_words else []
    if group.type != "group" or not parties:
        return group
    known = (m.entity for m in reading.mentions if m.reason == "party")
    return next((e for e in known if e.id == parties[0].id), Entity(parties[0].name, parties[0].type, parties[0].id))


def _is_group(chunk: Chunk) -> bool:
    return chunk.code == PARTY or chunk.value.entity.type == "group"

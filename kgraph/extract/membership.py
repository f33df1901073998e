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

_WHOSE = "(?:a |an |the |his |her |its |their |(?:O |L )'s? )"
# Each with the status of the membership. P person, T party, R role, N one who belongs to a party ("activist").
_PATTERNS: tuple[tuple[re.Pattern[str], str | None], ...] = (
    # X (Lab) · X (Con, Northgate) · X (Northgate, Con) · X [Lab]
    (re.compile(r"(?P<p>P )[(\[] (?:(?:L |O |[a-z-]+ ){1,3}[,-] )?(?P<t>T )(?:candidate |party )?[-,;)\]]"), None),
    (re.compile(r"(?P<t>T )(?:'s? )?(?P<p>P )"), None),  # Conservative X · Labour's X
    (re.compile(r"(?:another|a|the|fellow) (?P<t>T ), (?P<p>P )"), None),  # Another Conservative, Councillor X
    (re.compile(r"(?P<p>P ), (?:a|an|the|another) (?:fellow )?(?P<t>T )(?:,|\.|who|and)"), None),  # X, a Conservative,
    (re.compile(r"(?P<p>P )(?:, )?(?:of|from|for) (?:the )?(?P<t>T )(?!'|R |O |N |- )"), None),  # X, of Labour,
    (re.compile(r"(?P<p>P )(?:, )?(?:[0-9]{2} , )?(?:of|from) (?:the )?(?P<t>O )(?:,|\.|;|who|said|told)"), None),
    (re.compile(r"(?P<p>P )(?:, )?whose (?P<t>[TO] )"), None),  # X, whose Labour group runs the council,
    (re.compile(r"(?P<p>P )(?:, )?(?:who )?(?:is|remains) (?:now |also |still )?an? (?:fellow )?(?P<t>T )"), None),
    (re.compile(r"^for (?:the )?(?P<t>T ), (?P<p>P )"), None),  # For Labour, X said …
    # X, one of three Greens on the council · X, the council's only Green · X, her Labour counterpart
    (
        re.compile(
            rf"(?P<p>P ), (?:one of |another |{_WHOSE})(?:(?!of |from |by |to |who )[a-z0-9-]+ ){{1,3}}(?P<t>T )"
            r"(?:N )?(?:[,.;]|on |in |at )"
        ),
        None,
    ),
    (re.compile(rf"(?P<p>P ), {_WHOSE}(?P<t>T )(?:group )?N "), None),
    # former Conservative X · the ex-Tory X
    (
        re.compile(r"(?:former|ex-|onetime|one-time|erstwhile|lapsed) (?P<t>T )(?!'s)(?:[a-z-]+ ){0,2}(?P<p>P )"),
        _FORMER,
    ),
    # Conservative candidate X · Labour backbencher X · Tory veteran X
    (re.compile(r"(?P<t>T )(?:'s? )?(?:[a-z-]+ ){0,2}N (?P<p>P )"), None),
    # Labour's candidate is X
    (re.compile(r"(?P<t>T )(?:'s? )?(?:[a-z-]+ ){0,2}N (?:is|was|will be) (?P<p>P )"), None),
    # The members of the planning committee are X and Y
    (re.compile(r"(?:N|members) of (?:the )?(?P<t>O )(?:is|are|were) (?P<p>P )"), None),
    (re.compile(r"members of (?:the )?(?P<t>O )(?:are|were) P (?:, P )*(?:, )?and (?P<p>P )"), None),
    (re.compile(r"members of (?:the )?(?P<t>O )(?:are|were) P (?:, P )*?, (?P<p>P )"), None),
    # X was a Conservative until 2021 · X, formerly of the Labour group
    (
        re.compile(
            r"(?P<p>P )(?:, )?(?:who )?(?:was|had been|used to be) (?:once |previously |formerly )?an? (?P<t>T )(?!R )"
        ),
        _FORMER,
    ),
    (
        re.compile(
            r"(?P<p>P ), (?:previously|formerly|once|until [a-z0-9 ]{3,30}) (?:(?:of|with|in|from) )?"
            r"(?:the |a |an )?(?P<t>[TO] )[,.]"
        ),
        _FORMER,
    ),
    (re.compile(r"(?P<p>P )[-|] (?P<t>T )(?:[-|,(;:0-9]|$)"), None),  # X - Labour - …
    (re.compile(r"^(?P<t>T )[-|:] (?P<p>P )(?:$|[-|,(;.0-9])"), None),  # Labour - X
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
    partisans = load_lexicon(reading.ontology.folder).partisans
    marked = row.marked(c._replace(code="N") for c in row.chunks if not c.code and c.text in partisans)
    left: set[tuple[int, int]] = set()
    for pattern, status in sorted(_PATTERNS, key=lambda p: p[1] is None):  # whoever has left belongs no longer
        for m, _ in marked.find(pattern):
            person, party = marked.group(m, "p")[0], marked.group(m, "t")[0]
            if m.end("t") - m.start("t") == 2 and _is_attributive(party, reading) and m.end() == m.end("t"):
                continue  # "of the Labour government"
            if status is None and (person.start, party.start) in left:
                continue
            if status is not None:
                left.add((person.start, party.start))
            if _is_group(party) or "members" in pattern.pattern:
                yield (
                    person.value,
                    _party(entity_at(party.value), reading),
                    status,
                    min(person.start, party.start),
                    max(person.end, party.end),
                )
    yield from _listed(row, reading)
    for h in holdings(row, reading):
        gone = _FORMER if h.status == _FORMER else None
        if h.role.party is not None:
            yield h.person, h.role.party, gone, h.start, h.end
        if h.role.org is not None and h.role.org.type in ("party", "group") and h.role.org != h.role.party:
            yield h.person, _party(h.role.org, reading), gone, h.start, h.end


def _is_attributive(party: Chunk, reading: Reading) -> bool:
    """Whether a party's name only says whose the noun behind it is: "from the LABOUR government"."""
    if not reading.doc.has_annotation("DEP"):
        return False
    span = reading.doc.char_span(party.start, party.end)
    if span is None or span.root.dep_ not in ("compound", "amod"):
        return False
    return span.root.head.idx >= party.end and span.root.head.pos_ == "NOUN"


# Conservative: X (Northgate), Y and Z
_HEADED = re.compile(
    r"(?:^|[.;] )(?P<t>T )(?:group |councillors |members )?: (?P<p>P (?:(?:, |; |and |& |\( [^()]{1,40}\) )+P )+)"
)
_LIST = re.compile(r"(?P<t>T )(?:'s? )?(?P<p>P (?:, P )*(?:, )?and P )")


def _listed(row: Row, reading: Reading) -> Iterator[tuple[Mention, Entity, str | None, int, int]]:
    """Those behind a party and a form of address in the plural: "Lib Dem Cllrs Ann Other and Tom Field"; and those whom
    a party heads: "Labour: Ann Other and Tom Field"."""
    titles = load_lexicon(reading.ontology.folder).titles
    for m, _ in row.find(_HEADED):
        for person in row.group(m, "p"):
            if person.code == PERSON:
                party = row.group(m, "t")[0]
                yield person.value, _party(entity_at(party.value), reading), None, party.start, person.end
    for m, _ in row.find(_LIST):
        people = [c for c in row.group(m, "p") if c.code == PERSON]
        first = people[0].text.split()[0].lower()
        if first in titles and first.endswith("s"):
            for person in people[1:]:
                party = row.group(m, "t")[0]
                yield person.value, _party(entity_at(party.value), reading), None, party.start, person.end


def _party(group: Entity, reading: Reading) -> Entity:
    """For a group in lower case that is called after its party ("the Labour group") the party; else the group."""
    party = load_lexicon(reading.ontology.folder).party_of_group(group.text)
    if group.type != "group" or party is None or group.text.split()[-1][0].isupper():
        return group
    known = (m.entity for m in reading.mentions if m.reason == "party")
    return next((e for e in known if e.id == party.id), Entity(party.name, party.type, party.id))


def _is_group(chunk: Chunk) -> bool:
    return chunk.code == PARTY or chunk.value.entity.type == "group"

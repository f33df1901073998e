"""Who a bare role noun means where no body tells whose it is: "the chair", "the councillor", "the deputy mayor" is the
one last said to be that.

A text says so in ways that state no tenure, too: of whom it calls by it ("Cllr Ann Other … the councillor"), who is
to be it ("named Ann Other as commissioner"), whose kin in office he is ("her deputy, Ann Other").
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Span, Token

from kgraph.extract.chunks import PERSON, ROLE, Row
from kgraph.extract.clauses import universal
from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.reading import Mention, Reading
from kgraph.extract.roles import Holding, Role, address
from kgraph.extract.words import words
from kgraph.facts import Entity
from kgraph.resolve.possessed import bodies_of
from kgraph.resolve.salience import Salience

STANDING_IN = ("interim", "acting")  # for the one who holds an office
_FORMER = "former"
# "named Ann Other as director", "Ann Other was appointed director", "sends in a commissioner, Ann Other."
_TOLD = (
    re.compile(r"(?P<p>P )(?:, )?as (?:its |their |the |a |an |new )*(?P<r>R )"),
    re.compile(
        r"(?P<p>P )(?:, [^,;.]{1,60}, |, )?(?:who )?(?:is|was|were|has been|had been|will be) (?:to be )?[a-z]+ed "
        r"(?:as )?(?P<r>R )"
    ),
    re.compile(r"(?P<p>P )(?:, )?(?:who )?(?:has |will )?(?:become|becomes|became) (?P<r>R )"),
    re.compile(r"(?P<r>R ), (?P<p>P )(?:[.,;:]|to |who |$)"),
)
_SENTENCES_BACK = 30
_NEAR = 4
# Before a role they say that it is not, or not yet, the one spoken of.
_NOT_YET = frozenset("first last another outgoing departing retiring".split())
_NEW = frozenset(("new", "newly", "next", "incoming"))


@dataclass(frozen=True, slots=True)
class _Said:
    """Somebody said to be what a role's words say, from a place in the text on; `to_be`: as one who gets the office."""

    person: Entity
    role: str
    org: Entity | None
    status: str | None
    start: int
    to_be: bool = False


class Incumbents:
    """Of a document, with the rows and offices that it has been read for and `kin` as "her deputy, Ann Other" tells
    them. `mentions` are names and references already understood."""

    def __init__(
        self,
        reading: Reading,
        rows: Sequence[Row],
        held: Sequence[Holding],
        kin: Sequence[Mention],
        mentions: Sequence[Mention],
    ) -> None:
        self._reading = reading
        self._lexicon = load_lexicon(reading.ontology.folder)
        self._rows, self._held, self._kin = rows, held, kin
        self._mentions = [m for m in mentions if m.entity.type == "person"]

    def meant_by(self, role: Role) -> Entity | None:
        """The person whom a definite role phrase means that names no body; None where two come close."""
        fitting = [s for s in self._said if s.start < role.start and _fits(role, s)]
        if not fitting or not self._is_bare(role):
            return None
        new = _NEW.intersection(self._words(role))  # "the new director" is the one who was named as director
        people = {s.person for s in fitting if s.to_be or not new}
        if role.party is not None:
            parties = {p: {b for b in bodies_of(self._reading).get(p, ()) if b.type == role.party.type} for p in people}
            people = {p for p, found in parties.items() if role.party in found or not found}
        span = self._reading.doc.char_span(role.start, role.end, alignment_mode="expand")
        if span is None:
            return None
        # an office of several, or one that is taken for that of another body, is the one last spoken of
        strange = not role.head.representative and any(role.org is not None and s.org != role.org for s in fitting)
        back = _NEAR if strange or len(people) > 1 else _SENTENCES_BACK
        return self._last_of(people, span.root, back)

    def _last_of(self, people: set[Entity], reference: Token, back: int) -> Entity | None:
        """The only one of these in the last sentence before a reference that speaks of any."""
        nearest: list[Span] = []
        here = reference.sent
        others = {m.entity for m in self._mentions if here.start_char <= m.start < reference.idx}

        def fits(token: Token, mention: Mention) -> Entity | None:
            if mention.entity not in people or mention.entity in others:
                return None
            if not nearest:
                nearest.append(token.sent)
            return mention.entity if token.sent == nearest[0] else None

        return self._salience.antecedent(reference, fits, back=back, margin=math.inf)

    def partisans(self) -> Iterator[Mention]:
        """Those whom a text calls by their party: "the Tory said" is the Conservative last spoken of."""
        for mention in self._reading.mentions:
            if mention.reason != "party" or not self._is_one(mention):
                continue
            span = self._reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            people = {p for p, bodies in bodies_of(self._reading).items() if mention.entity in bodies}
            if span is None or not _is_whole(span) or not people:
                continue
            person = self._last_of(people, span.root, _NEAR)
            if person is not None:
                yield replace(mention, entity=person, reason=f"party: {mention.text}")

    def _is_one(self, mention: Mention) -> bool:
        """Whether a party's word says what one person is: no name of the party itself."""
        (party, *_) = self._lexicon.parties.get(mention.text)
        return mention.text not in (*party.names, *self._lexicon.party_abbreviations) and mention.text[-1] != "s"

    @cached_property
    def _salience(self) -> Salience:
        return Salience(self._reading.doc, self._mentions)

    @cached_property
    def _said(self) -> list[_Said]:
        kin = self._lexicon.kin
        found = [_Said(h.person.entity, h.role.text, h.role.org, h.status, h.start) for h in self._held]
        found += [_Said(c.value.entity, head.name, None, None, c.start) for c, head, _ in address(self._reading)]
        for mention in self._kin:
            if (before := kin[mention.text.lower()].get("before")) is not None:
                found.append(_Said(mention.entity, before, None, None, mention.start))
        for row in self._rows:
            for pattern in _TOLD if {PERSON, ROLE} <= row.codes else ():
                for m, _ in row.find(pattern):
                    person, role = row.group(m, "p")[0], row.group(m, "r")[0].value
                    who = person.value.entity
                    found.append(_Said(who, role.text, role.org, role.status, person.start, to_be=True))
        return found

    def _words(self, role: Role) -> list[str]:
        return [w.folded for w in words(self._reading.document.text, role.start, role.end)]

    def _is_bare(self, role: Role) -> bool:
        """Whether a role phrase says of no body that it is its office, and of none that it is another's office."""
        first, *said = self._words(role)
        inside = (m for m in self._reading.mentions if role.start <= m.start < role.end)
        others = _NOT_YET | self._lexicon.role_owners
        return first == "the" and others.isdisjoint(said) and all(m.entity.type == "party" for m in inside)


def _is_whole(span: Span) -> bool:
    """Whether words are a noun phrase with "the", and nothing goes on with them."""
    doc, end = span.doc, span.end
    follower = doc[end] if end < len(doc) else None
    the = span.start > 0 and doc[span.start - 1].lower_ == "the"
    ended = follower is None or (follower.pos_ in ("VERB", "AUX", "PUNCT", "ADV") and follower.text not in _JOINTS)
    return the and ended and universal(span.root) in ("nsubj", "obj", "obl", "iobj")


_JOINTS = ("-", "–", "/", "(")


def _fits(role: Role, said: _Said) -> bool:
    if (role.status == _FORMER) != (said.status == _FORMER):
        return False
    if said.status in STANDING_IN and role.status != said.status:
        return False  # while one acts as director "the director" may be the other
    kinds = {o.type for o in (role.org, said.org) if o is not None}
    if len(kinds) > 1 and kinds <= role.head.types:
        return False  # the leader of a council is no leader of a group
    office = said.role.partition(" of ")[0].partition(" for ")[0]
    return role.text in (said.role, office) or role.text.startswith(f"{said.role} ") or office.endswith(f" {role.text}")

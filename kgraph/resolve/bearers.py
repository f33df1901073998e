"""Who is meant by an office ("the leader", "the director of housing"), where the text names one who holds it, and by
what one is to another who holds it ("his deputy, Ann Other"); and by an age ("the 52-year-old")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kgraph.extract.callings import nouns_beside_names
from kgraph.extract.chunks import ROLE
from kgraph.extract.lexicon import Lexicon, load_lexicon
from kgraph.extract.reading import Mention, Reading
from kgraph.extract.role_reader import FORMER, all_holdings
from kgraph.extract.roles import Holding, Role, marked_rows
from kgraph.extract.tree import tree
from kgraph.facts import Entity
from kgraph.resolve.incumbents import STANDING_IN, Incumbents

# "the new leader", "the next leader": not, or not yet, the one who holds the office.
_OTHERS = frozenset("new newly next first former previous last outgoing".split())
_LESSER = frozenset("deputy vice assistant associate shadow opposition junior co joint former".split())
_SUCCESSORS = frozenset({"successor", "replacement"})
# After these words a role is what somebody becomes, not somebody.
_PREDICATED = frozenset("as become becomes became of be remain remains".split())


def resolve_bearers(reading: Reading) -> tuple[Mention, ...]:
    """A mention at the head word of each definite role phrase that stands for its one bearer, sorted by offset.

    Needs a dependency parse; without one there are none.
    """
    doc = reading.doc
    if not doc.has_annotation("DEP"):
        return ()
    lexicon = load_lexicon(reading.ontology.folder)
    rows = marked_rows(reading)
    held = all_holdings(reading)
    several = Counter(h.role.start for h in held)
    bodies = {(m.start, m.end) for m in reading.mentions}  # "the council led by Ann Other" is no title
    found = [
        _mention(doc, h.role, h.person.entity)
        for h in held
        if several[h.role.start] == 1
        and (h.role.start, h.role.end) not in bodies
        and (h.role.start < h.person.start or not (h.status == FORMER or _is_predicated(h.role, reading)))
    ]
    named = {h.role.start for h in held}
    kin = [*_kin(reading)]
    people = (m for m in (*reading.mentions, *found, *kin) if m is not None)
    succeeded = any(m.text.lower() in _SUCCESSORS for m in kin)  # then nobody who held an office before is meant by it
    incumbents = Incumbents(reading, rows, held, kin, [*people])
    for row in rows:
        for before, chunk in zip((None, *row.chunks), row.chunks, strict=False):
            if chunk.code != ROLE or not chunk.value.definite or chunk.value.start in named:
                continue
            role: Role = chunk.value
            if before is not None and before.text in _PREDICATED:
                continue
            bearer = _bearer(role, held, reading, lexicon, not succeeded) or incumbents.meant_by(role)
            mention = _mention(doc, role, bearer) if bearer is not None else None
            if mention is not None:
                found.append(mention)
    found += incumbents.partisans()
    heads = {m.start for m in found if m is not None}
    found += [m for m in (*kin, *_of_age(reading)) if m.start not in heads]
    heads = {m.start for m in found if m is not None}
    for noun, person in nouns_beside_names(reading):
        if noun.idx not in heads and noun.lower_ not in lexicon.role_heads:
            reason = f"beside: {noun.lower_}"
            found.append(Mention(noun.idx, noun.idx + len(noun), noun.text, person.entity, reason))
    return tuple(sorted((m for m in found if m is not None), key=lambda m: m.start))


def _is_predicated(role: Role, reading: Reading) -> bool:
    """Whether a role is what somebody becomes or does: "as leader", "who chairs"."""
    span = reading.doc.char_span(role.start, role.end, alignment_mode="expand")
    before = span is not None and span.start > 0 and span.doc[span.start - 1].lower_
    return span is None or before in _PREDICATED or not span.root.tag_.startswith("NN")


def _bearer(
    role: Role, held: Sequence[Holding], reading: Reading, lexicon: Lexicon, former: bool = True
) -> Entity | None:
    """The one who holds an office as the text tells it of its body; of those who did (if `former`), where nobody does
    any more."""
    if role.head.representative or role.status not in (None, *STANDING_IN):
        return None
    if any(word in _OTHERS for word in reading.document.text[role.start : role.end].lower().split()):
        return None
    said = [h for h in held if _same(role, h.role, lexicon) and role.status in (None, h.status)]
    current = {h.person.entity for h in said if h.status in (None, role.status)}
    left = [h for h in said if h.status == FORMER and h.role.status is None]  # no "former leader Ann Other"
    bearers = current or {h.person.entity for h in left if former}
    return next(iter(bearers)) if len(bearers) == 1 else None


def _kin(reading: Reading) -> Iterator[Mention]:
    """Mentions at nouns for one who holds, held or will hold another's office, beside the name of that one."""
    kin = load_lexicon(reading.ontology.folder).kin
    people = {
        span.root: m.entity
        for m in reading.mentions
        if m.entity.type == "person" and (span := reading.doc.char_span(m.start, m.end)) is not None
    }
    for node in tree(reading.doc):
        if node.tag == "NN" and node.lemma in kin:
            token = node.token
            beside = [c for c in token.children if c.dep_ == "appos"] + ([token.head] if token.dep_ == "appos" else [])
            person = next((people[t] for t in beside if t in people), None)
            if person is not None:
                yield Mention(token.idx, token.idx + len(token), token.text, person, f"role: {token.lower_}")


_AGED = re.compile(
    r"\b[Tt]he ((\d{1,3})-year-old)(?= (?:who|said|told|has|had|was|is|will|would|could|joined|added)\b|[,.’'])"
)


def _of_age(reading: Reading) -> Iterator[Mention]:
    """Mentions at ages that stand for the one person of whom the text tells it: "Ann Other, 52, … the 52-year-old"."""
    text = reading.document.text
    for found in _AGED.finditer(text):
        told = re.compile(rf"(?:, (?:now )?| \(){found[2]}\b")
        people = {m.entity for m in reading.mentions if m.entity.type == "person" and told.match(text, m.end)}
        if len(people) == 1:
            yield Mention(found.start(1), found.end(1), found[1], people.pop(), f"age: {found[2]}")


def _mention(doc: Doc, role: Role, bearer: Entity) -> Mention | None:
    span = doc.char_span(role.start, role.end, alignment_mode="expand")
    if span is None:
        return None
    head = span.root
    return Mention(head.idx, head.idx + len(head), head.text, bearer, f"role: {role.text}")


def _same(role: Role, held: Role, lexicon: Lexicon) -> bool:
    """Whether a role phrase may mean an office held: by its name or the beginning of it ("the director"), of no other
    body. "The leader" is no deputy leader, and "the Labour leader" that of Labour or its group."""
    party = _party(role, lexicon)
    if party is not None and _party(held, lexicon) != party:
        return False
    if party is None and role.org is not None and held.org is not None and _identity(role.org) != _identity(held.org):
        return False
    if f"{held.text} ".startswith(f"{role.text} "):
        return True
    # "the commissioner" is the police and crime commissioner, "the director" no deputy director
    office = held.text.partition(" of ")[0].partition(" for ")[0]
    return f" {office}".endswith(f" {role.text}") and not _LESSER & set(office.split())


def _party(role: Role, lexicon: Lexicon) -> str | None:
    """The party whose office a role phrase is, or that of whose group."""
    if role.party is not None or role.org is None:
        return role.party.id or role.party.text if role.party is not None else None
    party = lexicon.party_of_group(role.org.text) or next(iter(lexicon.parties.get(role.org.text)), None)
    return (party.id or party.name) if party is not None else None


def _identity(entity: Entity) -> object:
    return entity.id or entity.text.lower()

"""Roles as arguments of frames: as the role grammar reads them, or as the text elsewhere says who holds what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Token

from kgraph.extract.chunks import PERSON, ROLE, Row, entity_at
from kgraph.extract.clauses import (
    AGENT,
    MODIFIER,
    PATIENT,
    POSSESSOR,
    Clause,
    clauses,
    inner_arguments,
    phrase,
    universal,
)
from kgraph.extract.frames import SEVERAL, Filler, Filling
from kgraph.extract.lexicon import Lexicon, load_lexicon
from kgraph.extract.reading import Mention, Reading
from kgraph.extract.roles import Holding, Role, address, holdings, marked_rows, subjects_of, with_owner
from kgraph.extract.tree import tree
from kgraph.facts import Entity, Fact, Value
from kgraph.ontology import Argument as Parameter

FORMER = "former"
# Common nouns for bodies of any kind.
_UNNAMED = frozenset(
    "group association network alliance charity trust union partnership federation league society".split()
)
_OF = re.compile(r" (?:of|as) (?:an? |the )?")
# "made Ann Other leader", "Tom Field (Lab) deputy leader"
_BESIDE = re.compile(r"(?P<p>P )(?:\( [^()]{1,30}\) )?(?P<r>R )")
_BEHIND = re.compile(r"(?P<r>R )(?P<p>P )")
_EACH = re.compile(r"P (?:\( [^()]{1,30}\) )?R (?:(?:, |; )?(?:and )?P (?:\( [^()]{1,30}\) )?R )+")
_SOON = 6  # sentences from where a story opens to where it names the first person
_RECENTLY = 2  # sentences back from where an office is taken over that another has left
_PERSON = Parameter("person", "entity", ("person",))
_ORGANISATION = Parameter("org", "entity", ("organisation",))


def all_holdings(reading: Reading) -> list[Holding]:
    """Who is said to hold which role: in apposition and by copulas, and by verbs of office ("had led the council")."""
    verbs = load_lexicon(reading.ontology.folder).role_verbs
    heads = load_lexicon(reading.ontology.folder).role_heads
    filler = Filler(reading, {})
    marked = marked_rows(reading)
    found = [with_owner(reading, h) for row in marked for h in holdings(row, reading)]
    for clause in clauses(reading.doc):
        name = verbs.get(clause.lemma)
        bodies = [filler.entity(a.token, _ORGANISATION) for a in clause.all(PATIENT)] if name else []
        if not name or len(bodies) != 1 or bodies[0] is None or (head := heads.get(name)) is None:
            continue
        if not _has(bodies[0], name, load_lexicon(reading.ontology.folder)):
            continue
        for argument in clause.all(AGENT):
            person = filler.mention(argument.token, _PERSON)
            if person is not None and not clause.passive:
                at, end = clause.token.idx, clause.token.idx + len(clause.token)
                role = Role(at, end, name, head, None, bodies[0], None, True)
                former = FORMER if clause.tense == "past" else None
                found.append(Holding(person, role, min(person.start, at), max(person.end, end), former))
    found += _opening(reading, marked, found) or _headed(reading, marked, found)
    return sorted(found, key=lambda h: (h.start, h.role.start))


def _opening(reading: Reading, marked: Sequence[Row], held: Sequence[Holding]) -> list[Holding]:
    """The one whom a story opens with by office only: "A council's leader has resigned. Ann Other told …".

    It is the first person whom the text names at all, soon after, subjects both, of whom no other office there is told.
    """
    at = _first_sentence(marked)
    if at is None:
        return []
    people = [c for row in marked[: at + 1] for c in row.chunks if c.code == PERSON]
    roles: list[Role] = [c.value for c in marked[at].chunks if c.code == ROLE]
    following = [c for row in marked[at + 1 : at + 1 + _SOON] for c in row.chunks if c.code == PERSON]
    if people or not roles or not following or roles[0].status is not None:
        return []
    role, person = roles[0], following[0].value
    soon = following[0].start < marked[min(at + 2, len(marked) - 1)].end
    if not soon and (not role.head.types or role.head.unowned):
        return []  # only of an office like a mayor's, which says whose it is, may the holder's name come later
    spans = [reading.doc.char_span(x.start, x.end, alignment_mode="expand") for x in (role, person)]
    subject = all(span is not None and universal(span.root) == "nsubj" for span in spans)
    if role.head.unowned and any(span is not None and span.root.dep_ == "nsubj:pass" for span in spans):
        return []  # "A coroner has written to a council. Ann Other was found in the weir"
    others = [h for h in held if h.person.entity == person.entity]
    if not subject or any(h.role.org is None or role.org is None or _same(h.role.org, role.org) for h in others):
        return []
    if others and not soon:
        return []
    near = any(c.value is person for c in marked[at + 1].chunks)
    return [Holding(person, role, role.start, person.end, None, opened=near)]


def _first_sentence(marked: Sequence[Row]) -> int | None:
    """The row that a text begins with behind its headlines, which have no stop."""
    ends = ((i, c.text[-1:]) for i, row in enumerate(marked) for c in row.chunks[-1:])
    return next((i for i, end in ends if end in (".", "”", '"')), None)


def _headed(reading: Reading, marked: Sequence[Row], held: Sequence[Holding]) -> list[Holding]:
    """The one of whose office a headline speaks: "Mayor of Weir Valley survives vote", and the text's first sentence
    has nobody but Ann Other, of whom it says nothing: she has been told of already."""
    first = _first_sentence(marked) or 0
    roles = [row.chunks[0].value for row in marked[:first] if row.chunks[0].code == ROLE]
    people = [c.value for row in marked[: first + _SOON] for c in row.chunks if c.code == PERSON]
    if not roles or not people or people[0].start < marked[first].start:
        return []
    role, person, text = roles[0], people[0], reading.document.text
    known = role.status is not None or not role.head.types or role.head.representative or role.head.unowned
    taken = any(h.person.entity == person.entity or h.role.text == role.text for h in held)
    span = reading.doc.char_span(person.start, person.end, alignment_mode="expand")
    before = reading.doc[span.start - 1].tag_ if span is not None and span.start else ""
    described = text[person.end : person.end + 1] in (",", "(") or text[person.end : person.end + 2] == " ("
    if known or taken or described or before[:2] in ("NN", "JJ", ",", "PO"):
        return []
    return [Holding(person, role, role.start, person.end, None)]


class RoleReader:
    """Roles as the role grammar reads them, with their organisation; unsaid ones from who holds what."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lexicon = load_lexicon(reading.ontology.folder)
        self.filler = Filler(reading, {})
        self.learned: dict[str, list[Holding]] = defaultdict(list)
        self.gained: dict[str, Filling] = {}
        self.left: list[tuple[int, str, Filling]] = []  # where it is told, by whom, what

    def learn(self, fact: Fact) -> None:
        """Takes note of an office that a frame has found somebody to hold or get, for what is told of him later on."""
        person, role, org = (fact.arguments.get(name) for name in ("person", "role", "org"))
        if isinstance(person, Entity) and isinstance(role, str) and fact.polarity == "positive":
            told_of = Filling(role, _others(org if isinstance(org, Entity) else None))
            if fact.relation == "appoints":
                self.gained[person.text] = told_of
            elif fact.relation == "leaves-role":
                self.left.append((fact.evidence.start, person.text, told_of))
        if not fact.asserted or fact.relation not in ("holds-role", "appoints") or not isinstance(role, str):
            return
        head = self.lexicon.role_heads.get(role.partition(" of ")[0].partition(" for ")[0].split()[-1])
        if head is None or head.representative or not isinstance(person, Entity) or person.type != "person":
            return
        status = fact.arguments.get("status")
        start, end = fact.evidence.start, fact.evidence.end
        mention = Mention(start, end, person.text, person, "role")
        owner = org if isinstance(org, Entity) else None
        told = Role(start, end, role, head, None, owner, None, True)
        self.learned[person.text].append(
            Holding(mention, told, start, end, status if isinstance(status, str) else None)
        )

    def of(self, name: str) -> Sequence[Holding]:
        """What is known of the offices of somebody so far."""
        return self.held.get(name) or self.learned.get(name) or self.told_by_kin.get(name) or ()

    @property
    def told_by_kin(self) -> Mapping[str, list[Holding]]:
        return {h.person.entity.text: [h] for h in self.kin(self.learned)} if self.learned else {}

    @cached_property
    def rows(self) -> list[Row]:
        return marked_rows(self.reading)

    @cached_property
    def roles(self) -> list[Role]:
        return [chunk.value for row in self.rows for chunk in row.chunks if chunk.code == ROLE]

    @cached_property
    def holdings(self) -> list[Holding]:
        return all_holdings(self.reading)

    @cached_property
    def held(self) -> Mapping[str, list[Holding]]:
        """Roles of each person, as the text gives them anywhere. An office that many hold at once is none of these:
        who replaces Councillor Ann Other as leader has not taken her seat."""
        found: dict[str, list[Holding]] = defaultdict(list)
        for holding in self.holdings:
            if not holding.role.head.representative:
                found[holding.person.entity.text].append(holding)
        for holding in self.kin(found):
            found[holding.person.entity.text].append(holding)
        return found

    @cached_property
    def kin_words(self) -> list[Token]:
        return [node.token for node in tree(self.reading.doc) if node.tag == "NN" and node.lemma in self.lexicon.kin]

    def kin(self, held: Mapping[str, Sequence[Holding]]) -> list[Holding]:
        """Offices told by another's: "her predecessor, Ann Other", "the chief executive's deputy, Ann Other"."""
        found = []
        for token in self.kin_words:
            relation = self.lexicon.kin[token.lemma_.lower()]
            owners = [a.token for a in inner_arguments(token) if a.function == POSSESSOR]
            other = next((m for t in owners if (m := self.filler.mention(t, _PERSON)) is not None), None)
            # "her deputy, Ann Other"; "Ann Other, her deputy"
            beside = token.head if token.dep_ == "appos" else token
            person = self.filler.mention(token, _PERSON) or self.filler.mention(beside, _PERSON)
            if other is None or person is None or other.entity == person.entity:
                continue
            known = held.get(other.entity.text, ())
            roles = {h.role.text: h.role for h in known if h.status != FORMER} or {h.role.text: h.role for h in known}
            if len(roles) != 1:
                continue
            (role,) = roles.values()
            text = " ".join([*filter(None, (relation.get("before"),)), role.text])
            named = replace(role, start=token.idx, end=token.idx + len(token), text=text, status=None)
            start, end = min(token.idx, person.start), max(token.idx + len(token), person.end)
            found.append(Holding(person, named, start, end, relation.get("status")))
        return found

    def kin_facts(self) -> Iterator[Fact]:
        """Facts of `holds-role` from offices told by another's, and of those whose office the text opens with."""
        opened = (h for h in self.holdings if h.opened)
        for h in (*self.kin(self.held), *self.kin(self.learned), *opened):
            arguments: dict[str, Value | None] = {"person": entity_at(h.person), "role": h.role.text, "org": h.role.org}
            arguments["status"] = h.status
            yield self.reading.fact("holds-role", arguments, h.start, h.end, extractor="roles", confidence=0.8)

    @cached_property
    def addressed(self) -> Mapping[str, Filling]:
        """Offices that many hold at once, as a form of address or an apposition states them."""
        found = {p.value.entity.text: Filling(head.name, _others(org)) for p, head, org in address(self.reading)}
        for h in self.holdings:
            if h.role.head.representative and h.status is None:
                found.setdefault(h.person.entity.text, _filling(h.role))
        return found

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        for role in self.roles:
            if role.start <= token.idx < role.end:
                # what somebody was: "made its former chief executive, Ann Other, a consultant"
                whose, alone = self.beside.get(role.start, (None, False))
                return replace(_filling(role), whose=whose, alone=alone) if role.status != FORMER else None
        if (kin := self.lexicon.kin.get(token.lemma_.lower())) is not None and kin.get("before"):
            return self.second(token, kin["before"])
        if token.lemma_.lower() in self.lexicon.briefs:
            return self.brief(token)
        if token.lemma_.lower() in self.lexicon.seats:
            return self.seat(token)
        if token.lemma_.lower() in self.lexicon.posts:
            # "the post of managing director": also where the parse has lost its way in the role's words
            rest = self.reading.document.text[token.idx + len(token) :][:12]
            if (of := _OF.match(rest)) is not None:
                at = token.idx + len(token) + of.end()
                return next((_filling(r) for r in self.roles if r.start <= at < r.end), None)
            return None
        if token.pos_ == "NOUN" and (office := self.lexicon.role_offices.get(token.lemma_.lower())) is not None:
            # "the leadership of Northby Council": without a body it may be its quality
            owners = [a.token for a in inner_arguments(token) if a.function in ("of", "at", POSSESSOR, MODIFIER)]
            found = (self.filler.entity(t, _ORGANISATION) for t in owners)
            body = next((o for o in found if o is not None and _has(o, office, self.lexicon)), None)
            return Filling(office, _others(body)) if body is not None else None
        if token.tag_ == "NNS" and (plural := self.plural(token)) is not None:
            return plural
        if token.lemma_.lower() in self.lexicon.role_verbs:
            led = next((a.token for a in inner_arguments(token) if a.function == "patient"), None)
            org = self.filler.entity(led, _ORGANISATION) if led is not None else None
            name = self.lexicon.role_verbs[token.lemma_.lower()]
            if org is None and led is not None:
                return self.of_unnamed(name, led)
            return Filling(name, _others(org)) if org is not None and _has(org, name, self.lexicon) else None
        return None

    @cached_property
    def beside(self) -> Mapping[int, tuple[Entity, bool]]:
        """For an office, who is named right behind it ("leader Ann Other"), or before it, and then he alone gets it."""
        found: dict[int, tuple[Entity, bool]] = {}
        for row in self.rows:
            for pattern, alone in ((_BESIDE, True), (_BEHIND, False)):
                for m, _ in row.find(pattern):
                    found[row.group(m, "r")[0].value.start] = (row.group(m, "p")[0].value.entity, alone)
        return found

    def each(self, token: Token) -> list[Token]:
        """A word, or the heads of all offices in a list of people with one each: "Ann Other leader, Tom Field whip"."""
        for row in self.rows:
            for m, _ in row.find(_EACH) if row.start <= token.idx < row.end else ():
                roles = [c.value for c in row.group(m, 0) if c.code == ROLE]
                if any(r.start <= token.idx < r.end for r in roles):
                    spans = (token.doc.char_span(r.start, r.end, alignment_mode="expand") for r in roles)
                    return [span.root for span in spans if span is not None]
        return [token]

    def second(self, token: Token, before: str) -> Filling | None:
        """The office of one who is told by another's: "resigned as her DEPUTY"; alone, the only such in the text."""
        owners = [a.token for a in inner_arguments(token) if a.function == POSSESSOR]
        if not owners:
            known = {r.text: r for r in self.roles if r.text.startswith(f"{before} ")}
            return _filling(next(iter(known.values()))) if len(known) == 1 else None
        other = next((m for t in owners if (m := self.filler.mention(t, _PERSON)) is not None), None)
        held = [] if other is None else [h for h in self.of(other.entity.text) if h.status != FORMER]
        if other is not None and other.entity.text in self.gained:
            gained = self.gained[other.entity.text]
            return replace(gained, value=f"{before} {gained.value}")
        return Filling(f"{before} {held[0].role.text}", _others(held[0].role.org)) if held else None

    def brief(self, token: Token) -> Filling | None:
        """An office called by its topic: "the TRANSPORT PORTFOLIO"."""
        topic = [t.lower_ for t in token.children if t.dep_ in ("compound", "amod") and t.i < token.i and t.is_lower]
        kind = self.lexicon.briefs[token.lemma_.lower()]
        return Filling(" ".join([*topic, kind])) if topic and topic != ["new"] else None

    def seat(self, token: Token) -> Filling | None:
        """The office of those who have a seat, unless it is one of another body than those of this office."""
        office = self.lexicon.seats[token.lemma_.lower()]
        types = self.lexicon.role_heads[office].types
        about = next((e for t, e in subjects_of(self.reading).items() if t in types), None)
        owners = [a.token for a in inner_arguments(token) if a.function in ("of", "on", "in", "at", MODIFIER)]
        bodies = [e for t in owners if (e := self.filler.entity(t, _ORGANISATION)) is not None]
        body = next((e for e in bodies if e.type in types), None)
        if (about is None and body is None) or any(e.type not in (*types, "party") for e in bodies):
            return None
        return Filling(office, _others(body or about))

    def of_unnamed(self, name: str, led: Token) -> Filling | None:
        """An office of a body that is no entity here: "chairs the Friends of the Market", "chairs a working group"."""
        head = self.lexicon.role_heads.get(name)
        if head is None or head.types:
            return None
        if led.pos_ == "PROPN" and not self.filler.names(led):
            start, end = phrase(led)
            while start < led.i and led.doc[start].pos_ == "DET":
                start += 1
            return Filling(name, {"org": Entity(led.doc[start:end].text, None, None)})
        return Filling(name) if led.lemma_.lower() in self.lexicon.part_types or led.lower_ in _UNNAMED else None

    def plural(self, token: Token) -> Filling | None:
        """A role that several hold: "the five commissioners", "directors of Northby Homes"."""
        head = self.lexicon.role_heads.get(token.lemma_.lower())
        if head is None:
            return None
        before: list[str] = []
        for word in reversed(token.doc[token.left_edge.i : token.i]):
            if word.lower_ not in self.lexicon.role_modifiers:
                break
            before.insert(0, word.lower_)
        if head.needs and not any(word in head.needs for word in before):
            return None
        owners = [a.token for a in inner_arguments(token) if a.function in ("of", "at", POSSESSOR, MODIFIER)]
        org = next((o for t in owners if (o := self.filler.entity(t, _ORGANISATION)) is not None), None)
        return Filling(" ".join([*before, head.name]), _others(org))

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        """The role of the person spoken of: one said in this sentence, or else the only one the document gives."""
        if "gained" in filled or "vacated" in filled:
            return self.changed(filled, clause)
        people = [f.value for n, v in filled.items() if n != SEVERAL for f in v if isinstance(f.value, Entity)]
        people = [p for p in people if p.type == "person"]
        held = [h for p in people for h in self.of(p.text) if h.status not in ("candidate", "elect")]
        at = next((f.value for f in filled.get("org", ()) if isinstance(f.value, Entity)), None)
        if at is not None:
            held = [h for h in held if h.role.org is None or _same(h.role.org, at)]
        # "Cllr X was elected to Northby Council", "Cllr X has left the council": as what the address says.
        named = [self.addressed[p.text] for p in people if at is not None and p.text in self.addressed]
        if at is not None and named and _fits(named[0], at):
            return named[:1]
        sentence = clause.token.sent
        here = [h for h in held if sentence.start_char <= h.start < sentence.end_char]
        for choice in (here, [h for h in held if h.status is None], held):
            if len({h.role.text for h in choice}) == 1:
                best = max(choice, key=lambda h: h.role.org is not None)
                return [_filling(best.role)]
            if choice:
                # "Ann Other, clerk and responsible financial officer": of offices told in one breath the first
                told = {h.person.start for h in choice}
                return [_filling(min(choice, key=lambda h: h.role.start).role)] if len(told) == 1 else []
        return []

    def changed(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        """What somebody is told to have got, or what another is told, just before, to have left."""
        got = [f.value.text for f in filled.get("gained", ()) if isinstance(f.value, Entity)]
        if got:
            return [self.gained[name] for name in got if name in self.gained]
        takers = {f.value.text for f in filled.get("vacated", ()) if isinstance(f.value, Entity)}
        if not takers:
            return []
        sentences = list(clause.token.doc.sents)
        here = sentences.index(clause.token.sent)
        since = sentences[max(0, here - _RECENTLY)].start_char
        left = [f for at, who, f in self.left if since <= at < clause.token.idx and who not in takers]
        return left[-1:]

    def unheld(self, people: Sequence[Entity], clause: Clause) -> Sequence[Filling]:
        """The office of somebody of whom none is told, where the text speaks of just one that nobody is said to hold:
        in his sentence, in the one before, or where the story opens, as far as what happens to him lets us look."""
        reach = self.lexicon.office_reach.get(clause.lemma)
        if reach is None or len(people) != 1:
            return []
        sentence = clause.token.sent
        before = sentence.doc[sentence.start - 1].sent if sentence.start else sentence
        zones = {
            "sentence": (sentence.start_char, sentence.end_char),
            "before": (before.start_char, before.end_char),
            "opening": self.opening,
        }
        for zone, (start, end) in zones.items():
            found = {r.text: r for r in self.free if start <= r.start < end}
            if found or zone == reach:
                return [_filling(r) for r in found.values()] if len(found) == 1 else []
        return []

    @cached_property
    def free(self) -> list[Role]:
        """Offices that the text speaks of and gives to nobody."""
        named = {h.role.start for h in self.holdings}
        taken = {h.role.text for h in self.holdings if h.status is None}
        free = (r for r in self.roles if r.start not in named and r.text not in taken and r.status != FORMER)
        return [r for r in free if self.is_telling(r) and not self.is_said(r)]

    def is_telling(self, role: Role) -> bool:
        """Whether a role phrase alone says which office is meant: no bare "a director", and no outsider's."""
        head = role.head
        if head.representative or head.unowned or head.placed:
            return False
        return bool(head.types or (" " in role.text and not head.needs) or head.name not in self.lexicon.vague_heads)

    def is_said(self, role: Role) -> bool:
        """Whether a role phrase is what its own sentence says that somebody is or was: "and was mayor in 2004"."""
        span = self.reading.doc.char_span(role.start, role.end, alignment_mode="expand")
        return span is not None and any(c.dep_ == "cop" for c in span.root.children)

    @cached_property
    def opening(self) -> tuple[int, int]:
        """Where a story opens: its first two whole sentences."""
        whole = [row for row in self.rows if any(c.text[-1:] in (".", "”", '"') for c in row.chunks[-1:])][:2]
        return (whole[0].chunks[0].start, whole[-1].chunks[-1].end) if whole else (0, 0)


@dataclass(frozen=True)
class UnsaidRoleReader:
    """The role that somebody gets or leaves; of whom no other is told, the one that many hold ("Cllr Ann Other has
    died") if `addressed`, or else one that the text speaks of beside him."""

    roles: RoleReader
    addressed: bool = False

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        return self.roles.read(token, parameter)

    def each(self, token: Token) -> list[Token]:
        return self.roles.each(token)

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        people = [f.value for f in filled.get("person", ()) if isinstance(f.value, Entity)]
        addressed = [self.roles.addressed[p.text] for p in people if self.addressed and p.text in self.roles.addressed]
        # those elected "by 20 votes" or by a body get another office than that of many holders
        public = clause.lemma in self.roles.lexicon.ballots and not clause.all(AGENT, "by") and clause.all("in", "for")
        names = [p.text for p in people if public]
        if chosen := [self.roles.addressed[n] for n in names if n in self.roles.addressed]:
            return chosen[:1]  # "Councillor Ann Other, the leader, was first elected in 2003"
        found = self.roles.supply(filled, clause) or addressed[:1]
        return found or (self.roles.unheld(people, clause) if SEVERAL not in filled else [])


def _has(body: Entity, role: str, lexicon: Lexicon) -> bool:
    """Whether bodies of this type have such an office: a police force is led by no "leader"."""
    head = lexicon.role_heads.get(role)
    return head is not None and (not head.types or body.type in head.types)


def _fits(filling: Filling, org: Entity) -> bool:
    own = filling.others.get("org")
    return not isinstance(own, Entity) or _same(own, org)


def _same(one: Entity, other: Entity) -> bool:
    return (one.id or one.text.lower()) == (other.id or other.text.lower())


def _filling(role: Role) -> Filling:
    status = {} if role.status is None else {"status": role.status}
    return Filling(role.text, {**_others(role.org), **status})


def _others(org: Entity | None) -> Mapping[str, Value]:
    return {} if org is None else {"org": org}

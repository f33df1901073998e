"""Which body an organ or a service is part of: "the council's employment committee", "children's services at Y".

An organ that the document names without an owner is that of the one body the document is about; a service is part of
a body only where its name and the body's are one ("Y children's services"): "Y's" says whose it is, and no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from spacy.tokens import Span, Token

from kgraph.extract.chunks import ORG, ROLE, SERVICE, WORD, Chunk, Row, entity_at, rows
from kgraph.extract.clauses import Clause
from kgraph.extract.frames import Filler, Filling
from kgraph.extract.lexicon import Lexicon, load_lexicon
from kgraph.extract.reading import Reading, per_reading
from kgraph.extract.roles import marked_rows, subject_at, subjects_of, territories_of
from kgraph.extract.words import Word, words
from kgraph.facts import Entity, Fact
from kgraph.ontology import Argument as Parameter
from kgraph.resolve.territories import Territories

EXTRACTOR = "parts"
OTHER = "other-org"
_PLACE = Parameter("place", "entity", ("place",))
_CONFIDENCE = 0.85

_BESIDE = (
    re.compile(r"(?P<whole>O |L )'s? (?:own |new )?(?P<part>O )"),
    re.compile(r"(?P<part>O |S )(?:of|at|in) (?P<whole>O )"),
    re.compile(r"(?P<whole>O |L )(?P<part>S )"),
)
# "the council's trading company, X Ltd" · "X Ltd, the council's housing company": K is a word for a company or the like
_COMPANIES = (
    re.compile(r"(?P<whole>O |L )'s? (?:[a-z-]+ ){0,4}K (?:, )?(?P<part>O )"),
    re.compile(r"(?P<part>O ), (?P<whole>O |L )'s? (?:[a-z-]+ ){0,4}K "),
)
_TIED = re.compile(r"(?P<tie>[a-z]+-(?:owned|run|controlled)) (?:[a-z-]+ ){0,3}(?P<part>O )")


def extract_parts(reading: Reading) -> Iterator[Fact]:
    """Facts of `part-of`."""
    lexicon = load_lexicon(reading.ontology.folder)
    organs = frozenset(lexicon.organ_types.values())
    kinds = subjects_of(reading)
    about = kinds.get("") or kinds.get(lexicon.governs)
    roles = roles_of(reading)
    for row in rows(reading):
        # a director of children's services is no mention of the service
        found = [s for s in services(row.chunks, lexicon) if not any(a <= s.start and s.end <= b for a, b in roles)]
        row = row.marked(found)
        if not row.codes & {ORG, SERVICE}:
            continue
        told = chain(_owned(row, organs, lexicon, reading), _companies(row, organs, about, lexicon, reading))
        for part, whole in told:
            yield _fact(reading, part, whole, min(part.start, whole.start or part.start), max(part.end, whole.end or 0))
        for chunk in row.chunks:
            if chunk.code != ORG or not _is_own(chunk, organs, lexicon):
                continue
            owner = _whose(reading, chunk) or about or subject_at(reading, chunk.start)
            if owner is not None:
                yield _fact(reading, chunk, owner, chunk.start, chunk.end)


@per_reading
def roles_of(reading: Reading) -> list[tuple[int, int]]:
    """Where the role phrases of a document stand."""
    return [(c.start, c.end) for row in marked_rows(reading) for c in row.chunks if c.code == ROLE]


def _whose(reading: Reading, organ: Chunk) -> Entity | None:
    """Whom the pronoun right before an organ means: "its board"."""
    before = reading.document.text[: organ.start].rstrip()
    return next((p.entity for p in reading.pronouns if p.end == len(before) and p.entity.type != "person"), None)


def _is_own(chunk: Chunk, organs: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether an organ may be taken for the body's own although no owner is said: safeguarding boards are shared."""
    said = {w.folded for w in words(chunk.value.entity.text)}
    return chunk.value.entity.type in organs and not said & lexicon.shared_organs


class PartReader:
    """What belongs to a body: a name, or in lower case the kind of thing it is with the words that say which one.

    A name that no register knows is what the noun beside it says: "Northby Leisure, a SUBSIDIARY of the council".
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lexicon = load_lexicon(reading.ontology.folder)
        self.filler = Filler(reading, {})

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        beside = [c for c in token.children if c.dep_ == "appos"] + ([token.head] if token.dep_ == "appos" else [])
        if token.pos_ == "NOUN":
            named = next((b for b in beside if b.pos_ == "PROPN"), None)
            if named is None:
                return self.unnamed(token, parameter)
            token, beside = named, [token]
        known = self.filler.entity(token, parameter)
        if known is not None and not self.filler.names(token):
            known = None  # "Northshire Police's Major Crime Unit" is not the police
        if known is not None and not (known.id is None and known.start is not None and self.goes_on(token, known)):
            return Filling(known)
        said = [
            *(b for b in beside if b.pos_ == "NOUN"),
            *(() if self.filler.names(token) else (token,)),
        ]  # "the Major Crime UNIT"
        types = [self.lexicon.part_types.get(b.lemma_.lower()) for b in said]
        type_ = next((t for t in types if t is not None and self.reading.ontology.accepts(parameter, t)), None)
        if type_ is None and (type_ := self.named_only(token)) is None:
            return None
        if token.pos_ != "PROPN" or not self.reading.ontology.accepts(parameter, type_):
            return None
        span = _name(token)
        return Filling(Entity(span.text, type_, None, span.start_char, span.end_char))

    def named_only(self, token: Token) -> str | None:
        """The type of what is only a name, and no person's: an establishment ("Oak Lodge is run by the council")."""
        place = self.filler.mention(token, _PLACE)
        known = self.filler.names(token) and place is None
        return OTHER if not known and token.tag_ == "NNP" and token.ent_type_ not in ("PERSON", "PER") else None

    @staticmethod
    def goes_on(token: Token, entity: Entity) -> bool:
        """Whether a name is longer than what was found of it: "Northby" of "Northby Leisure"."""
        return entity.end is not None and entity.end < token.idx + len(token)

    def unnamed(self, token: Token, parameter: Parameter) -> Filling | None:
        type_ = self.lexicon.part_types.get(token.lemma_.lower())
        if any(start <= token.idx < end for start, end in roles_of(self.reading)):
            return None  # "has a new chief EXECUTIVE"
        if (known := self.filler.entity(token, parameter)) is not None and known.end == token.idx + len(token):
            return Filling(known)
        if type_ is None or token.tag_ == "NNS" or not self.reading.ontology.accepts(parameter, type_):
            return None
        start = token.i
        while start > token.left_edge.i and _modifies(token.doc[start - 1], self.filler):
            start -= 1
        while token.doc[start].tag_ in ("POS", "HYPH", ",") or token.doc[start].lower_ in ("own", "new", "in", "-"):
            start += 1
        if start >= token.i:
            return None  # "the board", "its department": any
        span = token.doc[start : token.i + 1]
        return Filling(Entity(span.text, type_, None, span.start_char, span.end_char))

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        return []


def _modifies(token: Token, filler: Filler) -> bool:
    """Whether a word belongs to the name of the department that follows: no owner and no article."""
    plain = token.tag_ in ("NN", "NNS", "JJ", "VBG", "POS", "HYPH", "CC", "CD") or token.lower_ in ("-", "and")
    return plain and (token.is_lower or not token.is_alpha) and not filler.names(token)


def _name(token: Token) -> Span:
    """The words of a proper name around one of them."""
    start, end = token.i, token.i + 1
    while start > token.sent.start and token.doc[start - 1].pos_ == "PROPN":
        start -= 1
    while end < token.sent.end and token.doc[end].pos_ == "PROPN":
        end += 1
    return token.doc[start:end]


def services(chunks: Sequence[Chunk], lexicon: Lexicon) -> list[Chunk]:
    """The names of services in a row: "children's services"."""
    found = []
    line = [c.value if c.code == WORD else Word(c.start, c.end, c.code, c.code.lower()) for c in chunks]
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


def _companies(
    row: Row, organs: frozenset[str], about: Entity | None, lexicon: Lexicon, reading: Reading
) -> Iterable[tuple[Chunk, Entity]]:
    """Companies that the text calls a body's own: "the council's leisure company, X Ltd", "council-owned X Homes"."""
    kinds = [
        c._replace(code="K")
        for c in row.chunks
        if not c.code and lexicon.part_types.get(c.text) not in (None, *organs, lexicon.service_type)
    ]
    marked = row.marked(kinds)
    for pattern in _COMPANIES if kinds else ():
        for m, _ in marked.find(pattern):
            part, whole = marked.group(m, "part")[0], body(marked.group(m, "whole")[0], territories_of(reading))
            if whole is not None and whole != part.value.entity and whole.type in lexicon.subjects:
                yield part, whole
    for m, _ in row.find(_TIED):
        owner = lexicon.nominals.get(m["tie"].partition("-")[0])
        part = row.group(m, "part")[0]
        if owner and about is not None and about.type in owner[0].types and part.value.entity != about:
            yield part, about


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

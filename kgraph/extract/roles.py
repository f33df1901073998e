"""Who holds which role: appositions, prenominal roles, forms of address and copulas, over chunked sentences.

A role phrase is a head ("leader", "officer") with what stands before it ("chief finance"), whose it is ("the
council's", "Labour") and what follows ("of children's services at the authority"). Which words play these parts is
data: `registers/roles.yaml` of the ontology. Where no owner is said, a role that belongs to a body of the kind the
document is about is that body's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from kgraph.extract.chunks import ORG, PARTY, PERSON, PLACE, ROLE, Chunk, Row, entity_at, rows
from kgraph.extract.cues import load_cues
from kgraph.extract.lexicon import ARTICLES, Lexicon, RoleHead, Title, load_lexicon
from kgraph.extract.naming.shape import MONTHS, WEEKDAYS
from kgraph.extract.reading import Mention, Reading, per_reading
from kgraph.extract.words import words
from kgraph.facts import Entity, Fact
from kgraph.resolve.document import NOMINAL, subjects
from kgraph.resolve.territories import Territories

EXTRACTOR = "roles"
_CONFIDENCE = 0.9
_FORMER = "former"
_ITS = ("its ", "Its ")
_DATES = WEEKDAYS | MONTHS
_FORMERLY = ("formerly ", "previously ", "once ")
_BOUND = re.compile(r",? (since|from|until|between) ")


@dataclass(frozen=True, slots=True)
class Role:
    """A role phrase. `definite`: with an article, an owner, or at the head of its sentence."""

    start: int
    end: int
    text: str
    head: RoleHead
    status: str | None = None
    org: Entity | None = None
    party: Entity | None = None
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Holding:
    """A person with a role phrase said of them: what `roles` and `membership` make facts of. `opened`: the text opens
    with the role alone, and names its holder in the next sentence."""

    person: Mention
    role: Role
    start: int
    end: int
    status: str | None
    opened: bool = False


def extract_roles(reading: Reading) -> Iterator[Fact]:
    """Facts of `holds-role`."""
    for row in marked_rows(reading):
        for h in map(partial(with_owner, reading), holdings(row, reading)):
            start, end = _term(h.role, reading)
            yield reading.fact(
                "holds-role",
                {
                    "person": entity_at(h.person),
                    "role": h.role.text,
                    "org": h.role.org,
                    "start": start,
                    "end": end,
                    "status": _FORMER if end and h.status is None and _is_past(end, reading) else h.status,
                },
                h.start,
                h.end,
                extractor=EXTRACTOR,
                confidence=_CONFIDENCE,
            )
    yield from _addressed(reading)


def with_owner(reading: Reading, holding: Holding) -> Holding:
    """A holding with the body that "its" means in "its chair", where the text has told of another than its own."""
    role = holding.role
    if role.org is None or not reading.document.text.startswith(_ITS, role.start):
        return holding
    its = next((m.entity for m in reading.pronouns if m.start == role.start), None)
    if its is None or its.type in (None, "person", "place") or (role.head.types and its.type not in role.head.types):
        return holding
    # An inspectorate that the text has just named is oftener whom it tells of than whose office this is: then nobody's.
    here = reading.document.text.rfind(". ", 0, role.start)
    near = any(m.entity == its for m in reading.mentions if here < m.start < role.start)
    judge = its.type in load_cues(reading.ontology).judges and its != role.org and not near
    return replace(holding, role=replace(role, org=None if judge else its))


def _term(role: Role, reading: Reading) -> tuple[str | None, str | None]:
    """When a term of office began and ended, where that stands right behind the role: "leader since 2019", "leader
    from May 2015 until June 2017"."""
    found: dict[str, str] = {}
    behind = role.end
    for date in reading.dates:
        between = reading.document.text[behind : date.start] if behind <= date.start < behind + 20 else ""
        if date.kind == "date" and (bound := _BOUND.fullmatch(between)) is not None:
            begin, _, end = date.value.partition("/")
            if end and bound[1] != "since":
                return begin, end  # "leader from 2015 to 2019"
            found.setdefault(bound[1], date.value)
            behind = date.end
    return found.get("since") or found.get("from"), found.get("until")


def _is_past(end: str, reading: Reading) -> bool:
    """Whether a term has ended when the document appears; where its date is unknown, that a term has an end tells."""
    published = reading.document.published
    return published is None or end.startswith("X") or end[:4] < published[:4] or end <= published


@per_reading
def marked_rows(reading: Reading) -> list[Row]:
    """The rows of a document with its role phrases marked."""
    lexicon = load_lexicon(reading.ontology.folder)
    found = []
    for row in rows(reading):
        roles = list(role_phrases(row, reading, lexicon))
        found.append(row.marked(Chunk(ROLE, r.start, r.end, "", r) for r in roles))
    return found


# --- role phrases ----------------------------------------------------------------------------------------

_OWNERS = frozenset(("its", "their", "our"))
_SECOND = frozenset(("vice", "deputy", "co", "assistant", "sub", "under"))  # "vice-principal", "deputy-mayor"
_ANYBODYS = frozenset(("his", "her", "my", "your", "whose"))
# Before one of many holders of an office they make it an office of one: "executive councillor for housing".
_BRIEFS = frozenset(("executive", "cabinet", "lead", "shadow"))
_DEMONSTRATIVES = frozenset(("this", "that"))
# Before a calling these make it an office: "chief nurse".
_RANKS = frozenset(("chief", "lead", "principal", "county", "city", "borough"))
_BE = frozenset(("be", "been", "being", "is", "are", "was", "were", "got"))
_TOPIC_ENDS = frozenset(
    """said says say who whom whose which that has had have is was were are be been will would could should may might
    must can until when after before since at by from in on as but while told tells added warned wrote i he she they it
    we to with during because if so where following""".split()
)


def role_phrases(row: Row, reading: Reading, lexicon: Lexicon) -> Iterator[Role]:
    """Role phrases of a row, left to right, without overlaps."""
    done = 0
    for at, chunk in enumerate(row.chunks):
        if (office := _office(row.chunks, at, lexicon)) is not None:
            yield office
            done = at + 1
            continue
        if at < done or chunk.code or _head(chunk.text, lexicon) is None or _is_plural(chunk.text, lexicon):
            continue
        if chunk.text in lexicon.role_modifiers and lexicon.role_goes_on([c.token for c in row.chunks[at : at + 5]]):
            continue  # "executive" of "executive director"
        role, end = _phrase(row.chunks, done, at, reading, lexicon)
        if role is not None:
            yield role
            done = end


def _office(chunks: Sequence[Chunk], at: int, lexicon: Lexicon) -> Role | None:
    """A body that is named after the office of its head ("the Housing Ombudsman"), as that office."""
    chunk = chunks[at]
    if chunk.code != ORG or chunk.value.reason != "register":
        return None
    parts = [w.folded for w in words(chunk.value.text)]
    if len(parts) < 2 or parts[-1] not in lexicon.role_heads or (at + 1 < len(chunks) and _possessive(chunks, at + 1)):
        return None
    start = at - 1 if at and chunks[at - 1].text in ARTICLES else at
    head = lexicon.role_heads[parts[-1]]
    return Role(chunks[start].start, chunk.end, " ".join(parts), head, definite=True)


def _phrase(
    chunks: Sequence[Chunk], first: int, head_at: int, reading: Reading, lexicon: Lexicon
) -> tuple[Role | None, int]:
    found = _head(chunks[head_at].text, lexicon)
    assert found is not None
    head, status = found
    start = core = _fixed_start(chunks, first, head_at, lexicon)
    org: Entity | None = None
    party: Entity | None = None
    definite = False
    before = [c.text for c in chunks[core:head_at]]
    owned = strange = False
    at = core - 1
    if (shared := _shared_start(chunks, first, core, head_at, lexicon)) is not None:
        start, word = shared
        org, definite, at = chunks[start].value.entity, True, first - 1
        before = [word, *(c.text for c in chunks[start + 1 : head_at])]
    while at >= first:
        chunk = chunks[at]
        if chunk.code == PARTY:
            party, start = chunk.value.entity, at
        elif chunk.code == ORG or (chunk.code == PLACE and at + 1 == start and not _possessive(chunks, at + 1)):
            org, start, definite = _body(chunk, territories_of(reading)), at, True
            status, start = _status_before(chunks, first, start, status, lexicon)
            break
        elif chunk.code:
            break
        elif chunk.text in lexicon.role_statuses:
            status, start = lexicon.role_statuses[chunk.text], at
        elif at + 1 == core and (joined := _joined_status(chunk.text, lexicon)) is not None:
            status, owned, start, definite = joined, True, at, True
        elif chunk.text in lexicon.role_owners and at + 1 == core:
            owned, start, definite = True, at, True
        elif chunk.text in lexicon.role_modifiers or _is_topic(chunk, at) or _is_noun(chunk, chunks[at + 1], reading):
            if start != core:
                break
            if chunk.text in lexicon.role_heads and chunk.text not in lexicon.role_modifiers:
                break
            if chunk.text.endswith("ed") and at > first and chunks[at - 1].text in _BE:
                break  # "was elected mayor" is no elected mayor
            before.insert(0, chunk.text)
            core = start = at
        elif chunk.text in lexicon.role_dropped or (start == core and _is_epithet(chunk, reading)):
            if chunk.text.endswith("ed") and at > first and chunks[at - 1].text in _BE:
                break
            start = at
        elif chunk.text in ARTICLES:
            start, definite = at, chunk.text == "the"
            break
        elif chunk.text in _DEMONSTRATIVES:
            start, definite = at, True
            break
        elif chunk.text in _OWNERS:
            start, definite, owned = at, True, True
            break
        elif chunk.text in ("'s", "'") and at > first and chunks[at - 1].code in (ORG, PARTY, PLACE):
            owner = chunks[at - 1]
            start, definite = at - 1, True
            if owner.code == PARTY:
                party = owner.value.entity
            else:
                org = _body(owner, territories_of(reading))
            break
        elif chunk.text in _ANYBODYS:
            # "her agent": hers, and not the body's that the text is about
            if head.name in lexicon.relatives:
                return None, head_at  # "her partner"
            start, definite, strange = at, True, head.unowned or head.placed
            break
        elif chunk.text in ("'s", "'") and at > first and chunks[at - 1].code == PERSON:
            start, definite, strange = at, True, head.unowned or head.placed
            break
        elif chunk.text in ("'s", "'") and at > first and not chunks[at - 1].code:
            # "the forum's chair", "Next Landing's founder": somebody's, and not the body's that the text is about
            if chunks[at - 1].text in lexicon.relatives:
                return None, head_at  # "his mother's partner"
            strange, definite = True, True
            begin = at - 1
            while begin >= first and not chunks[begin].code and chunks[begin].value.capitalised and begin > 0:
                begin -= 1
            name = [c.value.text for c in chunks[begin + 1 : at]]
            start = _owner_start(chunks, first, at) if not name else begin + 1
            org = Entity(" ".join(name)) if name else None
            break
        else:
            break
        at -= 1
    while before and before[0] in ("and", ","):
        before.pop(0)
        if start == core:
            start = core = core + 1
    if head.needs and not any(w in head.needs for w in before):
        return None, head_at
    end, topic, after_org = _after(chunks, head_at + 1, head, lexicon, reading)
    if after_org is not None:
        org = after_org
    if start == 0:
        definite = True
    if end < len(chunks) and chunks[end].text in lexicon.role_statuses_after:
        status, end = lexicon.role_statuses_after[chunks[end].text], end + 1
    text = " ".join([*before, head.name])
    text = text.replace(" - ", "-").replace(" 's", "'s").replace(" . ", ".").replace(" , ", ", ") + (
        f" {topic}" if topic else ""
    )
    if head.representative and not _BRIEFS & set(before):
        text = head.name
    if org is None and party is not None and not owned and party.type in head.types:
        org = party
    if head.placed and org is None and not strange and not _RANKS & set(before):
        return None, head_at
    unowned = head.unowned or not head.elsewhere.isdisjoint(before)
    if org is None and not strange and (owned or not unowned):
        org = _subject(reading, head, lexicon)
        governs = lexicon.governors.get(topic.rpartition(" ")[2])  # "the chair of governors"
        org = None if org is not None and governs is not None and org.type not in governs else org
    role = Role(chunks[start].start, chunks[end - 1].end, text, head, status, org, party, definite)
    return role, end


def _status_before(
    chunks: Sequence[Chunk], first: int, start: int, status: str | None, lexicon: Lexicon
) -> tuple[str | None, int]:
    """The status that stands before the name of the body: "FORMER Northby Council leader"."""
    if start > first and (word := chunks[start - 1].text) in lexicon.role_statuses and not chunks[start - 1].code:
        return status or lexicon.role_statuses[word], start - 1
    return status, start


def _owner_start(chunks: Sequence[Chunk], first: int, possessive: int) -> int:
    """Where a common noun with "'s" begins: its article ("the cricket club's treasurer"), or else the "'s" itself."""
    for at in range(possessive - 1, max(first, possessive - 5) - 1, -1):
        if chunks[at].text in ARTICLES | _OWNERS | _ANYBODYS | _DEMONSTRATIVES:
            return at
        if chunks[at].code or not chunks[at].text[0].isalpha():
            break
    return possessive


def _head(word: str, lexicon: Lexicon) -> tuple[RoleHead, str | None] | None:
    """The head that a word is, with the status that is joined to it: "leader", "ex-leader", "mayor-elect"."""
    if word in lexicon.role_heads:
        return lexicon.role_heads[word], None
    if word.endswith("s") and word[:-1] in lexicon.role_heads:
        return lexicon.role_heads[word[:-1]], None
    if "-" not in word:
        return None
    rank, _, rest = word.partition("-")
    if rank in _SECOND and rest in lexicon.role_heads:
        return replace(
            lexicon.role_heads[rest], name=f"{rank}-{lexicon.role_heads[rest].name}"
        ), None  # "vice-principal"
    for affix, status in lexicon.role_statuses.items():
        if affix.endswith("-") and word.startswith(affix) and word.removeprefix(affix) in lexicon.role_heads:
            return lexicon.role_heads[word.removeprefix(affix)], status
        if affix.startswith("-") and word.endswith(affix) and word.removesuffix(affix) in lexicon.role_heads:
            return lexicon.role_heads[word.removesuffix(affix)], status
    return None


def _joined_status(word: str, lexicon: Lexicon) -> str | None:
    """The status joined to the body's common noun: "ex-council leader"."""
    affix, dash, owner = word.partition("-")
    return lexicon.role_statuses.get(affix + dash) if dash and owner in lexicon.role_owners else None


def _is_plural(word: str, lexicon: Lexicon) -> bool:
    return word not in lexicon.role_heads and word.endswith("s") and word[:-1] in lexicon.role_heads


def _fixed_start(chunks: Sequence[Chunk], first: int, head_at: int, lexicon: Lexicon) -> int:
    """Where a fixed role that ends at this head begins ("police, fire and crime commissioner"), or the head."""
    for start in range(max(first, head_at - 7), head_at):
        line = [c.value for c in chunks[start : head_at + 1] if not c.code]
        if len(line) == head_at + 1 - start and lexicon.fixed_roles.longest(line, 0)[0] == len(line):
            return start
    return head_at


def _shared_start(
    chunks: Sequence[Chunk], first: int, core: int, head_at: int, lexicon: Lexicon
) -> tuple[int, str] | None:
    """The body whose name ends in the first word of a fixed role, and that word: "X POLICE and Crime Commissioner"."""
    for at in range(max(first, head_at - 7), core):
        if chunks[at].code == ORG and not any(c.code for c in chunks[at + 1 : head_at]):
            line = [*words(chunks[at].value.text)[-1:], *(c.value for c in chunks[at + 1 : head_at + 1])]
            if lexicon.fixed_roles.longest(line, 0)[0] == len(line) > head_at - at:
                return at, line[0].folded
    return None


def _possessive(chunks: Sequence[Chunk], at: int) -> bool:
    return at < len(chunks) and chunks[at].text in ("'s", "'")


def _is_noun(chunk: Chunk, follower: Chunk, reading: Reading) -> bool:
    """Whether a word in lower case is a noun tied to the next: the topic of an office ("the WASTE director")."""
    if not chunk.text.isalpha() or not reading.doc.has_annotation("DEP"):
        return False
    span = reading.doc.char_span(chunk.start, chunk.end)
    if span is None or len(span) != 1 or span[0].tag_ not in ("NN", "NNS") or span[0].dep_ != "compound":
        return False
    return 0 < span[0].head.i - span[0].i <= 3 and span[0].head.idx >= follower.start


def _is_epithet(chunk: Chunk, reading: Reading) -> bool:
    """Whether a word in lower case only describes whoever has the office ("the FLAMBOYANT leader of …")."""
    if not chunk.text.replace("-", "").isalpha() or chunk.value.capitalised or chunk.text in _NO_EPITHETS:
        return False
    span = reading.doc.char_span(chunk.start, chunk.end) if reading.doc.has_annotation("DEP") else None
    return span is not None and span[-1].tag_ in ("JJ", "VBG", "VBN") and span[-1].dep_ == "amod"


# Adjectives that say which, how many, or that it is not so.
_NO_EPITHETS = frozenset(
    """another other such same own many several few more last latest only possible likely alleged supposed rival mere
    bad good better best worse worst""".split()
)


def _is_topic(chunk: Chunk, at: int) -> bool:
    """Whether a word before the head is the topic of an office: a capital in the middle of a sentence."""
    # not "on Tuesday Judge Ann Other said"
    return chunk.value.capitalised and at > 0 and chunk.value.text.isalpha() and chunk.text not in _DATES


def _body(chunk: Chunk, territories: Territories) -> Entity | None:
    """The body a name stands for; for a place, the one that governs it."""
    entity: Entity = chunk.value.entity
    return territories.standing_for(entity.text) if chunk.code == PLACE else entity


@per_reading
def territories_of(reading: Reading) -> Territories:
    """The places of a document with the bodies that govern them."""
    named = [m.entity for m in reading.mentions if not m.reason.startswith(NOMINAL)]
    return Territories(named, load_lexicon(reading.ontology.folder))


@per_reading
def subjects_of(reading: Reading) -> dict[str, Entity]:
    """For each type of body the one that the document is about."""
    return subjects(reading.document, reading.mentions, load_lexicon(reading.ontology.folder))


def subject_at(reading: Reading, offset: int) -> Entity | None:
    """The body that the document is about; of several the one of their types named last before an offset."""
    about = subjects_of(reading).get("")
    if about is not None:
        return about
    types = load_lexicon(reading.ontology.folder).subjects
    before = [m.entity for m in reading.mentions if offset - _RECENT < m.start < offset and m.entity.type in types]
    return before[-1] if before else None


_RECENT = 600  # characters before a clause in which a body is still spoken of


def _subject(reading: Reading, head: RoleHead, lexicon: Lexicon) -> Entity | None:
    """The body that the document is about, if it is of a type that has this role."""
    about = subjects_of(reading)
    if not head.types or ("" in about and about[""].type in head.types):
        return about.get("")
    return next((about[t] for t in lexicon.subjects if t in about and t in head.types), None)


def _after(
    chunks: Sequence[Chunk], at: int, head: RoleHead, lexicon: Lexicon, reading: Reading
) -> tuple[int, str, Entity | None]:
    """What follows a head: end of the phrase, the topic as text, the organisation."""
    end, topic, org = at, "", None
    while at < len(chunks) and chunks[at].text in ("of", "for", "at", "to", "in", "with", "on"):
        preposition = chunks[at].text
        body = at + 1
        while body < len(chunks) and (chunks[body].text in ARTICLES or chunks[body].text in ("both", "its")):
            body += 1
        if body < len(chunks) and chunks[body].code in (ORG, PARTY, PLACE) and not _possessive(chunks, body + 1):
            named = chunks[body]
            if head.representative and named.code == PLACE:
                end = at = body + 1
                continue
            entity = _body(named, territories_of(reading))
            if entity is None or org is not None:
                break
            org = entity
            end = at = body + 1
            continue
        if preposition == "of" and head.types and org is None and (stop := _capitals(chunks, at + 1)) > at + 1:
            # "mayor of Northby": a body that no register has, by its own name or its place's.
            org = Entity(" ".join(c.value.text for c in chunks[at + 1 : stop]))
            end = at = stop
            continue
        if preposition not in ("of", "for") or topic:
            break
        if preposition == "for" and _says_how_long([c.text for c in chunks[at + 1 : at + 4] if c.text not in ARTICLES]):
            break  # "leader for ten years", "director for a period of two years"
        stop = _topic_end(chunks, at + 1, lexicon, reading)
        if all(c.text in ARTICLES for c in chunks[at + 1 : stop]):
            break
        topic = _plain(chunks[at:stop])
        end = at = stop
    return end, topic, org


_LENGTHS = frozenset(
    """about almost nearly over more less several many some two three four five six seven eight nine ten eleven
    twelve fifteen twenty thirty""".split()
)


_SPANS = frozenset(("period", "term", "spell", "further", "year", "month", "week", "decade", "maximum", "minimum"))


def _says_how_long(words: Sequence[str]) -> bool:
    return bool(words) and (words[0].isdigit() or words[0] in _LENGTHS or words[0] in _SPANS)


def _capitals(chunks: Sequence[Chunk], at: int) -> int:
    """End of the run of capitalised words at a chunk."""
    while at < len(chunks) and not chunks[at].code and chunks[at].value.capitalised:
        at += 1
    return at


def _topic_end(chunks: Sequence[Chunk], start: int, lexicon: Lexicon, reading: Reading) -> int:
    at = start
    dates = {date.start for date in reading.dates}  # "director of education last September"
    while at < len(chunks) and at - start < 12:
        chunk = chunks[at]
        if (
            chunk.code
            or chunk.start in dates
            or _ends_topic(chunk.text, lexicon)
            or _goes_on(chunk, reading)
            or (not chunk.value.text[0].isalnum() and chunk.text not in (",", "&", "'s", "'"))
        ):
            break
        if chunk.text in ("and", ",") and _role_follows(chunks, at + 1, lexicon):
            break
        if chunk.text == "," and not _list_follows(chunks, at + 1):
            break
        if (
            at > start
            and chunk.value.capitalised
            and not chunks[at - 1].value.capitalised
            and chunks[at - 1].text not in ("and", ",", "&", "of", "for", "the")
        ):
            break  # "cabinet member for education Jane Doe": a capital after lower case begins a name
        at += 1
    while at > start and chunks[at - 1].text in (",", "and", "&", "the"):
        at -= 1
    return at


def _ends_topic(word: str, lexicon: Lexicon) -> bool:
    """Function words and past tenses, which go on with the sentence."""
    return word in _TOPIC_ENDS or (word.endswith("ed") and len(word) > 4 and word not in lexicon.role_modifiers)


def _goes_on(chunk: Chunk, reading: Reading) -> bool:
    """Whether a word cannot belong to a topic, and so goes on with the sentence: a verb, pronoun or auxiliary."""
    if not chunk.text.isalpha() or chunk.value.capitalised or not reading.doc.has_annotation("DEP"):
        return False
    span = reading.doc.char_span(chunk.start, chunk.end)
    return span is not None and (span[0].tag_ in _NO_TOPIC or span[0].pos_ in ("PRON", "AUX"))


_NO_TOPIC = frozenset(("VBD", "VBZ", "VBP", "MD", "PRP", "PRP$", "WDT", "WP", "WRB", "EX", "RB", "UH"))


def _role_follows(chunks: Sequence[Chunk], at: int, lexicon: Lexicon) -> bool:
    if lexicon.fixed_roles.longest([c.value for c in chunks[at : at + 8] if not c.code], 0)[0]:
        return True
    while at < len(chunks) and (chunks[at].code in (ORG, PARTY, PLACE) or chunks[at].text in ARTICLES | {"'s"}):
        at += 1
    return lexicon.role_at([c.token for c in chunks[at : at + 5]])


def _list_follows(chunks: Sequence[Chunk], at: int) -> bool:
    """Whether a comma goes on a list of topics: a few words and then "and"."""
    if at >= len(chunks) or chunks[at].code or chunks[at].text in ARTICLES or chunks[at].text in _TOPIC_ENDS:
        return False
    for i in range(at + 1, min(at + 5, len(chunks))):
        if chunks[i].text in ("and", "&"):
            return i + 1 < len(chunks) and not chunks[i + 1].code
        if chunks[i].code or chunks[i].text in _TOPIC_ENDS or chunks[i].text in (".", ";", '"'):
            return False
    return False


def _plain(chunks: Sequence[Chunk]) -> str:
    text = ""
    for chunk in chunks:
        glued = chunk.text in (",", "'s", "'") or not text
        text += chunk.text if glued else " " + chunk.text
    return text.strip()


# --- who holds them --------------------------------------------------------------------------------------

_ROLES = r"R (?:(?:, )?(?:and )?(?:now |also )?R )*"
# "..., a new leader had to be found": the role is a subject and no apposition.
_FINITE = "(?:had|has|have|is|was|will|would|must|should|could|may|can|were|are) "
_TOOK = "(?:took on|takes on|has taken on|holds|held)"
_ASIDE = (
    r"(?:\( [^()]{1,30}\) )?(?:, [0-9]{2} )?(?:, (?:far |second (?:from )?)?(?:left|right|centre|above|pictured) )?"
)
_OF_PARTY = r"(?:\( T \) )?"
_NOW = "(?:(?:also|currently|now|still|both|already|today|at present) )*"
_AT_TIME = "at (?:the|that) time"
_UP_TO = "(?:until|till) (?:[a-z0-9]+ ){0,2}[a-z0-9]+"
_THEN = f"(?:formerly|previously|once|latterly|sometime|then|{_AT_TIME}|{_UP_TO})"
_UNTIL = "(?:(?:until|till) (?:[a-z0-9]+ ){1,4})"
_PATTERNS: tuple[tuple[re.Pattern[str], str | None], ...] = tuple(
    (re.compile(pattern), status)
    for pattern, status in (
        # X, leader of Y and cabinet member for Z · X (Lab), the leader · X, now director · X - Director
        (
            rf"(?P<p>P ){_ASIDE}[,-] {_NOW}(?:the )?(?P<r>{_ROLES})(?!P |, P (?:, )?R )(?!{_FINITE})(?!{_AT_TIME} )",
            None,
        ),
        (rf"(?P<p>P ){_ASIDE}[,-] (?:the )?(?P<r>{_ROLES}){_AT_TIME} ", "former"),
        (rf"^as (?P<r>{_ROLES}){_AT_TIME} , (?P<p>P )", "former"),
        (rf"(?P<p>P ){_ASIDE}, {_THEN} (?:a |an |the )?(?P<r>{_ROLES})", "former"),
        # X (Director of Resources) · X (Labour, the leader) · X (Lab) (Chair)
        (rf"(?P<p>P ){_OF_PARTY}\( (?:[TO] , )?{_NOW}(?:the )?(?P<r>{_ROLES})(?:[,;)]|- )", None),
        # X is the leader · X, who is leader · X, who was director at the time
        (rf"(?P<p>P )(?:, )?(?:who )?(?:is|remains|has been) {_NOW}(?P<r>{_ROLES})(?!P )", None),
        (rf"(?P<p>P )(?:, )?(?:who )?(?:was|served as|had been|used to be) {_NOW}(?P<r>{_ROLES})(?!P )", "former"),
        # X, who chairs Y and used to be leader of Z
        (rf"(?P<p>P )(?:, )?who [a-z]+ (?:the )?[ORT] and (?:was once|used to be) (?P<r>{_ROLES})", "former"),
        (rf"(?P<p>P )(?:, )?who (?:{_UNTIL}|previously |formerly |once )(?:was|served as) (?P<r>{_ROLES})", "former"),
        # X, who took on the role of executive member
        (
            rf"(?P<p>P )(?:, )?who {_TOOK} the (?:role|post|job|position) of (?P<r>{_ROLES})",
            None,
        ),
        # The party's deputy leader is X · Chair: X
        (r"(?P<r>R )is (?:(?:a |the )?T (?:'s )?)?(?P<p>P )(?!')", None),
        (rf"(?P<r>{_ROLES})[:|] (?:T )?(?P<p>P )", None),
        (rf"^(?P<r>{_ROLES})(?:(?:and|&|,) [a-z-]+ ){{1,3}}[:|] (?P<p>P )", None),
        (rf"(?P<p>P )\| (?P<r>{_ROLES})", None),
        # … with X as her deputy
        (rf"(?:with|including|and) (?P<p>P )(?:\( [^()]{{1,30}}\) )?as (?:the )?(?P<r>{_ROLES})(?:[,.;]|and P )", None),
        # As leader, X … · Leader since May, X …
        (rf"^as (?P<r>{_ROLES})(?:(?:since|for) (?:[a-z0-9]+ ){{1,4}})?, (?P<p>P )", None),
        (rf"^(?P<r>{_ROLES})(?:since|for) (?:[a-z0-9]+ ){{1,4}}, (?P<p>P )", None),
        (rf"^(?P<r>{_ROLES})(?:until|between|from) (?:[a-z0-9]+ ){{1,6}}, (?P<p>P )", "former"),
    )
)
# "the chair, retired banker X,": what somebody else was besides
_NO_PROFESSION = "(?:who|and|but|said|says|told|with|as|which|when|where|that|to|for|of|by|from|is|was|has)"
_BESIDES = rf"(?:(?:(?!{_NO_PROFESSION} )[a-z'-]+ ){{1,4}})?"
_BEFORE = re.compile(rf"(?P<r>{_ROLES})(?P<c>, {_BESIDES})?(?:T '?s? ?)?(?P<p>P )(?:of (?:the )?(?P<o>O ))?")
_LEADS = re.compile(
    rf"(?P<p>P )(?:, )?(?:who )?{_NOW}(?P<v>[a-z]+) (?:both )?(?:the )?(?:[a-z-]+ )?"
    r"(?P<o>[OT] )(?:and (?:the )?(?P<o2>[OT] ))?"
)
_LED = re.compile(
    r"(?P<o>[OT] )(?:, |- )?(?:(?:which|that|is|was|has|been|now|currently) )*"
    r"(?P<v>[a-z]+) by (?:the )?(?:R |T (?:'s )?)*(?P<p>P )(?!'s? )"
)


def holdings(row: Row, reading: Reading) -> list[Holding]:
    """Who is said to hold which role in a row."""
    if PERSON not in row.codes:
        return []
    lexicon = load_lexicon(reading.ontology.folder)
    found: dict[tuple[int, int], Holding] = {}
    taken: set[int] = set()

    def add(person: Chunk, roles: Sequence[Chunk], status: str | None, org: Entity | None = None) -> None:
        for chunk in roles:
            role: Role = chunk.value
            if role.status == _FORMER and reading.document.text.startswith(_FORMERLY, role.start):
                status = _FORMER  # "formerly leader and chair": both
            if (person.start, role.start) in found or role.start in taken:
                continue
            taken.add(role.start)
            if org is not None and not role.head.representative:
                role = replace(role, org=org)
            start, end = min(person.start, role.start), max(person.end, role.end)
            found[person.start, role.start] = Holding(person.value, role, start, end, role.status or status)

    for pattern, status in _PATTERNS[:1]:
        for m, _ in row.find(pattern):
            add(row.group(m, "p")[0], [c for c in row.group(m, "r") if c.code == ROLE], status)
    for m, _ in row.find(_BEFORE):
        roles = [c for c in row.group(m, "r") if c.code == ROLE]
        person = row.group(m, "p")[0]
        if m["c"] and not (roles[0].value.definite and _closes(row, m.end("p"))):
            continue
        add(person, roles, None, row.group(m, "o")[0].value.entity if m["o"] else None)
    for pattern, status in _PATTERNS[1:]:
        for m, _ in row.find(pattern):
            add(row.group(m, "p")[0], [c for c in row.group(m, "r") if c.code == ROLE], status)
    for person, role in _of_several(row, reading, lexicon):
        start, end = min(person.start, role.start), max(person.end, role.end)
        found.setdefault((person.start, role.start), Holding(person.value, role, start, end, role.status))
    for pattern in (_LEADS, _LED):
        for m, _ in row.find(pattern):
            if (head := lexicon.role_verbs.get(m["v"])) is None:
                continue
            person = row.group(m, "p")[0]
            for body in [*row.group(m, "o"), *(row.group(m, "o2") if pattern is _LEADS else ())]:
                org = body.value.entity
                if pattern is _LED and org.type not in (lexicon.role_heads[head].types or (org.type,)):
                    continue
                role = Role(body.start, body.end, head, RoleHead(head), org=org, definite=True)
                start, end = min(person.start, body.start), max(person.end, body.end)
                found[person.start, body.start] = Holding(person.value, role, start, end, None)
    return sorted(found.values(), key=lambda h: (h.start, h.role.start))


_SEVERAL = r"P (?:\( [^()]{1,30}\) )?(?:, P (?:\( [^()]{1,30}\) )?)*(?:, )?and P "
_PLURALS = (
    # but not "The three commissioners, X, Y and Z, were appointed": there they are what they become
    re.compile(rf"(?P<r>Q )(?:[,:-] )?(?P<p>{_SEVERAL})(?!, (?:were|are|have been|will be) [a-z]+ed )"),
    re.compile(rf"(?P<r>Q )(?:are|were|include|included) (?P<p>{_SEVERAL})"),
    re.compile(rf"(?P<p>{_SEVERAL})(?:, |are |were |- )(?:both |all )?(?P<r>Q )"),
)


_ONE_OF = re.compile(r"\b(?:another )?one of ")
_ONE = (
    re.compile(r"(?P<p>P ), (?:another )?one of (?:[a-z']+ ){0,3}?(?P<r>Q )"),
    re.compile(r"\b(?:another )?one of (?:[a-z']+ ){0,3}?(?P<r>Q ), (?P<p>P )"),
)


def _of_several(row: Row, reading: Reading, lexicon: Lexicon) -> Iterator[tuple[Chunk, Role]]:
    """Offices in the plural with those who hold them: "commissioners X and Y", "X and Y, the inspectors"."""
    several = sum(c.code == PERSON for c in row.chunks) > 1
    if not several and not _ONE_OF.search(row.text):
        return
    plurals = []
    for at, chunk in enumerate(row.chunks):
        if not chunk.code and chunk.text.endswith("s") and chunk.text[:-1] in lexicon.role_heads:
            role, _ = _phrase(row.chunks, 0, at, reading, lexicon)
            if role is not None:
                plurals.append(Chunk("Q", role.start, role.end, "", role))
    if not plurals:
        return
    row = row.marked(plurals)
    for pattern in (*(_PLURALS if several else ()), *_ONE):
        for m, _ in row.find(pattern):
            for person in row.group(m, "p"):
                if person.code == PERSON:
                    yield person, row.group(m, "r")[0].value


def _closes(row: Row, at: int) -> bool:
    """Whether an apposition ends here: a comma, a full stop or colon, or the verb of its sentence."""
    rest = row.text[at:].split(" ", 1)[0]
    return rest in (",", ".", ":", ";", "", "-", "'s", "(", ")") or rest.isalpha()


def _addressed(reading: Reading) -> Iterator[Fact]:
    for person, head, org in address(reading):
        yield reading.fact(
            "holds-role",
            {"person": entity_at(person.value), "role": head.name, "org": org},
            person.start,
            person.end,
            extractor=EXTRACTOR,
            confidence=_CONFIDENCE,
        )


@per_reading
def address(reading: Reading) -> tuple[tuple[Chunk, RoleHead, Entity | None], ...]:
    """Offices that a form of address states: "Cllr X" is a councillor, of the one council the document is about."""
    lexicon = load_lexicon(reading.ontology.folder)
    done: set[str] = set()
    found = []
    for row in rows(reading):
        listed: Title | None = None
        bracketed = False
        for chunk in row.chunks:
            if chunk.code != PERSON:
                bracketed = chunk.text == "(" or (bracketed and chunk.text != ")")
                # A title in the plural goes on through the list: "Cllrs Ann Other (Lab), Mrs Jo Bloggs (chair) and ..."
                if chunk.text not in (",", "and", ")") and not bracketed and chunk.code != PARTY:
                    listed = None
                continue
            first = chunk.value.text.split()[0].lower().rstrip(".")
            title = lexicon.titles.get(first) or listed
            if title is not None and not title.role:
                title = listed
            if title is None or not title.role:
                continue
            listed = title if first.endswith("s") or listed is not None else None
            if chunk.value.entity.text in done:
                continue
            done.add(chunk.value.entity.text)
            head = lexicon.role_heads[title.role]
            found.append((chunk, head, _subject(reading, head, lexicon)))
    return tuple(found)

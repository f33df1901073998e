"""Who is meant within one document: names and references to entities, each link with its reason.

Nothing is guessed: a surname that two people of the document bear, a place governed by two authorities are left
unlinked. Common nouns are `kgraph.resolve.nominals`'.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kgraph.documents import Document
from kgraph.extract.lexicon import Lexicon, phrase_key
from kgraph.extract.names import Name
from kgraph.extract.reading import Mention
from kgraph.extract.words import Word
from kgraph.facts import Entity
from kgraph.resolve.territories import Territories, place_of

# A body is what the document is about if it is named this much more than any other of its kind.
_MARGIN = 1.5
# A territory's name counts for its governing body, but less than the body's own.
_PLACE_VOTE = 0.7
_HEADLINE_VOTE = 2.0
# Where something happens counts still less: "a man from Lisburn".
_SCENE_VOTE = 0.5
# How often a text that names an authority in full has to name the place of another to be about that one.
_KEEPS_NAMING = 3
_BEFORE = 8  # characters that hold the word before a name, where it is one of these
_SCENE = (["in"], ["at"], ["for"], ["from"], ["near"])
# Whoever is named first of its kind is more likely the one that common nouns then stand for ...
_FIRST_VOTE = 1.0
# ... and of several kinds the one whose common noun the text goes on with: "the council", "the force".
_NOUN_VOTE = 0.5
_SENTENCE_END = re.compile(r"[.!?\n]\W*\s")
_NOUN = re.compile(r"\b(?:[Tt]he|[Ii]ts) ([a-z]+)\b")
# Firms, schools and charities that a text names are oftener beside the body that it is about than that body itself.
_RIVAL_VOTE = 0.5
_KEEPS_ON = 3
NOMINAL = "nominal"
SHORT = "short name"
_SHORTEST_ACRONYM = 3
_BODIES: dict[str, str] = {"body": "name", "short": SHORT, "organ": "common name"}


@dataclass(frozen=True, slots=True)
class Linked:
    """A name with the entity that it means."""

    name: Name
    entity: Entity
    reason: str


def resolve(
    document: Document, lines: Sequence[Sequence[Word]], names: Sequence[Name], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Links names, not common nouns, to the entities of the document. Sorted by offset."""
    followed = _followers(lines, names)
    linked = [
        *_people([n for n in names if n.kind == "person"], lexicon),
        *_registered(
            document,
            [n for n in names if n.kind in ("register", "place")],
            [n for n in names if n.kind == "body"],
            followed,
            lexicon,
        ),
        *_parties([n for n in names if n.kind == "party"], lexicon),
        *_bodies([n for n in names if n.kind in _BODIES], lexicon),
    ]
    linked = _acronyms(document.text, lines, linked)
    mentions = [_mention(document, k) for k in _fullest(linked)]
    return tuple(sorted(mentions, key=lambda m: m.start))


def _mention(document: Document, linked: Linked) -> Mention:
    name = linked.name
    return Mention(name.start, name.end, document.text[name.start : name.end], linked.entity, linked.reason)


def _followers(lines: Sequence[Sequence[Word]], names: Sequence[Name]) -> dict[int, list[str]]:
    """The words after each name, by the name's end."""
    ends = {n.end for n in names}
    return {
        word.end: [w.folded for w in line[i + 1 : i + 7]]
        for line in lines
        for i, word in enumerate(line)
        if word.end in ends
    }


# --- people ----------------------------------------------------------------------------------------------


def _people(names: Sequence[Name], lexicon: Lexicon) -> list[Linked]:
    full: dict[tuple[str, ...], str] = {}
    keys = [phrase_key(n.text) for n in names]
    # "Baroness Other" of a text that names Baroness Ann Other
    keys = [k[1:] if len(k) == 2 and _is_honour(k[0], lexicon) and _titled(k, keys) else k for k in keys]
    for name, parts in zip(names, keys, strict=True):
        if len(parts) < 2:
            continue
        same = next((k for k in full if _same_person(k, parts)), None)
        text = _mixed_case(name.text)
        if same is None:
            full[parts] = text
        elif (len(text), text) > (len(full[same]), full[same]) or full[same].isupper():
            full[same] = text
    linked = []
    titles: dict[tuple[str, ...], list[str]] = defaultdict(list)  # names known by a title only, with their titles
    for name, parts in zip(names, keys, strict=True):
        bearers = [k for k in full if _same_person(k, parts)] if len(parts) > 1 else []
        if not bearers:
            bearers = [k for k in full if k[-len(parts) :] == parts]
        if not bearers and not name.title:  # "Mr James" is no James Field
            bearers = [k for k in full if k[:1] == parts]
        if len(bearers) == 1:
            given = parts == bearers[0][:1]
            alone = "given name" if given else "title and surname" if name.title else "surname"
            reason = "full name" if len(parts) > 1 else alone
            linked.append(Linked(name, Entity(full[bearers[0]], "person"), reason))
        elif not bearers and name.title:
            fitting = (t for t in titles[parts] if t == name.title or not {t.lower(), name.title.lower()} <= _SEXED)
            if (title := next(fitting, None)) is None:
                title = name.title
                titles[parts].append(title)
            linked.append(Linked(name, Entity(f"{title} {name.text}", "person"), "title and surname"))
    return linked


_SEXED = frozenset(("mr", "mrs", "ms", "miss"))  # "Mr Other" and "Mrs Other" are two; "Cllr Other" may be either


def _is_honour(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a title that belongs to the name."""
    return word in lexicon.titles and lexicon.titles[word].kept


def _titled(short: tuple[str, ...], keys: Sequence[tuple[str, ...]]) -> bool:
    """Whether a title and a surname stand, with given names between them, among full names."""
    return any(len(k) > 2 and (k[0], k[-1]) == short for k in keys)


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words, but for a title of honour before one of them or the surname after it ("Dame Ann")."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 1 and shorter in (longer[-len(shorter) :], longer[: len(shorter)])


def _mixed_case(text: str) -> str:
    """A name without the capitals that papers set a story's first words in ("JANE Smith")."""
    return " ".join(w.title() if len(w) > 3 and w.isupper() else w for w in text.split())


# --- bodies ----------------------------------------------------------------------------------------------


def _registered(
    document: Document,
    names: Sequence[Name],
    bodies: Sequence[Name],
    followed: dict[int, list[str]],
    lexicon: Lexicon,
) -> list[Linked]:
    certain = {e[0].id: e[0] for n in names if n.kind == "register" and len(e := n.entries) == 1}
    territories = Territories([Entity(n.text, n.type) for n in bodies], lexicon)
    linked = []
    for name in names:
        entries = name.entries
        reason = "register"
        if len(entries) > 1:
            named = [e for e in entries if e.id in certain]
            if len(named) == 1:
                entries, reason = tuple(named), "register: the namesake named in full"
        if name.kind == "place":
            after = followed.get(name.end, [])
            governs = lexicon.role_at(after, 1 if after[:1] == ["'s"] else 0)
            entity = territories.governing(name.text) if governs else None
            if entity is not None:
                linked.append(Linked(name, entity, "register: a place that stands for its authority"))
            else:
                linked.append(Linked(name, Entity(name.text, "place"), "place"))
        elif len(entries) == 1:
            linked.append(Linked(name, Entity(name.text, entries[0].type, entries[0].id), reason))
        elif name.type:
            linked.append(Linked(name, Entity(name.text, name.type), "register: several bear this name"))
    return linked


def _parties(names: Sequence[Name], lexicon: Lexicon) -> list[Linked]:
    """Parties by the fullest of their names in the document, or by their usual name where it only has attributes."""
    said = {phrase_key(n.text) for n in names}
    linked = []
    for name in names:
        party = lexicon.parties.get(name.text)[0]
        text = next((n for n in party.names[1:] if phrase_key(n) in said), party.name)
        linked.append(Linked(name, Entity(text, party.type, party.id), "party"))
    return linked


def _bodies(names: Sequence[Name], lexicon: Lexicon) -> list[Linked]:
    """Bodies that no register holds: one entity for one name, letter case and plural aside, and for one without its
    kind ("Northby Council" of Northby City Council)."""
    texts: dict[tuple[str, ...], str] = {}
    kinds: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for name in names:
        key = _singular(name.text)
        texts.setdefault(key, name.text)
        if name.type == lexicon.governs == key[-1]:
            kinds[(*_singular(" ".join(place_of(name.text, lexicon))), lexicon.governs)].add(key)
    for short, full in kinds.items():
        if len(full) == 2 and short in full:
            texts[short] = texts[next(key for key in full if key != short)]
    return [Linked(n, Entity(texts[_singular(n.text)], n.type), _BODIES[n.kind]) for n in names]


def _singular(text: str) -> tuple[str, ...]:
    return tuple(w.rstrip("s") for w in phrase_key(text))


def _acronyms(text: str, lines: Sequence[Sequence[Word]], linked: list[Linked]) -> list[Linked]:
    """Adds the places of acronyms that the text states in brackets after a name, "Care Homes Trust (CHT)", and of the
    initials of just one body."""
    stated: dict[str, Linked] = {}
    at_end = {k.name.end: k for k in linked if k.entity.type not in ("person", "place")}
    for line in lines:
        for before, bracket, acronym, closing in zip(line, line[1:], line[2:], line[3:], strict=False):
            if (
                bracket.text == "("
                and closing.text == ")"
                and sum(c.isupper() for c in acronym.text) > 1
                and before.end in at_end
            ):
                stated[acronym.text] = at_end[before.end]
    initials = {short: k for short, k in _initials(linked).items() if short not in stated}
    if not stated and not initials:
        return linked
    kept = [k for k in linked if text[k.name.start : k.name.end] not in stated or k.name.kind == "person"]
    taken = [(k.name.start, k.name.end) for k in kept]
    for line in lines:
        for word in line:
            of = stated.get(word.text) or initials.get(word.text)
            if of is not None and not any(s < word.end and word.start < e for s, e in taken):
                name = Name(word.start, word.end, "body", of.name.text, of.name.type, of.name.entries)
                why = "alias stated" if word.text in stated else "initials"
                kept.append(Linked(name, of.entity, f"{why}: {of.name.text} ({word.text})"))
    return kept


def _initials(linked: Sequence[Linked]) -> dict[str, Linked]:
    """Initials, three or more, of the bodies named: "BCU" for Bus Crews Union."""
    found: dict[str, dict[Entity, Linked]] = defaultdict(dict)
    for k in linked:
        if k.name.kind in ("body", "register") and k.entity.type not in ("person", "place"):
            initials = "".join(w[0] for w in k.name.text.split() if w[0].isupper())
            if len(initials) >= _SHORTEST_ACRONYM and not k.name.text.isupper():
                found[initials].setdefault(k.entity, k)
    return {initials: next(iter(some.values())) for initials, some in found.items() if len(some) == 1}


def _fullest(linked: Sequence[Linked]) -> list[Linked]:
    """Gives all names of one register entry the fullest form that the document has for it."""
    forms: dict[str, list[str]] = defaultdict(list)
    for k in linked:
        if k.entity.id is not None and k.name.kind != "place" and not k.reason.startswith("alias"):
            forms[k.entity.id].append(k.entity.text)
    best = {i: max(f, key=lambda t: (not t.isupper(), len(t), t)) for i, f in forms.items()}
    return [
        Linked(k.name, Entity(best[k.entity.id], k.entity.type, k.entity.id), k.reason) if k.entity.id in best else k
        for k in linked
    ]


# --- what the document is about --------------------------------------------------------------------------


def subjects(document: Document, mentions: Iterable[Mention], lexicon: Lexicon) -> dict[str, Entity]:
    """For each type of body, the one entity of it that the document is about, where one stands out.

    Every naming counts, those in the headline more; a territory's name counts for the authority that governs it.
    References by a common noun, which depend on this, do not count, nor short names. Under "" stands the one that
    stands out among all types of body that a document can be about.
    """
    named = [m for m in mentions if not m.reason.startswith((NOMINAL, SHORT)) and m.entity.type != "person"]
    territories = Territories((m.entity for m in named), lexicon)
    unnamed = not any(m.entity.type in lexicon.subjects for m in named)
    places = {m.entity.text for m in named if m.entity.type == "place"} if unnamed else set()
    divisions = {place for place in places if _is_division(document.text, place, lexicon)}
    full = {m.entity for m in named if m.entity.type == lexicon.governs}
    times = Counter(m.entity for m in named)
    headline = document.text.find("\n")
    votes: dict[str, Counter[Entity]] = defaultdict(Counter)
    first: dict[str, dict[Entity, int]] = {}
    for mention in named:
        entity, weight = mention.entity, _HEADLINE_VOTE if mention.start < headline else 1.0
        if entity.type == "place" and _is_brief(document.text, mention.start, lexicon):
            continue
        if entity.type == "place":
            # In a text that names no authority in full, a place it keeps naming is all it calls one.
            place = entity.text
            before = document.text[max(0, mention.start - _BEFORE) : mention.start].split()[-1:]
            scene = before in _SCENE
            # "the Lyric Theatre" is where something is, and no territory
            alone = unnamed and not scene and before != ["the"] and place not in divisions
            governing = territories.standing_for(place) if alone else territories.governing(place)
            if governing is None or (full and governing not in full and times[mention.entity] < _KEEPS_NAMING):
                continue  # "a Northshire village", "Careful Ltd, of Northby", where another authority has its name
            entity = governing
            weight *= _PLACE_VOTE * (_SCENE_VOTE if scene else 1.0)
        votes[entity.type or ""][entity] += weight  # type: ignore[assignment]
        first.setdefault(entity.type or "", {}).setdefault(entity, mention.start)
    for type_, starts in first.items():
        entity, start, *others = next(iter(starts)), *starts.values()
        # but of two that one sentence names neither is the first
        if not others or _SENTENCE_END.search(document.text, start, others[0]):
            votes[type_][entity] += _FIRST_VOTE  # type: ignore[assignment]
    every = Counter({e: n for t in lexicon.subjects for e, n in votes.get(t, {}).items()})
    # A firm, a school or a charity may be what a text is about, but none of those a register has: they audit.
    rivals = sorted(lexicon.judged.difference(lexicon.subjects))
    every.update({e: n * _RIVAL_VOTE for t in rivals for e, n in votes.get(t, {}).items() if e.id is None})
    found = {type_: best for type_, counts in votes.items() if (best := _outstanding(counts)) is not None}
    for type_, count in _nouns(document.text, lexicon).items():
        if type_ in lexicon.subjects and type_ in found:
            every[found[type_]] += _NOUN_VOTE * count  # type: ignore[assignment]
    if (best := _outstanding(every)) is not None and (
        best.type not in rivals or not _speaks_of_another(document, lexicon)
    ):
        found[""] = best
    return found


def _speaks_of_another(document: Document, lexicon: Lexicon) -> bool:
    """Whether a text keeps speaking of "the Council" without its name: then it is about no firm that it names."""
    return _nouns(document.text.lower(), lexicon)[lexicon.governs or ""] >= _KEEPS_ON


def _is_brief(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether a name is what an office has to do with: "the Director of Place"."""
    before = text[max(0, start - _LONGEST) : start].lower().split()[-2:]
    return len(before) == 2 and before[1] == "of" and before[0] in lexicon.vague_heads


def _is_division(text: str, place: str, lexicon: Lexicon) -> bool:
    """Whether the text makes a place part of another: "Millfields ward", "the by-election in Millfields"."""
    before, behind = _beside_divisions(lexicon.divisions)
    return bool(lexicon.divisions) and any(
        before.search(text[max(0, found.start() - _LONGEST) : found.start()]) or behind.match(text, found.end())
        for found in re.finditer(re.escape(place), text)
    )


_LONGEST = 60  # characters of a division's name and preposition


@lru_cache(maxsize=4)
def _beside_divisions(names: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Before and behind a place that is a division: compiled once, not for each place."""
    words = "|".join(sorted(names))
    return re.compile(rf"\b(?i:{words}) (?:in|of|for) \Z"), re.compile(rf" (?i:{words})\b")


def _nouns(text: str, lexicon: Lexicon) -> Counter[str]:
    """How often a text says "the council", "its force": for each type of body its own common nouns."""
    found: Counter[str] = Counter()
    for match in _NOUN.finditer(text):
        for noun in lexicon.nominals.get(match[1]):
            if len(noun.types) == 1:
                found[noun.types[0]] += 1
    return found


def _outstanding(counts: Counter[Entity]) -> Entity | None:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].text))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]):
        return None
    return ranked[0][0]

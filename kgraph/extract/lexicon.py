"""The words by which a domain's texts name things: registers, kinds of body, roles and titles, made ready for matching.

Everything here is read from the ontology folder: `registers/*.csv`, `registers/references.yaml` and
`registers/roles.yaml`, whose formats are described in those files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from kgraph.extract.words import Word, fold, words
from kgraph.registers import Entry, Registers, load_registers
from kgraph.yamlfile import load_yaml

Key = tuple[str, ...]
ARTICLES = frozenset(("the", "a", "an"))
POSSESSIVES = frozenset(("its", "their", "our", "his", "her", "my", "your", "whose"))
T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases with what they stand for; finds the longest that begins at a word. Matching folds case and type."""

    def __init__(self, items: Iterable[tuple[str, T]]) -> None:
        self._values: dict[Key, list[T]] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, value in items:
            key = phrase_key(phrase)
            if key:
                self._values.setdefault(key, []).append(value)
                lengths.setdefault(key[0], set()).add(len(key))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def longest(self, line: Sequence[Word], at: int) -> tuple[int, list[T]]:
        """Number of words of the longest phrase that begins at line[at], and its values; (0, []) for none."""
        return next(self.all(line, at), (0, []))

    def all(self, line: Sequence[Word], at: int) -> Iterator[tuple[int, list[T]]]:
        """Every phrase that begins at line[at], longest first; none behind the line's end."""
        lengths = self._lengths.get(line[at].folded) if at < len(line) else None
        return self._beginning(line, at, lengths) if lengths is not None else iter(())

    def _beginning(self, line: Sequence[Word], at: int, lengths: Sequence[int]) -> Iterator[tuple[int, list[T]]]:
        for length in lengths:
            found = self._values.get(tuple([w.folded for w in line[at : at + length]]))
            if found and at + length <= len(line):
                yield length, found

    def get(self, phrase: str) -> list[T]:
        return self._values.get(phrase_key(phrase), [])


def phrase_key(phrase: str) -> Key:
    return tuple(w.folded for w in words(phrase))


@dataclass(frozen=True, slots=True)
class Title:
    """A form of address. `kept`: an honour that belongs to the name ("Dame"); `role`: the office it states ("Cllr")."""

    kept: bool = False
    role: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A party as texts name it. `name` is kept where a document only has an attribute ("Tory")."""

    name: str
    type: str
    id: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun for bodies ("authority").

    types   of body that it may stand for
    kinds   the nouns for a kind of body that the name of one it stands for may have itself; empty for any
    named   stands only for one whose name has such a noun ("the board")
    broad   stands for so many kinds of body that it takes no noun beside it: no "parent company"
    area    also the place ("in the county")
    telling says of a name of any kind that it is a body's ("the firm")
    recent  of several that it may stand for it means the one spoken of, rather than the one the text is about
    """

    types: tuple[str, ...]
    kinds: frozenset[str] = frozenset()
    named: bool = False
    broad: bool = False
    area: bool = False
    telling: bool = False
    recent: bool = False


@dataclass(frozen=True, slots=True)
class RoleHead:
    """The last word of a role's name ("officer").

    name            how the role is written ("chair" for "chairman")
    types           the types of body that have it; empty for any
    needs           words of which one must stand before it ("cabinet member")
    representative  what follows is whom it represents and not part of the role ("councillor for Northgate")
    unowned         belongs to no body that the text would be about ("minister")
    placed          a calling, and an office only where the text says with whom ("the trust's consultant")
    elsewhere       words before it that make it an office of an establishment ("registered manager")
    """

    name: str
    types: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    representative: bool = False
    unowned: bool = False
    placed: bool = False
    elsewhere: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Contests:
    """Contests for an office. A document with one of the `names` tells of one; a sentence with one of the `signs` tells
    who stands in it, or how they did; `votes` is what the number behind a name counts."""

    office: str
    body: str
    votes: str
    names: frozenset[str]
    signs: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """The words of one ontology. Types are entity types of the ontology; single words are in lower case.

    names, places     of registers, with the register's own spelling beside the entry; `other_places` govern nothing
    parties           words that stand for a party
    body_heads        last words of proper names of bodies → types; `body_openers`, first words of such names → type
    organs            lower-case heads of a body's own organs → type; `lone` need no modifier, `owned` need their owner;
                      organs with a `shared` word may belong to several bodies
    nominals          common nouns that refer back; behind one of `other_kinds` they mean another body
    kinds             nouns for a kind of body that names of bodies have
    part_types        common nouns for what belongs to a larger body → type
    services          names of services
    office_reach      what happens to office-holders → how far from there their unsaid office may stand: "sentence",
                      "before" (the sentence before too), "opening" (of the story, too); not one of `vague_heads` alone
    forenames         given names; `sexes`, those that are nearly always a woman's ("f") or a man's ("m")
    governs           type of body that a place stands for; `territory_kinds`, words for its kinds in its name
    possessions       what bodies have, and places have not ("Northby's accounts")
    divisions         words that make a place a part of the area of one that stands for a body
    subjects          types of body that a document can be about; `judged`, that formal judgements are of
    establishments    nouns for what is judged in its own right, and not as part of the body a document is about
    named_establishments  nouns beside which a name is that of an establishment → its type
    houses            nouns for establishments that are named as houses are
    house_endings     last words of such names
    establishment_types   types of body that are judged in their own right
    legal_forms       what a company's name may end in that is left out when it is named again
    contests          contests for an office, whose candidates are named with their parties
    letters           behind a name → the office that they state
    partisans         nouns for those who belong to the party that is named before them ("activist")
    firms             plural nouns for what a firm does, before its name
    """

    names: Phrases[tuple[str, Entry]]
    places: Phrases[tuple[str, Entry]]
    other_places: Phrases[str]
    parties: Phrases[Party]
    party_abbreviations: frozenset[str]
    everyday_parties: frozenset[str]
    group_words: frozenset[str]
    body_heads: Phrases[str]
    body_words: frozenset[str]
    body_openers: Phrases[str]
    organ_types: Mapping[str, str]
    lone_organs: frozenset[str]
    owned_organs: frozenset[str]
    shared_organs: frozenset[str]
    no_organs: frozenset[str]
    nominals: Phrases[Noun]
    kinds: frozenset[str]
    other_kinds: frozenset[str]
    part_types: Mapping[str, str]
    services: Phrases[str]
    service_type: str
    subjects: frozenset[str]
    governs: str
    territory_kinds: frozenset[str]
    possessions: Phrases[str]
    divisions: frozenset[str]
    judged: frozenset[str]
    establishments: frozenset[str]
    named_establishments: Phrases[str]
    houses: Phrases[str]
    house_endings: frozenset[str]
    establishment_types: frozenset[str]
    legal_forms: frozenset[str]
    firms: frozenset[str]
    titles: Mapping[str, Title]
    honours: frozenset[str]
    callings: frozenset[str]
    role_heads: Mapping[str, RoleHead]
    role_modifiers: frozenset[str]
    role_statuses: Mapping[str, str]
    role_statuses_after: Mapping[str, str]
    role_dropped: frozenset[str]
    fixed_roles: Phrases[str]
    role_owners: frozenset[str]
    role_verbs: Mapping[str, str]
    role_offices: Mapping[str, str]
    posts: frozenset[str]
    briefs: Mapping[str, str]
    seats: Mapping[str, str]
    ballots: frozenset[str]
    office_reach: Mapping[str, str]
    vague_heads: frozenset[str]
    kin: Mapping[str, Mapping[str, str]]
    relatives: frozenset[str]
    topics: Mapping[str, frozenset[str]]
    governors: Mapping[str, Sequence[str]]
    contests: Contests | None
    partisans: frozenset[str]
    letters: Mapping[str, str]
    forenames: frozenset[str]
    sexes: Mapping[str, str]

    def role_at(self, line: Sequence[str], at: int = 0) -> bool:
        """Whether a role's name begins at a word (in lower case): words that may stand before a head, then a head."""
        for word in line[at : at + 5]:
            if word in self.role_heads and not (self.role_heads[word].needs and word == line[at]):
                return True
            if word not in self.role_modifiers and word not in self.role_statuses and word not in self.role_dropped:
                return False
        return False

    def role_goes_on(self, line: Sequence[str]) -> bool:
        """Whether the first word, that may be a head itself, stands before another: CHIEF of "chief executive"."""
        for at, word in enumerate(line[1:5], 1):
            head = self.role_heads.get(word)
            if head is not None and (not head.needs or any(w in head.needs for w in line[:at])):
                return True
            if word not in self.role_modifiers:
                return False
        return False

    def party_of_group(self, group: str) -> Party | None:
        """The party that a group is called after: of "the Labour group" Labour."""
        name, _, last = group.rpartition(" ")
        return next(iter(self.parties.get(name)), None) if last.lower() in self.group_words else None

    def governing(self, place: str) -> Entry | None:
        """The one authority that governs the territory of this name, if it is one."""
        entries = {e.id: e for _, e in self.places.get(place)}
        return next(iter(entries.values())) if len(entries) == 1 else None


@lru_cache(maxsize=4)
def load_lexicon(folder: Path) -> Lexicon:
    """Reads an ontology folder. Parts that it does not have are empty."""
    registers = load_registers(folder / "registers")
    data = _yaml(folder / "registers" / "references.yaml")
    bodies = [(head, type_) for type_, heads in data.get("bodies", {}).items() for head in heads]
    organs = data.get("organs", {})
    services = data.get("services", {})
    parties = _parties(data.get("parties", {}), registers)
    brackets = frozenset(b for p in data.get("parties", {}).values() for b in p.get("brackets", ()))
    roles = _yaml(folder / "registers" / "roles.yaml")
    heads = {head: _role_head(head, row) for head, row in roles.get("heads", {}).items()}
    return Lexicon(
        names=Phrases((name, (name, entry)) for name, entry in registers.names()),
        places=Phrases((place, (place, entry)) for place, entry in registers.places()),
        other_places=Phrases((place, place) for place in data.get("places", ())),
        parties=Phrases(parties),
        party_abbreviations=brackets,
        everyday_parties=frozenset(fold(w) for w in data.get("everyday", ())),
        group_words=frozenset(fold(w) for w in data.get("groups", ())),
        body_heads=Phrases(bodies),
        body_openers=Phrases((w, t) for t, found in data.get("openers", {}).items() for w in found),
        body_words=frozenset(phrase_key(head)[-1] for head, _ in bodies).difference(
            map(str.lower, data.get("topics", ()))
        ),
        organ_types={h: t for t, o in organs.items() for h in (*o["heads"], *o["alone"], *o["owned"])},
        lone_organs=frozenset(h for o in organs.values() for h in o["alone"]),
        owned_organs=frozenset(h for o in organs.values() for h in o["owned"]),
        shared_organs=frozenset(w for o in organs.values() for w in o.get("shared", ())),
        no_organs=frozenset(w for o in organs.values() for w in o.get("things", ())),
        nominals=Phrases((noun, _noun(row)) for row in data.get("nominals", ()) for noun in row["nouns"]),
        kinds=frozenset(w for row in data.get("nominals", ()) for w in (*row["nouns"], *row.get("kinds", ()))),
        other_kinds=frozenset(data.get("others", ())),
        part_types={noun: type_ for type_, nouns in data.get("parts", {}).items() for noun in nouns},
        services=Phrases((name, name) for name in services.get("names", ())),
        service_type=services.get("type", ""),
        subjects=frozenset(data.get("subjects", ())),
        governs=data.get("governs", ""),
        territory_kinds=frozenset(data.get("territory_kinds", ())),
        possessions=Phrases((noun, noun) for noun in data.get("possessions", ())),
        divisions=frozenset(data.get("divisions", ())),
        judged=frozenset(data.get("judged", ())),
        establishments=frozenset(data.get("establishments", ())),
        named_establishments=Phrases(
            (noun, type_) for type_, nouns in data.get("named_establishments", {}).items() for noun in nouns
        ),
        houses=Phrases((noun, noun) for noun in data.get("houses", {}).get("nouns", ())),
        house_endings=frozenset(data.get("houses", {}).get("endings", ())),
        establishment_types=frozenset(data.get("establishment_types", ())),
        legal_forms=frozenset(data.get("legal_forms", ())),
        firms=frozenset(data.get("firms", ())),
        titles=_titles(roles.get("titles", {}), heads),
        honours=frozenset(roles.get("honours", ())),
        callings=frozenset(roles.get("callings", ())),
        role_heads=heads,
        role_modifiers=frozenset(roles.get("pre", ())) - POSSESSIVES,
        role_statuses=roles.get("status", {}),
        role_statuses_after=roles.get("status_after", {}),
        role_dropped=frozenset(roles.get("dropped", ())) - POSSESSIVES - ARTICLES,
        fixed_roles=Phrases((role, role) for role in roles.get("fixed", ())),
        role_owners=frozenset(data.get("role_owners", ())),
        role_verbs=data.get("role_verbs", {}),
        role_offices=data.get("role_offices", {}),
        posts=frozenset(data.get("posts", ())),
        briefs=data.get("briefs", {}),
        seats=data.get("seats", {}),
        ballots=frozenset(data.get("ballots", ())),
        office_reach={word: zone for zone, words in data.get("office_reach", {}).items() for word in words},
        vague_heads=frozenset(data.get("vague_heads", ())),
        kin=data.get("kin", {}),
        topics={word.lower(): frozenset(others) for word, others in data.get("topics", {}).items()},
        relatives=frozenset(data.get("relatives", ())),
        governors=data.get("governors", {}),
        contests=_contests(roles.get("contests")),
        partisans=frozenset(roles.get("partisans", ())),
        letters=roles.get("letters", {}),
        forenames=frozenset(fold(line) for line in _lines(folder / "registers" / "given-names.txt")),
        sexes={
            fold(n): s for n, _, s in (x.partition("\t") for x in _lines(folder / "registers" / "given-names-sex.tsv"))
        },
    )


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").split("\n") if line] if path.exists() else []


def _yaml(path: Path) -> dict[str, Any]:
    return (load_yaml(path) or {}) if path.exists() else {}


def _parties(data: Mapping[str, Mapping[str, Any]], registers: Registers) -> list[tuple[str, Party]]:
    found = []
    for name, row in data.items():
        names = (name, *row.get("names", ()))
        entry = next((e[0] for n in names if len(e := registers.lookup(n, types=("party",))) == 1), None)
        party = Party(name, row.get("type", "party"), entry.id if entry else None, names)
        found += [(word, party) for word in {*names, *row.get("attributes", ()), *row.get("brackets", ())}]
    return sorted(found, key=lambda f: f[0])


def _contests(row: Mapping[str, Any] | None) -> Contests | None:
    if row is None:
        return None
    return Contests(row["office"], row["body"], row["votes"], frozenset(row["names"]), frozenset(row["signs"]))


def _noun(row: Mapping[str, Any]) -> Noun:
    flags = {flag: row.get(flag, False) for flag in ("named", "broad", "area", "telling", "recent")}
    return Noun(tuple(row["types"]), frozenset(row.get("kinds", ())), **flags)


def _role_head(head: str, row: Mapping[str, Any]) -> RoleHead:
    return RoleHead(
        row.get("as", head),
        frozenset(row.get("types", ())),
        frozenset(row.get("needs", ())),
        row.get("representative", False),
        not row.get("own", True),
        row.get("placed", False),
        frozenset(row.get("elsewhere", ())),
    )


def _titles(rows: Mapping[str, Mapping[str, Any]], heads: Mapping[str, RoleHead]) -> dict[str, Title]:
    """Forms of address. Titles of offices that one person holds ("Mayor") are read as roles before a name instead."""
    titles = {}
    for word, row in rows.items():
        role = row.get("role", "")
        if not role or (role in heads and heads[role].representative):
            titles[word] = Title(row.get("kept", False), role)
    return titles

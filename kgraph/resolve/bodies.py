"""Bodies that their names identify wherever they stand: companies, inspectorates, councils that no register has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kgraph.ontology import Ontology
from kgraph.registers import Entry, normalise
from kgraph.resolve.evidence import Evidence, Gathered
from kgraph.resolve.joining import Joiner, alike
from kgraph.resolve.judgements import Key
from kgraph.resolve.naming import Naming

# Of different bodies that share a name, at most so many are compared each with each.
_MOST = 12


def registered(gathered: Gathered, ontology: Ontology, published: Mapping[str, str | None]) -> dict[Key, Key]:
    """Names of bodies with the one entry of the registers that bears each, at the document's date where several did.

    Entries that no document names by their id are added to the evidence.
    """
    naming, types = Naming.load(ontology.folder), kinds_of(ontology)
    found: dict[Key, Key] = {}
    for key in list(gathered.evidence):
        if key.id or key.type not in naming.unique:
            continue
        on = published.get(key.document)
        entries = ontology.registers.lookup(key.name, on, types[key.type])
        if not entries and key.type in naming.local:
            place, kinds = naming.place(key.name)
            entries = ontology.registers.lookup(place, on, types[key.type])
            entries = tuple(entry for entry in entries if kinds <= _kinds(entry, naming))
        if len(entries) == 1:
            found[key] = Key(entries[0].id)
            gathered.evidence.setdefault(found[key], Evidence())
    return found


def _kinds(entry: Entry, naming: Naming) -> frozenset[str]:
    """All words for the kind of body that a register's names of it have."""
    return frozenset().union(*(naming.place(normalise(name))[1] for name in (entry.name, *entry.aliases)))


def kinds_of(ontology: Ontology) -> dict[str, list[str]]:
    """Each entity type with those that an entity of it may have as well."""
    return {one: [other for other in ontology.types if alike(ontology, one, other)] for one in ontology.types}


def join_registered(joiner: Joiner, found: Mapping[Key, Key]) -> None:
    for key in sorted(found):
        joiner.join(found[key], key, f"register: of such bodies only {joiner.title(found[key])} bears the name")


def join_bodies(joiner: Joiner, bodies: Sequence[Key]) -> None:
    """Joins bodies of one name. Whatever they are joined or not by is decided within blocks of one name."""
    places: dict[str, list[Key]] = defaultdict(list)
    names: dict[str, list[Key]] = defaultdict(list)
    for key in bodies:
        if joiner.root(key).id:
            continue
        if joiner.is_local(key):
            places[joiner.naming.place(key.name)[0]].append(key)
        else:
            names[joiner.naming.body(key.name)].append(key)
    for place in sorted(places):
        _join_local(joiner, places[place])
    for name in sorted(names):
        _join_named(joiner, name, names[name])


def _join_local(joiner: Joiner, bodies: Sequence[Key]) -> None:
    """Bodies of one place: one by the words for their kind, or if less is said the only one it fits."""
    kinds: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for key in bodies:
        kinds[key.type, *sorted(joiner.naming.place(key.name)[1])].append(key)
    heads: dict[tuple[str, ...], Key] = {}
    for kind in sorted(kinds, key=lambda kind: (-len(kind), kind)):
        first, *others = kinds[kind]
        for other in others:
            joiner.join(first, other, "the same full name" if len(kind) > 1 else "the same name")
        fuller = [head for words, head in heads.items() if set(kind) <= set(words)]
        if len(fuller) == 1:
            joiner.join(fuller[0], first, "the same name, here with fewer of the words for its kind")
        else:
            for head in list(heads.values())[:_MOST]:
                if head in fuller:
                    joiner.decide(head, first, "doubtful", "the same place, but several bodies it may be")
                else:
                    joiner.decide(head, first, "refused", "the same place, but another kind of body")
            heads[kind] = first


def _join_named(joiner: Joiner, name: str, bodies: Sequence[Key]) -> None:
    """Bodies of one name, whatever their legal form. A name of one word does only in documents about the same body."""
    heads: list[Key] = []
    for key in bodies:
        if " " not in name and not any(text[:1].isupper() for text in joiner.evidence[key].names):
            continue  # a common noun
        for head in heads[:_MOST]:
            reason = _one(joiner, name, head, key)
            if reason and joiner.join(head, key, reason):
                break
        else:
            for head in heads[:_MOST]:
                if alike(joiner.ontology, head.type, key.type):
                    why = "the same name of one word, in documents about different bodies"
                    joiner.decide(head, key, "doubtful", why)
                else:
                    joiner.decide(head, key, "refused", f"the same name, but {head.type} and {key.type}")
            heads.append(key)


def _one(joiner: Joiner, name: str, head: Key, key: Key) -> str | None:
    if not alike(joiner.ontology, head.type, key.type):
        return None
    if " " in name:
        return "the same full name" if head.name == key.name else "the same name but for its legal form"
    about = [joiner.roots(joiner.about.get(k.document, ())) - {joiner.root(k)} for k in (head, key)]
    common = about[0] & about[1]
    return f"the same name, in documents about {joiner.title(min(common))}" if common else None

"""Bodies that their names identify wherever they stand: companies, inspectorates, councils that no register has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kgraph.resolve.joining import Joiner
from kgraph.resolve.judgements import Key

# Of different bodies that share a name, at most so many are compared each with each.
_MOST = 12


def join_registered(joiner: Joiner, bodies: Sequence[Key], published: Mapping[str, str | None]) -> None:
    """A body is the one entry of the registers that bears its name, at the document's date where several did."""
    registers = joiner.ontology.registers
    present = {key.id for key in joiner.keys if key.id}
    for key in bodies:
        types = [name for name in joiner.ontology.types if joiner.alike(key.type, name)]
        entries = registers.lookup(key.name, published.get(key.document), types)
        if len(entries) == 1 and entries[0].id in present:
            joiner.join(Key(entries[0].id), key, f"register: of such bodies only {entries[0].name} bears the name")


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
                alike = joiner.alike(head.type, key.type)
                why = "of one word, in documents about different bodies" if alike else f"but {head.type} and {key.type}"
                joiner.decide(head, key, "doubtful" if alike else "refused", f"the same name, {why}")
            heads.append(key)


def _one(joiner: Joiner, name: str, head: Key, key: Key) -> str | None:
    if not joiner.alike(head.type, key.type):
        return None
    if " " in name:
        return "the same full name" if head.name == key.name else "the same name but for its legal form"
    about = [joiner.roots(joiner.about.get(k.document, ())) - {joiner.root(k)} for k in (head, key)]
    common = about[0] & about[1]
    return f"the same name, in documents about {joiner.title(min(common))}" if common else None

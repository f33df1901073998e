"""Which mentions are the same entity, across documents.

By evidence only, and rather two nodes than one too many:

* the same identifier of a register is the same entity;
* within a document the same name of the same type is one entity;
* across documents the same name of at least two words is one entity where a registered body stands beside it in a
  fact of each ("Ann Other" of one council, or of one inspectorate); types whose bodies tell people apart are marked
  `context` in the ontology.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kgraph.facts import Entity, Fact
from kgraph.graph.terms import digest, slug
from kgraph.ontology import Ontology
from kgraph.registers import Entry, normalise


@dataclass(frozen=True, slots=True)
class Resolved:
    """An entity of the graph.

    key    the path of its IRI below the base IRI
    name   the name to show: the register's, or the most frequent in the documents
    names  all other names in the documents and the register
    entry  its row in a register, if it has an id there
    """

    key: str
    name: str
    type: str | None
    id: str | None = None
    names: tuple[str, ...] = ()
    entry: Entry | None = None


_Local = tuple[str, str, str, str]  # document, type or "", normalised name, id or ""


class Resolution:
    """Answers which entity of the graph a mention stands for."""

    def __init__(self, locals_: Mapping[_Local, Resolved]) -> None:
        self._locals = locals_

    def __call__(self, document: str, entity: Entity) -> Resolved:
        """The entity of the graph. Raises KeyError for a mention that was in none of the resolved facts."""
        return self._locals[_local(document, entity)]

    def entities(self) -> list[Resolved]:
        """All entities, sorted by key."""
        return sorted({resolved.key: resolved for resolved in self._locals.values()}.values(), key=lambda r: r.key)


def resolve(facts: Iterable[Fact], ontology: Ontology) -> Resolution:
    """Entities of the facts' arguments and speakers. The order of the facts makes no difference."""
    names: dict[_Local, Counter[str]] = defaultdict(Counter)
    beside: dict[_Local, set[str]] = defaultdict(set)
    for fact in facts:
        entities = list(_entities(fact))
        for entity in entities:
            names[_local(fact.document, entity)][entity.text] += 1
        # What is denied or merely possible is no evidence of who somebody is.
        if fact.polarity == "positive" and fact.certainty == "stated":
            contexts = {e.id for e in entities if e.id and _is_context(e, ontology)}
            for entity in entities:
                beside[_local(fact.document, entity)] |= contexts - {entity.id}
    canonical = _within_documents(names)
    for local, target in canonical.items():
        if local != target:
            beside[target] |= beside.pop(local, set())
    groups = _across_documents(sorted(set(canonical.values())), beside)
    resolved: dict[_Local, Resolved] = {}
    members: dict[_Local, list[_Local]] = defaultdict(list)
    for local, target in canonical.items():
        members[groups[target]].append(local)
    for root, locals_ in members.items():
        counted: Counter[str] = Counter()
        for local in locals_:
            counted.update(names[local])
        contexts = set().union(*(beside[local] for local in locals_ if local in beside))
        one = _describe(root, counted, contexts, min(local[0] for local in locals_), ontology)
        resolved.update((local, one) for local in locals_)
    return Resolution(resolved)


def _entities(fact: Fact) -> Iterator[Entity]:
    yield from (value for value in fact.arguments.values() if isinstance(value, Entity))
    if fact.attributed_to is not None:
        yield fact.attributed_to


def _local(document: str, entity: Entity) -> _Local:
    if entity.id:
        return ("", "", "", entity.id)
    return (document, entity.type or "", normalise(entity.text) or entity.text, "")


def _is_context(entity: Entity, ontology: Ontology) -> bool:
    entry = ontology.registers.entries.get(entity.id or "")
    kind = ontology.types.get((entry.type if entry else entity.type) or "")
    return kind is not None and kind.context


def _within_documents(names: Mapping[_Local, object]) -> dict[_Local, _Local]:
    """A mention without a type joins the only typed one of its name in its document."""
    typed: dict[tuple[str, str], set[_Local]] = defaultdict(set)
    for local in names:
        if local[1]:
            typed[local[0], local[2]].add(local)
    result = {}
    for local in names:
        others = typed.get((local[0], local[2]), set())
        result[local] = next(iter(others)) if not local[1] and not local[3] and len(others) == 1 else local
    return result


def _across_documents(locals_: list[_Local], beside: Mapping[_Local, set[str]]) -> dict[_Local, _Local]:
    """Joins entities of one type and name that share a context; each maps to the first of its group."""
    parent = {local: local for local in locals_}

    def root(local: _Local) -> _Local:
        while parent[local] != local:
            parent[local] = local = parent[parent[local]]
        return local

    first: dict[tuple[str, str, str], _Local] = {}
    for local in locals_:
        if local[3] or " " not in local[2]:
            continue
        for context in sorted(beside.get(local, ())):
            a, b = root(first.setdefault((local[1], local[2], context), local)), root(local)
            parent[max(a, b)] = min(a, b)
    return {local: root(local) for local in locals_}


def _describe(root: _Local, names: Counter[str], contexts: set[str], document: str, ontology: Ontology) -> Resolved:
    _, type_name, name, register_id = root
    usual = min(names, key=lambda text: (-names[text], -len(text), text))
    if register_id:
        entry = ontology.registers.entries.get(register_id)
        shown = entry.name if entry else usual
        others = {*names, *(entry.aliases if entry else ())} - {shown}
        return Resolved(register_id, shown, entry.type if entry else None, register_id, tuple(sorted(others)), entry)
    # The first context, and not the document, so that the IRI stays when further documents come.
    mark = digest(type_name, name, min(contexts) if contexts and " " in name else f"document {document}")[:8]
    key = f"{type_name or 'entity'}/{slug(usual)}-{mark}"
    return Resolved(key, usual, type_name or None, None, tuple(sorted(set(names) - {usual})))

"""Which mentions are the same entity, across documents: by evidence, with the reason of each merge and near-merge.

Rather two nodes than one too many:

* the same identifier of a register is the same entity, and so is a body by a name that only one register entry has;
* within a document the same name of the same type is one entity;
* bodies of a kind that names tell apart (companies, inspectorates) are one wherever the same full name stands;
* people, committees and the like are one by the same full name and the same body: best where they belong to it, then
  where it stands beside them in a fact, last where both documents are about it. People of one name who belong to
  different bodies stay two;
* initials, short forms of given names and a surname alone need a further piece of evidence beside the body: the same
  post, or the same party or group; and nobody else whom they could mean;
* what a person has judged goes before all evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kgraph.facts import Entity, Fact
from kgraph.identifiers import digest, slug
from kgraph.ontology import Ontology
from kgraph.registers import Entry, Registers
from kgraph.resolve.bodies import join_bodies, join_registered, registered
from kgraph.resolve.evidence import gather
from kgraph.resolve.joining import Decision, Joiner, join_within_documents
from kgraph.resolve.judgements import Judgement, Key
from kgraph.resolve.members import join_members

__all__ = ["Decision", "Resolution", "Resolved", "resolve", "with_successors"]


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


class Resolution:
    """Answers which entity of the graph a mention stands for, and why.

    decisions  every merge, refusal and doubt, sorted by their pairs
    """

    def __init__(self, resolved: Mapping[Key, Resolved], decisions: Sequence[Decision]) -> None:
        self._resolved = resolved
        self.decisions = tuple(decisions)

    def __call__(self, document: str, entity: Entity) -> Resolved:
        """The entity of the graph. Raises KeyError for a mention that was in none of the resolved facts."""
        return self._resolved[Key.of(document, entity)]

    def of(self, key: Key) -> Resolved:
        """The entity of the graph for a key of a decision or a judgement. Raises KeyError for one that is not there."""
        return self._resolved[key]

    def keys(self) -> Iterable[Key]:
        """All keys, each an entity as one document or the registers name it."""
        return self._resolved.keys()

    def entities(self) -> list[Resolved]:
        """All entities, sorted by key."""
        return sorted({resolved.key: resolved for resolved in self._resolved.values()}.values(), key=lambda r: r.key)


def resolve(
    facts: Iterable[Fact],
    ontology: Ontology,
    *,
    judgements: Iterable[Judgement] = (),
    published: Mapping[str, str | None] | None = None,
) -> Resolution:
    """Entities of the facts' arguments and speakers. The order of the facts makes no difference.

    `published` maps a document's id to its date (EDTF), which decides between entities of a register that bore one
    name at different times. Judgements on keys that no fact names are without effect.
    """
    gathered = gather(facts, ontology)
    by_register = registered(gathered, ontology, published or {})
    joiner = Joiner(gathered, ontology)
    joiner.judge(tuple(judgements))
    join_within_documents(joiner)
    join_registered(joiner, by_register)
    join_bodies(joiner, [key for key in joiner.keys if not key.id and key.type in joiner.naming.unique])
    join_members(joiner)
    found = _describe(joiner)
    decisions = (
        decision for decision in joiner.decisions.values() if decision.one in found and decision.other in found
    )
    return Resolution(found, sorted(decisions))


def with_successors(entities: Iterable[Resolved], registers: Registers) -> list[Resolved]:
    """These entities, and those that by the registers took over from them, directly or not. Sorted by key."""
    found = {entity.key: entity for entity in entities}
    waiting = list(found.values())
    while waiting:
        entry = waiting.pop().entry
        for successor in entry.replaced_by if entry else ():
            if successor not in found:
                new = registers.entries[successor]
                found[successor] = Resolved(new.id, new.name, new.type, new.id, tuple(sorted(new.aliases)), new)
                waiting.append(found[successor])
    return [found[key] for key in sorted(found)]


def _describe(joiner: Joiner) -> dict[Key, Resolved]:
    found: dict[Key, Resolved] = {}
    taken: set[str] = set()
    for members in joiner.groups():
        if not any(joiner.evidence[key].names for key in members):
            continue  # an entry of a register that a judgement has parted from all that bears its name
        one = _entity(joiner, members, taken)
        taken.add(one.key)
        found.update((key, one) for key in members)
    return found


def _entity(joiner: Joiner, members: Sequence[Key], taken: set[str]) -> Resolved:
    names: Counter[str] = Counter()
    for key in members:
        names.update(joiner.evidence[key].names)
    usual = min(names, key=lambda text: (-names[text], -len(text), text))
    root = members[0]
    if root.id:
        entry = joiner.entry(root)
        shown = entry.name if entry else usual
        others = {*names, *(entry.aliases if entry else ())} - {shown}
        return Resolved(root.id, shown, entry.type if entry else None, root.id, tuple(sorted(others)), entry)
    type_name = _type(joiner, members)
    name = _name(joiner, members)
    mark = (type_name, name, _context(joiner, members))
    iri = f"{type_name or 'entity'}/{slug(name)}-{digest(*mark)[:8]}"
    if iri in taken:  # the evidence cannot tell them apart, but a judgement does
        iri = f"{type_name or 'entity'}/{slug(name)}-{digest(*mark, root.document)[:8]}"
    return Resolved(iri, usual, type_name or None, None, tuple(sorted(set(names) - {usual})))


def _type(joiner: Joiner, members: Sequence[Key]) -> str:
    """The most telling type, then the most frequent."""
    counts = Counter(key.type for key in members if key.type)
    return min(counts, key=lambda t: (-len(joiner.ontology.lineage(t)), -counts[t], t), default="")


# What an IRI is made from must be what further documents are least likely to change.


def _name(joiner: Joiner, members: Sequence[Key]) -> str:
    """The normalised name that most documents have; of a body without its legal form."""
    naming = joiner.naming
    people = members[0].type in naming.people
    counts = Counter(naming.person(key.name) if people else naming.body(key.name) for key in members)
    return min(counts, key=lambda name: (-counts[name], -len(name), name))


def _context(joiner: Joiner, members: Sequence[Key]) -> str:
    """What else an entity is told by: the body of which most documents say that it belongs to it, or else name it
    with it; where there is none, the first document."""
    root = members[0]
    if root.type in joiner.naming.unique and " " in root.name:
        return ""
    if " " in root.name:
        evidence = [joiner.evidence[key] for key in members]
        for bodies in ([joiner.own(e) for e in evidence], [joiner.roots(e.beside) for e in evidence]):
            counts = Counter(body for found in bodies for body in found if body != root)
            if counts:
                body = min(counts, key=lambda body: (-counts[body], body))
                # Of a local body its place: further documents may well say more of its kind.
                return body.id or (joiner.naming.place(body.name)[0] if joiner.is_local(body) else body.name)
    return f"document {root.document}"

"""What documents say of an entity that tells who it is: its names, the bodies beside it, its posts and groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass, field

from kgraph.facts import Entity, Fact
from kgraph.ontology import Ontology, Relation
from kgraph.resolve.judgements import Key

_BODY = "http://www.w3.org/ns/org#organization"
_NONE: Set[Key] = frozenset()
_NO_POSTS: Set[tuple[str, Key]] = frozenset()


@dataclass(slots=True)
class Evidence:
    """What one document says of one entity, or all documents of one that a register knows.

    names   as documents write it, with how often
    beside  bodies that stand with it in a fact; not gathered of what a register knows
    posts   (role, body) that it has; of a mere member the role is ""
    """

    names: dict[str, int] = field(default_factory=dict)
    beside: Set[Key] = _NONE
    posts: Set[tuple[str, Key]] = _NO_POSTS

    @property
    def weight(self) -> int:
        """How often documents speak of it."""
        return sum(self.names.values())


@dataclass(frozen=True, slots=True)
class Gathered:
    """All evidence, and for each document the bodies of whom it states something."""

    evidence: dict[Key, Evidence]
    about: dict[str, Set[Key]]


def gather(facts: Iterable[Fact], ontology: Ontology) -> Gathered:
    """Reads the facts once; they may be an iterator. Which bodies count as evidence, types with `context` say."""
    evidence: dict[Key, Evidence] = defaultdict(Evidence)
    about: dict[str, Set[Key]] = defaultdict(frozenset)
    memberships = {name: _memberships(relation) for name, relation in ontology.relations.items()}
    counts = {name for name, kind in ontology.types.items() if kind.context}
    entries = ontology.registers.entries
    for fact in facts:
        named = {name: Key.of(fact.document, e) for name, e in fact.arguments.items() if isinstance(e, Entity)}
        entities = [(named[name], e) for name, e in fact.arguments.items() if isinstance(e, Entity)]
        if fact.attributed_to is not None:
            entities.append((Key.of(fact.document, fact.attributed_to), fact.attributed_to))
        for key, entity in entities:
            names = evidence[key].names
            names[entity.text] = names.get(entity.text, 0) + 1
        # What is denied or merely possible is no evidence of who somebody is.
        if fact.polarity != "positive" or fact.certainty != "stated":
            continue
        bodies = {key for key, e in entities if (entries[key.id].type if key.id in entries else e.type) in counts}
        if bodies:
            if not bodies <= about[fact.document]:
                about[fact.document] |= bodies
            for key, _ in entities:
                if not key.id and not bodies <= evidence[key].beside:
                    evidence[key].beside |= bodies - {key}
        for name, body, role in memberships[fact.relation]:
            if name in named and body in named:
                said = fact.arguments[role] if role in fact.arguments and role not in named else role
                evidence[named[name]].posts |= {(str(said).casefold(), named[body])}
    return Gathered(evidence, about)


def _memberships(relation: Relation) -> list[tuple[str, str, str]]:
    """The arguments of a relation that say who belongs to which body, and as what: member, body, and the argument that
    names the role, or "", or of who belongs without a post the name of the member's argument."""
    found = [(member, body, member) for member, body in relation.rdf.belongs.items()]
    body = next((name for name, property_ in relation.rdf.properties.items() if property_ == _BODY), None)
    if body is not None:
        specs = relation.arguments
        keys = {name for node in relation.rdf.nodes for name in node.key}
        role = next((name for name in sorted(keys) if specs[name].kind == "text"), "")
        found += [(n, body, role) for n, spec in specs.items() if spec.kind == "entity" and spec.required and n != body]
    return found

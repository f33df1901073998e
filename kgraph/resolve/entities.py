"""Which mentions are the same entity, across documents: by evidence, with the reason of each merge and near-merge.

Rather two nodes than one too many:

* the same identifier of a register is the same entity, and so is a body by a name that only one register entry has;
* within a document the same name of the same type is one entity;
* bodies of a kind that names tell apart (companies, inspectorates) are one wherever the same full name stands;
* people, committees and the like are one by the same full name and the same body: best where they belong to it, then
  where it stands beside them in a fact, last where both documents are about it. People of one name who belong to
  different bodies stay two;
* initials, short forms of given names, middle names and a surname alone need a further piece of evidence beside the
  body: the same post, or the same party or group; and nobody else whom they could mean;
* what a person has judged goes before all evidence.

Names are compared only within blocks that share a name, or a surname and a body, so that the cost grows with the
number of names and not with that of pairs (blocking: Papadakis et al. 2020, https://doi.org/10.1145/3377455).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from kgraph.facts import Entity, Fact
from kgraph.graph.terms import ORG, digest, slug
from kgraph.ontology import Ontology, Relation
from kgraph.registers import Entry
from kgraph.resolve.clusters import Clusters
from kgraph.resolve.judgements import Judgement, Key
from kgraph.resolve.naming import Naming

Outcome = Literal["merged", "refused", "doubtful"]

_BODY = ORG + "organization"

# Of the groups that share a name, or a surname and a body, at most so many are compared each with each.
_MOST_COMPARED = 12


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


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """What was made of two entities that might be one.

    merged    they are one, for these reasons
    refused   they bear names that may be one's, but the evidence says two
    doubtful  the evidence does not say; they are left two. These are worth a person's time
    weight    how often documents speak of the two: what a wrong decision would spoil
    """

    one: Key
    other: Key
    outcome: Outcome
    reasons: tuple[str, ...]
    weight: int = field(default=0, compare=False)


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
    return _Resolver(_gather(facts, ontology), ontology, published or {}).resolve(tuple(judgements))


# --- what the facts say of each ----------------------------------------------------------------------------


@dataclass(slots=True)
class _Evidence:
    """What documents say of one entity as one of them, or a register, names it.

    names    as documents write it, with how often
    beside   positions of bodies in the same facts
    own      positions of bodies in which it has a post
    posts    (role, position of the body) that it has, or ("", position) of a group it belongs to
    """

    names: dict[str, int] = field(default_factory=dict)
    beside: set[Key] = field(default_factory=set)
    own: set[Key] = field(default_factory=set)
    posts: set[tuple[str, Key]] = field(default_factory=set)

    @property
    def weight(self) -> int:
        return sum(self.names.values())


@dataclass(slots=True)
class _Gathered:
    evidence: dict[Key, _Evidence]
    about: dict[str, set[Key]]  # document → bodies that it speaks of as facts


def _gather(facts: Iterable[Fact], ontology: Ontology) -> _Gathered:
    evidence: dict[Key, _Evidence] = defaultdict(_Evidence)
    about: dict[str, set[Key]] = defaultdict(set)
    memberships = {name: _membership(relation) for name, relation in ontology.relations.items()}
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
        contexts = {key for key, entity in entities if _is_context(key, entity, ontology)}
        about[fact.document] |= contexts
        if contexts:
            for key, _ in entities:
                evidence[key].beside |= contexts - {key}
        membership = memberships[fact.relation]
        if membership is None or membership.body not in named:
            continue
        body = named[membership.body]
        said = str(fact.arguments.get(membership.role or "", "")).casefold()
        for name in membership.members:
            if name in named:
                evidence[named[name]].own.add(body)
                evidence[named[name]].posts.add((said, body))
    return _Gathered(evidence, about)


@dataclass(frozen=True, slots=True)
class _Membership:
    """The arguments of a relation that say who belongs to which body, and as what."""

    members: tuple[str, ...]
    body: str
    role: str | None


def _membership(relation: Relation) -> _Membership | None:
    body = next((name for name, property_ in relation.rdf.properties.items() if property_ == _BODY), None)
    if body is None:
        return None
    specs = relation.arguments
    members = tuple(name for name, spec in specs.items() if spec.kind == "entity" and spec.required and name != body)
    keys = {name for node in relation.rdf.nodes for name in node.key}
    return _Membership(members, body, next((n for n in sorted(keys) if specs[n].kind == "text"), None))


def _is_context(key: Key, entity: Entity, ontology: Ontology) -> bool:
    entry = ontology.registers.entries.get(key.id)
    kind = ontology.types.get((entry.type if entry else entity.type) or "")
    return kind is not None and kind.context


# --- who is who --------------------------------------------------------------------------------------------


class _Resolver:
    """Joins the keys of one corpus, kind of evidence after kind of evidence, and notes why."""

    def __init__(self, gathered: _Gathered, ontology: Ontology, published: Mapping[str, str | None]) -> None:
        self.ontology, self.published, self.about = ontology, published, gathered.about
        self.naming = Naming.load(ontology.folder)
        self.evidence = gathered.evidence
        self.keys = sorted(gathered.evidence)
        self.number = {key: n for n, key in enumerate(self.keys)}
        self.clusters = Clusters(len(self.keys))
        self.decisions: dict[tuple[Key, Key], Decision] = {}
        self.unsure: set[tuple[Key, Key]] = set()

    def resolve(self, judgements: Sequence[Judgement]) -> Resolution:
        self.judge(judgements)
        self.join_within_documents()
        unregistered = [key for key in self.keys if not key.id]
        bodies = [key for key in unregistered if key.type in self.naming.unique]
        self.join_registered(bodies)
        self.join_bodies(bodies)
        others = [key for key in unregistered if key.type not in self.naming.unique]
        self.join_members(others)
        return Resolution(self.describe(), sorted(self.decisions.values()))

    # --- judgements and decisions ------------------------------------------------------------------------

    def judge(self, judgements: Sequence[Judgement]) -> None:
        """What people have said. Against a contradiction among them, `different` stands."""
        known = [j for j in judgements if j.one in self.number and j.other in self.number]
        for verdict in ("different", "same", "unsure"):
            for judgement in sorted(j for j in known if j.verdict == verdict):
                reason = f"judged {verdict}{f': {judgement.reason}' if judgement.reason else ''}"
                if verdict == "different":
                    self.clusters.separate(self.number[judgement.one], self.number[judgement.other])
                    self.decide(*judgement.pair, "refused", reason)
                elif verdict == "unsure":
                    self.unsure.add(judgement.pair)
                elif not self.join(*judgement.pair, reason) and not self.joined(*judgement.pair):
                    self.decide(*judgement.pair, "doubtful", reason, "but another judgement keeps them apart")

    def decide(self, one: Key, other: Key, outcome: Outcome, *reasons: str) -> None:
        pair = (min(one, other), max(one, other))
        weight = self.evidence[one].weight + self.evidence[other].weight
        self.decisions.setdefault(pair, Decision(*pair, outcome, reasons, weight))

    def joined(self, one: Key, other: Key) -> bool:
        return self.clusters.find(self.number[one]) == self.clusters.find(self.number[other])

    def join(self, one: Key, other: Key, *reasons: str) -> bool:
        """Joins two entities unless they are one already or a judgement forbids it."""
        pair = (min(one, other), max(one, other))
        if pair in self.unsure or not self.clusters.join(self.number[one], self.number[other]):
            return False
        self.decide(*pair, "merged", *reasons)
        return True

    def root(self, key: Key) -> Key:
        return self.keys[self.clusters.find(self.number[key])]

    def roots(self, keys: Iterable[Key]) -> set[Key]:
        return {self.root(key) for key in keys}

    # --- within a document -------------------------------------------------------------------------------

    def join_within_documents(self) -> None:
        """A mention without a type is the only typed one of its name in its document."""
        typed: dict[tuple[str, str], list[Key]] = defaultdict(list)
        for key in self.keys:
            if key.type:
                typed[key.document, key.name].append(key)
        for key in self.keys:
            others = typed.get((key.document, key.name), [])
            if not key.id and not key.type and len(others) == 1:
                self.join(key, others[0], "the same name in one document")

    # --- bodies that their names identify ----------------------------------------------------------------

    def join_registered(self, bodies: Sequence[Key]) -> None:
        """A body is the one entry of the registers that bears its name, at the document's date if several did."""
        for key in bodies:
            types = [name for name in self.ontology.types if self.alike(key.type, name)]
            entries = self.ontology.registers.lookup(key.name, self.published.get(key.document), types)
            if len(entries) == 1 and Key(entries[0].id) in self.number:
                self.join(key, Key(entries[0].id), f"register: only {entries[0].name} bears this name")

    def join_bodies(self, bodies: Sequence[Key]) -> None:
        blocks: dict[tuple[str, str], list[Key]] = defaultdict(list)
        for key in bodies:
            if self.root(key).id:
                continue
            if key.type in self.naming.local:
                blocks["local", self.naming.place(key.name)[0]].append(key)
            else:
                blocks["", self.naming.body(key.name)].append(key)
        for block in sorted(blocks):
            heads: list[Key] = []
            for key in blocks[block]:
                if not self.join_body(key, heads):
                    heads.append(key)

    def join_body(self, key: Key, heads: Sequence[Key]) -> bool:
        """Joins a body to the first of those of its block that it can be."""
        for head in heads[:_MOST_COMPARED]:
            reason = self.same_body(key, head)
            if reason is not None and self.join(key, head, reason):
                return True
        for head in heads[:_MOST_COMPARED]:
            self.decide(key, head, *self.why_not(key, head))
        return False

    def same_body(self, one: Key, other: Key) -> str | None:
        if not self.alike(one.type, other.type):
            return None
        if one.type in self.naming.local:
            kinds, others = self.naming.place(one.name)[1], self.naming.place(other.name)[1]
            if not (kinds <= others or others <= kinds):
                return None
            if kinds and others:
                return "the same full name" if kinds == others else "the same name, once without its kind"
        elif " " in one.name and " " in other.name:
            return "the same full name" if one.name == other.name else "the same name but for its legal form"
        common = self.roots(self.about.get(one.document, ())) & self.roots(self.about.get(other.document, ()))
        common -= {self.root(one), self.root(other)}
        return f"the same name in documents about {self.title(min(common))}" if common else None

    def why_not(self, one: Key, other: Key) -> tuple[Outcome, str]:
        if self.clusters.apart(self.number[one], self.number[other]):
            return "refused", "a judgement on others of their names keeps them apart"
        if not self.alike(one.type, other.type):
            return "refused", f"the same name, but {one.type} and {other.type}"
        if one.type in self.naming.local:
            return "refused", "the same place, but bodies of different kinds"
        return "doubtful", "the same name of one word, in documents about different bodies"

    def alike(self, one: str | None, other: str | None) -> bool:
        """Whether an entity of one type may be one of the other: one lies below the other, or one of them is what is
        left over below the same parent ("other organisation")."""
        if not one or not other or self.ontology.is_a(one, other) or self.ontology.is_a(other, one):
            return True
        types = self.ontology.types
        a, b = types.get(one), types.get(other)
        if a is None or b is None or a.is_a is None or a.is_a != b.is_a:
            return False
        return types[a.is_a].classes in (a.classes, b.classes)

    # --- people, committees: who needs a body to be told by ----------------------------------------------

    def join_members(self, others: Sequence[Key]) -> None:
        units: dict[Key, _Unit] = {}
        for key in self.keys:
            root = self.root(key)
            if not root.id and root.type not in self.naming.unique:
                units.setdefault(root, _Unit()).add(key, self)
        names: dict[tuple[str, str], list[Key]] = defaultdict(list)
        for root in units:
            names[root.type, self.full_name(root)].append(root)
        for type_name, name in sorted(names):
            self.join_namesakes(type_name, name, [(root, units[root]) for root in names[type_name, name]])

    def full_name(self, key: Key) -> str:
        return self.naming.person(key.name) if key.type in self.naming.people else key.name

    def title(self, key: Key) -> str:
        """The name of an entity for a reason."""
        entry = self.ontology.registers.entries.get(key.id)
        return entry.name if entry else max(self.evidence[key].names.items(), key=lambda item: (item[1], item[0]))[0]

    def join_namesakes(self, type_name: str, name: str, units: list[tuple[Key, _Unit]]) -> None:
        """Joins those of one name and type that share a body."""
        if len(units) < 2 or (type_name in self.naming.people and " " not in name):
            return
        first: dict[Key, Key] = {}
        for root, unit in units:
            for body in sorted(unit.beside):
                before = first.setdefault(body, root)
                if before is not root:
                    self.join(root, before, f"the same full name, and {self.title(body)} beside it in both documents")

    # --- what came of it ---------------------------------------------------------------------------------

    def describe(self) -> dict[Key, Resolved]:
        found: dict[Key, Resolved] = {}
        taken: set[str] = set()
        for group in self.clusters.groups(range(len(self.keys))).values():
            one = self.entity([self.keys[n] for n in group], taken)
            taken.add(one.key)
            found.update((self.keys[n], one) for n in group)
        return found

    def entity(self, members: Sequence[Key], taken: set[str]) -> Resolved:
        names: Counter[str] = Counter()
        for key in members:
            names.update(self.evidence[key].names)
        usual = min(names, key=lambda text: (-names[text], -len(text), text))
        ids = [key.id for key in members if key.id]
        if ids:
            entry = self.ontology.registers.entries.get(ids[0])
            shown = entry.name if entry else usual
            others = {*names, *(entry.aliases if entry else ())} - {shown}
            return Resolved(ids[0], shown, entry.type if entry else None, ids[0], tuple(sorted(others)), entry)
        root = members[0]
        contexts: set[Key] = set()
        for key in members:
            contexts |= self.roots(self.evidence[key].beside)
        # The first context, and not the document, so that the IRI stays when further documents come.
        context = str(min(contexts)) if contexts and " " in root.name else f"document {root.document}"
        iri = f"{root.type or 'entity'}/{slug(usual)}-{digest(root.type, root.name, context)[:8]}"
        if iri in taken:  # a judgement keeps apart what the evidence cannot tell apart
            iri = f"{root.type or 'entity'}/{slug(usual)}-{digest(root.type, root.name, context, root.document)[:8]}"
        return Resolved(iri, usual, root.type or None, None, tuple(sorted(set(names) - {usual})))


@dataclass(slots=True)
class _Unit:
    """What all documents joined so far say of one entity, with the bodies as they have been resolved."""

    beside: set[Key] = field(default_factory=set)

    def add(self, key: Key, resolver: _Resolver) -> None:
        self.beside |= resolver.roots(resolver.evidence[key].beside)

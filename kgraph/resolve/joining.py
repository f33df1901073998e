"""Joining the entities of a corpus, with a reason for every merge and near-merge, under the judgements of people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from kgraph.ontology import Ontology
from kgraph.registers import Entry
from kgraph.resolve.clusters import Clusters
from kgraph.resolve.evidence import Evidence, Gathered
from kgraph.resolve.judgements import Judgement, Key
from kgraph.resolve.naming import Naming

Outcome = Literal["merged", "refused", "doubtful"]


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """What was made of two entities that might be one.

    merged    they are one, for these reasons
    refused   they bear names that may be one's, but the evidence speaks for two, or a person does
    doubtful  the evidence does not say; they are left two. These are worth a person's time
    weight    how often documents speak of the two: what a wrong decision would spoil
    judged    of a refusal: whether a person has said so
    """

    one: Key
    other: Key
    outcome: Outcome
    reasons: tuple[str, ...]
    weight: int = field(default=0, compare=False)
    judged: bool = field(default=False, compare=False)


class Joiner:
    """Entities as documents and registers name them, and which of them have been found to be one.

    A group of those joined goes by its first key, its root: register entries come before names, then documents in
    the order of their ids.
    """

    def __init__(self, gathered: Gathered, ontology: Ontology) -> None:
        self.ontology = ontology
        self.naming = Naming.load(ontology.folder)
        self.evidence, self.about = gathered.evidence, gathered.about
        self.keys = sorted(gathered.evidence, key=lambda key: (not key.id, key))
        self.clusters = Clusters(len(self.keys))
        self.decisions: dict[tuple[Key, Key], Decision] = {}
        self._number = {key: n for n, key in enumerate(self.keys)}
        self._unsure: set[tuple[Key, Key]] = set()

    # --- what is one -------------------------------------------------------------------------------------

    def root(self, key: Key) -> Key:
        return self.keys[self.clusters.find(self._number[key])]

    def roots(self, keys: Iterable[Key]) -> set[Key]:
        return {self.root(key) for key in keys}

    def groups(self) -> list[list[Key]]:
        """All groups, each sorted, its root first."""
        return [[self.keys[n] for n in group] for group in self.clusters.groups(range(len(self.keys))).values()]

    def join(self, one: Key, other: Key, *reasons: str) -> bool:
        """Joins two entities unless they are one already or a judgement forbids it."""
        pair = (min(one, other), max(one, other))
        if pair in self._unsure or not self.clusters.join(self._number[one], self._number[other]):
            return False
        self.decide(*pair, "merged", *reasons)
        return True

    def forbidden(self, one: Key, other: Key) -> bool:
        """Whether judgements keep two entities apart."""
        pair = (min(one, other), max(one, other))
        return pair in self._unsure or self.clusters.apart(self._number[one], self._number[other])

    def decide(self, one: Key, other: Key, outcome: Outcome, *reasons: str, judged: bool = False) -> None:
        """Notes a decision, unless there is one on this pair already."""
        pair = (min(one, other), max(one, other))
        if pair not in self.decisions and pair not in self._unsure:
            weight = self.evidence[one].weight + self.evidence[other].weight
            self.decisions[pair] = Decision(*pair, outcome, reasons, weight, judged)

    def judge(self, judgements: Sequence[Judgement]) -> None:
        """Obeys what people have said. Against a contradiction among them, `different` stands."""
        known = [j for j in judgements if j.one in self._number and j.other in self._number]
        for verdict in ("different", "same", "unsure"):
            for judgement in sorted(j for j in known if j.verdict == verdict):
                one, other = judgement.pair
                reason = f"judged {verdict}{f': {judgement.reason}' if judgement.reason else ''}"
                if verdict == "different":
                    self.clusters.separate(self._number[one], self._number[other])
                    self.decide(one, other, "refused", reason, judged=True)
                elif verdict == "unsure":
                    self._unsure.add(judgement.pair)
                elif not self.join(one, other, reason) and self.root(one) != self.root(other):
                    self.decide(one, other, "doubtful", reason, "but another judgement keeps them apart")

    # --- what is known of each ---------------------------------------------------------------------------

    def entry(self, key: Key) -> Entry | None:
        return self.ontology.registers.entries.get(key.id)

    def type(self, key: Key) -> str:
        """The entity type, "" where unknown."""
        entry = self.entry(key)
        return entry.type if entry else key.type

    def is_local(self, key: Key) -> bool:
        """Whether it is a body of one place, so that two of them part people of one name."""
        return self.type(key) in self.naming.local

    def tells_apart(self, key: Key) -> bool:
        """Whether it is a body of which it is evidence that somebody of this name belongs to it."""
        kind = self.ontology.types.get(self.type(key))
        return kind is not None and kind.context

    def own(self, evidence: Evidence) -> set[Key]:
        """The bodies somebody belongs to, but for those that many of one name may belong to, such as parties."""
        found = {self.root(body) for _, body in evidence.posts}
        return {body for body in found if self.tells_apart(body) or self.type(body) not in self.naming.unique}

    def title(self, key: Key) -> str:
        """The name of an entity, for a reason."""
        entry = self.entry(key)
        return entry.name if entry else max((n, text) for text, n in self.evidence[key].names.items())[1]


def alike(ontology: Ontology, one: str, other: str) -> bool:
    """Whether an entity of one type may be one of the other: one lies below the other, or is what is left over beside
    it ("other organisation")."""
    if not one or not other or ontology.is_a(one, other) or ontology.is_a(other, one):
        return True
    first, second = ontology.types.get(one), ontology.types.get(other)
    if first is None or second is None or first.is_a is None or first.is_a != second.is_a:
        return False
    return ontology.types[first.is_a].classes in (first.classes, second.classes)


def join_within_documents(joiner: Joiner) -> None:
    """What one document calls by one name is one: without a type, under types that may be one entity's, or, of people,
    with other titles. So is a title and surname whose only bearer the document names in full."""
    people = joiner.naming.people
    named: dict[tuple[str, str], list[Key]] = defaultdict(list)
    surnames: dict[tuple[str, str], list[tuple[str, Key]]] = defaultdict(list)
    for key in joiner.keys:
        if key.id:
            continue
        name = joiner.naming.person(key.name) if key.type in people else key.name
        named[key.document, name].append(key)
        if key.type in people:
            surnames[key.document, name.split()[-1]].append((name, key))
    for keys in named.values():
        typed = [key for key in keys if key.type]
        for one, other in pairwise(typed):
            if alike(joiner.ontology, one.type, other.type):
                joiner.join(one, other, "the same name in one document")
        if len(joiner.roots(typed)) == 1:
            for key in keys:
                if not key.type:
                    joiner.join(key, typed[0], "the same name in one document")
    for bearers in surnames.values():
        full = {joiner.root(key) for name, key in bearers if " " in name}
        for name, key in bearers:
            if " " not in name and len(full) == 1:
                joiner.join(key, min(full), "the surname of only one person in the document")

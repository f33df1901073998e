"""Contested matters as short dialogues: who claimed what, who rejected it, when, and where that is to be read.

Which facts are rejections, and of which statements, the ontology says (`rdf.rejects` of a relation).
"""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph

from kgraph.graph.terms import KG, RDFS
from kgraph.ontology import Ontology, Relation

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said: by whom, whether it rejects what stands before, its sentence and where and when that is."""

    speaker: str
    rejects: bool
    published: str
    document: str
    start: int
    sentence: str

    @property
    def sort_key(self) -> tuple[object, ...]:
        return (self.published or "9999", self.document, self.start, self.rejects)


@dataclass(frozen=True, slots=True)
class Matter:
    """What is claimed, by its words, and the turns of the dialogue about it in order of time."""

    claim: str
    turns: tuple[Turn, ...]


def matters(
    store: pyoxigraph.Store,
    statements: Iterable[pyoxigraph.NamedNode],
    ontology: Ontology,
    turns_of: Callable[[pyoxigraph.NamedNode, str, bool], Iterable[Turn]],
) -> list[Matter]:
    """The contested matters to which any of these statements belongs, by time. `turns_of` reads the turns of a
    statement, given its speaker and whether it rejects.
    """
    of_matter: dict[str, list[pyoxigraph.NamedNode]] = defaultdict(list)  # statement or content → its rejections
    claims: dict[str, tuple[pyoxigraph.NamedNode, Relation]] = {}
    names: dict[str, str] = {}  # the argument that has the words of the matter
    relations: dict[pyoxigraph.NamedNode, Relation] = {}
    wanted = set(statements)
    mine: dict[str, None] = {}
    for relation in ontology.relations.values():
        if (rejects := relation.rdf.rejects) is None:
            continue
        named = pyoxigraph.Literal(relation.name)
        for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(KG + "relation"), named):
            node = quad.subject
            if not isinstance(node, pyoxigraph.NamedNode):
                continue
            relations[node] = relation
            targets = [
                q.object
                for q in store.quads_for_pattern(node, pyoxigraph.NamedNode(rejects.property), None)
                if isinstance(q.object, pyoxigraph.NamedNode)
            ]
            claim = targets[0] if targets else None
            matter = claim.value if claim is not None else node.value
            of_matter[matter].append(node)
            if claim is not None:
                claims[matter] = (claim, ontology.relations[rejects.relation])
                names[matter] = rejects.said
            else:
                names[matter] = rejects.content
            if wanted & {node, *targets}:
                mine[matter] = None
    found = []
    for matter in mine:
        said: list[Turn] = []
        if matter in claims:
            claim, stating = claims[matter]
            words = _argument(store, claim, stating, names[matter])
            said += turns_of(claim, _speaker(store, claim, stating), False)
        else:
            node = of_matter[matter][0]
            words = _argument(store, node, relations[node], names[matter])
        for node in of_matter[matter]:
            said += turns_of(node, _speaker(store, node, relations[node]), True)
        found.append(Matter(words, tuple(sorted(set(said), key=lambda turn: turn.sort_key))))
    return sorted(found, key=lambda m: (*(turn.sort_key for turn in m.turns[:1]), m.claim))


def show(matter: Matter) -> Iterator[str]:
    """A matter as lines of text."""
    yield textwrap.fill(f"- {matter.claim}", _WIDTH, subsequent_indent="  ")
    for turn in matter.turns:
        when = f"{turn.published}, " if turn.published else ""
        act = " disputes" if turn.rejects else ""
        words = " ".join(turn.sentence.split())
        line = f"{when}{turn.speaker}{act}: “{words}”"
        yield textwrap.fill(line, _WIDTH, initial_indent="    ", subsequent_indent="      ")
        yield f"      {turn.document}"


def _speaker(store: pyoxigraph.Store, node: pyoxigraph.NamedNode, relation: Relation) -> str:
    return _argument(store, node, relation, relation.rdf.speaker or "")


def _argument(store: pyoxigraph.Store, node: pyoxigraph.NamedNode, relation: Relation, name: str) -> str:
    """An argument of a statement as text: words, or the label of an entity."""
    property_ = relation.rdf.properties.get(name)
    if property_ is None:
        return ""
    for quad in sorted(store.quads_for_pattern(node, pyoxigraph.NamedNode(property_), None), key=str):
        if isinstance(quad.object, pyoxigraph.NamedNode):
            labels = store.quads_for_pattern(quad.object, pyoxigraph.NamedNode(RDFS + "label"), None)
            return min((str(getattr(q.object, "value", "")) for q in labels), default=quad.object.value)
        return str(getattr(quad.object, "value", ""))
    return ""

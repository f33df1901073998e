"""What a graph knows of an entity, in English, each fact with its sentence and its document; disputes as dialogues."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kgraph.graph.terms import DCTERMS, KG, OA, OWL, PROV, RDF, RDFS, SKOS, WOULD
from kgraph.ontology import Ontology
from kgraph.query.contested import Turn, matters, show
from kgraph.query.store import open_store
from kgraph.registers import normalise

_WIDTH = 100
_MOST = 12  # names listed where several fit


@dataclass(frozen=True, slots=True)
class _Excerpt:
    """A sentence and where it stands. Sorts by time, then place."""

    published: str
    document: str
    start: int
    page: str
    sentence: str

    @property
    def sort_key(self) -> tuple[str, str, int]:
        return (self.published or "9999", self.document, self.start)

    @property
    def source(self) -> str:
        return ", ".join(part for part in (self.document, self.page and f"page {self.page}", self.published) if part)


@dataclass(frozen=True, slots=True)
class _Line:
    """A fact or proposition as explained."""

    node: pyoxigraph.NamedNode
    label: str
    relation: str
    asserted: bool
    begun: str
    excerpts: tuple[_Excerpt, ...]

    @property
    def sort_key(self) -> tuple[object, ...]:
        first = self.excerpts[0].sort_key if self.excerpts else ("9999", "", 0)
        return (self.begun or first[0], *first, self.label)


def explain(path: Path, name: str, ontology: Ontology) -> str:
    """Facts, statements and what is only claimed, denied or planned about the entity of this name or IRI.

    Raises ValueError where the graph has no entity of this name, or names only some part of which fits.
    """
    store = open_store(path)
    found, partly = _find(store, name)
    if not found and len(partly) == 1:
        found = partly
    if not found:
        labels = sorted({_label(store, entity) for entity in partly})
        hint = f"; did you mean {'; '.join(labels[:_MOST])}{' …' if len(labels) > _MOST else ''}?" if labels else ""
        raise ValueError(f"{path}: nothing is named {name!r}{hint}")
    return "\n\n".join(_describe(store, entity, ontology) for entity in found) + "\n"


def _find(store: pyoxigraph.Store, name: str) -> tuple[list[pyoxigraph.NamedNode], list[pyoxigraph.NamedNode]]:
    """Entities with exactly this name, and those whose name has these words in it."""
    if name.startswith(("http://", "https://", "urn:")):
        return [e for e in [pyoxigraph.NamedNode(name)] if next(store.quads_for_pattern(e, None, None), None)], []
    wanted, exact, partly = normalise(name), set(), set()
    for property_ in (RDFS + "label", SKOS + "altLabel"):
        for quad in store.quads_for_pattern(None, pyoxigraph.NamedNode(property_), None):
            entity = quad.subject
            if not isinstance(entity, pyoxigraph.NamedNode) or not _is_entity(store, entity):
                continue
            words = normalise(str(getattr(quad.object, "value", "")))
            if words == wanted:
                exact.add(entity)
            elif f" {wanted} " in f" {words} ":
                partly.add(entity)
    return sorted(exact, key=str), sorted(partly - exact, key=str)


def _is_entity(store: pyoxigraph.Store, node: pyoxigraph.NamedNode) -> bool:
    """Whether a node is neither a statement nor a document."""
    kinds = set(_values(store, node, RDF + "type"))
    return not kinds & {KG + "Fact", KG + "Proposition", KG + "Document"}


def _describe(store: pyoxigraph.Store, entity: pyoxigraph.NamedNode, ontology: Ontology) -> str:
    types = set(_values(store, entity, RDF + "type"))
    kinds = [kind for kind in ontology.types.values() if kind.classes and set(kind.classes) <= types]
    kind = max(kinds, key=lambda kind: (len(ontology.lineage(kind.name)), len(kind.classes)), default=None)
    lines = [f"{_label(store, entity)}{f' ({kind.label})' if kind else ''}"]
    names = sorted(set(_values(store, entity, SKOS + "altLabel")))
    if names:
        lines.append(textwrap.fill(f"also: {'; '.join(names)}", _WIDTH, subsequent_indent="      "))
    same = [entity.value, *_values(store, entity, OWL + "sameAs"), *_values(store, entity, DCTERMS + "identifier")]
    lines.append(textwrap.fill(f"id: {'; '.join(same)}", _WIDTH, subsequent_indent="    ", break_on_hyphens=False))
    lines += _why(store, entity)
    found = sorted(_lines(store, entity), key=lambda line: line.sort_key)
    said = {name for name, relation in ontology.relations.items() if relation.rdf.speaker is not None}
    for title, part in (
        ("Facts", [line for line in found if line.asserted and line.relation not in said]),
        ("Said", [line for line in found if line.asserted and line.relation in said]),
        ("Not established: claimed, denied, planned or possible", [line for line in found if not line.asserted]),
    ):
        if part:
            lines += ["", f"{title} ({len(part)})"]
            lines += [text for line in part for text in _show(line)]
        if title == "Facts":
            lines += _contested(store, found, ontology)
    if not found:
        lines += ["", "No facts."]
    return "\n".join(lines)


def _contested(store: pyoxigraph.Store, found: Sequence[_Line], ontology: Ontology) -> list[str]:
    def turns(statement: pyoxigraph.NamedNode, speaker: str, rejects: bool) -> Iterator[Turn]:
        for e in _excerpts(store, statement):
            yield Turn(speaker, rejects, e.published, e.document, e.start, e.sentence)

    part = matters(store, [line.node for line in found if line.asserted], ontology, turns)
    return ["", f"Contested ({len(part)})", *(text for matter in part for text in show(matter))] if part else []


def _why(store: pyoxigraph.Store, entity: pyoxigraph.NamedNode) -> Iterator[str]:
    """Why names have been taken for this one entity, and why others of like name have not."""
    for title, property_ in (("one because:", "mergedBecause"), ("kept apart from", "keptApartBecause")):
        reasons = _values(store, entity, KG + property_)
        more = [f"and {len(reasons) - _MOST} more like these"] if len(reasons) > _MOST else []
        for reason in (*reasons[:_MOST], *more):
            yield textwrap.fill(f"{title} {reason}", _WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def _show(line: _Line) -> Iterator[str]:
    yield textwrap.fill(f"- {line.label}", _WIDTH, subsequent_indent="  ")
    for excerpt in line.excerpts:
        sentence = " ".join(excerpt.sentence.split())
        yield textwrap.fill(f"“{sentence}”", _WIDTH, initial_indent="    ", subsequent_indent="    ")
        yield f"      {excerpt.source}"


def _lines(store: pyoxigraph.Store, entity: pyoxigraph.NamedNode) -> Iterator[_Line]:
    """Every statement that has the entity for an argument or a speaker."""
    seen = set()
    for quad in store.quads_for_pattern(None, None, entity):
        statement = quad.subject
        if statement in seen or not isinstance(statement, pyoxigraph.NamedNode):
            continue
        seen.add(statement)
        kinds = set(_values(store, statement, RDF + "type"))
        if not kinds & {KG + "Fact", KG + "Proposition"}:
            continue
        asserted = KG + "Fact" in kinds
        begun = _values(store, statement, (KG if asserted else WOULD) + "startEarliest")
        yield _Line(
            node=statement,
            label=_label(store, statement),
            relation=next(iter(_values(store, statement, KG + "relation")), ""),
            asserted=asserted,
            begun=next(iter(begun), ""),
            excerpts=_excerpts(store, statement),
        )


def _excerpts(store: pyoxigraph.Store, statement: pyoxigraph.NamedNode) -> tuple[_Excerpt, ...]:
    found = [
        _excerpt(store, q.object)
        for q in store.quads_for_pattern(statement, pyoxigraph.NamedNode(PROV + "wasDerivedFrom"), None)
        if isinstance(q.object, pyoxigraph.NamedNode)
    ]
    return tuple(sorted(found, key=lambda e: e.sort_key))


def _excerpt(store: pyoxigraph.Store, excerpt: pyoxigraph.NamedNode) -> _Excerpt:
    facts = {"exact": "", "start": "0"}
    for quad in store.quads_for_pattern(excerpt, pyoxigraph.NamedNode(OA + "hasSelector"), None):
        for name in facts:
            if isinstance(quad.object, pyoxigraph.NamedNode):
                facts[name] = next(iter(_values(store, quad.object, OA + name)), facts[name])
    source = next(iter(_values(store, excerpt, OA + "hasSource")), "")
    document = pyoxigraph.NamedNode(source) if source else excerpt
    return _Excerpt(
        published=next(iter(_values(store, document, KG + "published")), ""),
        document=_label(store, document),
        start=int(facts["start"]),
        page=next(iter(_values(store, excerpt, KG + "page")), ""),
        sentence=facts["exact"],
    )


def _label(store: pyoxigraph.Store, node: pyoxigraph.NamedNode) -> str:
    return next(iter(_values(store, node, RDFS + "label")), node.value)


def _values(store: pyoxigraph.Store, node: pyoxigraph.NamedNode, property_: str) -> list[str]:
    quads = store.quads_for_pattern(node, pyoxigraph.NamedNode(property_), None)
    return sorted(str(getattr(quad.object, "value", "")) for quad in quads)

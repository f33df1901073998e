"""The graph in short: its nodes and edges, read from its triples.

What is drawn is itself in the graph, so that a file is enough to draw it: entities have a `kg:entityType`, and each
`kg:Edge` says from where to where it goes (`kg:edgeSource`, `kg:edgeTarget`), its label (`kg:edgeLabel`) and the fact
that it shows in short (`kg:edgeOf`), or the relation where no fact but a register says so. Everything else an edge
carries is that fact's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from kgraph.graph.model import Attribute, Edge, Node
from kgraph.graph.rows import Rows
from kgraph.graph.terms import DCTERMS, KG, OA, OWL, PROV, RDFS, SCHEMA, SKOS, WIKIDATA, value

EDGE = KG + "Edge"
ENTITY_TYPE, RELATION = KG + "entityType", KG + "relation"
SOURCE, TARGET, LABEL, OF = KG + "edgeSource", KG + "edgeTarget", KG + "edgeLabel", KG + "edgeOf"
TIMES = ("when", "start", "end")  # in the order in which an edge's `when` names them

_EXCERPT, _DOCUMENT, _SELECTOR = PROV + "wasDerivedFrom", OA + "hasSource", OA + "hasSelector"
_WANTED = {
    *(ENTITY_TYPE, RELATION, SOURCE, TARGET, LABEL, OF, _EXCERPT, _DOCUMENT, _SELECTOR),
    *(RDFS + "label", SKOS + "altLabel", OWL + "sameAs", DCTERMS + "identifier"),
    *(KG + name for name in (*TIMES, "startEarliest", "endLatest", "confidence", "sources", "page", "published")),
    *(OA + "start", OA + "end", OA + "exact", SCHEMA + "url"),
}

_RECENT = 1 << 12  # facts whose columns are kept for their next edge
# Of a subject its value, or its values where there are several: nearly all have one.
_Values = Mapping[str, str | tuple[str, ...]]
# Values that no two subjects share, or few; others are kept as one string each.
_UNIQUE = {f"<{predicate}>" for predicate in (RDFS + "label", OA + "exact", OF, _EXCERPT, _SELECTOR)}


def draw(triples: Iterable[str]) -> tuple[Sequence[Node], Sequence[Edge]]:
    """The nodes and edges of lines of N-Triples, whose order makes no difference.

    Nodes are sorted by IRI, edges by source, target, type and label.
    """
    found: dict[str, dict[str, str | tuple[str, ...]]] = {f"<{predicate}>": {} for predicate in _WANTED}
    shared: dict[str, str] = {}
    last = iri = ""
    for line in triples:
        subject, predicate, term = line.split(" ", 2)
        values = found.get(predicate)
        if values is None:
            continue
        if subject != last:
            last, iri = subject, value(subject)  # one string for all that is said of it in a row
        one = term[1:-3] if term[0] == "<" else value(term[:-2])
        if predicate not in _UNIQUE:
            one = shared.setdefault(one, one)
        before = values.setdefault(iri, one)
        if before is not one:
            values[iri] = (*before, one) if isinstance(before, tuple) else (before, one)
    return _Drawing({predicate[1:-1]: values for predicate, values in found.items()}).graph()


class _Drawing:
    def __init__(self, values: Mapping[str, _Values]) -> None:
        self.values = values

    def all(self, subject: str, predicate: str) -> tuple[str, ...]:
        values = self.values[predicate].get(subject, ())
        return (values,) if isinstance(values, str) else values

    def one(self, subject: str, predicate: str) -> str | None:
        values = self.values[predicate].get(subject)
        return values if values is None or isinstance(values, str) else min(values)

    def graph(self) -> tuple[Sequence[Node], Sequence[Edge]]:
        nodes = {iri: self.entity(iri) for iri in self.values[ENTITY_TYPE]}
        edges = []
        for iri in self.values[SOURCE]:
            source, target, fact = self.one(iri, SOURCE), self.one(iri, TARGET), self.one(iri, OF)
            if source is None or target is None:
                continue
            for end in (source, target):
                if end not in nodes:
                    nodes[end] = (end, self.one(end, RDFS + "label") or end, self.one(end, RELATION) or "entity", {})
            kind = self.one(fact or iri, RELATION) or ""
            edges.append((source, target, kind, self.one(iri, LABEL) or "", fact or ""))
        edges.sort()
        describe = lru_cache(_RECENT)(self.fact)  # the edges of a fact mostly stand beside each other
        return (
            Rows(Node, (nodes[iri] for iri in sorted(nodes))),
            Rows(Edge, ((a, b, label, kind, describe(fact) if fact else {}) for a, b, kind, label, fact in edges)),
        )

    def entity(self, iri: str) -> tuple[str, str, str, dict[str, Attribute]]:
        attributes: dict[str, Attribute] = {}
        names = self.all(iri, SKOS + "altLabel")
        if names:
            attributes["aliases"] = "; ".join(sorted(set(names)))
        # An entity of a register has its id there as the path of its IRI; further identifiers are of other lists.
        ids = [i for i in self.all(iri, DCTERMS + "identifier") if iri.endswith(i)]
        if ids:
            attributes["register_id"] = max(ids, key=len)
        same = [other for other in self.all(iri, OWL + "sameAs") if other.startswith(WIKIDATA)]
        if same:
            attributes["wikidata"] = min(same)
        return iri, self.one(iri, RDFS + "label") or iri, self.one(iri, ENTITY_TYPE) or "", attributes

    def fact(self, iri: str) -> dict[str, Attribute]:
        """Columns of the edges of a fact; the sentence is that of the first document that states it."""
        times = [(name, self.one(iri, KG + name)) for name in TIMES]
        found = self.all(iri, _EXCERPT)
        excerpt = found[0] if len(found) == 1 else min(found, key=self.place, default=None)
        document = self.one(excerpt, _DOCUMENT) if excerpt else None
        columns: dict[str, tuple[Callable[[str], Attribute], str | None]] = {
            "start": (str, self.one(iri, KG + "startEarliest")),
            "end": (str, self.one(iri, KG + "endLatest")),
            "when": (str, ", ".join(value if name == "when" else f"{name} {value}" for name, value in times if value)),
            "confidence": (float, self.one(iri, KG + "confidence")),
            "sources": (int, self.one(iri, KG + "sources")),
            "statement": (str, self.one(iri, RDFS + "label")),
            "sentence": (str, self.of_selector(excerpt, OA + "exact")),
            "document": (str, document and self.one(document, RDFS + "label")),
            "url": (str, document and self.one(document, SCHEMA + "url")),
            "published": (str, document and self.one(document, KG + "published")),
            "page": (int, excerpt and self.one(excerpt, KG + "page")),
            "iri": (str, iri),
        }
        return {name: read(value) for name, (read, value) in columns.items() if value}

    def place(self, excerpt: str) -> tuple[str, int, int, str]:
        """Where an excerpt stands: its document's id, and from where to where in it."""
        document = self.one(excerpt, _DOCUMENT) or ""
        start, end = (int(self.of_selector(excerpt, OA + name) or 0) for name in ("start", "end"))
        return (self.one(document, DCTERMS + "identifier") or "", start, end, excerpt)

    def of_selector(self, excerpt: str | None, predicate: str) -> str | None:
        selectors = self.all(excerpt or "", _SELECTOR)
        return next((value for selector in selectors if (value := self.one(selector, predicate)) is not None), None)

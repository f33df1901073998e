"""The graph in short: its nodes and edges, read from its triples.

What is drawn is itself in the graph, so that a file is enough to draw it: entities have a `kg:entityType`, and each
`kg:Edge` says from where to where it goes (`kg:edgeSource`, `kg:edgeTarget`), its label (`kg:edgeLabel`) and the fact
that it shows in short (`kg:edgeOf`), or the relation where no fact but a register says so. Everything else an edge
carries is that fact's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from kgraph.graph.model import Attribute, Edge, Node
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

_Values = Mapping[str, list[str]]


def draw(triples: Iterable[str]) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """The nodes and edges of lines of N-Triples, whose order makes no difference.

    Nodes are sorted by IRI, edges by source, target, type and label.
    """
    found: dict[str, dict[str, list[str]]] = {f"<{predicate}>": defaultdict(list) for predicate in _WANTED}
    for line in triples:
        subject, predicate, term = line.split(" ", 2)
        values = found.get(predicate)
        if values is not None:
            values[value(subject)].append(value(term[:-2]))
    return _Drawing({predicate[1:-1]: dict(values) for predicate, values in found.items()}).graph()


class _Drawing:
    def __init__(self, values: Mapping[str, _Values]) -> None:
        self.values = values

    def one(self, subject: str, predicate: str) -> str | None:
        values = self.values[predicate].get(subject)
        return min(values) if values else None

    def graph(self) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
        nodes = {iri: self.entity(iri, min(types)) for iri, types in self.values[ENTITY_TYPE].items()}
        edges = []
        facts: dict[str, dict[str, Attribute]] = {}
        for iri, sources in self.values[SOURCE].items():
            source, target, fact = min(sources), self.one(iri, TARGET), self.one(iri, OF)
            if target is None:
                continue
            for end in (source, target):
                if end not in nodes:
                    nodes[end] = Node(end, self.one(end, RDFS + "label") or end, self.one(end, RELATION) or "entity")
            source, target = nodes[source].iri, nodes[target].iri  # one string for all edges of a node
            kind = self.one(fact or iri, RELATION) or ""
            if fact is not None and fact not in facts:
                facts[fact] = self.fact(fact)
            attributes = facts[fact] if fact is not None else {}
            edges.append(Edge(source, target, self.one(iri, LABEL) or "", kind, attributes))
        edges.sort(key=lambda e: (e.source, e.target, e.type, e.label, e.attributes.get("iri", "")))
        return tuple(nodes[iri] for iri in sorted(nodes)), tuple(edges)

    def entity(self, iri: str, kind: str) -> Node:
        attributes: dict[str, Attribute] = {}
        names = self.values[SKOS + "altLabel"].get(iri)
        if names:
            attributes["aliases"] = "; ".join(sorted(set(names)))
        # An entity of a register has its id there as the path of its IRI; further identifiers are of other lists.
        ids = [i for i in self.values[DCTERMS + "identifier"].get(iri, ()) if iri.endswith(i)]
        if ids:
            attributes["register_id"] = max(ids, key=len)
        same = [other for other in self.values[OWL + "sameAs"].get(iri, ()) if other.startswith(WIKIDATA)]
        if same:
            attributes["wikidata"] = min(same)
        return Node(iri, self.one(iri, RDFS + "label") or iri, kind, attributes)

    def fact(self, iri: str) -> dict[str, Attribute]:
        """Columns of the edges of a fact; the sentence is that of the first document that states it."""
        times = [(name, self.one(iri, KG + name)) for name in TIMES]
        excerpt = min(self.values[_EXCERPT].get(iri, ()), key=self.place, default=None)
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
        selectors = self.values[_SELECTOR].get(excerpt or "", ())
        return next((value for selector in selectors if (value := self.one(selector, predicate)) is not None), None)

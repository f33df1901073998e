"""What the HTML page knows of a graph: entities with their places, statements with their sentences, matters in dispute.

The page understands the terms that every graph of kgraph is written in (facts and propositions, their times, excerpts
and documents, claims and disputes) and shows everything else by its labels; of the domain it knows nothing. Rows are
lists, not objects, because there may be tens of thousands: `PageData` names their columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pyoxigraph

from kgraph.export.layout import arrange
from kgraph.graph.model import Graph
from kgraph.graph.terms import DC, DCTERMS, FOAF, KG, OA, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, WOULD

_FACT, _PROPOSITION = KG + "Fact", KG + "Proposition"
_CLAIM, _DISPUTE = KG + "Claim", KG + "Dispute"

Row = list[Any]


@dataclass(frozen=True, slots=True)
class PageData:
    """Columns of each table; an entity, statement, excerpt or document is meant by its row number.

    entities    label, type (row of types), x, y, other names, links ([words, URL]), IRI
    types       label
    relations   name, label
    documents   title, published, publisher, URL
    excerpts    document, page or null, sentence
    statements  label, relation, kind ("fact", "said" for what somebody states, "open" for what is claimed, denied,
                planned or possible), when, start, end (EDTF, ""), first and last day (ISO 8601, "": of the statement
                itself, otherwise of the documents' publication), whether that time is its own, entities, excerpts
    edges       source, target, label, relation, statement or null
    disputes    claim, claimant or null, statements that make it, statements that reject it
    """

    entities: list[Row]
    types: list[str]
    relations: list[Row]
    documents: list[Row]
    excerpts: list[Row]
    statements: list[Row]
    edges: list[Row]
    disputes: list[Row]


def page_data(graph: Graph, labels: Mapping[str, str] = MappingProxyType({})) -> PageData:
    """The tables of a graph, in an order that depends on the graph alone.

    `labels` gives kinds and relations their words; a name without a label is its own words.
    """
    return _Tables(graph, labels).data()


class _Tables:
    def __init__(self, graph: Graph, labels: Mapping[str, str]) -> None:
        self.graph, self.labels = graph, labels
        self.values: dict[str, dict[str, list[str]]] = defaultdict(dict)  # subject → predicate → values
        self.references: dict[str, list[str]] = defaultdict(list)  # subject → IRIs it points to
        lines = "\n".join(graph.triples).encode()
        for quad in pyoxigraph.parse(input=lines, format=pyoxigraph.RdfFormat.N_TRIPLES):
            if isinstance(quad.subject, pyoxigraph.NamedNode):
                value = quad.object.value if not isinstance(quad.object, pyoxigraph.Triple) else ""
                self.values[quad.subject.value].setdefault(quad.predicate.value, []).append(value)
                if isinstance(quad.object, pyoxigraph.NamedNode):
                    self.references[quad.subject.value].append(value)
        self.statement_iris = sorted(iri for iri, found in self.values.items() if KG + "relation" in found)
        stated = set(self.statement_iris)
        self.nodes = [node for node in graph.nodes if node.iri not in stated]
        self.entity = {node.iri: i for i, node in enumerate(self.nodes)}
        self.statement = {iri: i for i, iri in enumerate(self.statement_iris)}
        self.document: dict[str, int] = {}
        self.excerpt: dict[str, int] = {}

    def all(self, subject: str, predicate: str) -> list[str]:
        return sorted(self.values.get(subject, {}).get(predicate, ()))

    def one(self, subject: str, predicate: str) -> str:
        return min(self.values.get(subject, {}).get(predicate, ()), default="")

    def data(self) -> PageData:
        self.relations = sorted({self.one(iri, KG + "relation") for iri in self.statement_iris} | self.edge_types())
        self.types = sorted({node.type for node in self.nodes})
        documents, excerpts = self.sources()
        return PageData(
            entities=self.entities(),
            types=[self.words(name) for name in self.types],
            relations=[[name, self.words(name)] for name in self.relations],
            documents=documents,
            excerpts=excerpts,
            statements=[self.describe(iri) for iri in self.statement_iris],
            edges=self.edges(),
            disputes=self.disputes(),
        )

    def words(self, name: str) -> str:
        return self.labels.get(name) or name.replace("-", " ") or "other"

    def edge_types(self) -> set[str]:
        return {edge.type for edge in self.graph.edges}

    def entities(self) -> list[Row]:
        ends = [(edge.source, edge.target) for edge in self.graph.edges]
        pairs = [(self.entity[a], self.entity[b]) for a, b in ends if a in self.entity and b in self.entity]
        places = arrange(len(self.nodes), pairs).tolist()
        kinds = {name: i for i, name in enumerate(self.types)}
        return [
            [node.label, kinds[node.type], x, y, self.all(node.iri, SKOS + "altLabel"), self.links(node.iri), node.iri]
            for node, (x, y) in zip(self.nodes, places, strict=True)
        ]

    def links(self, iri: str) -> list[Row]:
        found = [("homepage", url) for url in self.all(iri, FOAF + "homepage")]
        found += [("Wikidata", url) for url in self.all(iri, OWL + "sameAs") if "wikidata.org" in url]
        found += [("the same elsewhere", url) for url in self.all(iri, SKOS + "exactMatch")]
        return [[words, url] for words, url in found if url.startswith(("http://", "https://"))]

    def sources(self) -> tuple[list[Row], list[Row]]:
        """Documents by date, and the excerpts that statements were read from in the order of the text."""
        used = {excerpt for iri in self.statement_iris for excerpt in self.all(iri, PROV + "wasDerivedFrom")}
        of = {excerpt: self.one(excerpt, OA + "hasSource") for excerpt in used}
        kinds = (iri for iri, found in self.values.items() if KG + "Document" in found.get(RDF + "type", ()))
        documents = sorted({*kinds, *of.values()}, key=lambda iri: (self.one(iri, KG + "published") or "9", iri))
        self.document = {iri: i for i, iri in enumerate(documents)}
        rows = {}
        for excerpt in used:
            selectors = self.all(excerpt, OA + "hasSelector")
            start = next((int(at) for s in selectors if (at := self.one(s, OA + "start"))), 0)
            sentence = next((words for s in selectors if (words := self.one(s, OA + "exact"))), "")
            page = self.one(excerpt, KG + "page")
            rows[excerpt] = (self.document[of[excerpt]], start, int(page) if page else None, " ".join(sentence.split()))
        order = sorted(rows, key=lambda excerpt: (*rows[excerpt][:2], excerpt))
        self.excerpt = {excerpt: i for i, excerpt in enumerate(order)}
        return [self.describe_document(iri) for iri in documents], [[r[0], *r[2:]] for r in map(rows.get, order) if r]

    def describe_document(self, iri: str) -> Row:
        title = self.one(iri, RDFS + "label") or self.one(iri, DCTERMS + "identifier") or iri
        url = self.one(iri, SCHEMA + "url")
        link = url if url.startswith(("http://", "https://")) else ""
        return [title, self.one(iri, KG + "published"), self.one(iri, DC + "publisher"), link]

    def describe(self, iri: str) -> Row:
        types = self.all(iri, RDF + "type")
        kind = "open" if _PROPOSITION in types else "said" if {_CLAIM, _DISPUTE} & set(types) else "fact"
        prefix = WOULD if kind == "open" else KG
        excerpts = sorted(self.excerpt[excerpt] for excerpt in self.all(iri, PROV + "wasDerivedFrom"))
        words = [self.one(iri, prefix + name) for name in ("when", "start", "end")]
        first, last, own = self.days(iri, prefix)
        parties = sorted({self.entity[other] for other in self.references[iri] if other in self.entity})
        relation = self.relations.index(self.one(iri, KG + "relation"))
        return [self.one(iri, RDFS + "label"), relation, kind, *words, first, last, own, parties, excerpts]

    def days(self, iri: str, prefix: str) -> tuple[str, str, bool]:
        """First and last day that a statement speaks of, and whether it says so itself.

        A state with one end known holds at least until, or from, the day when it was reported.
        """
        reports = [self.one(excerpt, OA + "hasSource") for excerpt in self.all(iri, PROV + "wasDerivedFrom")]
        published = sorted(d for r in reports for d in self.all(r, KG + "publishedEarliest"))
        start, end = self.one(iri, prefix + "startEarliest"), self.one(iri, prefix + "endLatest")
        if not start and not end:
            return (published[0], published[-1], False) if published else ("", "", False)
        last = end or max([self.one(iri, prefix + "startLatest") or start, *published])
        first = start or min([self.one(iri, prefix + "endEarliest") or end, *published])
        return min(first, last), last, True

    def edges(self) -> list[Row]:
        relations = {name: i for i, name in enumerate(self.relations)}
        return [
            [
                self.entity[edge.source],
                self.entity[edge.target],
                edge.label,
                relations[edge.type],
                self.statement.get(str(edge.attributes.get("iri", ""))),
            ]
            for edge in self.graph.edges
            if edge.source in self.entity and edge.target in self.entity
        ]

    def disputes(self) -> list[Row]:
        """One row a matter, however many reject it: the statements that the graph says are rejected, or the words.

        Statements are of one matter if claimant and words are the same.
        """
        words: dict[tuple[str, str], str] = {}  # of a matter: claimant, and words as they are compared
        claims: dict[tuple[str, str], set[str]] = defaultdict(set)
        rejections: dict[tuple[str, str], set[str]] = defaultdict(set)
        for iri in self.statement_iris:
            if _DISPUTE not in self.values[iri][RDF + "type"]:
                continue
            linked = [claim for claim in self.all(iri, KG + "disputesClaim") if claim in self.statement]
            said = [(self.one(claim, KG + "claimant"), self.one(claim, SCHEMA + "text"), claim) for claim in linked]
            for claimant, text, claim in said or [(self.one(iri, KG + "disputedClaimant"), "", "")]:
                text = text or self.one(iri, KG + "disputedText")
                matter = claimant, _folded(text) or iri
                words.setdefault(matter, text or self.one(iri, RDFS + "label"))
                claims[matter] |= {claim} - {""}
                rejections[matter].add(iri)
        rows = [
            [words[matter], self.entity.get(matter[0]), self.rows(claims[matter]), self.rows(rejecting)]
            for matter, rejecting in rejections.items()
        ]
        # Matters with both sides known come first.
        return sorted(rows, key=lambda row: (-len(row[3]), row[1] is None, not row[2], row[3]))

    def rows(self, iris: Iterable[str]) -> list[int]:
        return sorted(self.statement[iri] for iri in iris)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def as_json(data: PageData) -> Mapping[str, list[Any]]:
    """The tables by name, ready for a JSON writer."""
    return {name: getattr(data, name) for name in data.__slots__}

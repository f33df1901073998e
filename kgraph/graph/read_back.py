"""Statements read back from a graph's triples: facts and propositions with their arguments, times and excerpts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kgraph.graph.terms import DC, DCTERMS, KG, OA, PROV, RDF, RDFS, SCHEMA, WOULD, value

Terms = list[tuple[str, str]]  # predicate and N-Triples term
_FACT, _PROPOSITION = f"<{KG}Fact>", f"<{KG}Proposition>"
_OWN = {RDF + "type", RDFS + "label", PROV + "wasDerivedFrom"}
_OWN |= {KG + name for name in ("relation", "confidence", "extractor", "sources", "polarity", "certainty", "wouldBe")}
_OWN |= {KG + name for name in ("startEarliest", "startLatest", "endEarliest", "endLatest", "attributedTo")}
_OWN |= {WOULD + name for name in ("startEarliest", "startLatest", "endEarliest", "endLatest")}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words a statement was read from, and where they stand; absent values are "" or None.

    `start` and `end` count code points of the document's text; `published` is EDTF, and the two days its bounds.
    """

    document: str
    id: str
    title: str
    published: str
    published_earliest: str
    published_latest: str
    publisher: str
    url: str
    page: int | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact, or a proposition: what is only claimed, denied, planned or possible.

    classes    IRIs, those of a fact without `kg:Fact`; for a proposition, the class it would have
    arguments  property IRI → values (IRIs, or the text of literals), sorted; for a proposition properties of `would:`
    bounds     startEarliest, startLatest, endEarliest, endLatest (YYYY-MM-DD, "" where unknown)
    speaker    IRI of the entity that says so, "" where the document itself does
    excerpts   in the order of documents and positions
    """

    iri: str
    relation: str
    label: str
    asserted: bool
    classes: tuple[str, ...]
    arguments: Mapping[str, tuple[str, ...]]
    bounds: tuple[str, str, str, str]
    confidence: float
    sources: int
    polarity: str
    certainty: str
    speaker: str
    excerpts: tuple[Excerpt, ...]

    def first(self, property_: str) -> str:
        """The first value of an argument, or ""."""
        return next(iter(self.arguments.get(property_, ())), "")


def described(triples: Iterable[str]) -> dict[str, Terms]:
    """Lines of N-Triples by their subjects (IRIs without brackets), in their order."""
    found: dict[str, Terms] = {}
    for line in triples:
        subject, predicate, term = line.split(" ", 2)
        terms = found.get(subject[1:-1])
        if terms is None:
            terms = found[subject[1:-1]] = []
        terms.append((predicate[1:-1], term[:-2]))
    return found


def is_statement(terms: Terms) -> bool:
    return any(p == RDF + "type" and o in (_FACT, _PROPOSITION) for p, o in terms)


def read_statements(subjects: Mapping[str, Terms]) -> list[Statement]:
    """All facts and propositions, in the order of their IRIs."""
    excerpts: dict[str, Excerpt] = {}
    return [_statement(iri, subjects, excerpts) for iri in sorted(subjects) if is_statement(subjects[iri])]


def _statement(iri: str, subjects: Mapping[str, Terms], known: dict[str, Excerpt]) -> Statement:
    values: dict[str, list[str]] = {}
    for predicate, term in subjects[iri]:
        values.setdefault(predicate, []).append(value(term))

    def one(predicate: str) -> str:
        return min(values.get(predicate, ()), default="")

    types = values[RDF + "type"]
    asserted = KG + "Fact" in types
    names = ("startEarliest", "startLatest", "endEarliest", "endLatest")
    start_earliest, start_latest, end_earliest, end_latest = (one((KG if asserted else WOULD) + n) for n in names)
    for excerpt in values.get(PROV + "wasDerivedFrom", ()):
        if excerpt not in known:
            known[excerpt] = _excerpt(excerpt, subjects)
    excerpts = [known[excerpt] for excerpt in values.get(PROV + "wasDerivedFrom", ())]
    return Statement(
        iri=iri,
        relation=one(KG + "relation"),
        label=one(RDFS + "label"),
        asserted=asserted,
        classes=tuple(sorted(set(types) - {KG + "Fact"} if asserted else values.get(KG + "wouldBe", ()))),
        arguments={p: tuple(sorted(found)) for p, found in sorted(values.items()) if p not in _OWN},
        bounds=(start_earliest, start_latest, end_earliest, end_latest),
        confidence=float(one(KG + "confidence") or 0),
        sources=int(one(KG + "sources") or len({excerpt.document for excerpt in excerpts})),
        polarity=one(KG + "polarity") or "positive",
        certainty=one(KG + "certainty") or "stated",
        speaker=one(KG + "attributedTo"),
        excerpts=tuple(sorted(excerpts, key=lambda e: (e.id, e.start, e.end, e.document))),
    )


def _excerpt(iri: str, subjects: Mapping[str, Terms]) -> Excerpt:
    found: dict[str, str] = {}
    selectors = [value(o) for p, o in subjects.get(iri, ()) if p == OA + "hasSelector"]
    document = next((value(o) for p, o in subjects.get(iri, ()) if p == OA + "hasSource"), "")
    for subject in (iri, *selectors, document):
        for predicate, term in subjects.get(subject, ()):
            found.setdefault(predicate, value(term))
    return Excerpt(
        document=document,
        id=found.get(DCTERMS + "identifier", ""),
        title=found.get(RDFS + "label", ""),
        published=found.get(KG + "published", ""),
        published_earliest=found.get(KG + "publishedEarliest", ""),
        published_latest=found.get(KG + "publishedLatest", ""),
        publisher=found.get(DC + "publisher", ""),
        url=found.get(SCHEMA + "url", ""),
        page=int(found[KG + "page"]) if KG + "page" in found else None,
        start=int(found.get(OA + "start", 0)),
        end=int(found.get(OA + "end", 0)),
        text=found.get(OA + "exact", ""),
    )

"""Scales of judgement: which concept a grade's words stand for, on the scale its judge used at the time.

Read from `registers/scales.ttl` of the ontology (SKOS, https://www.w3.org/TR/skos-reference/): a scheme a scale with
`usedBy` and perhaps `schema:startDate` and `endDate`, a concept a grade with `rank`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from kgraph.graph.terms import KG, RDF, SCHEMA, SKOS
from kgraph.registers import normalise


@dataclass(frozen=True, slots=True)
class Scale:
    """One scheme: who judges on it, from when to when (ISO 8601, "" where open), and its concepts by their words."""

    iri: str
    users: frozenset[str]
    start: str
    end: str
    concepts: dict[str, str]


@dataclass(frozen=True)
class Scales:
    """All scales of an ontology, and what is said of each scheme and concept."""

    scales: tuple[Scale, ...]
    properties: dict[str, list[tuple[str, str]]]

    def concept(self, words: str, user: str, day: str | None) -> str | None:
        """IRI of the grade that these words are when `user` (an IRI) judges on that day, if only one fits.

        Without a day, scales that are still in use come first.
        """
        fitting = [s for s in self.scales if user in s.users and normalise(words) in s.concepts]
        if day is not None:
            fitting = [s for s in fitting if s.start <= day and (not s.end or day[: len(s.end)] <= s.end)]
        else:
            fitting = [s for s in fitting if not s.end] or fitting
        return fitting[0].concepts[normalise(words)] if len(fitting) == 1 else None

    def describe(self, concept: str) -> Iterator[str]:
        """Lines of N-Triples about a concept and its scheme."""
        scheme = next((o[1:-1] for p, o in self.properties[concept] if p == SKOS + "inScheme"), None)
        for subject in filter(None, (concept, scheme)):
            for predicate, term in self.properties[subject]:
                if predicate not in (SKOS + "hasTopConcept", SKOS + "topConceptOf", KG + "usedBy"):
                    yield f"<{subject}> <{predicate}> {term} ."


def load_scales(folder: Path) -> Scales:
    """The scales of an ontology folder; none where it has no `registers/scales.ttl`."""
    path = folder / "registers" / "scales.ttl"
    properties: dict[str, list[tuple[str, str]]] = defaultdict(list)
    if path.exists():
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            if isinstance(quad.subject, pyoxigraph.NamedNode):
                properties[quad.subject.value].append((quad.predicate.value, str(quad.object)))
    values = {subject: _values(pairs) for subject, pairs in properties.items()}
    concepts: dict[str, dict[str, str]] = defaultdict(dict)
    for subject in sorted(values):
        for scheme in values[subject].get(SKOS + "inScheme", ()):
            for name in ("prefLabel", "altLabel"):
                for label in values[subject].get(SKOS + name, ()):
                    concepts[scheme].setdefault(normalise(label), subject)
    scales = [
        Scale(
            iri=subject,
            users=frozenset(found.get(KG + "usedBy", ())),
            start=next(iter(found.get(SCHEMA + "startDate", ())), ""),
            end=next(iter(found.get(SCHEMA + "endDate", ())), ""),
            concepts=concepts[subject],
        )
        for subject, found in sorted(values.items())
        if SKOS + "ConceptScheme" in found.get(RDF + "type", ())
    ]
    return Scales(tuple(scales), dict(properties))


def _values(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Terms of N-Triples without their dress."""
    found: dict[str, list[str]] = defaultdict(list)
    for predicate, term in pairs:
        bare = term[1:-1] if term.startswith("<") else term.rpartition('"')[0].removeprefix('"')
        found[predicate].append(bare)
    return found

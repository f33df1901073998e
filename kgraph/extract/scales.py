"""Judgement scales: which words are grades, on which scales, and who uses these.

Read from `registers/scales.ttl` of an ontology (SKOS: a scheme a scale, a concept a grade, `rank` its place).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from kgraph.extract.lexicon import Phrases

_SKOS = "http://www.w3.org/2004/02/skos/core#"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of one scale. `name` is how facts write it; `users` are register ids of those who judge on the scale."""

    name: str
    scale: str
    rank: int
    users: frozenset[str]


@dataclass(frozen=True)
class Scales:
    """Grades by the words that stand for them, and all grades of a scale."""

    grades: Phrases[Grade]
    users: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.users)


@lru_cache(maxsize=4)
def load_scales(folder: Path, base_iri: str) -> Scales:
    """Reads `registers/scales.ttl` below an ontology folder; without one no word is a grade."""
    path = folder / "registers" / "scales.ttl"
    labels: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    ranks: dict[str, int] = {}
    schemes: dict[str, str] = {}
    users: dict[str, set[str]] = defaultdict(set)
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE) if path.exists() else ():
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object.value
        if predicate == _SKOS + "prefLabel":
            names[subject] = value.lower()
        if predicate in (_SKOS + "prefLabel", _SKOS + "altLabel"):
            labels[subject].append(value)
        elif predicate == _SKOS + "inScheme":
            schemes[subject] = value
        elif predicate.endswith("rank"):
            ranks[subject] = int(value)
        elif predicate.endswith("usedBy"):
            users[subject].add(value.removeprefix(base_iri))
    grades = [
        (label, Grade(names[concept], scheme, ranks.get(concept, 0), frozenset(users[scheme])))
        for concept, scheme in sorted(schemes.items())
        for label in labels[concept]
    ]
    return Scales(Phrases(grades), frozenset(u for found in users.values() for u in found))

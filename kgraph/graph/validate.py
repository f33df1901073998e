"""Checking a graph against the ontology's SHACL shapes (https://www.w3.org/TR/shacl/).

pySHACL works on rdflib's graph, which needs about 1.3 kB and 0.2 ms a triple. Graphs above `LIMIT` are
therefore checked with the constraints that matter most only, as SPARQL on pyoxigraph.

Apart from whether a graph is as it should be stands what its sources say that cannot be so (`check_sources`): such a
graph conforms, and somebody has to look into its documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import rdflib
from rdflib.namespace import SH

from kgraph.graph.terms import KG, OA, OWL, PROV, RDFS
from kgraph.ontology import Ontology
from kgraph.query.store import open_store

LIMIT = 250_000


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong with one node. `severity` is "violation" or "warning"; or "sources", for what the graph
    rightly says that its documents say."""

    focus: str
    message: str
    severity: str = "violation"

    def __str__(self) -> str:
        return f"{self.severity}: {self.focus}: {self.message}"


def validate(path: Path, ontology: Ontology) -> list[Finding]:
    """Findings about a graph file, sorted; empty where it conforms. Raises ValueError for a file that is no RDF."""
    store = open_store(path)
    found = check_essentials(store) if len(store) > LIMIT else check_shapes(store, ontology)
    return found + check_sources(store)


def check_shapes(store: pyoxigraph.Store, ontology: Ontology) -> list[Finding]:
    """Findings of the ontology's shapes."""
    from pyshacl import validate as pyshacl_validate

    data, shapes = rdflib.Graph(), rdflib.Graph()
    data.parse(
        data=store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph()), format="nt"
    )
    shapes.parse(ontology.folder / "shapes.ttl")
    _, report, _ = pyshacl_validate(data, shacl_graph=shapes, advanced=False, inference="none")
    findings = set()
    for result in report.subjects(SH.resultMessage):
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        message = " ".join(str(report.value(result, SH.resultMessage)).split())
        where = f"{path.n3(shapes.namespace_manager)}: " if isinstance(path, rdflib.URIRef) else ""
        shown = f" (found {value})" if value is not None and len(str(value)) < 200 else ""
        severity = "violation" if report.value(result, SH.resultSeverity) == SH.Violation else "warning"
        findings.add(Finding(str(report.value(result, SH.focusNode)), f"{where}{message}{shown}", severity))
    return sorted(findings)


_ESSENTIALS = {
    "has no excerpt it was read from": f"""
        {{ ?focus a <{KG}Fact> }} UNION {{ ?focus a <{KG}Proposition> }}
        FILTER NOT EXISTS {{ ?focus <{PROV}wasDerivedFrom> ?e }}""",
    "is read from what is no excerpt": f"""
        ?focus <{PROV}wasDerivedFrom> ?e FILTER NOT EXISTS {{ ?e a <{OA}SpecificResource> }}""",
    "has no confidence from 0 to 1, or several": f"""
        {{ {{ ?focus a <{KG}Fact> }} UNION {{ ?focus a <{KG}Proposition> }}
          FILTER NOT EXISTS {{ ?focus <{KG}confidence> ?c FILTER (?c >= 0 && ?c <= 1) }} }}
        UNION {{ ?focus <{KG}confidence> ?c, ?d FILTER (?c != ?d) }}""",
    "is a fact and a proposition": f"?focus a <{KG}Proposition>, <{KG}Fact>",
    "starts in no order": f"?focus <{KG}startEarliest> ?a ; <{KG}startLatest> ?b FILTER (?a > ?b)",
    "ends in no order": f"?focus <{KG}endEarliest> ?a ; <{KG}endLatest> ?b FILTER (?a > ?b)",
    "is an excerpt of no document": f"""
        ?focus a <{OA}SpecificResource> FILTER NOT EXISTS {{ ?focus <{OA}hasSource> ?d }}""",
    "is an excerpt of what is no document": f"""
        ?focus <{OA}hasSource> ?d FILTER NOT EXISTS {{ ?d a <{KG}Document> }}""",
    "is not a span": f"?focus <{OA}start> ?a ; <{OA}end> ?b FILTER (?a < 0 || ?a >= ?b)",
    "has no label, or several": f"""
        {{ {{ ?focus a <{KG}Fact> }} UNION {{ ?focus a <{KG}Proposition> }}
          FILTER NOT EXISTS {{ ?focus <{RDFS}label> ?l }} }}
        UNION {{ ?focus <{RDFS}label> ?l, ?m FILTER (?l != ?m) }}""",
    "is the same as a text": f"?focus <{OWL}sameAs> ?o FILTER (!isIRI(?o))",
}


def check_essentials(store: pyoxigraph.Store) -> list[Finding]:
    """Findings of the constraints that every graph of the engine must meet, whatever its domain."""
    findings = set()
    for message, pattern in _ESSENTIALS.items():
        solutions = store.query(f"SELECT DISTINCT ?focus WHERE {{ {pattern} }}")
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        for solution in solutions:
            findings.add(Finding(str(getattr(solution["focus"], "value", "")), message))
    return sorted(findings)


_AT_ONCE = f"""
    SELECT ?focus ?one ?other ?from ?until WHERE {{
      ?focus a <{KG}Tenure> ; <{RDFS}label> ?one ; <{KG}inOfficeFrom> ?a ; <{KG}inOfficeUntil> ?b ;
             <{KG}contradicts> ?second .
      ?second a <{KG}Tenure> ; <{RDFS}label> ?other ; <{KG}inOfficeFrom> ?c ; <{KG}inOfficeUntil> ?d .
      FILTER (STR(?focus) < STR(?second))
      BIND (IF(?a > ?c, ?a, ?c) AS ?from) BIND (IF(?b < ?d, ?b, ?d) AS ?until) }}"""
_BACKWARDS = f"""
    SELECT DISTINCT ?focus ?label ?start ?end WHERE {{
      ?focus <{KG}startEarliest> ?start ; <{KG}endLatest> ?end ; <{RDFS}label> ?label . FILTER (?end < ?start) }}"""


def check_sources(store: pyoxigraph.Store) -> list[Finding]:
    """What documents say that cannot be so: two people at once in a post for one, an end before the start."""
    findings = set()
    for focus, one, other, first, last in _rows(store, _AT_ONCE):
        message = f"a post for one person, held by two from {first} to {last}: {one}; {other}"
        findings.add(Finding(focus, message, "sources"))
    for focus, label, start, end in _rows(store, _BACKWARDS):
        findings.add(Finding(focus, f"ends on {end}, before it starts on {start}: {label}", "sources"))
    return sorted(findings)


def _rows(store: pyoxigraph.Store, query: str) -> Iterator[list[str]]:
    solutions = store.query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return ([str(getattr(value, "value", "")) for value in solution] for solution in solutions)

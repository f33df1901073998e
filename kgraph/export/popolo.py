"""Popolo (https://www.popoloproject.com/specs/): persons, organisations, posts and memberships as civic-tech tools know
them.

Read from W3C ORG's terms, so it serves any ontology built on them. A membership is a term of office, or an
`org:Membership` that a document asserts; what is only claimed, denied or planned is none. Popolo has no place for
doubt: a date is written as far as it is known, to the day, the month or the year. Further keys of kgraph's own are
`confidence` and `status`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, BinaryIO

from kgraph.graph import edtf
from kgraph.graph.model import Graph
from kgraph.graph.read_back import Statement, Terms, described, read_statements
from kgraph.graph.terms import DCTERMS, FOAF, KG, ORG, OWL, RDF, RDFS, SCHEMA, SKOS, value

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def write(graph: Graph, file: BinaryIO) -> None:
    subjects = described(graph.triples)
    types = {node.iri: node.type for node in graph.nodes}
    classes = {iri: {value(o) for p, o in terms if p == RDF + "type"} for iri, terms in subjects.items()}
    persons, organizations, posts = [], [], []
    for iri, terms in subjects.items():
        if FOAF + "Person" in classes[iri]:
            persons.append(_named(iri, terms))
        elif ORG + "Post" in classes[iri]:
            posts.append(_post(iri, terms, subjects))
        elif ORG + "Organization" in classes[iri]:
            organizations.append(_organization(iri, terms, types.get(iri, ""), classes))
    told: dict[str, list[Statement]] = defaultdict(list)  # of each term of office, or of a fact alone
    for statement in read_statements(subjects):
        if statement.asserted and ORG + "Membership" in statement.classes:
            told[statement.first(KG + "tenure") or statement.iri].append(statement)
    memberships = [_membership(iri, statements, subjects) for iri, statements in told.items()]
    found = {"persons": persons, "organizations": organizations, "posts": posts, "memberships": memberships}
    document = {name: sorted(rows, key=lambda row: str(row["id"])) for name, rows in found.items()}
    file.write((json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode())


def _values(terms: Terms, predicate: str) -> list[str]:
    return sorted(value(o) for p, o in terms if p == predicate)


def _one(terms: Terms, predicate: str) -> str | None:
    return next(iter(_values(terms, predicate)), None)


def _present(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: content for name, content in row.items() if content not in (None, "", [])}


def _named(iri: str, terms: Terms) -> dict[str, Any]:
    identifiers = [{"scheme": "kgraph", "identifier": i} for i in _values(terms, DCTERMS + "identifier")]
    same = [link for property_ in (OWL + "sameAs", SKOS + "exactMatch") for link in _values(terms, property_)]
    homepages = [{"url": url, "note": "homepage"} for url in _values(terms, FOAF + "homepage")]
    return _present(
        {
            "id": iri,
            "name": _one(terms, RDFS + "label"),
            "other_names": [{"name": name} for name in _values(terms, SKOS + "altLabel")],
            "identifiers": identifiers,
            "links": [*homepages, *({"url": url, "note": "same as"} for url in same)],
        }
    )


def _organization(iri: str, terms: Terms, kind: str, classes: Mapping[str, set[str]]) -> dict[str, Any]:
    wholes = _values(terms, ORG + "subOrganizationOf")
    row = {
        "classification": kind,
        "parent_id": next((whole for whole in wholes if ORG + "Organization" in classes.get(whole, ())), None),
        "founding_date": _date(_one(terms, SCHEMA + "foundingDate")),
        "dissolution_date": _date(_one(terms, SCHEMA + "dissolutionDate")),
    }
    return _named(iri, terms) | _present(row)


def _post(iri: str, terms: Terms, subjects: Mapping[str, Terms]) -> dict[str, Any]:
    role = _one(terms, ORG + "role")
    return _present(
        {
            "id": iri,
            "label": _one(terms, RDFS + "label"),
            "role": _one(subjects.get(role or "", []), RDFS + "label"),
            "organization_id": _one(terms, ORG + "postIn"),
        }
    )


def _membership(iri: str, statements: list[Statement], subjects: Mapping[str, Terms]) -> dict[str, Any]:
    terms, first = subjects[iri], statements[0]
    sources = {(e.url, e.title): {"url": e.url, "note": e.title} for s in statements for e in s.excerpts if e.url}
    return _present(
        {
            "id": iri,
            "label": _one(terms, RDFS + "label"),
            "person_id": first.first(ORG + "member"),
            "organization_id": first.first(ORG + "organization"),
            "post_id": first.first(KG + "post"),
            "role": _one(subjects.get(first.first(ORG + "role"), []), RDFS + "label"),
            "status": _one(terms, KG + "status"),
            "start_date": span(_one(terms, KG + "startEarliest"), _one(terms, KG + "startLatest")),
            "end_date": span(_one(terms, KG + "endEarliest"), _one(terms, KG + "endLatest")),
            "confidence": max(statement.confidence for statement in statements),
            "sources": [_present(sources[key]) for key in sorted(sources)],
        }
    )


def span(earliest: str | None, latest: str | None) -> str | None:
    """A day, month or year that just has these two for its first and last day; None where none has."""
    forms = (earliest[:length] for length in (10, 7, 4)) if earliest and latest else ()
    return next((form for form in forms if edtf.days(form) == (earliest, latest)), None)


def _date(words: str | None) -> str | None:
    return words if words and _DATE.fullmatch(words) else None

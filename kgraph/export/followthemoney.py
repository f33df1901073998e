"""Entities of followthemoney (https://followthemoney.tech), one JSON object a line, for Aleph and OpenSanctions' tools.

People and bodies by the types that the ontology's `followthemoney.yaml` gives them; a tenure is an Occupancy of a
Position, a membership without a role a Membership, any other edge between entities an UnknownLink with its label for a
role, and documents are Articles that facts name as `proof`. What is only claimed, denied or planned is left out. The
library's own rules clean every value: what they refuse, such as an impossible date, is not written.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from kgraph.graph.model import Graph, Node
from kgraph.graph.read_back import Excerpt, Statement, described, read_statements
from kgraph.graph.terms import DCTERMS, FOAF, KG, ORG, OWL, RDFS, SKOS, WIKIDATA, value
from kgraph.identifiers import digest
from kgraph.ontology import Ontology
from kgraph.yamlfile import load_yaml

_MISSING = "followthemoney is not installed: pip install 'kgraph[followthemoney]'"


def write(graph: Graph, file: BinaryIO, ontology: Ontology) -> None:
    """Raises ValueError where the library is not installed."""
    try:
        from followthemoney import model
    except ImportError as error:
        raise ValueError(_MISSING) from error
    for entity in _Export(graph, ontology, model).entities():
        file.write(f"{json.dumps(entity, ensure_ascii=False, sort_keys=True)}\n".encode())


class _Export:
    def __init__(self, graph: Graph, ontology: Ontology, model: Any) -> None:
        self.graph, self.ontology, self.model = graph, ontology, model
        path = ontology.folder / "followthemoney.yaml"
        self.rules: Mapping[str, Any] = load_yaml(path) if path.exists() else {}
        self.subjects = described(graph.triples)
        self.things: dict[str, str] = {}  # IRI → id, of the people and bodies written

    def entities(self) -> Iterator[dict[str, Any]]:
        for node in self.graph.nodes:
            schema = self.schema(node)
            if schema is not None:
                self.things[node.iri] = _id(node.iri)
                yield self.thing(node, schema)
        facts = {s.iri: s for s in read_statements(self.subjects) if s.asserted}
        told: set[str] = set()  # facts that are more than a link
        written: set[str] = set()  # ids: many tenures are of one position
        documents: dict[str, Excerpt] = {}
        terms: dict[str, list[Statement]] = defaultdict(list)  # facts of one term of office are one entity
        for fact in facts.values():
            term = fact.first(KG + "tenure") if ORG + "Membership" in fact.classes else ""
            terms[term or fact.iri].append(fact)
        for iri, found in terms.items():
            for entity in self.told(iri, found):
                told |= {fact.iri for fact in found}
                documents |= {excerpt.document: excerpt for fact in found for excerpt in fact.excerpts}
                if entity["id"] not in written:
                    written.add(entity["id"])
                    yield entity
        for edge in self.graph.edges:
            link = facts.get(str(edge.attributes.get("iri", "")))
            if edge.source not in self.things or edge.target not in self.things or (link and link.iri in told):
                continue
            key = _id(edge.source, edge.target, edge.label, link.iri if link else "")
            values = {"subject": self.things[edge.source], "object": self.things[edge.target], "role": edge.label}
            yield self.make("UnknownLink", key, **values, **self.provenance(*([link] if link else [])))
            documents |= {excerpt.document: excerpt for excerpt in link.excerpts} if link else {}
        for iri in sorted(documents):
            yield self.document(documents[iri])

    def schema(self, node: Node) -> str | None:
        """Of what the node's type, or what it is a kind of, is in followthemoney; None for what is none of it."""
        types = self.rules.get("types", {})
        return next((types[name] for name in self.ontology.lineage(node.type) if name in types), None)

    def thing(self, node: Node, schema: str) -> dict[str, Any]:
        terms = self.subjects.get(node.iri, [])
        same = [value(o) for p, o in terms if p == OWL + "sameAs" and value(o).startswith(WIKIDATA)]
        return self.make(
            schema,
            _id(node.iri),
            name=node.label,
            alias=[value(o) for p, o in terms if p == SKOS + "altLabel"],
            wikidataId=[iri.removeprefix(WIKIDATA) for iri in same],
            idNumber=[re.split("[/:]", value(o))[-1] for p, o in terms if p == DCTERMS + "identifier"],
            website=[value(o) for p, o in terms if p == FOAF + "homepage"],
            classification=node.type,
            country=self.rules.get("country", ()),
        )

    def told(self, iri: str, facts: list[Statement]) -> Iterator[dict[str, Any]]:
        """What a fact, or the facts of one term of office, are in followthemoney; nothing where they are only drawn."""
        fact = facts[0]
        rule = self.rules.get("relations", {}).get(fact.relation)
        if rule is not None:
            values = {
                name: [self.things.get(v, v) for v in fact.arguments.get(self.expand(property_), ())]
                for property_, name in rule["properties"].items()
            }
            if all(values.get(name) for name in self.model.get(rule["schema"]).required):
                yield self.make(rule["schema"], _id(iri), **values, **self.provenance(*facts))
        elif ORG + "Membership" in fact.classes:
            yield from self.tenure(iri, facts)

    def tenure(self, iri: str, facts: list[Statement]) -> Iterator[dict[str, Any]]:
        member, body = facts[0].first(ORG + "member"), facts[0].first(ORG + "organization")
        post = facts[0].first(KG + "post") or facts[0].first(ORG + "role")
        if member not in self.things:
            return
        status = next((value(o) for p, o in self.subjects[iri] if p == KG + "status"), "")
        values = {"status": status, **self.provenance(*facts)}
        if post:
            label = next((value(o) for p, o in self.subjects.get(post, []) if p == RDFS + "label"), "")
            country = self.rules.get("country", ())
            yield self.make("Position", _id(post), name=label, organization=self.things.get(body, ()), country=country)
            yield self.make("Occupancy", _id(iri), holder=self.things[member], post=_id(post), **values)
        elif body in self.things:
            ends = {"member": self.things[member], "organization": self.things[body]}
            yield self.make("Membership", _id(iri), **ends, **values)

    def provenance(self, *facts: Statement) -> dict[str, Any]:
        excerpts = [excerpt for fact in facts for excerpt in fact.excerpts]
        times = {"date": "when", "startDate": "start", "endDate": "end"}
        return {
            **{name: [fact.first(KG + property_) for fact in facts] for name, property_ in times.items()},
            "summary": [fact.label for fact in facts],
            "description": [excerpt.text for excerpt in excerpts],
            "sourceUrl": [excerpt.url for excerpt in excerpts],
            "publisher": [excerpt.publisher for excerpt in excerpts],
            "proof": sorted({_id(excerpt.document) for excerpt in excerpts}),
            "recordId": [fact.iri for fact in facts],
        }

    def document(self, excerpt: Excerpt) -> dict[str, Any]:
        return self.make(
            "Article",
            _id(excerpt.document),
            title=excerpt.title,
            fileName=excerpt.id,
            publishedAt=excerpt.published,
            publisher=excerpt.publisher,
            sourceUrl=excerpt.url,
        )

    def make(self, schema: str, key: str, **values: Any) -> dict[str, Any]:
        entity = self.model.make_entity(schema)
        entity.id = key
        for name, content in values.items():
            entity.add(name, content, quiet=True)
        found: dict[str, Any] = entity.to_dict()
        return {
            "id": found["id"],
            "schema": found["schema"],
            "properties": {name: sorted(content) for name, content in sorted(found["properties"].items())},
        }

    def expand(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self.ontology.prefixes[prefix] + local


def _id(*iris: str) -> str:
    return f"kg-{digest(*iris)}"

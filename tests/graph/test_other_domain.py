"""Another ontology folder gives another graph: the engine brings nothing of its own domain along."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import export, query
from kgraph.documents import Document
from kgraph.facts import Entity, Fact
from kgraph.graph import assemble
from kgraph.graph.validate import validate
from kgraph.ontology import Ontology, load_ontology
from kgraph.query.explain import explain

FILES = {
    "types.yaml": """
namespace: https://birds.example/ns#
base_iri: https://birds.example/id/
types:
  bird: {class: [b:Bird]}
  site: {class: [b:Site], context: true}
""",
    "kgraph.ttl": """
@prefix b: <https://birds.example/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
b:Bird a rdfs:Class . b:Site a rdfs:Class . b:Nesting a rdfs:Class .
b:bird a rdfs:Property . b:site a rdfs:Property . b:when a rdfs:Property . b:nestsAt a rdfs:Property .
""",
    "shapes.ttl": """
@prefix b: <https://birds.example/ns#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
b:NestingShape a sh:NodeShape ; sh:targetClass b:Nesting ; sh:property [ sh:path b:site ; sh:minCount 1 ] .
""",
    "relations/nests.yaml": """
label: nests
description: A bird nests at a site.
arguments:
  bird: {kind: entity, types: [bird], required: true}
  site: {kind: entity, types: [site]}
  when: {kind: date}
rdf:
  class: b:Nesting
  label: "{bird} nested[ at {site}][ in {when}]"
  properties: {bird: b:bird, site: b:site, when: b:when}
  time: {when: when}
edges:
  - {source: bird, target: site, label: nests at, property: b:nestsAt}
""",
    "registers/sites.csv": "id,type,name\nsite/1,site,Hen Rock\n",
    "queries/sites.rq": """# Where each bird nests.
PREFIX b: <https://birds.example/ns#>
SELECT ?site WHERE { ?nesting b:site ?site }
""",
}
TEXT = "Two fulmars nested on Hen Rock in May 2020. A gannet may have nested there."
DOCUMENT = Document("log.txt", TEXT, "log.txt")
ROCK = Entity("Hen Rock", "site", "site/1")


@pytest.fixture
def ontology(tmp_path: Path) -> Ontology:
    for name, text in FILES.items():
        path = tmp_path / "birds" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_ontology(tmp_path / "birds")


def nests(bird: str, **more: str) -> Fact:
    arguments = {"bird": Entity(bird, "bird"), "site": ROCK, "when": "2020-05"}
    return Fact("log.txt", "nests", arguments, DOCUMENT.excerpt(0, 43), **more)  # type: ignore[arg-type]


def test_birds(ontology: Ontology, tmp_path: Path) -> None:
    graph = assemble([nests("fulmar"), nests("gannet", certainty="possible")], [DOCUMENT], ontology, ontology.base_iri)
    assert [(edge.label, edge.attributes["start"]) for edge in graph.edges] == [("nests at", "2020-05-01")]
    assert not any("/ns/org#" in line or "foaf" in line for line in graph.triples)
    path = tmp_path / "graph.ttl"
    export.write(graph, path)
    assert validate(path, ontology) == []
    assert "fulmar nested at Hen Rock in 2020-05" in explain(path, "Hen Rock", ontology)
    assert "possible: gannet nested at Hen Rock in 2020-05" in explain(path, "gannet", ontology)
    assert "site/1" in query.run(path, query.named_query(ontology, "sites", {}))

"""Graphs of kgraph conform; a graph changed by hand does not, and the findings say where."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgraph import export
from kgraph.facts import Entity
from kgraph.graph import assemble
from kgraph.graph.validate import check_essentials, validate
from kgraph.ontology import Ontology, load_ontology
from kgraph.query.store import open_store
from tests.graph.hand_made import DOCUMENTS, FACTS, SECOND, fact


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def lines(ontology: Ontology) -> tuple[str, ...]:
    return assemble(FACTS, DOCUMENTS, ontology, "https://data.example/id/").triples


def test_a_graph_conforms(ontology: Ontology, tmp_path: Path) -> None:
    export.write(assemble(FACTS, DOCUMENTS, ontology, "https://data.example/id/"), tmp_path / "graph.ttl")
    assert validate(tmp_path / "graph.ttl", ontology) == []
    assert check_essentials(open_store(tmp_path / "graph.ttl")) == []


def test_what_a_register_says_of_two_bodies_needs_no_label_of_its_own(ontology: Ontology, tmp_path: Path) -> None:
    old = Entity("Buckinghamshire County Council", "council", "council/E10000002")
    new = Entity("Buckinghamshire Council", "council", "council/E06000060")
    facts = [fact(SECOND, "Marion Dane welcomed the plan", "meets", body=body) for body in (old, new)]
    export.write(assemble(facts, [SECOND], ontology, "https://data.example/id/"), tmp_path / "graph.ttl")
    store = open_store(tmp_path / "graph.ttl")
    assert store.query("ASK { ?edge <https://w3id.org/kgraph/ns#edgeLabel> 'replaced by' }")
    assert check_essentials(store) == validate(tmp_path / "graph.ttl", ontology) == []


@pytest.mark.parametrize(
    ("subject", "old", "new", "message", "essential"),
    [
        ("fact/inspects", "prov#wasDerivedFrom", "prov#wasQuotedFrom", "has no excerpt", True),
        ("fact/inspects", '"0.9"^^', '"1.9"^^', "has no confidence from 0 to 1", True),
        ("fact/inspects", "ns#Inspection>", "ns#Proposition>", "is a fact and a proposition", True),
        ("excerpt/", "oa#hasSource", "oa#source", "is an excerpt of no document", True),
        ("fact/inspects", 'startEarliest> "2019-05-06"', 'startEarliest> "2020-05-06"', "starts in no order", True),
        ("fact/inspects", "rdf-schema#label", "rdf-schema#comment", "has no label", True),
        ("fact/rates", "ns#judgement", "ns#verdict", "kg:judgement: Less than 1 values", False),
        ("fact/inspects", "id/council/E06000002>", "id/person/x>", "is no organisation", False),
        ("proposition/holds", '"negative"', '"unknown"', "kg:polarity: Value", False),
    ],
)
def test_findings(
    lines: tuple[str, ...],
    ontology: Ontology,
    tmp_path: Path,
    subject: str,
    old: str,
    new: str,
    message: str,
    essential: bool,
) -> None:
    hit = next(line for line in lines if f"/id/{subject}" in line.split()[0] and old in line)
    path = tmp_path / "graph.nt"
    path.write_text("\n".join(line.replace(old, new) if line == hit else line for line in lines) + "\n")
    found = validate(path, ontology)
    assert any(message in finding.message for finding in found), found
    if essential:
        assert any(message in finding.message for finding in check_essentials(open_store(path)))

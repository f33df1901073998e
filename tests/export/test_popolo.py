"""Popolo says of persons, organisations, posts and memberships what a SPARQL engine finds in the Turtle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib

from kgraph import export
from kgraph.export.popolo import span
from kgraph.graph import assemble
from kgraph.ontology import load_ontology
from tests.graph.hand_made import DOCUMENTS, FACTS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("popolo")
    graph = assemble(FACTS, DOCUMENTS, load_ontology(), "https://data.example/id/")
    export.write(graph, folder / "graph.ttl")
    export.write(graph, folder / "graph.json", "popolo")
    return folder


@pytest.fixture(scope="module")
def popolo(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "graph.json").read_text(encoding="utf-8"))


def ask(folder: Path, pattern: str) -> list[tuple[str | None, ...]]:
    graph = rdflib.Graph().parse(folder / "graph.ttl")
    return sorted(tuple(None if v is None else str(v) for v in row) for row in graph.query(f"SELECT {pattern}"))


def test_persons_and_organisations_are_those_of_the_graph(folder: Path, popolo: dict[str, Any]) -> None:
    persons = ask(folder, "?p ?n WHERE { ?p a foaf:Person ; rdfs:label ?n }")
    assert sorted((one["id"], one["name"]) for one in popolo["persons"]) == persons
    bodies = ask(folder, "?o ?n WHERE { ?o a org:Organization ; rdfs:label ?n }")
    assert sorted((one["id"], one["name"]) for one in popolo["organizations"]) == bodies


def test_memberships_are_the_terms_of_office_and_other_memberships(folder: Path, popolo: dict[str, Any]) -> None:
    found = sorted((m["person_id"], m["organization_id"], m.get("role")) for m in popolo["memberships"])
    assert found == ask(
        folder,
        """DISTINCT ?p ?o ?r WHERE { ?m a org:Membership, kg:Fact ; org:member ?p ; org:organization ?o
        OPTIONAL { ?m org:role/rdfs:label ?r } }""",
    )
    assert "deputy mayor" not in {m.get("role") for m in popolo["memberships"]}


@pytest.mark.parametrize(
    ("earliest", "latest", "date"),
    [
        ("2019-05-06", "2019-05-06", "2019-05-06"),
        ("2020-02-01", "2020-02-29", "2020-02"),
        ("2020-01-01", "2020-12-31", "2020"),
        ("2020-02-01", "2020-03-31", None),
        ("2020-01-01", None, None),
    ],
)
def test_dates_are_as_exact_as_they_are_known(earliest: str, latest: str | None, date: str | None) -> None:
    assert span(earliest, latest) == date


def test_every_reference_leads_somewhere(popolo: dict[str, Any]) -> None:
    ids = {name: {one["id"] for one in rows} for name, rows in popolo.items()}
    for membership in popolo["memberships"]:
        assert membership["person_id"] in ids["persons"]
        assert membership["organization_id"] in ids["organizations"]
        assert membership.get("post_id") is None or membership["post_id"] in ids["posts"]
    assert all(post["organization_id"] in ids["organizations"] for post in popolo["posts"])
    assert all(one.get("parent_id") in ids["organizations"] | {None} for one in popolo["organizations"])


def test_a_membership_has_its_sources_and_a_body_its_names(popolo: dict[str, Any]) -> None:
    [leader] = [m for m in popolo["memberships"] if m.get("role") == "leader" and "Hartlepool" not in m["label"]]
    assert leader["sources"] == [{"url": "https://beacon.example/first?a=1&b=2", "note": DOCUMENTS[0].title}]
    [body] = [one for one in popolo["organizations"] if one["name"] == "Middlesbrough Borough Council"]
    assert {"name": "Middlesbrough Council"} in body["other_names"]
    assert body["classification"] == "council"
    [panel] = [one for one in popolo["organizations"] if one["classification"] == "committee"]
    assert panel["parent_id"] == body["id"]

"""followthemoney's own library takes the entities as valid, and they say what the facts say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kgraph import export
from kgraph.facts import Entity
from kgraph.graph import assemble
from kgraph.ontology import load_ontology
from tests.graph.hand_made import COUNCIL, DOCUMENTS, FACTS, FIRST, fact

followthemoney = pytest.importorskip("followthemoney", reason="needs followthemoney (an extra)")

PAYMENT = fact(
    FIRST,
    "The council paid £2.5m for repairs",
    "funds",
    payer=COUNCIL,
    payee=Entity("Mend & Sons Ltd", "company"),
    amount=2_500_000,
    purpose="repairs",
)


@pytest.fixture(scope="module")
def entities(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    path = tmp_path_factory.mktemp("ftm") / "entities.jsonl"
    graph = assemble([*FACTS, PAYMENT], DOCUMENTS, load_ontology(), "https://data.example/id/")
    export.write(graph, path, "followthemoney")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def of(entities: list[dict[str, Any]], schema: str) -> list[dict[str, Any]]:
    return [entity["properties"] for entity in entities if entity["schema"] == schema]


def name(entities: list[dict[str, Any]], key: str) -> str:
    [found] = [entity for entity in entities if entity["id"] == key]
    return found["properties"]["name"][0]


def test_the_library_finds_every_entity_valid(entities: list[dict[str, Any]]) -> None:
    assert len({entity["id"] for entity in entities}) == len(entities)
    schemas = {entity["id"]: followthemoney.model.get(entity["schema"]) for entity in entities}
    for entity in entities:
        schema = followthemoney.model.get(entity["schema"])
        schema.validate({"properties": entity["properties"]})
        proxy = followthemoney.model.get_proxy(entity, cleaned=False)
        assert proxy.to_dict()["properties"].keys() == entity["properties"].keys()
        for property_, value in proxy.itervalues():
            assert property_.type.validate(value)
            if property_.range is not None:
                assert schemas[value].is_a(property_.range), (property_, value)
    assert all(set(schemas[e["id"]].required) <= set(e["properties"]) for e in entities)


def test_a_tenure_is_an_occupancy_of_a_position(entities: list[dict[str, Any]]) -> None:
    held = {(name(entities, one["holder"][0]), name(entities, one["post"][0])) for one in of(entities, "Occupancy")}
    assert ("Marion Dane", "leader of Middlesbrough Borough Council") in held
    assert not [post for _, post in held if "deputy mayor" in post], "that was claimed and denied"


def test_types_and_links(entities: list[dict[str, Any]]) -> None:
    assert "Ofsted" in {one["name"][0] for one in of(entities, "PublicBody")}
    assert {one["name"][0] for one in of(entities, "Person")} >= {"Marion Dane", "Peter Rook", "Hester Vale"}
    [membership] = of(entities, "Membership")
    assert name(entities, membership["organization"][0]) == "Labour Group"
    links = {
        (name(entities, one["subject"][0]), one["role"][0], name(entities, one["object"][0]))
        for one in of(entities, "UnknownLink")
    }
    assert ("Ofsted", "rated inadequate", "Middlesbrough Borough Council") in links


def test_a_payment(entities: list[dict[str, Any]]) -> None:
    [payment] = of(entities, "Payment")
    assert name(entities, payment["payer"][0]) == "Middlesbrough Borough Council"
    assert name(entities, payment["beneficiary"][0]) == "Mend & Sons Ltd"
    assert (payment["amount"], payment["purpose"]) == (["2500000"], ["repairs"])


def test_what_is_said_is_proved_by_its_document(entities: list[dict[str, Any]]) -> None:
    articles = {entity["id"]: entity["properties"] for entity in entities if entity["schema"] == "Article"}
    [inspected] = [one for one in of(entities, "UnknownLink") if one["role"] == ["inspects"]]
    article = articles[inspected["proof"][0]]
    assert article["title"] == [FIRST.title]
    assert article["publishedAt"] == ["2019-06-20"]
    assert inspected["description"] == ["visited from 6 to 17 May 2019"]

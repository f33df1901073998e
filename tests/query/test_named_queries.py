"""The named queries against what a careful reader of a few invented sentences would answer."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import igraph
import pytest
import rdflib

from kgraph import query
from kgraph.documents import Document
from kgraph.facts import Entity, Fact
from kgraph.graph.load import load_graph
from kgraph.ontology import Ontology
from kgraph.query.centrality import most_central
from kgraph.query.store import open_store
from tests.benchmarks.queries import embedded_rows, rdflib_rows
from tests.graph.hand_made import fact

TEXT = "The report says what it says."
JANUARY = Document(id="january", source="january", title="January", published="2023-01-31", text=TEXT)
JULY = Document(id="july", source="july", title="July", published="2023-07-31", text=TEXT)
COUNCIL = Entity("Middlesbrough Council", "council", "council/E06000002")
OTHER = Entity("Hartlepool Council", "council", "council/E06000001")
DEPARTMENT = Entity("Department for Education", "government-body")
OFSTED = Entity("Ofsted", "inspectorate", "inspectorate/ofsted")
CQC = Entity("Care Quality Commission", "inspectorate", "inspectorate/cqc")
CARE = Entity("Children's Services", "department-of-council")
TEAM = Entity("Fostering Team", "department-of-council")


def person(name: str) -> Entity:
    return Entity(name, "person")


def read(document: Document, relation: str, **arguments: Any) -> Fact:
    return fact(document, TEXT, relation, **arguments)


FACTS = [
    # a rating that is dated, one that only its report dates, and one of another body
    read(JANUARY, "rates", inspector=OFSTED, body=COUNCIL, judgement="inadequate", service="children's services",
         when="2022-11-14/2022-11-25"),
    read(JANUARY, "rates", inspector=CQC, body=COUNCIL, judgement="requires improvement", service="adult social care"),
    read(JULY, "rates", inspector=OFSTED, body=OTHER, judgement="inadequate", service="children's services"),
    # leaders: by the dates of the tenure, by the time of the report, and three who were not in office
    read(JANUARY, "holds-role", person=person("Dated Dora"), role="leader", org=COUNCIL, start="2021-05",
         end="2023-05"),
    read(JANUARY, "holds-role", person=person("Undated Una"), role="chief executive", org=COUNCIL),
    read(JULY, "holds-role", person=person("Later Lou"), role="leader", org=COUNCIL, start="2023-05"),
    read(JULY, "holds-role", person=person("Former Flo"), role="leader", org=COUNCIL, status="former"),
    read(JANUARY, "holds-role", person=person("Gone Gus"), role="leader", org=COUNCIL),
    read(JANUARY, "leaves-role", person=person("Gone Gus"), role="leader", org=COUNCIL, when="2021-04"),
    # departures within six months of a rating, and not
    read(JULY, "leaves-role", person=person("Quick Quinn"), role="director of children's services", org=COUNCIL,
         manner="resigned", when="2023-05-25"),
    read(JULY, "leaves-role", person=person("Slow Sam"), role="director of finance", org=COUNCIL, when="2023-08-01"),
    # interventions
    read(JANUARY, "intervenes", authority=DEPARTMENT, body=COUNCIL, kind="direction", when="2022-12-01"),
    read(JANUARY, "intervenes", authority=DEPARTMENT, body=OTHER, kind="notice", when="2021-03", duration="P12M"),
    read(JULY, "intervenes", authority=DEPARTMENT, body=OTHER, kind="commissioners", when="2022-01-01/2022-06-30"),
    # figures
    read(JANUARY, "measures", subject=COUNCIL, measure="children in care", value=388, from_=301, since="2018",
         unit="count"),
    read(JULY, "measures", subject=COUNCIL, measure="children in care", value=352, unit="count", when="2023-06"),
    # appointments, parts, claims
    read(JULY, "appoints", person=person("Sir Com Missioner"), role="commissioner", org=COUNCIL, appointer=DEPARTMENT,
         when="2023-07"),
    read(JANUARY, "part-of", part=CARE, whole=COUNCIL),
    read(JANUARY, "part-of", part=TEAM, whole=CARE),
    read(JANUARY, "says", speaker=person("Claude Claimant"), stance="states", gist="the files were lost", about=COUNCIL,
         quote=False),
    read(JULY, "disputes", speaker=person("Dina Denier"), claim="the files were lost", other=person("Claude Claimant")),
]  # fmt: skip
READ = FACTS, (JANUARY, JULY)


@pytest.fixture
def ask(path: Path, ontology: Ontology) -> Any:
    def ask(named: str, columns: str, **values: str) -> list[tuple[str, ...]]:
        answer = query.run(path, query.named_query(ontology, named, values), format="csv")
        return [tuple(row[column] for column in columns.split()) for row in csv.DictReader(io.StringIO(answer))]

    return ask


def test_interventions_in_force(ask: Any) -> None:
    def kinds(date: str) -> set[str]:
        return {kind for (kind,) in ask("interventions-in-force", "kind", date=date)}

    assert kinds("2021-02-28") == set()
    assert kinds("2021-12-31") == {"notice"}
    assert kinds("2022-04-15") == {"commissioners"}  # the notice was for twelve months
    assert kinds("2022-11-30") == set()  # the commissioners were there until June
    assert kinds("2024-01-01") == {"direction"}  # nobody says that it ended
    assert ask("interventions-in-force", "kind", date="2024-01-01", council="Hartlepool") == []


def test_who_led_when_rated(ask: Any) -> None:
    assert ask("who-led-when-rated", "person judged", judgement="inadequate") == [
        ("Undated Una", "2022-11-25"),
        ("Dated Dora", "2022-11-25"),
    ]
    assert ask("who-led-when-rated", "person service", role="leader") == [
        ("Dated Dora", "children's services"),
        ("Dated Dora", "adult social care"),
    ]


def test_who_left_within_six_months_of_a_rating(ask: Any) -> None:
    assert ask("left-after-rating", "person grade judged left", role="director") == [
        ("Quick Quinn", "inadequate", "2022-11-25", "2023-05-25"),  # to the day
        ("Quick Quinn", "requires improvement", "2023-01-31", "2023-05-25"),
    ]
    assert ask("left-after-rating", "person", judgement="inadequate") == [("Quick Quinn",)]


def test_figures_over_time(ask: Any) -> None:
    assert ask("figures-over-time", "date value", name="Middlesbrough", figure="children in care") == [
        ("2018", "301"),
        ("2023-01-31", "388"),
        ("2023-06", "352"),
    ]


def test_appointments_by(ask: Any) -> None:
    assert ask("appointments-by", "person title when", appointer="Department for Education") == [
        ("Sir Com Missioner", "commissioner", "2023-07")
    ]
    assert ask("appointments-by", "person", appointer="Ofsted") == []


def test_poor_ratings_by_several(ask: Any) -> None:
    """Hartlepool has one bad rating: it is not among them."""
    assert ask("poor-ratings-by-several", "body inspector judgement") == [
        ("Middlesbrough Borough Council", "Ofsted", "inadequate"),
        ("Middlesbrough Borough Council", "Care Quality Commission", "requires improvement"),
    ]


def test_latest_ratings_count_those_that_only_their_report_dates(ask: Any) -> None:
    assert ask("councils-by-latest-rating", "body judgement date", inspector="Ofsted") == [
        ("Hartlepool Borough Council", "inadequate", "2023-07-31"),
        ("Middlesbrough Borough Council", "inadequate", "2022-11-25"),
    ]


def test_claims_and_denials(ask: Any) -> None:
    assert ask("claims-and-denials", "claimant claim claimed disputant disputed") == [
        ("Claude Claimant", "the files were lost", "2023-01-31", "Dina Denier", "2023-07-31")
    ]


def test_parts_of_a_body_are_its_parts_parts_too(ask: Any) -> None:
    assert ask("parts-of-body", "part directly", council="Middlesbrough") == [
        ("Children's Services", "true"),
        ("Fostering Team", "false"),
    ]


def test_who_spoke_most_about_one_counts_nobody_who_spoke_about_nothing(ask: Any) -> None:
    assert ask("who-spoke-most", "speaker statements", name="Middlesbrough") == [("Claude Claimant", "1")]
    assert ask("who-spoke-most", "speaker", name="Hartlepool") == []


def test_rdflib_answers_each_query_alike(path: Path, ontology: Ontology) -> None:
    store, graph = open_store(path), rdflib.Graph().parse(path)
    for item in query.named_queries(ontology):
        assert embedded_rows(store, item.text) == rdflib_rows(graph, item.text), item.name


def test_the_most_central_are_those_that_igraph_finds(path: Path, ontology: Ontology) -> None:
    drawn = load_graph(path)
    names = [node.iri for node in drawn.nodes if node.type in ontology.types]
    edges = {tuple(sorted((e.source, e.target))) for e in drawn.edges if e.source != e.target}
    network = igraph.Graph()
    network.add_vertices(names)
    network.add_edges([edge for edge in edges if set(edge) <= set(names)])
    pairs = (len(names) - 1) * (len(names) - 2) / 2
    expected = {
        iri: (degree, pytest.approx(between / pairs, abs=1e-5))
        for iri, degree, between in zip(names, network.degree(), network.betweenness(), strict=True)
    }
    found = most_central(path, ontology)
    assert {one.iri: (one.degree, one.betweenness) for one in found} == expected
    assert found[0].label == "Middlesbrough Borough Council"
    people = most_central(path, ontology, "person")
    assert people and {one.type for one in people} == {"person"}
    with pytest.raises(ValueError, match="no type 'unicorn'"):
        most_central(path, ontology, "unicorn")

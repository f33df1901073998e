"""Parts of a graph, told by what a reader of the invented articles would keep."""

from __future__ import annotations

import pytest

from kgraph.documents import Document
from kgraph.facts import Entity
from kgraph.graph import Graph, assemble
from kgraph.graph.select import Selection
from kgraph.graph.select import select as select_with
from kgraph.ontology import load_ontology
from tests.graph.hand_made import COUNCIL, DOCUMENTS, FACTS, OFSTED, fact

ONTOLOGY = load_ontology()
BASE = "https://data.example/id/"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return assemble(FACTS, DOCUMENTS, ONTOLOGY, BASE)


def select(graph: Graph, selection: Selection) -> Graph:
    return select_with(graph, selection, ONTOLOGY)


def labels(graph: Graph) -> set[str]:
    return {node.label for node in graph.nodes}


def relations(graph: Graph) -> set[str]:
    return {edge.type for edge in graph.edges}


def test_selecting_everything_changes_nothing(graph: Graph) -> None:
    assert select(graph, Selection()) is graph
    assert select(graph, Selection(since="0001-01-01")).edges == tuple(
        edge for edge in graph.edges if edge.type != "register"
    )


@pytest.mark.parametrize(
    "selection",
    [
        Selection(relations=frozenset({"rates", "inspects"})),
        Selection(entity="Ofsted"),
        Selection(as_of="2019-06-30"),
        Selection(min_sources=2),
    ],
)
def test_a_part_is_a_graph_of_its_own(graph: Graph, selection: Selection) -> None:
    part = select(graph, selection)
    assert set(part.triples) < set(graph.triples)
    assert len(part.nodes) < len(graph.nodes) and all(node in graph.nodes for node in part.nodes)
    assert len(part.edges) < len(graph.edges) and all(edge in graph.edges for edge in part.edges)
    subjects = {line.split(" ", 1)[0] for line in part.triples}
    every = {line.split(" ", 1)[0] for line in graph.triples}
    for line in part.triples:
        target = line.split(" ", 2)[2].removesuffix(" .")
        assert target not in every or target in subjects, f"leads nowhere: {line}"


def test_relations(graph: Graph) -> None:
    part = select(graph, Selection(relations=frozenset({"inspects"})))
    assert relations(part) == {"inspects"}
    assert labels(part) == {"Ofsted", "Middlesbrough Borough Council", "Hester Vale"}
    assert not [line for line in part.triples if "#hasRated>" in line], "what bears it out was left out"


def test_an_unknown_relation_is_named(graph: Graph) -> None:
    with pytest.raises(ValueError, match="no relation invades in the graph; there are appoints, "):
        select(graph, Selection(relations=frozenset({"invades"})))


def test_around_an_entity(graph: Graph) -> None:
    near = select(graph, Selection(entity="Hester Vale"))
    assert "leads inspection of" in {edge.label for edge in near.edges}
    assert "Peter Rook" not in labels(near)
    assert labels(near) < labels(select(graph, Selection(entity="Hester Vale", hops=2)))
    assert select(graph, Selection(entity="Ofsted", hops=0)).edges == ()


def test_names_are_found_by_their_words_or_named_in_the_answer(graph: Graph) -> None:
    assert "Hester Vale" in labels(select(graph, Selection(entity="vale")))
    with pytest.raises(ValueError, match="nothing is named 'Marion'; did you mean Marion Dane"):
        select(graph, Selection(entity="Marion"))


def test_two_documents_of_one_fact(graph: Graph) -> None:
    part = select(graph, Selection(min_sources=2))
    assert [edge.label for edge in part.edges] == ["leader"]
    assert labels(part) == {"Marion Dane", "Middlesbrough Borough Council"}


CAREER = Document(id="career", source="career", published="2021-05-01", text="Ann Other led the council. " * 8)
ANN = Entity("Ann Other", "person")


def tenure(role: str, **times: str) -> object:
    return fact(CAREER, "Ann Other led the council", "holds-role", person=ANN, role=role, org=COUNCIL, **times)


TENURES = (
    tenure("clerk", start="2001", end="2004"),
    tenure("director", start="2004", end="2010-06"),
    tenure("chief executive", start="2010-07-01"),
    tenure("governor"),  # nobody says since when: as of the day that it is published
    # Over by then, and nobody says since when.
    tenure("mayor", status="former"),
    fact(
        CAREER,
        "the council",
        "rates",
        inspector=OFSTED,
        body=COUNCIL,
        judgement="good",
        when="2008-03",
    ),
)


@pytest.mark.parametrize(
    ("selection", "kept"),
    [
        (Selection(as_of="2003-01-01"), {"clerk"}),
        (Selection(as_of="2004-06-30"), {"clerk", "director"}),  # in 2004, one after the other: nobody says when
        (Selection(as_of="2009-01-01"), {"director", "rated good"}),  # a rating has been, and stays so
        (Selection(as_of="2022-01-01"), {"chief executive", "governor", "rated good"}),
        (Selection(since="2011-01-01"), {"chief executive", "governor", "former mayor"}),
        (Selection(until="2003-12-31"), {"clerk"}),
        (Selection(since="2005-01-01", until="2008-12-31"), {"director", "rated good"}),
        (Selection(since="2021-05-02"), {"chief executive"}),
    ],
)
def test_times(selection: Selection, kept: set[str]) -> None:
    graph = assemble(TENURES, [CAREER], ONTOLOGY, BASE)
    assert {edge.label for edge in select(graph, selection).edges} == kept


def test_a_term_of_office_ends_where_another_document_says_so() -> None:
    later = Document(id="later", source="later", published="2022-01-10", text="Ann Other resigned in May 2021.")
    facts = (
        tenure("leader"),
        fact(later, "Ann Other resigned", "leaves-role", person=ANN, role="leader", org=COUNCIL, when="2021-05-20"),
    )
    graph = assemble(facts, [CAREER, later], ONTOLOGY, BASE)
    assert [edge.label for edge in select(graph, Selection(as_of="2021-05-10")).edges] == ["leader"]
    assert [edge.label for edge in select(graph, Selection(as_of="2021-06-01")).edges] == ["leaves as leader"]


def test_other_terms_of_a_post_are_left_out() -> None:
    successor = fact(
        CAREER, "Ann Other led", "holds-role", person=Entity("Tom Field", "person"), role="leader", org=COUNCIL,
        start="2021-06",
    )  # fmt: skip
    graph = assemble([tenure("leader", start="2011", end="2021-05"), successor], [CAREER], ONTOLOGY, BASE)
    assert any("#follows>" in line for line in graph.triples)
    part = select(graph, Selection(until="2015-12-31"))
    assert labels(part) == {"Ann Other", "Middlesbrough Borough Council"}
    assert not any("Tom Field" in line for line in part.triples)


def test_what_is_only_claimed_stays_claimed(graph: Graph) -> None:
    part = select(graph, Selection(relations=frozenset({"holds-role"})))
    assert any("#Proposition>" in line for line in part.triples)
    assert not [edge for edge in part.edges if "deputy" in edge.label]

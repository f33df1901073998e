"""What the page is told of a graph."""

from __future__ import annotations

import pytest

from kgraph.export import page_data
from kgraph.facts import Entity
from kgraph.graph import assemble
from kgraph.ontology import load_ontology
from tests.graph.hand_made import FIRST, SECOND, fact

FIELD, MARSH = Entity("Tom Field", "person"), Entity("Ann Marsh", "person")
SAID = fact(FIRST, FIRST.text, "says", speaker=FIELD, stance="states", gist="officers had hidden the care figures")


@pytest.mark.parametrize(
    ("claim", "shown", "claims"),
    [
        ("the care figures had been hidden by officers", SAID.arguments["gist"], 1),
        ("the library would close", "the library would close", 0),
    ],
    ids=["in other words, in another document", "something that nobody is known to have said"],
)
def test_a_matter_has_the_statement_that_the_graph_says_is_rejected(claim: str, shown: str, claims: int) -> None:
    rejection = fact(SECOND, SECOND.text, "disputes", speaker=MARSH, claim=claim)
    graph = assemble([SAID, rejection], [FIRST, SECOND], load_ontology(), "https://data.example/id/")
    data = page_data.page_data(graph)
    [[words, claimant, making, rejecting]] = data.disputes
    assert words == shown
    assert [data.statements[row][0] for row in making] == ["Tom Field states: " + str(shown)] * claims
    assert len(rejecting) == 1 and "Ann Marsh" in data.statements[rejecting[0]][0]
    assert (claimant is not None and data.entities[claimant][0] == "Tom Field") == bool(claims)

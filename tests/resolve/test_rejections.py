"""Which statement a rejection is of, in its document or in another."""

from __future__ import annotations

import pytest

from kgraph.documents import Document
from kgraph.extract import extract, read
from kgraph.graph.assemble import assemble
from kgraph.graph.model import Graph
from kgraph.graph.terms import KG
from kgraph.resolve.rejections import Said, link_rejections
from tests.extract.parsed import ontology, pipeline

CLAIM = "officers had hidden the figures from the cabinet"


def rejection(content: str, claimant: str | None = None, document: str = "b", published: str = "2024-02-01") -> Said:
    return Said("d", "mayor", content, frozenset({document}), published, claimant)


def statement(content: str, speaker: str = "field", document: str = "a", published: str = "2024-01-01") -> Said:
    return Said(f"{speaker}:{content}", speaker, content, frozenset({document}), published)


@pytest.mark.parametrize(
    ("rejected", "stated"),
    [
        (rejection("the figures were hidden from the cabinet by officers"), statement(CLAIM)),
        (rejection("figures were hidden", "field"), statement(CLAIM)),
        (
            rejection("leaders had been “kept in the dark”", document="a"),
            statement("We were treated badly and kept in the dark for years"),
        ),
    ],
    ids=["the same said", "the claimant named", "a turn of phrase taken up in the same document"],
)
def test_linked(rejected: Said, stated: Said) -> None:
    (link,) = link_rejections([rejected], [stated, statement("the library will close in March", "field")])
    assert (link.rejection, link.statement) == (rejected.key, stated.key)


@pytest.mark.parametrize(
    ("rejected", "stated"),
    [
        (rejection("the library would close"), statement(CLAIM)),
        (rejection("officers had not hidden the figures from the cabinet"), statement(CLAIM)),
        (rejection(CLAIM, "other"), statement(CLAIM)),
        (rejection(CLAIM, published="2023-12-31"), statement(CLAIM)),
        (rejection(CLAIM), statement(CLAIM, speaker="mayor")),
        (rejection("any wrongdoing"), statement("there had been wrongdoing at the depot")),
        (rejection("leaders had been “kept in the dark”"), statement("We were kept in the dark about bins")),
    ],
    ids=[
        "another matter",
        "the opposite",
        "another claimant",
        "said later",
        "one's own",
        "too little",
        "a mere phrase",
    ],
)
def test_not_linked(rejected: Said, stated: Said) -> None:
    assert list(link_rejections([rejected], [stated])) == []


def test_of_several_the_one_of_the_same_document_is_meant() -> None:
    far, near = statement(CLAIM, "field"), statement(f"{CLAIM} again", "unison", document="b")
    (link,) = link_rejections([rejection(CLAIM)], [far, near])
    assert link.statement == near.key


def _graph(*texts: tuple[str, str, str]) -> Graph:
    documents = [Document(name, text, "-", published=day) for name, day, text in texts]
    facts = [fact for document in documents for fact in extract(read(document, pipeline(), ontology()))]
    return assemble(facts, documents, ontology(), ontology().base_iri)


def _disputed(graph: Graph) -> list[str]:
    return [t for t in graph.triples if f"<{KG}disputesClaim>" in t]


def test_a_denial_is_linked_to_a_claim_of_another_document() -> None:
    claim = ("a", "2024-01-01", "Councillor Tom Field said officers had hidden the figures from the cabinet.")
    denial = ("b", "2024-02-01", "Councillor Ann Marsh denied that officers had hidden the figures from the cabinet.")
    late = ("c", "2024-03-01", claim[2])
    (link,) = _disputed(_graph(claim, denial))
    subject, _, rest = link.partition("> <")
    assert "/fact/disputes-" in subject
    assert "/fact/says-" in rest
    assert _disputed(_graph(denial, late)) == []
    assert _disputed(_graph(denial)) == []

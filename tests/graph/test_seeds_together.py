"""Two articles of different papers on one affair, built together: one node for each of whom both speak."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from kgraph.build import Extractor, Settings
from kgraph.documents import Document
from kgraph.facts import Fact
from kgraph.graph import assemble
from kgraph.graph.terms import PREFIXES
from kgraph.readers import find

SEEDS = Path(__file__).parents[2] / ".." / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared: texts that are not ours to copy")


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    extractor = Extractor(Settings())
    read = [item for source in find([str(p) for p in sorted(SEEDS.glob("*.txt"))]) for item in extractor.read(source)]
    documents = [item for item in read if isinstance(item, Document)]
    facts = [fact for document in documents for fact in extractor.extract(document) if isinstance(fact, Fact)]
    graph = assemble(facts, documents, extractor.ontology, "https://example.org/id/")
    found = pyoxigraph.Store()
    found.load("\n".join(graph.triples).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return found


def rows(store: pyoxigraph.Store, query: str) -> list[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {p}: <{iri}> " for p, iri in PREFIXES.items())
    solutions = store.query(prefixes + query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return [tuple(value.value for value in solution) for solution in solutions]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["Andy Preston", "Antony High", "Middlesbrough Council", "Ofsted"])
def test_one_node_for_each_of_whom_both_speak(store: pyoxigraph.Store, name: str) -> None:
    found = rows(
        store,
        f"SELECT DISTINCT ?e WHERE {{ ?e rdfs:label|skos:altLabel '{name}' ; a ?type . "
        "FILTER (?type IN (foaf:Person, org:Organization, org:FormalOrganization)) }",
    )
    assert len(found) == 1


def test_preston_is_mayor_of_middlesbrough_by_a_sentence_of_each(store: pyoxigraph.Store) -> None:
    sentences = rows(
        store,
        """SELECT DISTINCT ?document ?exact WHERE {
             ?fact a org:Membership ; org:member/rdfs:label "Andy Preston" ; org:role/rdfs:label ?role ;
                   org:organization/dcterms:identifier "council/E06000002" ; prov:wasDerivedFrom ?excerpt .
             ?excerpt oa:hasSource ?document ; oa:hasSelector/oa:exact ?exact .
             FILTER (LCASE(?role) = "mayor") }""",
    )
    assert len({document for document, _ in sentences}) == 2
    assert all("ayor" in sentence and "Preston" in sentence for _, sentence in sentences)


def test_it_is_one_term_of_office(store: pyoxigraph.Store) -> None:
    tenures = rows(
        store,
        """SELECT DISTINCT ?tenure WHERE {
             ?tenure a kg:Tenure ; org:member/rdfs:label "Andy Preston" ; kg:post/rdfs:label ?post .
             FILTER (LCASE(STR(?post)) = "mayor of middlesbrough borough council") }""",
    )
    assert len(tenures) == 1

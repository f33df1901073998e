"""What must hold of every document at hand: samples, both halves of the corpus, and, where they are, gold and seeds."""

from pathlib import Path

import pytest

from kgraph import language, readers
from kgraph.evaluate import Rules, evaluate
from kgraph.extract import extract, read
from kgraph.facts import Entity
from kgraph.graph import assemble
from kgraph.ontology import load_ontology

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
FOLDERS = {
    "samples": ROOT / "kgraph" / "samples",
    "dev": ROOT / "tests" / "corpus" / "dev",
    "unseen": ROOT / "tests" / "corpus" / "unseen",
    "gold": SHARED / "gold",
    "seeds": SHARED / "seeds",
}
BASE = "https://example.org/id/"


class Corpus:
    """Documents with their facts, read once for all tests."""

    def __init__(self):
        self.ontology = load_ontology()
        self.documents, self.facts, self.folder = {}, {}, {}
        nlp = language.load()
        for name, folder in FOLDERS.items():
            for document in readers.read([str(folder)]) if folder.exists() else ():
                if isinstance(document, readers.Failure):
                    continue
                self.documents[document.id] = document
                self.facts[document.id] = extract(read(document, nlp, self.ontology))
                self.folder[document.id] = name

    def all_facts(self):
        return [fact for facts in self.facts.values() for fact in facts]

    def f1(self, name, relations=None):
        facts = [f.to_json() for d, fs in self.facts.items() if self.folder[d] == name for f in fs]
        report = evaluate(FOLDERS[name], facts, Rules.load(self.ontology.folder / "evaluation.yaml"))
        counts = [count for relation, count in report.relations.items() if relations is None or relation in relations]
        return sum(counts[1:], counts[0]).f1


@pytest.fixture(scope="module")
def corpus():
    return Corpus()


def test_every_span_re_reads_to_its_own_text(corpus):
    for fact in corpus.all_facts():
        text = corpus.documents[fact.document].text
        assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.text
        for value in (*fact.arguments.values(), fact.attributed_to):
            if isinstance(value, Entity) and value.start is not None:
                assert text[value.start : value.end].strip() == text[value.start : value.end] != ""


def test_no_fact_comes_from_page_furniture(corpus):
    for fact in corpus.all_facts():
        assert not corpus.documents[fact.document].is_furniture(fact.evidence.start, fact.evidence.end)


def test_arguments_are_those_the_relation_declares(corpus):
    for fact in corpus.all_facts():
        declared = corpus.ontology.relations[fact.relation].arguments
        assert set(fact.arguments) <= set(declared)
        assert {name for name, spec in declared.items() if spec.required} <= set(fact.arguments)
        for name, value in fact.arguments.items():
            if isinstance(value, Entity):
                assert corpus.ontology.accepts(declared[name], value.type)
        if fact.attributed_to is not None:  # who said it: no place
            speaker = corpus.ontology.relations["says"].arguments["speaker"]
            assert corpus.ontology.accepts(speaker, fact.attributed_to.type)


def test_what_is_not_asserted_makes_no_edge(corpus):
    """Claims, denials, plans and possibilities alone: a graph of them has no edge and no plain triple."""
    facts = [fact for fact in corpus.all_facts() if not fact.asserted]
    assert len(facts) > 100
    graph = assemble(facts, corpus.documents.values(), corpus.ontology, base_iri=BASE)
    assert {edge.type for edge in graph.edges} <= {"register"}  # what registers say of bodies needs no document
    plain = {edge.property for relation in corpus.ontology.relations.values() for edge in relation.edges}
    classes = {cls for relation in corpus.ontology.relations.values() for cls in relation.rdf.classes}
    for triple in graph.triples:
        _subject, predicate, rest = triple.split(" ", 2)
        assert predicate.strip("<>") not in plain
        if predicate.endswith("#type>"):
            assert rest.rstrip(" .").strip("<>") not in classes


def test_the_graph_of_all_does_not_depend_on_order(corpus):
    facts, documents = corpus.all_facts(), list(corpus.documents.values())
    one = assemble(facts, documents, corpus.ontology, base_iri=BASE)
    other = assemble(facts[::-1], documents[::-1], corpus.ontology, base_iri=BASE)
    assert (one.triples, one.nodes, one.edges) == (other.triples, other.nodes, other.edges)


STATEMENTS = {"says", "disputes"}


def test_what_nobody_looked_at_is_read_nearly_as_well(corpus):
    """The unseen half of the corpus against the half that was developed on: who says what."""
    assert corpus.f1("unseen", {"says"}) > corpus.f1("dev", {"says"}) - 0.08


def test_relations_nobody_looked_at_are_read_nearly_as_well(corpus):
    others = set(corpus.ontology.relations) - STATEMENTS
    assert corpus.f1("unseen", others) > max(0.66, corpus.f1("dev", others) - 0.08)


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared folder")
@pytest.mark.parametrize(("folder", "least"), [("gold", 0.70), ("seeds", 0.85)])
def test_gold_is_found(corpus, folder, least):
    assert corpus.f1(folder) > least

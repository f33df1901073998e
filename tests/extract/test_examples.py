"""Every relation's examples, read by the shipped pipeline: what each says it states is found, and near misses are not.

The model is `KGRAPH_MODEL`, or the one in the package; without one there is nothing to test.
"""

import os
from functools import cache
from pathlib import Path

import pytest

import kgraph.language
from kgraph.documents import Document
from kgraph.extract import extract, read
from kgraph.ontology import Example, load_ontology

MODEL = Path(os.environ.get("KGRAPH_MODEL") or Path(kgraph.language.__file__).parent / "model")
pytestmark = pytest.mark.skipif(not MODEL.is_dir(), reason="needs a language model")
ONTOLOGY = load_ontology(None)


@cache
def pipeline():
    return kgraph.language.load()


def plain(fact):
    """A fact as an example gives it: arguments as text, and what is not usual."""
    found = {name: getattr(value, "text", value) for name, value in fact.arguments.items()}
    if fact.polarity != "positive":
        found["polarity"] = fact.polarity
    if fact.certainty != "stated":
        found["certainty"] = fact.certainty
    if fact.attributed_to is not None:
        found["attributed_to"] = fact.attributed_to.text
    return found


@pytest.mark.parametrize(
    ("relation", "example"),
    [(name, example) for name, relation in sorted(ONTOLOGY.relations.items()) for example in relation.examples],
    ids=lambda value: value.text[:50] if isinstance(value, Example) else value,
)
def test_an_example_states_its_facts(relation: str, example: Example) -> None:
    document = Document(id="example", text=example.text, source="-")
    facts = extract(read(document, pipeline(), ONTOLOGY))
    found = [plain(fact) for fact in facts if fact.relation == relation]
    for expected in example.facts:
        wanted = {name: str(value) for name, value in expected.items()}
        assert any(wanted.items() <= {n: str(v) for n, v in f.items()}.items() for f in found), (expected, found)
    if not example.facts:
        assert found == []

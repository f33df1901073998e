"""The shipped model against the figures it must reach. Needs the corpora, which are not in the repository."""

from pathlib import Path

import pytest

pytest.importorskip("onnx")

from kgraph.language.training import corpora, evaluate

CORPORA = Path(__file__).parents[3] / ".." / "shared" / "data" / "corpora"
GOLD = CORPORA.parents[1] / "gold"

pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here"),
]


@pytest.fixture(scope="module")
def test_documents():
    return corpora.gum(CORPORA, "test").values()


def test_annotation_with_gold_words(nlp, test_documents):
    figures = evaluate.gold_words(evaluate.model_of(nlp), test_documents)
    bars = {"tag": 0.975, "upos": 0.977, "lemma": 0.970, "uas": 0.912, "las": 0.885}
    assert {k: figures[k] for k, bar in bars.items() if figures[k] < bar} == {}


def test_annotation_from_raw_text(nlp, test_documents):
    figures = evaluate.raw_text(nlp, test_documents)
    assert figures["las"] >= 0.860
    assert figures["sentences"] >= 0.90


def test_names(nlp):
    assert evaluate.names(evaluate.model_of(nlp), corpora.wikigold(CORPORA)[1])["f1"] >= 0.84


def test_entities_of_articles(nlp):
    assert evaluate.entity_recall(nlp, GOLD)[0]["all any type"] >= 0.90


def test_the_pipeline_costs_little_beside_its_encoder(nlp, test_documents):
    texts = [corpora.raw_text(article)[0] for article in test_documents]
    folder = Path(evaluate.__file__).parents[1] / "model"
    assert evaluate.speed(nlp, folder, texts)["share"] >= 0.6

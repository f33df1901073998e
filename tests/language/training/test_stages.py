"""What the second stage of training is taught."""

import pytest

pytest.importorskip("torch")

import torch

from kgraph.language.pieces import WordPieces
from kgraph.language.training.__main__ import losses, stance_scores
from kgraph.language.training.batches import IGNORE, collate, windows
from kgraph.language.training.corpora import Sentence
from kgraph.language.training.network import SAID, Encoder, Labels, Network

LABELS = Labels(
    ("NNP", "VBD"), ("PROPN", "VERB"), ("nsubj", "root"), ("O", "B-ORG", "I-ORG"), ("denies", "states", "warns")
)
SENTENCE = Sentence(("Acme", "met", "Dunmere", "."), names=((0, 1, "ORG"), (2, 3, "ORG")))
TOLD = Sentence(("Acme", "met", "Acme", "."), statements=((1, 2, "warns"), (2, 4, "states")))


@pytest.fixture
def pieces(tmp_path):
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "acme", "met", "dunmere", "."]
    (tmp_path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    return WordPieces(tmp_path / "vocab.txt")


@pytest.fixture
def network():
    torch.manual_seed(0)
    return Network(Encoder(8, layers=1), LABELS).eval()


def batch_of(sentences, pieces):
    return collate(list(windows(sentences, pieces, lambda: 100)), LABELS)


def test_what_is_said_is_taught_where_it_is_marked(pieces):
    batch = batch_of([SENTENCE, TOLD], pieces)
    assert batch.said[0, :4].tolist() == [IGNORE] * 4
    assert [SAID[i] for i in batch.said[0, 4:].tolist()] == ["O", "B", "B", "I"]
    assert [LABELS.stances[i] for i in batch.stances.tolist()] == ["warns", "states"]


def test_a_stance_is_scored_by_the_mean_of_its_words(pieces, network):
    batch = batch_of([SENTENCE, TOLD], pieces)
    output = network(batch.pieces, batch.shapes, batch.first, batch.mask)
    scores = stance_scores(output, batch)
    assert torch.allclose(scores[0], output.stances[0, 5])
    assert torch.allclose(scores[1], (output.stances[0, 6] + output.stances[0, 7]) / 2)


def test_the_second_stage_is_held_to_the_first_in_all_but_names(pieces, network):
    batch = batch_of([SENTENCE], pieces)
    said = network(batch.pieces, batch.shapes, batch.first, batch.mask)
    same = losses(said, batch, said)
    assert all(same[task].item() == pytest.approx(0, abs=1e-6) for task in ("tags", "upos", "arcs", "relations"))
    assert same["main"].item() > 0
    torch.manual_seed(1)
    other = Network(Encoder(8, layers=1), LABELS).eval()(batch.pieces, batch.shapes, batch.first, batch.mask)
    assert all(losses(said, batch, other)[task].item() > 0 for task in ("tags", "upos", "arcs", "relations"))

"""What the branch for statements and facts is taught."""

import pytest

pytest.importorskip("torch")

import torch

from kgraph.language.pieces import WordPieces
from kgraph.language.training.batches import collate, windows
from kgraph.language.training.branch import losses, stance_scores
from kgraph.language.training.corpora import Sentence
from kgraph.language.training.network import Branch, Encoder, Labels, Told

LABELS = Labels(
    ("NNP", "VBD"),
    ("PROPN", "VERB"),
    ("nsubj", "root"),
    ("O", "B-ORG", "I-ORG"),
    ("denies", "states", "warns"),
    ("decides", "meets"),
)
SENTENCE = Sentence(("Acme", "met", "Dunmere", "."), facts=((0, 2, "meets"), (1, 3, "decides")))
TOLD = Sentence(("Acme", "met", "Acme", "."), statements=((1, 2, "warns"), (2, 4, "states")))


@pytest.fixture
def pieces(tmp_path):
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "acme", "met", "dunmere", "."]
    (tmp_path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    return WordPieces(tmp_path / "vocab.txt")


@pytest.fixture
def batch(pieces):
    return collate(list(windows([SENTENCE, TOLD], pieces, lambda: 100)), LABELS)


def test_what_states_a_fact_is_taught_where_facts_are_marked(batch):
    assert batch.facts[0, :4].tolist() == [[0, 1], [1, 1], [1, 0], [0, 0]]
    assert batch.facts[0, 4:].unique().tolist() == [-1]
    assert [LABELS.stances[i] for i in batch.stances.tolist()] == ["warns", "states"]


def test_a_doubted_fact_is_not_learned_from(pieces):
    doubted = Sentence(("Acme", "met", "Dunmere", "."), facts=((0, 2, "meets"), (1, 3, "meets?")))
    batch = collate(list(windows([doubted], pieces, lambda: 100)), LABELS)
    assert batch.facts[0, :, 1].tolist() == [1, 1, -1, 0]


def test_a_stance_is_scored_by_the_mean_of_its_words(batch):
    stances = torch.randn(1, 8, 3)
    scores = stance_scores(stances, batch)
    assert torch.allclose(scores[0], stances[0, 5])
    assert torch.allclose(scores[1], (stances[0, 6] + stances[0, 7]) / 2)


def test_the_surer_of_what_is_marked_the_less_the_loss(batch):
    sure = Told(torch.zeros(1, 8, 3), torch.where(batch.facts > 0, 5.0, -5.0))
    unsure = Told(torch.zeros(1, 8, 3), torch.zeros(1, 8, 2))
    assert losses(sure, batch)["facts"] < losses(unsure, batch)["facts"]
    assert losses(sure, batch)["stances"] == losses(unsure, batch)["stances"]


def test_a_branch_leaves_the_encoder_as_it_is(batch):
    torch.manual_seed(0)
    encoder = Encoder(8, layers=3)
    before = {name: value.clone() for name, value in encoder.state_dict().items()}
    branch = Branch(encoder, LABELS)
    with torch.no_grad():
        states = encoder(batch.pieces, batch.shapes, batch.mask, 1)
    torch.stack(list(losses(branch(states, batch.first, batch.mask), batch).values())).sum().backward()
    torch.optim.SGD(branch.parameters(), lr=1.0).step()
    assert all(torch.equal(value, before[name]) for name, value in encoder.state_dict().items())
    assert not torch.equal(branch.layers[0].up.weight, before["layers.1.up.weight"])

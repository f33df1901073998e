"""What the branch for names, statements and facts is taught."""

import pytest

pytest.importorskip("torch")

import torch

from kgraph.language.pieces import WordPieces
from kgraph.language.training.batches import OUTSIDE_OR_OTHER, collate, windows
from kgraph.language.training.branch import in_names, losses, stance_scores
from kgraph.language.training.corpora import Sentence
from kgraph.language.training.network import Branch, Encoder, Network, Told
from tests.language.training.tiny import LABELS

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
    sure = Told(torch.zeros(1, 8, 3), torch.where(batch.facts > 0, 5.0, -5.0), torch.zeros(1, 8, 5))
    unsure = Told(torch.zeros(1, 8, 3), torch.zeros(1, 8, 2), torch.zeros(1, 8, 5))
    assert losses(sure, batch)["facts"] < losses(unsure, batch)["facts"]
    assert losses(sure, batch)["stances"] == losses(unsure, batch)["stances"]


def test_what_is_named_otherwise_is_in_no_name(pieces):
    named = Sentence(("Acme", "met", "the", "Dunmere", "Cup", "."), names=((0, 1, "ORG"),))
    kinds = [*LABELS.names, "B-OTHER", "I-OTHER"]
    told, guessed = (
        collate(list(windows([named], pieces, lambda: 100, others=others)), LABELS) for others in (True, False)
    )
    assert [kinds[k] for k in told.kinds[0].tolist()] == ["B-ORG", "O", "O", "B-OTHER", "I-OTHER", "O"]
    assert guessed.kinds[0, 3:5].tolist() == [OUTSIDE_OR_OTHER] * 2
    chances = torch.tensor([0.2, 0.1, 0.1, 0.4, 0.2])
    assert in_names(chances.log()).exp().tolist() == pytest.approx([0.8, 0.1, 0.1])


def test_outside_or_another_kind_is_as_good(pieces):
    named = Sentence(("Acme", "met", "the", "Dunmere", "Cup", "."), names=((0, 1, "ORG"),))
    batch = collate(list(windows([named], pieces, lambda: 100)), LABELS)

    def loss(label: int) -> float:
        scores = torch.zeros(1, 6, 5)
        scores[0, 3, label] = 5.0
        told = Told(torch.zeros(1, 6, 3), torch.zeros(1, 6, 2), scores.log_softmax(-1))
        return float(losses(told, batch)["names"])

    assert loss(0) == pytest.approx(loss(3)) == pytest.approx(loss(4))
    assert loss(0) < loss(1)


def test_a_branch_leaves_the_encoder_as_it_is(batch):
    torch.manual_seed(0)
    network = Network(Encoder(8, layers=3), LABELS)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    branch = Branch(network, LABELS)
    with torch.no_grad():
        states = network.encoder(batch.pieces, batch.shapes, batch.mask, 1)
    torch.stack(list(losses(branch(states, batch.first, batch.mask), batch).values())).sum().backward()
    torch.optim.SGD(branch.parameters(), lr=1.0).step()
    assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    assert not torch.equal(branch.layers[0].up.weight, before["encoder.layers.1.up.weight"])


def test_names_begin_as_the_network_tells_them():
    torch.manual_seed(0)
    network = Network(Encoder(8, layers=2), LABELS).eval()
    branch = Branch(network, LABELS).eval()
    pieces, shapes, first = torch.tensor([[2, 4, 5, 3]]), torch.zeros(1, 4, dtype=torch.long), torch.tensor([[1, 2]])
    with torch.no_grad():
        names = network(pieces, shapes, first).names[0].log_softmax(-1)
        kinds = branch(network.encoder(pieces, shapes, None, 0), first).kinds
    ratio = (in_names(kinds) - names)[..., 1:]
    assert torch.allclose(ratio, ratio[..., :1].expand_as(ratio), atol=1e-5)

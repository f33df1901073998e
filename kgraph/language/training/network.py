"""The network: a small BERT (https://arxiv.org/abs/1810.04805) read from its published weights, and one head a task.

Dependencies are deep biaffine (https://arxiv.org/abs/1611.01734). Words of several sentences stand in one window; a
word finds its head only among the words of its own sentence, or at the root, which the window's [CLS] stands for.
"""

from __future__ import annotations

import copy
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from kgraph.language.pieces import SHAPES
from kgraph.language.training.names import OTHER


@dataclass(frozen=True)
class Labels:
    """What each head chooses from, in order. `names` are IOB2 over the types of names; `stances` of statements; `facts`
    are the relations whose evidence is marked."""

    tags: tuple[str, ...]
    upos: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...]
    stances: tuple[str, ...]
    facts: tuple[str, ...]

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")

    @staticmethod
    def load(path: Path) -> Labels:
        return Labels(**{k: tuple(v) for k, v in json.loads(path.read_text(encoding="utf-8")).items()})


ARC, RELATION, STANCE = 256, 64, 128
NAME_HEADS = ("main", "gmb", "twitter", "re3d")
"""Corpora that mark names by other conventions have a head of their own, so that only the encoder learns from them.
The first is the one that is shipped."""


class Output(NamedTuple):
    """Scores of a batch. B windows of at most W words; labels as in `Labels`.

    tags (B, W, tags); upos (B, W, upos); names, by head, (B, W, names); sentence (B, W): logit that a word opens a
    sentence; arcs (B, W, W+1): of each head, 0 being the root; dependent (B, W, relations, RELATION+1) and head (B,
    W+1, RELATION+1): their inner product over the last axis scores each relation between a word and its head.
    """

    tags: Tensor
    upos: Tensor
    names: tuple[Tensor, ...]
    sentence: Tensor
    arcs: Tensor
    dependent: Tensor
    head: Tensor


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        # No dropout here: torch has a fast attention on a CPU only without it.
        mixed = nn.functional.scaled_dot_product_attention(q, k, v, mask)
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, width))))
        y: Tensor = self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))
        return y


class Encoder(nn.Module):
    def __init__(
        self, pieces: int, width: int = 384, layers: int = 6, positions: int = 512, dropout: float = 0.1
    ) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, width)
        self.positions = nn.Embedding(positions, width)
        self.shapes = nn.Embedding(len(SHAPES), width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(width, 12, 4 * width, dropout) for _ in range(layers))

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None, layers: int | None = None) -> Tensor:
        """Vectors (B, P, width) of pieces (B, P) after so many layers, or all. `mask` (B, 1, 1, P) is False at
        padding."""
        place = torch.arange(pieces.shape[1], device=pieces.device)
        x: Tensor = self.dropout(self.norm(self.pieces(pieces) + self.positions(place) + self.shapes(shapes)))
        for layer in self.layers[:layers]:
            x = layer(x, mask)
        return x

    @staticmethod
    def from_bert(folder: Path) -> Encoder:
        """Reads `model.safetensors` of a BERT as the transformers library writes it."""
        weights = load_file(folder / "model.safetensors")
        weights = {k.removeprefix("bert."): v for k, v in weights.items()}
        encoder = Encoder(weights["embeddings.word_embeddings.weight"].shape[0])
        state = encoder.state_dict()
        # Every input is of segment 0: its embedding is folded into the positions.
        state["pieces.weight"] = weights["embeddings.word_embeddings.weight"]
        state["positions.weight"] = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        for part in ("weight", "bias"):
            state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
            for i in range(len(encoder.layers)):
                old, new = f"encoder.layer.{i}.", f"layers.{i}."
                state[f"{new}qkv.{part}"] = torch.cat(
                    [weights[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                )
                state[f"{new}out.{part}"] = weights[f"{old}attention.output.dense.{part}"]
                state[f"{new}norm1.{part}"] = weights[f"{old}attention.output.LayerNorm.{part}"]
                state[f"{new}up.{part}"] = weights[f"{old}intermediate.dense.{part}"]
                state[f"{new}down.{part}"] = weights[f"{old}output.dense.{part}"]
                state[f"{new}norm2.{part}"] = weights[f"{old}output.LayerNorm.{part}"]
        encoder.load_state_dict(state)
        # Frozen: half the weights, a quarter of the time, and words the corpora lack keep their place beside those
        # they have.
        encoder.pieces.weight.requires_grad = False
        return encoder


class Network(nn.Module):
    def __init__(self, encoder: Encoder, labels: Labels, width: int = 384) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.2)
        self.tags = nn.Linear(width, len(labels.tags))
        self.upos = nn.Linear(width, len(labels.upos))
        self.sentence = nn.Linear(width, 1)
        self.names = nn.ModuleList(nn.Linear(width, len(labels.names)) for _ in NAME_HEADS)

        def perceptron(size: int) -> nn.Sequential:
            return nn.Sequential(nn.Linear(width, size), nn.GELU(), nn.Dropout(0.33))

        self.arc_dependent, self.arc_head = perceptron(ARC), perceptron(ARC)
        self.relation_dependent, self.relation_head = perceptron(RELATION), perceptron(RELATION)
        # One more input that is always 1 gives the linear terms of the biaffine product.
        self.arc = nn.Linear(ARC + 1, ARC, bias=False)
        self.relation = nn.Linear(RELATION + 1, len(labels.relations) * (RELATION + 1), bias=False)
        nn.init.normal_(self.arc.weight, std=0.02)
        nn.init.normal_(self.relation.weight, std=0.05)

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor, mask: Tensor | None = None) -> Output:
        x = self.encoder(pieces, shapes, mask)
        words = torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        rooted = torch.cat([x[:, :1], words], 1)
        plain = self.dropout(words)
        arcs = self.arc(_with_one(self.arc_dependent(words))) @ self.arc_head(rooted).transpose(1, 2)
        dependent = self.relation(_with_one(self.relation_dependent(words)))
        return Output(
            self.tags(plain),
            self.upos(plain),
            tuple(head(plain) for head in self.names),
            self.sentence(plain).squeeze(-1),
            arcs,
            dependent.view(*words.shape[:2], -1, RELATION + 1),
            _with_one(self.relation_head(rooted)),
        )


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


BRANCH_LAYERS = 2


class Told(NamedTuple):
    """Scores of a batch. stances (B, W, stances): their mean over the words of a statement scores its stance; facts (B,
    W, relations): logit that a word is part of the evidence of a fact; kinds (B, W, names + 2): log-probabilities of
    the labels of names and, last, of those of other kinds of names."""

    stances: Tensor
    facts: Tensor
    kinds: Tensor


class Branch(nn.Module):
    """Last layers of their own for names and for what is said and stated, on an encoder that stays as it is: so tags
    and trees do too. They begin as copies of the network's."""

    def __init__(self, network: Network, labels: Labels, width: int = 384) -> None:
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(layer) for layer in network.encoder.layers[-BRANCH_LAYERS:])
        self.dropout = nn.Dropout(0.2)
        self.stance = nn.Sequential(
            nn.Linear(width, STANCE), nn.GELU(), nn.Dropout(0.33), nn.Linear(STANCE, len(labels.stances))
        )
        self.facts = nn.Linear(width, len(labels.facts))
        nn.init.constant_(self.facts.bias, -3.0)  # few words are part of any fact's evidence
        known = len(labels.names)
        self.names = nn.Linear(width, known + len(OTHER))
        with torch.no_grad():  # other kinds are, so far, in no name
            for part, start in ((self.names.weight, network.names[0].weight), (self.names.bias, network.names[0].bias)):
                part[:known], part[known:] = start, start[0]
            self.names.bias[known:] -= 2.0

    def forward(self, states: Tensor, first: Tensor, mask: Tensor | None = None) -> Told:
        """`states` (B, P, width): the encoder's before its last `BRANCH_LAYERS` layers."""
        x = nn.functional.dropout(states, 0.1, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        words = self.dropout(torch.gather(x, 1, first.unsqueeze(-1).expand(-1, -1, x.shape[-1])))
        return Told(self.stance(words), self.facts(words), self.names(words).log_softmax(-1))

"""The second stage: a branch of the network that tells names, the stance of what is said, and which words state a fact.

The encoder stays as it is, and with it tags and trees: frames are written against them. So its states before the branch
are computed once, and a step costs a third of what it does in the first stage.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

from kgraph.language.training.batches import (
    BATCH_PIECES,
    IGNORE,
    OUTSIDE_OR_OTHER,
    Batch,
    Example,
    batched,
    collate,
    count_matches,
    name_spans,
)
from kgraph.language.training.fitting import Stage, fit
from kgraph.language.training.names import OTHER
from kgraph.language.training.network import BRANCH_LAYERS, Branch, Encoder, Labels, Network, Told

SECOND = Stage("branch", 5, 1.5e-4, 1e-3, 0.05, 0.6)
STANCE_WEIGHT, FACTS_WEIGHT, NAMES_WEIGHT = 2.0, 24.0, 2.0
"""Of the losses; that of facts is a mean over words and relations, nearly all of which are none."""


class Taught(NamedTuple):
    """A batch with the encoder's states before the branch, in float16."""

    batch: Batch
    states: Tensor


def states_of(encoder: Encoder, examples: Sequence[Example], labels: Labels) -> list[Taught]:
    """Batches of windows."""
    found = []
    encoder.eval()
    with torch.no_grad():
        for group in batched(examples, BATCH_PIECES, random.Random(0)):
            batch = collate(group, labels)
            depth = len(encoder.layers) - BRANCH_LAYERS
            found.append(Taught(batch, encoder(batch.pieces, batch.shapes, batch.mask, depth).half()))
    return found


def stance_scores(stances: Tensor, batch: Batch) -> Tensor:
    """Scores of the statements of a batch, shape (statements, stances): the mean over their words of `stances` (B, W,
    stances)."""
    inside = batch.statement >= 0
    numbers = batch.statement[inside]
    sums = torch.zeros(len(batch.stances), stances.shape[-1]).index_add(0, numbers, stances[inside])
    return sums / torch.bincount(numbers, minlength=len(batch.stances)).clamp(min=1)[:, None]


def in_names(kinds: Tensor) -> Tensor:
    """Log-probabilities (..., names) of the labels of names, other kinds (..., names + 2) being in none."""
    inside, others = kinds[..., 1 : -len(OTHER)], kinds[..., -len(OTHER) :]
    outside = torch.cat([kinds[..., :1], others], -1).logsumexp(-1, keepdim=True)
    return torch.cat([outside, inside], -1)


def names_loss(kinds: Tensor, batch: Batch) -> Tensor:
    """Mean loss of the words of texts whose names are marked."""
    known = batch.kinds != IGNORE
    target, scores = batch.kinds[known], kinds[known]
    sure = scores.gather(-1, target.clamp(min=0)[:, None])[:, 0]
    return -torch.where(target == OUTSIDE_OR_OTHER, in_names(scores)[:, 0], sure).mean()


def losses(told: Told, batch: Batch) -> dict[str, Tensor]:
    """Weighted losses of names, of statements, and of the words of texts whose facts are marked; none without marks."""
    found = {}
    if (batch.kinds != IGNORE).any():
        found["names"] = NAMES_WEIGHT * names_loss(told.kinds, batch)
    if len(batch.stances):
        scores = stance_scores(told.stances, batch)
        found["stances"] = STANCE_WEIGHT * nn.functional.cross_entropy(scores, batch.stances)
    known = batch.facts >= 0
    if known.any():
        found["facts"] = FACTS_WEIGHT * nn.functional.binary_cross_entropy_with_logits(
            told.facts[known], batch.facts[known]
        )
    return found


def train_branch(
    network: Network,
    examples: Sequence[Example],
    kept: Sequence[Example],
    labels: Labels,
    checkpoint: Path,
    resume: bool,
) -> dict[str, Tensor]:
    """Trains a branch on windows with names, statements or facts; returns its weights, averaged. `kept` windows tell
    how it goes."""
    taught = states_of(network.encoder, examples, labels)
    development = states_of(network.encoder, kept, labels)
    branch = Branch(network, labels)

    def found(batch: Taught) -> dict[str, Tensor]:
        return losses(branch(batch.states.float(), batch.batch.first, batch.batch.mask), batch.batch)

    return fit(
        branch,
        set(branch.layers.parameters()),
        SECOND,
        lambda rng: rng.sample(taught, len(taught)),
        found,
        lambda: progress(branch, development, labels),
        checkpoint,
        resume,
    )


def progress(branch: Branch, development: Sequence[Taught], labels: Labels) -> str:
    """Share of stances that are right; F1 of names, and of the words that state facts, by relation."""
    branch.eval()
    right = statements = 0
    names = [0, 0, 0]
    counts = torch.zeros(3, len(labels.facts))
    with torch.no_grad():
        for batch, states in development:
            told = branch(states.float(), batch.first, batch.mask)
            right += int((stance_scores(told.stances, batch).argmax(-1) == batch.stances).sum())
            statements += len(batch.stances)
            for gold, labelled in zip(batch.names[0], in_names(told.kinds).argmax(-1), strict=True):
                marked = gold != IGNORE
                count_matches(names, name_spans(gold[marked], labels), name_spans(labelled[marked], labels))
            known = (batch.facts >= 0).all(-1)
            guess, stated = told.facts[known] > 0, batch.facts[known] > 0
            counts += torch.stack([(guess & stated).sum(0), guess.sum(0), stated.sum(0)])
    branch.train()
    scores = 2 * counts[0] / (counts[1] + counts[2]).clamp(min=1)
    words = " ".join(f"{name} {score:.3f}" for name, score in zip(labels.facts, scores.tolist(), strict=True))
    return f"stances {right / max(1, statements):.4f}; names {2 * names[0] / max(1, sum(names[1:])):.4f}; {words}"

"""The second stage: a branch of the network that tells the stance of what is said, and which words state a fact.

The encoder stays as it is, and with it tags, trees and names: frames are written against them. So its states before the
branch are computed once, and a step costs a third of what it does in the first stage.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

from kgraph.language.pieces import WordPieces
from kgraph.language.training.batches import BATCH_PIECES, Batch, batched, collate, windows
from kgraph.language.training.corpora import Article
from kgraph.language.training.fitting import Stage, fit
from kgraph.language.training.network import BRANCH_LAYERS, Branch, Encoder, Labels, Told

SECOND = Stage("branch", 6, 1.5e-4, 1e-3, 0.05, 0.6)
WINDOW = 170
STANCE_WEIGHT, FACTS_WEIGHT = 1.0, 8.0
"""Of the losses; that of facts is a mean over words and relations, nearly all of which are none."""


class Taught(NamedTuple):
    """A batch with the encoder's states before the branch, in float16."""

    batch: Batch
    states: Tensor


def states_of(
    encoder: Encoder, articles: Sequence[Article], pieces: WordPieces, labels: Labels, limit: Callable[[], int]
) -> list[Taught]:
    """Batches of articles, cut into windows of `limit()` pieces."""
    examples = [e for article in articles for e in windows(article, pieces, limit, boundaries=False)]
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


def losses(told: Told, batch: Batch) -> dict[str, Tensor]:
    """Weighted losses of the statements, and of the words of texts whose facts are marked; without either nothing."""
    found = {}
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
    encoder: Encoder,
    articles: Sequence[Article],
    kept: Sequence[Article],
    pieces: WordPieces,
    labels: Labels,
    checkpoint: Path,
    resume: bool,
) -> dict[str, Tensor]:
    """Trains a branch on articles with statements or facts; returns its weights, averaged. `kept` articles tell how it
    goes."""
    rng = random.Random(0)
    marked = [a for a in articles if any(s.statements or s.facts for s in a)]
    taught = states_of(encoder, marked, pieces, labels, lambda: rng.randint(40, 180))
    development = states_of(encoder, kept, pieces, labels, lambda: WINDOW)
    branch = Branch(encoder, labels)

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
    """Share of stances that are right; F1 of the words that state facts, by relation."""
    branch.eval()
    right = statements = 0
    counts = torch.zeros(3, len(labels.facts))
    with torch.no_grad():
        for batch, states in development:
            told = branch(states.float(), batch.first, batch.mask)
            right += int((stance_scores(told.stances, batch).argmax(-1) == batch.stances).sum())
            statements += len(batch.stances)
            known = (batch.facts >= 0).all(-1)
            guess, gold = told.facts[known] > 0, batch.facts[known] > 0
            counts += torch.stack([(guess & gold).sum(0), guess.sum(0), gold.sum(0)])
    branch.train()
    scores = 2 * counts[0] / (counts[1] + counts[2]).clamp(min=1)
    words = " ".join(f"{name} {score:.3f}" for name, score in zip(labels.facts, scores.tolist(), strict=True))
    return f"stances {right / max(1, statements):.4f}; {words}"

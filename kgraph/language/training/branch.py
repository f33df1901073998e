"""The second stage: a branch of the network that tells the stance of what is said, and which words state a fact.

The encoder stays as it is, and with it tags, trees and names: frames are written against them. So its states before the
branch are computed once, and a step costs a third of what it does in the first stage.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import torch
from torch import Tensor, nn

from kgraph.language.pieces import WordPieces
from kgraph.language.training.batches import Batch, batched, collate, windows
from kgraph.language.training.corpora import Article
from kgraph.language.training.network import BRANCH_LAYERS, Branch, Encoder, Labels, Told

PASSES, LAYER_RATE, HEAD_RATE, WARM_UP = 6, 1.5e-4, 1e-3, 0.05
AVERAGE_FROM, AVERAGE_EVERY = 0.6, 20
BATCH_PIECES, WINDOW = 900, 170
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
    layers = list(branch.layers.parameters())
    heads = [p for name, p in branch.named_parameters() if not name.startswith("layers")]
    optimiser = torch.optim.AdamW([{"params": layers}, {"params": heads}], weight_decay=0.01, fused=True)
    average: dict[str, Tensor] = {}
    averaged = done_passes = 0
    if resume and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        branch.load_state_dict(state["branch"])
        optimiser.load_state_dict(state["optimiser"])
        average, averaged, done_passes = state["average"], state["averaged"], state["passes"]
    for number in range(done_passes, PASSES):
        began = time.monotonic()
        torch.manual_seed(number + 1)
        order = random.Random(number).sample(range(len(taught)), len(taught))
        for step, i in enumerate(order):
            done = (number + step / len(order)) / PASSES
            factor = min(done / WARM_UP, (1 - done) / (1 - WARM_UP))
            for group, rate in zip(optimiser.param_groups, (LAYER_RATE, HEAD_RATE), strict=True):
                group["lr"] = rate * factor
            batch, states = taught[i]
            found = losses(branch(states.float(), batch.first, batch.mask), batch)
            if not found:
                continue
            torch.stack(list(found.values())).sum().backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            if done >= AVERAGE_FROM and step % AVERAGE_EVERY == 0:
                averaged += 1
                for name, value in branch.state_dict().items():
                    average[name] = (
                        average[name] + (value - average[name]) / averaged if name in average else value.clone()
                    )
            if step % 25 == 24:
                pace = (time.monotonic() - began) / (step + 1)
                print(f"  branch {number}: {step + 1}/{len(order)} {pace:.2f} s a step", file=sys.stderr, flush=True)
        temporary = checkpoint.with_suffix(".new")
        torch.save(
            {
                "branch": branch.state_dict(),
                "optimiser": optimiser.state_dict(),
                "average": average,
                "averaged": averaged,
                "passes": number + 1,
            },
            temporary,
        )
        temporary.replace(checkpoint)
        click.echo(f"branch, pass {number + 1}/{PASSES}, {time.monotonic() - began:.0f} s")
        click.echo(f"  kept articles: {progress(branch, development, labels)}")
        sys.stdout.flush()
    return average


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

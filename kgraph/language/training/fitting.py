"""The loop that both stages of training share: passes with warm-up and linear decay, averaged weights, checkpoints."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click
import torch
from torch import Tensor, nn

AVERAGE_EVERY = 20

T = TypeVar("T")


@dataclass(frozen=True)
class Stage:
    """Passes, largest learning rates of what was trained before and of what is new, the share of the stage that warms
    up, and that after which weights are averaged (https://arxiv.org/abs/1803.05407)."""

    name: str
    passes: int
    encoder_rate: float
    head_rate: float
    warm_up: float
    average_from: float


def fit(
    network: nn.Module,
    pretrained: set[nn.Parameter],
    stage: Stage,
    one_pass: Callable[[random.Random], Sequence[T]],
    losses: Callable[[T], Mapping[str, Tensor]],
    progress: Callable[[], str],
    checkpoint: Path,
    resume: bool,
) -> dict[str, Tensor]:
    """Trains what of a network may be trained for the passes of a stage; returns the averaged weights.

    `one_pass` draws the batches of a pass, `losses` are a batch's by task (none: the batch teaches nothing), `progress`
    tells how it goes. With `resume` it goes on from the checkpoint, if there is one.
    """
    trained = [p for p in network.parameters() if p.requires_grad]
    rates = (stage.encoder_rate, stage.head_rate)
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in trained if p in pretrained]},
            {"params": [p for p in trained if p not in pretrained]},
        ],
        weight_decay=0.01,
        fused=True,
    )
    average: dict[str, Tensor] = {}
    averaged = done_passes = 0
    if resume and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        average, averaged, done_passes = state["average"], state["averaged"], state["passes"]
    for number in range(done_passes, stage.passes):
        began = time.monotonic()
        rng = random.Random(number)
        torch.manual_seed(number + 1)
        batches = one_pass(rng)
        sums: dict[str, float] = {}
        for step, batch in enumerate(batches):
            done = (number + step / len(batches)) / stage.passes
            factor = min(done / stage.warm_up, (1 - done) / (1 - stage.warm_up))
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            found = losses(batch)
            if not found:
                continue
            torch.stack(list(found.values())).sum().backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            for name, value in found.items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
            if done >= stage.average_from and step % AVERAGE_EVERY == 0:
                averaged += 1
                for name, value in network.state_dict().items():
                    average[name] = (
                        average[name] + (value - average[name]) / averaged if name in average else value.clone()
                    )
            if step % 25 == 24:
                pace = (time.monotonic() - began) / (step + 1)
                click.echo(f"  {stage.name} {number}: {step + 1}/{len(batches)} {pace:.2f} s a step", err=True)
        temporary = checkpoint.with_suffix(".new")
        torch.save(
            {
                "network": network.state_dict(),
                "optimiser": optimiser.state_dict(),
                "average": average,
                "averaged": averaged,
                "passes": number + 1,
            },
            temporary,
        )
        temporary.replace(checkpoint)
        means = " ".join(f"{k} {v / len(batches):.3f}" for k, v in sums.items())
        click.echo(f"{stage.name}, pass {number + 1}/{stage.passes}, {time.monotonic() - began:.0f} s; loss {means}")
        click.echo(f"  development: {progress()}")
        sys.stdout.flush()
    return average or network.state_dict()

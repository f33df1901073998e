"""Where to draw the nodes of a graph: a force-directed layout, the same for the same graph.

Forces are those of Fruchterman and Reingold (1991, https://doi.org/10.1002/spe.4380211102): all nodes repel each
other, joined ones attract. In a component of many nodes the repulsion comes from a mesh by fast Fourier transform (the
particle-mesh method of Hockney and Eastwood, Computer Simulation Using Particles, 1988), which takes n log n time;
small components of one size are laid out together in one array. Components are then set beside each other, the largest
in the middle. Nothing is random: nodes start on a spiral in order of their distance from the busiest node.

Libraries for this are under the GPL (igraph), need SciPy and n² memory (networkx), or weigh more than kgraph itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

_PAIRWISE = 300  # up to this many nodes every pair is computed
_ROUNDS = 150
_GRAVITY = 0.02
_ROOM = 0.8  # between nodes in the end
_SPREADING = 40  # rounds to make that room
_GAP = 1.5  # between components
_WIDTH = np.array([1.1, 0.92])  # screens are wider than high
_GOLDEN = math.pi * (3 - math.sqrt(5))


def arrange(size: int, pairs: Sequence[tuple[int, int]]) -> Points:
    """Positions of nodes 0 … size - 1, joined by `pairs`: an array (size, 2), in lengths of an edge.

    Rounded to a hundredth. Several pairs between the same nodes count once, pairs of a node with itself not at all.
    """
    joined = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    neighbours: list[list[int]] = [[] for _ in range(size)]
    for a, b in joined:
        neighbours[a].append(b)
        neighbours[b].append(a)
    components = _components(neighbours)
    place = {node: (i, at) for i, component in enumerate(components) for at, node in enumerate(component)}
    edges: list[list[tuple[int, int]]] = [[] for _ in components]
    for a, b in joined:
        edges[place[a][0]].append((place[a][1], place[b][1]))
    shapes: dict[int, Points] = {}
    by_size: dict[int, list[int]] = defaultdict(list)
    for i, component in enumerate(components):
        by_size[len(component)].append(i)
    for nodes, group in by_size.items():
        if nodes <= _PAIRWISE:
            shapes |= zip(group, _settle_small(nodes, [edges[i] for i in group]), strict=True)
        else:
            shapes |= {i: _settle_large(nodes, edges[i]) for i in group}
    positions = np.zeros((size, 2))
    for component, shape in zip(components, _pack([shapes[i] for i in range(len(components))]), strict=True):
        positions[component] = shape
    return np.round(positions, 2) + 0.0


def _components(neighbours: Sequence[Sequence[int]]) -> list[list[int]]:
    """Connected components, the largest first; of each the nodes by their distance from the one of most neighbours."""
    seen: set[int] = set()
    components = []
    for start in sorted(range(len(neighbours)), key=lambda node: (-len(neighbours[node]), node)):
        if start in seen:
            continue
        seen.add(start)
        component = [start]
        for node in component:
            fresh = [other for other in neighbours[node] if other not in seen]
            seen.update(fresh)
            component += fresh
        components.append(component)
    return sorted(components, key=lambda component: (-len(component), component[0]))


def _spiral(index: npt.NDArray[np.int64]) -> Points:
    """Points as evenly spread as the seeds of a sunflower, number 0 in the middle."""
    turned = np.stack([np.cos(index * _GOLDEN), np.sin(index * _GOLDEN)], axis=1)
    spread: Points = np.sqrt(index)[:, None] * turned
    return spread


def _settle_small(nodes: int, graphs: Sequence[Sequence[tuple[int, int]]]) -> Points:
    """Layouts (graph, node, 2) of several graphs of the same number of nodes."""
    points = np.repeat(_spiral(np.arange(nodes))[None], len(graphs), axis=0)
    if nodes == 1:
        return points
    links = np.array([(g, a, b) for g, edges in enumerate(graphs) for a, b in edges])
    graph, a, b = links.T
    for step in np.linspace(math.sqrt(nodes) / 2, 0.01, _ROUNDS):
        apart = points[:, :, None] - points[:, None]
        force = (apart / ((apart**2).sum(axis=-1) + 1e-4)[..., None]).sum(axis=2)
        _attract(force, points, (graph, a), (graph, b))
        points += _limited(force, step)
    return points


def _settle_large(nodes: int, edges: Sequence[tuple[int, int]]) -> Points:
    points = _spiral(np.arange(nodes))
    a, b = np.array(edges).T
    gravity = _GRAVITY * math.sqrt(nodes)  # keeps long branches near
    mesh = _Mesh(2 ** math.ceil(math.log2(1.5 * math.sqrt(nodes))))
    for step in np.linspace(math.sqrt(nodes) / 4, 0.05, _ROUNDS):
        force = mesh.repulsion(points) - gravity * (points - points.mean(axis=0))
        _attract(force, points, (a,), (b,))
        points += _limited(force, step)
    for _ in range(_SPREADING):
        one, other = _close(points, _ROOM)
        apart = points[other] - points[one]
        length = np.sqrt((apart**2).sum(axis=1))[:, None]
        push = apart / np.maximum(length, 1e-3) * (_ROOM - length) / 4
        np.subtract.at(points, one, push)
        np.add.at(points, other, push)
    return points


def _close(points: Points, reach: float) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """All pairs of points nearer to each other than `reach`, found by sorting them into cells of that width."""
    cell = ((points - points.min(axis=0)) / reach).astype(np.int64) + 1
    width = int(cell[:, 1].max()) + 2
    keys = cell[:, 0] * width + cell[:, 1]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    at = np.arange(len(points))
    found = []
    for shift in (0, 1, width - 1, width, width + 1):
        first = np.searchsorted(keys, keys + shift) if shift else at + 1
        count = np.searchsorted(keys, keys + shift, side="right") - first
        one = np.repeat(at, count)
        other = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
        found.append(np.stack([order[one], order[other]]))
    one, other = np.concatenate(found, axis=1)
    near = ((points[one] - points[other]) ** 2).sum(axis=1) < reach**2
    return one[near], other[near]


def _attract(
    force: Points, points: Points, one: tuple[npt.NDArray[np.int64], ...], other: tuple[npt.NDArray[np.int64], ...]
) -> None:
    along = points[other] - points[one]
    pull = along * np.sqrt((along**2).sum(axis=-1))[..., None]
    np.add.at(force, one, pull)
    np.subtract.at(force, other, pull)


def _limited(force: Points, step: float) -> Points:
    """Moves along the forces, none longer than `step`."""
    length = np.sqrt((force**2).sum(axis=-1))[..., None]
    moves: Points = force * np.minimum(step / np.maximum(length, 1e-9), 1.0)
    return moves


class _Mesh:
    """A grid of cells × cells, doubled so that the convolution does not wrap round."""

    def __init__(self, cells: int) -> None:
        self.cells = cells
        offset = np.fft.fftfreq(2 * cells, 1 / (2 * cells))
        x, y = offset[:, None], offset[None, :]
        square = x**2 + y**2 + 0.25
        self.kernels = [np.fft.rfft2(x / square), np.fft.rfft2(y / square)]

    def repulsion(self, points: Points) -> Points:
        """Of each point the sum over all others of (difference) / (distance squared)."""
        low = points.min(axis=0)
        cell = float((points.max(axis=0) - low).max()) / (self.cells - 2) or 1.0
        at = (points - low) / cell
        corner = np.minimum(at.astype(np.int64), self.cells - 2)
        part = at - corner
        shares = [
            (2 * self.cells * (corner[:, 0] + i) + corner[:, 1] + j, abs(1 - i - part[:, 0]) * abs(1 - j - part[:, 1]))
            for i in (0, 1)
            for j in (0, 1)
        ]
        shape = (2 * self.cells, 2 * self.cells)
        density = np.zeros(shape[0] * shape[1])
        for index, share in shares:
            density += np.bincount(index, share, minlength=density.size)
        spread = np.fft.rfft2(density.reshape(shape))
        force = np.zeros_like(points)
        for axis, kernel in enumerate(self.kernels):
            field = np.fft.irfft2(spread * kernel, s=shape).ravel()
            force[:, axis] = sum(field[index] * share for index, share in shares) / cell
        return force


def _pack(shapes: Sequence[Points]) -> list[Points]:
    """Shapes moved beside each other: the first in the middle, each next at the free place nearest to it."""
    centres, radii = np.zeros((len(shapes), 2)), np.zeros(len(shapes))
    moved: list[Points] = []
    turn = 0
    for i, shape in enumerate(shapes):
        middle = (shape.min(axis=0) + shape.max(axis=0)) / 2
        radii[i] = np.sqrt(((shape - middle) ** 2).sum(axis=1).max()) + _GAP / 2
        if i and radii[i] < radii[i - 1]:
            turn = 0  # what is smaller may fit where the last did not
        while i:
            tried = _WIDTH * _spiral(np.arange(turn, turn + 64))
            apart = ((tried[:, None] - centres[None, :i]) ** 2).sum(axis=-1)
            free = (apart >= (radii[:i] + radii[i]) ** 2).all(axis=1)
            if free.any():
                turn += int(free.argmax())
                centres[i] = tried[free.argmax()]
                break
            turn += 64
        moved.append(shape - middle + centres[i])
    return moved

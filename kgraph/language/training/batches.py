"""Sentences to batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from kgraph.language.pieces import Window, WordPieces
from kgraph.language.training.corpora import Sentence
from kgraph.language.training.names import OPEN, OTHER, other_kinds
from kgraph.language.training.network import NAME_HEADS, Labels

BATCH_PIECES = 900
DOUBTED = "?"
"""Behind the relation of a fact that one annotator marked and another would not have: it is not learned from."""
IGNORE = -100
"""Target of a word that the loss leaves out (torch's own convention)."""
OUTSIDE_OR_OTHER = -1
"""Target of a word that is in no name, or in one of another kind."""


@dataclass(frozen=True)
class Example:
    """Consecutive sentences in one window. `boundaries`: whether where they begin is to be learned; `others`: whether
    all names but those of other kinds are marked, so that capitals tell those."""

    sentences: tuple[Sentence, ...]
    breaks: tuple[int, ...]
    window: Window
    name_head: int
    boundaries: bool
    others: bool


class Batch(NamedTuple):
    """Inputs and targets; B windows, P pieces, W words. `allowed` (B, W, W+1): heads within a word's own sentence,
    and the root."""

    pieces: Tensor
    shapes: Tensor
    first: Tensor
    mask: Tensor
    allowed: Tensor
    tags: Tensor
    upos: Tensor
    heads: Tensor
    relations: Tensor
    sentence: Tensor
    names: Tensor  # (heads, B, W)
    kinds: Tensor  # (B, W): as names of the first head, with labels for other kinds (`OTHER`) and `OUTSIDE_OR_OTHER`
    statement: Tensor  # (B, W): number of the statement that a word belongs to, -1 for none
    stances: Tensor  # (statements,)
    facts: Tensor  # (B, W, relations): 1.0 where a word is part of the evidence of a fact, 0.0 where not, else -1.0


def windows(
    article: Sequence[Sentence],
    pieces: WordPieces,
    limit: Callable[[], int],
    *,
    name_head: str = "main",
    boundaries: bool = True,
    others: bool = False,
    keep_break: Callable[[], bool] = lambda: True,
) -> Iterator[Example]:
    """An article cut between sentences into windows of about `limit()` pieces."""
    group: list[Sentence] = []
    size, most = 2, limit()
    for sentence in article:
        length = sum(len(pieces.split(w)[0]) for w in sentence.words)
        if length > 480:
            continue  # does not happen in running text
        if group and size + length > most:
            yield _example(group, pieces, name_head, boundaries, others, keep_break)
            group, size, most = [], 2, limit()
        group.append(sentence)
        size += length + 1
    if group:
        yield _example(group, pieces, name_head, boundaries, others, keep_break)


def _example(
    group: list[Sentence],
    pieces: WordPieces,
    name_head: str,
    boundaries: bool,
    others: bool,
    keep_break: Callable[[], bool],
) -> Example:
    words: list[str] = []
    breaks = []
    for sentence in group:
        if words and sentence.paragraph and keep_break():
            breaks.append(len(words))
        words += sentence.words
    window = pieces.window(words, breaks)
    return Example(tuple(group), tuple(breaks), window, NAME_HEADS.index(name_head), boundaries, others)


def recased(sentence: Sentence, rng: random.Random) -> Sentence:
    """Now and then a sentence as a heading or careless writing has it: all capitals, all lower case, or in title
    case."""
    draw = rng.random()
    if draw < 0.05:
        return replace(sentence, words=tuple(w.upper() for w in sentence.words))
    if draw < 0.09:
        return replace(sentence, words=tuple(w.lower() for w in sentence.words))
    if draw < 0.11:
        return replace(sentence, words=tuple(w.capitalize() if w.islower() else w for w in sentence.words))
    return sentence


def batched(examples: Iterable[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Batches of windows of like length, at most `size` pieces with padding, in random order."""
    order = sorted(examples, key=lambda e: len(e.window.pieces) + rng.random() * 12)
    batches: list[list[Example]] = [[]]
    for example in order:
        longest = max([len(e.window.pieces) for e in batches[-1]] + [len(example.window.pieces)])
        if batches[-1] and longest * (len(batches[-1]) + 1) > size:
            batches.append([])
        batches[-1].append(example)
    rng.shuffle(batches)
    return batches


def collate(examples: Sequence[Example], labels: Labels) -> Batch:
    count = len(examples)
    length = max(len(e.window.pieces) for e in examples)
    width = max(len(e.window.first) for e in examples)
    index = {
        field: {v: i for i, v in enumerate(getattr(labels, field))}
        for field in ("tags", "upos", "relations", "names", "stances", "facts")
    }
    kind_index = {v: i for i, v in enumerate((*labels.names, *OTHER))} | {OPEN: OUTSIDE_OR_OTHER}
    pieces, shapes = np.zeros((count, length), np.int64), np.zeros((count, length), np.int64)
    mask = np.zeros((count, 1, 1, length), bool)
    first = np.zeros((count, width), np.int64)
    allowed = np.zeros((count, width, width + 1), bool)
    allowed[:, :, 0] = True
    tags, upos, heads, relations = (np.full((count, width), IGNORE, np.int64) for _ in range(4))
    names = np.full((len(NAME_HEADS), count, width), IGNORE, np.int64)
    kinds = np.full((count, width), IGNORE, np.int64)
    sentence_start = np.full((count, width), -1.0, np.float32)
    statement = np.full((count, width), -1, np.int64)
    facts = np.full((count, width, len(labels.facts)), -1.0, np.float32)
    stances: list[int] = []
    for b, example in enumerate(examples):
        window = example.window
        pieces[b, : len(window.pieces)] = window.pieces
        shapes[b, : len(window.pieces)] = window.shapes
        mask[b, 0, 0, : len(window.pieces)] = True
        first[b, : len(window.first)] = window.first
        at = 0
        for sentence in example.sentences:
            end = at + len(sentence.words)
            allowed[b, at:end, at + 1 : end + 1] = True
            if sentence.tags:
                tags[b, at:end] = [index["tags"].get(t, IGNORE) for t in sentence.tags]
                upos[b, at:end] = [index["upos"].get(t, IGNORE) for t in sentence.upos]
                heads[b, at:end] = [0 if h < 0 else at + h + 1 for h in sentence.heads]
                relations[b, at:end] = [index["relations"].get(r, IGNORE) for r in sentence.relations]
            if sentence.names is not None:
                names[example.name_head, b, at:end] = index["names"]["O"]
                for start, stop, kind in sentence.names:
                    names[example.name_head, b, at + start] = index["names"][f"B-{kind}"]
                    names[example.name_head, b, at + start + 1 : at + stop] = index["names"][f"I-{kind}"]
                if example.name_head == 0:
                    target = names[0, b, at:end]
                    rest = np.array([kind_index[k] for k in other_kinds(sentence.words, sentence.names)])
                    if not example.others:
                        rest[rest > 0] = OUTSIDE_OR_OTHER
                    kinds[b, at:end] = np.where(target > 0, target, rest)
            for start, stop, stance in sentence.statements or ():
                statement[b, at + start : at + stop] = len(stances)
                stances.append(index["stances"][stance])
            if sentence.facts is not None:
                facts[b, at:end] = 0.0
            for start, stop, relation in sorted(sentence.facts or (), key=lambda f: not f[2].endswith(DOUBTED)):
                value = -1.0 if relation.endswith(DOUBTED) else 1.0
                facts[b, at + start : at + stop, index["facts"][relation.removesuffix(DOUBTED)]] = value
            if example.boundaries:
                sentence_start[b, at:end] = 0.0
                sentence_start[b, at] = 1.0
            at = end
    tensors = (
        pieces,
        shapes,
        first,
        mask,
        allowed,
        tags,
        upos,
        heads,
        relations,
        sentence_start,
        names,
        kinds,
        statement,
        np.array(stances, np.int64),
        facts,
    )
    return Batch(*(torch.from_numpy(t) for t in tensors))


def name_spans(indices: Tensor, labels: Labels) -> set[tuple[int, int, str]]:
    """Start, end and type of the names that labels (W,) of words make, what has no target being outside."""
    spans: set[tuple[int, int, str]] = set()
    start, kind = 0, ""
    for i, label in enumerate([*(labels.names[k] if k >= 0 else "O" for k in indices.tolist()), "O"]):
        if kind and label != f"I-{kind}":
            spans.add((start, i, kind))
            kind = ""
        if label != "O" and not kind:
            start, kind = i, label[2:]
    return spans


def count_matches(counts: list[int], gold: Set[object], guess: Set[object]) -> None:
    """Adds to `counts` what is in both, what in gold, what is guessed."""
    counts[0] += len(gold & guess)
    counts[1] += len(gold)
    counts[2] += len(guess)

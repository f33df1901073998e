"""The model on disk: from words to tags, sentences, trees and names.

A window of words goes through the network once. Windows are cut by the text alone, and each is run by itself: in which
order floats are added up depends on the shape of what is multiplied, and a last digit may decide how a value is rounded
to 8 bits, so that sharing a run with other texts would change results.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from kgraph.language.lemmas import Morphology
from kgraph.language.names import agree, best_labels, join_neighbours
from kgraph.language.pieces import WordPieces
from kgraph.language.trees import best_tree

WINDOW, LONGEST_WINDOW = 176, 500
"""Word pieces read at once; and where one sentence alone is longer, at most."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Words analysed; one value a word.

    tags, upos, relations  indices into the model's labels
    heads      index of each word's head among these words, itself for a sentence's root
    starts     whether the word opens a sentence
    names      0 outside names, else 1 + 2k for the first and 2 + 2k for a further word of a name of type k
    name_scores  log-probability of each of these, shape (words, labels)
    scores     by what they score ("stances", "facts"; see `wordscores`), each of shape (words, labels)
    """

    tags: Ints
    upos: Ints
    relations: Ints
    heads: Ints
    starts: npt.NDArray[np.bool_]
    names: Ints
    name_scores: npt.NDArray[np.float32]
    scores: Mapping[str, npt.NDArray[np.float32]]


class Model:
    """Reads a folder with `model.onnx`, `labels.json`, `vocab.txt` and `morphology.json`.

    Raises FileNotFoundError where one is missing.
    """

    def __init__(self, folder: Path) -> None:
        for name in ("model.onnx", "labels.json", "vocab.txt", "morphology.json"):
            if not (folder / name).is_file():
                raise FileNotFoundError(f"{folder}: no language model here ({name} is missing)")
        labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.tags, self.upos = tuple(labels["tags"]), tuple(labels["upos"])
        self.relations, self.names = tuple(labels["relations"]), tuple(labels["names"])
        self.scored = {what: tuple(labels[what]) for what in ("stances", "facts") if what in labels}
        self.pieces = WordPieces(folder / "vocab.txt")
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self.morphology = Morphology.load(
            folder / "morphology.json", {piece: i for i, piece in enumerate(vocabulary) if piece.isalpha()}
        )
        options = onnxruntime.SessionOptions()
        # One thread: documents are shared out over processes, and sums are always made in the same order.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
        self._person = self.names.index("B-PERSON")
        self._root = self.relations.index("root")
        self._proper_tags = [i for i, tag in enumerate(self.tags) if tag in ("NNP", "NNPS")]
        self._proper_upos = self.upos.index("PROPN")

    def analyse(self, words: Sequence[str], breaks: Sequence[int] = ()) -> Analysis:
        """Analyses a text's words. `breaks`: indices, in order, of words that open a sentence because of the layout."""
        count = len(words)
        result = self._blank(count)
        lengths = [len(self.pieces.split(w)[0]) for w in words]
        forced = np.zeros(count + 1, bool)
        forced[list(breaks)] = True
        at, longest = 0, WINDOW
        while at < count:
            end, whole = _window_end(at, lengths, forced, longest)
            outputs = self._run(words[at:end], np.flatnonzero(forced[at:end]))
            starts = (outputs["sentence"] > 0) | forced[at:end]
            starts[0] = True
            if not whole:  # the last sentence may go on: leave it to the next window
                last = int(np.flatnonzero(starts)[-1])
                if last == 0 and longest < LONGEST_WINDOW:
                    longest = LONGEST_WINDOW
                    continue
                if last:
                    end = at + last
            self._decode(words, outputs, starts[: end - at], at, result)
            at, longest = end, WINDOW
        result.names[:] = agree(words, result.names, result.name_scores)
        return result

    def sentences(self, words: Sequence[str], starts: Sequence[int]) -> Analysis:
        """Analyses one window whose sentences are known: the index at which each begins."""
        opens = np.zeros(len(words), bool)
        opens[list(starts)] = True
        result = self._blank(len(words))
        self._decode(words, self._run(words, np.zeros(0, np.int64)), opens, 0, result)
        return result

    def _blank(self, size: int) -> Analysis:
        numbers = [np.zeros(size, np.int64) for _ in range(5)]
        names = np.zeros((size, len(self.names)), np.float32)
        scores = {what: np.zeros((size, len(labels)), np.float32) for what, labels in self.scored.items()}
        starts = np.zeros(size, np.bool_)
        return Analysis(numbers[0], numbers[1], numbers[2], numbers[3], starts, numbers[4], names, scores)

    def _run(self, words: Sequence[str], breaks: Ints) -> dict[str, npt.NDArray[np.float32]]:
        window = self.pieces.window(words, breaks.tolist())
        values = self._session.run(None, {"pieces": window.pieces, "shapes": window.shapes, "first": window.first})
        return dict(zip((o.name for o in self._session.get_outputs()), values, strict=True))

    def _decode(
        self,
        words: Sequence[str],
        outputs: dict[str, npt.NDArray[np.float32]],
        starts: npt.NDArray[np.bool_],
        at: int,
        into: Analysis,
    ) -> None:
        """Writes the first `len(starts)` words of a window into the result, from index `at`."""
        size = len(starts)
        part = slice(at, at + size)
        tags, upos = outputs["tags"][:size], outputs["upos"][:size]
        common = np.flatnonzero(_common_by_case(words[part], starts))
        for proper in self._proper_tags:
            tags[common, proper] = -np.inf
        upos[common, self._proper_upos] = -np.inf
        into.tags[part] = tags.argmax(1)
        into.upos[part] = upos.argmax(1)
        into.starts[part] = starts
        bounds = [*np.flatnonzero(starts).tolist(), size]
        heads = np.zeros(size, np.int64)  # in the numbering of the network: 0 is the root
        arcs = outputs["arcs"]
        names = outputs["names"][:size]
        names = names - np.log(np.exp(names).sum(1, keepdims=True))  # log-probabilities; scores are small numbers
        names[np.ix_(common, np.arange(1, names.shape[1], 2))] -= 99.0  # nor does such a word begin a name
        into.name_scores[part] = names
        for what, scores in into.scores.items():
            scores[part] = outputs[what][:size]
        for begin, end in pairwise(bounds):
            labels = best_labels(words[at + begin : at + end], names[begin:end])
            into.names[at + begin : at + end] = join_neighbours(labels, self._person)
            columns = np.concatenate([[0], np.arange(begin + 1, end + 1)])
            heads[begin:end] = columns[best_tree(arcs[begin:end, columns])]
        scores = (outputs["dependent"][:size] @ outputs["head"][heads][:, :, None])[:, :, 0]
        scores[:, self._root] = np.where(heads == 0, np.inf, -np.inf)
        into.relations[part] = scores.argmax(1)
        into.heads[part] = np.where(heads == 0, np.arange(size), heads - 1) + at


def _common_by_case(words: Sequence[str], starts: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Words that are no proper nouns because they are in lower case in a sentence that has capitals.

    The word pieces do not know "council" from "Council". Particles of names ("de", "bin") are in lower case too: they
    are short.
    """
    lower = np.array([len(word) > 3 and word.islower() for word in words], np.bool_)
    capital = np.array([word[:1].isupper() for word in words], np.bool_)
    sentence = np.cumsum(starts) - starts[:1].sum()
    cased: npt.NDArray[np.bool_] = np.bincount(sentence, capital)[sentence] > 0
    return lower & cased


def _window_end(at: int, lengths: Sequence[int], forced: npt.NDArray[np.bool_], longest: int) -> tuple[int, bool]:
    """Where a window from `at` ends, and whether a sentence surely ends there (a break of the layout, or the text's
    end)."""
    size, end, last_break = 2, at, at
    while end < len(lengths):
        size += lengths[end] + (1 if forced[end] else 0)
        if size > longest and end > at:
            break
        if forced[end]:
            last_break = end
        end += 1
    if end == len(lengths) or forced[end]:
        return end, True
    return (last_break, True) if last_break > at else (end, False)

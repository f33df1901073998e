"""Words to what the encoder reads: word pieces, and the shape of each word's letters.

The encoder's vocabulary is lower case (WordPiece, https://arxiv.org/abs/1609.08144), so that a heading in capitals
and the same words in a sentence read alike; what case tells about names is given back as one of a few shapes a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

SHAPES = ("special", "lower", "title", "upper", "mixed", "digits", "punctuation")
"""What a word's letters look like; `special` is for [CLS] and [SEP]. A single capital letter counts as title."""

_SHAPE_ID = {name: i for i, name in enumerate(SHAPES)}
MAX_PIECES_PER_WORD = 8
"""Web addresses and the like are read by their first pieces only: a word's analysis rests on its first piece anyway."""


def shape(word: str) -> int:
    """Index into `SHAPES`. A hyphenated name such as "Smith-Jones" is title, "McDonald" mixed, "COVID-19" upper."""
    if word.islower():
        return _SHAPE_ID["lower"]
    if word.isupper():
        return _SHAPE_ID["title" if len(word) == 1 else "upper"]
    if word.istitle():
        return _SHAPE_ID["title"]
    if any(c.isalpha() for c in word):
        return _SHAPE_ID["mixed"]
    return _SHAPE_ID["digits" if any(c.isdigit() for c in word) else "punctuation"]


@dataclass(frozen=True, slots=True)
class Window:
    """Words as the encoder reads them, between [CLS] and [SEP].

    pieces  word-piece ids, shape (pieces,)
    shapes  index into `SHAPES` of the word each piece belongs to, shape (pieces,)
    first   position in `pieces` of each word's first piece, shape (words,)
    """

    pieces: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.int64]
    first: npt.NDArray[np.int64]


class WordPieces:
    """Splits single words by a WordPiece vocabulary (one piece a line) and remembers what it has split."""

    def __init__(self, vocabulary: Path) -> None:
        pieces = vocabulary.read_text(encoding="utf-8").splitlines()
        ids = {piece: i for i, piece in enumerate(pieces)}
        self._tokenizer = Tokenizer(models.WordPiece(ids, unk_token="[UNK]", max_input_chars_per_word=64))
        self._tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        self._unknown = ids["[UNK]"]
        self._first, self._separator = ids["[CLS]"], ids["[SEP]"]
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    def split(self, word: str) -> tuple[tuple[int, ...], int]:
        """The word's piece ids, at least one and at most `MAX_PIECES_PER_WORD`, and its shape."""
        found = self._known.get(word)
        if found is None:
            ids = tuple(self._tokenizer.encode(word, add_special_tokens=False).ids[:MAX_PIECES_PER_WORD])
            found = ids or (self._unknown,), shape(word)
            if len(self._known) > 200_000:  # bounds memory on endless input
                self._known.clear()
            self._known[word] = found
        return found

    def window(self, words: Sequence[str], breaks: Iterable[int] = ()) -> Window:
        """The words as one input. `breaks` are the words that open a new paragraph: a [SEP] stands before each."""
        breaks = set(breaks)
        pieces, shapes, first = [self._first], [0], []
        for i, word in enumerate(words):
            if i in breaks and i:
                pieces.append(self._separator)
                shapes.append(0)
            ids, form = self.split(word)
            first.append(len(pieces))
            pieces.extend(ids)
            shapes.extend([form] * len(ids))
        pieces.append(self._separator)
        shapes.append(0)
        return Window(np.array(pieces), np.array(shapes), np.array(first, dtype=np.int64))

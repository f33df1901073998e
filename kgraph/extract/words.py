"""The words of a text with their offsets, cut the same way in documents and in registers.

Names are compared word by word, so both sides must be cut alike: possessive endings and punctuation stand
alone, hyphens and inner apostrophes join ("Stoke-on-Trent", "O'Brien" and "Preston's" are one, one and two words).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"['’]s\b|\w+(?:[-‑]\w+)*(?:['’](?!s\b)\w+)*|[^\w\s]")
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


class Word(NamedTuple):
    """`folded`: the text in lower case, with typographic variants made plain and "&" written out."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def capitalised(self) -> bool:
        return self.text[0].isupper()


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    folded = text.translate(_SAME).lower()
    return "and" if folded == "&" else folded


@lru_cache(maxsize=8192)  # several extractors ask for the words of one sentence, or of one name
def words(text: str, start: int = 0, end: int | None = None) -> tuple[Word, ...]:
    """The words of text[start:end]; offsets are those of `text`."""
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return tuple([Word(*m.span(), word := m[0], fold(word)) for m in found])

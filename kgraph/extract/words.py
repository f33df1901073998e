"""The words of a text with their offsets, cut the same way in documents and in registers.

Names are compared word by word, so both sides must be cut alike: possessive endings and punctuation stand
alone, hyphens and inner apostrophes join ("Stoke-on-Trent", "O'Brien" and "Preston's" are one, one and two words).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"['’]s\b|\w+(?:[-‑]\w+)*(?:['’](?!s\b)\w+)*|[^\w\s]")
_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str

    @property
    def folded(self) -> str:
        """Lower case, with typographic variants made plain and "&" written out."""
        return fold(self.text)

    @property
    def capitalised(self) -> bool:
        return self.text[0].isupper()


@lru_cache(maxsize=65536)
@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    folded = text.translate(_SAME).lower()
    return "and" if folded == "&" else folded


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of text[start:end]; offsets are those of `text`."""
    return [Word(m.start(), m.end(), m.group()) for m in _WORD.finditer(text, start, len(text) if end is None else end)]

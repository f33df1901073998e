"""Where the layout of a text ends a sentence, whatever the words say."""

from __future__ import annotations

import re

import numpy as np
from spacy.attrs import IS_SPACE
from spacy.tokens import Doc

_END = (".", "!", "?", ":", ";", '."', ".”", ".'", ".’", '?"', "?”", '!"', "!”", "…")
_ITEM = re.compile(r"\s*([•◦▪●‣*–—-]|\(?[0-9]{1,2}[.)]|\(?[a-z][.)])\s")

_GOES_ON = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
"""Words with which a heading's first line may end, and no heading."""


def paragraph_starts(doc: Doc) -> list[int]:
    """Indices of the words (tokens that are not space) before which the layout ends a sentence; the first word is
    among them.

    An empty line always does. A single line break does where the line before it was not simply full: it is followed
    by a list item, ends with a sentence's punctuation, or is short beside the longest line of its block, as headings
    and captions are; but not where words go on in lower case or after "of", "the" and the like.
    """
    text = doc.text
    words = np.flatnonzero(doc.to_array(IS_SPACE) == 0)
    starts: list[int] = words[:1].tolist()
    for before in np.flatnonzero(np.diff(words) > 1).tolist():  # white space of its own stands after this word
        last, word = doc[int(words[before])], doc[int(words[before + 1])]
        end = last.idx + len(last)
        if "\n" in text[end : word.idx] and _breaks(text, end, word.idx):
            starts.append(word.i)
    return starts


def _breaks(text: str, end: int, start: int) -> bool:
    """Whether the white space text[end:start], which holds a line break, ends a sentence."""
    if text.count("\n", end, start) > 1:
        return True
    line_start = text.rfind("\n", 0, end) + 1
    line_end = text.find("\n", start)
    line, following = text[line_start:end], text[start : len(text) if line_end < 0 else line_end]
    if _ITEM.match(following + " ") or line.rstrip().endswith(_END):
        return True
    if following[:1].islower() or line.rsplit(None, 1)[-1] in _GOES_ON:
        return False
    block_start = text.rfind("\n\n", 0, end) + 1
    block_end = text.find("\n\n", start)
    block = text[block_start : len(text) if block_end < 0 else block_end]
    longest = max(len(row) for row in block.split("\n"))
    first_word = following.split(None, 1)[0] if following.strip() else ""
    return len(line) + 1 + len(first_word) < 0.75 * longest or longest < 45

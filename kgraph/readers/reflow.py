"""Lines as a page sets them, back to paragraphs: line breaks and hyphenation mended, page starts kept.

What a line break means is told by whether the next word would have fitted into the line: if it would, the break was
meant. So prose becomes paragraphs, and the short lines of forms, tables and headings stay lines.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

MIN_WIDTH = 36
"""Characters of the narrowest column that prose is set in."""

_BULLET = re.compile(r"[•◼▪■●○□◦‣⁃➢✓\-–*\uf000-\uf0ff](\s|$)")
_NUMBER = re.compile(r"(\d{1,3}(\.\d{1,3})*[.)]|\(?[a-z]\)|\([ivx]{1,5}\)|\(\d{1,3}\)|\d{1,3}(\.\d{1,3})+)\s")
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
_HYPHEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\xad‐]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def reflow(pages: Sequence[Sequence[str]]) -> tuple[str, tuple[int, ...]]:
    """Text of the pages' lines and the offset at which each page begins.

    Paragraphs are parted by a blank line; lines that are kept as lines, by "\\n". A page without text begins where
    the next one does.
    """
    pages = [[" ".join(line.split()) for line in page] for page in pages]
    widths = _widths(pages)
    is_hyphenated = _Hyphenation(pages)
    parts: list[str] = []
    length = 0
    starts: list[int] = []
    before = ""
    for page, width in zip(pages, widths, strict=True):
        started = blank = False
        for line in page:
            if not line:
                blank = started  # white space at the top of a page is no paragraph's end
                continue
            separator = _separator(before, line, blank, width) if before else ""
            if separator == " " and (match := _HYPHEN.search(before)) and line[0].islower():
                separator = ""
                if not is_hyphenated(match[1], line):
                    parts[-1] = parts[-1][:-1]
                    length -= 1
            elif separator == " " and before[-1] in "-‐–/" and before[-2:-1].isalnum():
                separator = ""
            length += len(separator)
            if not started:
                starts.append(length)
                started = True
            parts += [separator, line]
            length += len(line)
            before, blank = line, False
        if not started:
            starts.append(-1)
    following = length
    for i in reversed(range(len(starts))):
        following = starts[i] = starts[i] if starts[i] >= 0 else following
    if starts:
        starts[0] = 0
    return "".join(parts), tuple(starts)


def _separator(line: str, following: str, blank: bool, width: float) -> str:
    ended = _ENDED.search(line) is not None
    full = len(line) + 1 + len(following.split(" ", 1)[0]) > 0.92 * width
    if _BULLET.fullmatch(line):
        return " "
    if blank:
        return "\n\n"
    is_item = _BULLET.match(following) or (_NUMBER.match(following) and (ended or not full))
    if not is_item and (full or (following[0].islower() and not ended)):
        return " "
    short = max(len(line), len(following)) < 0.75 * width
    return "\n" if short and not ended else "\n\n"


def _widths(pages: Sequence[Sequence[str]]) -> list[float]:
    """Length of a full line on each page: the document's, but the page's own where it is set evenly (columns)."""
    document = max(_tenth_longest([len(line) for page in pages for line in page if line]), MIN_WIDTH)
    widths = []
    for page in pages:
        lengths = sorted(len(line) for line in page if line)
        own = _tenth_longest(lengths)
        even = len(lengths) >= 25 and lengths[len(lengths) // 2] >= 0.8 * own
        widths.append(own if even else document)
    return widths


def _tenth_longest(lengths: Sequence[int]) -> float:
    return float(sorted(lengths)[int(0.9 * (len(lengths) - 1))]) if lengths else 0.0


class _Hyphenation:
    """Whether a hyphen at a line's end belongs to the word, from how the document writes it elsewhere.

    Where it does not, as the other words with such hyphens: some documents break only at hyphens that are written.
    """

    def __init__(self, pages: Sequence[Sequence[str]]) -> None:
        lines = [line for page in pages for line in page if line]
        self.known = Counter(word for line in lines for word in _WORD.findall(line.lower()))
        kept = dropped = 0
        for line, following in itertools.pairwise(lines):
            if (match := _HYPHEN.search(line)) and following[0].islower():
                belongs = self._evidence(match[1], following)
                kept += belongs is True
                dropped += belongs is False
        self.usual = kept > dropped

    def __call__(self, start: str, following: str) -> bool:
        belongs = self._evidence(start, following)
        return self.usual if belongs is None else belongs

    def _evidence(self, start: str, following: str) -> bool | None:
        match = _WORD.match(following)
        end = match[0].lower() if match else ""
        with_hyphen, without = self.known[f"{start.lower()}-{end}"], self.known[f"{start.lower()}{end}"]
        return None if with_hyphen == without else with_hyphen > without

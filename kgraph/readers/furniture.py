"""Page furniture: what belongs to the page and not to the story (share lines, credits, promos, running headers).

Two ways to know it: by wording, from patterns that the ontology folder brings (`furniture.yaml`; the engine knows no
site and no language), and by repetition, for the headers and footers that every page of a report carries.
Furniture stays in the text, so that offsets hold; it is marked, and no fact comes from it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from kgraph.documents import Span
from kgraph.yamlfile import load_yaml

MAX_LINE = 2000
"""Lines longer than this are prose or data: no pattern is tried on them, and none of `lines` beyond an eighth."""
MAX_PAGED = 20 * 2**20
"""Texts longer than this (5,000 pages) are no report whose page numbers could be told."""


@dataclass(frozen=True)
class Patterns:
    """Regular expressions (`re`, case ignored) by what of a text they make furniture.

    lines  a line that one matches as a whole, white space at its ends aside
    parts  the part of a line that one finds
    rest   the line that one matches as a whole, and all of the text after it; not in the first fifth of the text,
           where the same words are a letterhead
    """

    lines: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("lines", "parts", "rest"):
            for pattern in getattr(self, name):
                try:
                    re.compile(pattern)
                except re.error as error:
                    raise ValueError(f"furniture pattern {pattern!r} in {name}: {error}") from error

    @staticmethod
    def load(path: Path) -> Patterns:
        """The patterns of a YAML file: a mapping of `lines`, `parts`, `rest` to lists. Raises OSError, ValueError."""
        try:
            data = load_yaml(path) or {}
        except yaml.YAMLError as error:
            raise ValueError(f"{path}: {' '.join(str(error).split())}") from error
        if not isinstance(data, dict) or not set(data) <= {"lines", "parts", "rest"}:
            raise ValueError(f"{path}: a mapping of lines, parts and rest was expected")
        return Patterns(**{name: tuple(patterns or ()) for name, patterns in data.items()})


def by_wording(text: str, patterns: Patterns, title: str | None = None) -> Iterator[Span]:
    """The furniture that patterns find, and lines that only repeat the title: its first copy stays.

    A headline states facts as any sentence does; said twice it would only count them twice.
    """
    line_pattern, part_pattern, rest_pattern = map(_any_of, (patterns.lines, patterns.parts, patterns.rest))
    headline = _bare(title) if title else None
    headline_seen = False
    stripped = ""
    for start, line in _lines(text):
        before, stripped = stripped, line.strip()
        if not stripped or len(line) > MAX_LINE:
            continue
        if before and stripped[0].islower():
            continue  # in text with hard line breaks: a line goes on here, whatever it says
        whole = Span(start + line.index(stripped[0]), start + len(line.rstrip()))
        if rest_pattern and start > len(text) / 5 and rest_pattern.fullmatch(stripped):
            yield Span(whole.start, len(text.rstrip()))
            return
        if headline and len(stripped) < 2 * len(headline) + 16 and _repeats(_bare(stripped), headline):
            if headline_seen:
                yield whole
            headline_seen = True
        elif line_pattern and len(stripped) <= MAX_LINE // 8 and line_pattern.fullmatch(stripped):
            yield whole
        elif part_pattern:
            yield from (Span(start + m.start(), start + m.end()) for m in part_pattern.finditer(line) if m[0].strip())


def running_lines(text: str) -> Iterator[Span]:
    """Headers, footers and page numbers of a paged text that lost its page marks.

    A page number is what tells: a line that comes again and again with the same words and a number one higher, at
    about even distances. Lines near most of these numbers that repeat too are headers or footers.
    """
    if text.count("\n") < 60 or len(text) > MAX_PAGED:  # less than three pages, as most texts are, or no pages at all
        return
    starts, lines = zip(*((s, x) for s, x in _lines(text) if x.strip()), strict=True)
    numbered = _page_numbers(lines)
    edges = [[j for j in range(max(0, i - 4), min(len(lines), i + 5)) if j != i] for i in numbered]
    for index in sorted({*numbered, *repeated(lines, edges)}):
        stripped = lines[index].strip()
        start = starts[index] + lines[index].index(stripped[0])
        yield Span(start, start + len(stripped))


def repeated(lines: Sequence[str], edges: Sequence[Sequence[int]]) -> list[int]:
    """Of the lines at the edges of pages (line numbers, one list a page), those that repeat on a third of the pages
    or more, and on three at least. Digits do not count, as page numbers differ."""
    pages_with = Counter(shape for edge in edges for shape in {_shape(lines[i]) for i in edge})
    enough = max(3, len(edges) / 3)
    return sorted({i for edge in edges for i in edge if pages_with[_shape(lines[i])] >= enough})


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans sorted, those that touch or overlap made one, empty ones left out."""
    result: list[Span] = []
    for span in sorted(s for s in spans if s.start < s.end):
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return tuple(result)


def _page_numbers(lines: Sequence[str]) -> list[int]:
    """Numbers of the lines that carry a page number, as the longest run of one shape of line that counts up."""
    families: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for i, line in enumerate(lines):
        if len(line) > 160:  # headers are short
            continue
        for match in _NUMBER.finditer(line):
            if len(match[0]) <= 4 and (match.start() == _indent(line) or match.end() == len(line.rstrip())):
                key = (" ".join(line[: match.start()].split()), " ".join(line[match.end() :].split()))
                families.setdefault(key, []).append((int(match[0]), i))
    best: list[int] = []
    for members in families.values():
        run = _counting_run(members)
        if len(run) >= 3 and len(run) > len(best) and _even(run):
            best = run
    return best


def _counting_run(members: Sequence[tuple[int, int]]) -> list[int]:
    """The longest chain of line numbers whose values go up by one; `members` are (value, line) in order of lines."""
    chains: dict[int, _Chain] = {}
    for value, line in members:
        before = chains.get(value - 1)
        length = before.length + 1 if before and line - before.line >= 5 else 1
        if value not in chains or length > chains[value].length:
            chains[value] = _Chain(length, line, before if length > 1 else None)
    chain = max(chains.values(), key=lambda c: c.length, default=None)
    run = []
    while chain:
        run.append(chain.line)
        chain = chain.before
    return run[::-1]


class _Chain(NamedTuple):
    length: int
    line: int
    before: _Chain | None


def _even(run: Sequence[int]) -> bool:
    gaps = [b - a for a, b in itertools.pairwise(run)]
    middle = sorted(gaps)[len(gaps) // 2]
    return sum(0.5 * middle <= gap <= 1.5 * middle for gap in gaps) >= 2 / 3 * len(gaps)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _shape(line: str) -> str:
    return " ".join(_NUMBER.sub("#", line).split())


_NUMBER = re.compile(r"\d+", re.ASCII)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, text[start:end]
        start = end + 1
    yield start, text[start:]


def _any_of(patterns: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE) if patterns else None


def _repeats(bare: str, headline: str) -> bool:
    """Whether a line is the headline again, by itself or with a word more ("… image": text in place of a picture)."""
    return bare.startswith(headline) and len(bare) <= len(headline) + 10


def _bare(line: str) -> str:
    """A line's letters and digits only: copies of a headline differ in their quotes and spaces."""
    return "".join(c for c in line.casefold() if c.isalnum())

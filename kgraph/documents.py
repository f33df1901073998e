"""A document as kgraph keeps it, and spans of its text.

Every offset in kgraph counts Unicode code points of `Document.text`, from 0, end exclusive: the same numbers
are Python slices and the positions of a Web Annotation `oa:TextPositionSelector`
(https://www.w3.org/TR/annotation-model/#text-position-selector).
"""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A span together with the text that stands there. Made by `Document.excerpt` only, so that it always re-reads."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Document:
    """One text with what is known of its origin.

    id         name within its source (a file's name, a path below a folder, a line's id); what facts call `document`
    text       the text that all offsets refer to; newlines are "\\n"
    source     where the reader found it: a path, or "-" for standard input
    published  publication date as EDTF (`2021-03-04`, `2021-03`, `2021`), if known
    pages      offset at which each page begins, for formats that have pages
    furniture  spans that belong to the page and not to the story (captions, share lines, headers); never evidence
    """

    id: str
    text: str
    source: str
    media_type: str = "text/plain"
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    pages: tuple[int, ...] = ()
    furniture: tuple[Span, ...] = field(default=(), repr=False)

    @cached_property
    def sha256(self) -> str:
        """Hash of the text in UTF-8: with an offset it names a place for good."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def excerpt(self, start: int, end: int) -> Excerpt:
        """The text at [start, end). Raises ValueError where that is empty or outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"{self.id}: no text at {start}..{end} (length {len(self.text)})")
        return Excerpt(start, end, self.text[start:end])

    def page(self, offset: int) -> int | None:
        """Number of the page, from 1, on which an offset lies; None for formats without pages."""
        return bisect.bisect_right(self.pages, offset) or None if self.pages else None

    def is_furniture(self, start: int, end: int) -> bool:
        """Whether [start, end) touches page furniture."""
        return any(f.start < end and start < f.end for f in self.furniture)

    def to_json(self) -> dict[str, Any]:
        """All there is of it, as JSON holds it; spans are pairs."""
        return {
            "id": self.id,
            "text": self.text,
            "source": self.source,
            "media_type": self.media_type,
            "title": self.title,
            "published": self.published,
            "publisher": self.publisher,
            "url": self.url,
            "pages": list(self.pages),
            "furniture": [[span.start, span.end] for span in self.furniture],
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Document:
        """Inverse of `to_json`. Raises KeyError or TypeError on an object that is no document."""
        spans = tuple(Span(start, end) for start, end in data["furniture"])
        return Document(**{**data, "pages": tuple(data["pages"]), "furniture": spans})

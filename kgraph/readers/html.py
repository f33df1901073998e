"""HTML: the main text without navigation, comments and adverts, by trafilatura; its title, date, site and address.

Trafilatura with `favor_precision` did best of eight extractors on the article-extraction benchmark
(https://github.com/scrapinghub/article-extraction-benchmark). The text kgraph keeps is what it extracts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import trafilatura

from kgraph.documents import Document
from kgraph.readers.encoding import clean, decode
from kgraph.readers.source import Failure, Source, UnreadableError
from kgraph.readers.text import edtf_date

MAX_BYTES = 20 * 2**20
"""Larger pages are refused: the parsed tree takes some fifty times the file's size in memory."""

_DATES = {
    "original_date": True,  # of publication, not of the last update
    "extensive_search": False,  # only what the page marks as its date: any date in the prose would be a guess
    "max_date": "2100-01-01",  # its default is today, and the same page must give the same date tomorrow
}
_BLOCKS = frozenset({"p", "head", "item", "quote", "code", "row", "ab"})

for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # a page without text is our one line to say, not theirs


def read(data: bytes, source: Source) -> Iterator[Document | Failure]:
    """The page's main text, paragraphs parted by blank lines, a table's row a line. Raises UnreadableError."""
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"an HTML page of more than {MAX_BYTES // 2**20} MB")
    page = clean(decode(data, _declared(data)))
    if not page.strip():
        raise UnreadableError("empty" if not data else "nothing but white space")
    # lxml refuses a string that declares an encoding; as text it has none any more.
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page)
    found: Any = trafilatura.bare_extraction(
        page, favor_precision=True, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )
    text = clean("\n\n".join(_blocks(found.body))) if found is not None and found.body is not None else ""
    if not text.strip():
        raise UnreadableError("no text found in the HTML page")
    yield Document(
        id=source.id,
        text=text,
        source=source.path,
        media_type="text/html",
        title=_line(found.title),
        published=edtf_date(found.date) if found.date else None,
        publisher=_line(found.sitename),
        url=_line(found.url),
    )


def _blocks(element: Any) -> Iterator[str]:
    """The texts of an extracted tree's blocks, in order."""
    if element.tag == "table":
        rows = (
            "\t".join(" ".join("".join(c.itertext()).split()) for c in row.iter("cell")) for row in element.iter("row")
        )
        if table := "\n".join(row for row in rows if row.strip()):
            yield table
        return
    inner = [child for child in element if isinstance(child.tag, str)]
    if element.tag in _BLOCKS and not any(child.tag in _BLOCKS or child.tag in ("list", "table") for child in inner):
        if text := _inline(element):
            yield text
        return
    if lead := " ".join((element.text or "").split()):
        yield lead
    for child in inner:
        yield from (
            _blocks(child) if child.tag in _BLOCKS or len(child) or child.tag in ("list", "table") else _leaf(child)
        )
        if tail := " ".join((child.tail or "").split()):
            yield tail


def _leaf(element: Any) -> Iterator[str]:
    if text := _inline(element):
        yield text


def _inline(element: Any) -> str:
    """The text in an element; a line break in the page is one in the text, other white space is a space."""
    parts = [element.text or ""]
    for child in element.iter():
        if child is not element:
            parts += ["\n" if child.tag == "lb" else "", child.text or "" if isinstance(child.tag, str) else ""]
            parts.append(child.tail or "")
    lines = (
        " ".join(line.split()) for line in "".join(p if p == "\n" else p.replace("\n", " ") for p in parts).split("\n")
    )
    return "\n".join(line for line in lines if line)


def _line(text: str | None) -> str | None:
    return (" ".join(text.split()) or None) if text else None


def _declared(data: bytes) -> str | None:
    match = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", data[:4096], re.IGNORECASE)
    return match[1].decode("ascii", "replace") if match else None

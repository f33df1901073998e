"""PDF (ISO 32000): text in the order of the file, by pypdf, without running headers, footers and page numbers."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator

import pypdf
import pypdf.errors

from kgraph.documents import Document
from kgraph.readers.encoding import clean
from kgraph.readers.furniture import repeated
from kgraph.readers.reflow import reflow
from kgraph.readers.source import Failure, Source, UnreadableError

MAX_PAGES = 5000
"""Longer files are refused. What one page may unpack to is limited by pypdf (75 MB a stream)."""

_EDGE = 4  # lines at the top and at the bottom of a page among which headers and footers are sought
_GLYPHS = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters of a damaged file is said in its Failure


def read(data: bytes, source: Source) -> Iterator[Document | Failure]:
    """The document, and a `Failure` for each page that could not be read. Raises UnreadableError.

    The title is the one among the properties if the first page has it too (else it is often a template's or a
    draft's), or the running header that the first page begins with, or that page's first line. The dates among the
    properties are those of the file, not of publication, so there is none.
    """
    pages: list[list[str]] = []
    failures: list[Failure] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader, count = _open(data)
        for number in range(1, count + 1):
            try:
                text = reader.pages[number - 1].extract_text()
            except Exception as error:  # pypdf lets through what a damaged page makes it meet
                failures.append(Failure(source.path, f"page {number} of {count} could not be read: {_said(error)}"))
                text = ""
            pages.append(clean(text).translate(_GLYPHS).split("\n"))
        property_title = _property_title(reader)
    if len(failures) == count:
        raise UnreadableError(f"none of the {count} pages could be read: {failures[0].reason.partition(': ')[2]}")
    if not any(line.strip() for page in pages for line in page):
        raise UnreadableError("no text on its pages: scanned images, perhaps, which need OCR first")
    story, running = _without_running_lines(pages)
    text, starts = reflow(story)
    if not text:
        raise UnreadableError("no text on its pages but page numbers and headers")
    yield Document(
        id=source.id,
        text=text,
        source=source.path,
        media_type="application/pdf",
        title=_title([property_title, *running], text[: starts[1]] if len(starts) > 1 else text),
        pages=starts,
    )
    yield from failures


def _open(data: bytes) -> tuple[pypdf.PdfReader, int]:
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("not a PDF")
    # pypdf mends a file without its end as well as it can, and what it does not find is lost without a word.
    if b"%%EOF" not in data[-4096:]:
        raise UnreadableError("a truncated PDF: its end is missing")
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("an encrypted PDF: it needs a password")
        count = len(reader.pages)
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(f"a damaged PDF ({_said(error)})") from error
    if not count:
        raise UnreadableError("a PDF without pages")
    if count > MAX_PAGES:
        raise UnreadableError(f"{count} pages, more than the {MAX_PAGES} that are read")
    return reader, count


def _without_running_lines(pages: list[list[str]]) -> tuple[list[list[str]], list[str]]:
    """The pages' lines without headers, footers and page numbers, and those lines, each once, as they came.

    A line of the first page that others repeat word for word stays there: it is the title they carry.
    """
    lines = [line.strip() for page in pages for line in page]
    edges: list[list[int]] = []
    lone_numbers: set[int] = set()
    start = 0
    for number, page in enumerate(pages, 1):
        filled = [start + i for i, line in enumerate(page) if line.strip()]
        edges.append(sorted({*filled[:_EDGE], *filled[-_EDGE:]}))
        lone_numbers.update(i for i in (*filled[:1], *filled[-1:]) if lines[i] in (str(number), f"Page {number}"))
        start += len(page)
    first = len(pages[0])
    elsewhere = {lines[i] for edge in edges[1:] for i in edge}
    running = [i for i in repeated(lines, edges) if not (i < first and lines[i] in elsewhere)]
    gone = lone_numbers.union(running)
    kept = []
    start = 0
    for page in pages:
        kept.append(["" if start + i in gone else line for i, line in enumerate(page)])
        start += len(page)
    return kept, list(dict.fromkeys(lines[i] for i in running))


def _property_title(reader: pypdf.PdfReader) -> str:
    try:
        return " ".join(str((reader.metadata and reader.metadata.title) or "").split())
    except Exception:  # damaged properties are no reason to lose the text
        return ""


def _title(candidates: list[str], first_page: str) -> str | None:
    letters = "".join(first_page.casefold().split())
    for number, candidate in enumerate(candidates):
        wanted = "".join(candidate.casefold().split())
        if wanted and (letters.startswith(wanted) or (number == 0 and wanted in letters)):
            return candidate
    heading = first_page.strip().partition("\n")[0]
    return heading if 0 < len(heading) <= 200 and not heading.endswith((".", ",", ";")) else None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__

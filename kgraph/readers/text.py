"""Plain text. The whole file stays the text, so offsets are those of any editor that counts characters.

A file may begin with a title line, then `Published: YYYY-MM-DD`, then a blank line. Form feeds, as pdftotext writes
them, begin a page.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from kgraph.documents import Document, Span
from kgraph.readers.encoding import clean, decode, newlines
from kgraph.readers.furniture import running_lines
from kgraph.readers.source import Failure, Source, UnreadableError


def read(data: bytes, source: Source) -> Iterator[Document | Failure]:
    """The text of a file, with its title and date where its first lines give them. Raises UnreadableError."""
    raw = newlines(decode(data))
    text = clean(raw)
    if not text.strip():
        raise UnreadableError("empty" if not data else "nothing but white space")
    title, published, header = _header(text)
    yield Document(
        id=source.id,
        text=text,
        source=source.path,
        title=title,
        published=published,
        pages=(0, *(m.end() for m in re.finditer("\f", raw))) if "\f" in raw.rstrip() else (),
        furniture=(*header, *running_lines(text)),
    )


def edtf_date(text: str) -> str | None:
    """A date as EDTF where `text` is one (`2021-03-04`, `2021-03`, `2021`, `4 March 2021`, `04/03/2021`), else None.

    A day that does not exist gives None, and so does a time of day alone; the time after a date is left out.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        try:
            datetime.date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
        except ValueError:
            return None
        return match["date"]
    for pattern in ("%d %B %Y", "%d %b %Y", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(text, pattern).date().isoformat()
        except ValueError:
            continue
    return None


_ISO = re.compile(
    r"(?P<date>(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?)(?:[T ]\d\d:?\d\d.*)?", re.ASCII | re.DOTALL
)
_PUBLISHED = re.compile(r"Published:[ \t]*(\S[^\n]{0,40})", re.IGNORECASE)
_HEAD = re.compile(r"\n*(?P<first>[^\n]{1,300})(?:\n(?P<second>[^\n]*))?")


def _header(text: str) -> tuple[str | None, str | None, list[Span]]:
    """Title, date and the span of the `Published:` line.

    Without that line, the first line is a title if a blank line follows it and more text after that, and it does not
    end as a sentence does.
    """
    head = _HEAD.match(text)
    if head is None:
        return None, None, []
    first, second = head["first"].strip(), head["second"]
    for name in ("first", "second"):
        if (line := head[name]) and (match := _PUBLISHED.fullmatch(line.strip())):
            date = edtf_date(match[1])
            return (first if name == "second" else None), date, [Span(*head.span(name))]
    followed = second is not None and not second.strip() and text[head.end() :].strip()
    if followed and len(first) <= 200 and not re.search(r"[.:;,…][\"'”’)]*$", first):
        return first or None, None, []
    return None, None, []

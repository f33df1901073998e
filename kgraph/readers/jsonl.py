"""JSON Lines (https://jsonlines.org): one document a line, with `text` and, if known, `title`, `date`, `url`,
`publisher`, `id`. Read line by line, so a file may be larger than memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kgraph.documents import Document
from kgraph.readers.encoding import clean
from kgraph.readers.source import MAX_BYTES, Failure, Source, UnreadableError
from kgraph.readers.text import edtf_date


def read(stream: BinaryIO, source: Source) -> Iterator[Document | Failure]:
    """A document a line; a line that is none is one `Failure` with its number, and the next goes on.

    Without an `id` of its own a document is called `FILE#LINE`, lines counted from 1, blank ones too.
    """
    number = 0
    found = False
    seen: dict[str, int] = {}
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        place = f"{source.path}#{number}"
        if len(line) > MAX_BYTES:
            yield Failure(place, f"a line of more than {MAX_BYTES // 2**20} MB")
            return
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        found = True
        try:
            document = _document(_record(line), f"{source.id}#{number}", place)
        except UnreadableError as error:
            yield Failure(place, str(error))
            continue
        if document.id in seen:
            yield Failure(place, f"id {document.id!r} is that of line {seen[document.id]} already")
            continue
        seen[document.id] = number
        yield document
    if not found:
        raise UnreadableError("empty" if not number else "nothing but white space")


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8, as JSON must be (byte {error.start + 1} of the line)") from error
    except json.JSONDecodeError as error:
        raise UnreadableError(f"malformed JSON: {error.msg} at column {error.colno}") from error
    except (RecursionError, ValueError) as error:  # too deep, or an integer of too many digits
        raise UnreadableError(f"malformed JSON: {error}") from error
    if not isinstance(record, dict):
        raise UnreadableError("not a JSON object")
    return record


def _document(record: dict[str, Any], default_id: str, place: str) -> Document:
    text = record.get("text")
    if not isinstance(text, str):
        raise UnreadableError('no "text"' if text is None else '"text" is not a string')
    if not text.strip():
        raise UnreadableError('"text" is empty')
    values = {name: _string(record, name) for name in ("title", "date", "url", "publisher", "id")}
    date = values["date"] and edtf_date(values["date"])
    if values["date"] and not date:
        raise UnreadableError(f'"date" is no date (YYYY-MM-DD): {values["date"][:40]!r}')
    return Document(
        id=values["id"] or default_id,
        text=clean(text),
        source=place,
        title=values["title"],
        published=date,
        publisher=values["publisher"],
        url=values["url"],
    )


def _string(record: dict[str, Any], name: str) -> str | None:
    """A string value, on one line; a number, as ids often are, as its digits. Null and "" are no value."""
    value = record.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is not None and not isinstance(value, str):
        raise UnreadableError(f'"{name}" is not a string')
    return (" ".join(clean(value).split()) or None) if value else None

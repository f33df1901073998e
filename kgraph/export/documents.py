"""The texts beside the graph: JSON Lines, one document a line, in the order of their ids.

A graph's excerpts count the code points of `text` of the document with the same `sha256`. The keys `text`, `title`,
`date`, `url` and `publisher` are those that kgraph's own reader of JSON Lines takes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from kgraph.documents import Document


def write(documents: Iterable[Document], file: BinaryIO) -> None:
    for document in sorted(documents, key=lambda document: document.id):
        row = {
            "id": document.id,
            "title": document.title,
            "date": document.published,
            "publisher": document.publisher,
            "url": document.url,
            "source": document.source,
            "media_type": document.media_type,
            "sha256": document.sha256,
            "pages": list(document.pages),
            "furniture": [[span.start, span.end] for span in document.furniture],
            "text": document.text,
        }
        line = json.dumps({key: value for key, value in row.items() if value or key == "text"}, ensure_ascii=False)
        file.write(line.encode("utf-8", "backslashreplace") + b"\n")

"""A document's text: spaCy puts it together from its tokens each time it is asked."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc


@lru_cache(maxsize=2)  # several ask for the text of one document after each other
def text_of(doc: Doc) -> str:
    """`doc.text`, put together once."""
    return doc.text

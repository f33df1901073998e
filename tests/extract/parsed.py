"""Readings of short texts with the shipped language pipeline; tests that need it are skipped where there is none."""

from __future__ import annotations

from functools import lru_cache

import pytest
from spacy.language import Language

from kgraph.documents import Document
from kgraph.extract import Reading, read
from kgraph.language import UnsuitablePipeline, load
from tests.sentences import ontology


@lru_cache(maxsize=1)
def _pipeline() -> Language | str:
    try:
        return load()
    except UnsuitablePipeline as error:
        return str(error)


def pipeline() -> Language:
    nlp = _pipeline()
    if isinstance(nlp, str):
        pytest.skip(nlp)
    return nlp


def reading(text: str, published: str | None = None) -> Reading:
    return read(Document("test", text, "-", published=published), pipeline(), ontology())

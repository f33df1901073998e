"""Readings of short texts with nothing but sentence boundaries: what the parser-free extractors must manage with."""

from __future__ import annotations

import re
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kgraph.documents import Document
from kgraph.extract import Reading, extract, read
from kgraph.facts import Entity, Fact
from kgraph.ontology import Ontology, load_ontology


@Language.component("kgraph_test_sentences")
def _sentences(doc: Doc) -> Doc:
    """A sentence ends behind a full stop and its closing quotation marks, and at a line's end."""
    starts = True
    for token in doc:
        token.is_sent_start = starts
        ahead = doc[token.i + 1].text if token.i + 1 < len(doc) else ""
        ends = token.text in (".", "!", "?", "”") and (
            token.i == 0 or token.text != "”" or doc[token.i - 1].text in ".!?"
        )
        starts = bool(re.search("\n", token.text)) or (ends and ahead not in ("”", '"', "’"))
    return doc


@lru_cache(maxsize=1)
def pipeline() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("kgraph_test_sentences")
    return nlp


@lru_cache(maxsize=1)
def ontology() -> Ontology:
    return load_ontology()


def reading(text: str, published: str | None = None) -> Reading:
    return read(Document("test", text, "-", published=published), pipeline(), ontology())


def facts(text: str, relation: str, published: str | None = None) -> list[Fact]:
    return [f for f in extract(reading(text, published)) if f.relation == relation]


def plain(fact: Fact) -> dict[str, object]:
    """A fact's arguments with entities as their text, and what makes it less than asserted."""
    said: dict[str, object] = {k: v.text if isinstance(v, Entity) else v for k, v in fact.arguments.items()}
    if fact.attributed_to is not None:
        said["attributed_to"] = fact.attributed_to.text
    if fact.certainty != "stated":
        said["certainty"] = fact.certainty
    return said

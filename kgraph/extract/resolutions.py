"""Resolutions of minutes that come as a list: "RESOLVED (i) that the report be noted; (ii) that …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from kgraph.extract.decisions import DecisionReader
from kgraph.extract.minutes import EXTRACTOR, convened
from kgraph.extract.reading import Reading
from kgraph.facts import Fact

_RESOLVED = re.compile(r"\b(?:RESOLVED|AGREED|DECIDED)\b")
_ITEM = re.compile(r"(?:\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|^[ \t]*(?:\d{1,2}[.)]|[-•*–]))\s+[Tt]hat\s+", re.MULTILINE)
_STOP = re.compile(r";|\.(?=\s|$)|\n(?=\s*(?:\n|\(|\d|[-•*–]))")
_BETWEEN, _LINES = 60, 2  # characters and ends of lines from one item to the next's words at most
_CONFIDENCE = 0.85


def extract_resolutions(reading: Reading) -> Iterator[Fact]:
    """Facts of `decides`, one for each item of a list of resolutions. Needs a dependency parse."""
    body, text = convened(reading), reading.document.text
    if body is None or not reading.doc.has_annotation("DEP"):
        return
    words = DecisionReader(reading)
    for start, end in _items(text):
        span = reading.doc.char_span(start, end, alignment_mode="expand")
        verb = _verb(span) if span is not None else None
        if span is not None and verb is not None:
            decision = words.words(verb)
            if not decision or ";" in decision:  # parsed into the next item
                decision = " ".join(span.text.split())
            yield reading.fact(
                "decides",
                {"body": body.entity, "decision": decision},
                start,
                end,
                extractor=EXTRACTOR,
                confidence=_CONFIDENCE,
            )


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Where the items of lists behind "RESOLVED" stand, without their numbers and "that"."""
    for resolved in _RESOLVED.finditer(text):
        reached = resolved.end()
        while (item := _ITEM.search(text, reached, reached + _BETWEEN)) is not None:
            if text.count("\n", reached, item.start()) > _LINES:
                break
            stop = _STOP.search(text, item.end())
            reached = stop.start() if stop is not None else len(text)
            yield item.end(), reached


def _verb(item: Span) -> Token | None:
    """What is to be done: the first verb in its plain form, of a passive its participle."""
    plain = next((t for t in item if t.tag_ in ("VB", "VBP")), None)
    if plain is None or plain.lower_ != "be":
        return plain
    return next((t for t in item.doc[plain.i + 1 : item.end] if t.tag_ == "VBN"), None)

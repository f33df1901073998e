"""Figures: the quantities of the running text that may state something, and from which earlier ones they changed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kgraph.extract.clauses import Clause
from kgraph.extract.reading import Reading
from kgraph.facts import Fact
from kgraph.language.quantities import Quantity

TIME_UNITS = frozenset("seconds minutes hours days nights weeks fortnights months years decades".split()) | {
    "working days"
}
ASIDE = re.compile(r"\b(?:set|put|sets|puts|setting|putting) (?:[£\w.]+ )?aside\b", re.IGNORECASE)
BREAKS = frozenset(',;:()“”"–—')
_AGES_AFTER = re.compile(r"\s+(?:(?:or|and|to)\s+\d+\s+years?\b|years?[\s-]+(?:olds?|of age)\b)")
_AGES_BEFORE = re.compile(r"\b(?:aged?|ages|under|over|between|aged between \w{1,9} and)\s\Z")
_EVERY_BEFORE = re.compile(r"\b(?:for every|in) \Z")  # "28 children for every 100 homes", "in 100 millilitres"
_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight"
_CLOCK_AFTER = re.compile(rf" (?:to|past) (?:{_HOUR}|\d\d?)\b(?! (?:per cent|percent))")  # "a quarter to two"
_SUSPENDED = re.compile(r"- (?:and|or|to) \d")  # "16- and 17-year-olds"
_OUT_OF = re.compile(r"\bout of (?:a possible |the )?\Z")
_BETWEEN = r"(?:[^.;\d]{0,40}?)"
_FROM_BEFORE = re.compile(r"\bfrom (?:\w+ ){0,3}\Z")
_TO_AFTER = re.compile(rf"{_BETWEEN}\bto (?:\w+ ){{0,3}}\Z")
_TO_BEFORE = re.compile(r"\bto (?:\w+ ){0,3}\Z")
_FROM_AFTER = re.compile(r"[^.,;\d]{0,30}\bfrom (?:\w+ ){0,2}\Z")  # "to 612 at the end of March from 540"
_UP_FROM = re.compile(r"(?:[^.;\d]{0,60}?)(?:\b(?:up|down|rising|falling|increas\w+) from|, from) (?:\w+ ){0,2}\Z")


@dataclass(frozen=True)
class Figure:
    """A quantity with the token that heads it."""

    quantity: Quantity
    token: Token

    @property
    def number(self) -> int | float:
        value = float(self.quantity.value)
        return int(value) if value.is_integer() else value

    @property
    def is_time(self) -> bool:
        return self.quantity.unit in TIME_UNITS

    @property
    def is_count(self) -> bool:
        return self.quantity.unit == "count"


def find_figures(reading: Reading, clauses: Mapping[int, Clause]) -> Iterator[Figure]:
    """Quantities of the running text: not of the headline, nor inside a name or a date."""
    text = reading.document.text
    title = (reading.document.title or "").strip().rstrip(".")
    dates = [(d.start, d.end) for d in reading.dates if d.kind == "date"]
    for quantity in reading.quantities:
        span = reading.doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
        if span is None or any(start < quantity.end and quantity.start < end for start, end in dates):
            continue
        line_end = text.find("\n", quantity.end)
        line = text[text.rfind("\n", 0, quantity.start) + 1 : len(text) if line_end < 0 else line_end]
        if title and line.strip().rstrip(".") == title:
            continue
        if _AGES_AFTER.match(text, quantity.end) or (
            quantity.unit in ("count", "years")
            and _AGES_BEFORE.search(text[: quantity.start][-32:])
            and span.root.dep_ != "nummod"
        ):
            continue
        if quantity.unit == "percent" and quantity.text.endswith("quarter") and _CLOCK_AFTER.match(text, quantity.end):
            continue
        if quantity.unit == "count" and quantity.value == "100" and _EVERY_BEFORE.search(text[: quantity.start][-12:]):
            continue
        if _SUSPENDED.match(text, quantity.end) or _OUT_OF.search(text[: quantity.start][-24:]):
            continue
        mention = reading.by_token.get(span.root.i)
        if mention is not None and mention.start <= quantity.start and quantity.end < mention.end:
            continue
        yield Figure(quantity, next((t for t in span if t.i in clauses), span.root))


def find_earlier(reading: Reading, figures: Sequence[Figure]) -> dict[int, Figure]:
    """For each figure that is said to have changed, by its offset, the figure that it was before."""
    text = reading.document.text
    found: dict[int, Figure] = {}
    for one, two in itertools.pairwise(figures):
        first, second = one.quantity, two.quantity
        between = text[first.end : second.start]
        for date in reading.dates:  # "from 82% in 2012/13 to 88%"
            if first.end <= date.start and date.end <= second.start:
                between = between.replace(text[date.start : date.end], "then")
        if first.unit != second.unit and "count" not in (first.unit, second.unit):
            continue
        if one.token.sent != two.token.sent:
            continue
        before = text[: first.start][-40:]
        if _FROM_BEFORE.search(before) and _TO_AFTER.match(between):
            found[second.start] = one
        elif _UP_FROM.fullmatch(between) or (_TO_BEFORE.search(before) and _FROM_AFTER.fullmatch(between)):
            found[first.start] = two
    return found


def is_told(fact: Fact, sentence: Span, number: float) -> bool:
    """Whether a fact of a sentence has a number among its arguments."""
    inside = sentence.start_char <= fact.evidence.start < sentence.end_char
    return inside and any(
        isinstance(value, (int, float)) and not isinstance(value, bool) and value == number
        for value in fact.arguments.values()
    )


def clause_around(span: Span) -> tuple[int, int]:
    """The tokens of a sentence around some words, from one comma, bracket or "and" between verbs to the next."""
    doc, sentence = span.doc, span.sent
    first, last = span.start, span.end
    while first > sentence.start and not _parts(doc[first - 1]):
        first -= 1
    while last < sentence.end and not _parts(doc[last]):
        last += 1
    return first, last


def _parts(token: Token) -> bool:
    return token.text in BREAKS or (token.dep_ == "cc" and token.head.pos_ == "VERB")

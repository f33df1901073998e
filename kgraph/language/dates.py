"""Dates in English text: recognition, and normalisation to EDTF (ISO 8601-2) and ISO 8601 durations.

What is recognised is data (`time/english.toml`); what it is worth is worked out apart from that (`time/normalise.py`).
The division, and the kinds of expression, follow TimeML's TIMEX3 (https://timeml.github.io/site/publications/specs.html)
and HeidelTime (Strötgen and Gertz, Language Resources and Evaluation 47, 2013).

>>> import spacy
>>> doc = spacy.blank("en")("She was appointed on 24 June and had led the service since March 2017.")
>>> [(m.text, m.value, m.role) for m in find_dates(doc, "2021-07-05")]
[('24 June', '2021-06-24', 'on'), ('March 2017', '2017-03', 'since')]
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from spacy.tokens import Doc

from kgraph.language.texts import text_of
from kgraph.language.time.normalise import Setting, Tense, Value, month_number, read
from kgraph.language.time.recognise import Found, grammar, recognise
from kgraph.language.time.values import When, edtf_to_timex3


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time in a text and its value: EDTF for a date, ISO 8601 for a duration.

    kind    "vague" only where `find_dates` is asked for it: the value is then PAST_REF, PRESENT_REF or FUTURE_REF
    timex3  the value as TimeML writes it, which alone tells which week of a month is meant ("2020-W12")
    role    the preposition before it, in lower case ("since", "until", "by", "on"), if there is one
    parts   the two dates of a stated interval ("from May to July 2020"); empty where one expression names both
            ("11-22 May")
    """

    start: int
    end: int
    text: str
    value: str
    kind: Literal["date", "duration", "vague"]
    timex3: str = ""
    role: str | None = None
    parts: tuple[DateMention, ...] = ()


def find_dates(doc: Doc, published: str | None, *, vague: bool = False) -> tuple[DateMention, ...]:
    """Dates and durations of a text, sorted by offset, without overlap.

    `published` is the document's date (EDTF day, month or year) or None. What the text leaves open stays open:
    "in January" of an unknown year is XXXX-01, and "on Monday" or "last year" is then not returned at all.
    Ages, times of day and recurring times ("every Monday") are not dates. `vague` adds "now", "recently", "soon".
    Raises ValueError where `published` is no such date.
    """
    text = text_of(doc)
    today = _published(published)
    found = _share_years(text, _drop_recurring(text, list(recognise(text, vague))))
    mentions: list[DateMention] = []
    values: list[Value] = []
    story: When | None = None
    aside = False
    before: When | None = None
    at = 0
    for f in found:
        tense = _tense(text, f) if f.reads in _TENSED else None
        if story and "\n" in text[at : f.start] and not (f.reads == "day_month" and story.part and tense != "future"):
            story = None
        if story and aside and "," in text[at : f.start]:
            story = None  # "Ann Other, who came in 2009, left in May": not in May of that year
        if story and story.unit == "year" and text[at : f.start].strip() in ("until", "till", "to"):
            story = None  # "from 2017 until May": not May of the year it began
        value = read(f.reads, f.groups, Setting(today, story, before, tense))
        if value is None:
            continue
        mentions.append(_mention(text, f, value))
        values.append(value)
        at = f.end
        latest = value[1] if isinstance(value, tuple) else value
        if isinstance(latest, When) and latest.year is not None:
            before = latest
            # A story goes on through dates that state no year, unless it is the present one.
            chained = story is not None and f.reads in _CHAINED and not (today and story.year == today.year)
            if _states_year(f) or chained:
                story, aside = latest, _ASIDE.search(text, max(0, f.start - _ASIDE_LENGTH), f.start) is not None
    return tuple(_join(text, mentions, values))


def to_timex3(value: str, kind: str = "date") -> str:
    """The TIMEX3 value of an EDTF date or ISO 8601 duration; of an interval, that of its start.

    >>> to_timex3("2020-33"), to_timex3("199X"), to_timex3("2016-22"), to_timex3("P12M", "duration")
    ('2020-Q1', '199', '2016-SU', 'P12M')
    """
    return edtf_to_timex3(value) if kind == "date" else value


# What a relative clause set off by a comma says up to here: ", who founded the club in"
_ASIDE = re.compile(r", (?:who|whose|which|where) [^,.;:()\n]*\Z")
_ASIDE_LENGTH = 120


_TENSED = frozenset(("day", "day_month", "day_range", "month", "weekday", "feast", "season", "unit", "portion"))


_CHAINED = frozenset(("month", "day_month", "day_range", "season", "step", "unit"))


def _published(published: str | None) -> When | None:
    if published is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", published)
    try:
        if not match:
            raise ValueError
        year, month, day = (int(g) if g else None for g in match.groups())
        dt.date(year or 0, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"not a date of publication (YYYY, YYYY-MM or YYYY-MM-DD): {published!r}") from None
    return When("day" if day else "month" if month else "year", year, month, day)


def _states_year(f: Found) -> bool:
    return any(k in f.groups for k in ("year", "old", "year1")) or f.reads == "years"


_ROLE = re.compile(
    r"\b(since|from|until|till|to|by|before|after|on|in|during|between|for|within|over|at|throughout|prior to|up to)"
    r"(?: the)?[ \u00a0\n]{1,2}\Z",
    re.IGNORECASE,
)


def _mention(text: str, f: Found, value: Value) -> DateMention:
    role = _ROLE.search(text, max(0, f.start - 16), f.start)
    words = text[f.start : f.end]
    preposition = role[1].lower() if role else None
    if isinstance(value, tuple):
        edtf = f"{value[0].edtf().rstrip('~')}/{value[1].edtf()}"
        mention = DateMention(f.start, f.end, words, edtf, "date", value[0].timex3(), preposition)
        return replace(mention, parts=_halves(text, mention, value)) if f.reads == "years" else mention
    if isinstance(value, When):
        return DateMention(f.start, f.end, words, value.edtf(), "date", value.timex3(), preposition)
    assert value is not None
    return DateMention(
        f.start, f.end, words, value, "vague" if value.endswith("_REF") else "duration", value, preposition
    )


def _halves(text: str, m: DateMention, value: tuple[When, When]) -> tuple[DateMention, ...]:
    """The two years of "1887-91" as mentions of their own."""
    numbers = [(m.start + n.start(), m.start + n.end()) for n in re.finditer(r"\d+", m.text)]
    return tuple(
        DateMention(start, end, text[start:end], when.edtf(), "date", when.timex3())
        for (start, end), when in zip(numbers, value, strict=True)
    )


# ── the clause ────────────────────────────────────────────────────────────────

_CLAUSE_END = re.compile(r"[.!?;:][ \n\"”’']|\n|[\"“”]")


def _tense(text: str, f: Found) -> Tense:
    """Whether the clause speaks of the past or the future, by the nearest word that shows it."""
    rules = grammar()
    low, high = max(0, f.start - 90), min(len(text), f.end + 60)
    behind = text[low : f.start]
    for stop in _CLAUSE_END.finditer(behind):
        low = max(0, f.start - 90) + stop.end()
    stop_ahead = _CLAUSE_END.search(text, f.end, high)
    if stop_ahead:
        high = stop_ahead.start()
    if rules.context["habit"].search(text, low, high):
        return "habit"
    best: tuple[int, Tense] = (1000, None)
    cues: tuple[tuple[Tense, re.Pattern[str]], ...] = (("future", rules.future), ("past", rules.past))
    for tense, cue in cues:
        for match in cue.finditer(text, low, high):
            if match.end() <= f.start:
                distance = f.start - match.end()
            elif match.start() >= f.end:
                distance = match.start() - f.end + 15  # what stands before a date governs it more often
            else:
                continue
            best = min(best, (distance, tense), key=lambda b: b[0])
    bound = re.search(r"\b(until|till|by|before)[ ]\Z", behind)
    if bound and best[1] is None:
        return "future" if f.reads == "weekday" else None
    if bound and best[1] == "past" and bound[1] == "by":
        return None  # a term may be set in the past and lie ahead: "told to do so by 5 May"
    return best[1]


# ── neighbours ────────────────────────────────────────────────────────────────

_RECURRING = re.compile(
    r"(?:\b(?:every|each|alternate|per|most)[ ](?:other[ ]|second[ ]|first[ ]|last[ ])?)\Z", re.IGNORECASE
)
_TO = re.compile(r"[ ]?[-–—/][ ]?|[ ](?:to|until|till|through|and)[ ](?:the[ ]|(?:on|in)[ ])?|[ ]to[ ](?:mid-)?")
_AND = re.compile(r"(?:,[ ]|,?[ ](?:and|or|to|until|through)[ ]|[ ]?[-–—/&][ ]?)(?:the[ ])?")
_BETWEEN = re.compile(r"\bbetween[ ](?:the[ ])?\Z", re.IGNORECASE)


def _drop_recurring(text: str, found: list[Found]) -> list[Found]:
    """Leaves out "every Monday" and opening days such as "Monday to Friday"."""
    week = set()
    for i, (a, b) in enumerate(itertools.pairwise(found)):
        if a.reads == b.reads == "weekday" and re.fullmatch(r"[ ]?(?:[-–—]|to|through)[ ]?", text[a.end : b.start]):
            week |= {i, i + 1}
    return [
        f for i, f in enumerate(found) if i not in week and not _RECURRING.search(text, max(0, f.start - 20), f.start)
    ]


def _share_years(text: str, found: list[Found]) -> list[Found]:
    """Gives "March" its year in "from March to August 2011" and "in January and May 2020"."""
    shared = list(found)
    for i in range(len(shared) - 2, -1, -1):
        a, b = shared[i], shared[i + 1]
        year = b.groups.get("year", "")
        if (
            a.reads in ("month", "day_month", "day_range")
            and b.reads in ("month", "month_of_year", "day_month", "day_range")
            and len(year) == 4
            and not any(k in a.groups for k in ("year", "rel", "rel2", "short", "old"))
            and _AND.fullmatch(text, a.end, b.start)
        ):
            later = month_number(a.groups["month"]) > month_number(b.groups["month"])
            # "November to March 2020" began the year before.
            groups = a.groups | {"year": str(int(year) - 1 if later else int(year))}
            shared[i] = replace(a, reads="month_of_year" if a.reads == "month" else a.reads, groups=groups)
    return shared


_ENDPOINTS = ("year", "month", "day", "season", "decade", "century", "quarter", "half")


def _join(text: str, mentions: list[DateMention], values: list[Value]) -> Iterable[DateMention]:
    """Joins two dates that bound an interval ("25 April to 6 May 2022") into one mention with two parts."""
    i = 0
    while i < len(mentions):
        a, b = mentions[i], mentions[i + 1] if i + 1 < len(mentions) else None
        if b is not None and _bounds(text, a, b, values[i], values[i + 1]):
            start, end = a.value.rstrip("~"), b.value.rstrip("~")
            yield DateMention(
                a.start, b.end, text[a.start : b.end], f"{start}/{end}", "date", a.timex3, a.role, parts=(a, b)
            )
            i += 2
        else:
            yield a
            i += 1


def _bounds(text: str, a: DateMention, b: DateMention, first: Value, last: Value) -> bool:
    if not (isinstance(first, When) and isinstance(last, When)):
        return False
    if first.unit not in _ENDPOINTS or last.unit not in _ENDPOINTS or "/" in a.value + b.value:
        return False
    gap = text[a.end : b.start]
    if not _TO.fullmatch(gap):
        return False
    if gap.strip().startswith("and") and not (
        _BETWEEN.search(text, max(0, a.start - 16), a.start) or _next_month(first, last)
    ):
        return False
    if first.year is None or last.year is None:
        return first.year is last.year and (first.part or 0, first.day or 0) != (last.part or 0, last.day or 0)
    a_date, b_date = first.date, last.date
    return a_date is not None and b_date is not None and a_date < b_date


def _next_month(first: When, last: When) -> bool:
    """ "March and April": two months that are one stretch."""
    if not (first.unit == last.unit == "month" and first.part and last.part):
        return False
    return ((last.year or 0) - (first.year or 0)) * 12 + last.part - first.part == 1

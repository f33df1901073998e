"""Normalisation: what an expression is worth, given when the document was published and what it spoke of before.

Each reading takes the groups of its rule and a `Setting`, and returns a `When`, a pair of them for an interval, an
ISO 8601 duration, or None where nothing is known (a weekday in a document of unknown date).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from kgraph.language.numbers import decimal_text, read_number
from kgraph.language.time.recognise import grammar
from kgraph.language.time.values import Unit, When

Value = When | tuple[When, When] | str | None
Tense = Literal["past", "future", "habit"] | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression is read against.

    published  the document's date, if known
    story      the nearest date before it in the same paragraph whose year the text states, directly or by a chain
    before     the nearest date before it anywhere
    tense      of the clause, as far as its words show; "habit" where it speaks of what happens every year
    """

    published: When | None
    story: When | None
    before: When | None
    tense: Tense

    @property
    def today(self) -> dt.date | None:
        return self.published.date if self.published and self.published.unit == "day" else None

    @property
    def near(self) -> When | None:
        """What "the month" or "that year" most likely goes back to."""
        return self.story or self.published or self.before


def read(reads: str, groups: dict[str, str], setting: Setting) -> Value:
    """The value of an expression; see the module. Never raises on what the rules recognise."""
    return _READINGS[reads](groups, setting)


# ── words to numbers ──────────────────────────────────────────────────────────


def month_number(word: str) -> int:
    names = [m[:3].lower() for m in grammar().words["months"]]
    return names.index(word[:3].lower()) + 1


def _day_number(word: str) -> int:
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else 1 + grammar().words["ordinals"].index(re.sub(r"[\s-]+", "-", word.lower()))


def _full_year(short: str, published: When | None) -> int:
    """A year of two figures: the latest such year that is not after the next decade."""
    limit = (published.year if published and published.year else 2030) + 10
    year = limit // 100 * 100 + int(short)
    return year if year <= limit else year - 100


def _relation(word: str | None) -> str:
    """The bare relation in "the following", "this past", "last uh"."""
    words = re.findall(r"[a-z]+", (word or "").lower())
    words = [w for w in words if w not in ("the", "uh", "um", "very")] or ["the"] * bool(words)
    if len(words) > 1 and "same" in words:
        words.remove("same")
    joined = " ".join(words)
    return {
        "past": "last",
        "this past": "last",
        "coming": "next",
        "this coming": "next",
        "current": "this",
        "next": "following" if (word or "").lower().startswith("the") else "next",
    }.get(joined, joined)


# ── years that the text leaves out ────────────────────────────────────────────


def _add_months(year: int, month: int, months: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def _valid(year: int | None, month: int, day: int) -> When | None:
    try:
        dt.date(2000 if year is None else year, month, day)
    except ValueError:
        return None
    return When("day", year, month, day)


def _year_of(month: int, day: int | None, s: Setting) -> int | None:
    """The year of a month or day that is named without one."""
    told = s.story
    past = told and told.year and s.published and s.published.year and told.year < s.published.year
    if past and s.tense == "future":
        told = None  # "joined in 2019 and will leave in May"
    if told and told.year is not None and not (s.published and s.published.year == told.year):
        if told.unit in ("month", "day") and told.part and told.part - month >= 6:
            return told.year + 1  # "in December 2019 … in January"
        if told.unit in ("year", "month", "day", "season", "quarter", "half"):
            return told.year
    if s.published is None or s.published.year is None or s.published.unit == "year" or s.tense == "habit":
        return None
    year = s.published.year
    now = s.published.part or 1
    behind = (now - month) % 12  # months since the last such month
    if behind == 0:
        return year
    # Nobody writes plain "in November" in October of the one eleven months ago.
    future = s.tense == "future" or behind >= (11 if s.tense == "past" else 8)
    if future:
        return year if month > now else year + 1
    return year if month < now else year - 1


def _related_year(relation: str, s: Setting) -> int | None:
    """The year of "last year", "the following year", "that year"."""
    anchor = s.published
    if relation in (
        "that",
        "same",
        "that same",
        "the same",
        "following",
        "previous",
        "preceding",
        "before",
        "after",
        "the",
    ):
        anchor = s.near if relation == "the" else (s.before or s.published)
    if anchor is None or anchor.year is None:
        return None
    return anchor.year + _OFFSET.get(relation, 0)


_OFFSET = {
    "last": -1,
    "previous": -1,
    "preceding": -1,
    "before": -1,
    "prior": -1,
    "previously": -1,
    "next": 1,
    "following": 1,
    "after": 1,
    "before last": -2,
    "year before last": -2,
    "after next": 2,
}


def _stated_year(g: dict[str, str], s: Setting) -> tuple[bool, int | None]:
    """Whether the expression says a year, and which."""
    if "year" in g:
        year = g["year"]
        return True, int(year) if len(year) > 2 else _full_year(year, s.published)
    if "short" in g:
        return True, _full_year(g["short"], s.published)
    if "old" in g:
        return True, int(g["old"])
    if g.get("rel"):
        return True, _related_year(_relation(g["rel"]), s)
    return False, None


# ── readings ──────────────────────────────────────────────────────────────────


def _iso(g: dict[str, str], s: Setting) -> Value:
    return _valid(int(g["year"]), int(g["month"]), int(g["day"]))


def _figures(g: dict[str, str], s: Setting) -> Value:
    """Day, month, year, as in Britain; the other way round only where that alone makes a date (06/24/2021)."""
    day, month = int(g["first"]), int(g["second"])
    if month > 12:
        day, month = month, day
    year = int(g["year"]) if len(g["year"]) == 4 else _full_year(g["year"], s.published)
    return _valid(year, month, day) if month <= 12 else None


def _day_month(g: dict[str, str], s: Setting) -> Value:
    month, day = month_number(g["month"]), _day_number(g["day"])
    stated, year = _stated_year(g, s)
    if "rel2" in g:  # "the 12th of October last"
        stated, year = True, _nearest_year(month, day, s, past=g["rel2"] == "last")
    return _valid(year if stated else _year_of(month, day, s), month, day)


def _nearest_year(month: int, day: int | None, s: Setting, past: bool) -> int | None:
    """The year of "last November" or "next May": that strictly before or after the month of publication."""
    anchor = s.published or s.before
    if anchor is None or anchor.year is None:
        return None
    now = (anchor.part or 1, anchor.day or 0) if day else (anchor.part or 1, 0)
    named = (month, day or 0)
    if past:
        return anchor.year if named < now else anchor.year - 1
    return anchor.year if named > now else anchor.year + 1


def _day_range(g: dict[str, str], s: Setting) -> Value:
    month = month_number(g["month"])
    first, last = _day_number(g["day"]), _day_number(g["day2"])
    stated, year = _stated_year(g, s)
    if not stated:
        year = _year_of(month, first, s)
    a, b = _valid(year, month, first), _valid(year, month, last)
    return (a, b) if a and b and first < last else None


def _month(g: dict[str, str], s: Setting) -> Value:
    month = month_number(g["month"])
    relation = _relation(g.get("rel"))
    if "rel" in g:
        if relation in ("last", "next"):
            return When("month", _nearest_year(month, None, s, past=relation == "last"), month)
        if relation == "this" and s.published and s.published.year:
            return When("month", _year_of(month, None, replace(s, story=None)), month)
        if relation in ("following", "previous", "that"):
            anchor = s.before or s.published
            year = anchor.year if anchor else None
            if year is not None and anchor and anchor.part and anchor.unit in ("month", "day"):
                if relation == "following" and month <= anchor.part:
                    year += 1
                elif relation == "previous" and month >= anchor.part:
                    year -= 1
            return When("month", year, month)
    stated, year = _stated_year(g, s)
    return When("month", year if stated else _year_of(month, None, s), month)


def _month_of_year(g: dict[str, str], s: Setting) -> Value:
    """ "March this year": the relation is the year's, not the month's."""
    stated, year = _stated_year(g, s)
    return When("month", year if stated else None, month_number(g["month"]))


def _day(g: dict[str, str], s: Setting) -> Value:
    """ "By the 22nd": of the month last spoken of in the paragraph, else of that nearest to publication."""
    day = _day_number(g["day"])
    if s.story and s.story.year is not None and s.story.part and s.story.unit in ("month", "day"):
        return _valid(s.story.year, s.story.part, day)
    today = s.today
    if today is None:
        return None
    shift = 0
    if s.tense == "past" and day > today.day:
        shift = -1
    elif s.tense == "future" and day < today.day:
        shift = 1
    return _valid(*_add_months(today.year, today.month, shift), day)


def _portion(g: dict[str, str], s: Setting) -> Value:
    nth = g["nth"].lower()
    unit: Unit = "half" if g.get("unit") == "half" or nth[0] == "h" else "quarter"
    count = 2 if unit == "half" else 4
    if nth[-1].isdigit():
        part = int(nth[-1])
    else:
        part = {"second": 2, "third": 3, "fourth": 4}.get(nth, count if nth in ("final", "last", "closing") else 1)
    stated, year = _stated_year(g, s)
    if not stated and s.published and s.published.year and s.published.unit != "year":
        # "In the third quarter": the latest that has begun, or the next where the clause looks ahead.
        now = ((s.published.part or 1) + 2) // 3
        past = s.tense != "future"
        year = s.published.year + (-1 if past and part > now else 1 if not past and part < now else 0)
    return When(unit, year, part) if part <= count else None


def _two_years(g: dict[str, str], s: Setting) -> Value:
    """A year that runs over the turn of the calendar year: 2023/24."""
    year, second = int(g["year"]), int(g["year2"])
    if len(g["year2"]) == 2:
        second += year // 100 * 100 + (100 if second < year % 100 else 0)
    if second == year + 1:
        return When("two-years", year)
    return (When("year", year), When("year", second)) if second > year else None


def _years(g: dict[str, str], s: Setting) -> Value:
    value = _two_years(g, s)
    if isinstance(value, When):
        value = When("year", value.year), When("year", (value.year or 0) + 1)
    if isinstance(value, tuple) and "about" in g:
        value = replace(value[0], approximate=True), value[1]
    return value


def _season(g: dict[str, str], s: Setting) -> Value:
    part = grammar().words["seasons"][g["season"].lower()]
    stated, year = _stated_year({k: v for k, v in g.items() if k != "rel"}, s)
    if stated:
        return When("season", year, part)
    relation = _relation(g.get("rel"))
    month = part * 3
    if relation in ("last", "next"):
        return When("season", _nearest_year(month, None, s, past=relation == "last"), part)
    if relation == "this" and s.published and s.published.year:
        year = s.published.year
        # "this winter" in January began the year before.
        return When("season", year - 1 if part == 4 and (s.published.part or 12) <= 3 else year, part)
    if relation in ("that", "following", "previous") and s.before and s.before.year:
        later = s.before.part is not None and s.before.unit in ("month", "day") and s.before.part >= month
        shift = {"following": int(later), "previous": int(later) - 1}.get(relation, 0)
        return When("season", s.before.year + shift, part)
    return When("season", _year_of(month, None, s) if s.story is None else s.story.year, part)


def _decade(g: dict[str, str], s: Setting) -> Value:
    full = g.get("decade") or g.get("decade2")
    if full:
        year = int(full)
        # "the 1900s" and "the 2000s" may be the century; the first ten years are the commoner sense only for 2000.
        return When("century", year) if year % 100 == 0 and year < 2000 else When("decade", year)
    tens = int(g["short"]) if "short" in g else grammar().words["decades"][g["word"].lower()]
    return When("decade", (2000 if tens < 20 else 1900) + tens)


def _century(g: dict[str, str], s: Setting) -> Value:
    nth = _day_number(g["nth"])
    if "era" in g and g["era"].strip()[0] == "B":
        return When("century", -nth * 100)
    return When("century", (nth - 1) * 100) if 1 <= nth <= 22 else None


def _today(g: dict[str, str], s: Setting) -> Value:
    if s.today is None:
        return None
    word, part = g["word"].lower(), g.get("part", "").lower() or None
    shift = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(word, 0)
    if word.startswith("day"):
        shift = -2 if word.endswith("yesterday") else 2
    if word == "tonight":
        part = "night"
    return replace(When.of(s.today + dt.timedelta(days=shift)), day_part=part)


_SINGLE: dict[str, Unit] = {
    "day": "day",
    "week": "week",
    "fortnight": "week",
    "weekend": "weekend",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
    "century": "century",
    "night": "day",
    "morning": "day",
    "afternoon": "day",
    "evening": "day",
}


def _edge(g: dict[str, str], s: Setting) -> Value:
    """ "The end of the month": the month; EDTF has no end of one, and a day would be invented."""
    if g["unit"] == "end":
        return _unit({"rel": "this", "unit": "year"}, s)
    return _unit({"rel": g["rel"], "unit": g["unit"]}, s)


def _unit(g: dict[str, str], s: Setting) -> Value:
    """ "Last month", "the following year", "that day"."""
    name = g["unit"].lower()
    unit = _SINGLE[name]
    relation = _relation(" ".join(w for w in (g.get("det", ""), g.get("rel", "")) if w))
    goes_back = ("that", "same", "following", "previous", "preceding", "before", "after", "prior", "previously")
    if relation in goes_back or (relation == "this" and s.published is None):
        anchor = s.before or s.published
    elif relation == "the":
        anchor = s.near
    else:
        anchor = s.published
    if anchor is None or anchor.year is None:
        return None
    if unit == "year":
        if relation in ("that", "same") and anchor.unit == "two-years":
            return anchor
        year = _related_year(relation, replace(s, before=anchor, story=None, published=s.published or anchor))
        if year is None:
            return None
        if "kind" in g:
            month = anchor.part if anchor.unit in ("month", "day") and anchor.part else 12
            return When("two-years", year if month >= 4 else year - 1)
        return When("year", year)
    shift = _OFFSET.get(relation, 0)
    if unit in ("decade", "century"):
        size = 10 if unit == "decade" else 100
        return When(unit, anchor.year // size * size + shift * size)
    if anchor.part is None or anchor.unit in ("season", "quarter", "half"):
        if unit == "quarter" and anchor.unit == "quarter":
            index = anchor.year * 4 + (anchor.part or 1) - 1 + shift
            return When("quarter", index // 4, index % 4 + 1)
        return None
    if unit == "month":
        return When("month", *_add_months(anchor.year, anchor.part, shift))
    if unit == "quarter":
        index = anchor.year * 4 + (anchor.part - 1) // 3 + shift
        return When("quarter", index // 4, index % 4 + 1)
    day = anchor.date
    if day is None or anchor.day is None:
        return None
    if unit == "day":
        part = name if name != "day" else None
        return replace(When.of(day + dt.timedelta(days=shift)), day_part=part)
    if unit == "weekend" and relation == "this" and s.tense == "past" and day.weekday() < 4:
        shift = -1  # early in the week, "this weekend" that was
    return When.of(day + dt.timedelta(weeks=shift), unit)


_DURATION = {
    "second": ("T", "S", 1),
    "minute": ("T", "M", 1),
    "hour": ("T", "H", 1),
    "day": ("", "D", 1),
    "night": ("", "D", 1),
    "week": ("", "W", 1),
    "fortnight": ("", "W", 2),
    "month": ("", "M", 1),
    "quarter": ("", "M", 3),
    "year": ("", "Y", 1),
    "yr": ("", "Y", 1),
    "decade": ("", "Y", 10),
    "century": ("", "Y", 100),
}


def _unit_name(units: str) -> str:
    name = units.lower().split()[-1]
    return "century" if name.startswith("centur") else name.rstrip("s")


def _amount(g: dict[str, str]) -> str | None:
    """The number of units as decimal text; "half a" is a half."""
    text = " ".join(g.get("number", "1").lower().replace("-", " ").split())
    text = re.sub(r" or so$", "", text)
    half = "half" in g or text.endswith("and a half")
    text = re.sub(r" and a half$", "", text)
    if text in ("half a", "half an"):
        return "0.5"
    value = Fraction(1) if _ARTICLE.fullmatch(text) else read_number(text)
    return None if value is None else decimal_text(value + Fraction(int(half), 2), 2)


_ARTICLE = re.compile(r"an?(?: (?:full|whole|further))?")


def _duration(g: dict[str, str], s: Setting) -> Value:
    """ISO 8601: "two-and-a-half years" is P2.5Y, "a fortnight" P2W, "half an hour" PT0.5H."""
    amount = _amount(g)
    if amount is None:
        return None
    time, letter, factor = _DURATION[_unit_name(g["units"])]
    if factor != 1:
        product = (read_number(amount) or Fraction(0)) * factor
        amount = decimal_text(product, 2)
    return f"P{time}{amount}{letter}"


def _step(g: dict[str, str], s: Setting) -> Value:
    """ "Two years ago" from publication; "a year later" from the date last spoken of."""
    amount = _amount(g)
    number = read_number(amount) if amount else None
    name = _unit_name(g["units"])
    way = g["way"].lower()
    if number is None or (name not in _SINGLE and name != "yr"):
        return None
    if way in ("ago", "back", "hence", "time") or way.startswith("from"):
        anchor = s.published
    else:
        anchor = s.before or s.published
    if anchor is None or anchor.year is None:
        return None
    sign = 1 if way in ("later", "afterwards", "on", "hence", "time") or way.startswith("from") else -1
    return _shift(anchor, name, float(number) * sign)


def _shift(anchor: When, name: str, count: float) -> When | None:
    """`count` units from an anchor, as precise as the unit and never more so than the anchor."""
    assert anchor.year is not None
    if name in ("yr", "year", "decade", "century"):
        years = count * {"decade": 10, "century": 100}.get(name, 1)
        if years == int(years):
            year = anchor.year + int(years)
            # "Ten thousand years ago" is no year of the calendar.
            return When("year", year) if -9999 <= year <= 9999 else None
        name, count = "month", years * 12
    if anchor.part is None or anchor.unit not in ("month", "day", "week", "weekend"):
        return None
    if name in ("month", "quarter"):
        months = int(count * (3 if name == "quarter" else 1))
        return When("month", *_add_months(anchor.year, anchor.part, months))
    day = anchor.date
    if day is None or anchor.day is None:
        return None
    weeks = {"week": 1, "fortnight": 2}.get(name)
    try:
        if weeks:
            return When.of(day + dt.timedelta(weeks=int(count * weeks)), "week")
        return When.of(day + dt.timedelta(days=int(count)))
    except OverflowError:
        return None


def _weekday(g: dict[str, str], s: Setting) -> Value:
    """A weekday: the latest up to publication, or the next one where the clause speaks of the future."""
    today = s.today
    if today is None or s.tense == "habit":
        return None
    names = [d.lower() for d in grammar().words["weekdays"]]
    wanted = names.index(g["weekday"].lower())
    part = g.get("part", "").lower() or None
    relation = _relation(g.get("rel") or g.get("rel2"))
    back = (today.weekday() - wanted) % 7
    ahead = (wanted - today.weekday()) % 7
    if "week" in g:
        shift = {"last": -1, "next": 1}.get(g["week"].split()[0].lower(), 0)
        day = today + dt.timedelta(days=wanted - today.weekday(), weeks=shift)
    elif relation in ("following", "that", "previous") and s.before and s.before.unit == "day" and s.before.date:
        anchor = s.before.date
        if relation == "previous":
            day = anchor - dt.timedelta(days=(anchor.weekday() - wanted) % 7 or 7)
        else:
            step = (wanted - anchor.weekday()) % 7
            day = anchor + dt.timedelta(days=step or (7 if relation == "following" else 0))
    elif relation == "last":
        day = today - dt.timedelta(days=back or 7)
    elif relation == "next" or relation == "following":
        day = today + dt.timedelta(days=ahead or 7)
    elif relation == "week":
        day = today + dt.timedelta(days=(ahead or 7) + 7)
    elif relation == "this":
        day = today + dt.timedelta(days=wanted - today.weekday())
    elif s.tense == "future":
        day = today + dt.timedelta(days=ahead)
    else:
        day = today - dt.timedelta(days=back)
    return replace(When.of(day), day_part=part)


def _feast(g: dict[str, str], s: Setting) -> Value:
    feasts = {k.lower(): v for k, v in grammar().words["feasts"].items()}
    month, day = feasts[" ".join(g["feast"].lower().replace("’", "'").split())]
    if "year" in g:
        return When("day", int(g["year"]), month, day)
    relation = _relation(g.get("rel"))
    if relation in ("last", "next"):
        return When("day", _nearest_year(month, day, s, past=relation == "last"), month, day)
    return When("day", _year_of(month, day, s), month, day)


def _fixed(g: dict[str, str], s: Setting) -> Value:
    return When("day", 2001, 9, 11)


def _bc(g: dict[str, str], s: Setting) -> Value:
    year = int((g.get("year") or g["year1"]).replace(",", ""))
    if g.get("era", "").strip().startswith("B"):
        return When("year", 1 - year) if year <= 9999 else None
    return When("year", year) if year <= 2100 else None


def _year(g: dict[str, str], s: Setting) -> Value:
    _, year = _stated_year(g, s)
    return When("year", year, approximate="about" in g)


def _vague(g: dict[str, str], s: Setting) -> Value:
    return g["value"]


def _vague_duration(g: dict[str, str], s: Setting) -> Value:
    """TimeML: "several months" is PXM."""
    time, letter, _ = _DURATION[_unit_name(g["units"])]
    return f"P{time}X{letter}"


def _vague_step(g: dict[str, str], s: Setting) -> Value:
    return "FUTURE_REF" if g["way"] == "later" else "PAST_REF"


_READINGS: dict[str, Callable[[dict[str, str], Setting], Value]] = {
    "iso": _iso,
    "figures": _figures,
    "day": _day,
    "day_month": _day_month,
    "day_range": _day_range,
    "month": _month,
    "month_of_year": _month_of_year,
    "portion": _portion,
    "two_years": _two_years,
    "years": _years,
    "season": _season,
    "decade": _decade,
    "century": _century,
    "today": _today,
    "edge": _edge,
    "unit": _unit,
    "span": _duration,
    "step": _step,
    "weekday": _weekday,
    "feast": _feast,
    "fixed": _fixed,
    "bc": _bc,
    "year": _year,
    "duration": _duration,
    "vague": _vague,
    "vague_duration": _vague_duration,
    "vague_step": _vague_step,
}

"""Quantities in English text: money, percentages, counts and measures, with their hedges.

>>> import spacy
>>> doc = spacy.blank("en")("Nearly a third of the 1,200 homes need repairs that cost up to £4.5m a year.")
>>> [(q.text, q.value, q.unit, q.hedge, q.per) for q in find_quantities(doc)]
... # doctest: +NORMALIZE_WHITESPACE
[('a third', '33.3', 'percent', 'nearly', None), ('1,200', '1200', 'count', None, None),
 ('£4.5m', '4500000', 'GBP', 'up to', 'year')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from spacy.tokens import Doc

from kgraph.language.numbers import DIGITS, NUMBER, NUMBER_WORDS, WORDS, decimal_text, read_number
from kgraph.language.texts import text_of
from kgraph.language.time.recognise import recognise


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text and what it counts or measures.

    value  plain decimal text, exact; a fraction without a finite decimal is rounded to one place ("33.3")
    unit   ISO 4217 code for money ("GBP"), "percent", "percentage points", a plural unit of measure ("weeks", "miles"),
           or "count"
    hedge  the words that make the number approximate or a bound, in lower case ("nearly", "up to"), if any
    per    what a rate is given for: "year", "household", or a number ("10000" in "4 per 10,000")
    """

    start: int
    end: int
    text: str
    value: str
    unit: str
    hedge: str | None = None
    per: str | None = None


def find_quantities(doc: Doc) -> tuple[Quantity, ...]:
    """Quantities of a text, sorted by offset, without overlap.

    No quantities are numbers in dates, ages and times of day, in names ("Section 114", "Channel 4"), ordinals,
    telephone numbers, numbers of lists, footnotes and pages, and the pronoun "one".
    """
    return tuple(_find(text_of(doc)))


# ── vocabulary ────────────────────────────────────────────────────────────────

_CURRENCY = {"£": "GBP", "$": "USD", "US$": "USD", "€": "EUR", "A$": "AUD", "C$": "CAD", "¥": "JPY", "₹": "INR"}
_CURRENCY_WORD = {
    "pound": "GBP",
    "sterling": "GBP",
    "euro": "EUR",
    "dollar": "USD",
    "gbp": "GBP",
    "eur": "EUR",
    "usd": "USD",
}
_SCALE = {
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
    "tn": 10**12,
    "trillion": 10**12,
}
_MEASURES = (
    "working days|points|seconds?|minutes?|hours?|days?|nights?|weeks?|fortnights?|months?|years?|decades?|miles?|km|"
    "kilometres?|metres?|feet|tonnes?|acres?|hectares?|litres?|kilograms?|kg|megawatts?|MW|square (?:feet|metres|miles)"
)
_FRACTION_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

_HEDGE = re.compile(
    r"\b(nearly|almost|about|around|approximately|roughly|some|up to|as (?:many|much|few|little) as|"
    r"(?:just |well |slightly )?(?:more than|less than|fewer than|over|under|above|below)|at (?:least|most)|"
    r"no (?:more|less|fewer) than|close to|an estimated|in excess of|upwards of|(?:a )?(?:maximum|minimum) of|"
    r"not quite)(?: the| a| an| its| their| another)?"
    r"[ \u00a0\n]\Z",
    re.IGNORECASE,
)
_HEDGE_AFTER = re.compile(r"[ ](or (?:so|more|less|fewer|thereabouts))\b|(\+)|[- ](plus)\b", re.IGNORECASE)

_PER = re.compile(
    r"(?:[ ](?:an?|per|each|every|for every|for each)[ ]|-an?-|[ ]?/[ ]?)"
    r"(?:(?P<unit>year|month|week|day|night|hour|annum|head|household|person|child|pupil|resident|job|home|property)\b"
    rf"|(?P<number>{DIGITS}))"
    r"|[ ](?P<pa>p\.?a\b|annually\b|yearly\b)",
    re.IGNORECASE,
)

_SCALE_WORD = "|".join(sorted(_SCALE, key=len, reverse=True))
_MONEY = re.compile(rf"(?P<sign>(?:US|A|C)?[£$€¥₹])[ ]?(?P<number>{DIGITS})(?:[ -]?(?P<scale>{_SCALE_WORD})\b)?", re.I)
_RANGE_SCALE = re.compile(
    rf"[ ]?(?:-|–|to|and)[ ]?[£$€]?(?P<number>{DIGITS})[ -]?(?P<scale>{_SCALE_WORD})\b", re.IGNORECASE
)
_MONEY_TAIL = re.compile(rf"(?P<sign>[£$€])(?:{DIGITS})[ ]?(?:-|–|to|and)[ ]?\Z")
_SCALED = re.compile(rf"(?P<number>{DIGITS})[ -]?(?P<scale>{_SCALE_WORD})\b", re.IGNORECASE)
_SHARE_OF_SCALE = r"(?:half|a quarter of|three[ -]quarters of) an? (?:million|billion)"
_MONEY_WORD = re.compile(
    rf"(?:(?P<code>GBP|EUR|USD)[ ](?P<number>{DIGITS})(?:[ ]?(?P<scale>{_SCALE_WORD})\b)?"
    rf"|(?P<half>{_SHARE_OF_SCALE}[ ](?=pounds|euros|dollars))?"
    rf"(?P<number2>(?(half)|{NUMBER}))(?:[ ]?(?P<scale2>bn|m|k))?"
    r"(?:[ -])?(?P<word>pounds?|euros?|dollars?)\b)",
    re.IGNORECASE,
)
_PENCE = re.compile(rf"(?P<number>{DIGITS})(?:p\b(?!\.)|[ ]pence\b)")
_PERCENT = re.compile(
    rf"(?P<number>{NUMBER})(?:[ ]?%|[ -](?:per[ -]cent|percent|pc)\b)(?P<points>[ -](?:age[ -])?points?\b)?"
    rf"|(?P<number2>{NUMBER})[ -]percentage[ -]points?\b",
    re.IGNORECASE,
)
_PERCENT_RANGE = re.compile(
    rf"(?P<number>{NUMBER})(?=(?:[ ](?:to|and|or)[ ]|[-–])(?:{NUMBER})(?:[ ]?%|[ -](?:per[ -]cent|percent)\b))",
    re.IGNORECASE,
)
_IN = re.compile(rf"(?P<number>{WORDS}|\d+)[ -](?:in|out of)[ -](?:every[ ])?(?P<of>{WORDS}|\d+)\b", re.IGNORECASE)
_PART = re.compile(
    r"(?:(?P<top>an?|one|two|three|four|five|seven|nine)[ -]"
    r"(?P<part>third|quarter|fifth|sixth|eighth|tenth)(?P<plural>s)?"
    r"|(?P<half>(?:one[ -])?half))\b",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"[ ](?:of|the|its|their|his|her|our|all|those|that|were|are|was|is|had|have|has|said|in|on|by|since|to|from|more|"
    r"less)\b|[.,;:)]|\Z"
)
_HALF_BEFORE = re.compile(r"(?:\band (?:a )?|\b(?:first|second|other|a|the|latter|better)[ ]|-)\Z", re.IGNORECASE)
_MEASURE = re.compile(rf"(?P<number>{NUMBER})[ -](?:full |consecutive )?(?P<unit>{_MEASURES})\b", re.IGNORECASE)
_COUNT = re.compile(rf"(?P<number>{NUMBER})(?![\w%])", re.IGNORECASE)

# ── what numbers are not quantities ───────────────────────────────────────────

_LABEL = re.compile(
    r"(?:\b(?:sections?|articles?|rules?|regulations?|schedules?|paragraphs?|paras?|clauses?|chapters?|pages?|pp?\.|"
    r"parts?|appendix|figures?|tables?|steps?|stages?|phases?|levels?|grades?|category|band|tiers?|class|key stages?|"
    r"years?|room|flat|units?|plot|no|no\.|nos\.|numbers?|ref|reference|item|agenda item|quarter|route|junction|"
    r"platform|gate|lot|version|covid|under|over|ward|block|zone|form|type|question|recommendation|tel|telephone|phone|"
    r"call|text|fax|bbc|channel|radio|formula|group|resolution|motion|order|act|day|week|volume|vol\.|issue|series|"
    r"season|episode|top|m|a|b)[ .:]{1,2})\Z",
    re.IGNORECASE,
)
_UNDER_OVER = re.compile(r"\b(?:under|over)[ ]\Z", re.IGNORECASE)  # labels in "under 18s" only
_NAME_BEFORE = re.compile(
    r"(?<![.!?:;][ ])(?<!^)\b(?!(?:The|About|Around|Nearly|Over|Some|All|These|Those|At|In|Of|From|To|And|But|By|With|"
    r"For|On)\b)[A-Z][\w&’'-]*[ ]\Z"
)
_AGE_AFTER = re.compile(r"[- ]years?[- ]olds?\b|[- ](?:month|week)s?[- ]olds?\b|[ ]years? of age\b", re.IGNORECASE)
# An age in apposition or predication: "Mary Jones, 63, said", "he is 54 and".
_AGE_BEFORE = re.compile(r"[a-z],[ ]\Z|\b(?:who|he|she)(?:[ ]is|[ ]was|['’]s)[ ]\Z")
_AGE_CLOSED = re.compile(r",|[ ]and\b|\.(?!\d)")
_CLOCK = re.compile(r"(?:[.:]\d\d)?[ ]?(?:[ap]\.?m\b|o['’]clock|GMT|BST|noon|hrs\b)|:\d\d", re.IGNORECASE)
_ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th|s|['’]s)\b")
_LIST_AFTER = re.compile(r"[.)](?:[ \t\u00a0]|\Z)|[ \t]*(?:\n|\Z)")
_PHONE = re.compile(r"(?:\+\d{1,3}[ ]?)?(?:\(?0\d{2,5}\)?)[ -]?\d{3,}(?:[ -]?\d{3,})*|\d{3,5}[- ]\d{3,4}[- ]\d{3,4}")
_GLUED_BEFORE = re.compile(r"(?:[\w#@&_]|[A-Za-z][-–]|\d[.,:/–-]|[\[(/:])\Z")
_GLUED_AFTER = re.compile(r"[/:]\d|[-–]\d|\]|[A-Za-z]")

_SCAN = re.compile(r"(?:US|A|C)?[£$€¥₹]|\d+|[½¼¾⅓⅔]|[A-Za-z]+")
_FIGURES = re.compile(r"[\d.,]*\d")
_STARTS = NUMBER_WORDS | {"a", "an", "half", "one", "gbp", "eur", "usd", "twice"}


def _find(text: str) -> Iterator[Quantity]:
    dates = [(f.start, f.end) for f in recognise(text) if f.reads not in ("duration", "span")]
    phones = [m.span() for m in _PHONE.finditer(text)]
    taken = sorted(dates + phones)
    at = index = 0
    for word in _SCAN.finditer(text):
        start = word.start()
        if start < at or (word[0].isalpha() and word[0].lower() not in _STARTS):
            continue
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        if index < len(taken) and taken[index][0] <= start:
            continue
        found = _read(text, start)
        if found is None:
            if word[0].isdigit():
                at = _FIGURES.match(text, start).end()  # type: ignore[union-attr]  # it starts with a digit
            continue
        quantity, at = found
        yield quantity


def _read(text: str, start: int) -> tuple[Quantity, int] | None:
    """The quantity that begins at an offset and the offset after it with its rate."""
    before, behind = text[max(0, start - 1) : start], text[max(0, start - 40) : start]
    if before.isalnum() or before == "_":
        return None
    for reading in (_money, _large_share, _percent, _parts, _measure, _count):
        found = reading(text, start, behind)
        if found:
            end, value, unit = found
            break
    else:
        return None
    hedge = _HEDGE.search(behind)
    after = _HEDGE_AFTER.match(text, end)
    rate = _PER.match(text, after.end() if after else end)
    per = None
    if rate:
        per = "year" if rate["pa"] or (rate["unit"] or "").lower() == "annum" else (rate["unit"] or "").lower()
        if rate["number"]:
            number = read_number(rate["number"])
            per = decimal_text(number) if number is not None else None
    words = hedge[1].lower() if hedge else next((g for g in after.groups() if g), "").lower() if after else None
    quantity = Quantity(start, end, text[start:end], decimal_text(value), unit, words or None, per or None)
    return quantity, rate.end() if rate else end


Reading = tuple[int, Fraction, str] | None


def _money(text: str, start: int, behind: str) -> Reading:
    match = _MONEY.match(text, start)
    if match:
        end, scale, number = match.end(), match["scale"], read_number(match["number"])
        if not scale:
            beside = _RANGE_SCALE.match(text, end)  # "£4-5m", "£1.2 to £1.5 billion"
            upper = read_number(beside["number"]) if beside else None
            if beside and upper and number and number < upper:
                scale = beside["scale"]
        if number is None:
            return None
        return end, number * _SCALE.get((scale or "").lower(), 1), _CURRENCY[match["sign"].upper()]
    tail = _MONEY_TAIL.search(behind)
    match = _SCALED.match(text, start) if tail else None
    if tail and match:
        number = read_number(match["number"])
        return (match.end(), number * _SCALE[match["scale"].lower()], _CURRENCY[tail["sign"]]) if number else None
    match = _MONEY_WORD.match(text, start)
    if match:
        share = match["half"]
        number = _share_of_scale(share) if share else read_number(match["number"] or match["number2"])
        unit = _CURRENCY_WORD[(match["code"] or match["word"]).lower().rstrip("s")]
        factor = _SCALE.get((match["scale"] or match["scale2"] or "").lower(), 1)
        return (match.end(), number * factor, unit) if number is not None else None
    match = _PENCE.match(text, start)
    number = read_number(match["number"]) if match else None
    return (match.end(), number / 100, "GBP") if match and number is not None else None


def _share_of_scale(words: str) -> Fraction:
    """The number of "half a million", "a quarter of a million"."""
    first = words.lower()
    share = Fraction(1, 2) if first.startswith("half") else Fraction(3 if first.startswith("three") else 1, 4)
    return share * (10**6 if "million" in first else 10**9)


def _percent(text: str, start: int, behind: str) -> Reading:
    match = _PERCENT.match(text, start)
    if not match:  # asked before the range, or "forty-two per cent" would be one
        match = _PERCENT_RANGE.match(text, start)
        if match and not re.search(r"\d[.,]\Z", behind):
            number = read_number(match["number"])
            return (match.end(), number, "percent") if number is not None else None
        return None
    number = read_number(match["number"] or match["number2"])
    unit = "percentage points" if match["points"] or match["number2"] else "percent"
    if number is None:
        return None
    if re.search(r"\d[.,]\Z", behind):
        return None
    return match.end(), number, unit


_LARGE_SHARE = re.compile(rf"{_SHARE_OF_SCALE}\b", re.IGNORECASE)  # of pounds: `_money` is asked before


def _large_share(text: str, start: int, behind: str) -> Reading:
    match = _LARGE_SHARE.match(text, start)
    return (match.end(), _share_of_scale(match[0]), "count") if match else None


def _parts(text: str, start: int, behind: str) -> Reading:
    """Shares in words: "a third of", "two-thirds", "half the homes", "one in five"."""
    match = _IN.match(text, start)
    if match:
        number, whole = read_number(match["number"]), read_number(match["of"])
        # "Five in 2019" is no share; nor is anything out of more than it.
        if number is not None and whole is not None and 0 < number < whole <= 1000 and whole != 0:
            out_of = "out of" in match.group()
            if match["number"].lower() == "one" or out_of or whole in (10, 100, 1000, 5):
                return match.end(), 100 * number / whole, "percent"
    match = _PART.match(text, start)
    if not match:
        return None
    if match["half"]:
        if (
            _HALF_BEFORE.search(behind)
            or not _PART_AFTER.match(text, match.end())
            or text[match.end() : match.end() + 3] == " an"
        ):
            return None
        return match.end(), Fraction(50), "percent"
    top = 1 if match["top"].lower() in ("a", "an") else read_number(match["top"])
    if top is None or (top != 1) != bool(match["plural"]) or (top == 1 and not _PART_AFTER.match(text, match.end())):
        return None
    return match.end(), Fraction(100) * top / _FRACTION_PARTS[match["part"].lower()], "percent"


def _measure(text: str, start: int, behind: str) -> Reading:
    match = _MEASURE.match(text, start)
    if not match or _AGE_AFTER.match(text, match.end("number")) or _glued(text, start, match.end(), behind):
        return None
    number = read_number(match["number"])
    unit = " ".join(match["unit"].lower().split())
    if unit[-1] != "s" and unit not in ("km", "feet", "kg", "mw") and not unit.startswith("square"):
        unit += "s"
    if number is None or (text[start].lower() == "a" and number < 12):
        return None
    return match.end(), number, {"mw": "megawatts", "kms": "km"}.get(unit, unit)


def _count(text: str, start: int, behind: str) -> Reading:
    if text[start : start + 5].lower() == "twice":
        return (start + 5, Fraction(2), "count") if not text[start + 5 : start + 6].isalnum() else None
    match = _COUNT.match(text, start)
    if not match:
        return None
    end, words = match.end(), match["number"]
    number = read_number(words)
    if number is None or words.lower() in ("one", "zero", "a quarter") or _glued(text, start, end, behind):
        return None
    if text[start].isdigit():
        if _label(text, end, behind) or _listed(text, start, end) or (words[0] == "0" and words[:2] != "0."):
            return None
    elif _LABEL.search(behind) and not _UNDER_OVER.search(behind):
        return None
    if re.match(r"[ ](?:third|quarter|fifth|half)s?\b", text[end : end + 9]):
        return None
    if _AGE_AFTER.match(text, end) or _CLOCK.match(text, end) or re.search(r"\baged?[ ]\Z", behind):
        return None
    if 10 <= number <= 110 and _AGE_BEFORE.search(behind) and _AGE_CLOSED.match(text, end):
        return None
    return end, number, "count"


def _glued(text: str, start: int, end: int, behind: str) -> bool:
    """Whether a number is part of a longer token: a code, a score, a reference, a time."""
    if _GLUED_BEFORE.search(behind):
        bracket = behind[-1] in "[("
        return not bracket or text[end : end + 1] in "])"
    return text[start].isdigit() and bool(_GLUED_AFTER.match(text, end) or _ORDINAL_AFTER.match(text, end))


def _label(text: str, end: int, behind: str) -> bool:
    """Whether the word before makes the number a name: "Section 114", "Channel 4"."""
    if _LABEL.search(behind):
        return not _UNDER_OVER.search(behind) or text[end : end + 1] == "s"
    # A capitalised word before, and no noun after that it could count.
    return bool(_NAME_BEFORE.search(behind)) and not re.match(r"[ ][a-z]{3,}", text[end : end + 5])


def _listed(text: str, start: int, end: int) -> bool:
    """Whether a number opens its line as the number of an item, or stands alone on it as that of a page."""
    line_start = text.rfind("\n", 0, start) + 1
    return not text[line_start:start].strip(" \t•*-") and bool(_LIST_AFTER.match(text, end))

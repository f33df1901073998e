"""Numbers as English writes them: "1,200", "2.5", "two-and-a-half", "three hundred and twelve", "1.2 million"."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {w: n for n, w in enumerate(_ONES)} | {w: 20 + 10 * n for n, w in enumerate(_TENS)}
_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
_HALVES = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "third": Fraction(1, 3)}
_GLYPHS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3)}

_UNIT_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_SCALE_WORD = "|".join(_SCALES)
_GLYPH = "[" + "".join(_GLYPHS) + "]"

DIGITS = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?{_GLYPH}?|{_GLYPH}"
"""Regular expression: a number in figures, with thousands commas, a decimal part or a vulgar fraction."""

WORDS = (
    rf"(?:(?:an?[ ])?(?:{_SCALE_WORD})\b|(?:{_UNIT_WORD})\b)"
    rf"(?:(?:[ -]|[ -]and[ -])(?:{_UNIT_WORD}|{_SCALE_WORD})\b)*"
)
"""Regular expression: a cardinal in words; wants IGNORECASE and a word boundary before it."""

HALF = r"(?:[ -]and[ -]an?[ -](?:half|quarter|third)\b|[ ](?:1/2|1/4|3/4)\b)"
"""Regular expression: the fraction that may follow a number, "and a half"."""

NUMBER = rf"(?:(?:{DIGITS})(?:[ -]?(?:{_SCALE_WORD})\b)?|{WORDS})(?:{HALF})?"

NUMBER_WORDS = frozenset(_SMALL) | frozenset(_SCALES)
"""The words with which a cardinal in words may begin, apart from the article ("a hundred")."""

_JOINT = re.compile(r"[ -]+")


@lru_cache(maxsize=4096)
def read_number(text: str) -> Fraction | None:
    """The value of a number in figures or words, exact; None where the text is no number.

    >>> read_number("two-and-a-half"), read_number("1,200"), read_number("1.2 million")
    (Fraction(5, 2), Fraction(1200, 1), Fraction(1200000, 1))
    """
    total = Fraction(0)  # what larger scales have closed
    group = Fraction(0)  # what the current scale multiplies
    seen = False
    words = [w for w in _JOINT.split(text.lower().strip()) if w]
    for i, word in enumerate(words):
        if word in ("and", "a", "an"):
            continue
        if word in _HALVES and i:
            group += _HALVES[word]
        elif word in _SMALL:
            value = _SMALL[word]
            # "twenty twelve" or "seven nine" is no cardinal: a word only adds where the place is still free.
            if seen and group and not (group % 100 == 0 or (group % 10 == 0 and 0 < value < 10 and group % 100 >= 20)):
                return None
            group += value
        elif word in _SCALES:
            scale = _SCALES[word]
            if scale in (12, 100):
                group = (group or Fraction(1)) * scale
            else:
                total += (group or Fraction(1)) * scale
                group = Fraction(0)
        else:
            figures = _figures(word)
            if figures is None or (seen and figures >= 1):
                return None
            group += figures
        seen = True
    return total + group if seen else None


def _figures(word: str) -> Fraction | None:
    if "/" in word:
        top, _, bottom = word.partition("/")
        return Fraction(int(top), int(bottom)) if top.isdigit() and bottom.isdigit() and int(bottom) else None
    fraction = _GLYPHS.get(word[-1], Fraction(0))
    digits = word.rstrip("".join(_GLYPHS)).replace(",", "")
    if not digits:
        return fraction or None
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", digits):
        return None
    return Fraction(digits) + fraction


def decimal_text(value: Fraction, places: int = 1) -> str:
    """A value as a plain decimal: exact where that is finite ("4.5"), else rounded to `places` ("33.3").

    >>> decimal_text(Fraction(9, 2)), decimal_text(Fraction(100, 3))
    ('4.5', '33.3')
    """
    bottom = value.denominator
    for prime in (2, 5):
        while bottom % prime == 0:
            bottom //= prime
    if bottom != 1:
        value = Fraction(round(value * 10**places), 10**places)
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    scaled = abs(value * 10**digits).numerator
    whole, part = divmod(scaled, 10**digits)
    return ("-" if value < 0 else "") + str(whole) + (f".{part:0{digits}d}" if digits else "")

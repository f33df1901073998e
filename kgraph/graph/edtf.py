"""The days an EDTF date leaves open (ISO 8601-2, https://www.loc.gov/standards/datetime/)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

_DATE = re.compile(r"(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?")
# Sub-year groupings of ISO 8601-2: seasons independent of the hemisphere are left to the northern one, 25-28 are
# named by hemisphere, 33-36 are quarters, 40-41 halves. First and last month; winter ends in the next year.
_GROUPS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14), 33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
_GROUPS |= {25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14), 40: (1, 6), 41: (7, 12)}


@dataclass(frozen=True, slots=True)
class Bounds:
    """First and last day (YYYY-MM-DD) on which something may have begun and may have ended; None where unknown."""

    start_earliest: str | None = None
    start_latest: str | None = None
    end_earliest: str | None = None
    end_latest: str | None = None


@lru_cache(maxsize=1 << 12)  # the same days over and over
def days(date: str) -> tuple[str, str] | None:
    """First and last day of an EDTF date: `2018-06` → (`2018-06-01`, `2018-06-30`).

    None where the year is unknown (`XXXX-05`), for open ends, and for what is no date.
    """
    match = _DATE.fullmatch(date)
    if match is None:
        return None
    year, month, day = match.groups()
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if first_year == 0:
        return None
    if first_year != last_year or month in (None, "XX"):
        return f"{first_year:04}-01-01", f"{last_year:04}-12-31"
    number = int(month)
    if number in _GROUPS:
        first, last = _GROUPS[number]
        return f"{first_year:04}-{first:02}-01", _month_end(first_year + (last > 12), (last - 1) % 12 + 1)
    if not 1 <= number <= 12:
        return None
    if day in (None, "XX"):
        return f"{first_year:04}-{number:02}-01", _month_end(first_year, number)
    if not 1 <= int(day) <= calendar.monthrange(first_year, number)[1]:
        return None
    return (f"{first_year:04}-{number:02}-{day}",) * 2


@lru_cache(maxsize=1 << 12)
def bounds(when: str) -> Bounds:
    """Bounds of an event at `when`, a date or an interval (`2016-05/2016-06`, `2016/..`)."""
    first, slash, last = when.partition("/")
    start, end = days(first), days(last if slash else first)
    if start and end and end[1] < start[0]:
        return Bounds()
    return Bounds(*(start or (None, None)), *(end or (None, None)))


@lru_cache(maxsize=1 << 12)
def extent(start: str | None, end: str | None) -> Bounds:
    """Bounds of a state from `start` to `end`, either of which may be unknown."""
    first, last = bounds(start) if start else Bounds(), bounds(end) if end else Bounds()
    return Bounds(first.start_earliest, first.start_latest, last.end_earliest, last.end_latest)


def _month_end(year: int, month: int) -> str:
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]:02}"

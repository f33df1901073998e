"""A stretch of the calendar named by one expression, and how EDTF and TIMEX3 write it.

EDTF: ISO 8601-2:2019, https://www.loc.gov/standards/datetime/. TIMEX3: TimeML 1.2.1, section 2.1.2.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

Unit = Literal["century", "decade", "year", "two-years", "half", "quarter", "season", "month", "week", "weekend", "day"]

# EDTF codes the parts of a year as if they were months: seasons 21-24, quarters 33-36, half-years 40-41.
_PART_CODE = {"season": 20, "quarter": 32, "half": 39}
_TIMEX_SEASON = ("SP", "SU", "FA", "WI")
_TIMEX_DAY_PART = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "lunchtime": "TMD"}


@dataclass(frozen=True, slots=True)
class When:
    """One stretch of the calendar, as precise as the words that name it.

    unit      its length
    year      the (first) year, negative before year 0; None where the text does not tell
    part      month 1-12; season, quarter or half of the year from 1; None for longer units or where unknown
    day       day of the month; of a week its Monday, of a weekend its Saturday
    day_part  "morning" …, which only TIMEX3 writes down
    approximate  "about", "circa"
    """

    unit: Unit
    year: int | None
    part: int | None = None
    day: int | None = None
    day_part: str | None = None
    approximate: bool = False

    @staticmethod
    def of(day: dt.date, unit: Unit = "day") -> When:
        """The unit of the calendar in which a day lies."""
        if unit == "day":
            return When("day", day.year, day.month, day.day)
        if unit in ("week", "weekend"):
            first = day - dt.timedelta(days=day.weekday() - (5 if unit == "weekend" else 0))
            return When(unit, first.year, first.month, first.day)
        if unit == "month":
            return When("month", day.year, day.month)
        if unit == "quarter":
            return When("quarter", day.year, (day.month + 2) // 3)
        if unit == "half":
            return When("half", day.year, (day.month + 5) // 6)
        if unit == "decade":
            return When("decade", day.year // 10 * 10)
        if unit == "century":
            return When("century", day.year // 100 * 100)
        return When("year", day.year)

    @property
    def date(self) -> dt.date | None:
        """The day, or the first day of the month or year; None where the year is unknown or before year 1."""
        if self.year is None or not 1 <= self.year <= 9999:
            return None
        month, day = 1, self.day or 1
        if self.unit in ("month", "day", "week", "weekend"):
            month = self.part or 1
        elif self.unit == "season":
            month = (self.part or 1) * 3
        elif self.unit == "quarter":
            month = (self.part or 1) * 3 - 2
        elif self.unit == "half":
            month = (self.part or 1) * 6 - 5
        try:
            return dt.date(self.year, month, day)
        except ValueError:
            return None

    def at(self, year: int | None) -> When:
        return replace(self, year=year)

    def edtf(self) -> str:
        """The EDTF text. A week or weekend, for which EDTF has no form, is written as its month or months."""
        value = self._edtf()
        return value + "~" if self.approximate and "/" not in value else value

    def _edtf(self) -> str:
        year = _year(self.year)
        if self.unit == "century":
            return year[:-2] + "XX"
        if self.unit == "decade":
            return year[:-1] + "X"
        if self.unit == "year":
            return year
        if self.unit == "two-years":
            return f"{year}/{_year(None if self.year is None else self.year + 1)}"
        if self.unit in _PART_CODE:
            return f"{year}-{_PART_CODE[self.unit] + (self.part or 1)}"
        if self.unit in ("week", "weekend"):
            first = self.date
            if first is None:
                return "XXXX-XX"
            last = first + dt.timedelta(days=6 if self.unit == "week" else 1)
            months = [f"{d.year:04}-{d.month:02}" for d in (first, last)]
            return months[0] if months[0] == months[1] else "/".join(months)
        month = "XX" if self.part is None else f"{self.part:02}"
        if self.unit == "month":
            return f"{year}-{month}"
        return f"{year}-{month}-" + ("XX" if self.day is None else f"{self.day:02}")

    def timex3(self) -> str:
        """The value attribute of a TIMEX3 element."""
        if self.unit in ("week", "weekend"):
            first = self.date
            if first is None:
                return "XXXX-WXX"
            iso = first.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if self.unit == "weekend" else "")
        value = edtf_to_timex3(self._edtf())
        return value + _TIMEX_DAY_PART[self.day_part] if self.day_part and self.unit == "day" else value


def _year(year: int | None) -> str:
    if year is None:
        return "XXXX"
    return f"{'-' if year < 0 else ''}{abs(year):04}"


def edtf_to_timex3(value: str) -> str:
    """TIMEX3 value of an EDTF date. TIMEX3 has none for an interval: what comes back is that of its start."""
    value = value.split("/")[0].rstrip("~?%")
    before = value.startswith("-")
    year, _, rest = value.lstrip("-").partition("-")
    if before and year.isdigit():
        return f"BC{int(year) + 1:04}"  # EDTF counts a year 0, the Christian era does not
    if year != "XXXX":
        year = year.rstrip("X")
    if len(rest) == 2 and rest.isdigit():
        part = int(rest)
        if 21 <= part <= 24:
            rest = _TIMEX_SEASON[part - 21]
        elif 33 <= part <= 36:
            rest = f"Q{part - 32}"
        elif 40 <= part <= 41:
            rest = f"H{part - 39}"
    return f"{year}-{rest}" if rest else year

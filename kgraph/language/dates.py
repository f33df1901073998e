"""Dates in English text: recognition, and normalisation to EDTF (ISO 8601-2) and ISO 8601 durations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression of time in a text and its value: EDTF for a date, ISO 8601 for a duration."""

    start: int
    end: int
    text: str
    value: str
    kind: Literal["date", "duration"]

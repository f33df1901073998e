"""Rows of text as a table to look at, or as CSV (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

_WIDEST = 60


def as_table(header: list[str], rows: Iterable[list[str]]) -> str:
    """Columns aligned; cells cut to a readable width (CSV has them whole)."""
    cells = [[_cut(" ".join(cell.split())) for cell in row] for row in [header, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def as_csv(header: list[str], rows: Iterable[list[str]]) -> str:
    """Cells whole."""
    file = io.StringIO()
    csv.writer(file).writerows([header, *rows])
    return file.getvalue()


def _cut(cell: str) -> str:
    return cell if len(cell) <= _WIDEST or cell.startswith(("http://", "https://")) else cell[: _WIDEST - 1] + "…"

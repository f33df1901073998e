"""Rows as a table to read in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

_WIDEST = 60


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns aligned; cells cut to a readable width (CSV has them whole)."""
    cells = [[_cut(" ".join(cell.split())) for cell in row] for row in [header, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines) + "\n"


def _cut(cell: str) -> str:
    return cell if len(cell) <= _WIDEST or cell.startswith(("http://", "https://")) else cell[: _WIDEST - 1] + "…"

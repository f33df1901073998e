"""Where documents come from, and what is said when one cannot be read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MAX_BYTES = 512 * 2**20
"""A single document larger than this is refused: no text of half a gigabyte is one document. JSON Lines are
read line by line, so there the limit is a line's."""


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: small and picklable, so that worker processes can read in parallel.

    path  a file; "-" for standard input; or what was asked for and not found, which then reads as a `Failure`
    id    what its document is called in facts: a file's name, or its path below the folder that was named
    """

    path: str
    id: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, and why. `str()` of it is one line, whatever the file is called."""

    source: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", one_line(self.source))
        object.__setattr__(self, "reason", one_line(self.reason))

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


class UnreadableError(Exception):
    """Raised by the reader of a format; its message becomes the reason of a `Failure`."""


def one_line(text: str) -> str:
    r"""The text with everything that could break or disguise a line written as an escape (`\n`, `\x1b`, `‮`)."""
    return "".join(
        c.encode("unicode_escape").decode("ascii") if unicodedata.category(c) in _UNPRINTABLE else c for c in text
    )


# Control and format characters (bidirectional overrides among them), lone surrogates, line and paragraph separators.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

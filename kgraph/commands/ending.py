"""What commands say on stderr, and how they end (see `kgraph.cli`)."""

from __future__ import annotations

import sys
from typing import NoReturn

import click


class clear_errors:
    """Turns the library's errors into one line on stderr and exit status 1."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, BrokenPipeError):
            return  # whoever reads has had enough, as `head` does: click ends the command without a word
        if isinstance(error, OSError) and error.filename is not None:
            fail(f"{error.filename}: {error.strerror}")
        if isinstance(error, (ValueError, OSError)):
            fail(" ".join(str(error).split()))


def tell(line: str) -> None:
    """A line on stderr, which tells who speaks."""
    click.echo(f"kgraph: {line}", err=True)


def fail(reason: str) -> NoReturn:
    tell(reason)
    sys.exit(1)


def count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"

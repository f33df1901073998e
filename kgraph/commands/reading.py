"""Sources read with a progress bar, for the commands that read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from kgraph.commands.ending import clear_errors, count


@dataclass
class Reading:
    """Extractions of sources as they come, with a progress bar; failures are printed and counted."""

    sources: tuple[str, ...]
    ontology: Path | None
    model: str | None
    date: str | None
    workers: int | None
    documents: int = field(default=0, init=False)
    failures: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Any]:
        from kgraph import build, readers

        found = readers.find(self.sources)
        settings = build.Settings(self.ontology, self.model, self.date)
        workers = self.workers or max(1, min(os.cpu_count() or 1, len(found) // 20))
        with (
            clear_errors(),
            click.progressbar(
                build.run(found, settings, workers),
                length=len(found),
                label="reading",
                file=sys.stderr,
                hidden=not sys.stderr.isatty(),
            ) as results,
        ):
            for result in results:
                for item in result:
                    if isinstance(item, build.Extraction):
                        self.documents += 1
                        yield item
                    else:
                        self.failures += 1
                        click.echo(f"kgraph: {item}", err=True)

    def exit(self) -> None:
        """End with status 3 where some documents could not be read."""
        if self.failures:
            click.echo(f"kgraph: {count(self.failures, 'source')} could not be read (named above)", err=True)
            sys.exit(3)

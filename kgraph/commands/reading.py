"""Sources read with a progress bar, for the commands that read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgraph.commands.ending import clear_errors, count

if TYPE_CHECKING:
    from kgraph.build import Extractor
    from kgraph.readers import Source
    from kgraph.workspace import Workspace


@dataclass
class Reading:
    """Extractions of sources as they come, with a progress bar; failures are printed and counted.

    With a `workspace`, what has not changed is taken from there (see `kgraph.workspace`).
    """

    sources: tuple[str, ...]
    ontology: Path | None
    model: str | None
    date: str | None
    workers: int | None
    workspace: Workspace | None = None
    documents: int = field(default=0, init=False)
    failures: int = field(default=0, init=False)

    @cached_property
    def found(self) -> list[Source]:
        from kgraph import readers

        return readers.find(self.sources)

    @cached_property
    def extractor(self) -> Extractor:
        from kgraph import build

        return build.Extractor(build.Settings(self.ontology, self.model, self.date))

    def __iter__(self) -> Iterator[Any]:
        from kgraph import build

        with (
            clear_errors(),
            click.progressbar(
                build.run(self.found, self.extractor, self.workers, self.workspace),
                length=len(self.found),
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

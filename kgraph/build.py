"""From sources to documents and their facts: read, analyse, extract, document by document, in one process or several.

Results come in the order of the sources however many workers there are, so that the same input gives the same output.
With a workspace, what has not changed is taken from there, and what is read is kept there as soon as it is done.
"""

from __future__ import annotations

import functools
import itertools
import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from spacy.language import Language

from kgraph import language, readers
from kgraph.collector import no_collector
from kgraph.documents import Document
from kgraph.extract import extract, read
from kgraph.facts import Fact
from kgraph.ontology import Ontology, load_ontology
from kgraph.readers import Failure, Source
from kgraph.workers import Died, Workers
from kgraph.workspace import Workspace

# A text of a million words. Longer ones are refused with a reason rather than read to an unstated point.
MAX_CHARACTERS = 6_000_000


@dataclass(frozen=True)
class Extraction:
    """What one document states."""

    document: Document
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Settings:
    """How documents are read: everything a worker process needs to make its own reader."""

    ontology: Path | None = None
    model: str | None = None
    date: str | None = None


class Extractor:
    """Reads sources with one ontology and one language pipeline, each loaded when it is first needed.

    What goes wrong with a source or document is a Failure; only an ontology or model that cannot be used raises.
    It travels to another process as its settings, and is made there once.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def __reduce__(self) -> tuple[Any, ...]:
        return _extractor, (self.settings,)

    @cached_property
    def ontology(self) -> Ontology:
        return load_ontology(self.settings.ontology)

    @cached_property
    def nlp(self) -> Language:
        return language.load(self.settings.model)

    @cached_property
    def furniture(self) -> readers.Patterns:
        path = self.ontology.folder / "furniture.yaml"
        return readers.Patterns.load(path) if path.exists() else readers.Patterns()

    def read(self, source: Source) -> list[Document | Failure]:
        """Everything one source holds."""
        results: list[Document | Failure] = []
        furniture = self.furniture
        try:
            results.extend(readers.read_source(source, default_date=self.settings.date, furniture=furniture))
        except Exception as error:  # a reader's bug must not stop the other documents
            results.append(Failure(source.path, f"cannot be read: {_describe(error)}"))
        return results

    def extract(self, document: Document) -> tuple[Fact, ...] | Failure:
        """What one document states."""
        if len(document.text) > MAX_CHARACTERS:
            size = f"{len(document.text):,} characters; at most {MAX_CHARACTERS:,} are read. Split the file"
            return Failure(document.source, f"too long: {size}")
        nlp, ontology = self.nlp, self.ontology
        try:
            with no_collector():
                return tuple(extract(read(document, nlp, ontology)))
        except Exception as error:  # hostile text must not stop the other documents
            return Failure(document.source, f"cannot be analysed: {_describe(error)}")


@functools.lru_cache(1)
def _extractor(settings: Settings) -> Extractor:
    return Extractor(settings)


def _describe(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def run(
    sources: Sequence[Source],
    extractor: Extractor,
    workers: int | None = None,
    workspace: Workspace | None = None,
) -> Iterator[list[Extraction | Failure]]:
    """One list of results a source, in the order of the sources. Of two documents of one id the second is a Failure.

    workers    processes to read with; None for one for every 100 KB to read, at most one a processor
    workspace  where to look for what was read before, and to keep what is read

    Raises ValueError or OSError where the ontology or model cannot be used, or the workspace cannot be written.
    """
    size = sum(_size(source) for source in sources if workspace is None or not workspace.has(source))
    processes = workers or max(1, min(os.cpu_count() or 1, size // _BYTES_A_WORKER))
    with Workers(processes) as pool:
        yield from _Run(extractor, pool, workspace).results(sources)


_BYTES_A_WORKER = 100_000  # some three seconds of reading, which is what another process takes to begin
_AHEAD = 64  # sources read before an earlier one is done


@dataclass
class _Job:
    """How far a source is: `items` is None until it is read, `results` until its documents are given to extraction."""

    source: Source
    items: Sequence[Document | Failure] | None = None
    results: list[Extraction | Failure | None] | None = None
    left: int = 0  # results that are still None


class _Run:
    def __init__(self, extractor: Extractor, pool: Workers, workspace: Workspace | None) -> None:
        self.extractor, self.pool, self.workspace = extractor, pool, workspace
        self.seen: dict[str, str] = {}  # id of a document → where it is from

    def results(self, sources: Sequence[Source]) -> Iterator[list[Extraction | Failure]]:
        waiting, jobs = deque(sources), deque[_Job]()
        while waiting or jobs:
            while waiting and len(jobs) < _AHEAD and not self.pool.busy:
                jobs.append(self.read(waiting.popleft()))
            # In the order of the sources, so that of two documents of one id it is always the first that counts.
            for job in itertools.takewhile(lambda job: job.items is not None, jobs):
                if job.results is None:
                    self.extract(job)
            while jobs and jobs[0].results is not None and not jobs[0].left:
                yield [result for result in jobs.popleft().results or () if result is not None]
            if not self.pool.idle:
                self.pool.step()

    def read(self, source: Source) -> _Job:
        job = _Job(source)
        if self.workspace is not None:
            job.items = self.workspace.documents(source)
            if job.items is not None:
                return job

        def done(items: list[Document | Failure] | Died) -> None:
            job.items = [_died(source.path)] if isinstance(items, Died) else items
            if self.workspace is not None:
                self.workspace.keep_documents(source, job.items)

        if source.path == "-":  # which other processes do not have
            done(self.extractor.read(source))
        else:
            self.pool.submit(self.extractor.read, source, done)
        return job

    def extract(self, job: _Job) -> None:
        assert job.items is not None
        job.results = [None] * len(job.items)
        job.left = len(job.items)
        for i, item in enumerate(job.items):
            if isinstance(item, Failure):
                self.put(job, i, item)
            elif item.id in self.seen:
                other = self.seen[item.id]
                self.put(job, i, Failure(item.source, f"a document of {other} has the id {item.id!r} already"))
            else:
                self.seen[item.id] = item.source
                self.document(job, i, item)

    def document(self, job: _Job, i: int, document: Document) -> None:
        known = self.workspace.facts(document) if self.workspace is not None else None
        if known is not None:
            self.put(job, i, Extraction(document, known))
            return

        def done(facts: tuple[Fact, ...] | Failure | Died) -> None:
            result = _died(document.source) if isinstance(facts, Died) else facts
            if self.workspace is not None:
                self.workspace.keep_facts(document, result)
            self.put(job, i, result if isinstance(result, Failure) else Extraction(document, result))

        self.pool.submit(self.extractor.extract, document, done)

    def put(self, job: _Job, i: int, result: Extraction | Failure) -> None:
        assert job.results is not None
        job.results[i] = result
        job.left -= 1


def _died(source: str) -> Failure:
    return Failure(source, "the process reading it died (out of memory, or a crash in a library)")


def _size(source: Source) -> int:
    try:
        return Path(source.path).stat().st_size
    except (OSError, ValueError):
        return 0

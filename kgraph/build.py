"""From sources to documents and their facts: read, analyse, extract, document by document, in one process or several.

Results come in the order of the sources however many workers there are, so that the same input gives the same output.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from spacy.language import Language

from kgraph import language, readers
from kgraph.documents import Document
from kgraph.extract import extract, read
from kgraph.facts import Fact
from kgraph.ontology import Ontology, load_ontology
from kgraph.readers import Failure, Source

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
    """Reads sources with one ontology and one language pipeline."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ontology: Ontology = load_ontology(settings.ontology)
        self.nlp: Language = language.load(settings.model)
        furniture = self.ontology.folder / "furniture.yaml"
        self.furniture = readers.Patterns.load(furniture) if furniture.exists() else readers.Patterns()

    def source(self, source: Source) -> list[Extraction | Failure]:
        """Everything one source holds. Never raises: what goes wrong with a document is a Failure of its own."""
        results: list[Extraction | Failure] = []
        try:
            for item in readers.read_source(source, default_date=self.settings.date, furniture=self.furniture):
                results.append(item if isinstance(item, Failure) else self.document(item))
        except Exception as error:  # a reader's bug must not stop the other documents
            results.append(Failure(source.path, f"cannot be read: {_describe(error)}"))
        return results

    def document(self, document: Document) -> Extraction | Failure:
        if len(document.text) > MAX_CHARACTERS:
            size = f"{len(document.text):,} characters; at most {MAX_CHARACTERS:,} are read. Split the file"
            return Failure(document.source, f"too long: {size}")
        try:
            return Extraction(document, tuple(extract(read(document, self.nlp, self.ontology))))
        except Exception as error:  # hostile text must not stop the other documents
            return Failure(document.source, f"cannot be analysed: {_describe(error)}")


def _describe(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def run(sources: Sequence[Source], settings: Settings, workers: int = 1) -> Iterator[list[Extraction | Failure]]:
    """One list of results a source, in the order of the sources. Of two documents of one id the second is a Failure."""
    seen: dict[str, str] = {}
    for results in _run(sources, settings, workers):
        yield [_once(item, seen) for item in results]


def _once(item: Extraction | Failure, seen: dict[str, str]) -> Extraction | Failure:
    if isinstance(item, Failure):
        return item
    document = item.document
    if document.id in seen:
        return Failure(document.source, f"a document of {seen[document.id]} has the id {document.id!r} already")
    seen[document.id] = document.source
    return item


def _run(sources: Sequence[Source], settings: Settings, workers: int) -> Iterator[list[Extraction | Failure]]:
    if workers <= 1 or len(sources) <= 1:
        extractor = Extractor(settings)
        for source in sources:
            yield extractor.source(source)
        return
    yield from _run_parallel(sources, settings, workers)


_worker: Extractor


def _start_worker(settings: Settings) -> None:
    global _worker
    _worker = Extractor(settings)


def _work(source: Source) -> list[Extraction | Failure]:
    return _worker.source(source)


def _run_parallel(sources: Sequence[Source], settings: Settings, workers: int) -> Iterator[list[Extraction | Failure]]:
    Extractor(settings)  # a bad ontology or model is reported here, once, and not by a dying worker
    waiting = deque(sources)
    while waiting:
        with ProcessPoolExecutor(
            min(workers, len(waiting)), get_context("spawn"), initializer=_start_worker, initargs=(settings,)
        ) as pool:
            running: deque[tuple[Source, Future[list[Extraction | Failure]]]] = deque()
            try:
                while waiting or running:
                    while waiting and len(running) < 4 * workers:
                        running.append((waiting[0], pool.submit(_work, waiting[0])))
                        waiting.popleft()
                    source, future = running[0]
                    result = future.result()
                    running.popleft()
                    yield result
            except BrokenProcessPool:
                # A worker died (out of memory, a crash in native code) and took the pool with it. Which source it
                # was reading is not known: each that was under way is tried alone, in a process of its own.
                for source, _ in running:
                    yield _work_alone(source, settings)


def _work_alone(source: Source, settings: Settings) -> list[Extraction | Failure]:
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_start_worker, initargs=(settings,)) as pool:
        try:
            return pool.submit(_work, source).result()
        except BrokenProcessPool:
            return [Failure(source.path, "the process reading it died (out of memory, or a crash in a library)")]

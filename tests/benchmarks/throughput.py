"""Documents, words and facts a second, and peak memory, by stage, in one process.

    python -m tests.benchmarks.throughput ../shared/data/reports/ofsted_ilacs/text

Peak memory is that of the process so far, as the operating system counts it (`ru_maxrss`).
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kgraph import export, language, readers
from kgraph.commands.options import DEFAULT_BASE_IRI
from kgraph.documents import Document
from kgraph.extract import extract, read
from kgraph.graph import assemble
from kgraph.ontology import load_ontology


class Stages:
    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.memory: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds[name] += time.perf_counter() - begun
        self.memory[name] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(sources: list[str]) -> None:
    stage = Stages()
    with stage("load"):
        ontology, nlp = load_ontology(), language.load()
        _ = ontology.registers
    documents, facts, words = [], [], 0
    for source in readers.find(sources):
        with stage("read"):
            found = [item for item in readers.read_source(source) if isinstance(item, Document)]
        for document in found:
            with stage("analyse"):
                doc = nlp(document.text)
            with stage("mentions and dates"):
                reading = read(document, lambda _text, doc=doc: doc, ontology)  # type: ignore[arg-type, misc]
            with stage("extract"):
                facts += extract(reading)
            documents.append(document)
            words += len(document.text.split())
    with stage("assemble"):
        graph = assemble(facts, documents, ontology, base_iri=DEFAULT_BASE_IRI)
    with stage("export"), tempfile.TemporaryDirectory() as folder:
        export.write(graph, Path(folder) / "graph.ttl")
        export.write(graph, Path(folder) / "graph.graphml")
    total = sum(stage.seconds.values())
    print(f"{len(documents):,} documents, {words:,} words, {len(facts):,} facts, {len(graph.triples):,} triples")
    print(f"{'stage':20s} {'seconds':>9s} {'documents/s':>12s} {'words/s':>10s} {'facts/s':>9s} {'peak MB':>8s}")
    for name, seconds in [*stage.seconds.items(), ("all", total)]:
        rates = [n / max(seconds, 1e-9) for n in (len(documents), words, len(facts))]
        memory = stage.memory.get(name, max(stage.memory.values()))
        print(f"{name:20s} {seconds:9.2f} {rates[0]:12,.1f} {rates[1]:10,.0f} {rates[2]:9,.1f} {memory:8,.0f}")


if __name__ == "__main__":
    main(sys.argv[1:])

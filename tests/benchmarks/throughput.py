"""Documents, words and facts a second, and peak memory, by stage, in one process.

    python -m tests.benchmarks.throughput [../shared/data/reports/ofsted_ilacs/text]

Without sources: the samples that ship and the articles of `tests/corpus/dev`. Peak memory is that of the process so
far, as the operating system counts it (`ru_maxrss`). The last line sets the whole extraction (analysis, mentions and
dates, facts) against the language pipeline alone, by CPU time, which a busy machine changes little; below the bar the
exit code is 1.
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
from kgraph.collector import no_collector
from kgraph.commands.options import DEFAULT_BASE_IRI
from kgraph.documents import Document
from kgraph.extract import extract, read
from kgraph.graph import assemble
from kgraph.ontology import load_ontology

ROOT = Path(__file__).parents[2]
SOURCES = (str(ROOT / "kgraph" / "samples"), str(ROOT / "tests" / "corpus" / "dev"))
BAR = 0.6  # words a second of the whole extraction against those of the language pipeline alone


class Stages:
    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.cpu: Counter[str] = Counter()
        self.memory: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        begun, cpu = time.perf_counter(), time.process_time()
        yield
        self.seconds[name] += time.perf_counter() - begun
        self.cpu[name] += time.process_time() - cpu
        self.memory[name] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(sources: list[str]) -> int:
    stage = Stages()
    with stage("load"):
        ontology, nlp = load_ontology(), language.load()
        _ = ontology.registers
        extract(read(Document("warm", "Ann Other was appointed on 4 May 2021.", "-"), nlp, ontology))
    documents, facts, words = [], [], 0
    for source in readers.find(sources or SOURCES):
        with stage("read"):
            found = [item for item in readers.read_source(source) if isinstance(item, Document)]
        for document in found:
            with no_collector():  # as in a build
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
    share = stage.cpu["analyse"] / sum(stage.cpu[name] for name in ("analyse", "mentions and dates", "extract"))
    verdict = "met" if share >= BAR else "MISSED"
    print(f"whole extraction at {share:.2f} of the language pipeline's speed: bar {BAR} {verdict}")
    return 0 if share >= BAR else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

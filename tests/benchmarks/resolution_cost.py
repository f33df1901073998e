"""Time and memory of resolution at 1,000, 10,000 and 100,000 documents' worth of mentions.

    python -m tests.benchmarks.resolution_cost [DOCUMENTS...]

Documents are made up: each is about one of the councils of the register and names eight people of it, a committee, a
company and an inspectorate in ten facts. Names are drawn from a fixed list of given names and as many made-up surnames
as there are councils, so that people share names and surnames as they do in life, more the more documents there are.
Facts are made one at a time, so that the memory counted is that of resolution and its answer. Each size is measured in
a process of its own; growth is held against n·log n.
"""

from __future__ import annotations

import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from kgraph.documents import Excerpt
from kgraph.facts import Entity, Fact
from kgraph.ontology import Ontology, load_ontology
from kgraph.resolve.entities import resolve

SIZES = (1_000, 10_000, 100_000)
ROLES = [
    "leader",
    "chief executive",
    "councillor",
    "director of children's services",
    "mayor",
    "chair",
    "head of housing",
]
_HERE = Excerpt(0, 1, "x")


def facts(documents: int, ontology: Ontology) -> Iterator[Fact]:
    """Ten facts a document; the same for every run."""
    rng = random.Random(documents)
    given = (ontology.folder / "registers" / "given-names.txt").read_text(encoding="utf-8").split()[:400]
    councils = [entry for entry in ontology.registers.entries.values() if entry.type == "council"]
    syllables = [
        a + b for a in ("ba", "den", "har", "kel", "lin", "mor", "pen", "ros") for b in ("by", "ford", "ley", "ton")
    ]
    surnames = [a.title() + b for a in syllables for b in syllables]
    ofsted = Entity("Ofsted", "inspectorate", "inspectorate/ofsted")
    for number in range(documents):
        name = f"d{number}"
        where = rng.randrange(len(councils))
        council = Entity(councils[where].name, "council", councils[where].id)
        own = random.Random(f"{where} {rng.randrange(3)}")  # the people of this council, in one of its three terms
        for role in ROLES:
            first, last = own.choice(given), own.choice(surnames)
            form = f"{first[0]}. {last}" if rng.random() < 0.05 else f"{first} {last}"
            person = Entity(form, "person")
            yield Fact(name, "holds-role", {"person": person, "role": role, "org": council}, _HERE)
        passer_by = Entity(f"{rng.choice(given)} {rng.choice(surnames)}", "person")
        yield Fact(name, "says", {"speaker": passer_by, "stance": "states", "about": council}, _HERE)
        committee = Entity(f"{rng.choice(syllables).title()} Scrutiny Committee", "committee")
        yield Fact(name, "part-of", {"part": committee, "whole": council}, _HERE)
        company = Entity(f"{rng.choice(surnames)} Homes{rng.choice(['', ' Ltd'])}", "company")
        yield Fact(name, "funds", {"payer": council, "payee": company, "amount": 1000}, _HERE)
        yield Fact(name, "inspects", {"inspector": ofsted, "body": council}, _HERE)


def measure(documents: int) -> None:
    """One line: documents, mentions, entities, decisions, seconds, MB."""
    ontology = load_ontology()
    made, begun = 0, time.process_time()
    for _ in facts(documents, ontology):
        made += 1
    making = time.process_time() - begun
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    resolution = resolve(facts(documents, ontology), ontology)
    seconds = time.process_time() - begun - making
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(documents, made, len(resolution.entities()), len(resolution.decisions), f"{seconds:.2f}", f"{memory:.0f}")


def main(sizes: list[int]) -> None:
    if len(sizes) == 1:
        measure(sizes[0])
        return
    print(" documents      facts  entities  decisions    CPU s      MB  CPU s / n·log n")
    first = 0.0
    for size in sizes:
        command = [sys.executable, "-m", "tests.benchmarks.resolution_cost", str(size)]
        values = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        n, seconds = int(values[1]), float(values[4])
        rate = seconds / (n * math.log(n))
        first = first or rate
        row = (f"{int(values[0]):10,d} {n:10,d} {int(values[2]):9,d} {int(values[3]):10,d} {seconds:8.2f} "
               f"{int(values[5]):7,d}  {rate / first:.2f} of the first")  # fmt: skip
        print(row, flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))

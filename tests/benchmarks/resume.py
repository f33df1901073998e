"""A build killed with SIGKILL at random moments, and begun again: the same bytes, and nothing extracted twice.

    python -m tests.benchmarks.resume [KILLS] [DOCUMENTS]

In each round a build from nothing is killed and begun again, with one process and two in turn, and at last let be.
The moments are random within each stage of a build in turn: reading, assembling (all is read, and no output begun) and
writing (since an output stood half written beside its place). An extraction that the database held at a kill must be
the same row, made at the same time, ever after. On two idle processors it takes five minutes.
"""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.benchmarks import copies

STAGES = ("reading", "assembling", "writing")
ROUND = ("reading",) * 3 + ("assembling",) * 2 + ("writing",) * 2
"""The stages in which a build is killed before it may end."""


def main(kills: int = 20, number: int = 20) -> None:
    top, begun = Path(tempfile.mkdtemp()), time.monotonic()
    sources, chance = top / "sources", random.Random(6)
    copies.write(sources, number)
    lasts = measure(sources, top / "whole")
    expected = files(top / "whole")
    print(f"{number} documents; undisturbed: {', '.join(f'{s} {t:.1f} s' for s, t in lasts.items())}", flush=True)
    faults: list[str] = []
    killed: Counter[str] = Counter()
    rounds = 0
    while killed.total() < kills:
        rounds += 1
        out, finished = top / f"round-{rounds}", dict[str, str]()
        for stage in ROUND:
            if killed.total() == kills:
                break
            attempt = Attempt(sources, out, 1 + killed.total() % 2)
            # In reading after so many documents: how long each takes is the machine's.
            reading = stage == "reading"
            if attempt.comes_to(stage, documents=chance.randrange(number) if reading else 0):
                time.sleep(chance.uniform(0, lasts[stage] / number if reading else lasts[stage]))
            was = attempt.stage
            attempt.process.kill()
            if attempt.process.wait() == 0:
                print(f"round {rounds}: ended before it was killed while {stage}", flush=True)
                lasts[stage] /= 2  # the machine was busier when it was measured
                continue
            killed[was] += 1
            now = extractions(out)
            print(f"round {rounds}: killed while {was}; {len(now)} of {number} documents extracted", flush=True)
            faults += [f"round {rounds}: extracted again" for _ in [1] if not finished.items() <= now.items()]
            finished = now
        if Attempt(sources, out, 2).process.wait():
            faults.append(f"round {rounds}: the last build failed")
        elif files(out) != expected:
            faults.append(f"round {rounds}: other bytes")
        if not finished.items() <= extractions(out).items():
            faults.append(f"round {rounds}: extracted again at the end")
    told = ", ".join(f"{killed[stage]} while {stage}" for stage in STAGES)
    print(f"{killed.total()} kills in {rounds} rounds ({told}); {time.monotonic() - begun:.0f} s")
    print("\n".join(faults) or "each round ended with the same bytes; nothing that was finished was extracted twice")
    sys.exit(bool(faults))


def measure(sources: Path, out: Path) -> dict[str, float]:
    """Seconds that each stage of an undisturbed build with one process takes."""
    times = [time.monotonic()]
    attempt = Attempt(sources, out, 1)
    for stage in STAGES[1:]:
        attempt.comes_to(stage)
        times.append(time.monotonic())
    if attempt.process.wait():
        raise SystemExit("a build has failed")
    times.append(time.monotonic())
    return {stage: times[n + 1] - times[n] for n, stage in enumerate(STAGES)}


class Attempt:
    """A build that has just been begun."""

    def __init__(self, sources: Path, out: Path, workers: int) -> None:
        self.out, self.number = out, len(list(sources.iterdir()))
        self.leftovers, self.writing = self.parts(), False
        outputs = ["-o", str(out / "g.ttl"), "-o", str(out / "g.graphml")]
        command = [sys.executable, "-m", "kgraph.cli", "build", str(sources), *outputs, "--workers", str(workers)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def parts(self) -> set[Path]:
        """Outputs that are not yet at their place."""
        return set(self.out.glob(".g.*.part"))

    @property
    def stage(self) -> str:
        self.writing = self.writing or bool(self.parts() - self.leftovers)
        if self.writing:
            return "writing"
        return "assembling" if len(extractions(self.out)) == self.number else "reading"

    def comes_to(self, stage: str, documents: int = 0) -> bool:
        """Waits until the build has come to a stage and has extracted so many; False where it has ended before."""
        while STAGES.index(self.stage) < STAGES.index(stage) or len(extractions(self.out)) < documents:
            if self.process.poll() is not None:
                return False
            time.sleep(0.01)
        return True


def extractions(out: Path) -> dict[str, str]:
    """What is extracted: which row, and when it was made."""
    path = out / "g.workspace" / "workspace.sqlite"
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            return dict(database.execute("SELECT document, rowid || ' ' || read_at FROM extractions"))
    except sqlite3.OperationalError:  # there are no tables yet
        return {}


def files(out: Path) -> dict[str, bytes]:
    """All that is there, so that leftovers are seen too."""
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

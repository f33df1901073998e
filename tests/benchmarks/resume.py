"""A build killed with SIGKILL at random moments, and begun again: the same bytes, and nothing extracted twice.

    python -m tests.benchmarks.resume [KILLS] [DOCUMENTS]

A build of all documents is killed after a time drawn from nothing to that of an undisturbed build, and begun again,
with one process and two in turn, until it ends; and so on from nothing until there were so many kills. An extraction
that the database held at a kill must be the same row, made at the same time, ever after.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import copies


def main(kills: int = 20, number: int = 40) -> None:
    top = Path(tempfile.mkdtemp())
    sources, chance = top / "sources", random.Random(6)
    copies.write(sources, number)
    begun = time.monotonic()
    start(sources, top / "whole", 2).wait()
    whole, expected = time.monotonic() - begun, files(top / "whole")
    done, rounds, faults = 0, 0, []
    kept_at: list[int] = []
    while done < kills:
        out, finished = top / f"round-{rounds}", {}
        while done < kills:
            process = start(sources, out, 1 + done % 2)
            try:
                process.wait(chance.uniform(0, whole))
                break
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            done += 1
            now = extractions(out)
            faults += [f"kill {done}: extracted again" for _ in [1] if not finished.items() <= now.items()]
            finished = now
            kept_at.append(len(finished))
        if start(sources, out, 2).wait():
            faults.append(f"round {rounds}: the last build failed")
        if not finished.items() <= extractions(out).items():
            faults.append(f"round {rounds}: extracted again at the end")
        if files(out) != expected:
            faults.append(f"round {rounds}: other bytes")
        rounds += 1
    print(f"{number} documents; an undisturbed build takes {whole:.0f} s; {done} kills in {rounds} rounds")
    print(f"documents finished at each kill: {' '.join(map(str, kept_at))}")
    print("\n".join(faults) or "each round ended with the same bytes; nothing was extracted twice")
    sys.exit(bool(faults))


def start(sources: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    outputs = ["-o", str(out / "g.ttl"), "-o", str(out / "g.graphml")]
    command = [sys.executable, "-m", "kgraph.cli", "build", str(sources), *outputs, "--workers", str(workers)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def extractions(out: Path) -> dict[str, str]:
    path = out / "g.workspace" / "workspace.sqlite"
    if not path.exists():
        return {}
    with sqlite3.connect(path) as database:
        try:
            return dict(database.execute("SELECT document, rowid || ' ' || read_at FROM extractions"))
        except sqlite3.OperationalError:  # killed before there were tables
            return {}


def files(out: Path) -> dict[str, bytes]:
    """All that is there, so that leftovers are seen too."""
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

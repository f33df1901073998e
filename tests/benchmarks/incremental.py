"""What a change costs: a workspace of 1,000 documents, to which one is added, in which one is changed, one removed.

    python -m tests.benchmarks.incremental [DOCUMENTS] [FOLDER]

Each step is a `kgraph build` of its own, measured in processor seconds (of all its processes) and on the clock. At the
end all three changes are taken back, and the files must be the same bytes as those that were built from nothing: what
any step had left behind would show. With up to 100 documents the changed sources are built from nothing too, and
compared. FOLDER (default: a temporary one) keeps sources and graphs.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import copies


def main(number: int = 1000, folder: Path | None = None) -> None:
    top = folder or Path(tempfile.mkdtemp())
    sources = top / "sources"
    copies.write(sources, number)
    first, *_, last = sorted(sources.glob("report-*"))
    new = sources / "article-new.txt"
    before = {path: path.read_text("utf-8") for path in (first, last)}
    words = sum(len(path.read_text("utf-8").split()) for path in sources.iterdir())
    print(f"{number:,} documents, {words:,} words")
    print(f"{'':10s} {'processor s':>12s} {'clock s':>8s} {'of the full build':>18s}", flush=True)
    whole = show("all", build(sources, top / "out"))
    from_nothing = files(top / "out")
    new.write_text(before[last].replace("Council", "District Council"), "utf-8")
    show("one added", build(sources, top / "out"), whole)
    first.write_text(before[first].replace("inadequate", "outstanding"), "utf-8")
    show("changed", build(sources, top / "out"), whole)
    last.unlink()
    show("removed", build(sources, top / "out"), whole)
    same = True
    if number <= 100:
        show("anew", build(sources, top / "anew"), whole)
        same = files(top / "out") == files(top / "anew")
        print(f"the bytes of a build from nothing: {'yes' if same else 'NO'}", flush=True)
    new.unlink()
    for path, text in before.items():
        path.write_text(text, "utf-8")
    show("taken back", build(sources, top / "out"), whole)
    as_before = files(top / "out") == from_nothing
    print(f"the bytes of the first build, from nothing: {'yes' if as_before else 'NO'}")
    sys.exit(not (same and as_before))


def files(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in ("g.ttl", "g.graphml", "g.documents.jsonl")]


def build(sources: Path, out: Path) -> tuple[float, float]:
    """Seconds of processors and of the clock that a build takes."""
    outputs = ["-o", str(out / "g.ttl"), "-o", str(out / "g.graphml")]
    begun = time.monotonic()
    child = os.posix_spawn(
        sys.executable, [sys.executable, "-m", "kgraph.cli", "build", str(sources), *outputs], os.environ
    )
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("a build has failed")
    return used.ru_utime + used.ru_stime, time.monotonic() - begun


def show(step: str, took: tuple[float, float], whole: tuple[float, float] | None = None) -> tuple[float, float]:
    share = "" if whole is None else f"{took[0] / whole[0]:17.1%}"
    print(f"{step:10s} {took[0]:12.1f} {took[1]:8.1f} {share:>18s}", flush=True)
    return took


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *map(Path, sys.argv[2:3]))

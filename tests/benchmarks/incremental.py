"""What a change costs: a workspace of 1,000 documents, to which one is added, in which one is changed, one removed.

    python -m tests.benchmarks.incremental [DOCUMENTS] [FOLDER]

One after the other a report of 4,500 words is added, another changed, a third removed; then the sources as they now
are built from nothing beside it, and the files must be the same bytes. Then each change is taken back, which is again
one added, one changed, one removed, and the files must be the bytes of the first build, which was from nothing too.

Each step is a `kgraph build` of its own. The bar is its share of the full build's time, at most 5 %: in processor
seconds of all its processes, so that the figure is not of a machine's number of processors; the clock's are printed
beside them. FOLDER (default: a temporary one) keeps sources and graphs. On two idle processors it takes ten minutes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import copies

BAR = 0.05
Took = tuple[float, float]
"""Seconds of processors, and of the clock."""


def main(number: int = 1000, folder: Path | None = None) -> None:
    top = folder or Path(tempfile.mkdtemp())
    sources = top / "sources"
    copies.write(sources, number)
    first, *_, last = sorted(sources.glob("report-*"))
    new = sources / "article-new.txt"
    before = {path: path.read_text("utf-8") for path in (first, last)}
    words = sum(len(path.read_text("utf-8").split()) for path in sources.iterdir())
    print(f"{number:,} documents, {words:,} words")
    print(f"{'':10s} {'processor s':>12s} {'clock s':>8s} {'of the full build, by processors':>34s} {'by clock':>9s}")
    out = top / "out"
    whole = build(sources, out)
    show("all", whole)
    from_nothing = files(out)
    shares = []

    def step(name: str) -> None:
        took = build(sources, out)
        show(name, took, whole)
        shares.append(took[0] / whole[0])

    new.write_text(before[last].replace("Council", "District Council"), "utf-8")
    step("added")
    first.write_text(before[first].replace("good", "outstanding"), "utf-8")
    step("changed")
    last.unlink()
    step("removed")
    changed = files(out)
    show("anew", build(sources, top / "anew"), whole)
    faults = [f"{name}: not as built from nothing" for name in differing(changed, files(top / "anew"))]
    faults += ["no output was changed" for _ in [1] if not differing(changed, from_nothing)]
    last.write_text(before[last], "utf-8")
    step("added")
    first.write_text(before[first], "utf-8")
    step("changed")
    new.unlink()
    step("removed")
    faults += [f"{name}: not as the first build left it" for name in differing(files(out), from_nothing)]
    print("\n".join(faults) or "both times the bytes of a build from nothing")
    print(f"the dearest change: {max(shares):.1%} of the full build; bar {BAR:.0%}", end="")
    print(": met" if max(shares) <= BAR else ": MISSED")
    sys.exit(bool(faults) or max(shares) > BAR)


def files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in ("g.ttl", "g.graphml", "g.documents.jsonl")}


def differing(some: dict[str, bytes], others: dict[str, bytes]) -> list[str]:
    return [name for name in some if some[name] != others[name]]


def build(sources: Path, out: Path) -> Took:
    outputs = ["-o", str(out / "g.ttl"), "-o", str(out / "g.graphml")]
    begun = time.monotonic()
    child = os.posix_spawn(
        sys.executable, [sys.executable, "-m", "kgraph.cli", "build", str(sources), *outputs], os.environ
    )
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("a build has failed")
    return used.ru_utime + used.ru_stime, time.monotonic() - begun


def show(step: str, took: Took, whole: Took | None = None) -> None:
    shares = "" if whole is None else f"{took[0] / whole[0]:34.1%} {took[1] / whole[1]:9.1%}"
    print(f"{step:10s} {took[0]:12.1f} {took[1]:8.1f} {shares}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *map(Path, sys.argv[2:3]))

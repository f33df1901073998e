"""Attributions on GUM: `python -m tests.benchmarks.attribution_gum PATH_TO_UD_GUM [--split S] [--genre G] [--errors]`.

Gold are the attribution relations of GUM's discourse trees (eRST; Zeldes et al. 2025): an elementary discourse unit
with source and cue ("he said") and the unit that it attributes, of documents whose text licence the manifest calls
open. A source is found where the source or cue of some statement overlaps its unit, a content where the content of such
a statement overlaps the unit attributed. GUM attributes what is thought, known and shown by things as well as what is
said, and pictures to their makers; recall of sources therefore has a ceiling below 1. Read with the shipped pipeline,
so that its mistakes count.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kgraph import language
from kgraph.documents import Document, Span
from kgraph.extract import read
from kgraph.extract.statements import find_statements
from kgraph.ontology import load_ontology


@dataclass(frozen=True)
class Attribution:
    source: Span
    content: Span


def read_conllu(path: Path) -> tuple[str, list[Attribution]]:
    """The running text of a document, a blank line between paragraphs, and its attributions."""
    text, skip_until = "", 0
    starts: list[tuple[int, int]] = []  # unit, offset
    edges: list[tuple[int, int]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newpar") and not line.startswith("# newpar_"):
            text = text.rstrip() + "\n\n" if text else ""
        columns = line.split("\t")
        if line.startswith("# sent_id"):
            skip_until = 0
        if len(columns) != 10 or "." in columns[0]:
            continue
        features = dict(f.split("=", 1) for f in columns[9].split("|") if "=" in f)
        for relation in features.get("Discourse", "").split(";")[:1]:
            kind, _, rest = relation.partition(":")
            if rest:
                unit, _, head = rest.split(":")[0].partition("->")
                starts.append((int(unit), len(text)))
                if kind.startswith("attribution") and head:
                    edges.append((int(unit), int(head)))
        space = "" if features.get("SpaceAfter") == "No" else " "
        if "-" in columns[0]:  # a contraction: its words follow and have no text of their own
            skip_until = int(columns[0].split("-")[1])
            text += columns[1] + space
        elif int(columns[0]) > skip_until:
            text += columns[1] + space
    ends = [offset for _, offset in starts[1:]] + [len(text)]
    units = {unit: Span(a, max(a, b)) for (unit, a), b in zip(starts, ends, strict=True)}
    return text, [Attribution(units[a], units[b]) for a, b in edges if a in units and b in units]


def documents(folder: Path, split: str, genre: str | None) -> Iterator[Path]:
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["split"] == split and row["licence_class"] in ("open", "open-sa") and genre in (None, row["genre"]):
                yield folder / "conllu" / f"{row['doc']}.conllu"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--genre")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    nlp, ontology = language.load(), load_ontology(None)
    counts: Counter[str] = Counter()
    for path in documents(options.folder, options.split, options.genre):
        text, gold = read_conllu(path)
        found = find_statements(read(Document(path.stem, text, str(path)), nlp, ontology))
        cued = [s for s in found if s.cue is not None]
        for edge in gold:
            named = [s for s in cued if any(x is not None and x.overlaps(edge.source) for x in (s.source, s.cue))]
            content = [s for s in named if any(c.overlaps(edge.content) for c in s.content)]
            counts.update(edges=1, sources=bool(named), contents=bool(content))
            if options.errors and not named:
                print(f"missed {path.stem}: {text[edge.source.start : edge.source.end].strip()!r}")
        for statement in cued:
            right = any(x and x.overlaps(e.source) for e in gold for x in (statement.cue, statement.source))
            counts.update(statements=1, right=right)
            if options.errors and not right:
                print(f"false {path.stem}: {text[statement.evidence.start : statement.evidence.end]!r}")
    print(
        f"{counts['edges']} attributions: sources found {counts['sources']}, contents of these {counts['contents']}; "
        f"{counts['statements']} cues, at a gold source {counts['right']}"
    )


if __name__ == "__main__":
    main()

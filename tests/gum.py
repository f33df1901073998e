"""GUM's gold parses as spaCy Docs: an independent truth for what stands on a parse. Needs the shared folder."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc

FOLDER = Path(__file__).parents[1].parent / "shared" / "data" / "corpora" / "ud_gum"
_VOCAB = spacy.blank("en").vocab


@dataclass(frozen=True)
class Sentence:
    doc: Doc
    enhanced: list[list[tuple[int, str]]]  # for each token (head, label) of the enhanced graph; head -1 is the root


def documents(split: str, genres: tuple[str, ...] = ()) -> list[str]:
    """Names of GUM's documents of a split whose licence lets kgraph use them."""
    with (FOLDER / "manifest.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return [r["doc"] for r in rows if r["split"] == split and r["licence_class"] in ("open", "open-sa")
                and (not genres or r["genre"] in genres)]  # fmt: skip


def sentences(document: str) -> Iterator[Sentence]:
    text = (FOLDER / "conllu" / f"{document}.conllu").read_text(encoding="utf-8")
    for block in text.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        rows = [row for row in rows if row[0].isdigit()]
        if rows:
            yield _sentence(rows)


def _sentence(rows: list[list[str]]) -> Sentence:
    doc = Doc(
        _VOCAB,
        words=[r[1] for r in rows],
        spaces=["SpaceAfter=No" not in r[9] for r in rows],
        tags=[r[4] for r in rows],
        pos=[r[3] for r in rows],
        lemmas=[r[2] for r in rows],
        heads=[int(r[6]) - 1 if r[6] != "0" else i for i, r in enumerate(rows)],
        deps=["ROOT" if r[7] == "root" else r[7] for r in rows],
    )
    enhanced = []
    for row in rows:
        edges = [edge.partition(":") for edge in row[8].split("|") if edge != "_"]
        enhanced.append([(int(head) - 1, label) for head, _, label in edges if head.isdigit()])
    return Sentence(doc, enhanced)

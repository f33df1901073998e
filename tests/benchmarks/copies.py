"""As many documents as one wants, of the kinds that kgraph is for: reports as they are, articles under other names.

One document in ten is an inspection report (of 8,000 words); the others are news articles of some 400 words, repeated
with other places and other surnames.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from kgraph.ontology import load_ontology

ROOT = Path(__file__).parents[2]
SHARED = ROOT / ".." / "shared"
REPORTS = SHARED / "data" / "reports" / "ofsted_ilacs" / "text"
ARTICLES = (ROOT / "tests" / "corpus" / "dev", ROOT / "tests" / "corpus" / "fresh", SHARED / "gold")
SURNAMES = """Abbot Barlow Cope Dyer Ellison Farrow Gough Hurst Ingham Jarvis Kemp Lomas Marsh Nunn Oakes Pryce Quick
Raine Stott Tranter Upton Vickers Wragg Yeo Ashby Brand Clegg Dunne Eccles Fitch""".split()


def write(folder: Path, number: int) -> None:
    """Writes the first `number` documents, each a file of its own."""
    folder.mkdir(parents=True)
    reports = sorted(REPORTS.glob("*.txt"))[: number // 10]
    for path in reports:
        (folder / f"report-{path.stem}.txt").write_bytes(path.read_bytes())
    for _, (name, text) in zip(range(number - len(reports)), articles(), strict=False):
        (folder / f"article-{name}.txt").write_text(text, encoding="utf-8")


def articles() -> Iterator[tuple[str, str]]:
    """Name and text of articles, without end."""
    texts = [path for folder in ARTICLES for path in sorted(folder.glob("*.txt"))]
    places = sorted({entry.places[0] for entry in load_ontology().registers.entries.values() if entry.places})
    spoken = re.compile(rf"\b({'|'.join(re.escape(place) for place in sorted(places, key=len, reverse=True))})\b")
    copy = 0
    while True:
        for path in texts:
            text = path.read_text(encoding="utf-8")
            if copy:
                text = spoken.sub(lambda m, by=37 * copy: places[(places.index(m[0]) + by) % len(places)], text)
                for i, surname in enumerate(_surnames(path.with_suffix(".json"))):
                    text = re.sub(rf"\b{re.escape(surname)}\b", SURNAMES[(i + 7 * copy) % len(SURNAMES)], text)
            yield f"{copy:02d}-{path.stem}", text
        copy += 1


def _surnames(gold: Path) -> list[str]:
    if not gold.exists():
        return []
    entities = json.loads(gold.read_text(encoding="utf-8")).get("entities", [])
    return sorted({entity["name"].split()[-1] for entity in entities if entity["type"] == "person"})

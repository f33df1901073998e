"""Pairs of mentions, of one entity or of entities that may be confused.

`pairs.yaml` is what resolution was developed on; `pairs_fresh.yaml` and `pairs_third.yaml` were made later, by others
who had not seen it; the third to be hard: half of its mentions are common nouns, offices and short names, epithets and
titles in apposition among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

from kgraph.documents import Document
from kgraph.readers import Source, find, read_source, text
from kgraph.yamlfile import load_yaml

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / ".." / "shared"
FOLDERS = {"gold": SHARED / "gold", "seeds": SHARED / "seeds", "dev": HERE.parent / "corpus" / "dev"}
FOLDERS["unseen"] = HERE.parent / "corpus" / "unseen"


@dataclass(frozen=True, order=True)
class Mention:
    """Words of a document: `document` as `pairs.yaml` names it, offsets into the text kgraph reads."""

    document: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Pair:
    one: Mention
    other: Mention
    same: bool


@cache
def data(file: str = "pairs") -> Any:
    return load_yaml(HERE / f"{file}.yaml")


def names(file: str = "pairs") -> list[str]:
    """The documents of the pairs."""
    return sorted({name for places in data(file)["entities"].values() for name in places})


@cache
def document(name: str) -> Document:
    folder, _, stem = name.partition("/")
    if folder == "texts":
        (found,) = text.read(data()["texts"][stem].encode(), Source(name, name))
        assert isinstance(found, Document)
        return found
    (path,) = FOLDERS[folder].glob(f"{stem}[-_]*.txt")
    (found,) = (d for source in find([str(path)]) for d in read_source(source))
    assert isinstance(found, Document), found
    return found


def pairs(file: str = "pairs") -> Iterator[Pair]:
    """All pairs; those of `same` first."""
    entities = {who: list(_mentions(places)) for who, places in data(file)["entities"].items()}
    for mentions in entities.values():
        for one, other in combinations(mentions, 2):
            yield Pair(one, other, True)
    for group in data(file)["different"]:
        for who, whom in combinations(group, 2):
            for one, other in product(entities[who], entities[whom]):
                yield Pair(one, other, False)


def _mentions(places: dict[str, list[str]]) -> Iterator[Mention]:
    for name, found in places.items():
        content = document(name).text
        for words in found:
            whole, _, part = words.partition("~")  # "words~part": the part, within the first such words
            whole, _, nth = whole.partition("@")  # "words@2": the second such words
            start = -1
            for _ in range(int(nth or 1)):
                start = content.find(whole, start + 1)
            if start < 0 or part not in whole:
                raise ValueError(f"{name}: no {words!r}")
            start += whole.find(part)
            part = part or whole
            yield Mention(name, start, start + len(part), part)

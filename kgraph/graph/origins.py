"""Which documents speak for themselves, and which repeat one another.

A story that five papers print is one source. Two texts count as one where most of the shorter one's passages stand in
the other: passages of eight words in a row ("shingles", Broder 1997, "On the resemblance and containment of
documents"), of which a fixed fraction is kept by its hash, so that comparing is near-linear in the number of documents.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from kgraph.documents import Document
from kgraph.resolve.clusters import Clusters

_WORDS = 8
# Of all passages every eighth is kept, of short texts all.
_KEPT = 8
_SHORT = 200
# So much of the shorter text's passages in the other, and it is the same story.
_REPEATED = 0.6
# Of the documents with one passage at most so many are compared each with each, and more with the first of them.
_COMMON = 30
_WORD = re.compile(r"\w+")


def origins(documents: Iterable[Document]) -> Mapping[str, int]:
    """Document id → the number of its origin; documents of one origin repeat one another or have one publisher.

    A document's publisher is the one it names, else the host of its address; without either it is its own.
    """
    ordered = sorted(documents, key=lambda document: document.id)
    clusters = Clusters(len(ordered))
    for one, other in _repeated([document.text for document in ordered]):
        clusters.join(one, other)
    first: dict[str, int] = {}
    for number, document in enumerate(ordered):
        publisher = _publisher(document)
        if publisher:
            clusters.join(first.setdefault(publisher, number), number)
    return {document.id: clusters.find(number) for number, document in enumerate(ordered)}


def _publisher(document: Document) -> str:
    if document.publisher:
        return " ".join(document.publisher.casefold().split())
    host = urlsplit(document.url).hostname if document.url else None
    return (host or "").removeprefix("www.")


def _repeated(texts: list[str]) -> Iterable[tuple[int, int]]:
    passages = [_passages(text) for text in texts]
    holders: dict[int, list[int]] = defaultdict(list)
    for number, found in enumerate(passages):
        for passage in found:
            holders[passage].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        heads = numbers if len(numbers) <= _COMMON else numbers[:1]
        shared.update((one, other) for n, one in enumerate(heads) for other in numbers[n + 1 :])
    for (one, other), count in sorted(shared.items()):
        if count >= _REPEATED * min(len(passages[one]), len(passages[other])):
            yield one, other


def _passages(text: str) -> set[int]:
    words = _WORD.findall(text.casefold())
    hashes = {zlib.crc32(" ".join(words[i : i + _WORDS]).encode()) for i in range(max(1, len(words) - _WORDS + 1))}
    return hashes if len(words) < _SHORT else {h for h in hashes if h % _KEPT == 0}

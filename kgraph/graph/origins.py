"""Which documents speak for themselves, and which repeat one another.

A story that five papers print is one source. Two texts count as one where most of the shorter one's passages stand in
the other: passages of eight words in a row ("shingles", Broder 1997, "On the resemblance and containment of
documents"), of which a fixed fraction is kept by its hash, so that comparing is near-linear in the number of documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from kgraph.documents import Document
from kgraph.resolve.clusters import Clusters

_WORDS = 8
# Of all passages every eighth is kept, of short texts all.
_KEPT = np.uint64(8)
_SHORT = 200
# So much of the shorter text's passages in the other, and it is the same story.
_REPEATED = 0.6
# Of the documents with one passage at most so many are compared each with each, and more with the first of them.
_COMMON = 30
# Of Latin-1.
_IN_WORD = np.array([chr(code).isalnum() or code == ord("_") for code in range(256)])
_LETTER = 0xBF58476D1CE4E5B9
_ZERO = np.zeros(1, np.uint64)
# A passage's hash is the sum of its words' hashes, each times the factor of its place, modulo 2^64.
_FACTORS = np.array([pow(0x9E3779B97F4A7C15, place, 2**64) for place in range(1, _WORDS + 1)], np.uint64)

Passages = NDArray[np.uint64]


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


def _repeated(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of texts of which one repeats the other; the first comes first among the texts."""
    powers = _powers(max(map(len, texts), default=0))
    passages = [_passages(text, powers) for text in texts]
    shared = Counter[tuple[int, int]]()
    for numbers in _sharing(passages):
        heads = numbers if len(numbers) <= _COMMON else numbers[:1]
        shared.update((one, other) for n, one in enumerate(heads) for other in numbers[n + 1 :])
    for (one, other), count in sorted(shared.items()):
        if count >= _REPEATED * min(len(passages[one]), len(passages[other])):
            yield one, other


def _sharing(passages: list[Passages]) -> Iterator[list[int]]:
    """For each passage that several texts have, the numbers of those texts, ascending."""
    if not passages:
        return
    texts = np.repeat(np.arange(len(passages)), [len(found) for found in passages])
    hashes = np.concatenate(passages)
    order = np.argsort(hashes, kind="stable")
    texts, hashes = texts[order], hashes[order]
    begins = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1], True])
    for n in np.flatnonzero(np.diff(begins) > 1):
        yield texts[begins[n] : begins[n + 1]].tolist()


def _passages(text: str, powers: tuple[Passages, Passages]) -> Passages:
    """The hashes of a text's passages, each once. What Latin-1 lacks, as curly quotation marks, parts words."""
    letters = np.frombuffer(text.lower().encode("latin-1", "replace"), np.uint8)
    edges = np.flatnonzero(np.diff(_IN_WORD[letters], prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    if not len(edges):
        return np.empty(0, np.uint64)
    # A word's hash is that of its letters by their places, taken from that of all letters up to its end.
    sums = np.concatenate((_ZERO, np.cumsum(letters * powers[0][: len(letters)])))
    hashes = (sums[ends] - sums[starts]) * powers[1][starts]
    words = min(_WORDS, len(hashes))
    passages = np.zeros(len(hashes) - words + 1, np.uint64)
    for place in range(words):
        passages += hashes[place : place + len(passages)] * _FACTORS[place]
    if len(hashes) >= _SHORT:
        passages = passages[(passages >> np.uint64(32)) % _KEPT == 0]
    return np.unique(passages)


def _powers(length: int) -> tuple[Passages, Passages]:
    """Powers of a letter's factor, and of its inverse, for every place in a text of this length."""
    # In lower case a letter may be two: "İ".
    powers, inverses = np.full((2, 2 * length + 1), [[_LETTER], [pow(_LETTER, -1, 2**64)]], np.uint64)
    powers[0] = inverses[0] = 1
    return np.cumprod(powers), np.cumprod(inverses)

"""Do two mentions mean the same? Precision, recall and F1 over the hand-made pairs of `tests/resolve/pairs.yaml`, which
resolution was developed on, and of `pairs_fresh.yaml`, of which only figures are looked at.

    python -m tests.benchmarks.pairs [--errors]      # errors of the first

The texts are read and resolved together, as one build. Two mentions count as one if the graph has one node for them;
a mention that kgraph does not see as one is nobody's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from kgraph import language
from kgraph.documents import Excerpt
from kgraph.extract import extract, read
from kgraph.facts import Fact
from kgraph.ontology import load_ontology
from kgraph.resolve.entities import resolve
from tests.resolve.mention_pairs import Mention, Pair, document, names, pairs

TITLES = {"Mr", "Ms", "Mrs", "Cllr", "Councillor"}


def nodes(documents: Sequence[str]) -> dict[Mention, str]:
    """Mentions of these documents with the node of the graph each stands for, from reading them all."""
    ontology, nlp = load_ontology(), language.load()
    facts, mentions, published = [], [], {}
    for name in documents:
        source = document(name)
        reading = read(source, nlp, ontology)
        facts += extract(reading)
        for mention in reading.mentions:
            mentions.append((name, mention))
            # So that mentions count of which no fact is stated: what is denied is no evidence of who anybody is.
            speaks = {"speaker": mention.entity, "stance": "states"}
            facts.append(Fact(source.id, "says", speaks, Excerpt(0, 1, ""), polarity="negative"))
        published[source.id] = source.published
    resolution = resolve(facts, ontology, published=published)
    return {Mention(name, m.start, m.end, m.text): resolution(document(name).id, m.entity).key for name, m in mentions}


def node_of(wanted: Mention, found: dict[Mention, str]) -> str | None:
    """The node of the mention that covers these words, or of what a title stands before ("Cllr Stott")."""
    fitting = [
        (abs(m.start - wanted.start) + abs(m.end - wanted.end), node)
        for m, node in found.items()
        if m.document == wanted.document
        and m.end >= wanted.end
        and (m.start <= wanted.start or (m.end == wanted.end and wanted.words.split()[0] in TITLES))
    ]
    return min(fitting)[1] if fitting else None


def score(found: dict[Mention, str], wanted: Iterable[Pair]) -> tuple[list[Pair], list[Pair], int, int, int]:
    """False merges and misses, and how many pairs were rightly joined, rightly kept apart, and all."""
    false, missed, right, apart, total = [], [], 0, 0, 0
    for pair in wanted:
        total += 1
        one, other = node_of(pair.one, found), node_of(pair.other, found)
        joined = one is not None and one == other
        if joined and pair.same:
            right += 1
        elif joined:
            false.append(pair)
        elif pair.same:
            missed.append(pair)
        else:
            apart += 1
    return false, missed, right, apart, total


def main() -> None:
    for file in ("pairs", "pairs_fresh"):
        report(file, errors="--errors" in sys.argv and file == "pairs")


def report(file: str, *, errors: bool) -> None:
    found = nodes(names(file))
    false, missed, right, apart, total = score(found, pairs(file))
    precision, recall = right / max(1, right + len(false)), right / max(1, right + len(missed))
    print(f"{file}: {total} pairs of mentions: {right + len(missed)} same, {apart + len(false)} different")
    print(f"precision {precision:.3f}   recall {recall:.3f}   F1 {2 * precision * recall / (precision + recall):.3f}")
    if errors:
        for title, wrong in (("joined, but two", false), ("apart, but one", missed)):
            for pair in wrong:
                sides = [f"{m.document}: {m.words!r} → {node_of(m, found)}" for m in (pair.one, pair.other)]
                print(f"{title}: {'  |  '.join(sides)}")


if __name__ == "__main__":
    main()

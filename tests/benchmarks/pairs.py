"""Do two mentions mean the same? Precision, recall and F1 over the hand-made pairs of `tests/resolve/pairs.yaml`, which
resolution was developed on, of `pairs_fresh.yaml`, and of `pairs_third.yaml`, which is harder. Of these the pairs of
dev texts and of the third's gold have been read since; of those of unseen texts only figures are looked at, and they
are reported apart.

    python -m tests.benchmarks.pairs [--errors]      # errors of the first

The texts are read and resolved together, as one build. Two mentions count as one if the graph has one node for them;
a mention that kgraph does not see as one is nobody's. Names are found by their extent. Of offices and other references
("his deputy", "the mayor of Northby") kgraph marks the head word alone; they are found by it, as the MUC-6 and MUC-7
coreference tasks found mentions by their heads ("MIN").
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

import kgraph.extract
from kgraph import language
from kgraph.documents import Excerpt
from kgraph.extract import extract, read
from kgraph.facts import Fact
from kgraph.ontology import load_ontology
from kgraph.resolve.entities import resolve
from tests.resolve.mention_pairs import Mention, Pair, document, names, pairs

ARTICLES = {"the", "a", "an"}
TITLES = {"Mr", "Ms", "Mrs", "Cllr", "Councillor"}


@dataclass
class Found:
    """The node of the graph that each mention stands for: `names` by extent, `heads` by document and head word."""

    names: dict[Mention, str] = field(default_factory=dict)
    heads: dict[tuple[str, int], str] = field(default_factory=dict)
    docs: dict[str, Doc] = field(default_factory=dict)


def nodes(documents: Sequence[str]) -> Found:
    """Mentions of these documents with the node of the graph each stands for, from reading them all."""
    ontology, nlp = load_ontology(), language.load()
    facts, mentions, references, published, docs = [], [], [], {}, {}
    for name in documents:
        source = document(name)
        reading = read(source, nlp, ontology)
        docs[name] = reading.doc
        facts += extract(reading)
        mentions += [(name, m) for m in reading.mentions]
        references += [(name, m) for m in reading.pronouns]
        for mention in (*reading.mentions, *reading.pronouns):
            # So that mentions count of which no fact is stated: what is denied is no evidence of who anybody is.
            speaks = {"speaker": mention.entity, "stance": "states"}
            facts.append(Fact(source.id, "says", speaks, Excerpt(0, 1, ""), polarity="negative"))
        published[source.id] = source.published
    resolution = resolve(facts, ontology, published=published)

    def node(name: str, mention: kgraph.extract.Mention) -> str:
        return resolution(document(name).id, mention.entity).key

    return Found(
        {Mention(name, m.start, m.end, m.text): node(name, m) for name, m in (*references, *mentions)},
        {(name, m.start): node(name, m) for name, m in references},
        docs,
    )


def node_of(wanted: Mention, found: Found) -> str | None:
    """The node of the mention that covers these words, but for an article ("the cabinet"), or of what a title stands
    before ("Cllr Stott"); or else of the reference at their head."""
    first = wanted.words.split()[0]
    begins = wanted.start + (len(first) + 1 if first.lower() in ARTICLES else 0)
    fitting = [
        (abs(m.start - wanted.start) + abs(m.end - wanted.end), node)
        for m, node in found.names.items()
        if m.document == wanted.document
        and m.end >= wanted.end
        and (m.start <= begins or (m.end == wanted.end and first in TITLES))
    ]
    if fitting:
        return min(fitting)[1]
    span = found.docs[wanted.document].char_span(wanted.start, wanted.end, alignment_mode="expand")
    return found.heads.get((wanted.document, span.root.idx)) if span is not None else None


def score(found: Found, wanted: Iterable[Pair]) -> tuple[list[Pair], list[Pair], int, int, int]:
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
    for file in ("pairs", "pairs_fresh", "pairs_third"):
        report(file, errors="--errors" in sys.argv and file == "pairs")


def report(file: str, *, errors: bool) -> None:
    found = nodes(names(file))
    unread = [p for p in pairs(file) if any(m.document.startswith("unseen/") for m in (p.one, p.other))]
    if unread:
        false, missed, right, apart, total = score(found, unread)
        precision, recall = right / max(1, right + len(false)), right / max(1, right + len(missed))
        print(f"{file}: of {total} with an unseen text: precision {precision:.3f}   recall {recall:.3f}")
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

"""A document's dependency tree as plain objects.

spaCy makes a token anew at each step through its tree and looks each label up among its strings; clauses look at the
same few words and labels many times over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.attrs import DEP, LEMMA, LOWER, POS, TAG
from spacy.tokens import Doc, Token

_ATTRIBUTES = [LOWER, LEMMA, POS, TAG, DEP]


@dataclass(eq=False, slots=True)
class Node:
    """A word in its tree.

    lower, lemma  in lower case
    label, base   its relation, with and without a subtype: "nmod:poss" and "nmod"
    head          the word above it; at the root itself
    children      in text order
    preposition   of the phrase it heads ("as", "according to", "'s" for a possessive), or "" where it has none
    """

    token: Token = field(repr=False)
    i: int
    lower: str
    lemma: str
    pos: str
    tag: str
    label: str
    base: str
    head: Node = field(init=False, repr=False)
    children: Sequence[Node] = field(default=(), repr=False)
    preposition: str = ""

    def below(self, *labels: str) -> list[Node]:
        """Children with one of these labels; a label without subtype matches its subtypes too."""
        return [c for c in self.children if c.label in labels or c.base in labels]

    def has(self, *labels: str) -> bool:
        """Whether a child has one of these labels."""
        return bool(self.below(*labels))

    def coordinated(self) -> Iterator[Node]:
        """The word and its conjuncts, in text order; those of a name's further words are the name's."""
        yield self
        for child in self.children:
            if child.label == "conj":
                yield from child.coordinated()
            elif child.label == "flat":
                yield from (c for c in child.coordinated() if c is not child)


@lru_cache(maxsize=2)  # several extractors walk the tree of one document after each other
def tree(doc: Doc) -> tuple[Node, ...]:
    """A node for each word of a parsed document."""
    text = doc.vocab.strings
    known: dict[int, tuple[str, str, str]] = {}  # a string looked up once: as it is, in lower case, without subtype
    nodes: list[Node] = []
    for token, row in zip(doc, doc.to_array(_ATTRIBUTES).tolist(), strict=True):
        for key in row:
            if key not in known:
                string = text[key]
                known[key] = string, string.lower(), string.partition(":")[0]
        lower, lemma, pos, tag, label = row
        labels = known[label]
        nodes.append(
            Node(token, token.i, known[lower][0], known[lemma][1], known[pos][0], known[tag][0], labels[0], labels[2])
        )
    below: dict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        node.head = nodes[node.token.head.i]
        if node.head is not node:
            below[node.head.i].append(node)
    for i, children in below.items():
        nodes[i].children = children
    for node in nodes:
        if node.label == "case" and node.i < node.head.i:
            words = [node.lower, *(c.lower for c in node.children if c.label == "fixed")]
            node.head.preposition = " ".join([*node.head.preposition.split(), *words])
    return tuple(nodes)


def node(token: Token) -> Node:
    """The node of a word."""
    return tree(token.doc)[token.i]

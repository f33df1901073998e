"""What a text speaks of: how salient each entity is where a pronoun or a common noun refers to one.

A small model in the manner of Lappin and Leass (1994, "An algorithm for pronominal anaphora resolution"): candidates
are the entities of the sentence so far and of the sentences before it; subjects weigh more than other arguments, the
near more than the far. Where two candidates come close, none is chosen.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence

from spacy.tokens import Doc, Token

from kgraph.extract.clauses import universal
from kgraph.extract.reading import Mention
from kgraph.facts import Entity

_FADE = 0.6
_OWN_SUBJECT = 3.0
_WEIGHTS = {"nsubj": 2.0, "obj": 1.0, "iobj": 1.0, "ROOT": 1.0}
_OTHER_WEIGHT = 0.6


class Salience:
    """The mentions of a document by their head words, for what is said of them later on. Needs no parse, but is much
    the better with one."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self._sentence = [number for number, sentence in enumerate(doc.sents) for _ in sentence]
        self._mentions: dict[int, Mention] = {}
        for mention in mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                self._mentions[span.root.i] = mention
        self._order = sorted(self._mentions)
        self._doc = doc

    def add(self, token: Token, mention: Mention) -> None:
        """Notes a reference that has been resolved, for those behind it."""
        if token.i not in self._mentions:
            insort(self._order, token.i)
        self._mentions[token.i] = mention

    def antecedent(
        self, reference: Token, fits: Callable[[Token, Mention], Entity | None], *, back: int, margin: float
    ) -> Entity | None:
        """The entity that stands out among those mentioned before a reference, up to so many sentences `back`.

        fits    whom a mention may be for this reference; None for nobody
        margin  how many times as salient as the next it must be
        """
        number = self._sentence[reference.i]
        weights: dict[Entity, float] = {}
        for i in reversed(self._order[: bisect_left(self._order, reference.i)]):
            distance = number - self._sentence[i]
            if distance > back:
                break
            token = self._doc[i]
            entity = fits(token, self._mentions[i])
            if entity is None or _same_clause_argument(token, reference):
                continue
            beside = self._mentions.get(token.head.i) if token.dep_ == "appos" else None
            if beside is not None and beside.entity == self._mentions[i].entity:
                continue  # "Ann Other, the leader" is spoken of once
            weight = _weight(token) * (_OWN_SUBJECT if _is_own_subject(token, reference) else 1.0)
            weights[entity] = weights.get(entity, 0.0) + weight * _FADE**distance
        ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0].text))
        if not ranked or (len(ranked) > 1 and ranked[0][1] < margin * ranked[1][1]):
            return None
        return ranked[0][0]


def _weight(token: Token) -> float:
    outer = _outer(token)
    relation = universal(outer)
    return _WEIGHTS.get("nsubj" if relation == "obl" and _is_topic(outer) else relation, _OTHER_WEIGHT)


def _outer(token: Token) -> Token:
    """The head of the phrase that a name stands in apposition to or modifies: "the leader, Ann Other"."""
    while token.dep_ in ("appos", "flat", "nmod:desc", "compound", "conj") and token.head != token:
        token = token.head
    return token


def _is_own_subject(token: Token, reference: Token) -> bool:
    """Whether a name is the subject of a clause in whose object a possessive stands: "Ann announced her retirement"."""
    if reference.dep_ != "nmod:poss":
        return False
    subject = _outer(token)
    noun = reference.head
    while universal(noun) in ("nmod", "compound") and noun.head != noun:
        noun = noun.head
    return universal(subject) == "nsubj" and subject.head == noun.head and noun != subject


def _is_topic(token: Token) -> bool:
    """Whether a name is what a sentence goes on to speak of: "As for Ann, she …"."""
    return token.left_edge.lower_ == "as" and token.doc[token.left_edge.i + 1].lower_ == "for"


def _same_clause_argument(token: Token, reference: Token) -> bool:
    """Binding: "Ann told her" is not Ann, nor "Ann came and told her", but "Ann and her deputy", "Ann said she …" may
    be."""
    outer, verb = _outer(token), reference.head
    if reference.dep_ == "nmod:poss":
        return False
    if outer.head == verb:
        return outer.dep_ != reference.dep_ and not _is_topic(outer)
    if universal(reference) not in ("obj", "iobj") or universal(outer) != "nsubj":
        return False
    while verb.dep_ == "conj" and not any(universal(c) == "nsubj" for c in verb.children):
        verb = verb.head  # the subject is shared
        if outer.head == verb:
            return True
    return False

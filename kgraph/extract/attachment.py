"""What belongs to a predicate although the parse hangs it elsewhere.

Whether a prepositional phrase belongs to a verb or to a noun beside it is what a parser most often gets wrong ("placed
[in special measures by the regulator]", "follows [an inspection of X] by Y"); which of the two it is depends on what
the words mean (Hindle & Rooth 1993). Here are the other places where a phrase may belong; who asks decides by types.
Likewise the preposition behind a verb may make a phrasal verb of it ("called in auditors", "was looked into by").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Token

from kgraph.extract.clauses import AGENT, BARE, PATIENT, Argument, Clause, universal
from kgraph.extract.tree import tree

_NOMINAL = frozenset({"nmod", "obl", "obj", "iobj", "appos", "conj", "nsubj", "compound", "flat", "dep"})
_TRANSPARENT = frozenset({"ADP", "DET", "NOUN", "PROPN", "ADJ", "NUM", "PART", "CCONJ"})


def near(clause: Clause, function: str) -> Iterator[Argument]:
    """Phrases that may fill a function given by a preposition, although the parse does not make them arguments:
    inside an argument, or right behind the phrase of a noun and hung above it. An agent stands behind "by"."""
    if function == AGENT and clause.kind == "verb" and not clause.passive:
        return
    wanted = "by" if function == AGENT else function
    heads = _headed(clause.token.doc).get(wanted, ())
    taken = {a.token.i for a in clause.arguments}
    first = bisect_right(heads, clause.token.i)
    for word in heads[first : bisect_left(heads, clause.token.sent.end, first)]:
        token = clause.token.doc[word]
        if word not in taken:
            behind = (clause.kind == "noun" or clause.passive) and _is_behind(token, clause.token)
            if behind or _is_inside(token, clause.token):
                yield Argument(function, token)


@lru_cache(maxsize=2)  # as the tree
def _headed(doc: Doc) -> Mapping[str, Sequence[int]]:
    """The words that head a phrase, by its preposition."""
    found: dict[str, list[int]] = {}
    for word in tree(doc):
        if word.preposition:
            found.setdefault(word.preposition, []).append(word.i)
    return found


def _is_inside(token: Token, predicate: Token) -> bool:
    """Whether nothing but noun phrases lies between a word and the predicate above it."""
    here = token
    while here.head != here:
        if universal(here) not in _NOMINAL:
            return False
        here = here.head
        if here == predicate:
            return True
        if here.pos_ in ("VERB", "AUX"):
            return False
    return False


def _is_behind(token: Token, noun: Token) -> bool:
    """Whether a phrase hangs above a noun, with nothing but phrases in between."""
    if not token.head.is_ancestor(noun):
        return False
    return all(t.pos_ in _TRANSPARENT for t in noun.doc[noun.i + 1 : token.i])


def phrasal(clause: Clause) -> Iterator[Clause]:
    """The clause, and what else it may be: with an adverb or preposition behind its verb, a phrasal verb."""
    if clause.kind != "verb":
        yield clause
        return
    particles = {c.i + 1 for c in clause.token.children if c.dep_ == "compound:prt"}
    if not clause.all(PATIENT):
        # "sent in commissioners": an object behind its particle that is none to the parser
        clause = _renamed(clause, {a.token.i for a in clause.all(BARE) if a.token.left_edge.i in particles}, PATIENT)
    yield clause
    # "conven", "unveile": the regular endings hide whether a rare verb ends in an "e"
    verb, *rest = clause.lemma.split(" ")
    other = " ".join([verb[:-1] if verb.endswith("e") else f"{verb}e", *rest])
    yield clause._replace(lemma=other)
    for lemma in (clause.lemma, other):
        for child in clause.token.children:
            if child.dep_ == "advmod" and child.i > clause.token.i and child.tag_ in ("RB", "RP", "IN"):
                yield clause._replace(lemma=f"{lemma} {child.lower_}")  # "brought back the former boss"
        yield from _with_preposition(clause, lemma)


def _with_preposition(clause: Clause, lemma: str) -> Iterator[Clause]:
    """A verb with the preposition right behind it: its noun is the object then, or the agent of the passive."""
    for argument in clause.arguments:
        child = next((c for c in argument.token.children if c.i == clause.token.i + 1 and c.dep_ == "case"), None)
        if child is None:
            continue
        first, _, agent = argument.function.partition(" ")
        siblings = {a.token.i for a in clause.all(argument.function)}
        if clause.passive and agent == "by" and argument.token.pos_ != "NUM":
            yield _renamed(clause, siblings, AGENT)._replace(lemma=f"{lemma} {first}")
        elif not clause.passive and not agent and first == child.lower_ and not clause.all(PATIENT):
            yield _renamed(clause, siblings, PATIENT)._replace(lemma=f"{lemma} {first}")


def _renamed(clause: Clause, tokens: set[int], function: str) -> Clause:
    """The clause with those arguments in another function."""
    arguments = (Argument(function, a.token) if a.token.i in tokens else a for a in clause.arguments)
    return clause._replace(arguments=tuple(arguments))

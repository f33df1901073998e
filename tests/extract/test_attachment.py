"""Phrases and particles that a parse hangs elsewhere, on parses written by hand."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from kgraph.extract.attachment import near, phrasal
from kgraph.extract.clauses import Clause, clauses


def parsed(rows: str) -> Doc:
    """A sentence from lines of word, lemma, UD tag, Penn tag, head (counted from 0), label."""
    table = [line.split() for line in rows.strip().splitlines()]
    words, lemmas, pos, tags, heads, labels = zip(*table, strict=True)
    return Doc(
        spacy.blank("en").vocab,
        words=words,
        lemmas=lemmas,
        pos=pos,
        tags=tags,
        heads=[int(h) for h in heads],
        deps=labels,
        sent_starts=[True] + [False] * (len(words) - 1),
    )


def clause(doc: Doc, lemma: str, *nouns: str) -> Clause:
    return next(c for c in clauses(doc, nouns) if c.lemma == lemma)


PLACED = """
    It        it        PRON  PRP 2 nsubj:pass
    was       be        AUX   VBD 2 aux:pass
    placed    place     VERB  VBN 2 ROOT
    in        in        ADP   IN  5 case
    special   special   ADJ   JJ  5 amod
    measures  measure   NOUN  NNS 2 obl
    by        by        ADP   IN  7 case
    Ofsted    Ofsted    PROPN NNP 5 nmod
"""
FOLLOWED = """
    It         it         PRON  PRP 1 nsubj
    follows    follow     VERB  VBZ 1 ROOT
    inspection inspection NOUN  NN  1 obj
    of         of         ADP   IN  4 case
    X          X          PROPN NNP 2 nmod
    by         by         ADP   IN  6 case
    Ofsted     Ofsted     PROPN NNP 1 obl
"""
CALLED = """
    They     they    PRON  PRP 1 nsubj
    called   call    VERB  VBD 1 ROOT
    in       in      ADP   IN  3 case
    auditors auditor NOUN  NNS 1 obl
"""
LOOKED = """
    It     it     PRON  PRP 2 nsubj:pass
    was    be     AUX   VBD 2 aux:pass
    looked look   VERB  VBN 2 ROOT
    into   into   ADP   IN  5 case
    by     by     ADP   IN  5 case
    Ofsted Ofsted PROPN NNP 2 obl
"""


def test_the_agent_of_a_passive_may_hang_on_its_last_word() -> None:
    found = clause(parsed(PLACED), "place")
    assert [a.token.text for a in near(found, "agent")] == ["Ofsted"]


def test_the_agent_of_an_event_may_hang_on_the_verb_above() -> None:
    doc = parsed(FOLLOWED)
    assert [a.token.text for a in near(clause(doc, "inspection", "inspection"), "agent")] == ["Ofsted"]
    assert not list(near(clause(doc, "follow"), "agent")), "an active verb has its agent in front"


def test_a_preposition_behind_a_verb_may_be_its_particle() -> None:
    variants = {v.lemma: v for v in phrasal(clause(parsed(CALLED), "call"))}
    assert [(a.function, a.token.text) for a in variants["call"].arguments] == [("agent", "They"), ("in", "auditors")]
    found = variants["call in"]
    assert [(a.function, a.token.text) for a in found.arguments] == [("agent", "They"), ("patient", "auditors")]


def test_a_phrasal_verb_has_its_passive() -> None:
    found = {v.lemma: v for v in phrasal(clause(parsed(LOOKED), "look"))}["look into"]
    assert {a.function: a.token.text for a in found.arguments} == {"patient": "It", "agent": "Ofsted"}

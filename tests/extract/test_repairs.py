"""Parses put right, read as who does what to whom: sentences made up here whose words leave no doubt."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kgraph.extract.clauses import clauses
from kgraph.extract.repairs import repair
from tests.extract.parsed import pipeline


@pytest.mark.parametrize(
    ("text", "verb", "function", "word"),
    [
        ("In a report Jane Doe, the treasurer, said that the council expected to overspend.", "say", "agent", "Jane"),
        ("The cabinet is due to meet on 4 June.", "meet", "agent", "cabinet"),
        ("Jane Doe was elected leader of the council in May.", "elect", "patient", "Jane"),
        ("The ombudsman's decision orders Northby Council to pay the family.", "pay", "agent", "Council"),
        (
            "A peer review of Northby Council carried out by the Local Government Association in May "
            "found it lacked capacity.",
            "carry out",
            "patient",
            "review",
        ),
        (
            "A report into Northby Homes, published on Tuesday by the auditors, was grim.",
            "publish",
            "patient",
            "report",
        ),
        (
            '"This is a different place," said Jane Doe, who was appointed clerk last September. '
            "She succeeded Tom Field, the interim clerk, and had been assistant clerk in Westby.",
            "appoint",
            "patient",
            "Jane",
        ),
        ("Council ordered to pay family of drowned man", "order", "patient", "Council"),
        ("Northby Council faces a £12m hole in its budget.", "face", "patient", "hole"),
        ("Northby Homes has since cut its average waiting time for windows from 58 days to 16.", "cut", "to", "16"),
    ],
)
def test_who_does_what(text: str, verb: str, function: str, word: str) -> None:
    found = [c for c in clauses(repair(pipeline()(text))) if c.lemma == verb]
    assert [a.token.text for c in found for a in c.all(function)] == [word]


def test_what_is_right_stays_as_it_was() -> None:
    text = "Jane Doe, who has led the council since May, told members that the report published by Ofsted was fair."
    before, after = pipeline()(text), repair(pipeline()(text))
    assert [(t.head.i, t.dep_) for t in before] == [(t.head.i, t.dep_) for t in after]


def test_what_it_took_so_long_to_do_belongs_to_taking() -> None:
    words = "Ofsted found faults after it took a year to mend a door .".split()
    heads = [1, 1, 1, 5, 5, 1, 7, 5, 9, 1, 11, 9, 1]
    labels = "nsubj ROOT obj mark nsubj advcl det obj mark advcl det obj punct".split()
    tags = "NNP VBD NNS IN PRP VBD DT NN TO VB DT NN .".split()
    lemmas = "Ofsted find fault after it take a year to mend a door .".split()
    doc = repair(Doc(pipeline().vocab, words, heads=heads, deps=labels, tags=tags, lemmas=lemmas))
    assert [doc[9].head.text, doc[9].dep_, doc[5].head.text] == ["took", "advcl", "found"]

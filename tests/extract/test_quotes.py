"""Quotations: marks of every kind, over paragraphs, and what only looks like one."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kgraph.extract.quotes import find_quotes, paragraphs


def quoted(text):
    return [text[q.start : q.end] for q in find_quotes(text)]


def test_marks_of_every_kind():
    assert quoted("She said: “We accept it.”") == ["We accept it."]
    assert quoted('She said: "We accept it."') == ["We accept it."]
    assert quoted("She said: ‘We accept it.’") == ["We accept it."]
    assert quoted("She said: 'We accept it.'") == ["We accept it."]


def test_several_in_one_sentence():
    assert quoted('It was "good", then "adequate", he said.') == ["good", "adequate"]


def test_apostrophes_are_no_marks():
    assert quoted("The council's leader and the councils' officers don't agree on children's homes.") == []
    assert quoted("In the ’90s the mayor’s deputy didn’t.") == []
    assert quoted("‘The council’s officers weren’t told,’ she said.") == ["The council’s officers weren’t told,"]
    assert quoted("They called the councils' plan 'a mess' and left.") == ["a mess"]


def test_a_quotation_inside_another_belongs_to_it():
    assert quoted("“He said ‘no’ to us,” she said.") == ["He said ‘no’ to us,"]
    assert quoted("“He called it “nonsense” and left,” she said.") == ["He called it “nonsense” and left,"]


def test_a_speech_of_several_paragraphs_opens_each_and_closes_the_last():
    text = "He said: “First.\n\n“Second.\n\n“Third.”\n\nThen he left."
    found = find_quotes(text)
    assert [text[q.start : q.end] for q in found] == ["First.", "Second.", "Third."]
    assert [q.continues for q in found] == [True, True, False]


def test_a_forgotten_closing_mark_ends_with_its_paragraph():
    text = '"We will not.\n\nThe council meets today.\n\n"Nor shall we," she said.'
    assert quoted(text) == ["We will not.", "Nor shall we,"]


def test_paragraphs_are_what_blank_lines_part():
    text = "\n\nOne\nline\n \n\tTwo  \n\n\nThree"
    assert [text[p.start : p.end] for p in paragraphs(text)] == ["One\nline", "Two", "Three"]


@given(st.text(alphabet="ab .,'\"“”‘’\n"))
def test_quotations_are_in_order_apart_and_not_empty(text):
    found = find_quotes(text)
    assert all(text[q.start : q.end].strip() for q in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all("\n\n" not in text[q.start : q.end] for q in found)


words = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=6), min_size=1, max_size=5).map(" ".join)


@given(words, words, words, st.sampled_from(["“”", '""', "‘’"]))
def test_what_stands_between_marks_is_found(before, inside, after, marks):
    text = f"{before} {marks[0]}{inside}.{marks[1]} {after}"
    assert quoted(text) == [inside + "."]

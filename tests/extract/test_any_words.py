"""Whatever words come in whatever order, extraction reads them: the words that its rules look for, shuffled."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.documents import Document
from kgraph.extract import extract, read
from tests.extract.parsed import ontology, pipeline

MARKS = "“ ” ‘ ’ \" ' , . ; : – — ( ) ? • - 1.".split()
WORDS = """said denied claimed insisted added who which that to to was is been he she it they we not no wrong untrue of
    by resigned appointed approved rated inadequate leader half Dear""".split()
PHRASES = [
    *("\n", "\n\n", "Jane Doe", "Cllr Tom Field", "Northby Council", "Ofsted", "the council", "the mayor", "Labour"),
    *("(Lab)", "£4m", "7 per cent", "by 14 votes to five", "in May 2021", "last week", "Yours sincerely", "the firm"),
    *("according to", "its report", "Chair:", "For: 7", "no comment", "children's services", "the claim", "his deputy"),
]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(MARKS + WORDS + PHRASES), max_size=60))
def test_no_words_in_any_order_break_extraction(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for fact in extract(read(Document("test", text, "-"), pipeline(), ontology())):
        assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.text

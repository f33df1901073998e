"""Names as derived from corpora that annotate more than names."""

import pytest

from kgraph.language.training.names import gum_mentions, gum_names, other_kinds, trim

# GUM's own notation: "the mayor of Philadelphia , Dr. Jim Kenney"
WORDS = ["the", "mayor", "of", "Philadelphia", ",", "Dr.", "Jim", "Kenney"]
TAGS = ["DT", "NN", "IN", "NNP", ",", "NNP", "NNP", "NNP"]
UPOS = ["DET", "NOUN", "ADP", "PROPN", "PUNCT", "PROPN", "PROPN", "PROPN"]
HEADS = [1, -1, 3, 1, 6, 6, 1, 6]
RELATIONS = ["det", "root", "case", "nmod", "punct", "nmod:desc", "appos", "flat"]
CELLS = [
    "(1-person-new-nnnnn-cf1-2-coref",
    "",
    "",
    "(2-place-new-nnnnn-cf2-1-sgl-Philadelphia)1)",
    "",
    "(1-person-giv:act-nnnnn-cf1-2,3-appos",
    "",
    "1)",
]


def test_mentions_nest():
    found = {(m.start, m.end, m.type, m.identity) for m in gum_mentions(CELLS)}
    assert found == {(0, 4, "person", None), (3, 4, "place", "Philadelphia"), (5, 8, "person", None)}


def test_only_names_and_without_title():
    names = gum_names(WORDS, TAGS, UPOS, HEADS, RELATIONS, CELLS)
    assert [(" ".join(WORDS[b:e]), kind) for b, e, kind in names] == [
        ("Philadelphia", "PLACE"),
        ("Jim Kenney", "PERSON"),
    ]


@pytest.mark.parametrize(
    ("span", "kind", "name"),
    [
        ("Foreign Secretary Philip Hammond", "PERSON", "Philip Hammond"),
        ("Minister for the Middle East", "PERSON", None),
        ("the Ministry of Defence", "ORG", "Ministry of Defence"),
        ("coalition forces", "ORG", None),
        ("We", "ORG", None),
        ("the city of Mosul", "PLACE", None),
    ],
)
def test_spans_of_reference_become_names_or_nothing(span, kind, name):
    words = span.split()
    found = trim(words, 0, len(words), kind)
    assert (found and " ".join(words[found[0] : found[1]])) == name


def test_capitals_that_no_name_covers_name_other_kinds():
    words = "The band from Leeds won the Prize for Song in 1990 . Its German tour in May ended .".split()
    found = other_kinds(words, [(3, 4, "PLACE")])
    told = {words[i]: label for i, label in enumerate(found) if label not in ("O", "?") and i != 3}
    assert told == {"Prize": "B-OTHER", "for": "I-OTHER", "Song": "I-OTHER", "German": "B-OTHER"}
    assert [words[i] for i, label in enumerate(found) if label == "?" and i != 3] == ["The", "Its", "May"]


def test_capitals_tell_nothing_in_a_heading():
    assert set(other_kinds("Leeds Wins Prize".split(), [(0, 1, "PLACE")])) == {"?"}
    assert set(other_kinds("leeds wins prize".split(), [(0, 1, "PLACE")])) == {"?"}

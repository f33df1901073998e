"""Names as derived from corpora that annotate more than names."""

import pytest

from kgraph.language.training.names import gum_mentions, gum_names, trim

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

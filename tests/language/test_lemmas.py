"""Lemmas against what any dictionary says, features against the treebank's."""

import pytest

from kgraph.language.component import Encoder
from kgraph.language.lemmas import learn

WORDS = [
    ("Committees", "NNS", "NOUN", "Number=Plur", "committee"),
    ("bodies", "NNS", "NOUN", "Number=Plur", "body"),
    ("parties", "NNS", "NOUN", "Number=Plur", "party"),
    ("said", "VBD", "VERB", "Tense=Past", "say"),
    ("voted", "VBD", "VERB", "Tense=Past", "vote"),
    ("noted", "VBD", "VERB", "Tense=Past", "note"),
    ("London", "NNP", "PROPN", "Number=Sing", "London"),
]


def test_a_known_form_an_ending_and_a_name():
    morphology = learn(WORDS, {})
    assert morphology.lemma("Said", "VBD", "VERB") == "say"
    assert morphology.lemma("Ladies", "NNS", "NOUN") == "lady"
    assert morphology.lemma("Sefton", "NNP", "PROPN") == "Sefton"
    assert morphology.feats("Ladies", "NNS", "NOUN") == "Number=Plur"


def test_tables_survive_the_disk(tmp_path):
    morphology = learn(WORDS, {"vote": 1})
    morphology.save(tmp_path / "m.json")
    assert type(morphology).load(tmp_path / "m.json", {"vote": 1}) == morphology


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("sacked", "VBN", "sack"),
        ("overseen", "VBN", "oversee"),
        ("quit", "VBD", "quit"),
        ("criticised", "VBD", "criticise"),
        ("scrutinising", "VBG", "scrutinise"),
        ("stepping", "VBG", "step"),
        ("resigned", "VBD", "resign"),
        ("denies", "VBZ", "deny"),
        ("accuses", "VBZ", "accuse"),
        ("underwent", "VBD", "undergo"),
        ("councillors", "NNS", "councillor"),
        ("children", "NNS", "child"),
        ("crises", "NNS", "crisis"),
        ("losses", "NNS", "loss"),
        ("inquiries", "NNS", "inquiry"),
        ("lowest", "JJS", "low"),
    ],
)
def test_the_shipped_tables(nlp, form, tag, lemma):
    encoder = nlp.get_pipe("kgraph_encoder")
    assert isinstance(encoder, Encoder)
    upos = {"V": "VERB", "N": "NOUN", "J": "ADJ"}[tag[0]]
    assert encoder.model.morphology.lemma(form, tag, upos) == lemma

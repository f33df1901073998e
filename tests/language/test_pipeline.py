"""The shipped pipeline on plain sentences, read as a user reads a `Doc`."""

import subprocess
import sys
import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.matcher import DependencyMatcher

from kgraph.language import UnsuitablePipeline, check_pipeline, load

ARTICLE = """Town loses its finance chief

Cllr Mary-Anne Smith-Jones, the leader of Medway Council, said on Tuesday that Rehana Azam had quit. "It is a great
shame," she added.

A report by the Local Government Association was published in May. It criticised NORTH WARD HOMES LTD.
"""


def annotations(doc):
    return [
        (t.text, t.tag_, t.pos_, t.lemma_, str(t.morph), t.head.i, t.dep_, t.is_sent_start, t.ent_iob_, t.ent_type_)
        for t in doc
    ]


def names(doc, label):
    return {e.text for e in doc.ents if e.label_ == label}


def test_annotates_a_plain_sentence(nlp):
    doc = nlp("The council has appointed three commissioners.")
    assert [t.tag_ for t in doc] == ["DT", "NN", "VBZ", "VBN", "CD", "NNS", "."]
    assert [t.pos_ for t in doc] == ["DET", "NOUN", "AUX", "VERB", "NUM", "NOUN", "PUNCT"]
    assert [t.lemma_ for t in doc] == ["the", "council", "have", "appoint", "three", "commissioner", "."]
    assert [t.dep_ for t in doc] == ["det", "nsubj", "aux", "ROOT", "nummod", "obj", "punct"]
    assert [t.head.text for t in doc] == ["council", "appointed", "appointed", "appointed", "commissioners"] + [
        "appointed"
    ] * 2
    assert doc[5].morph.get("Number") == ["Plur"]


def test_sentences(nlp):
    sentences = [s.text.strip() for s in nlp(ARTICLE).sents]
    assert sentences[0] == "Town loses its finance chief"
    assert sentences[-2:] == [
        "A report by the Local Government Association was published in May.",
        "It criticised NORTH WARD HOMES LTD.",
    ]


def test_names(nlp):
    doc = nlp(ARTICLE)
    assert {"Mary-Anne Smith-Jones", "Rehana Azam"} <= names(doc, "PERSON")
    assert {"Medway Council", "Local Government Association", "NORTH WARD HOMES LTD"} <= names(doc, "ORG")


@pytest.mark.parametrize("change", [str.upper, str.lower])
def test_names_do_not_hang_on_case(nlp, change):
    text = "Margaret Thompson has resigned from Leeds City Council after a dispute with Greater Manchester Police."
    found = {e.text.lower(): e.label_ for e in nlp(change(text)).ents}
    assert found.get("margaret thompson") == "PERSON"
    assert found.get("leeds city council") == "ORG"


def test_a_common_noun_in_lower_case_is_no_name(nlp):
    doc = nlp("The council told Kent County Council that its trust, the ombudsman and the cabinet had met.")
    tags = {t.text: t.tag_ for t in doc}
    assert not {tags[w] for w in ("council", "trust", "ombudsman", "cabinet")} & {"NNP", "NNPS"}
    assert {tags[w] for w in ("Kent", "County", "Council")} == {"NNP"}
    assert [e.text for e in doc.ents] == ["Kent County Council"]


def test_noun_chunks_matcher_and_displacy(nlp):
    doc = nlp("The new leader of the council was criticised by angry residents.")
    assert [c.text for c in doc.noun_chunks] == ["The new leader", "the council", "angry residents"]
    matcher = DependencyMatcher(nlp.vocab)
    agent = {
        "LEFT_ID": "verb",
        "REL_OP": ">",
        "RIGHT_ID": "agent",
        "RIGHT_ATTRS": {"DEP": {"IN": ["obl:agent", "obl"]}},
    }
    matcher.add("passive", [[{"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "criticise"}}, agent]])
    ((_, (verb, by)),) = matcher(doc)
    assert (doc[verb].text, doc[by].text) == ("criticised", "residents")
    assert "residents" in displacy.render(doc, style="dep")


def test_each_sentence_is_one_tree(nlp):
    for sentence in nlp(ARTICLE * 3).sents:
        assert [t.dep_ for t in sentence].count("ROOT") == 1
        assert all(t.head.sent == sentence for t in sentence)


def test_a_long_paragraph_is_read_to_its_end(nlp):
    text = "Inspectors visited the home in Whitby and spoke to Karen Hughes about it. " * 150
    doc = nlp(text)
    assert len(list(doc.sents)) == 150
    assert sum(e.text == "Karen Hughes" for e in doc.ents) == 150


def test_a_sentence_without_end_is_read_to_its_end(nlp):
    doc = nlp("the officers and the members and " * 400)
    assert len([t for t in doc if t.dep_]) == len(doc)
    assert doc[-1].tag_ and doc[len(doc) // 2].tag_


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_annotated_without_loss(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert all(t.tag_ and t.dep_ and t.lemma_ for t in doc)
    assert "".join(s.text_with_ws for s in doc.sents) == text


def test_the_batch_does_not_matter(nlp):
    texts = [ARTICLE, "A short one.", ARTICLE[:200], "", "CAPITALS AT BARNET HOMES"] * 2
    alone = [annotations(nlp(t)) for t in texts]
    assert [annotations(d) for d in nlp.pipe(texts, batch_size=3)] == alone
    backwards = [annotations(d) for d in nlp.pipe(reversed(texts))]
    assert backwards[::-1] == alone


def test_another_process_gives_the_same(nlp):
    script = (
        "import sys; from kgraph.language import load\n"
        "print([(t.text, t.tag_, t.lemma_, t.head.i, t.dep_, t.ent_type_) for t in load()(sys.stdin.read())])"
    )
    run = subprocess.run([sys.executable, "-c", script], input=ARTICLE, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str([(t.text, t.tag_, t.lemma_, t.head.i, t.dep_, t.ent_type_) for t in nlp(ARTICLE)])


@pytest.mark.benchmark
def test_loads_in_two_seconds(nlp):
    began = time.perf_counter()
    load()
    assert time.perf_counter() - began < 2


def test_runs_without_torch(nlp):
    script = (
        "import sys; sys.modules['torch'] = None; from kgraph.language import load; print(load()('Hello.')[0].tag_)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == nlp("Hello.")[0].tag_


def test_the_shipped_pipeline_is_suitable(nlp):
    check_pipeline(nlp)


def test_others_are_refused_with_what_they_lack(tmp_path):
    with pytest.raises(UnsuitablePipeline, match="no such spaCy pipeline"):
        load("en_no_such_pipeline")
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    blank.to_disk(tmp_path / "blank")
    with pytest.raises(UnsuitablePipeline, match="tags, lemmas, dependencies, names of people"):
        load(str(tmp_path / "blank"))
    with pytest.raises(UnsuitablePipeline, match="'de'"):
        check_pipeline(spacy.blank("de"))

"""Scores that a document keeps beside spaCy's attributes."""

from __future__ import annotations

import math

import numpy as np
import pytest
import spacy

from kgraph.language import wordscores


@pytest.fixture
def doc():
    return spacy.blank("en")("She denied it  twice.")


def test_a_stance_is_as_likely_as_the_mean_of_its_words_says(doc):
    wordscores.keep(doc, "stances", ["denies", "states"], np.array([[0, 0], [2, 0], [0, 0], [9, 0], [0, 2], [0, 0]]))
    likely = wordscores.stances(doc[1:5])  # of which one is white space
    assert likely["denies"] == pytest.approx(math.log(0.5)) == likely["states"]


def test_no_stance_is_out_of_the_question(doc):
    wordscores.keep(doc, "stances", ["denies", "states"], np.array([[50, 0]] * len(doc)))
    assert wordscores.stances(doc[:2]) == {"denies": 0.0, "states": -4.0}


def test_without_words_or_scores_nothing_is_said(doc):
    assert wordscores.stances(doc[1:3]) == {} and wordscores.chances(doc, "meets") is None
    wordscores.keep(doc, "stances", ["denies"], np.zeros((len(doc), 1)))
    assert wordscores.stances([]) == {} == wordscores.stances([t for t in doc if t.is_space])


def test_chances_are_of_one_relation(doc):
    wordscores.keep(doc, "facts", ["meets", "funds"], np.array([[0.1, 0.9]] * len(doc), np.float32))
    chances = wordscores.chances(doc, "funds")
    assert chances is not None and chances.tolist() == pytest.approx([0.9] * len(doc))
    assert wordscores.chances(doc, "rates") is None

"""Names from scores, against trying every sequence of labels."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kgraph.language.names import OUTSIDE, agree, best_labels, join_neighbours, spans

OUT, PERSON, PERSON_ON, ORG, ORG_ON = range(5)


def legal(words, labels):
    for i, label in enumerate(labels):
        before = labels[i - 1] if i else OUT
        after = labels[i + 1] if i + 1 < len(labels) else OUT
        goes_on = label in (PERSON_ON, ORG_ON)
        if goes_on and before not in (label, label - 1):
            return False
        if words[i] == "of" and label and (not goes_on or after != label):
            return False
    return True


@given(
    st.lists(st.sampled_from(["of", "Kent"]), min_size=1, max_size=5),
    arrays(np.float32, (5, 5), elements=st.floats(-20, 20, width=16)),
)
def test_no_legal_labels_score_higher(words, scores):
    scores = scores[: len(words)]
    found = best_labels(words, scores)
    rows = np.arange(len(words))
    assert legal(words, found.tolist())
    scores[:, OUT] -= OUTSIDE
    best = max(scores[rows, list(c)].sum() for c in itertools.product(range(5), repeat=len(words)) if legal(words, c))
    assert scores[rows, found].sum() == pytest.approx(best, abs=1e-3)


def test_no_name_has_to_be_likelier_than_one_type_by_a_margin():
    chances = np.log(np.array([[0.36, 0.04, 0.02, 0.34, 0.24], [0.30, 0.05, 0.05, 0.05, 0.27]], np.float32))
    assert best_labels(["Kent", "Media"], chances).tolist() == [ORG, ORG_ON]
    assert best_labels(["Kent"], np.log(np.array([[0.5, 0.2, 0.0, 0.3, 0.0]]) + 1e-9)).tolist() == [OUT]


def test_spans_of_neighbouring_names():
    assert spans(np.array([PERSON, PERSON_ON, PERSON, OUT, ORG, ORG_ON])) == [(0, 2), (2, 3), (4, 6)]


def test_people_that_touch_are_one():
    labels = np.array([PERSON, PERSON, PERSON_ON, OUT, ORG, ORG])
    assert join_neighbours(labels, PERSON).tolist() == [PERSON, PERSON_ON, PERSON_ON, OUT, ORG, ORG]


def test_a_name_has_one_type_in_a_text():
    words = ["Kirklees", "said", "Kirklees", "and", "Kirklees"]
    scores = np.full((5, 5), -9.0, np.float32)
    scores[0, [ORG, PERSON]] = -0.1, -3.0  # plainly a body here
    scores[2, [ORG, PERSON]] = -0.2, -2.0
    scores[4, [ORG, PERSON]] = -0.8, -0.7  # and here it might be a person
    labels = np.array([ORG, OUT, ORG, OUT, PERSON])
    assert agree(words, labels, scores).tolist() == [ORG, OUT, ORG, OUT, ORG]


def test_other_names_keep_their_type():
    words = ["Kirklees", "sued", "Ann", "Kirklees"]
    scores = np.zeros((4, 5), np.float32)
    labels = np.array([ORG, OUT, PERSON, PERSON_ON])
    assert agree(words, labels, scores).tolist() == labels.tolist()

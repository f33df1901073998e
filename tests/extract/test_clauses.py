"""Clauses against GUM's enhanced dependencies: who is subject and object of which verb, as its annotators have it."""

from collections import Counter

import pytest

from kgraph.extract.clauses import AGENT, PATIENT, THEME, clauses
from tests import gum

pytestmark = pytest.mark.skipif(not gum.FOLDER.exists(), reason="needs the shared folder")


def enhanced_arguments(sentence):
    """(function, predicate, argument) that the enhanced graph states; relative pronouns stand for their nouns."""
    doc, found = sentence.doc, set()
    for i, edges in enumerate(sentence.enhanced):
        if doc[i].tag_ in ("WDT", "WP", "WP$", "WRB"):
            continue
        for head, label in edges:
            base, _, subtype = label.partition(":")
            if head < 0 or label == "nsubj:outer":
                continue
            if base == "nsubj":
                found.add(("patient" if "pass" in subtype else "subject", head, i))
            elif base == "obj":
                found.add(("patient", head, i))
            elif label.startswith("obl:agent"):
                found.add(("subject", head, i))
    return found


def our_arguments(sentence):
    names = {AGENT: "subject", THEME: "subject", PATIENT: "patient"}
    return {
        (names[a.function], clause.token.i, a.token.i)
        for clause in clauses(sentence.doc)
        for a in clause.arguments
        if a.function in names
    }


def compare(documents):
    count = Counter()
    errors = []
    for name in documents:
        for sentence in gum.sentences(name):
            ours, truth = our_arguments(sentence), enhanced_arguments(sentence)
            predicates = {clause.token.i for clause in clauses(sentence.doc)}
            # Reduced participles ("the report published in May") have no edge to their noun in the enhanced graph.
            reduced = {t.i for t in sentence.doc if t.dep_ in ("acl", "advcl", "parataxis")}
            ours = {x for x in ours if x[1] not in reduced}
            truth = {x for x in truth if x[1] in predicates and x[1] not in reduced}
            count["right"] += len(ours & truth)
            count["false"] += len(ours - truth)
            count["missed"] += len(truth - ours)
            errors += [
                (k, x, sentence.doc) for k, xs in (("false", ours - truth), ("missed", truth - ours)) for x in xs
            ]
    return count, errors


def test_subjects_and_objects_are_those_of_the_enhanced_graph():
    count, _ = compare(gum.documents("dev"))
    precision = count["right"] / (count["right"] + count["false"])
    recall = count["right"] / (count["right"] + count["missed"])
    # What is false here is mostly what the enhanced graph leaves out: gaps of relatives without a pronoun
    # ("the report he wrote"), adjectives as complements ("remains unclear").
    assert precision > 0.91
    assert recall > 0.97

import random

from kgraph.language.training.augment import NameLists, fragments, replace_names
from kgraph.language.training.corpora import Sentence

LISTS = NameLists(
    forenames=["Olivia"],
    surnames=["Barnby", "Okafor"],
    bodies=[["Dunmere Borough Council"], ["Green Party"]],
    endings=["Gazette"],
    places=["Dunmere"],
    corpora={"PERSON": [("Jared", "Padalecki")], "ORG": [("Globe", "and", "Mail")], "PLACE": [("Kent",)]},
)
SENTENCE = Sentence(
    ("Mr.", "Ada", "Lovelace", "left", "Acme", "for", "Rome", "."),
    names=((1, 3, "PERSON"), (4, 5, "ORG"), (6, 7, "PLACE")),
)

WHOLE = {"Ada": "Ada Lovelace", "Lovelace": "Ada Lovelace", "Acme": "Acme", "Rome": "Rome"}


def test_replaced_names_stand_where_the_spans_say():
    for seed in range(200):
        found = replace_names(SENTENCE, LISTS, random.Random(seed), british=0.7)
        texts = {(" ".join(found.words[b:e]), kind) for b, e, kind in found.names or ()}
        for text, kind in texts:
            if kind == "PLACE":
                assert text in {"Rome", "Dunmere", "Kent"}
            if kind == "PERSON":
                assert text.split()[-1] in {"Lovelace", "Barnby", "Okafor", "Padalecki"}
                assert not text.startswith(("Mr", "Cllr", "Dr"))
        kept = [w for i, w in enumerate(found.words) if not any(b <= i < e for b, e, _ in found.names or ())]
        assert kept[0] == "Mr." and kept[-1] == "." and "left" in kept and "for" in kept


def test_fragments_cut_no_name():
    seen = set()
    for seed in range(100):
        for piece in fragments([SENTENCE], random.Random(seed)):
            texts = {(" ".join(piece.words[b:e]), kind) for b, e, kind in piece.names or ()}
            assert texts and texts <= {("Ada Lovelace", "PERSON"), ("Acme", "ORG"), ("Rome", "PLACE")}
            assert all((w in piece.words) == (name in {t for t, _ in texts}) for w, name in WHOLE.items())
            seen.add(len(piece.words))
    assert min(seen) <= 2 < max(seen)

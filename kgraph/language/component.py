"""The spaCy component `kgraph_encoder`: writes the model's analysis into a `Doc`.

Tags are Penn Treebank, parts of speech and dependencies Universal Dependencies v2
(https://universaldependencies.org/en/), names PERSON, ORG and PLACE. The root of a sentence carries `ROOT`, as in
spaCy's own pipelines, not UD's `root`. A token of white space hangs on the word before it as `dep`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IS_SPACE, LEMMA, MORPH, ORTH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.tokens import Doc, Span

from kgraph.language import wordscores
from kgraph.language.layout import paragraph_starts
from kgraph.language.model import Model

NAME_TYPES = ("PERSON", "ORG", "PLACE")
_ATTRIBUTES = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]


class Encoder:
    """See the module. Made by `nlp.add_pipe("kgraph_encoder", config={"model": FOLDER})`."""

    def __init__(self, nlp: Language, model: Path) -> None:
        self.model = Model(model)
        nlp.vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # the stub has it return Spans
        strings = nlp.vocab.strings
        self._strings = strings
        self._morphology = nlp.vocab.morphology
        self._tags = np.array([strings.add(t) for t in self.model.tags], np.uint64)
        self._upos = np.array([POS_IDS[u] for u in self.model.upos], np.uint64)
        self._relations = np.array([strings.add("ROOT" if r == "root" else r) for r in self.model.relations], np.uint64)
        kinds = [strings.add(name.partition("-")[2]) for name in self.model.names[1:]]
        self._kinds = np.array([0, *kinds], np.uint64)
        self._iob = np.array([2] + [3 if name[0] == "B" else 1 for name in self.model.names[1:]], np.uint64)
        self._space = strings.add("_SP"), POS_IDS["SPACE"], strings.add("dep")
        self._words: dict[tuple[str, int, int], tuple[int, int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        if not len(doc):
            return doc
        space = doc.to_array(IS_SPACE) != 0
        index = np.flatnonzero(~space)
        values = np.zeros((len(doc), len(_ATTRIBUTES)), np.uint64)
        heads = np.arange(-1, len(doc) - 1)  # for white space: the token before
        heads[0] = int(index[0]) if len(index) else 0
        values[:, 0], values[:, 1], values[:, 5] = self._space
        values[:, 3] = doc.to_array(ORTH)
        values[:, 6] = 2
        if len(index):
            words = [doc[i].text for i in index.tolist()]
            number = np.zeros(len(doc), np.int64)
            number[index] = np.arange(len(index))
            found = self.model.analyse(words, number[paragraph_starts(doc)].tolist())
            values[index, 0] = self._tags[found.tags]
            values[index, 1] = self._upos[found.upos]
            values[index, 2:4] = [
                self._word(*key) for key in zip(words, found.tags.tolist(), found.upos.tolist(), strict=True)
            ]
            heads[index] = index[found.heads]
            values[index, 5] = self._relations[found.relations]
            values[index, 6] = self._iob[found.names]
            values[index, 7] = self._kinds[found.names]
            for what, scores in found.scores.items():
                spread = np.zeros((len(doc), scores.shape[1]), np.float32)
                spread[index] = scores
                wordscores.keep(doc, what, self.model.scored[what], spread)
        for i in (np.flatnonzero(space[1:] & space[:-1]) + 1).tolist():  # white space after white space
            heads[i] = heads[i - 1]
        inside = len(doc)
        for i in range(len(doc) - 1, -1, -1):  # white space between the words of a name belongs to it
            if not doc[i].is_space:
                inside = i
            else:
                within = inside < len(doc) and values[inside, 6] == 1
                values[i, 6:8] = values[inside, 6:8] if within else (2, 0)
        values[:, 4] = (heads - np.arange(len(doc))).astype(np.uint64)
        return doc.from_array(_ATTRIBUTES, values)  # type: ignore[arg-type]  # attributes are unsigned

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Documents one by one: a batch shared between texts would be no faster, and would change their results."""
        yield from map(self, docs)

    def _word(self, word: str, tag: int, upos: int) -> tuple[int, int]:
        """Keys of the features and the lemma of a word."""
        found = self._words.get((word, tag, upos))
        if found is None:
            names = self.model.tags[tag], self.model.upos[upos]
            feats = self._morphology.add(self.model.morphology.feats(word, *names))
            found = feats, self._strings.add(self.model.morphology.lemma(word, *names))
            if len(self._words) > 200_000:
                self._words.clear()
            self._words[word, tag, upos] = found
        return found


@Language.factory(
    "kgraph_encoder",
    default_config={"model": ""},
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.head",
        "token.dep",
        "doc.sents",
        "doc.ents",
    ],
)
def create(nlp: Language, name: str, model: str) -> Encoder:
    return Encoder(nlp, Path(model))


_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_LEFT = frozenset({"det", "det:predet", "amod", "nummod", "compound", "nmod:poss", "nmod:desc", "flat"})
_RIGHT = frozenset({"flat", "goeswith", "compound", "nummod"})


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Base noun phrases by UD relations, for `Doc.noun_chunks`: (first token, end, label)."""
    label = doclike.vocab.strings.add("NP")
    done = -1
    for word in doclike:
        if word.pos_ not in _NOMINAL or word.dep_ in ("compound", "flat", "nmod:desc", "goeswith") or word.i <= done:
            continue
        start = min([word.i, *(c.left_edge.i for c in word.lefts if c.dep_ in _LEFT)])
        end = max([word.i, *(c.right_edge.i for c in word.rights if c.dep_ in _RIGHT)])
        start = max(start, done + 1)
        while start < word.i and doclike.doc[start].is_punct:
            start += 1
        yield start, end + 1, label
        done = end

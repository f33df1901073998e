"""The plain forms of verbs that a lemmatiser trained on other texts gets wrong: "axed" is of "axe".

Frames ask for plain forms. Where a verb's is none that they know, but an ending taken off by the rules of English
spelling (Quirk et al., A Comprehensive Grammar of the English Language, 1985, 3.5–10) gives one that they do, it is
that one.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kgraph.extract.frames import verbs_of_frames
from kgraph.ontology import Ontology

_ENDINGS = ("ed", "ing", "es", "s", "d")


def mend_lemmas(doc: Doc, ontology: Ontology) -> None:
    """Corrects the lemmas of a document's verbs, in place."""
    known = verbs_of_frames(ontology)
    for token in doc:
        if token.pos_ == "VERB" and token.lemma_.lower() not in known:
            plain = next((form for form in _plain(token.lower_) if form in known), None)
            if plain is not None:
                token.lemma_ = plain


def _plain(word: str) -> Iterator[str]:
    """What a verb form may be of: "axed" of "axe", "planning" of "plan", "denies" of "deny", "sells" of "sell".

    >>> list(_plain("scrapping"))
    ['scrapping', 'scrappe', 'scrapp', 'scrap']
    """
    for ending in ("", *_ENDINGS):
        if not word.endswith(ending) or len(word) - len(ending) < 2:
            continue
        stem = word[: len(word) - len(ending)]
        if ending in ("ed", "ing"):
            yield f"{stem}e"
        yield stem
        if ending in ("ed", "ing") and stem[-1] == stem[-2]:
            yield stem[:-1]
        if ending in ("ed", "es") and stem.endswith("i"):
            yield f"{stem[:-1]}y"

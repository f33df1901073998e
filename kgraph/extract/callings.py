"""What people do for a living, told beside their names: "Ann Other, a retired midwife", "bus driver Ken Hill".

A calling is held as a role is, but of no body. Which nouns are callings is data: `callings` of `registers/roles.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kgraph.extract.chunks import entity_at
from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.reading import Mention, Reading, per_reading
from kgraph.extract.tree import tree
from kgraph.facts import Fact

EXTRACTOR = "callings"
_CONFIDENCE = 0.8
_FORMER = "former"
_AGE = re.compile(r",(?:aged)?\d\d,?")
_PARTS = frozenset({"compound", "amod"})


def extract_callings(reading: Reading) -> Iterator[Fact]:
    """Facts of `holds-role` for callings."""
    lexicon = load_lexicon(reading.ontology.folder)
    for noun, person, was in (*((n, p, False) for n, p in nouns_beside_names(reading)), *_predicated(reading)):
        if noun.lower_ not in lexicon.callings or any(c.dep_ == "nmod" and _is_of_a_body(c) for c in noun.children):
            continue
        parts = [c for c in noun.lefts if c.dep_ in _PARTS and not c.ent_type_]
        statuses = (lexicon.role_statuses.get(c.lower_) for c in parts)
        role = " ".join(c.lower_ for c in parts if c.dep_ == "compound")
        yield reading.fact(
            "holds-role",
            {
                "person": entity_at(person),
                "role": f"{role} {noun.lower_}".strip(),
                "status": next((s for s in statuses if s is not None), _FORMER if was else None),
            },
            min(person.start, noun.left_edge.idx),
            max(person.end, noun.idx + len(noun)),
            extractor=EXTRACTOR,
            confidence=_CONFIDENCE,
        )


def _is_of_a_body(modifier: Token) -> bool:
    """Whether what follows a calling may say with whom: those are roles of that body."""
    return any(c.dep_ == "case" and c.lower_ in ("of", "at", "with") for c in modifier.children)


def _predicated(reading: Reading) -> Iterator[tuple[Token, Mention, bool]]:
    """Callings that are said of somebody, and whether in the past: "Ann Other, who was a midwife", "he is a farmer"."""
    callings = load_lexicon(reading.ontology.folder).callings
    for node in tree(reading.doc):
        if node.lower not in callings or not node.has("cop") or node.has("nmod:poss"):
            continue
        (cop, *_), subjects = node.below("cop"), node.below("nsubj")
        if not subjects or any(c.lower in ("not", "n't", "n’t", "never") for c in node.children):
            continue
        who = node.head.token if subjects[0].lower in ("who", "that") else subjects[0].token
        mention = reading.by_token.get(who.i)
        if mention is not None and mention.entity.type == "person":
            yield node.token, mention, cop.tag == "VBD"


@per_reading
def nouns_beside_names(reading: Reading) -> list[tuple[Token, Mention]]:
    """The common nouns in the singular that stand beside people's names to say who they are: "Tom Field, a sheep
    farmer", "his niece Ann Other", "retired driver Ken Hill". Without a dependency parse there are none."""
    if not reading.doc.has_annotation("DEP"):
        return []
    taken = {i for m in reading.mentions for i in range(m.start, m.end)}
    callings = load_lexicon(reading.ontology.folder).callings
    found = []
    for mention in reading.mentions:
        span = reading.doc.char_span(mention.start, mention.end) if mention.entity.type == "person" else None
        if span is None:
            continue
        name = span.root
        beside = [c for c in name.children if c.dep_ == "appos" and _adjacent(span.end, c.left_edge.i, reading.doc)]
        before = (*name.children, *((name.head,) if name.dep_ in ("appos", "flat") else ()))
        beside += [c for c in before if c.i < span.start and _adjacent(c.i + 1, span.start, reading.doc)]
        for noun in beside:
            # "a director of the company, Ann Other"
            cased = noun.dep_ == "nmod" if noun == name.head else any(c.dep_ == "case" for c in noun.children)
            common = noun.tag_ == "NN" or noun.lower_ in callings  # "GP" has a proper noun's letters
            if common and noun.idx not in taken and not noun.ent_type_ and not cased:
                found.append((noun, mention))
    return found


def _adjacent(end: int, start: int, doc: Doc) -> bool:
    """Whether words that end at one place stand right before those that start at another, a comma or age aside."""
    between = "".join(t.text for t in doc[end:start])
    return between == "," or (between == "" and doc[start].text != "(") or _AGE.fullmatch(between) is not None

"""Places that stand for the body that governs them: "Sefton said", "a director at Sefton", "Sefton, the council that".

A place in a place's part stays one: "in Sefton", "Sefton has long beaches".
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kgraph.extract.lexicon import Lexicon
from kgraph.extract.reading import Mention
from kgraph.language.texts import text_of
from kgraph.resolve.apposition import introductions
from kgraph.resolve.territories import Territories

_THE = re.compile(r"\b[Tt]he (\w+)")
# What places do as well as bodies.
_PLACES_DO = frozenset(
    """be have see lie sit face host boast become get remain need suffer enjoy stand stretch border rank grow
    experience witness receive deserve win lose include contain come go""".split()
)

# What is done to bodies, and not to places: "Northby was rated inadequate".
_DONE_TO = frozenset(
    """rate judge grade fine order tell ask urge warn accuse criticise praise instruct sue downgrade upgrade inspect
    investigate audit reprimand censure advise inform place""".split()
)


# What is said of bodies, and not of places: "Northby could not become financially sustainable".
_SAID_OF = frozenset("sustainable solvent insolvent bankrupt viable compliant accountable overspent".split())


def bodies_for_places(doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """The mentions, with the governing body instead of the place where a place stands for it.

    That it has one the text must say: it names the body, calls the place one, or names none of its kind and speaks of
    "the council" all the same.
    """
    places = [m for m in mentions if m.entity.type == "place"]
    if not places:
        return list(mentions)
    text = text_of(doc)
    territories = Territories((m.entity for m in mentions), lexicon)
    named = {m.entity for m in mentions}
    called = {
        i.mention
        for i in introductions(text, places, lexicon)
        if lexicon.governs in lexicon.nominals.get(i.noun)[0].types
    }
    unnamed = not any(e.type == lexicon.governs for e in named) and _speaks_of_one(text, lexicon)
    offices = lexicon.role_heads if unnamed else None
    found = []
    for mention in mentions:
        if mention.entity.type == "place":
            entity = territories.governing(mention.entity.text)
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if mention in called or (unnamed and span is not None and _acts(span, offices)):
                entity = territories.standing_for(mention.entity.text)
            elif span is None or entity not in named or not (_acts(span, offices) or _has(span, lexicon)):
                entity = None
            if entity is not None:
                mention = replace(mention, entity=entity, reason="a place that stands for its authority")
        found.append(mention)
    return found


def _speaks_of_one(text: str, lexicon: Lexicon) -> bool:
    """Whether a text says "the council", of whichever."""
    nouns = {after.lower() for after in _THE.findall(text)}
    found = (noun for word in nouns for noun in lexicon.nominals.get(word))
    return any(noun.types == (lexicon.governs,) and not noun.area for noun in found)


def _acts(place: Span, offices: Container[str] | None) -> bool:
    """Whether a place does what bodies do, or somebody is "at" it: at towns things happen, but offices are held.

    offices  the words for offices, where nothing else tells that a place is a body: no "footbridge at Mill Lane"
    """
    doc: Doc = place.doc
    name: Token = place.root
    before = doc[place.start - 1] if place.start else None
    case = _case(name)
    if case == "at" or (before is not None and before.lower_ == "at"):  # "at troubled Northby"
        holder = name.head
        return offices is None or holder.lower_ in offices or holder.lemma_.lower() in offices
    if before is not None and before.pos_ == "PROPN":
        return False  # "Age UK Northby"
    verb = name.head
    if (
        before is not None and before.lower_ == "by" and before.head == name
    ):  # "rejected by Sefton", "a refusal by Sefton"
        return verb.tag_ == "VBN" or (verb.tag_ in ("NN", "NNS") and verb.i < name.i)
    if place.end < len(doc) and doc[place.end].lower_ == "must":  # duties are a body's
        return True
    behind = max(place.end, name.right_edge.i + 1)  # "Sefton, which has long beaches, said"
    nearest = next((t for t in doc[behind : name.sent.end] if t.pos_ in ("VERB", "AUX")), None)
    if verb.lemma_.lower() in _DONE_TO and name.dep_ in ("nsubj:pass", "obj", "iobj"):
        return True
    if name.dep_ == "obj" and verb.lemma_.lower() == "turn" and _has_child(verb, ("round", "around")):
        return True  # "had not turned Northby round"
    if name.dep_.startswith("nsubj") and (verb.lower_ in _SAID_OF or _has_child(verb, _SAID_OF)):
        return True
    if name.dep_ == "compound" and verb.tag_ == "VBZ" and verb.i == place.end:  # "Ashby Vale scraps bonus"
        return verb.lemma_.lower() not in _PLACES_DO
    if case in ("", "for") and (plan := _plan(place)) is not None:
        return plan.lemma_.lower() not in _PLACES_DO
    if name.dep_ != "nsubj" or verb.pos_ != "VERB" or nearest is None or verb not in (nearest, nearest.head):
        return False
    return verb.lemma_.lower() not in _PLACES_DO


def _has_child(verb: Token, words: Container[str]) -> bool:
    return any(c.lower_ in words for c in verb.children)


_BEFORE = 4  # words of a name's phrase before it, its preposition among them


def _case(name: Token) -> str:
    """The preposition before a name; none for a subject or an owner."""
    before = name.doc[max(0, name.i - _BEFORE) : name.i]
    return next((t.lower_ for t in reversed(before) if t.dep_ == "case" and t.head == name), "")


def _plan(place: Span) -> Token | None:
    """The verb for what somebody is to do: "Northby to sell baths", "Northby is to sell its baths"."""
    behind = [t for t in place.doc[place.end : place.end + 3] if t.lower_ != "is"]
    return behind[1] if len(behind) > 1 and behind[0].tag_ == "TO" and behind[1].tag_ == "VB" else None


def _has(place: Span, lexicon: Lexicon) -> bool:
    """Whether a place has what only bodies have, is spoken for, or is said to be one of them: "Northby's accounts",
    "a spokesman for Northby", "Northby became a unitary authority"."""
    doc, name, head = place.doc, place.root, place.root.head
    if name == head:
        return False
    case = _case(name)
    if (name.dep_ in ("nmod:poss", "compound") and not case) or case in ("of", "to", "into"):
        # "Northby children's services"
        owned = [head, *([head.head] if head.dep_ in ("nmod:poss", "compound") else ())]
        nouns = (noun for t in owned for noun in (t.lower_, doc[t.i - 1 : t.i + 1].text.lower()))
        return any(lexicon.possessions.get(noun) for noun in nouns)
    if case == "against":
        return True  # "a report against Northby"
    if case == "for" and not any(t.dep_ == "det" for t in doc[name.i - 2 : name.i]):
        office = lexicon.role_heads.get(head.lower_)
        return office is not None and not office.representative
    if name.dep_ != "nsubj":
        return False
    said = [head, *(c for c in head.children if c.dep_ in ("xcomp", "obj"))] if head.lemma_ == "become" else [head]
    return any(
        noun.types[0] == lexicon.governs and not noun.area for t in said for noun in lexicon.nominals.get(t.lower_)
    )

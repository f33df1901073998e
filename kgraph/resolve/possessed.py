"""Whose a body is: "his party", "her service", "X, whose council" to the one that the text gives this person; and the
party in the name of its group ("the Labour group")."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set

from spacy.tokens import Token

from kgraph.extract.clauses import universal
from kgraph.extract.lexicon import Lexicon, load_lexicon
from kgraph.extract.membership import members
from kgraph.extract.reading import Mention, Reading, per_reading
from kgraph.extract.roles import holdings, marked_rows
from kgraph.extract.tree import tree
from kgraph.facts import Entity
from kgraph.resolve.nominals import kind_of

_FORMER = "former"


def resolve_possessed(reading: Reading) -> Iterator[Mention]:
    """Mentions at common nouns with a possessive that means a person, for the body of that person. The reading must
    have its pronouns. Needs a dependency parse; without one there are none."""
    lexicon = load_lexicon(reading.ontology.folder)
    unnamed: dict[Entity, int] = {}
    for node in tree(reading.doc):
        if node.label != "nmod:poss" or not lexicon.nominals.get(node.head.lower):
            continue
        token, noun = node.token, node.head.token
        owner = reading.by_token.get(_antecedent(token).i)
        if owner is None or owner.entity.type != "person" or noun.i in reading.by_token or noun.tag_ != "NN":
            continue
        if any(c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN" and c.i < noun.i for c in noun.children):
            continue  # "whose Saltmarsh First group": it has a name
        fitting = [b for b in bodies_of(reading).get(owner.entity, ()) if _may_be(b, noun.lower_, lexicon)]
        if not fitting:  # of whom no body is told: the only one that the text names
            named = {m.entity: None for m in reading.mentions if m.entity.type in lexicon.subjects}
            fitting = [b for b in named if _may_be(b, noun.lower_, lexicon)]
        if not fitting and noun.lower_ in lexicon.group_words:
            fitting = [g for b in bodies_of(reading).get(owner.entity, ()) if (g := _group_of(b, noun.lower_, reading))]
            for group in fitting:
                unnamed.setdefault(group, noun.i)
        if len(fitting) == 1:
            yield _mention(noun, fitting[0], f"{owner.entity.text}'s {noun.lower_}")
    # "Tory Ann Other said her group … The group voted"
    if len(unnamed) == 1:
        named_from = min((m.start for m in reading.mentions if m.entity.type == "group"), default=math.inf)
        ((group, since),) = unnamed.items()
        for token in _bare(reading, lexicon.group_words):
            if since < token.i and token.idx < named_from:
                yield _mention(token, group, f"the {token.lower_}")


def _mention(noun: Token, body: Entity, reason: str) -> Mention:
    return Mention(noun.idx, noun.idx + len(noun), noun.text, body, f"nominal: {reason}")


def _group_of(party: Entity, noun: str, reading: Reading) -> Entity | None:
    """The group of a party's members that no text names otherwise, called after it: of Labour "Labour group"."""
    if party.type != "party":
        return None
    lexicon = load_lexicon(reading.ontology.folder)
    words = {m.text for m in reading.mentions if m.entity == party} - lexicon.party_abbreviations
    adjective = min(words, key=lambda w: (w.endswith("s"), -len(w), w), default=party.text)
    return Entity(f"{adjective} {noun}", "group")


def _bare(reading: Reading, nouns: Set[str]) -> Iterator[Token]:
    """Where one of these nouns stands with "the" before it and no other word that says which is meant."""
    for node in tree(reading.doc):
        if node.lower in nouns and node.tag == "NN" and node.token.i not in reading.by_token:
            token = node.token
            beside = [c for c in token.children if c.dep_ not in ("det", "punct", "case")]
            the = token.i > 0 and reading.doc[token.i - 1].lower_ == "the"
            if the and not beside and universal(token) not in ("compound", "nmod"):
                yield token


def _antecedent(possessive: Token) -> Token:
    """The pronoun or name itself; of "whose" what its clause says more of."""
    if possessive.lower_ == "whose":
        clause = next((a for a in possessive.ancestors if a.dep_ == "acl:relcl"), None)
        return clause.head if clause is not None else possessive
    return possessive


@per_reading
def bodies_of(reading: Reading) -> Mapping[Entity, dict[Entity, None]]:
    """The bodies that each person belongs to or holds an office of."""
    found: dict[Entity, dict[Entity, None]] = defaultdict(dict)
    for row in marked_rows(reading):
        for person, group, status, _, _ in members(row, reading):
            if status != _FORMER:
                found[person.entity][Entity(group.text, group.type, group.id)] = None
        for h in holdings(row, reading):
            if h.role.org is not None and h.status != _FORMER:
                found[h.person.entity][Entity(h.role.org.text, h.role.org.type, h.role.org.id)] = None
    return found


def _may_be(body: Entity, noun: str, lexicon: Lexicon) -> bool:
    (known, *_) = lexicon.nominals.get(noun)
    kind = kind_of(body.text, lexicon)
    return body.type in known.types and (kind == noun or not known.named) and (kind in (None, noun, *known.kinds))


def parties_of_groups(reading: Reading) -> Iterator[Mention]:
    """The party that a group of its councillors is called after, within the mention of the group."""
    lexicon = load_lexicon(reading.ontology.folder)
    named = {m.entity.id: m.entity for m in reading.mentions if m.reason == "party"}
    for mention in reading.mentions:
        party = lexicon.party_of_group(mention.text) if mention.entity.type == "group" else None
        if party is not None:
            name = mention.text.rpartition(" ")[0]
            entity = named.get(party.id) or Entity(party.name, party.type, party.id)
            yield Mention(mention.start, mention.start + len(name), name, entity, "party: in its group's name")

"""Whose a body is: "his party", "her service", "X, whose council" to the one that the text gives this person; and the
party in the name of its group ("the Labour group")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

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
        if len(fitting) == 1:
            reason = f"nominal: {owner.entity.text}'s {noun.lower_}"
            yield Mention(noun.idx, noun.idx + len(noun), noun.text, fitting[0], reason)


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

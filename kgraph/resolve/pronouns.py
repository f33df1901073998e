"""Who a pronoun means: "she", "his", "it", "its" to the person or body a text has last put in subject place.

Candidates are weighed by `kgraph.resolve.salience`. A title that tells a person's sex ("Mrs", "Sir") excludes, and so
does a forename. Where two candidates come close, no link is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from spacy.tokens import Doc, Token

from kgraph.extract.clauses import universal
from kgraph.extract.quotes import Quote, find_quotes
from kgraph.extract.reading import Mention
from kgraph.extract.sexes import sexes_of
from kgraph.facts import Entity
from kgraph.language.texts import text_of
from kgraph.resolve.salience import Salience

_PERSONAL = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_NEUTRAL = frozenset({"it", "its", "itself"})
_SENTENCES_BACK = 4
_MARGIN = 1.25


def resolve_pronouns(doc: Doc, mentions: Sequence[Mention], sexes: Mapping[str, str]) -> tuple[Mention, ...]:
    """Mentions for those personal pronouns of the third person that can be linked, sorted by offset.

    `sexes` tells the sex ("f", "m") that names in lower case are usually given to.

    Needs a dependency parse; without one there are none.
    """
    if not doc.has_annotation("DEP"):
        return ()
    salience = Salience(doc, mentions)
    text = text_of(doc)
    sex = sexes_of(text, mentions, sexes)
    quotes = find_quotes(text)
    wanted = {doc.vocab.strings[word] for word in (*_PERSONAL, *_NEUTRAL)}
    found: list[Mention] = []
    for i, word in enumerate(doc.to_array("LOWER").tolist()):
        if word not in wanted or ((token := doc[i]).lower_ in _NEUTRAL and _expletive(token)):
            continue
        fits = _fits(token, sex, quotes)
        entity = salience.antecedent(token, fits, back=_SENTENCES_BACK, margin=_MARGIN)
        if entity is not None:
            mention = Mention(token.idx, token.idx + len(token), token.text, entity, f"pronoun: {token.lower_}")
            found.append(mention)
            salience.add(token, mention)
    return tuple(found)


def _fits(
    pronoun: Token, sex: Mapping[Entity, str], quotes: Sequence[Quote]
) -> Callable[[Token, Mention], Entity | None]:
    """Whom of those mentioned before it a pronoun may mean."""
    wanted = _PERSONAL.get(pronoun.lower_)
    inside = _quote_of(pronoun.idx, quotes)

    def fits(token: Token, mention: Mention) -> Entity | None:
        entity = mention.entity
        if (entity.type == "person") != (wanted is not None) or entity.type in ("place", None):
            return None
        if wanted is not None and sex.get(entity, wanted) != wanted:
            return None
        # Who is spoken of inside a quotation is not who speaks, and the other way round.
        if inside is not None and _quote_of(token.idx, quotes) != inside:
            return None
        return entity

    return fits


def _quote_of(offset: int, quotes: Sequence[Quote]) -> Quote | None:
    return next((q for q in quotes if q.start <= offset < q.end), None)


def _expletive(token: Token) -> bool:
    """ "It was time", "it is clear that": a pronoun that means nobody."""
    if token.dep_ == "expl":
        return True
    if universal(token) != "nsubj":
        return False
    predicate = token.head
    copula = any(child.dep_ == "cop" for child in predicate.children)
    clausal = any(universal(child) in ("ccomp", "csubj", "advcl", "xcomp", "acl") for child in predicate.children)
    return (copula and (clausal or predicate.pos_ == "ADJ")) or predicate.lemma_ in ("seem", "appear", "emerge", "rain")

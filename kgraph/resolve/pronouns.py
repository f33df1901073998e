"""Who a pronoun means: "she", "his", "it", "its" to the person or body a text has last put in subject place.

A small salience model in the manner of Lappin and Leass (1994): candidates are the entities of the sentence so far and
of the sentences before it in the paragraphs just read; subjects weigh more than other arguments, the near more than the
far. A title that tells a person's sex ("Mrs", "Sir") excludes, and so does a forename. Where two candidates come close,
no link is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Span, Token

from kgraph.extract.clauses import universal
from kgraph.extract.quotes import Quote, find_quotes
from kgraph.extract.reading import Mention
from kgraph.facts import Entity

_PERSONAL = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_NEUTRAL = frozenset({"it", "its", "itself"})
_MALE = re.compile(r"\b(?:Mr|Sir|Lord)\b\.?")
_FEMALE = re.compile(r"\b(?:Mrs|Ms|Miss|Dame|Lady|Baroness)\b\.?")
_SENTENCES_BACK = 4
_FADE = 0.6
_MARGIN = 1.25
_OWN_SUBJECT = 3.0


def resolve_pronouns(doc: Doc, mentions: Sequence[Mention], sexes: Mapping[str, str]) -> tuple[Mention, ...]:
    """Mentions for those personal pronouns of the third person that can be linked, sorted by offset.

    `sexes` tells the sex ("f", "m") that names in lower case are usually given to.

    Needs a dependency parse; without one there are none.
    """
    if not doc.has_annotation("DEP"):
        return ()
    heads = _heads(doc, mentions)
    text = doc.text
    sex = _sexes(text, mentions, sexes)
    quotes = find_quotes(text)
    sentences = list(doc.sents)
    wanted = {doc.vocab.strings[word] for word in (*_PERSONAL, *_NEUTRAL)}
    pronouns = [i for i, word in enumerate(doc.to_array("LOWER").tolist()) if word in wanted]
    found: list[Mention] = []
    for number, sentence in enumerate(sentences):
        while pronouns and pronouns[0] < sentence.end:
            token = doc[pronouns.pop(0)]
            word = token.lower_
            if word in _NEUTRAL and _expletive(token):
                continue
            entity = _antecedent(token, sentences[max(0, number - _SENTENCES_BACK) : number + 1], heads, sex, quotes)
            if entity is not None:
                mention = Mention(token.idx, token.idx + len(token), token.text, entity, f"pronoun: {word}")
                found.append(mention)
                heads[token.i] = mention
    return tuple(found)


def _heads(doc: Doc, mentions: Sequence[Mention]) -> dict[int, Mention]:
    """Mentions by the token that heads each."""
    heads = {}
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None:
            heads[span.root.i] = mention
    return heads


def _sexes(text: str, mentions: Sequence[Mention], sexes: Mapping[str, str]) -> dict[Entity, str]:
    """What forenames and a text's titles tell of people's sex; titles, which are sure, last."""
    found: dict[Entity, str] = {}
    for mention in mentions:
        if mention.entity.type == "person" and (sex := sexes.get(mention.entity.text.split()[0].lower())):
            found[mention.entity] = sex
    for mention in mentions:
        titled = text[max(0, mention.start - 9) : mention.end] + " " + mention.entity.text
        if _MALE.search(titled):
            found[mention.entity] = "m"
        elif _FEMALE.search(titled):
            found[mention.entity] = "f"
    return found


def _antecedent(
    pronoun: Token,
    sentences: Sequence[Span],
    heads: dict[int, Mention],
    sex: dict[Entity, str],
    quotes: Sequence[Quote],
) -> Entity | None:
    wanted = _PERSONAL.get(pronoun.lower_)
    inside = _quote_of(pronoun.idx, quotes)
    weights: dict[Entity, float] = {}
    for distance, sentence in enumerate(reversed(sentences)):
        for token in sentence:
            mention = heads.get(token.i)
            if mention is None or token.i >= pronoun.i:
                continue
            entity = mention.entity
            if (entity.type == "person") != (wanted is not None) or entity.type in ("place", None):
                continue
            if wanted is not None and sex.get(entity, wanted) != wanted:
                continue
            # Who is spoken of inside a quotation is not who speaks, and the other way round.
            if _quote_of(token.idx, quotes) != inside and inside is not None:
                continue
            if _same_clause_argument(token, pronoun):
                continue
            weight = _weight(token) * (_OWN_SUBJECT if _is_own_subject(token, pronoun) else 1.0)
            weights[entity] = weights.get(entity, 0.0) + weight * _FADE**distance
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0].text))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _MARGIN * ranked[1][1]):
        return None
    return ranked[0][0]


def _weight(token: Token) -> float:
    label = universal(_outer(token))
    return {"nsubj": 2.0, "obj": 1.0, "iobj": 1.0, "ROOT": 1.0}.get(label, 0.6)


def _outer(token: Token) -> Token:
    """The head of the phrase that a name stands in apposition to or modifies: "the leader, Ann Other"."""
    while token.dep_ in ("appos", "flat", "nmod:desc", "compound", "conj") and token.head != token:
        token = token.head
    return token


def _is_own_subject(token: Token, pronoun: Token) -> bool:
    """Whether a name is the subject of a clause in whose object a possessive stands: "Ann announced her retirement"."""
    if pronoun.dep_ != "nmod:poss":
        return False
    subject = _outer(token)
    noun = pronoun.head
    while universal(noun) in ("nmod", "compound") and noun.head != noun:
        noun = noun.head
    return universal(subject) == "nsubj" and subject.head == noun.head and noun != subject


def _same_clause_argument(token: Token, pronoun: Token) -> bool:
    """Binding: "Ann told her" is not Ann, but "Ann and her deputy", "Ann said she …" may be."""
    outer = _outer(token)
    return pronoun.dep_ != "nmod:poss" and outer.head == pronoun.head and outer.dep_ != pronoun.dep_


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

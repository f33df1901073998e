"""Which body a common noun means: "the council", "the watchdog", "the firm".

One is meant whose type and name the noun fits: that the document is about, or whose own name has the noun ("the trust"
is Northby Hospitals NHS Trust), or that stands out where the noun is (`kgraph.resolve.salience`). "A council" is
somebody only before any is named, and "the council that leads it" need not be any of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from kgraph.documents import Document
from kgraph.extract.lexicon import Lexicon, Noun, phrase_key
from kgraph.extract.names import Name
from kgraph.extract.reading import Mention
from kgraph.facts import Entity
from kgraph.resolve.document import NOMINAL, subjects
from kgraph.resolve.salience import Salience
from kgraph.resolve.territories import Territories

_SENTENCES_BACK = 30
_MARGIN = 2.0
_INDEFINITE = ("a", "an")
_WITHIN = frozenset("in across around throughout within outside over of from into to near for through".split())


def resolve_nominals(
    document: Document, doc: Doc, names: Sequence[Name], mentions: Sequence[Mention], lexicon: Lexicon
) -> list[Mention]:
    """Mentions for those common nouns whose body is known. `mentions` are those of names."""
    about = subjects(document, mentions, lexicon)
    territories = Territories((m.entity for m in mentions), lexicon)
    salience = Salience(doc, mentions)
    entities = list({e: None for e in (*(m.entity for m in mentions), *about.values())})
    found = []
    for name in names:
        noun = lexicon.nominals.get(name.text)[0]
        span = doc.char_span(name.start, name.end, alignment_mode="expand")
        if span is None or _is_other(name, noun, span, lexicon):
            continue
        before = {
            m.entity
            for m in mentions
            if m.start < name.start and m.entity.type in noun.types and not document.is_furniture(m.start, m.end)
        }
        if name.title in _INDEFINITE and before:
            continue
        own = phrase_key(name.text)[-1]
        fitting = [e for e in entities if _fits(e, own, noun, lexicon)]
        ending = [e for e in fitting if kind_of(e, lexicon) == own]
        if noun.named:
            fitting = ending

        def fits(_: Token, mention: Mention, fitting: Sequence[Entity] = ending or fitting) -> Entity | None:
            entity = mention.entity
            if entity.type == "place":
                governing = territories.governing(entity.text)
                return governing if governing in fitting else None
            return entity if entity in fitting else None

        subject = about.get("")
        if subject is not None and subject in fitting and (len(ending) != 1 or kind_of(subject, lexicon) in (None, own)):
            entity: Entity | None = subject
        else:
            known = ending if len(ending) == 1 else [about[t] for t in noun.types if about.get(t) in fitting]
            entity = next((e for e in known if e in before or not noun.broad), None)
        if entity is None and name.title not in _INDEFINITE:
            entity = salience.antecedent(span[-1], fits, back=_SENTENCES_BACK, margin=_MARGIN)
        if entity is not None:
            words_ = f"{name.title} {name.text}".strip()
            mention = Mention(
                name.start, name.end, document.text[name.start : name.end], entity, f"{NOMINAL}: {words_}"
            )
            found.append(mention)
            salience.add(span[-1], mention)
    return found


def kind_of(entity: Entity, lexicon: Lexicon) -> str | None:
    """The noun for a kind of body that a body's own name ends in, or that a topic follows ("Department for Transport")."""
    words = [w.rstrip("s") if w not in lexicon.kinds else w for w in phrase_key(entity.text)]
    if not words:
        return None
    if words[-1] in lexicon.kinds:
        return words[-1]
    return next((w for w, after in zip(words, words[1:], strict=False) if w in lexicon.kinds and after in ("for", "of")), None)


def _fits(entity: Entity, own: str, noun: Noun, lexicon: Lexicon) -> bool:
    """Whether a noun may stand for a body: by its type, and as its own name calls it no other kind of body."""
    if entity.type not in noun.types:
        return False
    kind = kind_of(entity, lexicon)
    if noun.area and own not in (said := set(phrase_key(entity.text)) & lexicon.territory_kinds - noun.kinds) and said:
        return False  # "the district" is no parish council
    return not noun.kinds or kind is None or kind == own or kind in noun.kinds


def _is_other(name: Name, noun: Noun, phrase: Span, lexicon: Lexicon) -> bool:
    """Whether a phrase is no reference to a body spoken of: it says itself which it means, or it means the place."""
    doc, first, head = phrase.doc, phrase[0], phrase[-1]
    nouns = [t for t in phrase if t.tag_[:2] == "NN" and t.idx < name.end - len(name.text)]
    if any(not first.i <= t.head.i <= head.i for t in nouns):
        return True  # "a letter sent home"
    before = [t.lower_ for t in doc[max(0, first.i - 2) : first.i]]
    office = before[1:] == ["of"] and before[0] in lexicon.role_heads  # "mayor of the borough"
    if noun.area and before and before[-1] in _WITHIN and not office:
        return True
    if noun.broad and nouns:
        return True  # "the parent company"
    after = doc[head.i + 1] if head.i + 1 < len(doc) else None
    relative = any(c.dep_ == "acl:relcl" for c in head.children)
    return noun.broad and after is not None and (after.lower_ in ("of", "that", "behind", "which") or (relative and after.text != ","))

"""Which body a common noun means: "the council", "the watchdog", "the firm".

One is meant whose type and name the noun fits: that the noun stands beside ("Northby Living, the company"), that the
document is about, whose own name has the noun ("the trust" is Northby Hospitals NHS Trust) or that it once stood
beside, or that stands out where the noun is (`kgraph.resolve.salience`). "A council" is somebody only before any is
named, and "the firm that built it" need not be any of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kgraph.documents import Document
from kgraph.extract.lexicon import Lexicon, Noun, phrase_key
from kgraph.extract.names import Name
from kgraph.extract.reading import Mention
from kgraph.facts import Entity
from kgraph.resolve.apposition import introductions
from kgraph.resolve.document import NOMINAL, subjects
from kgraph.resolve.salience import Salience
from kgraph.resolve.territories import Territories

_SENTENCES_BACK = 30
_MARGIN = 1.5
_BROAD_MARGIN = 2.5
_INDEFINITE = ("a", "an")
# Before a noun that is also said of a territory: "in the county" is a place.
_WITHIN = frozenset("in across around throughout within outside over of from into to near for through".split())


def resolve_nominals(
    document: Document, doc: Doc, names: Sequence[Name], mentions: Sequence[Mention], lexicon: Lexicon
) -> list[Mention]:
    """Mentions for those common nouns whose body is known, by offset. `mentions` are those of names."""
    bodies = _Bodies(document, mentions, lexicon)
    salience = Salience(doc, mentions)
    found: list[Mention] = []
    for name in names:
        span = doc.char_span(name.start, name.end, alignment_mode="expand")
        if span is None or _is_other(name, span, lexicon):
            continue
        entity = bodies.meant_by(name, span[-1], salience)
        if entity is not None:
            reason = f"{NOMINAL}: {f'{name.title} {name.text}'.strip()}"
            mention = Mention(name.start, name.end, document.text[name.start : name.end], entity, reason)
            if found and found[-1].end > mention.start:
                found.pop()  # "the academy" of "the academy trust"
            found.append(mention)
            salience.add(span[-1], mention)
    return found


class _Bodies:
    """The bodies that a document names."""

    def __init__(self, document: Document, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.mentions = [m for m in mentions if not document.is_furniture(m.start, m.end)]
        self.about = subjects(document, mentions, lexicon)
        self.territories = Territories((m.entity for m in mentions), lexicon)
        self.entities = list(dict.fromkeys((*(m.entity for m in mentions), *self.about.values())))
        self.beside: dict[int, Entity] = {}
        self.called: dict[str, set[Entity]] = defaultdict(set)
        self.outsiders: set[Entity] = set()
        for found in introductions(document.text, [m for m in mentions if m.entity.type != "person"], lexicon):
            self.beside[found.end] = found.mention.entity
            last = found.noun.split()[-1]
            if last in lexicon.firms:
                self.outsiders.add(found.mention.entity)
            self.called[last].add(found.mention.entity)
            self.called[last.removesuffix("s")].add(found.mention.entity)

    def meant_by(self, name: Name, head: Token, salience: Salience) -> Entity | None:
        noun = self.lexicon.nominals.get(name.text)[0]
        beside = self.beside.get(name.end)
        if beside is not None and beside.type in noun.types:
            return beside
        before = {m.entity for m in self.mentions if m.start < name.start and m.entity.type in noun.types}
        if name.title in _INDEFINITE and before:
            return None
        words = phrase_key(name.text)
        own = words[-1]
        fitting = [e for e in self.entities if self._fits(e, words, noun)]
        called = [e for e in fitting if kind_of(e.text, self.lexicon) == own or e in self.called[own]]
        if noun.named:
            called = fitting = [e for e in fitting if e in called or kind_of(e.text, self.lexicon) in noun.kinds]
        subject = self.about.get("")
        if (
            subject is not None
            and subject in fitting
            and (len(called) != 1 or kind_of(subject.text, self.lexicon) in (None, own))
        ):
            return subject
        likely = called if len(called) == 1 else [self.about[t] for t in noun.types if self.about.get(t) in fitting]
        entity = next((e for e in likely if not noun.broad or e in before), None)
        if name.title in _INDEFINITE or (entity is not None and not (noun.broad and entity not in called)):
            return entity
        # "the company" is none of those who were brought in as advisers, unless there is no other
        candidates = called or [e for e in fitting if e not in self.outsiders] or fitting

        def fits(_: Token, mention: Mention) -> Entity | None:
            entity: Entity | None = mention.entity
            if mention.entity.type == "place" and mention.entity not in candidates:
                entity = self.territories.governing(mention.entity.text)
            return entity if entity in candidates else None

        margin = _BROAD_MARGIN if noun.broad else _MARGIN
        salient = salience.antecedent(head, fits, back=_SENTENCES_BACK, margin=margin)
        return salient if entity in (None, salient) else None

    def _fits(self, entity: Entity, words: Sequence[str], noun: Noun) -> bool:
        """Whether a noun may stand for a body: by its type, and as its own name calls it no other kind of body."""
        if entity.type not in noun.types:
            return False
        registered = (entry.name for _, entry in self.lexicon.names.get(entity.text) if entry.id == entity.id)
        kind = next((k for name in (entity.text, *registered) if (k := kind_of(name, self.lexicon))), None)
        kinds = self.lexicon.territory_kinds & self.lexicon.other_kinds
        said = kinds.intersection(phrase_key(entity.text))
        if said and not kinds.intersection(words) <= said:
            return False  # "the district" and "the district council" are no parish council
        if kind is None:
            return entity.type != "place"
        return not noun.kinds or kind == words[-1] or kind in noun.kinds


def kind_of(name: str, lexicon: Lexicon) -> str | None:
    """The noun for a kind of body in which a name ends, or that its topic follows ("Department for Transport")."""
    words = [w if w in lexicon.kinds else w.rstrip("s") for w in phrase_key(name)]
    if words and words[-1] in lexicon.kinds:
        return words[-1]
    return next((w for w, after in pairwise(words) if w in lexicon.kinds and after in ("for", "of")), None)


def _is_other(name: Name, phrase: Span, lexicon: Lexicon) -> bool:
    """Whether a phrase is no reference to a body spoken of: it says itself which it means, or it means the place."""
    doc, head, noun = phrase.doc, phrase[-1], lexicon.nominals.get(name.text)[0]
    nouns = [t for t in phrase if t.tag_[:2] == "NN" and t.idx < name.end - len(name.text)]
    if any(not phrase.start <= t.head.i <= head.i for t in nouns):
        return True  # "a letter sent home"
    if any(t.tag_ == "JJS" or t.lower_ == "only" for t in phrase):
        return True  # "the only home in the valley"
    before = [t.lower_ for t in doc[max(0, phrase.start - 2) : phrase.start]]
    office = before[1:] == ["of"] and before[0] in lexicon.role_heads  # "mayor of the borough"
    if noun.area and before and before[-1] in _WITHIN and not office:
        return True
    if not noun.broad:
        return False
    if nouns or any(t.tag_ == "VBG" for t in phrase):
        return True  # "the parent company"
    after = doc[head.i + 1].lower_ if head.i + 1 < len(doc) else ""
    return after in ("of", "that", "behind", "which") or (
        after != "," and any(c.dep_ == "acl:relcl" for c in head.children)
    )

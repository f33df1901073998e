"""Which body a common noun means: "the council", "the watchdog", "the firm".

One is meant whose type and name the noun fits: that the noun stands beside ("Northby Living, the company"), that the
document is about, whose own name has the noun ("the trust" is Northby Hospitals NHS Trust) or that it once stood
beside, or that stands out where the noun is (`kgraph.resolve.salience`). "A council" is somebody only before any is
named, and "the firm that built it" need not be any of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kgraph.documents import Document
from kgraph.extract.clauses import universal
from kgraph.extract.lexicon import Lexicon, Noun, phrase_key
from kgraph.extract.names import Name
from kgraph.extract.naming.nouns import HEADLINE
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
_WHOSE = re.compile(r"[ ,]* whose\s*\Z")
_WHOSE_REACH = 20  # characters that hold it
# Before a noun that is also said of a territory: "in the county" is a place.
_WITHIN = frozenset("in across around throughout within outside over of from into to near for through".split())


def resolve_nominals(
    document: Document, doc: Doc, names: Sequence[Name], mentions: Sequence[Mention], lexicon: Lexicon
) -> list[Mention]:
    """Mentions for those common nouns whose body is known, by offset. `mentions` are those of names."""
    bodies = _Bodies(document, doc, mentions, lexicon)
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

    def __init__(self, document: Document, doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        self.doc, self.text, self.lexicon = doc, document.text, lexicon
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
            broad = any(noun.broad for noun in lexicon.nominals.get(found.noun))
            if not broad and _has_noun_before(doc, found.start):
                continue  # "the highways authority, X Council" is not yet "the authority"
            self.called[last].add(found.mention.entity)
            self.called[last.removesuffix("s")].add(found.mention.entity)
        self.sections = _sections(document.text, self.mentions, lexicon)

    def meant_by(self, name: Name, head: Token, salience: Salience) -> Entity | None:
        noun = self.lexicon.nominals.get(name.text)[0]
        beside = self.beside.get(name.end)
        if beside is not None and beside.type in noun.types:
            return beside
        if (owner := self._antecedent(name.start)) is not None:
            return owner if self._fits(owner, phrase_key(name.text), noun) else None
        before = {m.entity for m in self.mentions if m.start < name.start and m.entity.type in noun.types}
        if name.title in _INDEFINITE and (before or any(c.isdigit() for c in self.text[name.start : name.end])):
            return None  # "a 90-place school" is yet to be built
        words = phrase_key(name.text)
        own = words[-1]
        if (section := self._section(name.start)) is not None and self._fits(section, words, noun):
            return section
        fitting = self._described(name, words, [e for e in self.entities if self._fits(e, words, noun)])
        called = [e for e in fitting if kind_of(e.text, self.lexicon) == own or e in self.called[own]]
        if noun.named:
            called = fitting = [e for e in fitting if e in called or kind_of(e.text, self.lexicon) in noun.kinds]
        subject = self.about.get("")
        if not noun.broad and (speaker := self._speakers_own(head, called or fitting, subject)) is not None:
            return speaker
        if (
            subject is not None
            and subject in fitting
            and (len(called) != 1 or kind_of(subject.text, self.lexicon) in (None, own))
        ):
            return subject
        likely = called if len(called) == 1 else [self.about[t] for t in noun.types if self.about.get(t) in fitting]
        entity = next((e for e in likely if e in before or not (noun.broad or before.intersection(fitting))), None)
        rivals = noun.recent and len(before.intersection(fitting)) > 1
        if name.title in _INDEFINITE or (
            entity is not None and not rivals and not (noun.broad and entity not in called)
        ):
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
        return salient if noun.recent or entity in (None, salient) else None

    def _described(self, name: Name, words: Sequence[str], fitting: list[Entity]) -> list[Entity]:
        """Of the bodies that a noun fits those whose names have a word that describes it: "the care watchdog" is the
        Care Quality Commission rather than Ofsted. All, where no name has."""
        said = phrase_key(self.text[name.start : name.end])[1 : -len(words)]
        describing = {w.rstrip("s") for w in said}
        if not describing:
            return fitting
        return [
            e for e in fitting if any(w.rstrip("s") in describing for n in self._names(e) for w in phrase_key(n))
        ] or fitting

    def _antecedent(self, offset: int) -> Entity | None:
        """The body whose they are that a noun is said of: "Ofsted, whose inspectors"."""
        behind = _WHOSE.search(self.text, max(0, offset - _WHOSE_REACH), offset)
        return next((m.entity for m in self.mentions if m.end == behind.start()), None) if behind is not None else None

    def _names(self, entity: Entity) -> Iterator[str]:
        """What the text calls a body, then what the register does."""
        yield entity.text
        yield from (entry.name for _, entry in self.lexicon.names.get(entity.text) if entry.id == entity.id)

    def _section(self, offset: int) -> Entity | None:
        """The body whose name heads the part of the text where a noun stands, in one that has several such parts."""
        at = bisect_left(self.sections, (offset,))
        return self.sections[at - 1][1] if at else None

    def _speakers_own(self, reference: Token, fitting: Sequence[Entity], subject: Entity | None) -> Entity | None:
        """The body whose officer speaks, where a noun stands in what he says of it and no other that it fits is named
        there: "Southby Council's leader said the council …"."""
        sentence = reference.sent
        here = [m for m in self.mentions if sentence.start_char <= m.start < reference.idx and m.entity in fitting]
        if len({m.entity for m in here}) != 1 or here[0].entity == subject:
            return None
        clauses = set(reference.ancestors) - {reference.head}
        said_in = {t.head for t in reference.ancestors if t.dep_ in ("ccomp", "parataxis")}
        for mention in here:
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            token: Token | None = span.root if span is not None else None
            while token is not None and universal(token) in ("nmod", "compound", "appos", "flat"):
                token = token.head
            if token is None or universal(token) != "nsubj":
                continue
            if token.head in (clauses if span is not None and token == span.root else said_in):
                return mention.entity
        return None

    def _fits(self, entity: Entity, words: Sequence[str], noun: Noun) -> bool:
        """Whether a noun may stand for a body: by its type, and as its own name calls it no other kind of body."""
        if entity.type not in noun.types:
            return False
        kind = next((k for name in self._names(entity) if (k := kind_of(name, self.lexicon))), None)
        if kind is not None and any(entity.type not in n.types for n in self.lexicon.nominals.get(kind)):
            kind = None  # a firm called "Northby Homes" is no home
        kinds = self.lexicon.territory_kinds & self.lexicon.other_kinds
        said = kinds.intersection(phrase_key(entity.text))
        if said and not kinds.intersection(words) <= said:
            return False  # "the district" and "the district council" are no parish council
        if kind is None:
            return entity.type != "place"
        return not noun.kinds or kind == words[-1] or kind in noun.kinds


_LONGEST_HEADING = 80
_PARAGRAPH = 80  # characters that a line of running text has at least


def _sections(text: str, mentions: Sequence[Mention], lexicon: Lexicon) -> list[tuple[int, Entity]]:
    """Where parts of a text begin that are each headed by the name of another body, as bulletins and digests have."""
    found: list[tuple[int, Entity]] = []
    for mention in mentions:
        if mention.entity.type not in lexicon.judged or mention.reason.startswith(NOMINAL):
            continue
        start, end = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
        heading = text[start:end].rstrip()
        if end < 0 or mention.start - start > len("The ") or len(heading) > _LONGEST_HEADING or heading[-1] in ".!?:;,":
            continue
        body = text[end:].lstrip("\n").partition("\n")[0]
        if len(body) >= _PARAGRAPH and start:
            found.append((end, mention.entity))
    return found if len({entity for _, entity in found}) > 1 else []


def _has_noun_before(doc: Doc, start: int) -> bool:
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    return span is not None and span.start > 0 and doc[span.start - 1].tag_ in ("NN", "NNS")


def _stands_alone(phrase: Span) -> bool:
    """Whether a noun of a headline, where articles are left out, has no other word beside it that says which is meant:
    "Council rejects plan by watchdog", "Minister tells council to sell", but no "school plan", "failing school"."""
    doc, before, behind = phrase.doc, phrase.start - 1, phrase.end
    opens = before < 0 or doc[before].tag_ in ("IN", "CC", "RP", "VBZ", "VBP", "VBD", "VB") or doc[before].is_punct
    closes = behind == len(doc) or doc[behind].is_space or doc[behind].tag_[:2] in ("VB", "MD", "TO", "RB", "CC", "PO")
    return opens and (closes or (doc[behind].tag_ == "IN" and doc[behind].lower_ != "of") or doc[behind].is_punct)


def kind_of(name: str, lexicon: Lexicon) -> str | None:
    """The noun for a kind of body in which a name ends, or that its topic follows ("Department for Transport")."""
    words = [w if w in lexicon.kinds else w.rstrip("s") for w in phrase_key(name)]
    if words and words[-1] in lexicon.kinds:
        return words[-1]
    return next((w for w, after in pairwise(words) if w in lexicon.kinds and after in ("for", "of")), None)


def _is_other(name: Name, phrase: Span, lexicon: Lexicon) -> bool:
    """Whether a phrase is no reference to a body spoken of: it says itself which it means, or it means the place."""
    doc, head, noun = phrase.doc, phrase[-1], lexicon.nominals.get(name.text)[0]
    if name.title == HEADLINE:
        return noun.broad or noun.area or not _stands_alone(phrase)
    nouns = [t for t in phrase if t.tag_[:2] == "NN" and t.idx < name.end - len(name.text)]
    if any(not phrase.start <= t.head.i <= head.i for t in nouns):
        return True  # "a letter sent home"
    if any(t.tag_ == "JJS" or t.lower_ == "only" for t in phrase):
        return True  # "the only home in the valley"
    before = [t.lower_ for t in doc[max(0, phrase.start - 2) : phrase.start]]
    head_before = lexicon.role_heads.get(before[0]) if before[1:] in (["of"], ["for"]) else None
    office = head_before is not None and not head_before.representative  # "mayor of the borough"
    if noun.area and before and before[-1] in _WITHIN and not office:
        return True
    if not noun.broad:
        return False
    if nouns or any(t.tag_ == "VBG" for t in phrase):
        return True  # "the parent company"
    if head.dep_ == "compound" and head.head.i > head.i and head.head.lemma_.lower() not in lexicon.role_heads:
        return True  # "the business plan"
    after = doc[head.i + 1].lower_ if head.i + 1 < len(doc) else ""
    return after in ("of", "that", "behind", "which") or (
        after != "," and any(c.dep_ == "acl:relcl" for c in head.children)
    )

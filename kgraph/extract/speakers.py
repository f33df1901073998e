"""Who a phrase before or after a reporting verb stands for: a person, a body, a document's author, an unnamed somebody.

Pronouns and "the spokesman", "the report", "the minister" are resolved within the document: to the last speaker of
that kind, to the body a spokesperson speaks for, to the author of a document, to the bearer of a role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kgraph.extract.cues import Cues
from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.reading import Mention, Reading
from kgraph.extract.sexes import sexes_of
from kgraph.facts import Entity

_HE_SHE = {"he": "m", "she": "f", "him": "m", "her": "f"}
_OPEN = (
    "DT",
    "PRP$",
    "JJ",
    "JJR",
    "JJS",
    "NN",
    "NNS",
    "NNP",
    "NNPS",
    "POS",
    "CD",
    "VBN",
    "VBG",
    "HYPH",
    "RB",
    "FW",
    "AFX",
)
_WORDS = dict.fromkeys(
    "mother woman mum widow sister daughter wife spokeswoman chairwoman queen".split(), "f"
) | dict.fromkeys("father man dad widower brother son husband spokesman king".split(), "m")
_REACH = 45  # how far back, in words, a pronoun finds its person where nobody has spoken


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as tokens [start, end) of the document, and the token that heads it."""

    start: int
    end: int
    head: Token


def head_of(doc: Doc, start: int, end: int) -> Token:
    """The noun that a phrase is about: the last of its first run of nouns, before a preposition, comma or verb."""
    head = None
    for token in doc[start:end]:
        if token.is_space or token.tag_ in ("``", "''"):
            continue
        if token.pos_ == "PRON" and head is None and token.tag_ != "PRP$":
            return token
        if token.tag_.startswith("NN"):
            head = token
        elif head is not None and (token.tag_ not in _OPEN or token.tag_ in ("VBG", "VBN", "RB")):
            break
    return head if head is not None else doc[start]


@dataclass(frozen=True, slots=True)
class _Spoke:
    """Somebody spoke at a token; `word` is what they were called there, in lower case ("spokesman", "mother")."""

    at: int
    entity: Entity
    plural: bool
    word: str


@dataclass
class Speakers:
    """Finds the entity behind the phrases of one reading. Told of each statement in order, so that pronouns resolve."""

    reading: Reading
    cues: Cues
    quote_of: Sequence[int]  # the number of the quotation each token stands in, or -1
    _by_token: dict[int, Mention] = field(default_factory=dict)
    _genders: dict[Entity, str] = field(default_factory=dict)
    _authors: dict[str, Entity] = field(default_factory=dict)
    _spoke: list[_Spoke] = field(default_factory=list)
    _beside: dict[str, set[str]] = field(default_factory=dict)  # words beside a person's name

    def __post_init__(self) -> None:
        doc = self.reading.doc
        for mention in self.reading.mentions:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            for token in span or ():
                self._by_token.setdefault(token.i, mention)
        lexicon = load_lexicon(self.reading.ontology.folder)
        self._genders = sexes_of(self.reading.document.text, self.reading.mentions, lexicon.sexes)
        self._pronouns = {
            span.start: m
            for m in self.reading.pronouns
            if m.reason.startswith("pronoun") and (span := doc.char_span(m.start, m.end)) is not None
        }
        self._roles = dict(self._bearers())
        self._offices = {
            token.i: m.entity
            for m in self.reading.pronouns
            if m.reason.startswith("role") and (span := doc.char_span(m.start, m.end, alignment_mode="expand"))
            for token in span
        }
        self._represented: Entity | None = None  # whom the last spokesperson spoke for

    # What the document tells

    def mention_at(self, token: Token) -> Mention | None:
        return self._by_token.get(token.i)

    def pronoun_at(self, token: Token) -> Mention | None:
        return next((m for m in self.reading.pronouns if m.start <= token.idx < m.end), None)

    def _namesake(self, place: Mention) -> Entity | None:
        """The one body of the document that bears a place's name: "Norbrook did not recognise that figure"."""
        words = f" {place.entity.text} "
        bodies = {
            m.entity: None
            for m in self.reading.mentions
            if m.entity.type not in ("person", *self.cues.mute, None) and words in f" {m.entity.text} "
        }
        return next(iter(bodies)) if len(bodies) == 1 else None

    def main_body(self) -> Entity | None:
        """The body that the document names most."""
        return self._main()

    def standing(self, speaker: Entity, called: Iterable[Token] = ()) -> str:
        """How a speaker stands to what is told, by what the text calls them: "critic", "judge", "charge" or ""."""
        words = self._words_of(speaker, called)
        found = next((kind for kind, nouns in self.cues.standing.items() if words & nouns), "")
        return "judge" if speaker.type in self.cues.judges else found

    def marks(self, speaker: Entity, called: Iterable[Token] = ()) -> frozenset[str]:
        """What kind of person speaks, by what the text calls them: leads a council, leads a group, holds no office."""
        words = self._words_of(speaker, called)
        return frozenset(m for m, sets in self.cues.marks.items() if all(words & choice for choice in sets))

    def _words_of(self, speaker: Entity, called: Iterable[Token]) -> set[str]:
        """The words of a speaker's name, beside it anywhere in the text, and of what they are called here."""
        words = self._beside.get(speaker.text, set()) | {w.lower() for w in speaker.text.split()}
        return words.union(*((t.lower_, t.lemma_.lower()) for t in called))

    def spoke(self, at: int, speaker: Entity, head: Token | None) -> None:
        """Remember that somebody spoke at a token, called by a word."""
        entity = Entity(speaker.text, speaker.type, speaker.id)
        word = head.lemma_.lower() if head is not None and head.pos_ != "PRON" else ""
        if not word:  # "he said": called as before
            word = next((s.word for s in reversed(self._spoke) if s.entity == entity), "")
        plural = head is not None and head.tag_ in ("NNS", "NNPS")
        self._spoke.append(_Spoke(at, entity, plural, word))

    def is_personal(self, spoke: _Spoke, gender: str) -> bool:
        """Whether "he" or "she" can be who spoke: a person, a spokesperson, an unnamed woman."""
        word = spoke.word
        if spoke.plural or _WORDS.get(word, gender) != gender:
            return False
        named = spoke.entity.type == "person"
        return self._genders.get(spoke.entity, gender) == gender and (
            named or word in self.cues.spokespeople or (spoke.entity.type is None and word in self.cues.people)
        )

    def wrote(self, sentence: Sequence[Token], subject: Entity | None) -> None:
        """Remember whose the documents are that a sentence mentions: "X's report", "a letter by X", "X issued …"."""
        for token in sentence:
            noun = token.lemma_.lower()
            if noun not in self.cues.documents or not token.tag_.startswith("NN"):
                continue
            author = self._owner(token) or self._writer(sentence, token)
            if (
                author is None
                and subject is not None
                and token.i > 1
                and any(
                    t.lower_ in ("in", "issued", "wrote", "published", "sent")
                    for t in token.doc[max(0, token.i - 5) : token.i]
                )
            ):
                author = subject
            if author is not None:
                self._authors[noun] = author
                self._authors[""] = author

    def _owner(self, noun: Token) -> Entity | None:
        """Whose a document is by the words before or after it in its phrase."""
        doc = noun.doc
        for i in range(noun.i - 1, max(-1, noun.i - 6), -1):
            if (mention := self._by_token.get(i)) is not None:
                return self._entity(mention) if mention.entity.type not in self.cues.mute else None
            if not _in_phrase(doc[i]):
                break
        for i in range(noun.i + 1, min(len(doc), noun.i + 6)):
            if doc[i].lower_ == "behalf" and doc[i - 1].tag_ == "PRP$":
                return self._person(i, _HE_SHE.get(doc[i - 1].lower_, "m"), doc[i - 1])
            if doc[i].lower_ in ("by", "from"):
                for j in range(i + 1, min(len(doc), i + 4)):
                    if (mention := self._by_token.get(j)) is not None and mention.entity.type != "place":
                        return self._entity(mention)
                break
            if doc[i].is_punct:
                break
        return None

    def _writer(self, sentence: Sequence[Token], noun: Token) -> Entity | None:
        verbs = ("publish", "issue", "write", "produce", "release", "send", "launch", "conduct", "carry", "submit")
        verb = next(
            (t for t in reversed(sentence) if t.i < noun.i and t.lemma_.lower() in verbs and t.pos_ == "VERB"), None
        )
        if verb is None or noun.i - verb.i > 8:
            return None
        for i in range(verb.i - 1, sentence[0].i - 1, -1):
            mention = self._by_token.get(i)
            if mention is not None and mention.entity.type not in self.cues.mute:
                return self._entity(mention)
        return None

    def _bearers(self) -> Iterator[tuple[str, list[tuple[int, Entity]]]]:
        """Role nouns → people named beside them, with the token where that is."""
        lexicon = load_lexicon(self.reading.ontology.folder)
        heads = set(lexicon.role_heads)
        found: dict[str, list[tuple[int, Entity]]] = {}
        doc = self.reading.doc
        for mention in self.reading.mentions:
            if mention.entity.type != "person":
                continue
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is None:
                continue
            before = doc[max(span.sent.start, span.start - 8) : span.end]
            after = doc[span.end : min(span.sent.end, span.end + 9)]
            nouns: list[str] = []
            for token in reversed(list(before)):
                if (token.pos_ in ("VERB", "AUX") and token.tag_ != "VBN") or token.lower_ in (
                    "and",
                    "but",
                    ";",
                    ".",
                    "by",
                ):
                    break
                nouns.append(token.lower_)
            if len(after) and after[0].text in (",", "("):
                for token in after[1:]:
                    if token.lower_ in lexicon.role_verbs:
                        nouns.append(lexicon.role_verbs[token.lower_])
                    if token.pos_ in ("VERB", "AUX") or token.text in (",", ")", "."):
                        break
                    nouns.append(token.lower_)
            self._beside.setdefault(mention.entity.text, set()).update(nouns)
            for n, noun in enumerate(nouns):
                if noun in heads and not _lesser(nouns[n - 1 : n] + nouns[n + 1 : n + 2]):
                    found.setdefault(noun, []).append((span.start, mention.entity))
        yield from found.items()

    # Resolution

    def resolve(self, phrase: Phrase) -> Entity | None:
        """The entity a phrase stands for, with the place of its words; None where it is nobody who could speak."""
        entity = self._resolve(phrase)
        return None if entity is None else self._placed(entity, phrase)

    def somebody(self, phrase: Phrase) -> Entity | None:
        """The subject of a verb that only somebody is the subject of, by its words; None where it is a thing."""
        head, mute = phrase.head, self.cues.things | self.cues.documents
        if head.tag_[:2] != "NN" or head.lemma_.lower() in mute or self._is_share(phrase):
            return None
        return self._placed(Entity(_plain(self.reading.doc, phrase)), phrase)

    def _placed(self, entity: Entity, phrase: Phrase) -> Entity:
        doc = self.reading.doc
        if entity.start is not None:
            return entity
        start = doc[phrase.start].idx
        last = doc[phrase.end - 1]
        return Entity(entity.text, entity.type, entity.id, start, last.idx + len(last))

    def _resolve(self, phrase: Phrase) -> Entity | None:
        head, doc, text = phrase.head, self.reading.doc, self.reading.document.text
        lemma, word = head.lemma_.lower(), head.lower_
        if head.pos_ == "PRON" or head.tag_ in ("PRP", "DT", "WP"):
            return self.pronoun(head)
        # "inspectors who visited the council said": not those whom a clause about the speaker names
        clause = next((c.left_edge.i for c in head.children if c.dep_ == "acl:relcl" and c.i > head.i), phrase.end)
        own_words = range(phrase.start, min(phrase.end, clause))
        inside = list(dict.fromkeys(m for i in own_words if (m := self._by_token.get(i)) is not None))
        people = [m for m in inside if m.entity.type == "person"]
        # "Cllr Hope's solicitor, Jane Doe": not the owner
        people = [m for m in people if text[m.end : m.end + 2] not in ("'s", "’s")] or people
        bodies = [m for m in inside if m.entity.type not in ("person", "place")]
        if lemma in self.cues.spokespeople or word in self.cues.spokespeople:
            named = [m for m in people if text[: m.start].rstrip()[-4:].strip() not in ("for", "of")]
            if named or (people and not bodies):
                return self._entity((named or people)[0])
            if bodies:
                self._represented = bodies[0].entity
                return self._entity(bodies[0])
            return (
                self._for_whom(phrase)
                or self._spoken_before(phrase)
                or self._represented
                or self._main()
                or Entity(_plain(doc, phrase))
            )
        own = self._by_token.get(head.i)
        if lemma in self.cues.documents and (own is None or own.entity.type != "person") and head.tag_ != "NNP":
            owner = self._owner(head) or self._authors.get(lemma)
            if owner is not None:
                return owner
            if self._inspector(head.i) is not None:
                return self._inspector(head.i)
            author = self._authors.get("")
            if author is not None or lemma not in self.cues.members:
                return author
        if own is not None and own.entity.type not in self.cues.mute:
            return self._entity(own)
        if own is not None and own.entity.type == "place" and (body := self._namesake(own)) is not None:
            return body
        appositions = (self._by_token.get(c.i) for c in head.children if c.dep_ == "appos") if own is None else ()
        if (beside := next((m for m in appositions if m in bodies), None)) is not None:
            return self._entity(beside)  # "Her employer, Northby Council, argued …"
        follows = doc[head.i + 1].lower_ if head.i + 1 < len(doc) else ""
        if lemma in self.cues.members or word in self.cues.members:
            before = [m for m in bodies if m.start < head.idx]
            if people and not (follows in ("of", "for", "from") and word.endswith("s")):
                return self._entity(people[0])
            if before:
                return self._entity(before[-1])
        comma = next((t.idx for t in doc[head.i : phrase.end] if t.text == ","), 10**9)
        about = follows in ("of", "for", "from", "at") and bool(people) and people[0].start < comma
        if people and not (about and (head.tag_ == "NNS" or lemma in self.cues.people | self.cues.bodies)):
            return self._entity(people[0])
        if head.i in self._offices:
            return self._offices[head.i]
        office = lemma if lemma in self._roles else word
        if office in self._roles and not _lesser([t.lower_ for t in doc[phrase.start : head.i]]):
            bearer = self._bearer(office, head.i)
            if bearer is not None:
                return bearer
        kinds = (self.cues.people, self.cues.bodies, self.cues.members)
        if any(lemma in kind or word in kind for kind in kinds):
            if self._is_share(phrase):
                return None  # "six in ten residents", "82 per cent of staff": a figure and nobody
            return Entity(_plain(doc, phrase))
        if head.tag_ in ("NNP", "NNPS") and head.ent_type_ in ("PERSON", "ORG"):
            name = next((e for e in doc[phrase.start : phrase.end].ents if e.start <= head.i < e.end), None)
            if name is not None:
                kind = "person" if head.ent_type_ == "PERSON" else None
                return Entity(name.text, kind, None, name.start_char, name.end_char)
        return None

    def _spoken_before(self, phrase: Phrase) -> Entity | None:
        """The body that said something in the sentence before: "Not so, says the council. A spokesman described …"."""
        doc = self.reading.doc
        if any(t.tag_ != "DT" for t in doc[phrase.start : phrase.head.i]):
            return None  # "Trust insiders": others
        at = doc[phrase.start].sent.start
        last = self._spoke[-1] if self._spoke else None
        if last is None or last.at >= at or last.entity.type in ("person", *self.cues.mute, None):
            return None
        between = doc[last.at : at]
        if doc[at - 1].is_space or "\n" in between.text or between[0].sent.end < at:
            return None
        self._represented = last.entity
        return last.entity

    @staticmethod
    def _is_share(phrase: Phrase) -> bool:
        """Whether a phrase gives the share of some group."""
        doc = phrase.head.doc
        return any(
            token.tag_ == "CD" and doc[token.i + 1].lower_ in ("in", "per", "%", "out")
            for token in doc[phrase.start : min(phrase.end, len(doc) - 1)]
        )

    def _for_whom(self, phrase: Phrase) -> Entity | None:
        """Whom a spokesperson speaks for who is named by office or kind: "a spokesman for the mayor"."""
        doc = self.reading.doc
        after = phrase.head.i + 1
        if after + 1 >= phrase.end or doc[after].lower_ != "for":
            return None
        found = self._resolve(Phrase(after + 1, phrase.end, head_of(doc, after + 1, phrase.end)))
        self._represented = found or self._represented
        return found

    def beside(self, phrase: Phrase, speaker: Entity) -> Iterator[Entity]:
        """Further bodies or people coordinated with the speaker in a phrase: "a report by A and B", "A and B"."""
        doc = self.reading.doc
        inside = list(dict.fromkeys(m for t in doc[phrase.start : phrase.end] if (m := self.mention_at(t)) is not None))
        own = next((n for n, m in enumerate(inside) if m.entity.text == speaker.text), None)
        for before, mention in zip(inside[own:], inside[own + 1 :], strict=False) if own is not None else ():
            between = self.reading.document.text[before.end : mention.start].strip().lower()
            if between not in ("and", "and the", "&", ",", ", the") or mention.entity.type in self.cues.mute:
                return
            if (mention.entity.type == "person") != (speaker.type == "person"):
                return
            yield self._entity(mention)

    def pronoun(self, token: Token) -> Entity | None:
        """The last speaker, or else the last person or body named, that a pronoun can stand for."""
        word = token.lower_
        if word == "his":
            return self._person(token.i, "m", token)
        if word in ("its", "their"):
            return self._body(token) if word == "its" else self._plural(token)
        if word in _HE_SHE:
            return self._person(token.i, _HE_SHE[word], token)
        if word == "it":
            return self._last(lambda e: e.type not in ("person", None), token.i, near=3) or self._body(token)
        if word == "they":
            return self._plural(token)
        return None

    def _person(self, at: int, gender: str, token: Token) -> Entity | None:
        named = [
            (i, m.entity)
            for i, m in (*self._by_token.items(), *self._pronouns.items())
            if i < at
            and m.entity.type == "person"
            and self._genders.get(m.entity, gender) == gender
            # "“Roger voted for it,” he said": Roger is spoken of
            and self.quote_of[i] in (-1, self.quote_of[at])
        ]
        spoken = [(s.at, s.entity) for s in self._spoke if s.at < at and self.is_personal(s, gender)]
        last_named = max(named, key=lambda pair: pair[0], default=None)
        last_spoken = max(spoken, key=lambda pair: pair[0], default=None)
        chosen: Entity | None = None
        subject = self._subject_since(last_spoken, named, at) if last_named is not None else None
        subject = subject or self._alone_before(last_spoken, named, at)
        if last_spoken is not None and subject is None:
            chosen = last_spoken[1]
        elif last_named is not None:
            chosen = subject or last_named[1]
        if chosen is not None and chosen.type == "person":
            self._genders.setdefault(chosen, gender)
        return chosen

    def _subject_since(
        self, spoken: tuple[int, Entity] | None, named: Sequence[tuple[int, Entity]], at: int
    ) -> Entity | None:
        """A person who is the subject of a later sentence than the last speaker's, nearest first."""
        doc = self.reading.doc
        since = doc[spoken[0]].sent.end if spoken is not None else 0
        for i, entity in sorted(named, reverse=True):
            if i < since or at - i > _REACH * 2 or (doc[i].sent.start == doc[at].sent.start and i > at):
                continue
            if any(t.dep_.startswith("nsubj") for t in (doc[i], doc[i].head, doc[i].head.head)):
                return entity
        return None

    def _alone_before(
        self, spoken: tuple[int, Entity] | None, named: Sequence[tuple[int, Entity]], at: int
    ) -> Entity | None:
        """The only person in the sentence before, if nobody has spoken since: "That drew a reply from Doe. He said"."""
        doc = self.reading.doc
        end = doc[at].sent.start
        while end > 0 and (doc[end - 1].is_space or self.quote_of[end - 1] >= 0):
            end -= 1
        start = doc[end - 1].sent.start if end else 0
        if spoken is not None and spoken[0] >= start:
            return None
        found = {entity for i, entity in named if start <= i < end}
        return found.pop() if len(found) == 1 else None

    def _body(self, token: Token) -> Entity | None:
        """The body that is the subject of the sentence before."""
        doc = self.reading.doc
        for i in range(token.i - 1, max(-1, token.i - _REACH), -1):
            mention = self._by_token.get(i)
            body = mention is not None and mention.entity.type not in ("person", *self.cues.mute)
            if mention is not None and body and any(t.dep_.startswith("nsubj") for t in (doc[i], doc[i].head)):
                return mention.entity
            noun = doc[i].lemma_.lower()
            if noun in self.cues.documents and noun in self._authors and doc[i].dep_.startswith("nsubj"):
                return self._authors[noun]
        return self._document_before(token)

    def _document_before(self, token: Token) -> Entity | None:
        """The author of the document that the sentence before tells of: "welcomed Ofsted's report. It found …"."""
        doc = self.reading.doc
        end = token.sent.start
        while end > 0 and doc[end - 1].is_space:
            end -= 1
        nouns = [t.lemma_.lower() for t in doc[doc[end - 1].sent.start : end]] if end else []
        known = self.cues.documents & self._authors.keys()
        return next((self._authors[n] for n in reversed(nouns) if n in known), None)

    def _plural(self, token: Token) -> Entity | None:
        for spoke in reversed(self._spoke):
            if spoke.at < token.i and (spoke.plural or spoke.entity.type != "person"):
                return spoke.entity
        return self._body(token)

    def _last(self, fits: Callable[[Entity], bool], at: int, near: int) -> Entity | None:
        spoken = [s for s in self._spoke if s.at < at]
        for spoke in reversed(spoken[-near:]):
            if fits(spoke.entity) and at - spoke.at < _REACH * 2:
                return spoke.entity
        return None

    def _inspector(self, at: int) -> Entity | None:
        """The inspectorate named last before a token, or the only one of the document."""
        found = [(i, m.entity) for i, m in sorted(self._by_token.items()) if m.entity.type in self.cues.judges]
        before = [e for i, e in found if i < at]
        if before:
            return before[-1]
        return found[0][1] if found and len({e for _, e in found}) == 1 else None

    def _bearer(self, noun: str, at: int) -> Entity | None:
        """The only bearer of a role, or the one named last before a token."""
        found = self._roles[noun]
        if len({e for _, e in found}) == 1:
            return found[0][1]
        before = [e for i, e in found if i < at]
        return before[-1] if before else None

    def _main(self) -> Entity | None:
        """The body that the document names most."""
        counts: dict[Entity, int] = {}
        for mention in self.reading.mentions:
            if mention.entity.type not in ("person", *self.cues.mute, *self.cues.judges, *self.cues.sides, None):
                counts[mention.entity] = counts.get(mention.entity, 0) + 1
        return max(counts, key=lambda e: (counts[e], e.text), default=None)

    @staticmethod
    def _entity(mention: Mention) -> Entity:
        e = mention.entity
        return Entity(e.text, e.type, e.id, mention.start, mention.end)


def _in_phrase(token: Token) -> bool:
    """Whether a word may stand in a noun phrase, as in "the Care Quality Commission's (CQC) report"."""
    return token.tag_ in _OPEN or token.text in "()"


def _lesser(words: Sequence[str]) -> bool:
    """Whether words beside an office make it another: "deputy mayor", "former leader"."""
    return any(w in ("deputy", "vice", "former", "assistant", "ex", "previous", "predecessor", "shadow") for w in words)


def _plain(doc: Doc, phrase: Phrase) -> str:
    """The words of a phrase without article, and without what follows a comma or relative pronoun."""
    start, end = phrase.start, phrase.head.i + 1
    for token in doc[end : phrase.end]:
        if token.text in (",", "—", "–", "(") or token.tag_ in ("WDT", "WP", "VBD", "VBZ", "VBP", "VBG"):
            break
        end = token.i + 1
    while start < end - 1 and doc[start].tag_ in ("DT", "PRP$", "CC", ",", "IN", "``", "''"):
        start += 1
    return re.sub(r"\s+", " ", doc[start:end].text)

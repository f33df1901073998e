"""Readers of the arguments of oversight: who watches, which body, which of its services, what kind of event.

In such texts these are seldom all in one clause. "The inspection", "the watchdog's report", "the service" stand for
what the document has named: readers link them as far as it leaves no doubt.
"""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from spacy.tokens import Token

from kgraph.extract.clauses import AGENT, MODIFIER, PATIENT, THEME, Clause, coordinated, inner_arguments, phrase
from kgraph.extract.frames import ArgumentReader, Filling
from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.reading import Mention, Reading, per_reading
from kgraph.extract.roles import subjects_of
from kgraph.extract.scales import Grade, load_scales
from kgraph.extract.services import Service, find_services, load_services, main_service
from kgraph.extract.words import words
from kgraph.facts import Entity, Value
from kgraph.ontology import Argument as Parameter

# Where the owner of a service stands: "X's …", "… of X", "… run by X".
_OWNERS = ("possessor", "of", "at", "in", "for", "within", "across", "modifier")
_LONGEST_GRADE = 6
_QUANTITIES = frozenset("many few several most such other more all both same certain".split())
_TEAMS = frozenset({"team", "panel", "group", "pair", "trio", "official", "officer", "member"})
_IT = frozenset({"it", "its", "they", "them", "their"})
_FINDINGS = frozenset(
    {"report", "assessment", "inspection", "verdict", "judgement", "judgment", "finding", "ruling", "visit"}
)
INSPECTORATE, GOVERNMENT = "inspectorate", "government-body"


def oversight_readers(reading: Reading) -> dict[str, ArgumentReader]:
    """Readers by "relation.argument"."""
    context = context_of(reading)
    body, service, kind = BodyReader(context), ServiceReader(context), PhraseReader(context)
    watcher, topic = WatcherReader(context), TopicReader(context)
    return {
        "inspects.inspector": watcher,
        "inspects.body": body,
        "inspects.service": service,
        "inspects.kind": OneReader(context),
        "publishes.publisher": watcher,
        "publishes.document": kind,
        "publishes.about": topic,
        "intervenes.authority": AuthorityReader(context),
        "intervenes.body": body,
        "intervenes.service": service,
        "intervenes.kind": kind,
        "rates.inspector": watcher,
        "rates.body": BodyReader(context, owners=False),
        "rates.judgement": JudgementReader(context),
        "rates.previous": JudgementReader(context),
        "rates.service": service,
        "rates.aspect": AspectReader(context),
    }


class Context:
    """What a document is about, and what stands where in it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.lexicon = load_lexicon(reading.ontology.folder)
        self.names = load_services(reading.ontology.folder)

    @cached_property
    def services(self) -> list[Service]:
        return find_services(self.reading)

    @cached_property
    def service(self) -> Service | None:
        return main_service(self.reading, self.services)

    @cached_property
    def subjects(self) -> Mapping[str, Entity]:
        return subjects_of(self.reading)

    @cached_property
    def body(self) -> Entity | None:
        """The body that the document is about, or else the one it names most, the first of those named as often."""
        if (establishment := self.establishment) is not None:
            return establishment
        if "" in self.subjects:
            return self.subjects[""]
        types = self.lexicon.subjects | (self.lexicon.judged & {"company"})
        named = Counter(
            m.entity
            for m in self.reading.mentions
            if m.entity.type in types and not self.reading.document.is_furniture(m.start, m.end)
        )
        return next((entity for entity, _ in named.most_common(1)), None)

    @cached_property
    def establishment(self) -> Entity | None:
        """The body judged in its own right that the document speaks of more than of any other, if there is one."""
        types = self.lexicon.establishment_types | self.lexicon.subjects
        mentions = (*self.reading.mentions, *self.reading.pronouns)
        spoken = Counter(m.entity for m in mentions if m.entity.type in types).most_common(2)
        clear = len(spoken) == 1 or (len(spoken) == 2 and spoken[0][1] > spoken[1][1])
        return spoken[0][0] if clear and spoken[0][0].type in self.lexicon.establishment_types else None

    @cached_property
    def judged(self) -> Sequence[tuple[int, Entity]]:
        """Word by word, who is named or referred to of those that are judged in their own right."""
        types = self.lexicon.establishment_types
        return [(i, m.entity) for i, m in sorted(self.reading.by_token.items()) if m.entity.type in types]

    def government(self, token: Token) -> Entity | None:
        """The government or its ministers, where a word names them so."""
        name = self.names.government.get(token.lower_)
        return Entity(name, GOVERNMENT, None, token.idx, token.idx + len(token)) if name is not None else None

    def spoken_of(self, token: Token, others: Collection[str] = ()) -> Entity | None:
        """The body that a sentence speaks of: the one it names or refers to, but for `others`; else the document's."""
        sentence = token.sent
        here = dict.fromkeys(e for i, e in self.judged if sentence.start <= i < sentence.end and e.text not in others)
        if len(here) == 1:
            entity = next(iter(here))
            return Entity(entity.text, entity.type, entity.id)
        return self.body

    def last_before(self, token: Token) -> Entity | None:
        """The body spoken of last before a word, in its sentence or the one before."""
        start = token.sent.start
        first = token.doc[start - 1].sent.start if start else start
        types = self.lexicon.judged
        mentions = self.reading.by_token
        for i in range(token.i - 1, first - 1, -1):
            if (mention := mentions.get(i)) is not None and mention.entity.type in types:
                return Entity(mention.entity.text, mention.entity.type, mention.entity.id)
        return self.body

    @cached_property
    def short_names(self) -> Mapping[str, Entity]:
        """First words of bodies' names that stand for them alone: "Northby" for "Northby Council"."""
        found: dict[str, list[Entity]] = defaultdict(list)
        for entity in dict.fromkeys(m.entity for m in self.reading.mentions if m.entity.type in self.lexicon.judged):
            name = entity.text.split()
            for length in range(1, len(name)):
                found[" ".join(name[:length])].append(entity)
        return {name: entities[0] for name, entities in found.items() if len(entities) == 1}

    @cached_property
    def services_by_offset(self) -> Mapping[int, Service]:
        """The service in whose name an offset lies, of several the first. Of everyday words only a service's own name
        is one."""
        named = [s for s in self.services if s.certain or s.name == s.key]
        return {offset: s for s in reversed(named) for offset in range(s.start, s.end)}

    def service_at(self, token: Token) -> Service | None:
        """The service that a word is part of the name of."""
        return self.services_by_offset.get(token.idx)

    def named(self, token: Token) -> Iterator[Mention]:
        """Mentions by which a phrase names what it stands for: its head, or a name in apposition."""
        for candidate in (token, *(c for c in token.children if c.dep_ in ("appos", "flat", "nmod:desc"))):
            mention = self.reading.by_token.get(candidate.i)
            if mention is None and candidate.tag_ == "NNP":
                first = min((c.i for c in candidate.children if c.dep_ in ("compound", "flat")), default=candidate.i)
                name = candidate.doc[min(first, candidate.i) : candidate.i + 1]
                if (entity := self.short_names.get(name.text)) is not None:
                    mention = Mention(name.start_char, name.end_char, name.text, entity, "first words of the name")
            if mention is not None:
                yield mention


def entity_of(mention: Mention) -> Entity:
    entity = mention.entity
    return Entity(entity.text, entity.type, entity.id, mention.start, mention.end)


@per_reading
def context_of(reading: Reading) -> Context:
    """The context that the readers of a document's arguments share."""
    return Context(reading)


class WatcherReader:
    """Who inspects, publishes or intervenes."""

    watches = True  # whether the inspectorate of the text is who "it" means where that can be nobody else

    def __init__(self, context: Context) -> None:
        self.context = context

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        if token.lower_ in _IT and token.head.lemma_ in _FINDINGS and self.accepts(INSPECTORATE, parameter):
            # "its report", where a body inspects another: the inspected write none
            entity = self.context.subjects.get(INSPECTORATE)
            if entity is not None:
                return Filling(Entity(entity.text, entity.type, entity.id))
        # "Ofsted inspectors", "government commissioners": those who act for the body that modifies them
        acting_for = [c for c in token.children if c.dep_ in ("compound", "nmod:poss", "amod") and token.tag_ != "NNP"]
        for mention in (*self.context.named(token), *(self.context.reading.by_token.get(c.i) for c in acting_for)):
            if mention is not None and self.accepts(mention.entity.type, parameter):
                return Filling(entity_of(mention))
        minister = next((m for m in self.context.named(token) if m.entity.type == "person"), None)
        if minister is not None and self.is_minister(token) and self.accepts(GOVERNMENT, parameter):
            return Filling(entity_of(minister))
        for word in (token, *acting_for):
            entity = self.government(word)
            if entity is not None and self.accepts(entity.type, parameter):
                return Filling(entity)
        if token.lower_ in _IT and self.watches and self.accepts(INSPECTORATE, parameter):
            # what else "it" may be taken for does not inspect
            entity = self.context.subjects.get(INSPECTORATE)
            return Filling(entity) if entity is not None else None
        if token.tag_ in ("NN", "NNS") and token.i not in self.context.reading.by_token:
            # "a team from X", "officials of X"
            for argument in inner_arguments(token):
                if argument.function == "from" or (argument.function == "of" and token.lemma_ in _TEAMS):
                    for mention in self.context.named(argument.token):
                        if self.accepts(mention.entity.type, parameter):
                            return Filling(entity_of(mention))
        return None

    def is_minister(self, token: Token) -> bool:
        """Whether a person's name stands with an office that acts for a government."""
        names = self.context.names
        beside = (token, *(c for c in token.children if c.dep_ in ("appos", "nmod:desc", "compound", "flat")))
        return any(t.lower_ in names.offices or t.lower_ in names.government for t in beside)

    def accepts(self, type_: str | None, parameter: Parameter) -> bool:
        return type_ is not None and self.context.reading.ontology.accepts(parameter, type_)

    def government(self, token: Token) -> Entity | None:
        if token.lower_ in self.context.names.ministries:
            return self.context.subjects.get(GOVERNMENT)
        if token.lower_ in self.context.names.offices and token.tag_ == "NNP":
            start = token.i
            while start > token.sent.start and token.nbor(start - 1 - token.i).tag_ == "NNP":
                start -= 1
            office = token.doc[start : phrase(token)[1]]
            return Entity(office.text, GOVERNMENT, None, office.start_char, office.end_char)
        return self.context.government(token)

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        """The inspectorate that the document is about; of several the one named last, in this sentence or before."""
        entity = self.context.subjects.get(INSPECTORATE) or self.named_last(clause.token.sent.end_char)
        return [Filling(Entity(entity.text, entity.type, entity.id))] if entity is not None else []

    def named_last(self, end: int) -> Entity | None:
        before = [m.entity for m in self.context.reading.mentions if m.start < end and m.entity.type == INSPECTORATE]
        return before[-1] if before else None


class AuthorityReader(WatcherReader):
    """Who intervenes: where nobody is named, the government, if the document speaks of one."""

    watches = False

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        doc = self.context.reading.doc
        body = self.context.body
        regulator = self.context.subjects.get(INSPECTORATE)
        lexicon = self.context.lexicon
        said = any(a.token.lower_ in lexicon.establishments for a in clause.all(PATIENT, AGENT, THEME))
        if regulator is not None and (said or (body is not None and body.type in lexicon.establishment_types)):
            # who regulates a home, a school, a hospital intervenes there; in councils the government does
            return [Filling(Entity(regulator.text, regulator.type, regulator.id))]
        entity = self.context.subjects.get(GOVERNMENT)
        named = sum(m.entity == entity for m in self.context.reading.mentions)
        if entity is None or named + sum(t.lower_ in self.context.names.ministries for t in doc) < 2:
            entity = next((e for token in doc if (e := self.government(token)) is not None), entity)
        return [Filling(Entity(entity.text, entity.type, entity.id))] if entity is not None else []


class BodyReader:
    """The body that is inspected, judged or intervened in: named, by its place, or by what is its."""

    def __init__(self, context: Context, *, owners: bool = True) -> None:
        self.context = context
        self.owners = owners  # whether any thing of a body's stands for it: "inspected the council's records"

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        service = self.context.service_at(token)
        others: dict[str, Value] = {"service": service.name} if service is not None else {}
        entity = self.direct(token)
        if entity is None and service is not None:
            entity = self.owner(token) or self.context.spoken_of(token)
        if entity is None and token.lemma_.lower() in self.stand_ins:
            entity = self.owner(token) or self.context.spoken_of(token)
        if entity is None and token.lower_ in _IT and token.i in self.context.reading.by_token:
            entity = self.context.last_before(token)  # what "it" was taken for cannot be judged
        if entity is None and any(child.lower_ == "the" for child in token.children):
            body = self.context.body
            nominals = self.context.lexicon.nominals.get(token.lower_)
            entity = body if body is not None and any(body.type in noun.types for noun in nominals) else None
        if entity is None and self.owners and token.pos_ == "NOUN" and token.i not in self.context.reading.by_token:
            entity = self.owner(token, 0)
        return Filling(entity, others) if entity is not None else None

    @property
    def stand_ins(self) -> frozenset[str]:
        return self.context.names.stand_ins

    def direct(self, token: Token) -> Entity | None:
        for mention in self.context.named(token):
            if mention.entity.type in self.context.lexicon.judged:
                return entity_of(mention)
            if mention.entity.type == "place" and (entity := self.governing(mention)) is not None:
                return entity
        return None

    def governing(self, mention: Mention) -> Entity | None:
        """The authority of a place: by the register, or the body of the document that is called after it."""
        entry = self.context.lexicon.governing(mention.entity.text)
        if entry is not None:
            known = (m.entity for m in self.context.reading.mentions if m.entity.id == entry.id)
            entity = next(known, Entity(entry.name, entry.type, entry.id))
            return Entity(entity.text, entity.type, entity.id, mention.start, mention.end)
        return None

    def owner(self, token: Token, depth: int = 2) -> Entity | None:
        for argument in inner_arguments(token):
            if argument.function in _OWNERS:
                # "the trust's two hospitals, X and Y": the owner rather than what is named beside it
                # "Northby Lodge care home": the name modifies what modifies the home
                deeper = depth or argument.function == MODIFIER
                inner = self.owner(argument.token, max(depth - 1, 0)) if deeper else None
                found = inner or self.direct(argument.token)
                if found is not None:
                    return found
        return None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        """The body that the document is about."""
        taken = {f.value.text for values in filled.values() for f in values if isinstance(f.value, Entity)}
        body = self.context.spoken_of(clause.token, taken)
        return [Filling(body)] if body is not None else []


class ServiceReader:
    """A service by name; one left unsaid is that of the sentence or of the document."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        service = self.context.service_at(token)
        return Filling(service.name) if service is not None else None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        sentence = clause.token.sent
        here = {
            s.key: s for s in self.context.services if s.certain and sentence.start_char <= s.start < sentence.end_char
        }
        # A service that the sentence names elsewhere may be spoken of only beside the event.
        main = self.context.service or (next(iter(here.values())) if len(here) == 1 else None)
        return [Filling(main.name)] if main is not None else []


class JudgementReader:
    """A grade of a scale that somebody named in the document uses."""

    def __init__(self, context: Context) -> None:
        self.context = context
        reading = context.reading
        self.scales = load_scales(reading.ontology.folder, reading.ontology.base_iri)
        self.users = frozenset(m.entity.id for m in reading.mentions if m.entity.id in self.scales.users)

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        doc = token.doc
        for start in range(max(token.sent.start, token.i - _LONGEST_GRADE), token.i + 1):
            line = words(self.context.reading.document.text, doc[start].idx, token.sent.end_char)
            length, grades = self.scales.grades.longest(line, 0) if line else (0, [])
            if length and line[length - 1].end > token.idx:
                grade = next((g for g in grades if g.users & self.users or (length > 1 and _is_of_trade(g))), None)
                return Filling(grade.name) if grade is not None else None
        return None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        return []


def _is_of_trade(grade: Grade) -> bool:
    """Whether all of a trade use a grade, also those of it whom no register has: auditors, of accounts."""
    return not grade.users or any(user.startswith("company/") for user in grade.users)


class AspectReader:
    """What a judgement is about, where that is neither a body nor one of its services."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        if token.i in self.context.reading.by_token or self.context.service_at(token) is not None:
            return None
        named = token.pos_ in ("NOUN", "PROPN", "VERB") or _is_named(token)
        if not named or token.lemma_.lower() in self.context.names.stand_ins:
            return None
        if self.context.lexicon.nominals.get(token.lemma_):
            return None  # "another authority", "the trust": a body, if not a known one
        start, end = phrase(token)
        while start < end - 1 and token.doc[start].tag_ in ("DT", "PRP$", ","):
            start += 1
        listed = [c.left_edge.i for c in self.each(token)[1:] if c.i > token.i]
        words = token.doc[start : min([end, *listed])].text.rstrip(" ,")
        return Filling(" ".join((words.lower() if token.pos_ == "ADJ" else words).split()))

    def each(self, token: Token) -> list[Token]:
        """The members of a list that the parse takes for apposition: "leadership, the help and support were …"."""
        listed = [c for c in token.children if c.dep_ == "appos" and any(g.dep_ == "conj" for g in c.children)]
        return [token, *(t for c in listed for t in coordinated(c))]

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        return []


def _is_named(token: Token) -> bool:
    """Whether an adjective is the name of what it is told of: "SAFE and well-led were rated inadequate"."""
    subject = token.head if token.dep_ == "conj" else token
    return (
        token.tag_ == "JJ"
        and token.lower_ not in _QUANTITIES
        and subject.dep_.startswith(("nsubj", "csubj"))
        and phrase(token)[0] == token.i
    )


class PhraseReader:
    """What kind of thing a noun names, with the words that tell its kind: "monitoring visit", "section 114 notice"."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        if token.pos_ not in ("NOUN", "PROPN") or self.is_of_person(token):
            return None
        doc = token.doc
        start = token.i
        while start > token.sent.start and self.belongs(doc[start - 1], token):
            start -= 1
        text = doc[start : token.i + 1].text
        return Filling(text if text.isupper() else text[0].lower() + text[1:])

    def is_of_person(self, token: Token) -> bool:
        """Whether a noun stands with the name of one person: "commissioner Ann Other"."""
        beside = (token, *(c for c in token.children if c.dep_ in ("appos", "flat", "nmod:desc", "nmod")))
        return any(
            (m := self.context.reading.by_token.get(t.i)) is not None and m.entity.type == "person" for t in beside
        )

    def belongs(self, word: Token, head: Token) -> bool:
        """Whether a word before a noun tells its kind and not whose it is, when it was or what is thought of it."""
        if word.i in self.context.reading.by_token or any(
            d.start <= word.idx < d.end for d in self.context.reading.dates
        ):
            return False
        if word.tag_ in ("JJ", "JJS", "VBN", "VBG"):
            return word.lower_ in self.context.names.kind_words
        if word.tag_ == "CD":
            return word.i > 0 and word.nbor(-1).tag_ in ("NN", "NNP")
        return word.tag_ in ("NN", "NNP", "NNS") and word.lower_ not in self.context.names.stand_ins

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        return []


class OneReader(PhraseReader):
    """A kind of event in the singular: "the visit", not "visits"."""

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        return None if token.tag_ in ("NNS", "NNPS") else super().read(token, parameter)


class TopicReader:
    """What a document is about: the body that the words name, else the words; left unsaid, what the text is about."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.bodies = BodyReader(context)

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        if any(d.start <= token.idx < d.end for d in self.context.reading.dates) or token.text in calendar.day_name:
            return None
        entity = self.bodies.direct(token)
        if entity is not None:
            return Filling(entity)
        start, end = phrase(token)
        while start < end - 1 and token.doc[start].tag_ in ("DT", "PRP$", ","):
            start += 1
        words = token.doc[start:end].text.strip().partition("\n")[0]  # a title has no full stop
        return Filling(" ".join(words.split()))

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        publishers = [f.value for f in filled.get("publisher", ())]
        body = self.context.body
        own = body is not None and any(isinstance(p, Entity) and p.text == body.text for p in publishers)
        return [] if body is None or own else [Filling(body)]

"""Measures: what a figure in a text counts or measures, of whom, and from which earlier figure it has come.

Spans of time that only say when or how long, small numbers that only refer ("the two hospitals") and the sums and votes
that other relations have taken state none, but for those of which the language model is sure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from spacy.tokens import Doc, Token

from kgraph.extract.clauses import (
    AGENT,
    BARE,
    PATIENT,
    THEME,
    Clause,
    clauses,
    coordinated,
    phrase,
    preposition,
    universal,
)
from kgraph.extract.cues import reporting_verbs
from kgraph.extract.decisions import headline_end, read_votes
from kgraph.extract.figures import Figure, find_earlier, find_figures, is_told
from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.oversight import context_of
from kgraph.extract.reading import Reading
from kgraph.extract.roles import subjects_of
from kgraph.extract.wordings import EARLIER_BEFORE, PER_WORDS, Wording, Wordings
from kgraph.facts import Certainty, Entity, Fact, Value
from kgraph.language.dates import DateMention
from kgraph.language.quantities import Quantity
from kgraph.language.wordscores import chances

EXTRACTOR = "measures"
_RELATION = "measures"
_CONFIDENCE = 0.7
_SENSED = 0.85  # the chance of stating something from which on the language model decides by itself
_TIME_SENSED = 0.95  # … of a length of time, which mostly only says how long something took
_WITHIN = re.compile(
    r"\b(?:in|within|over|during|of|under)(?: the| its| their| his| her)?(?: past| last| next| first)?\s\Z",
    re.IGNORECASE,
)
_SMALL = 2  # numbers up to this are how English refers to a pair, seldom a statistic
_DEFINITE = frozenset("the these those both his her its their our all".split())
_DEFINITE_MOST = 12
# Verbs that, like those that report, say how a figure came to light; whoever does so is not measured.
_LEARNING = frozenset("see come learn identify receive".split())
# Verbs that say by how much something has changed, in per cent.
_MULTIPLYING = {"double": "100", "treble": "200", "triple": "200", "quadruple": "300", "halve": "50"}
# Verbs whose object is a number of things found or had.
_RECORDING = frozenset("identify find receive record report uphold log register employ run own operate have".split())
_OF_OPENS = re.compile(r"(?:\A|[.!?\n”\"] ?)Of (?:the |its )?\Z")
_ORDINAL = re.compile(
    r"\b(?P<n>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,3}(?:st|nd|rd|th))"
    r"(?P<what>(?: (?!and\b|of\b|or\b|floor\b|party\b)[A-Za-z][\w’'-]*){0,6}?)"
    r" (?P<of>since\b|this year\b|in a row\b|on the trot\b|running\b|in succession\b|in as many\b|"
    r"in (?:the (?:last|past) )?\w+ (?:years|months|weeks)\b|"
    r"to (?:be|have|get|receive|go|issue|declare|fail|leave|quit)\b)"
)
_ORDINALS = {
    w: n for n, w in enumerate("second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), 2)
}
_ELSEWHERE = ("national ", "regional ", "international ")  # what others have, to compare with
# Another figure at the beginning of what is counted: "33 of [the 60] seats".
_ANOTHER = re.compile(r"\A£?\d[\d,.]*(?:m|bn|k|%)? (?:(?:on|of|in) (?:the )?)?")
_VAGUE = frozenset({"figure", "number", "total", "amount", "sum", "m", "bn"})


def extract_measures(reading: Reading, others: Iterable[Fact] = ()) -> Iterator[Fact]:
    """Facts of `measures`. `others` are facts of other relations, whose sums and votes are no measures besides."""
    if _RELATION in reading.ontology.relations and reading.doc.has_annotation("DEP"):
        yield from _Measurer(reading, others).facts()


class _Measurer:
    def __init__(self, reading: Reading, others: Iterable[Fact]) -> None:
        self.reading = reading
        self.doc: Doc = reading.doc
        self.text = reading.document.text
        self.clauses = {clause.token.i: clause for clause in clauses(reading.doc)}
        self.mentions = reading.by_token
        self.lexicon = load_lexicon(reading.ontology.folder)
        self.reporting = reporting_verbs(reading.ontology) | _LEARNING
        subjects = reading.ontology.relations[_RELATION].arguments["subject"]
        self.wordings = Wordings(reading, self.clauses, self.reporting, subjects)
        self.about = context_of(reading).establishment or subjects_of(reading).get("")
        self.taken = [f for f in others if f.relation != _RELATION]
        self.chances = chances(reading.doc, _RELATION)

    def facts(self) -> Iterator[Fact]:
        figures = list(find_figures(self.reading, self.clauses))
        earlier = find_earlier(self.reading, figures)
        past = {figure.quantity.start for figure in earlier.values()}
        worded: dict[int, Wording] = {}  # of the figures so far, by their token
        counted: dict[int, Wording] = {}  # the last counted noun of each sentence, for figures that leave theirs out
        for figure in figures:
            if figure.quantity.start in past:
                continue
            sentence = figure.token.sent
            change = earlier.get(figure.quantity.start)
            before = counted.get(sentence.start)
            if before is None and sentence.start:
                before = counted.get(self.doc[sentence.start - 1].sent.start)
            wording = self.wordings.wording(figure, change is not None, before)
            if wording is None and figure.token.dep_ == "conj" and figure.quantity.unit == "GBP":
                wording = worded.get(figure.token.head.i)  # "of £1.2m and £340,000"
            if wording is None and self.is_sensed(figure):
                wording = self.wordings.around(figure)
            if wording is None:
                continue
            if wording.places:  # what is told by the words around a figure is told of it alone
                worded[figure.token.i] = wording
            if wording.noun is not None and figure.is_count:
                counted[sentence.start] = wording
            if wording.measure and not self.is_taken(figure) and self.counts(figure, wording):
                yield from self.fact(figure, wording, change)
        yield from self.ordered()
        for clause in self.clauses.values():
            if clause.lemma in _MULTIPLYING:
                yield from self.multiplied(clause, figures)

    def is_sensed(self, figure: Figure) -> bool:
        """Whether the language model is sure that a figure states something. It cannot tell of those that stand beside
        another: an earlier one ("compared with 90%"), a time within which ("61 had left in two years")."""
        if self.chances is None or self.chances[figure.token.i] < (_TIME_SENSED if figure.is_time else _SENSED):
            return False
        before = self.text[: figure.quantity.start][-32:]
        return not (EARLIER_BEFORE.search(before) or (figure.is_time and _WITHIN.search(before)))

    def multiplied(self, clause: Clause, figures: Sequence[Figure]) -> Iterator[Fact]:
        """What a verb says without a figure: "caseloads have doubled", "halved the number of calls"."""
        verb = clause.token
        thing = clause.first(PATIENT) or clause.first(AGENT, THEME)
        told = any(
            f.token.i > verb.i and f.token.sent == verb.sent and self.wordings.predicate(f.token) == verb
            for f in figures
        )
        if told or thing is None or thing.token.pos_ != "NOUN" or verb.pos_ != "VERB":
            return
        quantity = Quantity(
            verb.idx, verb.idx + len(verb), verb.lower_, _MULTIPLYING[clause.lemma], "percent", None, None
        )
        figure = Figure(quantity, verb)
        change = "fall" if clause.lemma == "halve" else "rise"
        yield from self.fact(
            figure, Wording(f"{change} in {self.wordings.words(thing.token, figure)}", (thing.token,)), None
        )

    def ordered(self) -> Iterator[Fact]:
        """How often something has come about, told by its place in the row: "the third such finding since 2023"."""
        headline = headline_end(self.reading)
        for match in _ORDINAL.finditer(self.text):
            word = match["n"].lower()
            span = self.doc.char_span(match.start("n"), match.end("n"), alignment_mode="expand")
            if (
                span is None
                or span.root.i in self.mentions
                or any(d.start < match.end("n") and match.start("n") < d.end for d in self.reading.dates)
            ):
                continue
            number = _ORDINALS[word] if word in _ORDINALS else int(word[:-2])
            quantity = Quantity(match.start("n"), match.end("n"), match["n"], str(number), "count", None, None)
            what = match["what"].strip()
            if span.start_char < headline or (not what and match["of"].startswith("to ")):
                continue  # "the location of the fourth to be settled"
            wording = Wording(f"{what or 'time'} ({word} {match['of']})", (span.root,))
            yield from self.fact(Figure(quantity, span.root), wording, None)

    def is_taken(self, figure: Figure) -> bool:
        """Whether another relation has this number from the same sentence, or it is the votes for or against."""
        sentence = figure.token.sent
        votes = re.findall(r"\d+", read_votes(sentence.text)) if figure.is_count else ()
        return str(figure.number) in votes or any(is_told(f, sentence, float(figure.number)) for f in self.taken)

    def counts(self, figure: Figure, wording: Wording) -> bool:
        """Whether a number states how many, rather than refers to some already known: by rules, or for the language
        model."""
        predicate = self.wordings.predicate(figure.token)
        if wording.measure.lower() in _VAGUE or wording.measure.startswith(_ELSEWHERE):
            return False
        if figure.is_count and predicate is not None and predicate.lemma_.lower() in ("abstain", "vote"):
            return False
        return self.tells(figure, wording, predicate) or (self.is_sensed(figure) and not self.refers(figure, wording))

    def tells(self, figure: Figure, wording: Wording, predicate: Token | None) -> bool:
        """Whether by the rules a number states how many."""
        noun = wording.noun
        if not figure.is_count or wording.measure == "score":
            return True
        if figure.number <= _SMALL:
            return figure.number == _SMALL and self.is_result(figure, predicate)
        if noun is None:  # but "their son is nine"
            return not any(self.wordings.is_person(place) for place in wording.places[:1])
        each = noun.head.lower_ == "each" or PER_WORDS.match(self.text, noun.idx + len(noun)) is not None
        if _OF_OPENS.search(self.text[max(0, figure.quantity.start - 12) : figure.quantity.start]):
            return True  # "Of the ten schools, four had been visited"
        return not self.refers(figure, wording) or each or figure.quantity.per is not None

    def refers(self, figure: Figure, wording: Wording) -> bool:
        """Whether a small number has an article: unlike "three of the six homes", "of the 14 actions nine"."""
        small = figure.is_count and figure.number <= _DEFINITE_MOST
        return (
            small
            and figure.token.head == wording.noun
            and any(c.lower_ in _DEFINITE for c in figure.token.head.children if universal(c) in ("det", "nmod"))
        )

    def is_result(self, figure: Figure, predicate: Token | None) -> bool:
        """Whether even a pair is told as a number: "only two of them", "two were upheld", "got two replies"."""
        before = self.text[max(0, figure.quantity.start - 8) : figure.quantity.start].lower()
        if before.endswith(("only ", "just ")):
            return True
        clause = self.clauses.get(predicate.i) if predicate is not None else None
        if clause is None or clause.kind != "verb" or clause.certainty != "stated":
            return False
        done = (a.token for a in clause.all(PATIENT))
        counted = any(t in (figure.token, figure.token.head) for t in done)
        definite = any(c.lower_ in _DEFINITE for c in figure.token.head.children)
        return counted and not definite and (clause.passive or clause.lemma in _RECORDING)

    def measured(self, figure: Figure, wording: Wording) -> list[Value]:
        """Whom a measure is of; of several named together each ("meetings held by A, B and C")."""
        if wording.whose is not None and wording.whose.i not in self.mentions:
            words = self.wordings.words(wording.whose, figure)
            return [words] if words else []
        found = self.owner(figure, wording)
        if found is None:  # a text that names nobody: the thing measured is its own subject
            words = self.wordings.words(wording.places[0], figure) if wording.places else ""
            return [words or wording.measure]
        together: list[Value] = [found]
        head = _head(self.wordings.token_at(found.start), found) if found.start is not None else None
        if head is not None and preposition(head) == "by":
            entities = [self.wordings.entity(t) for t in coordinated(head)]
            together += [e for e in entities if e is not None and e.type == found.type and e.text != found.text]
        return together

    def owner(self, figure: Figure, wording: Wording) -> Entity | None:
        """Whom a measure is of: an owner named in its phrase, the doer, another body in the clause, the document's."""
        for place in wording.places:
            start, end = phrase(place)
            after = (t.i for t in self.doc[place.i + 1 : end] if t.text in (",", ";", ":", "(", "–", "—"))
            owners = self.doc[start : next(after, end)]
            for token in sorted(owners, key=lambda t: (t.dep_ != "nmod:poss", t.i)):
                entity = self.wordings.entity(token)
                if entity is not None:
                    return entity
        here: Token | None = self.wordings.predicate(figure.token)
        seen: set[int] = set()
        while here is not None and here.i not in seen:
            seen.add(here.i)
            clause = self.clauses.get(here.i)
            if clause is not None and clause.lemma.split()[0] not in self.reporting:
                for argument in clause.all(AGENT, THEME, PATIENT, "recipient", "at", "in", "of", "with", "for", BARE):
                    entity = self.named(argument.token)
                    if entity is not None:
                        return entity
            # "The regulator inspected the association, which owns 1,860 homes": the regulator owns none.
            apart = here.dep_ in ("conj", "acl:relcl") and any(c.dep_.startswith("nsubj") for c in here.children)
            if (
                apart
                or here.dep_ in ("ROOT", "root")
                or (clause is not None and clause.lemma.split()[0] in self.reporting)
            ):
                break
            here = self.wordings.predicate(here.head) if here.head != here else None
        if self.about is not None:
            return Entity(self.about.text, self.about.type, self.about.id)
        return self.most_named

    @cached_property
    def most_named(self) -> Entity | None:
        """The body that the document names most, where it is about no single one."""
        types = [m.entity.type for m in self.reading.mentions if m.entity.type in self.lexicon.subjects]
        bodies = Counter(
            Entity(m.entity.text, m.entity.type, m.entity.id)
            for m in self.reading.mentions
            if (m.entity.type in types if types else m.entity.type not in (None, "person"))
        )
        return min(bodies, key=lambda e: (-bodies[e], e.text)) if bodies else None

    def named(self, token: Token) -> Entity | None:
        """The entity that a phrase names by its head or an apposition."""
        labels = (
            ("flat", "compound", "nmod:desc") if token.tag_ == "NNS" else ("appos", "flat", "compound", "nmod:desc")
        )
        near = (c for c in token.children if c.dep_ in labels)
        return next((e for t in (token, *near) if (e := self.wordings.entity(t)) is not None), None)

    def fact(self, figure: Figure, wording: Wording, change: Figure | None) -> Iterator[Fact]:
        predicate = self.wordings.predicate(figure.token)
        clause = self.clauses.get(predicate.i) if predicate is not None else None
        when, since = self.times(figure, clause, change)
        certainty: Certainty = clause.certainty if clause is not None else "stated"
        if wording.measure.startswith("time limit"):
            certainty = "stated"
        measure = _ANOTHER.sub("", wording.measure) or wording.measure
        if figure.quantity.hedge:
            measure = f"{measure} ({figure.quantity.hedge})"
        if figure.quantity.unit == "percent" and not re.search(r"\d", figure.quantity.text):
            measure = f"{measure} ({figure.quantity.text})"
        for subject in self.measured(figure, wording):
            yield self.reading.fact(
                _RELATION,
                {
                    "subject": subject,
                    "measure": self.without(measure, subject),
                    "value": figure.number,
                    "unit": figure.quantity.unit,
                    "from": change.number if change is not None else None,
                    "when": when,
                    "since": since,
                },
                figure.quantity.start,
                figure.quantity.end,
                extractor=EXTRACTOR,
                confidence=_CONFIDENCE,
                certainty=certainty,
            )

    def without(self, measure: str, subject: Value) -> str:
        """A measure without its subject's name at its end: "turnover" for "turnover at Northby Council"."""
        if not isinstance(subject, Entity) or subject.start is None:
            return measure
        name = re.escape(self.text[subject.start : subject.end])
        return re.sub(rf"(?<=\w) (?:at|in|of|for|by|within|with) (?:the )?{name}(?= \(|\Z)", "", measure) or measure

    def times(self, figure: Figure, clause: Clause | None, change: Figure | None) -> tuple[str | None, str | None]:
        """When a figure held, and since when: dates of the same predicate; one beside the earlier figure is its own."""
        when = since = None
        sentence = figure.token.sent
        for date in self.reading.dates:
            if date.kind != "date" or not sentence.start_char <= date.start < sentence.end_char:
                continue
            if date.role == "since":
                since = since or date.value
            elif change is not None and self.beside(change, date):
                since = since or date.value
            elif clause is not None and when is None:
                span = self.doc.char_span(date.start, date.end, alignment_mode="expand")
                if span is not None and self.wordings.predicate(span.root) == clause.token:
                    when = date.value
        return when, since

    def beside(self, figure: Figure, date: DateMention) -> bool:
        """Whether a date follows a figure at once: "up from 310 in 2019", "from 19 two years ago"."""
        between = self.text[figure.quantity.end : date.start]
        return 0 < date.start - figure.quantity.end < 20 and re.fullmatch(r"[ A-Za-z]{0,20}", between) is not None


def _head(first: Token, entity: Entity) -> Token:
    """The token that heads a mention, given its first."""
    here = first
    while here.head != here and (entity.start or 0) <= here.head.idx < (entity.end or 0):
        here = here.head
    return here

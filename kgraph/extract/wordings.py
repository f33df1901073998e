"""What a figure measures, in words: the phrase that names it, told by where the figure stands in the parse.

A figure states a measure in one of a few ways:

    counted    "38 stations", "a third of home visits", "7.2 per cent are women"
    valued     "a gap of £470m", "the £1 deal", "£70,000 in reserves"
    predicated "the average wait is 61 days", "turnover dropped from 24% to 13%", "spent £496m on the service"
    elliptical "fifteen were closed", "the Greens five": of what was counted just before
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kgraph.extract.clauses import AGENT, PATIENT, THEME, Clause, phrase, preposition, universal
from kgraph.extract.cues import load_cues
from kgraph.extract.figures import ASIDE, BREAKS, TIME_UNITS, Figure, clause_around
from kgraph.extract.reading import Reading
from kgraph.facts import Entity
from kgraph.ontology import Argument

_MAX_WORDS = 14
_MAX_TOLD = 80  # words of a sentence that may be told by its words alone; longer ones are lists
# "mother of two" counts no mothers; these nouns have their value behind "of"
_VALUE_NOUNS = frozenset(
    "average total number score target majority turnout maximum minimum rate limit figure caseload field team "
    "population capacity membership workforce electorate attendance backlog list".split()
)
_TIME_NOUNS = frozenset("wait delay limit target contract average time maximum minimum backlog".split())
_USUAL = frozenset("average median typical mean longest shortest".split())
_TIME_VERBS = frozenset("take wait stay".split())
_TIME_LINKING = frozenset({"average", "total"})
_TIME_PREPOSITIONS = frozenset("in within after over during before since until by".split())
_TIME_AFTER = re.compile(r"[ ](?:ago|later|earlier|after|before|from|old|time|notice)\b")
# Verbs whose subject is what the figure values: "stood at 13%", "has risen to 688".
_LINKING = frozenset(
    "be stand total reach hit become remain stay exceed surpass top near approach touch amount come number average "
    "equal".split()
)
_RISES = frozenset(
    "rise increase grow climb jump go up soar double treble triple surge balloon mushroom swell spiral leap rocket "
    "mount escalate widen skyrocket quadruple expand inflate hike".split()
) | {"go up", "shoot up", "creep up", "edge up", "up"}
_FALLS = frozenset(
    "fall drop decrease decline reduce shrink slump cut dwindle tumble plunge plummet dip slide slip sink halve narrow "
    "shrivel slash trim shave erode".split()
) | {"go down", "come down", "down"}
_LIGHT = frozenset("be have include contain hold give see face leave make do get run come become use".split())
_SPENDING = frozenset(
    "spend cost save lose owe raise invest borrow waste earn overspend underspend overpay underpay write".split()
)
# What the number behind a verb counts where no noun follows it: "the board employs 640".
_COUNTED_BY = {"employ": "staff", "poll": "votes"}
_ESTIMATING = frozenset("put estimate value price cost assess reckon set".split())
_PERIODS = {"year": "a year", "month": "a month", "week": "a week", "day": "a day", "hour": "an hour"}
# "£14m in the red": what a sum says of whoever is so much in it.
_STANDING = {
    "in the red": "deficit",
    "in the black": "surplus",
    "in debt": "debt",
    "in deficit": "deficit",
    "in surplus": "surplus",
    "in arrears": "arrears",
    "over budget": "overspend",
    "under budget": "underspend",
    "short": "shortfall",
    "overspent": "overspend",
    "overdrawn": "overdraft",
    "out of pocket": "loss",
    "worse off": "loss",
    "better off": "gain",
}
_STANDING_AFTER = re.compile(rf" ({'|'.join(_STANDING)})\b(?! of the)")
# What is left of a sum when somebody is given it is for the relation of payments to tell.
_FUNDING = frozenset(
    "pay give award grant contribute fund donate lend loan allocate earmark pledge promise fine refund reimburse "
    "compensate secure receive invest pencil provide bankroll finance get go order offer have keep add agree "
    "spend hand win approve complete".split()
)
_DISTANCES = frozenset("mile miles km kilometres metres feet acres hectares tonnes".split())
_VOTING = frozenset("vote abstain back oppose score".split())
EARLIER_BEFORE = re.compile(
    r"\b(?:against|compared (?:with|to)|from|rather than|than|minute) (?:the |just |only )?\Z", re.I
)
_LABEL_BEFORE = re.compile(r"(?:\A|\n|[.;|] )([A-Z][a-z][A-Za-z'’ -]{1,40}): \Z")
_COMPARED_AFTER = re.compile(r" (?:more|less|higher|lower|cheaper|dearer) than\b")
_OF_WHOM = re.compile(r" of (?:whom|which)\b")
_LATE_AFTER = re.compile(r" (?:late|overdue|longer|short|behind|early|faster|quicker|slower|of delays?)\b")
_SHORT_AFTER = re.compile(r" (?:[a-z]+ )?short(?= of\b|[.,;])(?! of the)")  # "is 37 midwives short"
_ONE_IN = re.compile(r"\b(?:in|out of)\b")
_RATE_NOUN = re.compile(r"-an?-(year|month|week|day|hour)[ -](?=[a-z])")
_OF_BEFORE = re.compile(r"([A-Za-z]+) of (?:(?:a|an|the|another|just|only|around|some|barely|further) )*\Z")
_INSIDE = frozenset({"amod", "compound", "nummod", "nmod", "det"})
_PARTICIPLES = frozenset("won held made lost spent sold bought built paid met left set cut found sent kept".split())
PER_WORDS = re.compile(
    r" per [\d,]+.*| (?:an?|per|each|every|for every|for each) (?:year|month|week|day|hour|household|head)\b.*"
)
_GAP = re.compile(r",? (?:(?:with|on|has|have|had|got|took|won|polled|secured|held) )?(?:just |only )?|: ")
_ELLIPSIS_AFTER = re.compile(r"[ ](?:in|at|for|of|were|was|had|have|are)\b|[.,;]")
_NOUNS = frozenset({"NOUN", "PROPN"})
_TELLING = _NOUNS | {"VERB", "ADJ"}


@dataclass(frozen=True)
class Wording:
    """What a figure measures in words, the phrases in which its subject may be named, the noun that is counted.

    `whose` is the phrase that is itself the subject where it has no name ("a homeless family").
    """

    measure: str
    places: tuple[Token, ...] = ()
    noun: Token | None = None
    whose: Token | None = None


class Wordings:
    """Words for the figures of one text, whose clauses are given by the position of their predicate.

    `subjects` is the argument for whom a measure may be of; the clauses of `reporting` verbs only tell of it.
    """

    def __init__(
        self, reading: Reading, clauses: Mapping[int, Clause], reporting: frozenset[str], subjects: Argument
    ) -> None:
        self.reading = reading
        self.doc: Doc = reading.doc
        self.text = reading.document.text
        self.clauses = clauses
        self.mentions = reading.by_token
        self.reporting = reporting
        self.parameter = subjects
        self.people = load_cues(reading.ontology).people

    def wording(self, figure: Figure, changes: bool, before: Wording | None) -> Wording | None:
        """What a figure measures, by its place in the parse, or else by the words around it; None where it is none."""
        return self.parsed(figure, changes, before) or self.told(figure)

    def parsed(self, figure: Figure, changes: bool, before: Wording | None) -> Wording | None:
        token, quantity = figure.token, figure.quantity
        if figure.is_time and not self.measured_time(figure):
            return None
        base = universal(token)
        case = self.case(figure)
        partitive = next((c for c in token.children if c.dep_.startswith("nmod") and preposition(c) == "of"), None)
        noun = token.head if base in ("nummod", "compound", "det", "amod") and token.head.pos_ in _NOUNS else None
        rated = _RATE_NOUN.match(self.text, quantity.end)
        if rated:
            job = self.token_at(rated.end())
            return self.valued(job if job.pos_ == "NOUN" else job.head, figure)
        standing = _STANDING_AFTER.match(self.text, quantity.end)
        if standing and quantity.unit == "GBP":
            subject = self.subject_of(self.predicate(token) or token)
            return Wording(_STANDING[standing[1]], (subject,) if subject is not None else ())
        if figure.is_count and _SHORT_AFTER.match(self.text, quantity.end):
            return Wording("shortfall")
        if quantity.unit == "percent" and _ONE_IN.search(quantity.text):
            whole = self.phrase_after(quantity.end)
            if whole is not None:
                return self.counted(whole, figure, before)
        named = self.named_before(figure)
        if named is not None and (not figure.is_count or named.lemma_.lower() in _VALUE_NOUNS):
            return self.valued(named, figure)
        stated = self.clauses.get(noun.i) if noun is not None else None
        theme = stated.first(THEME) if stated is not None and stated.kind == "noun" else None
        if figure.is_count and noun is not None and theme is not None and theme.token.pos_ == "NOUN":
            return Wording(
                self.words(theme.token, figure), (theme.token,), noun
            )  # "the average caseload is 65 children"
        if figure.is_count and noun is not None:
            return self.counted(noun, figure, before)
        if partitive is not None and partitive.lower_ == "them" and before is not None and before.noun is not None:
            rest = itertools.takewhile(lambda t: not t.is_punct, self.doc[partitive.i + 1 : token.sent.end])
            return Wording(f"{before.noun.text} {_joined([*rest][:_MAX_WORDS])}".strip(), (partitive,), before.noun)
        if partitive is not None and (figure.is_count or quantity.unit == "percent"):
            return self.counted(partitive, figure, before)
        if noun is not None and noun.pos_ != "PROPN":
            return self.valued(noun, figure)
        if base == "nmod" and token.head.pos_ == "NOUN" and case in ("of", "at", "to", "by", ""):
            if figure.is_time and token.head.lemma_.lower() not in _TIME_NOUNS:
                return None
            if figure.is_count and token.head.lemma_.lower() not in _VALUE_NOUNS:
                return None
            return self.valued(token.head, figure)
        inner = next(
            (c for c in token.children if c.dep_.startswith("nmod") and preposition(c) in ("in", "of", "for", "on")),
            None,
        )
        predicate = self.predicate(token)
        if figure.is_count and predicate is not None and base == "obj" and predicate.lemma_.lower() in _COUNTED_BY:
            return Wording(_COUNTED_BY[predicate.lemma_.lower()])
        if predicate is not None:
            found = self.predicated(figure, predicate, case, changes)
            if found is not None:
                return found
        if inner is not None and quantity.unit not in ("count",) and inner.pos_ == "NOUN":
            return self.valued(inner, figure)
        if figure.is_count and before is not None and before.noun is not None:
            return self.elliptical(figure, predicate, before.noun)
        if quantity.unit == "percent" and predicate is not None and token.i < predicate.i:
            said = self.said_of(predicate, token)  # "of its firefighters, 7.2 per cent are women"
            return Wording(f"share that {said}", (token,)) if said else None
        return None

    def around(self, figure: Figure) -> Wording | None:
        """What a figure that is known to state something measures, as the words of its clause have it, or else those of
        its sentence."""
        span = self.doc.char_span(figure.quantity.start, figure.quantity.end, alignment_mode="expand")
        if span is None:
            return None
        for stretch in (self.doc[slice(*clause_around(span))], span.sent):
            told = [t for t in stretch if not span.start <= t.i < span.end]
            told = list(itertools.dropwhile(lambda t: t.pos_ not in _TELLING, told))
            if any(t.pos_ in _NOUNS for t in told):
                start = min(told[0].idx, span.start_char)
                before, after = self.text[start : span.start_char], self.text[span.end_char : stretch.end_char]
                words = f"{before}…{after}".split()[:_MAX_WORDS]
                return Wording(" ".join(words).rstrip(" .,;:"), (figure.token,))
        return None

    def told(self, figure: Figure) -> Wording | None:
        """The words of its clause around a figure that the parse gives no place: "overpaid contractors by …".

        Of plain numbers those that stand for things named just before ("seventeen were received"), of spans of time
        those that tell how long something lasted or how late it came.
        """
        quantity = figure.quantity
        span = self.doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
        if span is None or span.sent.end - span.sent.start > _MAX_TOLD:
            return None
        first, last = clause_around(span)
        while (opening := next((t.i for t in self.doc[first : span.start] if _opens(t)), None)) is not None:
            first = opening + 1
        clause = self.doc[first:last]
        lemmas = {t.lemma_.lower() for t in clause if t.pos_ == "VERB"}
        label = _LABEL_BEFORE.search(self.text[max(0, quantity.start - 60) : quantity.start])
        if label is not None and (figure.is_count or quantity.unit in ("GBP", "percent")):
            return Wording(label[1][0].lower() + label[1][1:])  # "Vacancies: 34"
        compared = quantity.unit in ("GBP", "percent") and _COMPARED_AFTER.match(self.text, quantity.end) is not None
        paid = quantity.unit == "GBP" and quantity.per is not None  # "£1,200 a day for the chair"
        if not (compared or paid) and not (lemmas and self.tells(figure, lemmas)):
            return None
        dates = {t.i for t in clause if self.is_date(t)}
        hedge = len(quantity.hedge.split()) if quantity.hedge else 0
        ahead = [t for t in self.doc[first : span.start - hedge] if t.i not in dates and not t.is_space]
        behind = [t for t in self.doc[span.end : last] if t.i not in dates and not t.is_space]
        while ahead and (ahead[0].pos_ in ("DET", "CCONJ", "SCONJ", "PUNCT") or ahead[0].tag_ in ("WDT", "WP", "PRP")):
            ahead.pop(0)
        opening_name = self.mentions.get(ahead[0].i) if ahead else None
        if opening_name is not None:  # whose it is, and not what
            ahead = [t for t in ahead if t.idx >= opening_name.end and t.tag_ != "POS"]
        while behind and behind[-1].pos_ in ("ADP", "DET", "CCONJ", "SCONJ", "PUNCT"):
            behind.pop()
        if not 2 <= len(ahead) + len(behind) <= _MAX_WORDS:
            return None
        subject = next((t for t in self.doc[first : span.start] if t.dep_.startswith("nsubj")), None)
        left = _lower_first(_joined(ahead), ahead[0]) if ahead else ""
        return Wording(f"{left} … {_joined(behind)}".strip(), (subject,) if subject is not None else ())

    def tells(self, figure: Figure, lemmas: set[str]) -> bool:
        """Whether a figure without a place in the parse states something, by what stands beside it."""
        quantity, token = figure.quantity, figure.token
        before = self.text[max(0, quantity.start - 24) : quantity.start]
        if EARLIER_BEFORE.search(before):
            return False
        if quantity.unit == "GBP":
            return not (lemmas & _FUNDING or ASIDE.search(figure.token.sent.text))
        if quantity.unit == "percent":
            return True
        if figure.is_time:
            regular = quantity.per is not None  # "open for 18 hours a week"
            return regular or quantity.hedge == "up to" or _LATE_AFTER.match(self.text, quantity.end) is not None
        if not figure.is_count:
            return quantity.unit in _DISTANCES
        if _OF_WHOM.match(self.text, quantity.end):
            return True  # "residents, some 6,300 of whom pay"
        if token.tag_ != "CD" or not token.dep_.startswith(("nsubj", "obj")):
            return False
        loose = all(c.dep_ in ("advmod", "case", "punct", "nmod") for c in token.children)
        return loose and not lemmas & _VOTING

    def elliptical(self, figure: Figure, predicate: Token | None, noun: Token) -> Wording | None:
        """A number that leaves out the noun just counted: "fifteen were closed", "the Greens five", "130 of which"."""
        token, at = figure.token, figure.quantity.start
        holder = next((m for m in self.reading.mentions if m.end < at and _GAP.fullmatch(self.text[m.end : at])), None)
        if holder is not None:
            return Wording(noun.text, (self.token_at(holder.start),), noun)
        if token.dep_.startswith("nsubj") and predicate is not None and predicate != token:
            said = self.said_of(predicate, token)
            return Wording(f"{noun.text} that {said}", (token,), noun) if said else None
        if _ELLIPSIS_AFTER.match(self.text, figure.quantity.end):
            return Wording(noun.text, (token,), noun)
        return None

    def phrase_after(self, offset: int) -> Token | None:
        """The noun that heads the phrase beginning behind a figure: "one in five [social work POSTS]"."""
        if self.text[offset : offset + 1] != " ":
            return None
        first = self.token_at(offset + 1)
        here = first
        while here.pos_ != "VERB" and here.head.i > here.i and universal(here) in _INSIDE:
            here = here.head
        return here if here.pos_ == "NOUN" else None

    def token_at(self, offset: int) -> Token:
        span = self.doc.char_span(offset, offset + 1, alignment_mode="expand")
        assert span is not None
        return span[0]

    def named_before(self, figure: Figure) -> Token | None:
        """The noun of "gap of £470m", by the words themselves: a figure's own place in a parse is often wrong."""
        at = figure.quantity.start
        before = self.text[max(0, at - 60) : at]
        if figure.quantity.hedge:
            cut = before.lower().rfind(figure.quantity.hedge)
            before = before[:cut] if cut >= 0 else before
        found = _OF_BEFORE.search(before)
        if found is None:
            return None
        noun = self.token_at(max(0, at - 60) + found.start(1))
        fits = noun.pos_ == "NOUN" and noun.sent == figure.token.sent
        return noun if fits and (not figure.is_time or noun.lemma_.lower() in _TIME_NOUNS) else None

    def case(self, figure: Figure) -> str:
        """The preposition before a figure, also where hedges stand between."""
        own = preposition(figure.token)
        if own and own.split()[0] not in ("more", "less", "up", "over", "under", "about", "around"):
            return own.split()[0] if own.split()[0] in ("of", "at", "to", "by", "from", "for") else own
        before = self.text[max(0, figure.quantity.start - 40) : figure.quantity.start]
        hedge = figure.quantity.hedge
        words = before.split()
        if hedge:
            words = words[: len(words) - len(hedge.split())]
        while words and words[-1].lower() in ("a", "an", "the", "just", "only", "around", "some", "barely", "further"):
            words.pop()
        return words[-1].lower() if words and words[-1].lower() in ("of", "at", "to", "by", "from", "for") else ""

    def measured_time(self, figure: Figure) -> bool:
        """Whether a span of time is itself measured: a wait, a limit, a length that something takes."""
        token, quantity = figure.token, figure.quantity
        if _TIME_AFTER.match(self.text, quantity.end) or self.case(figure) in _TIME_PREPOSITIONS:
            return False
        head = token.head
        if head.pos_ == "NOUN" and head.lemma_.lower() in _TIME_NOUNS:
            return True
        predicate = self.predicate(token)
        if predicate is None:
            return False
        obliged = self.obliged(predicate)
        bound = quantity.hedge is not None and "than" in quantity.hedge
        if predicate.lemma_.lower() in _TIME_VERBS | _TIME_LINKING or (obliged and bound):
            return True
        if not obliged and self.lasting(figure, predicate) is not None:
            return True
        theme = self.subject_of(predicate)
        if theme is None or predicate not in (token, token.head):
            return False
        usual = any(c.lower_ in _USUAL for c in theme.children)  # "the average age is 11 years"
        return theme.lemma_.lower() in _TIME_NOUNS or usual

    def lasting(self, figure: Figure, predicate: Token) -> Wording | None:
        """What a figure tells the length of, where a thing was so long in some state: "the tip was shut for seven
        weeks"."""
        subject = next((c for c in predicate.children if c.dep_.startswith("nsubj")), None)
        state = any(c.dep_ in ("cop", "aux:pass") for c in predicate.children)
        done = any(c.dep_ == "obl:agent" for c in predicate.children)
        if subject is None or subject.tag_ not in ("NN", "NNS") or subject.i in self.mentions:
            return None
        if self.case(figure) != "for" or not state or done or self.is_person(subject):
            return None
        words = [t for t in self.doc[subject.left_edge.i : figure.token.i] if t.idx < figure.quantity.start]
        while words and words[-1].lower_ != "for":
            words.pop()
        while words and words[0].tag_ in ("DT", "PRP$"):
            words.pop(0)
        told = 2 < len(words) <= _MAX_WORDS
        return Wording(f"time {_lower_first(_joined(words[:-1]), words[0])}", (subject,)) if told else None

    @staticmethod
    def obliged(predicate: Token) -> bool:
        return any(c.lower_ in ("should", "must") for c in predicate.children)

    def event(self, predicate: Token) -> str:
        """What happened, in a few words: the subject with the verb and its auxiliaries, of an active one its object."""
        clause = self.clauses.get(predicate.i)
        subject = clause.first(AGENT, PATIENT) if clause is not None else None
        patient = clause.first(PATIENT) if clause is not None else None
        who = [*self.doc[phrase(subject.token)[0] : phrase(subject.token)[1]]] if subject is not None else []
        while who and who[0].tag_ in ("DT", "PRP$", "PRP"):
            who.pop(0)
        auxiliaries = [
            c for c in predicate.children if c.dep_.startswith("aux") and c.lower_ not in ("should", "must", "be")
        ]
        words = [*who, *auxiliaries, predicate]
        if patient is not None and subject is not None and patient.token != subject.token:
            start, end = phrase(patient.token)
            words += self.doc[start:end] if end - start < 6 else []
        return _lower_first(_joined(words[:_MAX_WORDS]), words[0])

    def counted(self, noun: Token, figure: Figure, before: Wording | None) -> Wording | None:
        """Things counted, with what is said of them: "children that did not have a plan", "seats won"."""
        singular = noun.lemma_.lower()
        if noun.pos_ not in _NOUNS or (
            figure.is_count and (f"{singular}s" in TIME_UNITS or singular == "mile" or _bound(figure))
        ):
            return None
        if noun.pos_ == "PROPN":  # "fifteen Labour": of what was counted before
            counted = before.noun if before is not None else None
            return Wording(counted.text, (noun,), counted) if counted is not None and self.entity(noun) else None
        words = self.words(noun, figure)
        if not words:
            return None
        places = [noun]
        top = figure.token if noun.head == figure.token else noun
        predicate = self.predicate(top)
        said = ""
        if predicate is not None and predicate != top:
            clause = self.clauses.get(predicate.i)
            here = {a.function for a in clause.arguments if a.token in (top, figure.token)} if clause else set()
            is_subject = top.dep_.startswith("nsubj")
            if is_subject and not any(c.dep_ == "expl" for c in predicate.children):  # "there were 702 homes"
                said = self.said_of(predicate, top)
                words = f"{words} that {said}" if said else words
            elif (
                here & {PATIENT} and _participle(predicate) and predicate.lemma_.lower() not in _LIGHT | self.reporting
            ):
                particle = "".join(f" {c.text}" for c in predicate.children if c.dep_ in ("compound:prt",))
                words = f"{words} {predicate.lower_}{particle}"
        if figure.quantity.unit == "percent" and not said:
            words = f"share of {words}"
        if noun.lemma_.lower() == "time" and predicate is not None:
            words = f"times {self.event(predicate)}"
        if figure.quantity.per in _PERIODS:
            words = f"{words} {_PERIODS[figure.quantity.per]}"
        return Wording(words, tuple(places), noun) if words else None

    def valued(self, noun: Token, figure: Figure) -> Wording | None:
        """A noun that names the measure itself: "gap", "overspend", "annual contract"."""
        if figure.quantity.unit == "percent" and noun.tag_ == "NNS":
            return None
        words = self.words(noun, figure)
        if figure.quantity.per:
            words = PER_WORDS.sub("", words)
        if figure.quantity.per in _PERIODS:
            words = f"{words} ({_PERIODS[figure.quantity.per]})"
        elif figure.quantity.per:
            words = f"{words} per {figure.quantity.per}"
        return Wording(words, (noun,)) if words else None

    def predicated(self, figure: Figure, predicate: Token, case: str, changes: bool) -> Wording | None:
        """A figure that a verb or copula gives to its subject or object."""
        clause = self.clauses.get(predicate.i)
        if clause is None:
            return None
        lemma = clause.lemma
        verb = lemma.split()[0]
        subject = next((a.token for a in clause.all(THEME, AGENT, PATIENT) if a.token != figure.token), None)
        patient = next((a.token for a in clause.all(PATIENT) if a.token != figure.token), None)
        if verb == "score":
            return Wording("score", (subject,) if subject is not None else ())
        if {verb, lemma} & (_RISES | _FALLS) or changes or (verb == "put" and case == "by"):
            thing = patient or subject
            if thing is None or thing.pos_ not in _NOUNS:
                return None
            words = self.words(thing, figure)
            if case == "by":
                down = verb in _FALLS or any(c.lower_ == "down" for c in predicate.children)
                words = f"{'fall' if down else 'rise'} in {words}"
            return Wording(words, (thing,))
        if verb in _ESTIMATING and case == "at" and patient is not None and patient.pos_ in _NOUNS:
            return Wording(self.words(patient, figure), (patient,))
        if lemma == "worth" and subject is not None and subject.pos_ in _NOUNS and not figure.is_count:
            return Wording(f"value of {_lower_first(self.words(subject, figure), subject)}", (subject,))
        stands = self.is_aside(figure) or (patient in (None, subject) and not figure.is_count)  # "has stalled at 41%"
        if case == "at" and stands and subject is not None and subject.pos_ in _NOUNS:
            return Wording(self.words(subject, figure), (subject,))
        if predicate == figure.token or verb in _LINKING:
            if subject is None or subject.pos_ not in _NOUNS or subject in self.mentioned():
                return None
            if figure.is_count and verb == "be" and predicate != figure.token:
                return None
            return Wording(self.words(subject, figure), (subject,))
        if verb in _TIME_VERBS and figure.is_time and subject is not None:
            if self.obliged(predicate):
                return Wording(f"time limit for {_lower_first(self.words(subject, figure), subject)}", (subject,))
            if verb == "take":
                return self.taken(predicate, subject, figure)
            return Wording(f"length of {verb}", (subject,), whose=subject)
        if figure.is_time and self.obliged(predicate):
            return Wording(f"time limit for {self.event(predicate)}", ())
        if figure.is_time and (lasting := self.lasting(figure, predicate)) is not None:
            return lasting
        if verb in _SPENDING and figure.quantity.unit not in ("count",) and not figure.is_time:
            rest = self.rest(predicate, figure)
            if verb == "cost":
                words = self.words(subject, figure) if subject is not None else ""
                return Wording(f"cost of {words}" if words else "cost", (subject,) if subject is not None else ())
            if verb in ("overspend", "underspend"):
                return Wording(verb + rest, ())
            if verb in ("overpay", "underpay"):
                return Wording(
                    f"{verb}ment" + (f" of {self.words(patient, figure)}" if patient is not None else ""), ()
                )
            if verb == "write":
                return Wording(f"amount written off{rest}", ()) if lemma == "write off" else None
            return Wording(f"amount {predicate.lower_ if _participle(predicate) else 'to ' + verb}{rest}", ())
        inner = next((c for c in figure.token.children if preposition(c) == "in" and c.pos_ == "NOUN"), None)
        if inner is None:
            inner = next((a.token for a in clause.all("in") if a.token.i > figure.token.i), None)
        if verb == "find" and figure.quantity.unit == "GBP" and _is_infinitive(predicate):
            return Wording("amount to find", (subject,) if subject is not None else ())
        if verb in ("hold", "have") and inner is not None and not figure.is_count and inner.pos_ == "NOUN":
            return Wording(self.words(inner, figure), (inner,))
        return None

    def taken(self, predicate: Token, subject: Token, figure: Figure) -> Wording | None:
        """What takes so long: "the average repair", of "it took nine days to mend a door" what is to be done."""
        done = next((c for c in predicate.children if c.i > figure.token.i and _is_infinitive(c)), None)
        if done is not None and any(c.dep_ == "expl" or c.lower_ == "it" for c in predicate.lefts):
            work = itertools.takewhile(lambda t: not t.is_punct, self.doc[done.i : done.right_edge.i + 1])
            return Wording(f"time taken to {_joined([*work][:_MAX_WORDS])}", (done,))
        words = _lower_first(self.words(subject, figure), subject)
        if not words or subject == figure.token:
            return None
        return Wording(words if subject.lemma_.lower() == "time" else f"time taken for {words}", (subject,))

    def is_person(self, noun: Token) -> bool:
        """Whether a noun in the singular means a person, by itself or with a name."""
        named = any(t.ent_type_ == "PERSON" for t in (noun, *noun.children) if t.dep_ != "nmod:poss")
        return noun.tag_ == "NN" and (named or noun.lemma_.lower() in self.people)

    def is_aside(self, figure: Figure) -> bool:
        """Whether a figure stands by itself between commas: "the bill, at £2,011, is"."""
        start, end = figure.quantity.start, figure.quantity.end
        return self.text[:start].endswith((", at ", ", at just ", ", at about ")) and self.text[end : end + 1] == ","

    def mentioned(self) -> frozenset[Token]:
        """Tokens that stand in names and references."""
        return frozenset(self.doc[i] for i in self.mentions)

    def said_of(self, predicate: Token, noun: Token) -> str:
        """What a clause says of its subject, from its auxiliary to its end or the next comma."""
        words: list[Token] = []
        own = [c.i for c in predicate.children if c.dep_.startswith(("aux", "cop", "advmod")) and c.i > noun.i]
        for token in self.doc[min([predicate.i, *own]) : predicate.sent.end]:
            ends = token.dep_ in ("cc", "mark") and token.lower_ != "to" and token.i > predicate.i
            if (token.is_punct and token.tag_ != "HYPH") or ends or len(words) >= 12:
                break
            if not token.is_space:
                words.append(token)
        while words and words[-1].dep_ in ("case", "det") and words[-1] != predicate:
            words.pop()
        if predicate not in words:
            return ""
        return _joined(words)

    def rest(self, predicate: Token, figure: Figure) -> str:
        """What follows a figure in its clause: "on the service"."""
        words: list[Token] = []
        span = self.doc.char_span(figure.quantity.start, figure.quantity.end, alignment_mode="expand")
        assert span is not None
        first = self.doc[span.end] if span.end < len(self.doc) else None
        if first is None or first.lower_ not in ("on", "to", "in", "for", "from"):
            return ""
        for token in self.doc[span.end : predicate.sent.end]:
            if token.is_punct or len(words) >= 8 or token.dep_ == "cc" or token.pos_ in ("VERB", "AUX"):
                break
            if self.is_date(token):
                break
            words.append(token)
        while words and words[-1].dep_ in ("case", "det", "amod"):
            words.pop()
        return " " + _joined(words)

    def words(self, noun: Token, figure: Figure) -> str:
        """The words of a phrase without its article, the figure with its hedge and preposition, and any owner."""
        start, end = phrase(noun)
        quantity = figure.quantity
        drop: set[int] = set()
        hedge_from = quantity.start
        if quantity.hedge:
            at = self.text[:hedge_from].lower().rfind(quantity.hedge)
            hedge_from = at if hedge_from - at <= len(quantity.hedge) + 8 else hedge_from
        for token in self.doc[start:end]:
            if hedge_from <= token.idx < quantity.end:
                drop.add(token.i)
            if token.dep_ == "nmod:poss" and token.i in self.mentions:
                drop.update(t.i for t in token.subtree)
        rated = _RATE_NOUN.match(self.text, quantity.end)
        drop.update(t.i for t in self.doc[start:end] if rated and quantity.end <= t.idx < rated.end())
        for child in figure.token.children:
            if child.dep_ in ("case", "advmod", "det") and child.i < figure.token.i:
                drop.add(child.i)
        for token in self.doc[start : noun.i]:
            if token.text in (",", ";", ":", "–", "—"):
                start = token.i + 1
        second = next((c for c in noun.children if c.dep_ == "conj" and c.pos_ in _NOUNS and c.i < end + 4), None)
        if second is not None and all(t.pos_ in ("CCONJ", "ADJ", "NOUN") for t in self.doc[end : second.i + 1]):
            end = max(end, second.i + 1)  # "children and young people"
        tokens = [t for t in self.doc[start:end] if t.i not in drop and not t.is_space]
        while tokens and (
            tokens[0].tag_ in ("DT", "PRP$", "WP$", "POS", "RB", "PDT")
            or tokens[0].is_punct
            or tokens[0].dep_ == "case"
        ):
            tokens.pop(0)
        kept: list[Token] = []
        for token in tokens:
            if token.i > noun.i and (token.text in BREAKS or (self.is_date(token) and token.dep_ in ("nmod", "obl"))):
                break
            kept.append(token)
        kept = kept[:_MAX_WORDS]
        while kept and (kept[-1].is_punct or kept[-1].tag_ in ("IN", "DT", "TO", "CC", "POS")):
            kept.pop()
        if not any(t.pos_ in ("NOUN", "PROPN", "VERB") for t in kept):
            return ""
        words = _joined(kept)
        return _lower_first(words, kept[0]) if kept[0].is_sent_start else words

    def is_date(self, token: Token) -> bool:
        return any(d.kind == "date" and d.start <= token.idx < d.end for d in self.reading.dates)

    def entity(self, token: Token) -> Entity | None:
        mention = self.mentions.get(token.i)
        if mention is None or mention.entity.type is None:
            return None
        if self.parameter.types and not self.reading.ontology.accepts(self.parameter, mention.entity.type):
            return None
        entity = mention.entity
        return Entity(entity.text, entity.type, entity.id, mention.start, mention.end)

    def predicate(self, token: Token) -> Token | None:
        """The predicate that a word belongs to, itself included."""
        here = token
        while True:
            if here.i in self.clauses and (here != token or here.pos_ in ("VERB", "ADJ", "NOUN", "SYM", "NUM")):
                return here
            if here.head == here:
                return None
            here = here.head

    def subject_of(self, predicate: Token) -> Token | None:
        clause = self.clauses.get(predicate.i)
        argument = clause.first(THEME, AGENT) if clause is not None else None
        return argument.token if argument is not None else None


def _opens(token: Token) -> bool:
    """Whether a word opens the clause that follows it: "he said THAT the trust had lost", "HOW it lost"."""
    return (token.dep_ == "mark" and token.lower_ not in ("of", "to")) or token.tag_ in ("WDT", "WP", "WRB")


def _bound(figure: Figure) -> bool:
    """Whether a number is where something begins, as in "three or more moves"."""
    return figure.quantity.hedge in ("or more", "or less", "or fewer")


def _participle(token: Token) -> bool:
    """Whether a verb form may stand as a past participle."""
    regular = token.tag_ == "VBD" and (token.lower_.endswith("ed") or token.lower_ in _PARTICIPLES)
    return token.tag_ == "VBN" or regular


def _lower_first(words: str, first: Token) -> str:
    """Words that began a sentence as they stand within one; names keep their capital."""
    return words if first.pos_ == "PROPN" or not words[1:2].islower() else words[0].lower() + words[1:]


def _joined(tokens: Sequence[Token]) -> str:
    words = (t.text_with_ws if t.nbor(1) == after else t.text + " " for t, after in itertools.pairwise(tokens))
    return " ".join("".join([*words, tokens[-1].text]).split()) if tokens else ""


def _is_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(c.lower_ == "to" for c in token.lefts)

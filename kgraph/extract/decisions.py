"""Readers of the arguments of decisions and payments: who decides, what, by how many votes, and how much is paid.

A decision is worded as what is to be done ("close Elm Road library", "approve budget with a 3% tax rise"): the verb in
its plain form with its object and complements, whatever the voice and tense of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from spacy.tokens import Token

from kgraph.extract.clauses import (
    AGENT,
    CONTENT,
    PATIENT,
    PURPOSE,
    RECIPIENT,
    Clause,
    clauses,
    coordinated,
    phrase,
    preposition,
    universal,
)
from kgraph.extract.frames import ArgumentReader, Filling, load_frames
from kgraph.extract.lexicon import Lexicon, load_lexicon
from kgraph.extract.minutes import convened
from kgraph.extract.oversight import GOVERNMENT, WatcherReader, context_of
from kgraph.extract.reading import Mention, Reading, per_reading
from kgraph.extract.roles import subject_at
from kgraph.facts import Entity, Fact
from kgraph.language.numbers import NUMBER, read_number
from kgraph.language.quantities import Quantity
from kgraph.ontology import Argument as Parameter

_MAX_WORDS = 18
_NEAR = 300  # characters within which "the meeting" is that of the body named before
# Complements that say what is decided, rather than when, where or by whom.
_COMPLEMENTS = ("to", "for", "from", "as", "into", "with", "of", "over", "on")
_NAMING = ("appos", "flat", "compound")  # where a phrase may be named, other than by its head
_CIRCUMSTANCES = frozenset("at by during through under within per via without amid".split())
_ENDS = frozenset("because after before while when until as although since following despite if".split())

_N = rf"(?:{NUMBER})"
_VOTES = (
    re.compile(
        r"(?<![\d£.,/-])(?P<for>\d{1,3})\s?[-–]\s?(?P<against>\d{1,3})\b(?![-–/\d])(?! ?(?:year|month|week|day|bed))"
    ),
    re.compile(
        rf"\bvot\w+,? (?P<for>{_N}) to (?P<against>{_N})\b(?! (?:per|%|\d))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\bby (?P<for>{_N})(?: votes)? to (?:the )?(?P<against>{_N})\b(?! (?:per|%|\d))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<for>{_N}) (?:votes? |\w+ )?(?:in favour|for)\b[^.;]{{0,30}}?\b(?P<against>{_N}) (?:votes? )?against\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:backed|supported) by (?P<for>{_N})\b[^.;]{{0,30}}?\b(?:opposed|rejected) by (?P<against>{_N})\b",
        re.IGNORECASE,
    ),
)
_ABSTENTIONS = re.compile(rf"\b(?P<n>{_N}|one) (?:\w+ )?(?:abstentions?|abstain(?:ed|ing))\b", re.IGNORECASE)
_MAJORITY = re.compile(rf"\bby (?:a majority of (?:{_N}|one)|a single vote|(?:{_N}|one) votes?)\b", re.IGNORECASE)
_UNANIMOUS = re.compile(r"\bunanimous(?:ly)?\b", re.IGNORECASE)


def decision_readers(reading: Reading) -> dict[str, ArgumentReader]:
    """Readers by "relation.argument"."""
    return {
        "decides.body": DeciderReader(reading),
        "decides.decision": DecisionReader(reading),
        "meets.body": MeetingReader(reading),
        "member-of.group": GroupReader(reading),
        "decides.votes": VotesReader(reading),
        "funds.amount": SumReader(reading),
        "funds.payer": PayerReader(reading),
        "funds.payee": PayeeReader(reading),
        "funds.purpose": PurposeReader(reading),
    }


_POINTERS = frozenset("it them him her this that these those so".split())


def says_what(fact: Fact) -> bool:
    """Whether a decision can be told from its words: "decided to build it" and "agreed" alone say nothing, unless
    votes or a defeat make them news of a motion told of before."""
    if fact.relation != "decides" or fact.polarity == "negative" or "votes" in fact.arguments:
        return True
    return len([word for word in str(fact.arguments["decision"]).split() if word.lower() not in _POINTERS]) > 1


class DeciderReader:
    """The body that decides: named at its place, or else the one that the document is about."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def lexicon(self) -> Lexicon:
        return load_lexicon(self.reading.ontology.folder)

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        near = [c for label in _NAMING for c in token.children if c.dep_ == label and c.pos_ != "PRON"]
        for candidate in (token, *near):
            mention = self.reading.by_token.get(candidate.i)
            if mention is not None and mention.entity.type is not None:
                entity = mention.entity
                if self.reading.ontology.accepts(parameter, mention.entity.type):
                    return Filling(Entity(entity.text, entity.type, entity.id, mention.start, mention.end))
        government = context_of(self.reading).government(token)
        if government is not None and self.reading.ontology.accepts(parameter, GOVERNMENT):
            return Filling(government)
        # "the board of Northby NHS Trust": an organ that has no name of its own
        type_ = self.lexicon.organ_types.get(token.lower_)
        fits = type_ is not None and self.reading.ontology.accepts(parameter, type_)
        if fits and any(c.dep_.startswith("nmod") and c.pos_ == "PROPN" for c in token.children):
            return Filling(Entity(token.lower_, type_, None, token.idx, token.idx + len(token)))
        return None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        if (body := convened(self.reading)) is not None:
            return [Filling(body.entity)]  # "RESOLVED that the report be noted"
        # a headline leaves words out, and the text says it again with them
        if clause.token.idx < headline_end(self.reading) or _habitual(clause):
            return []
        if (sitting := self.sitting(clause)) is not None:
            return [Filling(Entity(sitting.text, sitting.type, sitting.id))]
        about = subject_at(self.reading, clause.token.idx)
        return [] if about is None else [Filling(Entity(about.text, about.type, about.id))]

    def sitting(self, clause: Clause) -> Entity | None:
        """The organ that was told to decide something shortly before: "The committee voted … An amendment was lost"."""
        start = clause.token.sent.start_char - _NEAR
        before = [m for m in _deciders(self.reading) if start < m.start < clause.token.idx]
        return before[-1].entity if before else None


@per_reading
def _deciders(reading: Reading) -> list[Mention]:
    """Organs that are subjects of deciding. What a cabinet has agreed goes on to the council that it is of."""
    lexicon, frames = load_lexicon(reading.ontology.folder), load_frames(reading.ontology)
    organs, lone = frozenset(lexicon.organ_types.values()), lexicon.lone_organs
    subjects = (
        reading.by_token.get(argument.token.i)
        for clause in clauses(reading.doc)
        if any(f.relation == "decides" for f in frames.get((clause.kind, clause.lemma), ()))
        for argument in clause.all(AGENT)
    )
    found = (m for m in subjects if m is not None and m.entity.type in organs and m.entity.text.lower() not in lone)
    return sorted(found, key=lambda m: m.start)


class MeetingReader(DeciderReader):
    """The body that meets: named at its place, or the one of whose meeting is told."""

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        if (body := convened(self.reading)) is not None:
            return [Filling(body.entity)]
        start = clause.token.sent.start_char - _NEAR
        organs = frozenset(self.lexicon.organ_types.values())
        assemblies = [
            m for m in self.reading.mentions if start < m.start < clause.token.idx and m.entity.type in organs
        ]
        if assemblies:
            return [Filling(assemblies[-1].entity)]
        return super().supply(filled, clause)


class GroupReader(DeciderReader):
    """The group that somebody belongs to; it has to be said."""

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        return []


class DecisionReader:
    """What is decided, in words."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.dates = [(d.start, d.end) for d in reading.dates]

    @cached_property
    def clauses(self) -> Mapping[int, Clause]:
        return {clause.token.i: clause for clause in clauses(self.reading.doc)}

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        verbless = token.pos_ == "NOUN" and not any(c.dep_ in ("cop", "mark") for c in token.children)
        if token.dep_ == "acl:relcl" and any(
            c.tag_ == "WDT" and c.dep_ in ("nsubj:pass", "obj") for c in token.children
        ):
            words = self.relative(token)
            return Filling(words) if words else None
        if token.tag_ in ("WP", "WDT") or (token.dep_ == "acl:relcl" and token.head.lower_ == "what"):
            return None  # "decide on what was put to them": no decision yet
        if token.pos_ == "PRON" or self.is_date(token) or (verbless and token.dep_ in ("xcomp", "ccomp")):
            return None
        words = self.words(token)
        return Filling(words) if words else None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        return []

    def relative(self, verb: Token) -> str:
        """What is decided on, where a relative clause about it tells so: "the PLAN, which was approved in May"."""
        thing = self.phrase(verb.head)
        done = self.clauses.get(verb.i)
        return f"{done.lemma} {thing}" if done is not None and thing else ""

    def words(self, token: Token, depth: int = 0) -> str:
        clause = self.clauses.get(token.i)
        if clause is None or clause.kind != "verb" or depth > 3:
            return self.phrase(token)
        before = list(token.doc[token.left_edge.i : token.i])
        if token.dep_ == "acl:relcl":  # "Northby Council, which approved the plan": the pronoun is who decides
            before = [t for t in before if t.head != token or not t.dep_.startswith("nsubj")]
        if any(t.tag_ in ("WP", "WRB", "WDT", "EX") and t.dep_ != "mark" for t in before):
            # "who will lead it", "there was a case to answer"
            return self.phrase(token, token.left_edge.i)
        negated = any(c.lower_ in ("not", "never") for c in token.children)
        parts = [f"not {clause.lemma}" if negated else clause.lemma]
        for argument in sorted(clause.all(PATIENT, RECIPIENT, "object", CONTENT, PURPOSE, *_COMPLEMENTS), key=_order):
            function, head = argument.function, argument.token
            if function in (PATIENT, RECIPIENT, "object"):
                first, end = phrase(head)  # "also approved were the appointments": without the verb
                words = self.phrase(head, token.i + 1 if first <= token.i < head.i < end else None)
                if len(parts) > 1 and parts[-1] in words:
                    parts.pop()  # "a £12m package", parsed as a sum and a package
                if head.tag_ not in ("WDT", "WP") and words not in parts[-1]:
                    parts.append(words)
            elif function in (CONTENT, PURPOSE):
                if self.clauses.get(head.i) is None:
                    continue
                mark = "to" if any(c.lower_ == "to" for c in head.children) else "that"
                mark = "and" if head.dep_ == "conj" else mark
                parts.append(f"{mark} {self.words(head, depth + 1)}")
            elif head.i > token.i and head.pos_ != "NUM" and not self.is_date(head):
                parts.append(f"{preposition(head)} {self.phrase(head)}")
        if len(parts) == 1 and not depth:
            parts.append(self.rest(token))
        words = " ".join(p for p in parts if p)
        complement = token.dep_ in ("xcomp", "ccomp", "advcl", "acl", "conj")
        return "" if words == clause.lemma and not depth and not complement else " ".join(words.split()[:_MAX_WORDS])

    def rest(self, token: Token) -> str:
        """What follows a verb that has no object or complement: "come down [in favour of one site]"."""
        doc, start = token.doc, token.i + 1
        while start < len(doc) and (doc[start].dep_ == "compound:prt" or doc[start].tag_ in ("DT", "PRP$")):
            start += 1
        following = doc[start : token.right_edge.i + 1]
        if not following or following[0].pos_ not in ("ADP", "NOUN", "PROPN", "ADJ", "NUM", "SYM", "VERB"):
            return ""
        if following[0].lower_ in _CIRCUMSTANCES or any(self.is_date(word) for word in following[:2]):
            return ""
        last = next((w.i for w in following if w.text in ",;:()–—." or w.lower_ in _ENDS or self.is_date(w)), None)
        return doc[start : following.end if last is None else last].text

    def phrase(self, token: Token, start: int | None = None) -> str:
        """The words of a phrase without its article and dates, up to the first comma, bracket or new clause."""
        first, end = phrase(token)
        doc = token.doc
        kept: list[str] = []
        for word in doc[first if start is None else start : end]:
            if not kept and (
                word.tag_ in ("DT", "PRP$", "PDT") or word.is_punct or word.dep_ in ("case", "cop", "aux:pass")
            ):
                continue
            if word.i > token.i and (word.text in ",;:()–—" or word.lower_ in _ENDS or word.is_space):
                break
            if self.is_date(word) and word.i > token.i:
                break
            opens = not kept and word.is_sent_start and word.pos_ != "PROPN"
            kept.append(word.lower_ + word.whitespace_ if opens else word.text_with_ws)
        words = "".join(kept).strip(" .!?'\"“”‘’\n").split()
        while words and words[-1].lower() in ("in", "on", "at", "by", "for", "of", "and", "to", "the", "a"):
            words.pop()
        return " ".join(words)

    def is_date(self, token: Token) -> bool:
        return any(start <= token.idx < end for start, end in self.dates)


def _order(argument: object) -> int:
    return argument.token.i  # type: ignore[attr-defined, no-any-return]


class VotesReader:
    """The votes that a sentence gives: "29-23, 1 abstention", "majority of one", "unanimous"."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        # a relative clause tells of another vote than the sentence does
        clause = token.doc[token.left_edge.i : token.right_edge.i + 1] if token.dep_ == "acl:relcl" else token.sent
        votes = read_votes(clause.text)
        return Filling(votes) if votes else None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        return []


def read_votes(sentence: str) -> str:
    """The result of a vote as a sentence states it, "" where it states none.

    >>> read_votes("It was carried by 26 votes to five, with one abstention.")
    '26-5, 1 abstention'
    """
    for pattern in _VOTES:
        match = pattern.search(sentence)
        if match:
            votes = f"{_figure(match['for'])}-{_figure(match['against'])}"
            abstained = _ABSTENTIONS.search(sentence)
            if abstained:
                number = _figure(abstained["n"])
                votes += f", {number} abstention{'' if number == '1' else 's'}"
            return votes
    majority = _MAJORITY.search(sentence)
    if majority:
        words = majority.group()[3:].lower()
        return "majority of one" if words in ("a single vote", "one vote") else words.removeprefix("a ")
    return "unanimous" if _UNANIMOUS.search(sentence) else ""


def _figure(words: str) -> str:
    number = read_number(words)
    return words if number is None else str(number)


class SumReader:
    """A sum of money: the phrase is one, or names one ("a £600,000 grant", "payments totalling £212,000")."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.sums: list[tuple[int, int, Quantity]] = []
        for quantity in reading.quantities:
            span = reading.doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
            if span is not None and quantity.unit == "GBP" and quantity.start >= headline_end(reading):
                self.sums.append((span.start, span.end, quantity))

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        below = [c for c in token.children if universal(c) in _OF_SUM]
        below += [g for c in below for g in c.children if universal(g) in _OF_SUM]
        for candidate in (token, *below):
            for start, end, quantity in self.sums:
                right_before = candidate == token and end <= token.i <= end + 1 and token.pos_ == "NOUN"
                if start <= candidate.i < end or right_before:
                    value = float(quantity.value)
                    return Filling(int(value) if value.is_integer() else value)
        return None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        return []


class PayerReader(DeciderReader):
    """Who pays; left unsaid, the one whose money the text speaks of: "the government's fund", "X awarded a grant"."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(reading)
        self.watcher = WatcherReader(context_of(reading))

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        return super().read(token, parameter) or self.watcher.read(token, parameter)

    @cached_property
    def funder(self) -> Entity | None:
        found: dict[str, Entity] = {}
        for token in self.reading.doc:
            if token.lemma_ in _MONEY and token.pos_ in ("NOUN", "PROPN"):
                owners = (c for c in token.children if universal(c) in ("nmod", "compound", "amod"))
            elif token.lemma_ in _GIVING and token.pos_ == "VERB":
                owners = (c for c in token.children if c.dep_ in ("nsubj", "obl:agent"))
            else:
                continue
            for owner in owners:
                entity = self.watcher.government(owner)
                mention = self.reading.by_token.get(owner.i)
                if entity is None and mention is not None and mention.entity.type == GOVERNMENT:
                    entity = mention.entity
                if entity is not None:
                    found.setdefault(entity.id or entity.text.lower(), entity)
        return next(iter(found.values())) if len(found) == 1 else None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        entity = self.funder
        return [] if entity is None else [Filling(Entity(entity.text, entity.type, entity.id))]


_MONEY = frozenset({"fund", "funding", "money", "grant", "cash", "investment", "programme", "package", "pot"})
_GIVING = frozenset({"award", "fund", "give", "grant", "allocate", "provide", "pledge", "invest", "announce", "hand"})


class PayeeReader(DeciderReader):
    """Who is paid: a name, or else the words for somebody who has none ("a disabled tenant")."""

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        named = super().read(token, parameter)
        if named is not None or token.pos_ != "NOUN" or token.ent_type_ == "MONEY":
            return named
        words = DecisionReader(self.reading).phrase(token)
        return Filling(words) if words and not any(c.isdigit() for c in words) else None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        return []


_PRICE = re.compile(r" (?:for|at|worth|costing) £.*$")


class PurposeReader:
    """What a sum is for, in words; coordinated purposes are one."""

    def __init__(self, reading: Reading) -> None:
        self.decision = DecisionReader(reading)

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        if token.dep_ == "conj" or token.pos_ not in ("NOUN", "PROPN", "VERB") or self.decision.is_date(token):
            return None
        parts = [self.decision.words(t) if t.pos_ == "VERB" else self.decision.phrase(t) for t in coordinated(token)]
        words = _PRICE.sub("", " and ".join(p for p in parts if p))
        return Filling(words) if words and not words[0].isdigit() and "£" not in words else None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        return []


def _habitual(clause: Clause) -> bool:
    """Whether a clause tells what is usually done: "requests are agreed where they help"."""
    return clause.passive and any(c.lower_ in ("is", "are") and c.dep_ == "aux:pass" for c in clause.token.children)


def headline_end(reading: Reading) -> int:
    """Offset of the end of the first line where it is the document's title."""
    first = reading.document.text.partition("\n")[0]
    title = reading.document.title
    return len(first) if title is not None and first.strip() == title.strip() else 0


_OF_SUM = ("compound", "nummod", "nmod", "amod", "appos", "acl", "obj")

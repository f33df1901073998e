"""Predicate–argument structure over a dependency parse: who does what to whom, however English puts it.

A `Clause` is a predicate (verb, adjective, or a noun that names an event or a post) with its arguments by function, so
that "Ofsted rated the council", "the council, which was rated by Ofsted", "rated by Ofsted, the council …" and
"Ofsted's rating of the council" come out alike. Passive, relative, participial, coordinated and control structures are
resolved; negation, modality and tense are read off. What is resolved is what Enhanced Universal Dependencies add to the
basic tree (https://universaldependencies.org/u/overview/enhanced-syntax.html), plus the voice alternation.

Input is a spaCy `Doc` with Universal Dependencies labels, lemmas, UD and Penn tags. Nothing here knows a domain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from spacy.tokens import Doc, Token

from kgraph.facts import Certainty, Polarity

Kind = Literal["verb", "adjective", "noun"]
Tense = Literal["past", "present", "future", "none"]

# Functions of arguments. Any other function is a preposition ("as", "to", "according to").
AGENT, PATIENT, RECIPIENT = "agent", "patient", "recipient"
THEME = "theme"  # what an adjective or noun is predicated of: the subject of a copula
ATTRIBUTE = "attribute"  # predicated of another argument: "named her LEADER", "judged it INADEQUATE"
CONTENT = "content"  # a clause that is said, thought, decided, asked
POSSESSOR, MODIFIER = "possessor", "modifier"  # of a noun: "the council's leader", "council leader"
PURPOSE = "purpose"  # an infinitive beside the predicate: "voted 21-19 TO CLOSE it"
BARE = "bare"  # an adverbial noun phrase: "last week"

_NEGATORS = frozenset({"not", "n't", "never", "neither", "nor", "nobody", "nothing", "hardly", "barely"})
_POSSIBLE_AUXILIARIES = frozenset({"may", "might", "could", "can", "would", "should", "ought"})
_PLANNED_AUXILIARIES = frozenset({"will", "shall", "wo", "'ll", "must"})
# Governors of an infinitive that decide how far it is so.
_PLANNED_GOVERNORS = frozenset(
    "plan intend aim expect set due decide agree propose vow pledge promise prepare schedule ready order instruct "
    "tell ask require want hope seek about be have need urge commit recommend call bind".split()
)
_POSSIBLE_GOVERNORS = frozenset(
    "likely threaten consider face might able unlikely seem appear invite mind minded".split()
)
_NEGATIVE_GOVERNORS = frozenset("fail refuse decline avoid unable unwilling neglect".split())
_INTENTS = frozenset(
    "intention plan hope thought wish desire ambition aim idea intent question prospect way chance possibility".split()
)
_EXTENTS = frozenset({"vote", "majority", "margin", "percent", "cent", "%"})
_DEMANDS = frozenset(
    "demand insist ask request require call urge propose recommend suggest proposal demand insistence".split()
)
_UNREAL_MARKS = frozenset({"if", "unless", "whether", "should", "lest"})
_PEOPLE = frozenset({"PERSON", "PER"})
_RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its function in the clause and the token that heads it. Coordinated arguments come one by one."""

    function: str
    token: Token

    @property
    def span(self) -> tuple[int, int]:
        """Token range of the phrase, without its coordinated siblings."""
        return phrase(self.token)


@dataclass(frozen=True)
class Clause:
    """A predicate with its arguments.

    certainty   stated, planned ("will", "is to") or possible ("may", "if")
    governor    the predicate whose content or complement this clause is, and None for an independent clause
    """

    token: Token
    kind: Kind
    lemma: str
    arguments: tuple[Argument, ...]
    passive: bool = False
    polarity: Polarity = "positive"
    certainty: Certainty = "stated"
    tense: Tense = "none"
    governor: Token | None = None

    def all(self, *functions: str) -> tuple[Argument, ...]:
        """Arguments having one of these functions, in the order the functions are given."""
        return tuple(a for f in functions for a in self.arguments if a.function == f)

    def first(self, *functions: str) -> Argument | None:
        return next(iter(self.all(*functions)), None)


def clauses(doc: Doc, nouns: Collection[str] = ()) -> tuple[Clause, ...]:
    """All clauses of a parsed document in text order; nouns are read as predicates where their lemma is in `nouns`.

    Raises ValueError on a Doc without a dependency parse.
    """
    if not doc.has_annotation("DEP"):
        raise ValueError("clauses need a dependency parse: the pipeline has set none")
    reader = _reader(doc)
    return tuple(reader.clause(token) for token in doc if reader.is_predicate(token, nouns))


def inner_arguments(token: Token) -> tuple[Argument, ...]:
    """Arguments of any word, predicate or not: "of", possessors, modifiers and apposition inside a noun phrase."""
    kind: Kind = "verb" if token.pos_ in ("VERB", "AUX") else "adjective" if token.pos_ == "ADJ" else "noun"
    reader = _reader(token.doc)
    return tuple(reader.arguments(token, kind, kind == "verb" and reader.is_passive(token)))


def phrase(token: Token) -> tuple[int, int]:
    """Token range [start, end) of the phrase a token heads, without coordinated siblings and clauses."""
    left, right = token.i, token.i
    for child in _children(token):
        if universal(child) in ("conj", "cc", "punct", "parataxis", "discourse") or child.dep_ == "acl:relcl":
            continue
        if universal(child) in ("nsubj", "csubj", "aux", "cop", "mark", "advcl") or (universal(child) == "case"):
            continue
        start, end = phrase(child)
        left, right = min(left, start), max(right, end - 1)
    doc = token.doc
    while right == token.i and right + 2 < len(doc) and doc[right + 1].text == "-" and not doc[right].whitespace_:
        right += 2  # "go-ahead", whatever the parser makes of its second half
    return left, right + 1


def coordinated(token: Token) -> Iterator[Token]:
    """A token and its conjuncts, in text order."""
    yield token
    for child in _children(token):
        if child.dep_ == "conj":
            yield from coordinated(child)


def preposition(token: Token) -> str:
    """The preposition of a phrase ("as", "according to", "'s" for a possessive), or "" where it has none."""
    words: list[str] = []
    for child in _children(token):
        if child.dep_ == "case" and child.i < token.i:
            words.append(child.lower_)
            words += [c.lower_ for c in _children(child) if c.dep_ == "fixed"]
    return " ".join(words)


def hyphenated(token: Token, lemma: str = "") -> str:
    """A word with those that hyphens tie to it, in lower case ("go-ahead", "U-turn"); the word itself as `lemma`."""
    doc, words = token.doc, [lemma or token.lower_]
    at = token.i
    while at >= 2 and doc[at - 1].text == "-" and not doc[at - 1].whitespace_ and not doc[at - 2].whitespace_:
        at -= 2
        words.insert(0, doc[at].lower_)
    at = token.i
    while at + 2 < len(doc) and doc[at + 1].text == "-" and not doc[at].whitespace_ and not doc[at + 1].whitespace_:
        at += 2
        words.append(doc[at].lower_)
    return "-".join(words)


def numbered(token: Token) -> Token:
    """The noun that a numbered one modifies, which some parses take for an apposition: the NOTICE in "a section 114
    notice"; any other word itself."""
    if token.pos_ == "NOUN":
        for child in _children(token):
            between = token.doc[token.i + 1 : child.i]
            if child.dep_ == "appos" and child.pos_ == "NOUN" and between and all(t.pos_ == "NUM" for t in between):
                return child
    return token


def universal(token: Token) -> str:
    """A word's relation without its subtype: "nmod" of "nmod:poss"."""
    return token.dep_.partition(":")[0]


@lru_cache(maxsize=2)
def _tree(doc: Doc) -> list[list[tuple[Token, str, str]]]:
    """For each word its children in text order, with their label and that without its subtype.

    Walking spaCy's own tree makes each token anew; clauses look at the same few many times over.
    """
    below: list[list[tuple[Token, str, str]]] = [[] for _ in doc]
    for token in doc:
        head = token.head.i
        if head != token.i:
            label = token.dep_
            below[head].append((token, label, label.partition(":")[0]))
    return below


def _is_marked(token: Token, *words: str) -> bool:
    """Whether one of these conjunctions opens a clause."""
    return any(c.lower_ in words for c in _children(token, "mark"))


def _children(token: Token, *labels: str) -> list[Token]:
    """Children with one of these labels, or all; a label without subtype matches its subtypes too."""
    below = _tree(token.doc)[token.i]
    if not labels:
        return [c for c, _, _ in below]
    return [c for c, label, base in below if label in labels or base in labels]


@lru_cache(maxsize=2)
def _reader(doc: Doc) -> _Reader:
    """The reader of a document: several extractors ask for the clauses of one document after each other."""
    return _Reader(doc)


class _Reader:
    """Reads one document. Subjects are looked up through governors, hence remembered, and clauses with them."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self._clauses: dict[int, Clause] = {}
        self._subjects: dict[int, tuple[Token, ...]] = {}

    def is_predicate(self, token: Token, nouns: Collection[str]) -> bool:
        if token.pos_ == "VERB":
            return universal(token) not in ("aux", "case", "fixed", "amod") or bool(
                _children(token, "nsubj", "obj", "obl")
            )
        if token.pos_ == "AUX":
            return universal(token) not in ("aux", "cop")
        if _children(token, "cop"):
            return True
        if token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in nouns:
            return universal(token) != "compound"
        # "judged inadequate", "the council, inadequate since 2019, …": adjectives that predicate without a copula
        return token.pos_ == "ADJ" and universal(token) in (
            "ROOT",
            "root",
            "xcomp",
            "ccomp",
            "advcl",
            "acl",
            "parataxis",
        )

    def clause(self, token: Token) -> Clause:
        if token.i not in self._clauses:
            self._clauses[token.i] = self.read_clause(token)
        return self._clauses[token.i]

    def read_clause(self, token: Token) -> Clause:
        kind: Kind = "verb" if token.pos_ in ("VERB", "AUX") else "adjective" if token.pos_ == "ADJ" else "noun"
        passive = kind == "verb" and self.is_passive(token)
        arguments = list(self.arguments(token, kind, passive))
        unique = {(a.function, a.token.i): a for a in arguments}
        polarity, certainty = self.status(token)
        if kind == "noun" and certainty == "stated" and (verb := self.bringing_about(token)) is not None:
            certainty = self.status(verb)[1]  # "will hold a meeting" is no meeting yet
        return Clause(
            token=token,
            kind=kind,
            lemma=self.lemma(token),
            arguments=tuple(sorted(unique.values(), key=lambda a: (a.token.i, a.function))),
            passive=passive,
            polarity=polarity,
            certainty=certainty,
            tense=self.tense(token),
            governor=self.governor(token),
        )

    def lemma(self, token: Token) -> str:
        """Lemma with a separable particle: "stand down", "take over"."""
        particles = [c.lower_ for c in _children(token) if c.dep_ == "compound:prt" or c.lower_ == "aside"]
        if not particles:  # "was waved through by": a preposition without its noun
            particles = [
                c.lower_
                for c in _children(token)
                if c.i == token.i + 1 and c.pos_ == "ADP" and universal(c) in ("obl", "advmod") and not _children(c)
            ]
        return " ".join([token.lemma_.lower(), *particles])

    # Arguments

    def arguments(self, token: Token, kind: Kind, passive: bool) -> Iterator[Argument]:
        if kind == "verb":
            yield from self.subject_arguments(token, PATIENT if passive else AGENT)
        elif _children(token, "cop") or kind == "adjective":
            yield from self.subject_arguments(token, THEME)
        for child in _children(token):
            yield from self.argument(token, child, kind, passive)
        if kind == "noun" and universal(token) == "appos":
            yield Argument("apposition", token.head)  # "Northby Homes, a SUBSIDIARY": each is what the other is
        yield from self.shared_arguments(token, kind, passive)
        yield from self.interrupted_arguments(token, kind, passive)
        yield from self.relative_arguments(token)

    def subject_arguments(self, token: Token, function: str) -> Iterator[Argument]:
        for subject in self.subjects(token):
            yield Argument(function, numbered(subject))

    def argument(self, token: Token, child: Token, kind: Kind, passive: bool) -> Iterator[Argument]:
        base = universal(child)
        if child.tag_ in _RELATIVE_TAGS and self.antecedent(token) is not None:
            return  # the noun that the relative clause modifies stands in for its pronoun
        question = next((c for c in _children(child, "acl", "advcl") if c.dep_.endswith("relcl")), None)
        if child.tag_ in ("WRB", "WP") and question is not None and base in ("obj", "obl"):
            yield Argument(CONTENT, question)  # "examined HOW IT WORKS"
        elif base == "obj":
            # The second object of a passive ("was given the lowest rating") keeps its function.
            yield from self.each(PATIENT if not passive else "object", child)
        elif base == "iobj":
            yield from self.each(RECIPIENT, child)
        elif (child.dep_ == "obl:agent" or (passive and base == "obl")) and preposition(child) == "by":
            # "carried by 26 votes to 20", "cut by 4%" say by how much
            extent = child.lemma_.lower() in _EXTENTS or child.pos_ in ("NUM", "SYM")
            yield from self.each("by" if extent else AGENT, child)
        elif base in ("obl", "nmod") and child.dep_ not in ("nmod:poss", "nmod:desc"):
            case = preposition(child)
            if kind == "noun" and case == "by":
                yield from self.each(AGENT, child)
            else:
                yield from self.each(case or BARE, child)
        elif child.dep_ == "nmod:poss" and child.tag_ == "WP$":
            # "the watchdog, whose report came out in May"
            owner = self.antecedent(self.clause_head(child))
            yield Argument(POSSESSOR, child if owner is None else owner)
        elif child.dep_ == "nmod:poss":
            yield from self.each(POSSESSOR, child)
        elif base in ("compound", "nmod", "amod") and kind == "noun" and child.dep_ != "compound:prt":
            yield from self.each(MODIFIER, child)
        elif base == "xcomp":
            for conjunct in coordinated(child):
                infinitive = any(c.lower_ == "to" for c in _children(conjunct, "mark"))
                verbal = conjunct.pos_ in ("VERB", "AUX") or _children(conjunct, "cop")
                case = preposition(conjunct)
                yield Argument(CONTENT if infinitive or verbal else case or ATTRIBUTE, conjunct)
        elif base in ("ccomp", "csubj") or (base == "acl" and kind == "noun" and self.is_infinitive(child)):
            yield from self.each(CONTENT, child)
        elif base in ("advcl", "acl") and kind == "adjective" and child.tag_ == "VBG":
            # "good at listening": a gerund behind a preposition
            for mark in (c for c in _children(child, "mark") if c.pos_ in ("ADP", "SCONJ")):
                yield from self.each(mark.lower_, child)
        elif base == "advcl" and kind == "verb" and child.i > token.i and self.is_infinitive(child):
            yield from self.each(PURPOSE, child)
        elif base == "appos" and kind == "noun":
            yield Argument("apposition", child)

    def each(self, function: str, head: Token) -> Iterator[Argument]:
        """The conjuncts of a phrase, each an argument; a conjunct with a preposition of its own has its own."""
        for conjunct in coordinated(head):
            own = preposition(conjunct) if conjunct != head else ""
            named = function in (AGENT, PATIENT, RECIPIENT, "object", POSSESSOR, MODIFIER, CONTENT, BARE)
            yield Argument(function if named or not own else own, numbered(conjunct))

    def shared_arguments(self, token: Token, kind: Kind, passive: bool) -> Iterator[Argument]:
        """Objects of the last of coordinated verbs that belong to all: "visited and inspected the council"."""
        if kind != "verb" or passive or _children(token, "obj", "ccomp", "xcomp", "obl"):
            return
        for conjunct in _children(token, "conj"):
            adjacent = all(self.doc[i].dep_ in ("cc", "advmod", "punct", "aux") for i in range(token.i + 1, conjunct.i))
            if conjunct.pos_ == "VERB" and adjacent:
                for child in _children(conjunct, "obj"):
                    yield from self.each(PATIENT, child)

    def interrupted_arguments(self, token: Token, kind: Kind, passive: bool) -> Iterator[Argument]:
        """The object behind an extent set off by commas: "approved, by 30 votes to four, THE BUDGET"."""
        if kind != "verb" or passive or _children(token, "obj", "ccomp", "xcomp"):
            return
        for extent in _children(token, "obl"):
            if extent.lemma_.lower() not in _EXTENTS or extent.i < token.i or not self.is_behind_comma(extent):
                continue
            for noun in (*_children(token, "parataxis", "appos", "obl"), *_children(extent, "appos", "parataxis")):
                nominal = noun.pos_ in ("NOUN", "PROPN") and not preposition(noun)
                if nominal and noun.i > extent.i and self.is_behind_comma(noun):
                    yield from self.each(PATIENT, noun)
                    return

    def is_behind_comma(self, token: Token) -> bool:
        """Whether a comma stands before a phrase, wherever the parse hangs it."""
        first = token.left_edge
        return first.text == "," or (first.i > 0 and self.doc[first.i - 1].text == ",")

    def relative_arguments(self, token: Token) -> Iterator[Argument]:
        """The noun a relative or participial clause modifies, in the function that its gap or pronoun has there."""
        head = self.antecedent(token)
        if head is None:
            return
        passive = token.pos_ in ("VERB", "AUX") and self.is_passive(token)
        pronoun = next((c for c in token.subtree if c.tag_ in _RELATIVE_TAGS and self.clause_head(c) == token), None)
        if pronoun is None:
            # No pronoun: "the report he wrote", "the council inspected by …" (a subject, see `subjects`)
            if token.dep_ == "acl:relcl" and _children(token, "nsubj") and not _children(token, "obj"):
                yield Argument(PATIENT, head)
            return
        if universal(pronoun) == "nsubj":
            return
        if pronoun.tag_ == "WP$":
            owned = pronoun.head
            yield Argument("whose " + universal(owned), head)
        elif universal(pronoun) == "obj":
            yield Argument(PATIENT, head)
        elif universal(pronoun) in ("obl", "nmod"):
            yield Argument(AGENT if passive and preposition(pronoun) == "by" else preposition(pronoun) or BARE, head)

    # Subjects

    def subjects(self, token: Token) -> tuple[Token, ...]:
        """Heads of a predicate's subject: its own, or the one that coordination, control or a participle gives it."""
        if token.i not in self._subjects:
            self._subjects[token.i] = ()  # a cycle of governors ends here
            self._subjects[token.i] = tuple(self.find_subjects(token))
        return self._subjects[token.i]

    def find_subjects(self, token: Token) -> Iterable[Token]:
        own = [c for c in _children(token, "nsubj") if c.dep_ != "nsubj:outer"]
        antecedent = self.antecedent(token)
        if own:
            resolved: list[Token] = []
            for subject in own:
                relative = subject.tag_ in _RELATIVE_TAGS and antecedent is not None
                resolved += (
                    self.relative_heads(antecedent) if relative and antecedent is not None else coordinated(subject)
                )
            return resolved
        head, label = token.head, universal(token)
        if self.is_gerund(token):
            # "no intention of stepping down": whose intention it is, or who has it
            owners = _children(head, "nmod:poss")
            return owners or (self.subjects(head.head) if universal(head) == "obj" else ())
        if antecedent is not None and token.dep_ in ("acl", "acl:relcl") and not self.is_infinitive(token):
            # "inspectors visiting", "the council rated inadequate"; without a subject the noun fills it
            return self.relative_heads(antecedent) if token.tag_ in ("VBG", "VBN", "VBD") or token.pos_ == "ADJ" else ()
        if label == "conj":
            return self.subjects(head)
        if label == "xcomp":
            return self.controller(head, token)
        if label in ("advcl", "parataxis") and (
            token.tag_ in ("VBG", "VBN") or self.is_infinitive(token) or token.pos_ == "ADJ"
        ):
            return self.subjects(head)
        if token.dep_ == "acl" and self.is_infinitive(token):
            return self.subjects(head) if head.pos_ == "VERB" else ()
        return ()

    def controller(self, governor: Token, token: Token) -> Iterable[Token]:
        """Subject of an open complement: the governor's object if it has one, else its subject."""
        objects = [c for c in _children(governor, "obj", "iobj") if c.i < token.i]
        if objects and governor.lemma_ not in ("promise", "pledge", "vow"):
            return list(coordinated(objects[0]))
        return self.subjects(governor)

    @staticmethod
    def relative_heads(antecedent: Token) -> list[Token]:
        """A relative clause on the last of coordinated nouns modifies that one; a noun stands for itself."""
        return [antecedent]

    def antecedent(self, token: Token) -> Token | None:
        """The noun that a relative or participial clause modifies, also through coordination of such clauses."""
        if universal(token) == "acl":
            if token.head.i > token.i:
                return self.noun_before(token)
            # "on the advice of Ann Other, who was …": who is a person, not advice
            before = self.noun_before(token) if any(c.lower_ == "who" for c in _children(token)) else token.head
            person = before.ent_type_ in _PEOPLE and token.head.ent_type_ not in _PEOPLE
            return before if person and token.head.is_ancestor(before) and token.head.pos_ == "NOUN" else token.head
        if token.dep_ == "conj" and universal(token.head) == "acl" and not _children(token, "nsubj"):
            return token.head.head
        return None

    def noun_before(self, token: Token) -> Token:
        """A relative clause follows its noun: one that the parse puts before it has the noun that ends before it."""
        at = token.left_edge.i - 1
        while at > token.sent.start and self.doc[at].is_punct:
            at -= 1
        here = self.doc[at]
        while universal(here) in ("flat", "case", "compound") and here.head.i < token.i and here.head != here:
            here = here.head
        return here if here.pos_ in ("NOUN", "PROPN", "PRON") else token.head

    def clause_head(self, token: Token) -> Token:
        """The predicate a token belongs to, going up through phrases but not through clauses."""
        head = token.head
        while head.head != head and universal(head) in ("nmod", "obl", "nsubj", "obj", "iobj", "case", "det", "conj"):
            if head.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
                break
            head = head.head
        return head

    # Voice, polarity, modality, tense

    def is_passive(self, token: Token) -> bool:
        if _children(token, "nsubj:pass", "aux:pass", "csubj:pass"):
            return True
        if token.tag_ not in ("VBN", "VBD"):
            return False
        if token.dep_ == "conj" and token.tag_ == "VBN" and not _children(token, "nsubj", "aux"):
            return self.is_passive(token.head) if token.head.pos_ == "VERB" else False
        bare = not _children(token, "nsubj", "aux")
        reduced = universal(token) in ("acl", "advcl", "amod", "xcomp", "ROOT", "root", "parataxis", "appos")
        return bare and reduced and token.dep_ != "acl:relcl" and not _children(token, "obj", "ccomp")

    @staticmethod
    def is_infinitive(token: Token) -> bool:
        return any(c.lower_ == "to" for c in _children(token, "mark", "aux")) or (
            token.tag_ == "VB" and not _children(token, "aux")
        )

    @staticmethod
    def is_gerund(token: Token) -> bool:
        """Whether a verb is a noun's complement behind a preposition: "intention of STEPPING down"."""
        marked = any(c.pos_ in ("ADP", "SCONJ") and c.i < token.i for c in _children(token, "mark"))
        return token.tag_ == "VBG" and token.dep_ == "acl" and marked and token.head.lemma_.lower() in _INTENTS

    def status(self, token: Token) -> tuple[Polarity, Certainty]:
        negative, certainty = self.own_status(token)
        if certainty == "stated" and self.is_demanded(token):
            certainty = "planned"
        # A complement, purpose or coordinated verb is as certain as what governs it.
        seen = {token.i}
        here = token
        while here.head != here and here.head.i not in seen:
            label, head = universal(here), here.head
            seen.add(head.i)
            if label == "acl" and head.lemma_.lower() in _INTENTS:
                # "has no plans to step down"
                negative = negative != any(c.lower_ in ("no", "neither") for c in _children(head, "det"))
                certainty = "planned" if certainty == "stated" else certainty
                break
            if label == "xcomp" or (label in ("advcl", "acl", "ccomp") and self.is_infinitive(here)):
                lemma = head.lemma_.lower()
                governor_negative, governor_certainty = self.own_status(head)
                negative = negative != (governor_negative or lemma in _NEGATIVE_GOVERNORS)
                if governor_certainty != "stated":
                    certainty = governor_certainty
                elif self.is_infinitive(here) and certainty == "stated":
                    if lemma in _POSSIBLE_GOVERNORS:
                        certainty = "possible"
                    elif lemma in _PLANNED_GOVERNORS or label in ("advcl", "acl"):
                        certainty = "planned"
            elif label == "conj" and here.pos_ == head.pos_:
                if not _children(here, "aux", "nsubj"):
                    certainty = self.own_status(head)[1] if certainty == "stated" else certainty
            else:
                break
            here = head
        return ("negative" if negative else "positive"), certainty

    @staticmethod
    def is_demanded(token: Token) -> bool:
        """Whether a clause is a subjunctive after a word of asking: "its demand that the leader step down"."""
        subjunctive = token.tag_ in ("VB", "VBP") and not _children(token, "aux") and bool(_children(token, "mark"))
        return subjunctive and universal(token) in ("ccomp", "acl") and token.head.lemma_.lower() in _DEMANDS

    @staticmethod
    def is_reported(token: Token) -> bool:
        """Whether "would" stands here for "will", as told in the past: "She said the school would close"."""
        told = token.head.tag_ in ("VBD", "VBN") and universal(token) in ("ccomp", "acl", "parataxis")
        return told and not any(_is_marked(c, "if", "unless") for c in _children(token, "advcl"))

    def own_status(self, token: Token) -> tuple[bool, Certainty]:
        """Negated or not, and how certain, by the words of this clause alone."""
        negative = False
        certainty: Certainty = "stated"
        for child in _children(token):
            word, base = child.lower_, universal(child)
            if word in _NEGATORS and base in ("advmod", "cc", "det", "nsubj", "obj"):
                negative = True
            elif word == "longer" and any(c.lower_ == "no" for c in _children(child)):
                negative = True
            elif base in ("nsubj", "obj") and any(
                c.lower_ in ("no", "neither") and universal(c) == "det" for c in _children(child)
            ):
                negative = True
            elif base == "aux":
                if child.lemma_.lower() in _PLANNED_AUXILIARIES or word in _PLANNED_AUXILIARIES:
                    certainty = "planned"
                elif child.lemma_.lower() in _POSSIBLE_AUXILIARIES or word in _POSSIBLE_AUXILIARIES:
                    certainty = "planned" if word == "would" and self.is_reported(token) else "possible"
            elif (base == "mark" and word == "without") or (word == "of" and token.head.lower_ == "short"):
                negative = True  # "without taking control", "stopped short of taking control"
            elif base == "mark" and word in _UNREAL_MARKS:
                certainty = "possible"
            elif base == "advmod" and word in ("possibly", "perhaps", "potentially", "maybe"):
                certainty = "possible"
        # "Had the motion been carried, …": a condition without "if"
        first = next((c for c in _children(token) if universal(c) in ("aux", "nsubj")), None)
        if certainty == "stated" and first is not None and first.lower_ == "had" and universal(token) == "advcl":
            certainty = "possible"
        # "is to be overseen": the infinitive marker on a verb with a form of "be" before it
        words = [c.lower_ for c in _children(token) if universal(c) in ("aux", "mark", "cop") and c.i < token.i]
        if certainty == "stated" and "to" in words[1:] and words[0] in ("is", "are", "was", "were"):
            certainty = "planned"
        return negative, certainty

    @staticmethod
    def tense(token: Token) -> Tense:
        auxiliaries = [c for c in _children(token) if universal(c) in ("aux", "cop")]
        if any(c.lower_ in _PLANNED_AUXILIARIES for c in auxiliaries):
            return "future"
        finite = next((t for t in [*auxiliaries, token] if t.tag_ in ("VBD", "VBZ", "VBP", "MD")), None)
        if finite is None:
            return "past" if token.tag_ == "VBN" else "none"
        return "past" if finite.tag_ == "VBD" else "present"

    @staticmethod
    def bringing_about(token: Token) -> Token | None:
        """The verb whose object an event is, or at which one is: it is as certain as that."""
        verb = token.head
        label = universal(token)
        at = label == "obl" and preposition(token) == "at"
        found = verb.pos_ == "VERB" and (at or label == "obj" or token.dep_ == "nsubj:pass")
        return verb if found and not _children(token, "cop") else None

    @staticmethod
    def governor(token: Token) -> Token | None:
        """What a content clause or complement depends on, through coordination."""
        here = token
        while here.dep_ == "conj" and here.head != here:
            here = here.head
        return here.head if universal(here) in ("ccomp", "xcomp", "csubj", "acl", "advcl") else None

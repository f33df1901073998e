"""Predicate–argument structure over a dependency parse: who does what to whom, however English puts it.

A `Clause` is a predicate (verb, adjective, or a noun that names an event or a post) with its arguments by function, so
that "Ofsted rated the council", "the council, which was rated by Ofsted", "rated by Ofsted, the council …" and
"Ofsted's rating of the council" come out alike. Passive, relative, participial, coordinated and control structures are
resolved; negation, modality and tense are read off. What is resolved is what Enhanced Universal Dependencies add to the
basic tree (https://universaldependencies.org/u/overview/enhanced-syntax.html), plus the voice alternation.

Input is a spaCy `Doc` with Universal Dependencies labels, lemmas, UD and Penn tags. Nothing here knows a domain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Token

from kgraph.extract.tree import Node, node, tree
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
    "tell ask require want hope seek about be have need urge commit recommend call bind poise slate line gear".split()
)
_POSSIBLE_GOVERNORS = frozenset(
    "likely threaten consider face might able unlikely seem appear invite mind minded tip rumour favourite".split()
)
_NEGATIVE_GOVERNORS = frozenset("fail refuse decline avoid unable unwilling neglect".split())
_INTENTS = frozenset(
    "intention plan hope thought wish desire ambition aim idea intent question prospect way chance possibility".split()
)
# Verbs of asking, with the preposition before whom one asks.
_ASKED_BY = {"call": ("on", "upon"), "appeal": ("to",), "plead": ("with",), "prevail": ("on", "upon"), "look": ("to",)}
# Their subject does what the infinitive behind their object says: "beat Ann Other TO BECOME leader".
_SUBJECT_CONTROL = frozenset(
    "promise pledge vow beat defeat oust unseat topple overcome outvote outpoll trounce thrash pip leave quit join "
    "replace succeed win use abandon desert ditch return".split()
)
_EXTENTS = frozenset({"vote", "majority", "margin", "percent", "cent", "%"})
_DEMANDS = frozenset(
    "demand insist ask request require call urge propose recommend suggest proposal demand insistence".split()
)
_UNREAL_MARKS = frozenset({"if", "unless", "whether", "should", "lest"})
# Participles that put a condition: "PROVIDED (that) the council agrees".
_PROVISOS = frozenset({"provided", "providing", "assuming", "supposing"})
_PEOPLE = frozenset({"PERSON", "PER"})
_PREDICATIVE = frozenset({"ROOT", "root", "xcomp", "ccomp", "advcl", "acl", "parataxis"})  # of an adjective
_OUTSIDE_PHRASE = frozenset("conj cc punct parataxis discourse nsubj csubj aux cop mark advcl case".split())
_RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})


class Argument(NamedTuple):
    """One argument: its function in the clause and the token that heads it. Coordinated arguments come one by one."""

    function: str
    token: Token

    @property
    def span(self) -> tuple[int, int]:
        """Token range of the phrase, without its coordinated siblings."""
        return phrase(self.token)


class Clause(NamedTuple):
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
        return tuple([a for f in functions for a in self.arguments if a.function == f])

    def first(self, *functions: str) -> Argument | None:
        return next(iter(self.all(*functions)), None)


def clauses(doc: Doc, nouns: Collection[str] = ()) -> tuple[Clause, ...]:
    """All clauses of a parsed document in text order; nouns are read as predicates where their lemma is in `nouns`.

    Raises ValueError on a Doc without a dependency parse.
    """
    if not doc.has_annotation("DEP"):
        raise ValueError("clauses need a dependency parse: the pipeline has set none")
    reader = _reader(doc)
    named = (noun for noun in reader.nouns if noun.lemma in nouns or reader.compounded(noun) in nouns)
    predicates = [*reader.predicates, *named]
    return tuple(reader.clause(node) for node in sorted(predicates, key=lambda n: n.i))


def inner_arguments(token: Token) -> tuple[Argument, ...]:
    """Arguments of any word, predicate or not: "of", possessors, modifiers and apposition inside a noun phrase."""
    word = node(token)
    kind = _kind(word)
    reader = _reader(token.doc)
    return tuple(reader.arguments(word, kind, kind == "verb" and reader.is_passive(word)))


def phrase(token: Token) -> tuple[int, int]:
    """Token range [start, end) of the phrase a token heads, without coordinated siblings and clauses."""
    return _phrase(node(token))


def _phrase(word: Node) -> tuple[int, int]:
    left, right = word.i, word.i
    for child in word.children:
        if child.base in _OUTSIDE_PHRASE or child.label == "acl:relcl":
            continue
        start, end = _phrase(child)
        left, right = min(left, start), max(right, end - 1)
    doc = word.token.doc
    while right == word.i and right + 2 < len(doc) and doc[right + 1].text == "-" and not doc[right].whitespace_:
        right += 2  # "go-ahead", whatever the parser makes of its second half
    return left, right + 1


def coordinated(token: Token) -> Iterator[Token]:
    """A token and its conjuncts, in text order."""
    return (n.token for n in node(token).coordinated())


def preposition(token: Token) -> str:
    """The preposition of a phrase ("as", "according to", "'s" for a possessive), or "" where it has none."""
    return node(token).preposition


def hyphenated(token: Token, lemma: str = "") -> str:
    """A word with those that hyphens tie to it, in lower case ("go-ahead", "U-turn"); the word itself as `lemma`."""
    doc, nodes, words = token.doc, tree(token.doc), [lemma or token.lower_]
    at = token.i
    while at >= 2 and nodes[at - 1].lower == "-" and not doc[at - 1].whitespace_ and not doc[at - 2].whitespace_:
        at -= 2
        words.insert(0, nodes[at].lower)
    at = token.i
    while (
        at + 2 < len(nodes) and nodes[at + 1].lower == "-" and not doc[at].whitespace_ and not doc[at + 1].whitespace_
    ):
        at += 2
        words.append(nodes[at].lower)
    return "-".join(words)


def _numbered(word: Node) -> Node:
    """The noun that a numbered one modifies, which some parses take for an apposition: the NOTICE in "a section 114
    notice"; any other word itself."""
    if word.pos == "NOUN":
        for child in word.children:
            if child.label == "appos" and child.pos == "NOUN":
                between = word.token.doc[word.i + 1 : child.i]
                if between and all(t.pos_ == "NUM" for t in between):
                    return child
    return word


def proviso(token: Token) -> Token | None:
    """The word that makes a clause a condition where no subordinator does: "PROVIDED it passes", "HAD it passed"."""
    here = token
    while here.dep_ == "conj" and here.head.i < here.i:
        here = here.head
    if here.dep_ == "advcl":
        first = next((c for c in here.children if universal(c) in ("aux", "nsubj")), None)
        return first if first is not None and first.lower_ == "had" else None
    head = here.head
    if here.dep_ not in ("ccomp", "xcomp") or head.lower_ not in _PROVISOS or head.dep_ == "ROOT":
        return None
    acts = any(universal(c) in ("nsubj", "aux") for c in head.children)
    return None if acts or any(c.lower_ == "to" for c in here.children) else head


def universal(token: Token) -> str:
    """A word's relation without its subtype: "nmod" of "nmod:poss"."""
    return token.dep_.partition(":")[0]


def _kind(word: Node) -> Kind:
    return "verb" if word.pos in ("VERB", "AUX") else "adjective" if word.pos == "ADJ" else "noun"


@lru_cache(maxsize=2)
def _reader(doc: Doc) -> _Reader:
    """The reader of a document: several extractors ask for the clauses of one document after each other."""
    return _Reader(doc)


class _Reader:
    """Reads one document. Subjects are looked up through governors, hence remembered, and clauses with them."""

    def __init__(self, doc: Doc) -> None:
        self.nodes = tree(doc)
        self.predicates = [word for word in self.nodes if self.is_predicate(word)]
        names = (word for word in self.nodes if word.pos in ("NOUN", "PROPN"))
        self.nouns = [noun for noun in names if noun.base != "compound" and not noun.has("cop")]
        self._clauses: dict[int, Clause] = {}
        self._subjects: dict[int, tuple[Node, ...]] = {}

    @staticmethod
    def is_predicate(word: Node) -> bool:
        """Whether a word is a predicate whatever it means."""
        if word.pos == "VERB":
            return word.base not in ("aux", "case", "fixed", "amod") or word.has("nsubj", "obj", "obl")
        if word.pos == "AUX":
            return word.base not in ("aux", "cop")
        # "judged inadequate", "the council, inadequate since 2019, …": adjectives that predicate without a copula
        return word.has("cop") or (word.pos == "ADJ" and word.base in _PREDICATIVE)

    def compounded(self, noun: Node) -> str:
        """A noun with what a hyphen ties to it: the "pay-off" of its "pay"."""
        behind = self.nodes[noun.i + 1].lower if noun.i + 1 < len(self.nodes) else ""
        return hyphenated(noun.token, noun.lemma) if behind == "-" else noun.lemma

    def clause(self, word: Node) -> Clause:
        if word.i not in self._clauses:
            self._clauses[word.i] = self.read_clause(word)
        return self._clauses[word.i]

    def read_clause(self, word: Node) -> Clause:
        kind = _kind(word)
        passive = kind == "verb" and self.is_passive(word)
        arguments = list(self.arguments(word, kind, passive))
        unique = {(a.function, a.token.i): a for a in arguments}
        polarity, certainty = self.status(word)
        if kind == "noun" and certainty == "stated" and (verb := self.bringing_about(word)) is not None:
            certainty = self.status(verb)[1]  # "will hold a meeting" is no meeting yet
        return Clause(
            token=word.token,
            kind=kind,
            lemma=self.lemma(word),
            arguments=tuple(sorted(unique.values(), key=lambda a: (a.token.i, a.function))),
            passive=passive,
            polarity=polarity,
            certainty=certainty,
            tense=self.tense(word),
            governor=governor.token if (governor := self.governor(word)) is not None else None,
        )

    def lemma(self, word: Node) -> str:
        """Lemma with a separable particle: "stand down", "take over"."""
        particles = [c.lower for c in word.children if c.label == "compound:prt" or c.lower == "aside"]
        if not particles:  # "was waved through by": a preposition without its noun
            particles = [
                c.lower
                for c in word.children
                if c.i == word.i + 1 and c.pos == "ADP" and c.base in ("obl", "advmod") and not c.children
            ]
        return " ".join([word.lemma, *particles])

    # Arguments

    def arguments(self, word: Node, kind: Kind, passive: bool) -> Iterator[Argument]:
        if kind == "verb":
            yield from self.subject_arguments(word, PATIENT if passive else AGENT)
        elif word.has("cop") or kind == "adjective":
            yield from self.subject_arguments(word, THEME)
        for child in word.children:
            yield from self.argument(word, child, kind, passive)
        if kind == "noun" and word.base == "appos":
            yield Argument("apposition", word.head.token)  # "Northby Homes, a SUBSIDIARY": each is what the other is
        yield from self.shared_arguments(word, kind, passive)
        yield from self.interrupted_arguments(word, kind, passive)
        yield from self.relative_arguments(word)

    def subject_arguments(self, word: Node, function: str) -> Iterator[Argument]:
        for subject in self.subjects(word):
            yield Argument(function, _numbered(subject).token)

    def argument(self, word: Node, child: Node, kind: Kind, passive: bool) -> Iterator[Argument]:
        base = child.base
        if child.tag in _RELATIVE_TAGS and self.antecedent(word) is not None:
            return  # the noun that the relative clause modifies stands in for its pronoun
        question = next((c for c in child.below("acl", "advcl") if c.label.endswith("relcl")), None)
        if child.tag in ("WRB", "WP") and question is not None and base in ("obj", "obl"):
            yield Argument(CONTENT, question.token)  # "examined HOW IT WORKS"
        elif base == "obj":
            # The second object of a passive ("was given the lowest rating") keeps its function; of two objects of an
            # active verb the first is for whom it is done ("bought the unit a ladder").
            after = child.token.right_edge.i + 1
            two = (
                not passive
                and child.pos in ("NOUN", "PROPN")
                and any(c.token.left_edge.i == after for c in word.below("obj"))
            )
            yield from self.each(RECIPIENT if two else PATIENT if not passive else "object", child)
        elif base == "iobj":
            yield from self.each(RECIPIENT, child)
        elif (child.label == "obl:agent" or (passive and base == "obl")) and child.preposition == "by":
            # "carried by 26 votes to 20", "cut by 4%" say by how much
            extent = child.lemma in _EXTENTS or child.pos in ("NUM", "SYM")
            yield from self.each("by" if extent else AGENT, child)
        elif base in ("obl", "nmod") and child.label not in ("nmod:poss", "nmod:desc"):
            case = child.preposition
            if kind == "noun" and case == "by":
                yield from self.each(AGENT, child)
            else:
                yield from self.each(case or BARE, child)
        elif child.label == "nmod:poss" and child.tag == "WP$":
            # "the watchdog, whose report came out in May"
            owner = self.antecedent(self.clause_head(child))
            yield Argument(POSSESSOR, (child if owner is None else owner).token)
        elif child.label == "nmod:poss":
            yield from self.each(POSSESSOR, child)
        elif base in ("compound", "nmod", "amod") and kind == "noun" and child.label != "compound:prt":
            yield from self.each(MODIFIER, child)
        elif base == "xcomp":
            for conjunct in child.coordinated():
                infinitive = any(c.lower == "to" for c in conjunct.below("mark"))
                verbal = conjunct.pos in ("VERB", "AUX") or conjunct.has("cop")
                case = conjunct.preposition
                yield Argument(CONTENT if infinitive or verbal else case or ATTRIBUTE, conjunct.token)
        elif base in ("ccomp", "csubj") or (base == "acl" and kind == "noun" and self.is_infinitive(child)):
            yield from self.each(CONTENT, child)
        elif base in ("advcl", "acl") and child.tag == "VBG" and (kind == "adjective" or child.i > word.i):
            # "good at listening", "voted against selling it", "in favour of selling it": a gerund behind a preposition
            for mark in (c for c in child.below("mark") if c.pos in ("ADP", "SCONJ")):
                yield from self.each(mark.lower, child)
        elif base == "advcl" and kind == "verb" and child.i > word.i and self.is_infinitive(child):
            yield from self.each(PURPOSE, child)
        elif base == "appos" and kind == "noun":
            yield Argument("apposition", child.token)

    def each(self, function: str, head: Node) -> Iterator[Argument]:
        """The conjuncts of a phrase, each an argument; a conjunct with a preposition of its own has its own."""
        for conjunct in head.coordinated():
            own = conjunct.preposition if conjunct is not head else ""
            named = function in (AGENT, PATIENT, RECIPIENT, "object", POSSESSOR, MODIFIER, CONTENT, BARE)
            yield Argument(function if named or not own else own, _numbered(conjunct).token)

    def shared_arguments(self, word: Node, kind: Kind, passive: bool) -> Iterator[Argument]:
        """Objects of the last of coordinated verbs that belong to all: "visited and inspected the council"."""
        if kind != "verb" or passive or word.has("obj", "ccomp", "xcomp", "obl"):
            return
        for conjunct in word.below("conj"):
            adjacent = all(n.label in ("cc", "advmod", "punct", "aux") for n in self.nodes[word.i + 1 : conjunct.i])
            if conjunct.pos == "VERB" and adjacent:
                for child in conjunct.below("obj"):
                    yield from self.each(PATIENT, child)

    def interrupted_arguments(self, word: Node, kind: Kind, passive: bool) -> Iterator[Argument]:
        """The object behind an extent set off by commas: "approved, by 30 votes to four, THE BUDGET"."""
        if kind != "verb" or passive or word.has("obj", "ccomp", "xcomp"):
            return
        for extent in word.below("obl"):
            if extent.lemma not in _EXTENTS or extent.i < word.i or not self.is_behind_comma(extent):
                continue
            for noun in (*word.below("parataxis", "appos", "obl"), *extent.below("appos", "parataxis")):
                nominal = noun.pos in ("NOUN", "PROPN") and not noun.preposition
                if nominal and noun.i > extent.i and self.is_behind_comma(noun):
                    yield from self.each(PATIENT, noun)
                    return

    def is_behind_comma(self, word: Node) -> bool:
        """Whether a comma stands before a phrase, wherever the parse hangs it."""
        first = word.token.left_edge.i
        return self.nodes[first].lower == "," or (first > 0 and self.nodes[first - 1].lower == ",")

    def subtree(self, word: Node) -> Iterator[Node]:
        return (self.nodes[t.i] for t in word.token.subtree)

    def relative_arguments(self, word: Node) -> Iterator[Argument]:
        """The noun a relative or participial clause modifies, in the function that its gap or pronoun has there."""
        head = self.antecedent(word)
        if head is None:
            return
        passive = word.pos in ("VERB", "AUX") and self.is_passive(word)
        pronoun = next((n for n in self.subtree(word) if n.tag in _RELATIVE_TAGS and self.clause_head(n) is word), None)
        if pronoun is None:
            # No pronoun: "the report he wrote", "the council inspected by …" (a subject, see `subjects`)
            if word.label == "acl:relcl" and word.has("nsubj") and not word.has("obj"):
                yield Argument(PATIENT, head.token)
            return
        if pronoun.base == "nsubj":
            return
        if pronoun.tag == "WP$":
            owned = pronoun.head
            yield Argument("whose " + owned.base, head.token)
        elif pronoun.base == "obj":
            yield Argument(PATIENT, head.token)
        elif pronoun.base in ("obl", "nmod"):
            yield Argument(
                AGENT if passive and pronoun.preposition == "by" else pronoun.preposition or BARE, head.token
            )

    # Subjects

    def subjects(self, word: Node) -> tuple[Node, ...]:
        """Heads of a predicate's subject: its own, or the one that coordination, control or a participle gives it."""
        if word.i not in self._subjects:
            self._subjects[word.i] = ()  # a cycle of governors ends here
            self._subjects[word.i] = tuple(self.find_subjects(word))
        return self._subjects[word.i]

    def find_subjects(self, word: Node) -> Iterable[Node]:
        own = [c for c in word.below("nsubj") if c.label != "nsubj:outer"]
        antecedent = self.antecedent(word)
        if own:
            resolved: list[Node] = []
            for subject in own:
                relative = subject.tag in _RELATIVE_TAGS and antecedent is not None
                resolved += (
                    self.relative_heads(antecedent) if relative and antecedent is not None else subject.coordinated()
                )
            return resolved
        head, label = word.head, word.base
        if self.is_gerund(word):
            # "no intention of stepping down": whose intention it is, or who has it
            owners = head.below("nmod:poss")
            return owners or (self.subjects(head.head) if head.base == "obj" else ())
        if antecedent is not None and word.label in ("acl", "acl:relcl") and not self.is_infinitive(word):
            # "inspectors visiting", "the council rated inadequate"; without a subject the noun fills it
            return self.relative_heads(antecedent) if word.tag in ("VBG", "VBN", "VBD") or word.pos == "ADJ" else ()
        if label == "conj":
            return self.subjects(head)
        if label == "xcomp":
            return self.controller(head, word)
        if label in ("advcl", "parataxis") and (
            word.tag in ("VBG", "VBN") or self.is_infinitive(word) or word.pos == "ADJ"
        ):
            return (self.is_infinitive(word) and self.asked(head, word)) or self.subjects(head)
        if word.label == "acl" and self.is_infinitive(word):
            return self.subjects(head) if head.pos == "VERB" else ()
        return ()

    def controller(self, governor: Node, word: Node) -> Iterable[Node]:
        """Subject of an open complement: the governor's object if it has one, else its subject."""
        asked = self.asked(governor, word)
        if asked:
            return asked
        objects = [c for c in governor.below("obj", "iobj") if c.i < word.i]
        if objects and governor.lemma not in _SUBJECT_CONTROL:
            return list(objects[0].coordinated())
        return self.subjects(governor)

    @staticmethod
    def asked(governor: Node, word: Node) -> Sequence[Node]:
        """Whom somebody asks to do what a word says, after a preposition: "called ON THE COUNCIL to publish it"."""
        case = _ASKED_BY.get(governor.lemma, ())
        found = (c for c in governor.below("obl") if c.i < word.i and any(p.lower in case for p in c.below("case")))
        first = next(found, None)
        return [] if first is None else list(first.coordinated())

    @staticmethod
    def relative_heads(antecedent: Node) -> list[Node]:
        """A relative clause on the last of coordinated nouns modifies that one; a noun stands for itself."""
        return [antecedent]

    def antecedent(self, word: Node) -> Node | None:
        """The noun that a relative or participial clause modifies, also through coordination of such clauses."""
        if word.base == "acl":
            if word.head.i > word.i:
                return self.noun_before(word)
            if self.acts_itself(word):
                return self.noun_before(word)
            # "on the advice of Ann Other, who was …": who is a person, not advice
            before = self.noun_before(word) if any(c.lower == "who" for c in word.children) else word.head
            person = before.token.ent_type_ in _PEOPLE and word.head.token.ent_type_ not in _PEOPLE
            return (
                before
                if person and word.head.token.is_ancestor(before.token) and word.head.pos == "NOUN"
                else word.head
            )
        if word.label == "conj" and word.head.base == "acl" and not word.has("nsubj"):
            return word.head.head
        return None

    def acts_itself(self, word: Node) -> bool:
        """Whether a relative clause tells what the name right before it does: "findings by the Ombudsman, WHICH ORDERED
        it to pay"; what is published or found is rather the noun that the parse gives it."""
        if word.label != "acl:relcl" or word.head.pos != "NOUN" or not word.has("obj", "xcomp", "ccomp"):
            return False
        subject = next((c for c in word.below("nsubj") if c.lower == "which"), None)
        if subject is None or self.is_passive(word) or subject.i < 2 or self.nodes[subject.i - 1].lower != ",":
            return False
        before = self.nodes[subject.i - 2]
        return before.pos == "PROPN" and before.i > word.head.i

    def noun_before(self, word: Node) -> Node:
        """A relative clause follows its noun: one that the parse puts before it has the noun that ends before it."""
        at = word.token.left_edge.i - 1
        while at > word.token.sent.start and self.nodes[at].token.is_punct:
            at -= 1
        here = self.nodes[at]
        while here.base in ("flat", "case", "compound") and here.head.i < word.i and here.head is not here:
            here = here.head
        return here if here.pos in ("NOUN", "PROPN", "PRON") else word.head

    def clause_head(self, word: Node) -> Node:
        """The predicate a word belongs to, going up through phrases but not through clauses."""
        head = word.head
        while head.head is not head and head.base in ("nmod", "obl", "nsubj", "obj", "iobj", "case", "det", "conj"):
            if head.label == "conj" and head.pos in ("VERB", "AUX"):
                break
            head = head.head
        return head

    # Voice, polarity, modality, tense

    def is_passive(self, word: Node) -> bool:
        if word.has("aux:pass", "csubj:pass"):
            return True
        if word.has("nsubj:pass"):
            return word.tag != "VBD" or word.has("obl:agent") or not word.has("obj", "ccomp", "xcomp")
        if word.tag not in ("VBN", "VBD"):
            return False
        if word.label == "conj" and word.tag == "VBN" and not word.has("nsubj", "aux"):
            return self.is_passive(word.head) if word.head.pos == "VERB" else False
        bare = not word.has("nsubj", "aux")
        reduced = word.base in ("acl", "advcl", "amod", "xcomp", "ROOT", "root", "parataxis", "appos")
        return bare and reduced and word.label != "acl:relcl" and not word.has("obj", "ccomp")

    @staticmethod
    def is_infinitive(word: Node) -> bool:
        return any(c.lower == "to" for c in word.below("mark", "aux")) or (word.tag == "VB" and not word.has("aux"))

    @staticmethod
    def is_gerund(word: Node) -> bool:
        """Whether a verb is a noun's complement behind a preposition: "intention of STEPPING down"."""
        marked = any(c.pos in ("ADP", "SCONJ") and c.i < word.i for c in word.below("mark"))
        return word.tag == "VBG" and word.label == "acl" and marked and word.head.lemma in _INTENTS

    def status(self, word: Node) -> tuple[Polarity, Certainty]:
        negative, certainty = self.own_status(word)
        if certainty == "stated" and self.is_demanded(word):
            certainty = "planned"
        if certainty == "stated" and proviso(word.token) is not None:
            certainty = "possible"
        # A complement, purpose or coordinated verb is as certain as what governs it.
        seen = {word.i}
        here = word
        while here.head is not here and here.head.i not in seen:
            label, head = here.base, here.head
            seen.add(head.i)
            if label == "acl" and head.lemma in _INTENTS:
                # "has no plans to step down"
                negative = negative != any(c.lower in ("no", "neither") for c in head.below("det"))
                certainty = "planned" if certainty == "stated" else certainty
                break
            if label == "xcomp" or (label in ("advcl", "acl", "ccomp") and self.is_infinitive(here)):
                lemma = head.lemma
                governor_negative, governor_certainty = self.own_status(head)
                negative = negative != (governor_negative or lemma in _NEGATIVE_GOVERNORS)
                if governor_certainty != "stated":
                    certainty = governor_certainty
                elif self.is_infinitive(here) and certainty == "stated":
                    if lemma in _POSSIBLE_GOVERNORS:
                        certainty = "possible"
                    elif lemma in _PLANNED_GOVERNORS or label in ("advcl", "acl"):
                        certainty = "planned"
            elif label == "conj" and here.pos == head.pos:
                if not here.has("aux", "nsubj"):
                    certainty = self.own_status(head)[1] if certainty == "stated" else certainty
            else:
                break
            here = head
        return ("negative" if negative else "positive"), certainty

    @staticmethod
    def is_demanded(word: Node) -> bool:
        """Whether a clause is a subjunctive after a word of asking: "its demand that the leader step down"."""
        subjunctive = word.tag in ("VB", "VBP") and not word.has("aux") and word.has("mark")
        return subjunctive and word.base in ("ccomp", "acl") and word.head.lemma in _DEMANDS

    @staticmethod
    def is_reported(word: Node) -> bool:
        """Whether "would" stands here for "will", as told in the past: "She said the school would close"."""
        first = word
        while first.base == "conj" and first.head is not first:  # "said that she …, and that he would …"
            first = first.head
        told = first.head.tag in ("VBD", "VBN") and first.base in ("ccomp", "acl", "parataxis")
        return told and not any(m.lower in ("if", "unless") for c in word.below("advcl") for m in c.below("mark"))

    def own_status(self, word: Node) -> tuple[bool, Certainty]:
        """Negated or not, and how certain, by the words of this clause alone."""
        negative = False
        certainty: Certainty = "stated"
        for child in word.children:
            form, base = child.lower, child.base
            if form in _NEGATORS and base in ("advmod", "cc", "det", "nsubj", "obj"):
                negative = True
            elif form == "longer" and any(c.lower == "no" for c in child.children):
                negative = True
            elif base in ("nsubj", "obj") and any(
                c.lower in ("no", "neither") and c.base == "det" for c in child.children
            ):
                negative = True
            elif base == "aux":
                if child.lemma in _PLANNED_AUXILIARIES or form in _PLANNED_AUXILIARIES:
                    certainty = "planned"
                elif child.lemma in _POSSIBLE_AUXILIARIES or form in _POSSIBLE_AUXILIARIES:
                    certainty = "planned" if form == "would" and self.is_reported(word) else "possible"
            elif (base == "mark" and form == "without") or (form == "of" and self.nodes[child.i - 1].lower == "short"):
                negative = True  # "without taking control", "stopped short of taking control"
            elif base == "mark" and form in _UNREAL_MARKS:
                certainty = "possible"
            elif base == "advmod" and form in ("possibly", "perhaps", "potentially", "maybe"):
                certainty = "possible"
        # "is to be overseen": the infinitive marker on a verb with a form of "be" before it
        words = [c.lower for c in word.children if c.base in ("aux", "mark", "cop") and c.i < word.i]
        if certainty == "stated" and "to" in words[1:] and words[0] in ("is", "are", "was", "were"):
            certainty = "planned"
        return negative, certainty

    @staticmethod
    def tense(word: Node) -> Tense:
        auxiliaries = [c for c in word.children if c.base in ("aux", "cop")]
        if any(c.lower in _PLANNED_AUXILIARIES for c in auxiliaries):
            return "future"
        finite = next((t for t in [*auxiliaries, word] if t.tag in ("VBD", "VBZ", "VBP", "MD")), None)
        if finite is None:
            return "past" if word.tag == "VBN" else "none"
        return "past" if finite.tag == "VBD" else "present"

    @staticmethod
    def bringing_about(word: Node) -> Node | None:
        """The verb whose object an event is, or at which one is: it is as certain as that."""
        verb = word.head
        label = word.base
        at = label == "obl" and word.preposition == "at"
        if at and verb.base in ("xcomp", "advcl") and verb.tag == "VB" and verb.head.tag in ("VBD", "VBN"):
            verb = verb.head  # "agreed to close it at its meeting on Monday"
        found = verb.pos == "VERB" and (at or label == "obj" or word.label == "nsubj:pass")
        return verb if found and not word.has("cop") else None

    @staticmethod
    def governor(word: Node) -> Node | None:
        """What a content clause or complement depends on, through coordination."""
        here = word
        while here.label == "conj" and here.head is not here:
            here = here.head
        return here.head if here.base in ("ccomp", "xcomp", "csubj", "acl", "advcl") else None

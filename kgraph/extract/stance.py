"""Stance: whether words state, deny, accept, criticise, welcome, call for, promise, apologise, warn or ask.

A reporting verb that itself tells the stance decides ("denied", "called for"). Else a log-linear model with few
features (Berger, Della Pietra & Della Pietra 1996): what the verb suggests; who speaks and how they stand to what is
told; groups of words of the content, denied or not, less where a "but" takes them back; what its verbs predicate of the
speaker and of others; services and harm that are yet to come; and what the language model makes of the words, if it
says anything of that. The groups and the weights of the features, and of the language model, are data: `lexicon`,
`weights` and `reported` of `statements.yaml`, the weights made by `python -m tests.benchmarks.stance`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from spacy.tokens import Token

from kgraph.extract.cues import Cues, CueVerb
from kgraph.language import wordscores

STATES = "states"
_WISHING = frozenset("want expect prefer wish".split())
_GOOD = frozenset("praise virtue progress success delight".split())
_STRONG = frozenset("praise virtue delight scandal deceit disregard dismay".split())
_SERVICE = "service"
_FUTURE_ONLY = frozenset({_SERVICE, "course", "harm"})
_AHEAD = frozenset({"future", "told future", "would", "possible"})
_OWN_FAULT = frozenset({"admission"})
_BAD = frozenset("scandal deceit disregard failure lack problem dismay worry".split())
_DENIABLE = _GOOD | _BAD | frozenset("obligation admission acceptance thanks falsehood apology pledge promise".split())
_NEGATION = "negation"
_SCOPE = 3  # words that a negation reaches
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DUTY = frozenset({"must", "should", "ought"})
_FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "ca"})
_NOT = frozenset({"not", "n't", "n’t", "never"})
_NOBODY = frozenset({"nobody", "nothing", "none", "neither", "no", "few", "little"})
_FIRST, _PERSON, _BODY = frozenset({"i", "we"}), frozenset({"he", "she"}), frozenset({"it", "they"})
_THEM = frozenset({"he", "she", "they", "you"})
_THINKING = frozenset(
    "think believe feel know say mean hope suppose be clear see understand make fact mind view sure confident want "
    "like wish let need".split()
)  # what is thought, known or wished is said itself: "I think it is late", "I want to thank them"
_REAL = frozenset({"past", "present"})
_AIM = "aim"
_MY, _HIS = frozenset({"my", "our"}), frozenset({"its", "their", "his", "her"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is said, apart from its content.

    verb      the reporting verb, None in a quotation that goes on
    negated   whether the verb is denied
    quoted    whether words stand in quotation marks
    kind      the kind of speaker: an entity type, or "" where it is not known
    name      the speaker's name
    standing  how the speaker stands to what is told ("critic", "judge", "charge"), "" where the text does not tell
    marks     what kind of person the words beside the name tell of ("head", "group", "lay")
    """

    verb: CueVerb | None = None
    negated: bool = False
    quoted: bool = False
    kind: str = ""
    name: str = ""
    standing: str = ""
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Clause:
    """A predicate of the content.

    head    the word that predicates
    who     of whom: "self", "self undergone" (what was done to the speaker), "own", "rival", "other"
    mode    what is or was ("present", "past"), ought to be, will or may be, is to be done ("duty", "future", "told
            future", "would", "possible", "aim", "imperative")
    denied  whether it is denied
    main    whether it is itself what is said
    """

    head: Token
    who: str
    mode: str
    denied: bool
    main: bool


def stance(cues: Cues, content: Sequence[Token], manner: Manner) -> str:
    """What the verb tells, or else the stance with the highest score; of equals the first in the alphabet.

    content  the tokens that are said
    """
    if told := told_by_verb(manner):
        return told
    scores: Counter[str] = Counter()
    for feature in set(features(cues, content, manner)):
        scores.update(cues.weights.get(feature, {}))
    for kind, likely in wordscores.stances(content).items():
        scores[kind] += round(cues.reported * likely)
    return min(scores, key=lambda s: (-scores[s], s), default=STATES)


def told_by_verb(manner: Manner) -> str:
    """The stance of the verb itself, "" where the content decides."""
    if manner.verb is None:
        return ""
    return manner.verb.negated if manner.negated else manner.verb.stance


def features(cues: Cues, content: Sequence[Token], manner: Manner) -> Iterator[str]:
    """Names of the features of a statement; one may come several times."""
    yield "always"
    verb = manner.verb
    if verb is not None and verb.content == "predicate":
        yield "called"
    if verb is not None and verb.leans:
        yield f"leaning {verb.leans}"
    if manner.kind not in ("", "person"):
        yield f"speaker {manner.kind}"
    if manner.standing:
        yield f"by {manner.standing}"
    for mark in sorted(manner.marks):
        yield f"who {mark}"
    if manner.quoted:
        yield "quoted"
    if content and any(t.text == "?" for t in content[-2:]):
        yield "question"
    clauses = _clauses(content, manner)
    for clause in {c.head.i: c for c in clauses.values()}.values():
        denied = clause.denied and clause.mode not in ("duty", "would", "told future")
        if denied and clause.main and manner.standing:
            yield f"{manner.standing} denied"
        if clause.main:
            yield f"{clause.who} {clause.mode}{' denied' if denied else ''}"
    balance = 0
    for feature, weight in _groups(cues, content, clauses):
        balance += weight
        yield feature
        if manner.standing and feature in ("self bad", "own bad"):
            yield f"{manner.standing} {feature}"
    tone = "good" if balance > 0 else "bad" if balance < 0 else "even"
    if balance:
        yield f"tone {tone}"
    if manner.standing:
        yield f"{manner.standing} tone {tone}"


def _conceded(content: Sequence[Token]) -> int:
    """The index of the "but" that takes back what stands before it in the content, 0 where there is none."""
    for token in content[1:]:
        if (
            token.lower_ == "but"
            and token.dep_ == "cc"
            and not any(t.lower_ in ("not", "n't", "n’t", "nothing") for t in token.doc[max(0, token.i - 6) : token.i])
        ):
            return token.i
    return 0


def _clauses(content: Sequence[Token], manner: Manner) -> dict[int, _Clause]:
    """The clause that each token of the content belongs to, by the token's index; words without a verb have none."""
    inside = {t.i for t in content}
    modes: dict[int, tuple[Token, str]] = {}
    for token in content:
        if token.tag_ == "VB":
            if manner.quoted and _is_imperative(token):
                modes[token.i] = token, "imperative"
            elif any(c.tag_ == "TO" for c in token.children):
                modes.setdefault(token.i, (token, _AIM))
        if token.tag_ in _FINITE:
            auxiliary = token.dep_.startswith("aux") or token.dep_ == "cop"
            head = token.head if auxiliary and token.head.i in inside else token
            if token.tag_ == "MD" or modes.get(head.i, (head, _AIM))[1] == _AIM:
                modes[head.i] = head, _mode(token, head, manner.quoted)
    found: dict[int, _Clause] = {}
    for place, (head, mode) in modes.items():
        subject = _subject(head)
        who = _who(subject, manner)
        if who == "self" and subject is not None and subject.dep_ == "nsubj:pass" and mode in _REAL:
            who = "self undergone"
        found[place] = _Clause(head, who, mode, _is_denied(head, subject), _is_main(head, modes))
    for place, clause in list(found.items()):  # "has to improve": what one has to do is a duty too
        above = found.get(clause.head.head.i)
        if clause.mode == _AIM and clause.head.dep_ == "xcomp" and above is not None and above.mode not in _REAL:
            found[place] = above
    return {t.i: found[at] for t in content if (at := _governor(t, inside, found)) is not None}


def _governor(token: Token, inside: Set[int], predicates: Mapping[int, object]) -> int | None:
    """The index of the nearest predicate at or above a token."""
    while token.i not in predicates:
        if token.head == token or token.head.i not in inside:
            return None
        token = token.head
    return token.i


def _is_main(head: Token, predicates: Mapping[int, object]) -> bool:
    """Whether a predicate is itself what is said, not part of a clause that belongs to it."""
    while head.head != head:
        if head.dep_.startswith("acl"):
            return False
        if head.head.i in predicates and head.dep_.startswith(("advcl", "csubj", "ccomp", "xcomp")):
            thought = head.dep_ in ("ccomp", "xcomp") and head.head.lemma_.lower() in _THINKING
            if not thought:
                return False
        head = head.head
    return True


def _groups(cues: Cues, content: Sequence[Token], clauses: Mapping[int, _Clause]) -> Iterator[tuple[str, int]]:
    """Groups of words of the content, denied or not, in its main clauses or within others; what is good and bad of
    what is predicated, of the speaker, of others, of what is to be. With each what it adds to the balance of the two.
    """
    words = plain_words(content)
    denials = [i for i, w in enumerate(words) if (w,) in cues.lexicon[_NEGATION] and words[i + 1 : i + 2] != ["only"]]
    found = _places(words, [t.lemma_.lower() for t in content], cues)
    del found[_NEGATION]
    covered = {i for places in found.values() for place, n in places if n > 1 for i in range(place, place + n)}
    conceded = _conceded(content)
    # "wrong" is no word by itself in "we got it wrong"
    for group, place, n in ((g, place, n) for g, places in found.items() for place, n in places):
        if n == 1 and place in covered:
            continue
        token = content[place]
        clause = clauses.get(token.i)
        denied = group in _DENIABLE and any(0 < place - d <= _SCOPE for d in denials)
        before_but = token.i < conceded
        core = clause is not None and clause.main and any(_is_predicate(t, clause.head) for t in content[place:][:n])
        if group in _OWN_FAULT and clause is not None and clause.who == "rival":
            group = "failure"
        main = clause is None or (clause.main and (core or token.dep_ not in ("amod", "compound")))
        name = ("" if main and not before_but else "sub ") + ("not " if denied else "") + group
        if group in _FUTURE_ONLY:
            if clause is not None and (n > 1 or _is_predicate(token, clause.head)):
                if clause.mode in _AHEAD:
                    yield f"{'self ' if clause.who == 'self' else ''}{group}", 0
                elif group == _SERVICE and clause.denied and clause.mode in _REAL:
                    yield f"{'self ' if clause.who == 'self' else ''}not {group}", 0
            continue
        if group in _GOOD or group in _BAD:
            good = (group in _GOOD) != denied
            tone = "good" if good else "bad"
            if clause is not None and clause.mode not in _REAL:
                if clause.mode in _AHEAD:
                    yield f"{clause.mode} {tone}", 0
                continue
            weight = 0 if before_but else 2 if group in _STRONG else 1
            yield name, weight if good else -weight
            if core and not before_but:
                yield f"is {tone}", 0
            if clause is not None and clause.who in ("own", "self", "rival"):
                yield f"{clause.who} {tone}", 0
            continue
        if core and not denied and clause is not None and clause.who == "self":
            yield f"self {group}", 0
        yield name, 0


def _is_predicate(token: Token, head: Token) -> bool:
    """Whether a word is what is predicated: "was slow", "a remarkable result", "does it well"."""
    return token == head or (token.head == head and token.dep_ in ("amod", "advmod", "obj", "xcomp", "compound"))


def _mode(token: Token, head: Token, quoted: bool) -> str:
    word = token.lower_
    open_clause = any(c.dep_ == "xcomp" for c in head.children)
    if word in _DUTY or head.lemma_ == "need" or (head.lemma_ == "have" and open_clause):
        return "duty"
    if head.lemma_.lower() in _WISHING and any(_is_wished(c) for c in head.children):
        return "wish"
    if word in _FUTURE or (head.lower_ == "going" and open_clause):
        return "future"
    if word in ("would", "'d", "’d"):
        return "would" if quoted else "told future"  # "said it would": will, told later
    if word in _POSSIBLE:
        return "possible"
    return "past" if token.tag_ == "VBD" else "present"


def _is_wished(dependent: Token) -> bool:
    """Whether a dependent of a verb of wishing is what somebody else is to do: "want the fence mended"."""
    return dependent.dep_ in ("obj", "ccomp") or (
        dependent.dep_ == "xcomp" and any(c.dep_.startswith("nsubj") for c in dependent.children)
    )


def _who(subject: Token | None, manner: Manner) -> str:
    """self: the speaker; own: what is the speaker's ("our staff"); rival: named or pointed to; other: all else."""
    if subject is None:
        return "other"
    told = frozenset() if manner.quoted else _PERSON if manner.kind == "person" else _BODY
    if subject.lower_ in _FIRST | told or subject.lower_ in manner.name.lower().split():
        return "self"
    possessive = _MY if manner.quoted else _MY | _HIS
    if any(c.lower_ in possessive for c in subject.children):
        return "own"
    return "rival" if subject.lower_ in _THEM or subject.ent_type_ in ("PERSON", "ORG") else "other"


def _is_imperative(verb: Token) -> bool:
    dependents = any(c.dep_.startswith(("nsubj", "aux", "mark")) for c in verb.children)
    return verb.dep_ in ("ROOT", "parataxis", "ccomp") and not dependents


def _is_denied(head: Token, subject: Token | None) -> bool:
    if any(
        (c.lower_ in _NOT and not (c.i + 1 < len(c.doc) and c.nbor().lower_ == "only"))
        or (c.lower_ == "longer" and any(d.lower_ == "no" for d in c.children))
        for c in head.children
    ):
        return True
    nouns = [c for c in head.children if c.dep_ in ("obj", "nsubj", "attr")] + (
        [subject] if subject is not None else []
    )
    nouns.append(head)
    return any(n.lower_ in _NOBODY or any(c.lower_ in ("no", "not", "neither") for c in n.children) for n in nouns)


def _subject(head: Token) -> Token | None:
    """The subject of a predicate, or of the one it is coordinated with."""
    for _ in range(4):
        subject = next((c for c in head.children if c.dep_.startswith("nsubj")), None)
        if subject is None and any(c.dep_ == "obj" for c in head.children):  # "it would appoint her": no expletive
            subject = next((c for c in head.children if c.dep_ == "expl" and c.lower_ == "it"), None)
        if subject is not None or head.dep_ != "conj":
            return subject
        head = head.head
    return None


def _places(words: Sequence[str], lemmas: Sequence[str], cues: Cues) -> dict[str, list[tuple[int, int]]]:
    """Where the phrases of each group stand, as (place, length): a word by itself or its lemma, several words as they
    stand but for the first. Of phrases that begin at one word the longest counts."""
    found: dict[str, list[tuple[int, int]]] = {group: [] for group in cues.lexicon}
    for i, (word, lemma) in enumerate(zip(words, lemmas, strict=True)):
        firsts = (word,) if word == lemma else (word, lemma)
        begun = [entry for first in firsts for entry in cues.openers.get(first, ())]
        for group, phrase in sorted(begun, key=lambda entry: -len(entry[1])) if len(begun) > 1 else begun:
            length = len(phrase)
            places = found[group]
            if (not places or places[-1][0] != i) and tuple(words[i + 1 : i + length]) == phrase[1:]:
                places.append((i, length))
    return found


def plain_words(tokens: Sequence[Token]) -> list[str]:
    """Tokens as phrases of the data are written: in lower case, with straight apostrophes."""
    return [t.lower_.replace("’", "'") for t in tokens]


def has(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Whether a phrase stands among words."""
    if phrase[0] not in words:
        return False
    length = len(phrase)
    return any(tuple(words[i : i + length]) == tuple(phrase) for i, w in enumerate(words) if w == phrase[0])

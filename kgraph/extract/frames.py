"""Frames: the ways a relation is said, as data, run over predicate–argument structure.

A relation's file lists its frames. One frame covers active, passive, relative, participial, control and nominal forms,
because it names functions of arguments (see `kgraph.extract.clauses`) and never dependency labels:

    frames:
      - verbs: [appoint, name, elect]          # lemmas; "step down" with its particle; "*" for any
        nouns: [appointment, election]         # read as predicates with "of", "by", possessors
        adjectives: []
        slots:                                 # argument: places to look, first that fits wins
          person: [patient]
          role: [as, attribute, to]
          appointer: [agent]
          org: [at, of, as.of]                 # a place inside another: the "of" of what fills "as"
          kind: [self.name]                    # "name": a noun with the words before it, as text ("special meeting")
          status: [patient.held]               # what the argument's reader supplies for who stands there: what he
                                               # has ("held") or got ("gained"), or what another left ("vacated")
        where: {patient: [council, authority]} # only what has one of these lemmas, and something there must
        unless: {agent: [voter], patient: ["*"]}   # "*": any
        types: {org: [council]}                # entity types, where they are narrower than the relation's
        needs: [org]                           # optional arguments without which this way of saying it does not count
        tenses: [past]                         # only clauses in one of these tenses
        certainties: [stated]                  # only clauses so certain
        values: {manner: resigned}             # constants
        context: [inspector]                   # may come from the document where it names just one that fits
        omitted: [body]                        # likewise, but only where nothing at all stands in its places
        certainty: planned                     # where the predicate itself says so ("minded to")
        polarity: negative                     # or "reversed": only of what is denied, and so stated ("will not stand")
        confidence: 0.8

In the spirit of FrameNet (Baker, Fillmore & Lowe 1998) and of rules over dependencies such as Odin's
(Valenzuela-Escárcega et al. 2016), over a layer free of alternations as PredPatt's (White et al. 2016).

A place may begin outside the predicate's arguments: `self` is its own word, `governor` the verb that a noun is an
argument of ("in its report the watchdog said …": `governor.agent`), `head` the word above it ("CALLS for a
resignation"), `adverb` what modifies it ("no LONGER leader"), `aux` its auxiliaries ("MUST close"), `mark` what
subordinates it ("IF approved", "PROVIDED it is approved"; `content.mark`: "told TO pay"), `case` its preposition ("is
IN special measures"), `relative` the noun that its relative clause is about ("ANN OTHER, who became leader").
"""

from __future__ import annotations

import calendar
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, Protocol

from spacy.tokens import Span, Token

from kgraph.extract.attachment import near, phrasal
from kgraph.extract.clauses import (
    MODIFIER,
    Argument,
    Clause,
    clauses,
    coordinated,
    hyphenated,
    inner_arguments,
    phrase,
    preposition,
    proviso,
    universal,
)
from kgraph.extract.reading import Mention, Reading, per_reading
from kgraph.facts import Certainty, Entity, Fact, Polarity, Value
from kgraph.language.dates import DateMention
from kgraph.ontology import Argument as Parameter
from kgraph.ontology import Ontology, OntologyError, Relation

Place = tuple[str, ...]
_LIKE_PREPOSITIONS = frozenset({"following", "including", "regarding", "concerning"})
# Words before a noun that tell which one is meant and not what kind of thing.
_WHICH = frozenset(
    "next last previous recent latest forthcoming upcoming coming first second third final same other".split()
)
# Under this name a reader is told of all who fill an argument, when it is asked of one of them.
SEVERAL = "several"
_FUNCTION_WORDS = frozenset({"aux", "mark", "case"})
# Places that are no arguments of the predicate.
_BESIDE = frozenset({"self", "governor", "head", "adverb", "relative"}) | _FUNCTION_WORDS
_SUPPLIED = frozenset({"held", "gained", "vacated"})
# A date behind these bounds what happens and does not say when it does.
_BOUNDS = frozenset({"before", "after", "until", "till", "by", "since", "from"})
_KEYS = frozenset(
    "verbs nouns adjectives slots where unless needs tenses certainties types values context omitted certainty "
    "polarity confidence name".split()
)


@dataclass(frozen=True)
class Frame:
    """One way of saying a relation."""

    relation: str
    name: str
    triggers: frozenset[tuple[str, str]]  # (kind, lemma)
    slots: Mapping[str, tuple[Place, ...]]
    where: tuple[tuple[Place, frozenset[str]], ...] = ()
    filled: frozenset[str] = frozenset()  # functions that `where` looks at: without any of them it does not hold
    unless: tuple[tuple[Place, frozenset[str]], ...] = ()
    needs: frozenset[str] = frozenset()
    tenses: frozenset[str] = frozenset()
    certainties: frozenset[str] = frozenset()
    values: Mapping[str, Value] = field(default_factory=dict)
    context: frozenset[str] = frozenset()
    omitted: frozenset[str] = frozenset()
    types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    certainty: Certainty | None = None
    polarity: Polarity | Literal["reversed"] | None = None
    confidence: float = 0.8


@lru_cache(maxsize=4)
def load_frames(ontology: Ontology) -> Mapping[tuple[str, str], tuple[Frame, ...]]:
    """Frames by (kind of predicate, lemma). Raises OntologyError naming file, frame and reason."""
    index: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for relation in ontology.relations.values():
        for number, data in enumerate(relation.frames):
            frame = _frame(ontology, relation, number, data)
            for trigger in sorted(frame.triggers):
                index[trigger].append(frame)
    return {trigger: tuple(found) for trigger, found in index.items()}


@lru_cache(maxsize=8)
def triggering(ontology: Ontology, kind: str) -> frozenset[str]:
    """The lemmas of a kind of predicate that some frame asks for."""
    return frozenset(lemma for known, lemma in load_frames(ontology) if known == kind)


@lru_cache(maxsize=4)
def verbs_of_frames(ontology: Ontology) -> frozenset[str]:
    """The verbs that some frame asks for, without the words that make them phrasal."""
    return frozenset(lemma.partition(" ")[0] for lemma in triggering(ontology, "verb"))


def _frame(ontology: Ontology, relation: Relation, number: int, data: Mapping[str, Any]) -> Frame:
    where = f"{ontology.folder}/relations/{relation.name}.yaml: frames[{number}]"
    unknown = set(data) - _KEYS
    if unknown:
        raise OntologyError(f"{where}: unknown key {sorted(unknown)[0]!r}")
    triggers = frozenset((kind, lemma) for kind in ("verb", "noun", "adjective") for lemma in data.get(kind + "s", []))
    if not triggers:
        raise OntologyError(f"{where}: no verbs, nouns or adjectives")
    slots = {name: _places(places) for name, places in data.get("slots", {}).items()}
    types = {name: tuple(allowed) for name, allowed in data.get("types", {}).items()}
    lists = (name for key in ("context", "omitted", "needs") for name in data.get(key, []))
    for name in (*slots, *types, *data.get("values", {}), *lists):
        if name not in relation.arguments:
            raise OntologyError(f"{where}: no argument {name!r}")
    return Frame(
        relation=relation.name,
        name=f"{relation.name}/{data.get('name', min(lemma for _, lemma in triggers))}",
        triggers=triggers,
        slots=slots,
        where=(conditions := _conditions(data.get("where", {}))),
        filled=frozenset(place[0] for place, _ in conditions) - _BESIDE,
        unless=_conditions(data.get("unless", {})),
        needs=frozenset(data.get("needs", [])),
        tenses=frozenset(data.get("tenses", [])),
        certainties=frozenset(data.get("certainties", [])),
        values=data.get("values", {}),
        context=frozenset(data.get("context", [])),
        omitted=frozenset(data.get("omitted", [])),
        types=types,
        certainty=data.get("certainty"),
        polarity=data.get("polarity"),
        confidence=float(data.get("confidence", 0.8)),
    )


def _places(places: str | Sequence[str]) -> tuple[Place, ...]:
    return tuple(tuple(place.split(".")) for place in ([places] if isinstance(places, str) else places))


def _conditions(data: Mapping[str, Sequence[str]]) -> tuple[tuple[Place, frozenset[str]], ...]:
    return tuple((tuple(place.split(".")), frozenset(lemmas)) for place, lemmas in data.items())


@dataclass(frozen=True, slots=True)
class Filling:
    """A value for an argument, with values it brings for other arguments ("leader of Northby Council": an org too).

    at       the word that it was read from
    whose    the value of another argument that it goes with: "leader ANN OTHER and deputy leader Tom Field left"
    alone    it goes with nobody else, found at his place or not: "made Ann Other leader and TOM FIELD deputy leader"
    """

    value: Value
    others: Mapping[str, Value] = field(default_factory=dict)
    at: int | None = field(default=None, compare=False)
    whose: Entity | None = None
    alone: bool = False


class ArgumentReader(Protocol):
    """Reads arguments that are more than a name, a date or plain words, such as roles and sums of money."""

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        """The value of the phrase that a token heads; None where the phrase is not of that sort."""

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        """Values that the document elsewhere gives for an argument left unsaid, by what the others are."""


def extract_frames(reading: Reading, readers: Mapping[str, ArgumentReader]) -> Iterator[Fact]:
    """Facts that the frames find. `readers` are by argument name, or by "relation.argument" for one relation only."""
    if not reading.doc.has_annotation("DEP"):
        return
    index = load_frames(reading.ontology)
    nouns, verbs = triggering(reading.ontology, "noun"), verbs_of_frames(reading.ontology)
    fill = Filler(reading, readers)
    for clause in clauses(reading.doc, nouns):
        for variant in phrasal(clause) if _may_trigger(clause, verbs) else ():
            functions = {argument.function for argument in variant.arguments}
            for lemma in dict.fromkeys((variant.lemma, hyphenated(variant.token, variant.lemma))):
                for frame in index.get((variant.kind, lemma), ()):
                    if frame.filled <= functions:
                        yield from match(frame, variant, fill)
        for frame in index.get((clause.kind, "*"), ()):
            yield from match(frame, clause, fill)


def _may_trigger(clause: Clause, verbs: Set[str]) -> bool:
    """Whether some frame may ask for a clause, or for a phrasal verb that it may be: most verbs are in none."""
    verb = clause.lemma.partition(" ")[0]
    known = clause.kind != "verb" or not verbs.isdisjoint((verb, f"{verb}e", verb.removesuffix("e")))
    return known or "-" in hyphenated(clause.token)


def match(frame: Frame, clause: Clause, fill: Filler) -> Iterator[Fact]:
    """The facts a clause states by a frame: one for each combination of coordinated fillers."""
    if clause.kind == "noun" and fill.is_inside_name(clause.token):
        return
    if frame.tenses and clause.tense not in frame.tenses:
        return
    if frame.certainties and clause.certainty not in frame.certainties:
        return
    if frame.polarity == "reversed" and clause.polarity != "negative":
        return
    if not all(_has(clause, place, lemmas) for place, lemmas in frame.where):
        return
    if any(_has(clause, place, lemmas) for place, lemmas in frame.unless):
        return
    if frame.where:
        clause = _narrowed(clause, dict(frame.where))
    reading = fill.reading
    relation = reading.ontology.relations[frame.relation]
    filled: dict[str, list[Filling]] = {}
    for name, parameter in relation.arguments.items():
        if name in frame.values:
            filled[name] = [Filling(frame.values[name])]
            continue
        if name in frame.types:
            parameter = replace(parameter, types=frame.types[name])
        places = frame.slots.get(name, ())
        reader = fill.readers.get(f"{frame.relation}.{name}") or fill.readers.get(name)
        unplaced = parameter.kind == "date" and not places and name != relation.rdf.time.get("when")
        values = [] if unplaced else fill.argument(clause, parameter, places, reader)
        if parameter.kind == "date" and name in (relation.rdf.time.get("start"), relation.rdf.time.get("end")):
            values = _bounded(values, name == relation.rdf.time.get("end"))
        if not values and (name in frame.context or (name in frame.omitted and not fill.stands(clause, places))):
            values = _of_each(name, filled, relation, fill, clause, reader, parameter)
        if values:
            filled[name] = values
        elif parameter.required or name in frame.needs:
            return
    words = [clause.token, *(argument.token for argument in clause.arguments)]
    start, end = min(word.idx for word in words), max(word.idx + len(word) for word in words)
    for combination in _combinations(filled, clause):
        if not _together(combination, filled, relation):
            continue
        whom = [identity(f.value) for name, f in combination.items() if relation.arguments[name].required]
        if len(set(whom)) < len(whom):
            continue  # nobody inspects, appoints or takes over himself
        arguments = {name: filling.value for name, filling in combination.items()}
        for filling in combination.values():
            if filling.whose is not None and filling.alone:
                arguments[_fit(arguments, relation)] = filling.whose
        for filling in combination.values():
            for name, value in filling.others.items():
                if name in relation.arguments:
                    arguments.setdefault(name, value)
        yield reading.fact(
            frame.relation,
            arguments,
            start,
            end,
            extractor=f"frame:{frame.name}",
            confidence=frame.confidence,
            polarity=_polarity(clause.polarity, frame.polarity),
            certainty=frame.certainty if frame.certainty and clause.certainty == "stated" else clause.certainty,
        )


def _of_each(
    name: str,
    filled: Mapping[str, Sequence[Filling]],
    relation: Relation,
    fill: Filler,
    clause: Clause,
    reader: ArgumentReader | None,
    parameter: Parameter,
) -> list[Filling]:
    """What the context gives for an argument: where another has several fillers, for each of them his own."""
    several = next((n for n, v in filled.items() if len(v) > 1 and relation.arguments[n].required), None)
    if reader is None or several is None:
        return fill.context(parameter, filled, clause, reader)
    found = []
    for one in filled[several]:
        known = {**filled, several: [one], SEVERAL: filled[several]}
        found += [replace(f, at=one.at) for f in fill.context(parameter, known, clause, reader)]
    return found


def _fit(arguments: Mapping[str, Value], relation: Relation) -> str:
    """The required argument that an entity fills."""
    return next(n for n, v in arguments.items() if isinstance(v, Entity) and relation.arguments[n].required)


def _together(combination: Mapping[str, Filling], filled: Mapping[str, Sequence[Filling]], relation: Relation) -> bool:
    """Whether what was read from the same word stays together: each of several has the office beside him."""
    if any(f.alone for f in combination.values()):
        return True
    for filling in combination.values():
        for name, other in combination.items() if filling.whose is not None else ():
            if relation.arguments[name].required and len(filled[name]) > 1 and isinstance(other.value, Entity):
                named = {f.value.text for f in filled[name] if isinstance(f.value, Entity)}
                if filling.whose is not None and filling.whose.text in named and other.value.text != filling.whose.text:
                    return False
    for name, filling in combination.items():
        places = {f.at for f in filled[name]} if len(filled[name]) > 1 else set()
        if any(f.at is not None and f.at in places and f.at != filling.at for f in combination.values()):
            return False
    return True


def _bounded(values: Sequence[Filling], end: bool) -> list[Filling]:
    """When a term begins or ends, of dates that may be the whole term: "from 2015 to 2019"."""
    parts = (str(f.value).partition("/") for f in values)
    return [Filling(until if end and until else begin) for begin, _, until in parts]


def identity(value: Value | None) -> Value | None:
    """What tells an argument from another: of an entity its identifier, or else its name."""
    return (value.id or value.text) if isinstance(value, Entity) else value


def _narrowed(clause: Clause, where: Mapping[Place, frozenset[str]]) -> Clause:
    """The clause without those arguments that conditions on their lemmas leave out."""
    allowed = {place[0]: lemmas for place, lemmas in where.items() if len(place) == 1}
    kept = (a for a in clause.arguments if a.function not in allowed or _is_any(a.token, allowed[a.function]))
    return clause._replace(arguments=tuple(kept))


def _polarity(clause: Polarity, frame: Polarity | Literal["reversed"] | None) -> Polarity:
    if frame not in ("negative", "reversed"):
        return clause
    return "positive" if clause == "negative" else "negative"


def _combinations(filled: Mapping[str, list[Filling]], clause: Clause) -> Iterator[Mapping[str, Filling]]:
    """Coordinated fillers distribute; "respectively" pairs those lists that are equally long."""
    names = list(filled)
    lengths = {len(values) for values in filled.values() if len(values) > 1}
    if len(lengths) == 1 and any(token.lower_ == "respectively" for token in clause.token.sent):
        for i in range(lengths.pop()):
            yield {name: values[i] if len(values) > 1 else values[0] for name, values in filled.items()}
        return
    for combination in itertools.product(*filled.values()):
        yield dict(zip(names, combination, strict=True))


def _has(clause: Clause, place: Place, lemmas: frozenset[str]) -> bool:
    """Whether one of these words heads the phrase at a place; of "four of the complaints" also the complaints do."""
    for argument in find(clause, place):
        head = argument.token
        if _is_any(head, lemmas):
            return True
        if head.pos_ in ("NUM", "DET", "PRON") and any(
            a.function == "of" and _is_any(a.token, lemmas) for a in inner_arguments(head)
        ):
            return True
    return False


def _is_any(token: Token, lemmas: frozenset[str]) -> bool:
    return (
        "*" in lemmas
        or token.lemma_.lower() in lemmas
        or token.lower_ in lemmas
        or token.ent_type_ in lemmas
        or hyphenated(token) in lemmas
    )


def find(clause: Clause, place: Place) -> list[Argument]:
    """Arguments at a place, such as ("patient",) or ("as", "of"); "self" is the predicate's own word."""
    if place[0] == "self":
        arguments = [Argument("self", clause.token)]
    elif place[0] == "governor":
        arguments = [Argument("governor", verb)] if (verb := _governor(clause.token)) is not None else []
    elif place[0] == "head":
        # "its members are Ann Other and Tom Field": each of them is above the members
        above = coordinated(clause.token.head) if universal(clause.token) == "nsubj" else (clause.token.head,)
        arguments = [Argument("head", word) for word in above]
    elif place[0] == "adverb":
        arguments = [Argument("adverb", c) for c in clause.token.children if c.dep_ == "advmod"]
    elif place[0] == "relative":
        arguments = [Argument("relative", clause.token.head)] if clause.token.dep_ == "acl:relcl" else []
    elif place[0] in _FUNCTION_WORDS:
        arguments = _function_words(clause.token, place[0])
    else:
        arguments = list(clause.all(place[0]))
    for step in place[1:]:
        inside = _function_words if step in _FUNCTION_WORDS else _inside
        arguments = [inner for outer in arguments for inner in inside(outer.token, step)]
    return arguments


def _inside(token: Token, function: str) -> list[Argument]:
    return [inner for inner in inner_arguments(token) if inner.function == function]


def _function_words(token: Token, relation: str) -> list[Argument]:
    """Auxiliaries, subordinators or prepositions of a word."""
    found = [Argument(relation, c) for c in token.children if universal(c) == relation]
    condition = proviso(token) if relation == "mark" else None
    return found if condition is None else [*found, Argument("mark", condition)]


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date with its words, and the predicate that these belong to."""

    date: DateMention
    span: Span
    root: Token
    predicate: Token


@per_reading
def _dated(reading: Reading) -> list[_Dated]:
    spans = ((reading.doc.char_span(d.start, d.end, alignment_mode="expand"), d) for d in reading.dates)
    return [
        _Dated(d, span, span.root, _nearest(span.root, _predicate(span.root))) for span, d in spans if span is not None
    ]


class Filler:
    """Reads the values of arguments from the places where a frame says they stand."""

    def __init__(self, reading: Reading, readers: Mapping[str, ArgumentReader]) -> None:
        self.reading = reading
        self.readers = readers
        self._mentions = reading.by_token
        self._dates = _dated(reading)

    def argument(
        self, clause: Clause, parameter: Parameter, places: Sequence[Place], reader: ArgumentReader | None
    ) -> list[Filling]:
        """Values for one argument: those of the first place that gives any."""
        if parameter.kind in ("date", "duration") and not places:
            return [Filling(value) for value in itertools.islice(self.times(clause, parameter.kind), 1)]
        for place in places:
            if place[-1] == "name":
                found = [Filling(name) for a in find(clause, place[:-1]) if (name := self.name(a.token))]
            elif place[-1] in _SUPPLIED:
                found = self.supplied(place[-1], find(clause, place[:-1]), reader, clause)
            else:
                named = parameter.kind == "entity" and reader is None
                spread = self.several if named else getattr(reader, "each", _itself)
                heads = [t for a in find(clause, place) for t in spread(a.token)]
                found = [
                    replace(f, at=_place_of(t)) for t in heads if (f := self.filling(t, parameter, reader)) is not None
                ]
            if found:
                return list({(f.value, f.whose): f for f in reversed(found)}.values())[::-1]
        if parameter.kind == "topic" or (parameter.kind == "entity" and parameter.required):
            for place in (p for p in places if len(p) == 1 and not find(clause, p)):
                for argument in near(clause, place[0]):
                    filling = self.filling(argument.token, parameter, reader)
                    if filling is not None and isinstance(filling.value, Entity):
                        return [filling]
        return []

    def supplied(
        self, what: str, people: Sequence[Argument], reader: ArgumentReader | None, clause: Clause
    ) -> list[Filling]:
        """What the argument's reader supplies for those who stand at a place: what they hold, gained, or took over."""
        found = {what: [Filling(m.entity) for a in people if (m := self._mentions.get(a.token.i)) is not None]}
        return list(reader.supply(found, clause)) if reader is not None else []

    def is_inside_name(self, token: Token) -> bool:
        """Whether a word belongs to a name that goes on behind it: "the National Audit Office"."""
        mention = self._mentions.get(token.i)
        return mention is not None and token.idx + len(token) < mention.end

    def names(self, token: Token) -> bool:
        """Whether a word is part of what refers to somebody or something."""
        return token.i in self._mentions

    def stands(self, clause: Clause, places: Sequence[Place]) -> bool:
        """Whether anything stands in these places; a date does not count, nor a modifier that is no name."""
        return any(
            not (a.token.text in calendar.day_name or any(a.token in d.span for d in self._dates))
            and (place[-1] != MODIFIER or a.token.i in self._mentions)
            for place in places
            for a in find(clause, place)
        )

    def several(self, token: Token) -> list[Token]:
        """A word, or those whom it only counts: "the three directors, A, B and C" are A, B and C, and directors too."""
        if token.tag_ not in ("NNS", "CD") or token.i in self._mentions:
            return [token]
        named = [t for c in token.children if c.dep_ in ("appos", "flat", "parataxis", "dep") for t in coordinated(c)]
        return [token, *(t for t in named if t.i in self._mentions)] if len(named) > 1 else [token]

    def filling(self, token: Token, parameter: Parameter, reader: ArgumentReader | None) -> Filling | None:
        if reader is not None:
            return reader.read(token, parameter)
        value = self.value(token, parameter)
        return None if value is None else Filling(value)

    def value(self, token: Token, parameter: Parameter) -> Value | None:
        if parameter.kind in ("entity", "topic"):
            found = self.entity(token, parameter)
            return found if found is not None or parameter.kind == "entity" else self.text(token)
        if parameter.kind in ("date", "duration"):
            return next((d.date.value for d in self._dates if d.date.kind == parameter.kind and token in d.span), None)
        text = self.text(token)
        return text if text and (not parameter.values or text in parameter.values) else None

    def entity(self, token: Token, parameter: Parameter) -> Entity | None:
        """The entity a phrase names, with the place of the mention."""
        mention = self.mention(token, parameter)
        if mention is None:
            return None
        entity = mention.entity
        return Entity(entity.text, entity.type, entity.id, mention.start, mention.end)

    def mention(self, token: Token, parameter: Parameter) -> Mention | None:
        """What a phrase refers by: its head, a name in apposition, or the name that modifies its head."""
        for candidate in _heads(token):
            mention = self._mentions.get(candidate.i)
            if mention is None or not self.accepts(parameter, mention.entity):
                continue
            if candidate != token and candidate.dep_ == "nmod:poss" and mention.entity.type == "person":
                continue  # "his successor" is not he
            return mention
        # "Northby Living, the company owned by the council": apposition works both ways
        return self.mention(token.head, parameter) if token.dep_ == "appos" else None

    def accepts(self, parameter: Parameter, entity: Entity) -> bool:
        return entity.type is not None and self.reading.ontology.accepts(parameter, entity.type)

    def context(
        self,
        parameter: Parameter,
        filled: Mapping[str, Sequence[Filling]],
        clause: Clause,
        reader: ArgumentReader | None,
    ) -> list[Filling]:
        """What fills an argument left unsaid: the one entity of the document that may, or what its reader supplies."""
        if reader is not None:
            supplied = list(reader.supply(filled, clause))
            fits = [f for f in supplied if not isinstance(f.value, Entity) or self.accepts(parameter, f.value)]
            if fits or not supplied or parameter.kind != "entity":
                return fits
        found = {
            (m.entity.id or m.entity.text): m.entity for m in self.reading.mentions if self.accepts(parameter, m.entity)
        }
        return [Filling(Entity(e.text, e.type, e.id)) for e in found.values()] if len(found) == 1 else []

    def times(self, clause: Clause, kind: str) -> Iterator[str]:
        """Dates (or durations) whose nearest predicate is this clause's, those that stand closest to it first."""
        own = [
            (_depth(d.root), d.date.value)
            for d in self._dates
            if d.date.kind == kind
            and _is_of(d, clause)
            and ("/" in d.date.value or preposition(d.root) not in _BOUNDS)  # "from May to July" tells when
        ]
        yield from (value for _, value in sorted(own, key=lambda found: found[0]))
        when = next((c for c in clause.token.children if c.lower_ == "when" and c.i < clause.token.i), None)
        if when is not None and when.i and not own:
            # "in 2017, when it was judged to be good"
            last = when.i - 1 - (when.nbor(-1).text == ",")
            yield from (d.date.value for d in self._dates if d.date.kind == kind and d.span.end - 1 == last)

    def name(self, token: Token) -> str:
        """A noun with the adjectives and nouns before it, in lower case; "" for a bare noun."""
        words = [token.text.lower()]
        for before in reversed(token.doc[token.left_edge.i : token.i]):
            mention = self._mentions.get(before.i)
            if before.pos_ not in ("ADJ", "NOUN", "PROPN", "VERB", "NUM") or (mention and mention.entity.id):
                break
            if before.lower_ in _WHICH or before.tag_ == "CD":
                break  # "next full council meeting": which of them, not what kind
            words.insert(0, before.lower_)
        return " ".join(words) if len(words) > 1 else ""

    def text(self, token: Token) -> str:
        """The words of a phrase without its article."""
        start, end = phrase(token)
        doc = token.doc
        while start < end - 1 and doc[start].tag_ in ("DT", "PRP$", ","):
            start += 1
        return doc[start:end].text


def _place_of(token: Token) -> int | None:
    """Where a filler stands; what is said of several is in no one place."""
    return token.i if token.tag_ not in ("NNS", "NNPS") else None


def _itself(token: Token) -> list[Token]:
    return [token]


def _heads(token: Token) -> Iterator[Token]:
    """The words of a phrase that may carry its name: head, apposition and flat parts, then modifiers of the head."""
    yield token
    for labels in (("appos", "flat", "nmod:desc"), ("compound", "nmod:poss", "amod")):
        for child in token.children:
            if child.dep_ in labels or universal(child) in labels:
                yield child
                yield from (t for t in child.children if t.dep_ in ("flat", "compound"))
    if token.pos_ in ("NUM", "PRON"):
        # "one of its councillors, Ann Other"
        for group in (c for c in token.children if c.dep_ == "nmod"):
            yield from (c for c in group.children if c.dep_ in ("appos", "conj"))


def _is_of(date: _Dated, clause: Clause) -> bool:
    """Whether a date is a predicate's own: its nearest predicate; for a noun also what stands in its phrase, or beside
    a verb of which it is the subject or object ("the inspection took place in July", "carried out a review in May")."""
    token, predicate = date.root, date.predicate
    if clause.kind != "noun" or predicate.i == clause.token.i:
        return bool(predicate.i == clause.token.i)
    if clause.token.head == token and universal(clause.token) == "nsubj":
        return True  # "the next meeting is on 8 July"
    between = token.doc[clause.token.i + 1 : token.i]
    if 0 < len(between) < 3 and all(t.pos_ in ("ADP", "DET") for t in between):
        return True  # "the inspection in 2019", whatever the parser makes of it
    inside = clause.token.is_ancestor(token) and not clause.token.is_ancestor(predicate)
    subtree = inside or (predicate.head == clause.token and predicate.dep_.startswith("acl"))
    governor = _governor(clause.token)
    return subtree or (governor == predicate and universal(clause.token) in ("nsubj", "obj"))


def _governor(token: Token) -> Token | None:
    """The verb that a noun is an argument of."""
    predicate = _predicate(token)
    return predicate if predicate != token and predicate.pos_ in ("VERB", "ADJ") else None


def _depth(token: Token) -> int:
    """Number of words above a token in its tree."""
    return sum(1 for _ in token.ancestors)


def _nearest(token: Token, predicate: Token) -> Token:
    """The verb that a date stands behind, where the parse skips it for the one it is coordinated with: "carried out
    the assessment, and published its findings on 20 December"."""
    if predicate.i >= token.i:
        return predicate
    passed = [c for c in predicate.children if c.dep_ == "conj" and c.pos_ == "VERB" and predicate.i < c.i < token.i]
    return _nearest(token, passed[-1]) if passed else predicate


def _predicate(token: Token) -> Token:
    """The predicate that a word belongs to: the nearest verb, or predicative word, above it."""
    here = token
    while here.head != here:
        here = here.head
        if here.lower_ in _LIKE_PREPOSITIONS:
            continue
        if here.pos_ in ("VERB", "AUX") or any(c.dep_ == "cop" for c in here.children):
            return here
    return here

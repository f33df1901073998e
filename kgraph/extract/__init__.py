"""From a document to its facts: `read` finds mentions and dates, `extract` runs every extractor over the reading."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from spacy.language import Language

from kgraph.documents import Document
from kgraph.extract.beside_forms import beside_forms
from kgraph.extract.blocks import extract_blocks
from kgraph.extract.callings import extract_callings
from kgraph.extract.contests import extract_contests
from kgraph.extract.cues import load_cues
from kgraph.extract.disputes import extract_disputes
from kgraph.extract.forms import forms
from kgraph.extract.lemmas import mend_lemmas
from kgraph.extract.letters import extract_letters
from kgraph.extract.lexicon import load_lexicon
from kgraph.extract.measures import extract_measures
from kgraph.extract.membership import extract_membership
from kgraph.extract.mentions import find_mentions
from kgraph.extract.minutes import extract_minutes
from kgraph.extract.parts import extract_parts
from kgraph.extract.reading import Extractor, Mention, Reading
from kgraph.extract.relations import extract_relations
from kgraph.extract.repairs import repair
from kgraph.extract.resolutions import extract_resolutions
from kgraph.extract.roles import extract_roles
from kgraph.extract.statements import attribute, extract_statements, find_statements, without_carried
from kgraph.extract.sums import extract_sums
from kgraph.extract.unite import without_yielding
from kgraph.facts import Entity, Fact, Value
from kgraph.language.dates import find_dates
from kgraph.ontology import Argument, Ontology
from kgraph.resolve.bearers import resolve_bearers
from kgraph.resolve.possessed import parties_of_groups, resolve_possessed
from kgraph.resolve.pronouns import resolve_pronouns

__all__ = ["EXTRACTORS", "Extractor", "Mention", "Reading", "extract", "read"]

EXTRACTORS: tuple[Extractor, ...] = (
    forms,
    extract_roles,
    extract_callings,
    extract_blocks,
    extract_membership,
    extract_contests,
    extract_minutes,
    extract_resolutions,
    extract_parts,
    extract_relations,
)


def read(document: Document, nlp: Language, ontology: Ontology) -> Reading:
    """Analyses a document. The pipeline must set sentence boundaries; names it recognises are used where it does."""
    doc = repair(nlp(document.text))
    mend_lemmas(doc, ontology)
    mentions = find_mentions(document, doc, ontology)
    reading = Reading(document, doc, ontology, mentions, find_dates(doc, document.published))
    bearers = resolve_bearers(reading)
    if meant := {m.start for m in bearers if m.reason.startswith("party")}:  # "the Tory said": no party, a person
        mentions = tuple(m for m in mentions if m.start not in meant)
        reading = replace(reading, mentions=mentions)
    pronouns = resolve_pronouns(doc, (*mentions, *bearers), load_lexicon(ontology.folder).sexes)
    references = (*bearers, *pronouns, *parties_of_groups(reading))
    reading = reading.with_pronouns(references)
    references = (*references, *resolve_possessed(reading))
    return reading.with_pronouns(tuple(sorted(references, key=lambda m: m.start)))


def extract(reading: Reading) -> list[Fact]:
    """What a document states, in the order of the text.

    A fact stated several times is kept once, where the text says most of it.

    An extractor's evidence is the narrowest stretch that states a fact, so that it can be told whose words it is;
    here it becomes the whole sentence.
    """
    said = find_statements(reading)
    found = [f for extractor in EXTRACTORS for f in extractor(reading)]
    found += extract_sums(reading, found)  # those that somebody is given, of the sums that no frame has taken
    found += extract_measures(reading, found)  # of the figures that no other relation has taken
    disputes = [*extract_disputes(reading, said)]
    wishes = load_cues(reading.ontology).wishes
    claims = (attribute(f, said, wishes) for f in found)
    told = without_carried(reading, said, claims, disputed={d.arguments.get("claim") for d in disputes})
    found += [*extract_statements(reading, told), *extract_letters(reading, said), *disputes]
    outside = [f for f in found if not reading.document.is_furniture(f.evidence.start, f.evidence.end)]
    outside = without_yielding(outside, reading.ontology.relations)
    outside = beside_forms(outside, reading.ontology.relations)
    claimed = [f if f.relation in _STATEMENTS else attribute(f, said, wishes) for f in outside]
    ordered = sorted((_ahead(f, reading.document.published) for f in claimed if f is not None), key=_place)
    facts = [_typed(_in_sentence(f, reading), reading.ontology) for f in ordered]
    order = {id(f): i for i, f in enumerate(facts)}
    return sorted(_once(facts), key=lambda f: (f.evidence.start, f.evidence.end, f.relation, order[id(f)]))


_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?")


def _ahead(fact: Fact, published: str | None) -> Fact:
    """What is to be after the day a document was published was planned then, whatever the tense: "meets on Friday"."""
    when = fact.arguments.get("when")
    if published is None or fact.certainty != "stated" or not isinstance(when, str) or not _DATE.fullmatch(when):
        return fact
    return replace(fact, certainty="planned") if when > published[: len(when)] else fact


def _place(fact: Fact) -> tuple[object, ...]:
    """Where a fact is told, to the word: facts of one sentence come in the order in which it tells them.

    Statements are read in that order; whoever says several in one sentence stands in one place.
    """
    if fact.relation in _STATEMENTS:
        return fact.evidence.start, fact.evidence.end, [], fact.relation, fact.extractor, ""
    arguments = sorted(v.start for v in fact.arguments.values() if isinstance(v, Entity) and v.start is not None)
    return fact.evidence.start, fact.evidence.end, arguments, fact.relation, fact.extractor, str(fact.to_json())


_STATEMENTS = frozenset({"says", "disputes"})


def _typed(fact: Fact, ontology: Ontology) -> Fact:
    """The fact with entities of those types alone that their arguments allow: "Northby disagreed" is said by no place.

    An entity of another type keeps its name and loses type and id: what it is the text does not tell.
    """

    def allowed(value: Value, argument: Argument | None) -> Value:
        if argument is None or not isinstance(value, Entity) or ontology.accepts(argument, value.type):
            return value
        return replace(value, type=None, id=None)

    known = ontology.relations[fact.relation].arguments
    arguments = {name: allowed(value, known.get(name)) for name, value in fact.arguments.items()}
    source = allowed(fact.attributed_to, ontology.speaker) if fact.attributed_to is not None else None
    assert source is None or isinstance(source, Entity)
    return replace(fact, arguments=arguments, attributed_to=source)


def _in_sentence(fact: Fact, reading: Reading) -> Fact:
    """The fact with its sentence as evidence, as far as that is no page furniture. Rows of forms are no sentences."""
    if fact.extractor.startswith("form"):
        return fact
    start, end = fact.evidence.start, fact.evidence.end
    span = reading.doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return fact
    first, last = span[0].sent, span[-1].sent
    left, right = first.start_char, last.end_char
    for f in reading.document.furniture:
        if f.end <= start:
            left = max(left, f.end)
        elif f.start >= end:
            right = min(right, f.start)
            break
    text = reading.document.text[left:right]
    left += len(text) - len(text.lstrip())
    right -= len(text) - len(text.rstrip())
    return replace(fact, evidence=reading.document.excerpt(min(left, start), max(right, end)))


def _once(facts: Iterable[Fact]) -> list[Fact]:
    """One fact for each relation and set of arguments; a fact that only leaves out what another gives is that other.

    Of facts that say the same the asserted is kept, then the one that gives most, then the first.
    """
    kept: list[Fact] = []
    ranked = sorted(facts, key=_worth)
    for fact in ranked:
        if not any(_within(fact, other) for other in kept) and not any(_is_part(fact, other) for other in ranked):
            kept.append(fact)
    return kept


def _worth(fact: Fact) -> tuple[bool, int, int, int, int]:
    exact = sum(len(v) for v in fact.arguments.values() if isinstance(v, str))
    return not fact.asserted, -len(fact.arguments), -exact, fact.evidence.start, fact.evidence.end


def _within(fact: Fact, other: Fact) -> bool:
    """Whether a fact says nothing that the other does not say as exactly. Who was a thing is not who is it."""
    return (
        fact.relation == other.relation
        and fact.arguments.get("status") == other.arguments.get("status")
        and all(name in other.arguments and _covers(other.arguments[name], v) for name, v in fact.arguments.items())
    )


def _is_part(fact: Fact, other: Fact) -> bool:
    """Whether a fact is what another, of the same sentence, tells in full, though as planned or as somebody's words."""
    fuller = len(fact.arguments) < len(other.arguments) and fact.evidence == other.evidence
    return fuller and _within(fact, other)


def _covers(exact: Value, value: Value) -> bool:
    if isinstance(value, Entity) and isinstance(exact, Entity):
        return _identity(value) == _identity(exact)
    # "2016" is covered by "2016-08"
    return value == exact or (isinstance(value, str) and isinstance(exact, str) and exact.startswith(f"{value}-"))


def _identity(entity: Entity) -> object:
    return entity.id or (entity.type, entity.text.lower())

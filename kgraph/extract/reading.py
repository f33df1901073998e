"""What an extractor is given: one document, analysed, with its mentions and dates found."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol, TypeVar

from spacy.tokens import Doc

from kgraph.documents import Document
from kgraph.facts import Certainty, Entity, Fact, Polarity, Value
from kgraph.language.dates import DateMention
from kgraph.language.quantities import Quantity, find_quantities
from kgraph.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or reference in the text and the entity of this document that it stands for.

    `entity.text` is the entity's fullest name in the document; `reason` says why the two were linked
    ("full name", "surname", "alias stated", "register", "nominal: the council").
    """

    start: int
    end: int
    text: str
    entity: Entity
    reason: str


@dataclass(frozen=True)
class Reading:
    """A document as an extractor reads it. Mentions and dates are sorted by offset; mentions do not overlap.

    `mentions` are names and common nouns that refer; `pronouns` those pronouns whose antecedent is known,
    and the head words of role phrases whose bearer is ("the leader").
    """

    document: Document
    doc: Doc
    ontology: Ontology
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    pronouns: tuple[Mention, ...] = ()
    _computed: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def by_token(self) -> Mapping[int, Mention]:
        """The mention that each word is part of, pronouns included; of an office named after a body ("Northshire
        Police and Crime Commissioner") whom it means."""
        found: dict[int, Mention] = {}
        for mention in sorted((*self.mentions, *self.pronouns), key=lambda m: not m.reason.startswith("role")):
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            for i in range(span.start, span.end) if span is not None else ():
                found.setdefault(i, mention)
        return found

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities of the text."""
        return find_quantities(self.doc)

    def with_pronouns(self, pronouns: tuple[Mention, ...]) -> Reading:
        """The reading with these pronouns. What has been computed of it so far depends on none and is kept."""
        reading = replace(self, pronouns=pronouns)
        reading._computed.update(self._computed)
        return reading

    def fact(
        self,
        relation: str,
        arguments: Mapping[str, Value | None],
        start: int,
        end: int,
        *,
        extractor: str,
        confidence: float,
        attributed_to: Entity | None = None,
        polarity: Polarity = "positive",
        certainty: Certainty = "stated",
    ) -> Fact:
        """A fact of this document with the text at [start, end) as evidence; arguments that are None are left out.

        Of what has a start and an end an interval ("from 2015 to 2017") gives both.
        """
        given = {name: value for name, value in arguments.items() if value is not None}
        known = self.ontology.relations.get(relation)
        time: Mapping[str, str] = known.rdf.time if known is not None else {}
        if "start" in time and "end" in time:
            for interval in (given.get(time["start"]), given.get(time["end"])):
                if isinstance(interval, str) and "/" in interval:
                    given[time["start"]], _, given[time["end"]] = interval.partition("/")
        return Fact(
            document=self.document.id,
            relation=relation,
            arguments=given,
            evidence=self.document.excerpt(start, end),
            attributed_to=attributed_to,
            polarity=polarity,
            certainty=certainty,
            confidence=confidence,
            extractor=extractor,
        )


T = TypeVar("T")


def per_reading(function: Callable[[Reading], T]) -> Callable[[Reading], T]:
    """Computes once for each reading what several extractors need. The result is shared: nobody may change it."""
    name = f"{function.__module__}.{function.__qualname__}"

    @functools.wraps(function)
    def shared(reading: Reading) -> T:
        if name not in reading._computed:
            reading._computed[name] = function(reading)
        result: T = reading._computed[name]
        return result

    return shared


class Extractor(Protocol):
    """Reads one document and says which facts it states. Pure: no state kept between documents."""

    def __call__(self, reading: Reading) -> Iterable[Fact]: ...

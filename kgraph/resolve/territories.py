"""Which body governs a place, as the registers say it or as one document shows it: "Harrowmere" is where Harrowmere
Borough Council is."""

from __future__ import annotations

from collections.abc import Iterable

from kgraph.extract.lexicon import Lexicon
from kgraph.extract.words import words
from kgraph.facts import Entity


def place_of(body: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The words that a body's name has beside those for its kind, in lower case: ("much", "wendle") of a council."""
    parts = [w.folded for w in words(body)]
    while parts and (parts[-1] in lexicon.territory_kinds or parts[-1] == "and"):
        parts.pop()
    return tuple(parts)


class Territories:
    """The places of one document with the bodies that govern them."""

    def __init__(self, entities: Iterable[Entity], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, Entity] = {}
        self._named: dict[tuple[str, ...], Entity | None] = {}
        for entity in entities:
            if entity.id is not None:
                self._known.setdefault(entity.id, entity)
            elif entity.type == lexicon.governs:
                place = place_of(entity.text, lexicon)
                same = self._named.get(place, entity)
                self._named[place] = entity if same == entity else None

    def governing(self, place: str) -> Entity | None:
        """The body that governs a place; None where neither a register nor the document tells of just one."""
        entry = self._lexicon.governing(place)
        if entry is not None:
            return self._known.get(entry.id) or Entity(entry.name, entry.type, entry.id)
        return self._named.get(tuple(w.folded for w in words(place)))

    def standing_for(self, place: str) -> Entity | None:
        """The body that a place stands for where it owns an office or a service: by the place's name, if no other."""
        entity = self.governing(place)
        if entity is not None or not self._lexicon.governs or self._lexicon.other_places.get(place):
            return entity
        return Entity(place, self._lexicon.governs)

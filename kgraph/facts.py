"""Facts: one relation with named arguments, stated somewhere in one document, with its evidence.

`Fact.to_json` writes the object a line of `kgraph extract` holds; `Fact.from_json` reads it back.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from kgraph.documents import Excerpt

Polarity = Literal["positive", "negative"]
Certainty = Literal["stated", "planned", "possible"]


@dataclass(frozen=True, slots=True)
class Entity:
    """What a name in an argument stands for.

    text   the fullest form the document gives, or the register's where the document gives none
    type   an entity type of the ontology ("person", "council", …), if known
    id     identifier in a register ("council/E06000002"), if one knows it
    start, end   the mention: offsets of the words that stand in the text (None where the argument is only implied)
    """

    text: str
    type: str | None = None
    id: str | None = None
    start: int | None = None
    end: int | None = None


Value = Entity | str | int | float | bool


@dataclass(frozen=True)
class Fact:
    """A relation between arguments as one document states it.

    An argument is an `Entity`, or a plain value: a date in EDTF (ISO 8601-2), a duration in ISO 8601, a number,
    a truth value or text. `attributed_to` is the speaker where the document only reports what somebody says.
    `extractor` names what found it, for debugging and for trust.
    """

    document: str
    relation: str
    arguments: Mapping[str, Value]
    evidence: Excerpt
    attributed_to: Entity | None = None
    polarity: Polarity = "positive"
    certainty: Certainty = "stated"
    confidence: float = 1.0
    extractor: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "arguments", MappingProxyType(dict(sorted(self.arguments.items()))))
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence outside 0..1: {self.confidence}")

    @property
    def asserted(self) -> bool:
        """Whether the document itself states this as so: only then may it become a plain edge of the graph."""
        return self.attributed_to is None and self.polarity == "positive" and self.certainty == "stated"

    def __reduce__(self) -> tuple[Any, ...]:
        # A mapping proxy does not pickle, and facts travel between worker processes.
        fields = [getattr(self, f.name) for f in dataclasses.fields(self)]
        return Fact, tuple(dict(v) if isinstance(v, MappingProxyType) else v for v in fields)

    def to_json(self) -> dict[str, Any]:
        return {
            "document": self.document,
            "relation": self.relation,
            "arguments": {k: _value_to_json(v) for k, v in self.arguments.items()},
            "evidence": {"text": self.evidence.text, "start": self.evidence.start, "end": self.evidence.end},
            "attributed_to": None if self.attributed_to is None else _value_to_json(self.attributed_to),
            "polarity": self.polarity,
            "certainty": self.certainty,
            "confidence": self.confidence,
            "extractor": self.extractor,
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Fact:
        """Inverse of `to_json`. Raises KeyError or TypeError on an object that is no fact."""
        speaker = data.get("attributed_to")
        return Fact(
            document=data["document"],
            relation=data["relation"],
            arguments={k: _value_from_json(v) for k, v in data["arguments"].items()},
            evidence=Excerpt(data["evidence"]["start"], data["evidence"]["end"], data["evidence"]["text"]),
            attributed_to=Entity(speaker) if isinstance(speaker, str) else Entity(**speaker) if speaker else None,
            polarity=data.get("polarity", "positive"),
            certainty=data.get("certainty", "stated"),
            confidence=data.get("confidence", 1.0),
            extractor=data.get("extractor", ""),
        )


def _value_to_json(value: Value) -> Any:
    if not isinstance(value, Entity):
        return value
    fields = {"text": value.text, "type": value.type, "id": value.id, "start": value.start, "end": value.end}
    return {k: v for k, v in fields.items() if v is not None}


def _value_from_json(value: Any) -> Value:
    return Entity(**value) if isinstance(value, dict) else value

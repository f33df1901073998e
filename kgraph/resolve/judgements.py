"""What a person has said of two names: that they mean the same, that they do not, or that nobody can tell.

Judgements are data of their own, apart from any graph: JSON Lines, sorted, one judgement a line, so that they can be
kept under version control, compared and shared. They speak of entities by what documents call them, and so outlast
every rebuild (the idea is nomenklatura's, https://github.com/opensanctions/nomenklatura):

    {"one": {"document": "a.txt", "type": "person", "name": "ann other"},
     "other": {"document": "b.txt", "type": "person", "name": "ann other"},
     "verdict": "different", "reason": "mother and daughter"}
    {"one": {"id": "council/E08000014"}, "other": {"document": "c.txt", "type": "council", "name": "sefton mbc"},
     "verdict": "same"}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TextIO, get_args

from kgraph.facts import Entity
from kgraph.registers import normalise

Verdict = Literal["same", "different", "unsure"]


class Key(NamedTuple):
    """Who is meant: an identifier of a register, or what one document calls somebody.

    id        identifier in a register; then all else is empty
    document  id of the document
    type      entity type, "" where unknown
    name      the name as `kgraph.registers.normalise` writes it
    """

    id: str = ""
    document: str = ""
    type: str = ""
    name: str = ""

    @staticmethod
    def of(document: str, entity: Entity) -> Key:
        """The key of an entity that a fact of this document names."""
        if entity.id:
            return Key(entity.id)
        return Key("", document, entity.type or "", normalise(entity.text) or entity.text)

    def __str__(self) -> str:
        return self.id or f"{self.type or 'entity'} {self.name!r} of {self.document}"

    def to_json(self) -> dict[str, str]:
        fields = {"id": self.id, "document": self.document, "type": self.type, "name": self.name}
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """A person's word on two entities; which of them is `one` makes no difference.

    same       they are one entity, whatever the evidence
    different  they never are, nor are two entities that have been found to be the same as either
    unsure     nobody can tell: they are not joined on this pair's evidence, and need not be asked about again
    """

    one: Key
    other: Key
    verdict: Verdict
    reason: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in get_args(Verdict):
            raise ValueError(f"no verdict: {self.verdict!r} (one of {', '.join(get_args(Verdict))})")
        if self.one == self.other:
            raise ValueError(f"a judgement on one entity alone: {self.one}")
        if self.other < self.one:
            one, other = self.other, self.one
            object.__setattr__(self, "one", one)
            object.__setattr__(self, "other", other)

    @property
    def pair(self) -> tuple[Key, Key]:
        return self.one, self.other

    def to_json(self) -> dict[str, Any]:
        data = {"one": self.one.to_json(), "other": self.other.to_json(), "verdict": self.verdict}
        return {**data, "reason": self.reason} if self.reason else data


def dump(judgements: Iterable[Judgement], file: TextIO) -> None:
    """Writes judgements, sorted, each once."""
    for judgement in sorted(set(judgements)):
        file.write(json.dumps(judgement.to_json(), ensure_ascii=False) + "\n")


def load(file: TextIO) -> tuple[Judgement, ...]:
    """Reads judgements; blank lines are skipped. Inverse of `dump`.

    Raises ValueError naming file and line for what is no judgement, and for a pair judged twice in two ways.
    """
    found: dict[tuple[Key, Key], tuple[int, Judgement]] = {}
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        where = f"{getattr(file, 'name', 'judgements')}: line {number}"
        try:
            data = json.loads(line)
            pair = key_from_json(data["one"]), key_from_json(data["other"])
            judgement = Judgement(*pair, data["verdict"], data.get("reason", ""))
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise ValueError(f"{where}: no judgement: {error}") from error
        first, before = found.setdefault(judgement.pair, (number, judgement))
        if before.verdict != judgement.verdict:
            raise ValueError(f"{where}: {judgement.verdict}, but {before.verdict} in line {first}")
    return tuple(sorted(judgement for _, judgement in found.values()))


def key_from_json(data: Mapping[str, Any]) -> Key:
    """Inverse of `Key.to_json`; what else the object holds is ignored. Raises ValueError where it is no key."""
    key = Key(**{name: data[name] for name in Key._fields if name in data})
    if bool(key.id) == bool(key.document and key.name):
        raise ValueError("expected an id, or document and name")
    return key

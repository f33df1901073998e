"""The same fact, or the same proposition, in all the places that state it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kgraph.facts import Fact
from kgraph.graph import edtf
from kgraph.ontology import Conditions, Relation
from kgraph.resolve.entities import Resolved


class Argument(NamedTuple):
    """An argument ready for the graph: what it is compared by, its words, its term, and its entity if it has one."""

    key: str
    words: str
    term: str
    entity: Resolved | None


@dataclass(slots=True)
class Statement:
    """A fact or proposition of the graph: `iri` and `label` of its node, and the facts of documents that it joins."""

    relation: Relation
    arguments: Mapping[str, Argument]
    facts: list[Fact]
    iri: str
    label: str

    @property
    def asserted(self) -> bool:
        return self.facts[0].asserted

    @property
    def documents(self) -> set[str]:
        return {fact.document for fact in self.facts}

    @property
    def limits(self) -> edtf.Bounds:
        """The days between which it began and ended, as its own arguments say."""
        time, arguments = self.relation.rdf.time, self.arguments
        words = {name: arguments[argument].words for name, argument in time.items() if argument in arguments}
        if "when" in words:
            return edtf.bounds(words["when"])
        return edtf.extent(words.get("start"), words.get("end"))

    def same(self, name: str, other: Statement) -> bool | None:
        """Whether two statements have the same argument; None where one of them lacks it."""
        if name not in self.arguments or name not in other.arguments:
            return None
        return self.arguments[name].key == other.arguments[name].key

    def meets(self, conditions: Conditions) -> bool:
        """Whether each argument of the conditions is there and has one of their values."""
        return all(
            name in self.arguments and self.arguments[name].words in wanted for name, wanted in conditions.items()
        )

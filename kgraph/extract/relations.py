"""Relations by frames: what the frames need to know of roles and of who holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from spacy.tokens import Token

from kgraph.extract.chunks import ROLE, Row
from kgraph.extract.clauses import Clause
from kgraph.extract.frames import ArgumentReader, Filling, extract_frames
from kgraph.extract.oversight import oversight_readers
from kgraph.extract.reading import Reading
from kgraph.extract.roles import Role, holdings, marked_rows
from kgraph.extract.unite import unite
from kgraph.facts import Entity, Fact, Value
from kgraph.ontology import Argument as Parameter


def extract_relations(reading: Reading) -> Iterable[Fact]:
    """Facts of every relation that has frames."""
    readers: dict[str, ArgumentReader] = {"role": RoleReader(reading), **oversight_readers(reading)}
    keys = {name: relation.unite for name, relation in reading.ontology.relations.items() if relation.unite}
    return unite(extract_frames(reading, readers), keys)


class RoleReader:
    """Roles as the role grammar reads them, with their organisation; unsaid ones from who holds what."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def rows(self) -> list[Row]:
        return marked_rows(self.reading)

    @cached_property
    def roles(self) -> list[Role]:
        return [chunk.value for row in self.rows for chunk in row.chunks if chunk.code == ROLE]

    @cached_property
    def held(self) -> Mapping[str, list[tuple[Role, int]]]:
        """Roles of each person, with the offset where the text says so."""
        found: dict[str, list[tuple[Role, int]]] = defaultdict(list)
        for row in self.rows:
            for holding in holdings(row, self.reading):
                found[holding.person.entity.text].append((holding.role, holding.start))
        return found

    def read(self, token: Token, parameter: Parameter) -> Filling | None:
        for role in self.roles:
            if role.start <= token.idx < role.end:
                return _filling(role)
        return None

    def supply(self, filled: Mapping[str, Sequence[Filling]], clause: Clause) -> Sequence[Filling]:
        """The role of the person spoken of: one said in this sentence, or else the only one the document gives."""
        people = [f.value for fillings in filled.values() for f in fillings if isinstance(f.value, Entity)]
        roles = [held for person in people if person.type == "person" for held in self.held.get(person.text, ())]
        sentence = clause.token.sent
        here = [role for role, start in roles if sentence.start_char <= start < sentence.end_char]
        if len({role.text for role in here}) == 1:
            return [_filling(here[0])]
        if len({role.text for role, _ in roles}) == 1:
            return [_filling(roles[0][0])]
        return []


def _filling(role: Role) -> Filling:
    others: dict[str, Value] = {}
    if role.org is not None:
        others["org"] = role.org
    return Filling(role.text, others)

"""Names as they stand in a text, before it is known which entity they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kgraph.registers import Entry

NameKind = Literal["register", "place", "person", "party", "body", "short", "organ", "nominal"]


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of text that names or refers to something.

    kind     how it was found: in a register; as the name of a territory in one; as a person; as a party's word;
             as a proper name of a body by its last word, or by its first words once it is known; as an organ in
             lower case; as a common noun ("the council")
    text     the name without titles of office and forms of address; of a short name the full one
    entries  the register entries it may mean
    title    what stood before it: "Cllr", "Mrs"
    """

    start: int
    end: int
    kind: NameKind
    text: str
    type: str
    entries: tuple[Entry, ...] = ()
    title: str = ""

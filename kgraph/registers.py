"""Registers: who is known by which names, under which identifier, and from when to when.

A register is a CSV file with a header; a cell that holds several values separates them by "|". Columns:

    id           "kind/key", the path of the entity's IRI below the base IRI
    type         entity type of the ontology
    name         the name to show
    aliases      further names of the entity itself
    place        names of the territory it governs; alone they may mean the place as well as the body
    start, end   first and last day of existence (ISO 8601, also `2015` or `2015-04`); empty where unknown or open
    replaced_by  ids of what took over
    parent       id of the body it belongs to
    nation       part of the country
    wikidata     Q identifier
    same_as      further identifiers, IRIs or "scheme:code"
    homepage     web address

Only `id`, `type` and `name` are required.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_SEPARATOR = "|"
_EARLIEST, _LATEST = "0000-00-00", "9999-99-99"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity of a register. Fields as in the columns above; "" where a single value is not known."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    replaced_by: tuple[str, ...] = ()
    parent: str = ""
    nation: str = ""
    wikidata: str = ""
    same_as: tuple[str, ...] = ()
    homepage: str = ""

    @property
    def place(self) -> str:
        """The usual name of its territory, or ""."""
        return self.places[0] if self.places else ""

    def alive(self, on: str) -> bool:
        """Whether it existed at some time within the EDTF date or interval `on`. What is not known excludes nothing."""
        first, last = _bounds(on)
        return (self.start or _EARLIEST) <= last and first <= _last_day(self.end or _LATEST)


@dataclass(frozen=True)
class Registers:
    """All registers of an ontology, by id and by normalised name."""

    entries: Mapping[str, Entry]
    _by_name: Mapping[str, tuple[Entry, ...]]
    _by_place: Mapping[str, tuple[Entry, ...]]

    def lookup(self, name: str, on: str | None = None, types: Collection[str] | None = None) -> tuple[Entry, ...]:
        """Entries that bear this name; where none does, those that govern the place of this name.

        Of namesakes, those that existed at `on` (EDTF) are preferred; a single bearer is returned whatever the date,
        since texts go on speaking of what has ended. More than one result means that the name alone does not decide.
        Those that still exist come first, then the latest to end.
        """
        key = normalise(name)
        for index in (self._by_name, self._by_place):
            found = [e for e in index.get(key, ()) if types is None or e.type in types]
            if on is not None and len(found) > 1:
                found = [e for e in found if e.alive(on)] or found
            if found:
                return tuple(found)
        return ()

    def names(self) -> Iterator[tuple[str, Entry]]:
        """Every name and alias with its entry, for a phrase matcher. Names of territories are left out."""
        for entry in self.entries.values():
            for name in (entry.name, *entry.aliases):
                yield name, entry

    def places(self) -> Iterator[tuple[str, Entry]]:
        """Every name of a territory with the entry that governs it."""
        for entry in self.entries.values():
            for place in entry.places:
                yield place, entry


def load_registers(folder: Path) -> Registers:
    """Read every CSV file of a folder.

    Raises ValueError naming file and line for a row without id, type or name, an id given twice, or an id in
    `replaced_by` or `parent` that no register holds.
    """
    entries: dict[str, Entry] = {}
    origin: dict[str, str] = {}
    for path in sorted(folder.glob("*.csv")):
        for where, entry in _read(path):
            if entry.id in entries:
                raise ValueError(f"{where}: id {entry.id} is already in {origin[entry.id]}")
            entries[entry.id] = entry
            origin[entry.id] = where
    for entry in entries.values():
        for other in (*entry.replaced_by, entry.parent):
            if other and other not in entries:
                raise ValueError(f"{origin[entry.id]}: no register holds {other}")
    return Registers(
        entries,
        _index(entries.values(), lambda e: (e.name, *e.aliases)),
        _index(entries.values(), lambda e: e.places),
    )


_APOSTROPHES = re.compile("['’‘`´]")
_NOT_WORD = re.compile(r"[^\w&+]+|_")
_SAME_WORD = {"&": "and", "+": "and", "saint": "st"}


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """The form under which names are compared: letter case, accents, apostrophes, punctuation, hyphens, "&" and "and",
    "Saint" and "St", and a leading "the" make no difference."""
    text = name
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = _APOSTROPHES.sub("", text.casefold()).replace("&", " & ")
    words = [_SAME_WORD.get(word, word) for word in _NOT_WORD.sub(" ", text).split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _read(path: Path) -> Iterator[tuple[str, Entry]]:
    """Rows of one register with the place each stands at."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = {"id", "type", "name"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path}: no column {', '.join(sorted(missing))}")
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if not (row["id"] and row["type"] and row["name"]):
                raise ValueError(f"{where}: a row needs id, type and name")
            yield (
                where,
                Entry(
                    id=row["id"],
                    type=row["type"],
                    name=row["name"],
                    aliases=_several(row.get("aliases")),
                    places=_several(row.get("place")),
                    start=row.get("start") or "",
                    end=row.get("end") or "",
                    replaced_by=_several(row.get("replaced_by")),
                    parent=row.get("parent") or "",
                    nation=row.get("nation") or "",
                    wikidata=row.get("wikidata") or "",
                    same_as=_several(row.get("same_as")),
                    homepage=row.get("homepage") or "",
                ),
            )


def _several(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(_SEPARATOR) if part.strip()) if cell else ()


def _index(entries: Iterable[Entry], names: Callable[[Entry], Iterable[str]]) -> dict[str, tuple[Entry, ...]]:
    index: dict[str, dict[str, Entry]] = {}
    for entry in entries:
        for name in names(entry):
            index.setdefault(normalise(name), {})[entry.id] = entry
    return {key: tuple(sorted(found.values(), key=_newest_first)) for key, found in index.items()}


def _newest_first(entry: Entry) -> tuple[int, str]:
    """Sort key: the open-ended, then the latest to end; ids decide the rest."""
    end = _last_day(entry.end) if entry.end else _LATEST
    return -int(end.replace("-", "")), entry.id


_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def _bounds(edtf: str) -> tuple[str, str]:
    """First and last day that an EDTF date or interval may mean. What it leaves open has no bound."""
    first, _, last = edtf.partition("/")
    days = _DAY.fullmatch(first.rstrip("?~%")), _DAY.fullmatch((last or first).rstrip("?~%"))
    return days[0][0] if days[0] else _EARLIEST, _last_day(days[1][0]) if days[1] else _LATEST


def _last_day(date: str) -> str:
    """A day not before any day of the date; compared as text, so that months need no lengths."""
    return date + "-99-99"[: 10 - len(date)]

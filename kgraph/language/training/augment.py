"""Names of other people, bodies and places put in the place of annotated ones.

The corpora are American and international; the texts kgraph reads are full of British bodies with long names,
double-barrelled people and towns that also name their authority. Names come from public registers, contexts from the
corpora.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kgraph.language.training.corpora import Sentence, tokenizer
from kgraph.language.training.names import Name

_TITLES = ("Cllr", "Councillor", "Mr", "Mrs", "Ms", "Dr", "Prof", "Rev")
_HONOURS = ("Sir", "Dame", "Lord", "Baroness")
_SMALL = frozenset({"and", "of", "the", "for", "in", "on", "upon", "with", "to", "by"})
_BODIES = (
    ("uk_local_authorities_joined.csv", "official-name", 5),
    ("digital_land_government-organisation.csv", "name", 4),
    ("digital_land_national-park-authority.csv", "name", 2),
    ("digital_land_waste-authority.csv", "name", 1),
    ("govuk_organisations.tsv", "name", 3),
    ("police-force.tsv", "name", 12),
    ("fire-service-eng.tsv", "name", 8),
    ("nhs_trusts_names_and_codes.csv", "Name", 2),
    ("ec_parties_gb_2021.csv", "name", 1),
)
"""File, column, and how often a name of it is drawn relative to others."""


@dataclass(frozen=True)
class NameLists:
    forenames: Sequence[str]
    surnames: Sequence[str]
    bodies: Sequence[str]
    places: Sequence[str]

    def person(self, rng: random.Random) -> tuple[str, ...]:
        """Title outside the name (may be empty), then the name."""
        surname = rng.choice(self.surnames)
        if rng.random() < 0.15:
            surname += "-" + rng.choice(self.surnames)
        draw = rng.random()
        if draw < 0.25:
            return rng.choice(_TITLES), surname
        if draw < 0.35:
            return "", f"{rng.choice(_HONOURS)} {rng.choice(self.forenames)} {surname}"
        if draw < 0.45:
            return "", surname
        middle = f" {rng.choice(self.surnames)[0]}" if rng.random() < 0.05 else ""
        return rng.choice(_TITLES) if rng.random() < 0.4 else "", f"{rng.choice(self.forenames)}{middle} {surname}"

    def body(self, rng: random.Random) -> str:
        return rng.choice(self.bodies)

    def place(self, rng: random.Random) -> str:
        return rng.choice(self.places)


def read_lists(registers: Path, surnames: Iterable[str] = ()) -> NameLists:
    """Name lists from the folder of registers; `surnames` are added to its few."""
    forenames = {
        r["Localized Name"] for r in _rows(registers / "common-forenames-by-country.csv") if r["Country"] in _ENGLISH
    }
    family = {
        r["Localized Name"] for r in _rows(registers / "common-surnames-by-country.csv") if r["Country"] in _ENGLISH
    }
    places = sorted({r["name"] for r in _rows(registers / "gb_places.csv") if r["type"] in ("Town", "City", "Village")})
    towns = [r["name"] for r in _rows(registers / "gb_places.csv") if r["type"] in ("Town", "City")]
    family |= {s for s in surnames if s.isalpha() and s.istitle() and len(s) > 2}
    family |= {p for p in places if re.fullmatch(r"[A-Z][a-z]{3,9}", p)}  # many English surnames are villages
    bodies: list[str] = []
    for file, column, times in _BODIES:
        bodies += sorted({_cased(r[column]) for r in _rows(registers / file) if r[column]}) * times
    return NameLists(
        sorted(f for f in forenames if f.isalpha()),
        sorted(f for f in family if f),
        bodies,
        sorted(places) + towns * 5,
    )


_ENGLISH = frozenset({"GB", "IE", "AU", "NZ", "US", "CA", "IN", "BD", "PL"})


def replace_names(sentence: Sentence, lists: NameLists, rng: random.Random) -> Sentence:
    """The sentence with most names replaced by others of their type. Other layers are dropped."""
    words: list[str] = []
    names: list[Name] = []
    at = 0
    for start, end, kind in sentence.names or ():
        words += sentence.words[at:start]
        at = end
        if rng.random() < 0.15:
            names.append((len(words), len(words) + end - start, kind))
            words += sentence.words[start:end]
            continue
        if kind == "PERSON":
            title, name = lists.person(rng)
            if words and words[-1].rstrip(".") in _ALL_TITLES:
                title = ""
            words += [title] if title else []
        else:
            name = lists.body(rng) if kind == "ORG" else lists.place(rng)
        split = _split(name)
        names.append((len(words), len(words) + len(split), kind))
        words += split
        letters = "".join(w[0] for w in split if w[0].isupper())
        if kind == "ORG" and len(letters) > 2 and rng.random() < 0.1:
            names.append((len(words) + 1, len(words) + 2, "ORG"))
            words += ["(", letters, ")"]
    words += sentence.words[at:]
    return Sentence(tuple(words), names=tuple(names))


_ALL_TITLES = frozenset(_TITLES) | frozenset(_HONOURS)


@cache
def _split(name: str) -> tuple[str, ...]:
    return tuple(t.text for t in tokenizer()(name) if not t.is_space)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))


def _cased(name: str) -> str:
    """A register's capitals as running text has them."""
    name = re.sub(r"\s*\[.*?\]", "", name).strip()
    if not name.isupper():
        return name
    words = [
        w.lower() if w.lower() in _SMALL and i else w if w in ("NHS", "UK") else w.capitalize()
        for i, w in enumerate(name.split())
    ]
    return " ".join(words)

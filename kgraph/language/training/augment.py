"""Names of other people, bodies and places put in the place of annotated ones.

The corpora are American and international; the texts kgraph reads are full of British bodies with long names,
double-barrelled people and towns that also name their authority. Names come from public registers, contexts from the
corpora.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from kgraph.language.training.corpora import Sentence, spacy_words
from kgraph.language.training.names import Name

_TITLES = ("Cllr", "Councillor", "Mr", "Mrs", "Ms", "Dr", "Prof", "Rev")
_HONOURS = ("Sir", "Dame", "Lord", "Baroness")


@dataclass(frozen=True)
class NameLists:
    """Where names are drawn from; `bodies` by register, `endings` the words in which names of bodies end."""

    forenames: Sequence[str]
    surnames: Sequence[str]
    bodies: Sequence[Sequence[str]]
    endings: Sequence[str]
    places: Sequence[str]
    corpora: Mapping[str, Sequence[tuple[str, ...]]]
    """By type, the names of the corpora themselves."""

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
        """A registered body under one of its names, or an invented one ("Dunmere Advertiser"): no register is
        complete."""
        if rng.random() < 0.25:
            return f"{rng.choice((self.places, self.surnames)[rng.random() < 0.3])} {rng.choice(self.endings)}"
        return rng.choice(rng.choice(self.bodies))

    def place(self, rng: random.Random) -> str:
        return rng.choice(self.places)


def read_lists(names: Path, ontology: Path, sentences: Iterable[Sentence]) -> NameLists:
    """Name lists from a folder of people's and places' names, an ontology's registers and annotated sentences."""
    corpora: dict[str, list[tuple[str, ...]]] = {}
    for sentence in sentences:
        for start, end, kind in sentence.names or ():
            corpora.setdefault(kind, []).append(sentence.words[start:end])
    surnames = [name[-1] for name in corpora.get("PERSON", ())]
    forenames = {
        r["Localized Name"] for r in _rows(names / "common-forenames-by-country.csv") if r["Country"] in _ENGLISH
    }
    family = {r["Localized Name"] for r in _rows(names / "common-surnames-by-country.csv") if r["Country"] in _ENGLISH}
    places = sorted({r["name"] for r in _rows(names / "gb_places.csv") if r["type"] in ("Town", "City", "Village")})
    towns = [r["name"] for r in _rows(names / "gb_places.csv") if r["type"] in ("Town", "City")]
    family |= {s for s in surnames if s.isalpha() and s.istitle() and len(s) > 2}
    family |= {p for p in places if re.fullmatch(r"[A-Z][a-z]{3,9}", p)}  # many English surnames are villages
    bodies = []
    for register in sorted((ontology / "registers").glob("*.csv")):
        rows = _rows(register)
        known = [name for r in rows for name in (r["name"], r["name"], *r["aliases"].split("|")) if name]
        bodies.append([name.removeprefix("The ") for name in known])
    references = yaml.safe_load((ontology / "registers" / "references.yaml").read_text(encoding="utf-8"))
    endings = [word for kind, words in references["bodies"].items() if kind != "place" for word in words]
    return NameLists(
        forenames=sorted(f for f in forenames if f.isalpha()),
        surnames=sorted(f for f in family if f),
        bodies=bodies,
        endings=endings,
        places=places + towns * 5,
        corpora=corpora,
    )


_ENGLISH = frozenset({"GB", "IE", "AU", "NZ", "US", "CA", "IN", "BD", "PL"})


def replace_names(sentence: Sentence, lists: NameLists, rng: random.Random, *, british: float) -> Sentence:
    """The sentence with most names replaced by others of their type, a share of them `british`, the rest the
    corpora's own.

    Other layers are dropped.
    """
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
        if rng.random() >= british:
            other = rng.choice(lists.corpora[kind])
            names.append((len(words), len(words) + len(other), kind))
            words += other
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


_LABELS = tuple(
    tuple(words.split())
    for words in (
        "Photo :|Picture :|Image source ,|Image :|Credit :|©|( c )|By|Source :|Contact :|Present :|Apologies :|Chair :|"
        "Report of :|First published in|Read more in|Listen :|See also :"
    ).split("|")
)
"""What stands before a name in a caption, a credit, a head of minutes."""


def fragments(sentences: Iterable[Sentence], rng: random.Random) -> list[Sentence]:
    """One name in three with at most three words on either side, each piece a line of its own, as captions, credits,
    lists and cells of tables have them.

    Other layers are dropped.
    """
    found = []
    for sentence in sentences:
        names = sentence.names or ()
        inside = {i for start, end, _ in names for i in range(start + 1, end)}
        for start, end, kind in names:
            if rng.random() >= 1 / 3:
                continue
            first, last = max(0, start - rng.randrange(4)), min(len(sentence.words), end + rng.randrange(4))
            while first in inside:  # no name is cut
                first -= 1
            while last in inside:
                last += 1
            label: tuple[str, ...] = ()
            if kind != "PLACE" and rng.random() < 0.3:
                label, first = rng.choice(_LABELS), start
            shift = len(label) - first
            kept = tuple((b + shift, e + shift, k) for b, e, k in names if first <= b and e <= last)
            found.append(Sentence((*label, *sentence.words[first:last]), names=kept, paragraph=True))
    return found


_ALL_TITLES = frozenset(_TITLES) | frozenset(_HONOURS)


@cache
def _split(name: str) -> tuple[str, ...]:
    return tuple(t.text for t in spacy_words(name))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))

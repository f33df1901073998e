"""How names of people and bodies are compared: what of a name counts, and which forms of it may mean the same.

What is particular to a language or a country is data: `identity.yaml` of an ontology.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from kgraph.yamlfile import load_yaml

# Two spellings of a name at least this similar (Jaro-Winkler, 0 to 1) may be one name misspelt.
_SIMILAR = 0.94
_SHORTEST = 5


@dataclass(frozen=True)
class Naming:
    """What `identity.yaml` says; see there. An ontology without that file has no conventions of its own."""

    people: frozenset[str] = frozenset()
    unique: frozenset[str] = frozenset()
    local: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    honours: frozenset[str] = frozenset()
    legal_forms: frozenset[str] = frozenset()
    common_roles: frozenset[str] = frozenset()
    single_posts: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    short_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nicknames: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @staticmethod
    def load(folder: Path) -> Naming:
        """Reads the file of an ontology folder. Raises ValueError naming the file for unknown keys."""
        return _load(folder / "identity.yaml")

    def person(self, name: str) -> str:
        """A person's normalised name without titles before it and honours after it."""
        words = name.split()
        while len(words) > 1 and words[0] in self.titles:
            del words[0]
        while len(words) > 2 and words[-1] in self.honours:
            del words[-1]
        return " ".join(words)

    def body(self, name: str) -> str:
        """A body's normalised name without its legal form."""
        words = name.split()
        while len(words) > 1 and words[-1] in self.legal_forms:
            del words[-1]
        return " ".join(words)

    def place(self, name: str) -> tuple[str, frozenset[str]]:
        """A local body's normalised name as that of its place and the words for its kind."""
        words = [long for word in name.split() for long in self.short_kinds.get(word, (word,))]
        kinds = frozenset(word for word in words if word in self.kinds)
        place = " ".join(word for word in words if word not in self.kinds)
        return (place, kinds - {"of"}) if place else (name, frozenset())

    def variant(self, one: str, other: str) -> str | None:
        """How two different full names of people may be one name; None where they cannot be.

        Both end in the same surname, or in surnames that differ as misspellings do.

        >>> naming.variant("ann other", "a other")
        'initials'
        """
        a, b = one.split(), other.split()
        if min(len(a), len(b)) < 2:
            return None
        if a[-1] != b[-1]:
            if a[0] == b[0] and a[-1].endswith(b[-1]) | b[-1].endswith(a[-1]) and len(a) != len(b):
                return None
            return "spelling" if a[:-1] == b[:-1] and misspelt(a[-1], b[-1]) else None
        return self._given(a[:-1], b[:-1])

    def _given(self, one: list[str], other: list[str]) -> str | None:
        first, second = one[0], other[0]
        if first == second:
            middle, more = sorted((one[1:], other[1:]), key=len)
            fits = all(
                m[0] == n[0] and (len(m) == 1 or len(n) == 1 or m == n) for m, n in zip(middle, more, strict=False)
            )
            return "middle names" if fits else None
        if first[0] == second[0] and (len(first) == 1 or len(second) == 1):
            return "initials"
        if second in self.nicknames.get(first, ()):
            return "short forms of given names"
        return "spelling" if misspelt(first, second) else None


def misspelt(one: str, other: str) -> bool:
    """Whether two different words may be one word misspelt: one letter added, left out, changed or two swapped."""
    if min(len(one), len(other)) < _SHORTEST:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=1) == 1 or (
        JaroWinkler.similarity(one, other) >= _SIMILAR and abs(len(one) - len(other)) <= 1
    )


@cache
def _load(path: Path) -> Naming:
    if not path.exists():
        return Naming()
    data = load_yaml(path)
    try:
        short, nicknames = data.pop("short_kinds", {}), data.pop("nicknames", {})
        return Naming(
            **{key: frozenset(words) for key, words in data.items()},
            short_kinds={key: tuple(words.split()) for key, words in short.items()},
            nicknames=_forms(nicknames),
        )
    except (AttributeError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from error


def _forms(nicknames: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """Each form with the given names it stands for, and each given name with its forms; forms of one are not joined."""
    found: dict[str, set[str]] = {}
    for name, forms in nicknames.items():
        for form in forms:
            found.setdefault(name, set()).add(form)
            found.setdefault(form, set()).add(name)
    return {name: frozenset(forms) for name, forms in found.items()}

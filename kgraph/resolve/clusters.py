"""Joining pairs into groups, under judgements: a disjoint-set forest that knows what must stay apart.

Tarjan (1975), "Efficiency of a good but not linear set union algorithm".
"""

from __future__ import annotations

from collections.abc import Iterable


class Clusters:
    """Groups of numbers 0 … n - 1. The lowest number of a group stands for it, in whatever order it was joined."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._apart: dict[int, set[int]] = {}

    def find(self, one: int) -> int:
        """The number that stands for the group."""
        parent = self._parent
        while parent[one] != one:
            parent[one] = one = parent[parent[one]]
        return one

    def separate(self, one: int, other: int) -> bool:
        """Keeps two groups apart from now on; False where they are one already."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return False
        self._apart.setdefault(a, set()).add(b)
        self._apart.setdefault(b, set()).add(a)
        return True

    def apart(self, one: int, other: int) -> bool:
        """Whether two groups must not be joined."""
        return self.find(other) in self._apart.get(self.find(one), ())

    def join(self, one: int, other: int) -> bool:
        """Makes two groups one; False where they are one already or must stay apart."""
        a, b = self.find(one), self.find(other)
        if a == b or b in self._apart.get(a, ()):
            return False
        a, b = min(a, b), max(a, b)
        self._parent[b] = a
        for third in self._apart.pop(b, ()):
            self._apart[third].discard(b)
            self._apart[third].add(a)
            self._apart.setdefault(a, set()).add(third)
        return True

    def groups(self, members: Iterable[int]) -> dict[int, list[int]]:
        """The members of each group in their order, by the number that stands for it."""
        found: dict[int, list[int]] = {}
        for member in members:
            found.setdefault(self.find(member), []).append(member)
        return found

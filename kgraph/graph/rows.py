"""Rows of a graph, packed: nodes and edges by the hundred thousand in a fraction of the memory that objects take."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, starmap
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")

_BLOCK = 512  # rows packed together: within a block a string that several rows share stands once


class Rows(Sequence[T], Generic[T]):
    """A sequence that does not change, of things that are made anew each time one looks at them.

    make    makes a thing of its fields
    fields  of each thing: text, numbers, booleans, and dictionaries of them

    To go through all of it, in order, costs little more than through a list; to pick single ones unpacks a block each.
    """

    def __init__(self, make: Callable[..., T], fields: Iterable[tuple[Any, ...]] = ()) -> None:
        self._make = make
        self._blocks: list[bytes] = []
        self._length = 0
        source = iter(fields)
        while rows := tuple(islice(source, _BLOCK)):
            self._blocks.append(marshal.dumps(rows))
            self._length += len(rows)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        for block in self._blocks:
            yield from starmap(self._make, marshal.loads(block))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return tuple(self)[index]
        number = range(self._length)[index]  # raises IndexError as a list does
        return self._make(*marshal.loads(self._blocks[number // _BLOCK])[number % _BLOCK])

    def __eq__(self, other: object) -> bool:
        """Whether another sequence holds equal things in the same order."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

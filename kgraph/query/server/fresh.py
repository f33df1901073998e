"""Things made of files that are made anew when one of the files changes."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
_Stamp = tuple[int, int, int] | None


class Fresh(Generic[T]):
    """What `make` makes of a file as it now is, and of others `beside` it. Safe for threads.

    The first to ask waits while it is made. When the file has changed, one who asks makes it anew, and others are
    given the old meanwhile; when the old is no longer `usable`, they wait. From a file that can no longer be read the
    old stays. `make` raises ValueError or OSError for a faulty file: where there is no old, whoever asks gets that.
    """

    def __init__(
        self,
        path: Path,
        make: Callable[[Path], T],
        usable: Callable[[T], bool] = lambda _: True,
        beside: tuple[Path, ...] = (),
    ) -> None:
        self._path, self._make, self._usable = path, make, usable
        self._files = (path, *beside)
        self._making = threading.Lock()
        self._made: tuple[T] | None = None
        self._stamps: list[_Stamp] = []

    def get(self) -> T:
        """The thing; see above."""
        if self._stale() and self._making.acquire(blocking=not self._old()):
            try:
                if self._stale():  # nobody has made it while this one waited
                    self._renew()
            finally:
                self._making.release()
        assert self._made is not None
        return self._made[0]

    def _old(self) -> bool:
        return self._made is not None and self._usable(self._made[0])

    def _stale(self) -> bool:
        return not self._old() or [_stamp(path) for path in self._files] != self._stamps

    def _renew(self) -> None:
        stamps = [_stamp(path) for path in self._files]
        try:
            self._made = (self._make(self._path),)
        except (ValueError, OSError) as error:
            if not self._old():
                raise
            logging.getLogger(__name__).warning("%s: it stays as it was: %s", self._path, error)
        self._stamps = stamps


def _stamp(path: Path) -> _Stamp:
    """What tells one version of a file from another; None where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino

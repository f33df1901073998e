"""Files that are replaced together, each at once, or not at all."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

WriteTo = Callable[[BinaryIO], object]


@contextmanager
def replacing() -> Iterator[Callable[[Path, WriteTo], None]]:
    """Gives a function that writes a file beside its place; all are moved there at the end, if nothing has failed."""
    with ExitStack() as leftovers:
        written: list[tuple[Path, Path]] = []

        def write(path: Path, write_to: WriteTo) -> None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=_SUFFIX)
                temporary = Path(name)
                leftovers.callback(temporary.unlink, missing_ok=True)
                with os.fdopen(handle, "wb") as file:
                    write_to(file)
                    file.flush()
                    os.fsync(file.fileno())
                temporary.chmod(0o666 & ~_umask())
            except OSError as error:  # a full disk does not say which file it has no room for
                raise OSError(error.errno, error.strerror or str(error), str(path)) from error
            written.append((temporary, path))

        yield write
        for temporary, path in written:
            temporary.replace(path)


def remove_leftovers(path: Path) -> None:
    """Removes what a process that was killed while it wrote a file has left beside it."""
    for leftover in path.parent.glob(f".{glob.escape(path.name)}.*{_SUFFIX}"):
        leftover.unlink(missing_ok=True)


_SUFFIX = ".part"


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

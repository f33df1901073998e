"""Writing a graph to files: one module a format, chosen by the file's extension.

A file is written beside its place and then moved there, so that a failure leaves the old file whole.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from kgraph.documents import Document
from kgraph.export import documents as texts
from kgraph.export import graphml, turtle
from kgraph.graph.model import Graph

Writer = Callable[[Graph, BinaryIO], None]

FORMATS: Mapping[str, Writer] = MappingProxyType(
    {".ttl": turtle.write, ".nt": turtle.write_ntriples, ".graphml": graphml.write}
)
EXTENSIONS = tuple(FORMATS)


def supports(path: Path) -> bool:
    """Whether a file of this name can be written."""
    return path.suffix.lower() in FORMATS


def write(graph: Graph, path: Path) -> None:
    """Writes a graph in the format its extension says, replacing the file at once or not at all.

    Raises ValueError for an unknown extension, OSError where the file cannot be written.
    """
    writer = FORMATS.get(path.suffix.lower())
    if writer is None:
        raise ValueError(f"{path}: no such format; one of {', '.join(EXTENSIONS)}")
    _replace(path, lambda file: writer(graph, file))


def write_documents(documents: Iterable[Document], path: Path) -> None:
    """Writes the texts that the graph's excerpts are positions in, as JSON Lines (see `kgraph.export.documents`)."""
    _replace(path, lambda file: texts.write(documents, file))


def _replace(path: Path, write_to: Callable[[BinaryIO], None]) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            write_to(file)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

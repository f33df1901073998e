"""Writing a graph to files: one module a format, chosen by the file's extension.

A file is written beside its place and then moved there, so that a failure leaves the old file whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from kgraph.documents import Document
from kgraph.export import documents as texts
from kgraph.export import graphml, turtle
from kgraph.export.files import replacing
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
    with replacing() as put:
        put(path, _writing(graph, path))


def write_all(graph: Graph, paths: Iterable[Path], documents: Iterable[Document], documents_path: Path) -> None:
    """Writes a graph in several formats, and its texts (see `kgraph.export.documents`): all of them or none."""
    with replacing() as put:
        for path in paths:
            put(path, _writing(graph, path))
        put(documents_path, lambda file: texts.write(documents, file))


def _writing(graph: Graph, path: Path) -> Callable[[BinaryIO], None]:
    writer = FORMATS.get(path.suffix.lower())
    if writer is None:
        raise ValueError(f"{path}: no such format; one of {', '.join(EXTENSIONS)}")
    return lambda file: writer(graph, file)

"""What a reading depends on beside the source itself, in short: where that changes, the source is read again.

The engine is told by its code and not by its version, so that whoever changes a rule gets its facts.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from kgraph import language
from kgraph.ontology import default_folder

_ENGINE = Path(__file__).parent
_LIBRARIES = (
    "charset-normalizer htmldate lxml numpy onnxruntime pypdf python-docx pyyaml spacy tokenizers trafilatura".split()
)
_READING = "build.py documents.py readers/*.py yamlfile.py".split()
_EXTRACTION = """build.py documents.py extract/*.py extract/naming/*.py facts.py graph/edtf.py language/*.py
language/time/*.py language/time/*.toml ontology.py registers.py resolve/apposition.py
resolve/bearers.py resolve/document.py resolve/incumbents.py resolve/metonymy.py resolve/nominals.py
resolve/possessed.py resolve/pronouns.py resolve/salience.py resolve/territories.py yamlfile.py""".split()
# What an ontology has and no reading uses.
_OF_THE_GRAPH = frozenset({"evaluation.yaml", "identity.yaml", "queries", "shapes.ttl"})


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """reading: from a source to its documents. extraction: from a document to its facts."""

    reading: str
    extraction: str


def fingerprints(ontology: Path | None, model: str | None, date: str | None) -> Fingerprints:
    """Fingerprints for these settings (those of `kgraph.build.Settings`): hexadecimal SHA-256.

    Raises `kgraph.language.UnsuitablePipeline` where there is no such model.
    """
    domain = default_folder() if ontology is None else ontology
    libraries = [platform.python_version(), *(f"{name} {version(name)}" for name in _LIBRARIES)]
    return Fingerprints(
        reading=_digest(
            [*libraries, f"date {date}"],
            [*_code(_READING), *_files(domain / "furniture.yaml", domain)],
        ),
        extraction=_digest(
            libraries,
            [
                *_code(_EXTRACTION),
                *(file for part in _parts(domain) for file in _files(part, domain)),
                *_files(folder := language.folder(model), folder),
            ],
        ),
    )


def _code(patterns: Iterable[str]) -> list[tuple[str, Path]]:
    return [found for pattern in patterns for path in _ENGINE.glob(pattern) for found in _files(path, _ENGINE)]


def _parts(domain: Path) -> list[Path]:
    if not domain.is_dir():
        return []
    return [part for part in domain.iterdir() if part.name not in _OF_THE_GRAPH]


def _files(path: Path, root: Path) -> list[tuple[str, Path]]:
    """A file, or the files in a folder, by their names below `root`."""
    if path.is_file():
        return [(path.relative_to(root).as_posix(), path)]
    return [(file.relative_to(root).as_posix(), file) for file in path.rglob("*") if file.is_file()]


def _digest(texts: Iterable[str], files: Iterable[tuple[str, Path]]) -> str:
    whole = hashlib.sha256("\n".join(texts).encode())
    for name, path in sorted(set(files)):
        with path.open("rb") as file:
            whole.update(f"\0{name}\0{hashlib.file_digest(file, 'sha256').hexdigest()}".encode())
    return whole.hexdigest()

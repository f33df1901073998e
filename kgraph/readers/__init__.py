"""From files to documents: text, HTML, PDF, DOCX and JSON Lines.

    for item in read(["reports/", "articles/*.html", "-"]):
        if isinstance(item, Failure):
            print(item, file=sys.stderr)

Nothing here raises for a bad input: each gives a `Failure` of one line, and the others are read. `find` lists without
reading, so that worker processes can share the reading (`read_source`).

What a source is read as is told by its content, and by its extension only where the content leaves it open (HTML
fragments, JSON Lines). Limits, beyond which a document is refused and never cut: 512 MB, or a PDF of 5,000 pages,
20 MB of HTML, a DOCX that unpacks to 256 MB; for JSON Lines the limit is a line's.
"""

from __future__ import annotations

import dataclasses
import functools
import glob
import json
import logging
import os
import re
import shutil
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from kgraph.documents import Document
from kgraph.readers import docx, html, jsonl, pdf, text
from kgraph.readers.furniture import Patterns, by_wording, merged
from kgraph.readers.source import MAX_BYTES, Failure, Source, UnreadableError

__all__ = ["EXTENSIONS", "Failure", "Patterns", "Source", "find", "read", "read_source"]

EXTENSIONS = frozenset(".txt .text .html .htm .xhtml .pdf .docx .jsonl .ndjson".split())
"""The files that are read in a folder. A file named by itself or matched by a glob is read whatever it is called."""

_READERS = {"text": text.read, "html": html.read, "pdf": pdf.read, "docx": docx.read}
_HEAD = 4096  # bytes by which a format is told

_log = logging.getLogger(__name__)


def read(
    sources: Sequence[str], *, default_date: str | None = None, furniture: Patterns | None = None
) -> Iterator[Document | Failure]:
    """The documents of files, folders, glob patterns and standard input ("-"), in the order of `find`.

    default_date  publication date (EDTF) of documents that give none
    furniture     patterns of page furniture; those of the ontology shipped, if None
    """
    for source in find(sources):
        yield from read_source(source, default_date=default_date, furniture=furniture)


def find(sources: Sequence[str]) -> list[Source]:
    """The sources that files, folders, glob patterns and "-" stand for, each file once, without opening one.

    A folder is searched through, in the order of paths; hidden files and folders and files of other kinds than
    `EXTENSIONS` are left out (their number goes to the log). A document is called by its file's name or, in a folder,
    by its path below the folder, with "/"; where two would be called the same, both are called by their whole path.
    What is not found is listed too, and read as a `Failure`.
    """
    found: dict[str, Source] = {}
    for given in sources:
        for source in _found(given):
            found.setdefault(_place(source.path), source)
    called = Counter(source.id for source in found.values())
    return [s if called[s.id] == 1 else Source(s.path, _posix(s.path)) for s in found.values()]


def read_source(
    source: Source, *, default_date: str | None = None, furniture: Patterns | None = None
) -> Iterator[Document | Failure]:
    """The documents of one source: one, or as many as JSON Lines hold; `Failure`s instead of errors."""
    patterns = _shipped_patterns() if furniture is None else furniture
    try:
        with _open(source.path) as stream:
            for item in _read_stream(stream, source):
                yield item if isinstance(item, Failure) else _finished(item, default_date, patterns)
    except UnreadableError as error:
        yield Failure(source.path, str(error))
    except OSError as error:
        yield Failure(source.path, _reason(error))
    except Exception as error:  # what a library lets through on a damaged file must not stop the others
        yield Failure(source.path, f"{type(error).__name__}: {error}")


def _place(path: str) -> str:
    """What tells files apart: two names of one file are one."""
    return path if path == "-" or "\0" in path else os.path.realpath(path)


def _found(given: str) -> Iterator[Source]:
    if given == "-":
        yield Source("-", "-")
    elif Path(given).is_dir():
        yield from _below(Path(given))
    elif not os.path.lexists(given) and (matches := _matches(given)):
        yield from (Source(match, _posix(Path(match).name)) for match in matches)
    else:
        yield Source(given, _posix(Path(given).name or given))


def _matches(pattern: str) -> list[str]:
    """The files a glob pattern matches, sorted; `**` is any number of folders. Hidden ones only where it says so."""
    if not glob.has_magic(pattern):
        return []
    return sorted(m for m in glob.glob(pattern, recursive=True) if not Path(m).is_dir())  # noqa: PTH207 (absolute ones)


def _below(folder: Path) -> Iterator[Source]:
    """The readable files in a folder; the folder itself, or one in it, where that has none or cannot be listed."""
    paths: list[Path] = []
    others = 0
    refused: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=lambda e: refused.append(Path(str(e.filename)))):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.startswith("."):
                continue
            if Path(name).suffix.lower() in EXTENSIONS:
                paths.append(Path(parent, name))
            else:
                others += 1
    if others:
        _log.info("%s: %d files of other kinds left out", folder, others)
    if not paths and not refused:
        refused.append(folder)
    for path in sorted([*paths, *refused], key=lambda p: p.relative_to(folder).parts):
        yield Source(str(path), _posix(path.relative_to(folder) if path != folder else path))


def _open(path: str) -> BinaryIO:
    if path == "-":
        # To a file of our own, so that a format can be told from the beginning and JSON Lines may be long.
        spool = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
        shutil.copyfileobj(sys.stdin.buffer, spool)
        spool.seek(0)
        return spool
    try:
        mode = Path(path).stat().st_mode
    except FileNotFoundError:
        if Path(path).is_symlink():
            raise UnreadableError("a broken symbolic link") from None
        raise UnreadableError("no file matches" if glob.has_magic(path) else "no such file or folder") from None
    if stat.S_ISDIR(mode):
        next(Path(path).iterdir(), None)  # raises, if the folder may not be listed
        raise UnreadableError("a folder without documents to read")
    if not stat.S_ISREG(mode):
        raise UnreadableError("not a regular file; what a pipe gives is read from standard input (-)")
    return Path(path).open("rb")


def _read_stream(stream: BinaryIO, source: Source) -> Iterator[Document | Failure]:
    head = stream.read(_HEAD)
    form = _form(head, stream.readline(2**20) if head.lstrip()[:1] == b"{" else b"", Path(source.path).suffix.lower())
    stream.seek(0)
    if form == "jsonl":
        yield from jsonl.read(stream, source)
        return
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"larger than {MAX_BYTES // 2**20} MB")
    yield from _READERS[form](data, source)


def _form(head: bytes, line_end: bytes, extension: str) -> str:
    """The format of what begins with `head`. `line_end` completes the first line where `head` may be JSON."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    if extension in (".jsonl", ".ndjson"):
        return "jsonl"
    if _HTML.match(head.replace(b"\0", b"")) or extension in (".html", ".htm", ".xhtml"):
        return "html"
    if extension in (".pdf", ".docx") and head:
        return extension[1:]
    if head.lstrip()[:1] in (b"{", b"["):
        if _is_record((head + line_end).lstrip().partition(b"\n")[0]):
            return "jsonl"
        if extension == ".json":
            raise UnreadableError('JSON, but not JSON Lines with a "text" on each line')
    return "text"


# A page begins with its document type or element, after any mark of order, XML declaration and comments.
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def _is_record(line: bytes) -> bool:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and "text" in record


def _finished(document: Document, default_date: str | None, patterns: Patterns) -> Document:
    found = by_wording(document.text, patterns, document.title)
    return dataclasses.replace(
        document,
        published=document.published or default_date,
        furniture=merged((*document.furniture, *found)),
    )


@functools.cache
def _shipped_patterns() -> Patterns:
    package = Path(__file__).resolve().parents[1]
    folder = package / "_ontology"  # as installed; in a clone the ontology lies beside the package
    return Patterns.load((folder if folder.is_dir() else package.parent / "ontology") / "furniture.yaml")


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "permission denied"
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    return error.strerror or type(error).__name__


def _posix(path: str | Path) -> str:
    """A path with "/" and, where its bytes are no UTF-8, with U+FFFD: an id must be writable."""
    return os.fsencode(Path(path).as_posix()).decode("utf-8", "replace")

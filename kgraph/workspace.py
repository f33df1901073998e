"""What is kept between builds, so that what has not changed is not read again.

A workspace is a folder with a database, `workspace.sqlite` (https://sqlite.org, in WAL mode), of the sources of a
graph, the documents read from them, the facts extracted from those, and what failed. All of it can be read again from
the sources, so it may be deleted at any time. What a source holds is known again by the SHA-256 of its bytes (times
and sizes of files are not trusted), what a document states by the SHA-256 of the document; each also by a fingerprint
of the engine, ontology, model and settings (`kgraph.fingerprint`), so that a change of those reads anew.

What is kept is kept at once: a killed build goes on where it was. One build at a time uses a workspace; the next waits.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from kgraph.documents import Document
from kgraph.facts import Fact
from kgraph.fingerprint import Fingerprints
from kgraph.readers import Failure, Source

FORMAT = 1
"""Version of the tables. Counts up when they change; `_migrate` says what becomes of older ones."""

_APPLICATION = 0x6B677270  # "kgrp", where SQLite keeps what a file is for (PRAGMA application_id)
_TABLES = """
CREATE TABLE sources (
    path TEXT PRIMARY KEY,      -- as it was given
    id TEXT NOT NULL,
    position INTEGER,           -- in the order of the last build
    sha256 TEXT,                -- of its bytes; null where they could not be read, or come from standard input
    fingerprint TEXT NOT NULL,
    read_at TEXT NOT NULL       -- ISO 8601, UTC
);
CREATE TABLE documents (
    source TEXT NOT NULL REFERENCES sources ON DELETE CASCADE,
    number INTEGER NOT NULL,    -- its place in the source
    name TEXT NOT NULL,         -- the document's id, or where the failure was
    sha256 TEXT,                -- of the document, but for its source; null for a failure
    document TEXT,              -- JSON
    failure TEXT,
    PRIMARY KEY (source, number)
);
CREATE INDEX documents_by_sha256 ON documents (sha256);
CREATE TABLE extractions (
    document TEXT PRIMARY KEY,  -- documents.sha256
    fingerprint TEXT NOT NULL,
    facts TEXT,                 -- JSON, as `kgraph extract` writes them
    failure TEXT,
    read_at TEXT NOT NULL
);
"""


class WorkspaceError(ValueError):
    """A workspace that cannot be used; the message names its folder and the reason."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One document of a workspace, or one failure.

    name      the document's id; for a failure of a source, where it was
    read_at   when it was last read, ISO 8601 in UTC
    facts     how many facts it states; None where it was not extracted
    failure   why it could not be read
    """

    name: str
    source: str
    read_at: str
    published: str | None = None
    title: str | None = None
    facts: int | None = None
    failure: str | None = None


class Workspace:
    """Made by `open_workspace`."""

    def __init__(self, folder: Path, database: sqlite3.Connection, prints: Fingerprints) -> None:
        self.folder, self._database, self._prints = folder, database, prints
        self._hashes: dict[str, str | None] = {}

    def has(self, source: Source) -> bool:
        """Whether nothing of a source is left to read or to extract."""
        missing = (
            "SELECT 1 FROM documents d LEFT JOIN extractions e ON e.document = d.sha256 AND e.fingerprint = ?"
            " WHERE source = ? AND facts IS NULL"
        )
        with _plainly(self.folder):
            values = (self._prints.extraction, _text(source.path))
            return self._has_read(source) and not self._database.execute(missing, values).fetchone()

    def documents(self, source: Source) -> list[Document] | None:
        """The documents of a source, if it was read without failure and nothing has changed since."""
        with _plainly(self.folder):
            if not self._has_read(source):
                return None
            rows = self._database.execute(
                "SELECT document FROM documents WHERE source = ? ORDER BY number", (_text(source.path),)
            ).fetchall()
        if any(document is None for (document,) in rows):
            return None  # what failed is tried again
        return [Document.from_json(json.loads(document)) for (document,) in rows]

    def _has_read(self, source: Source) -> bool:
        row = self._database.execute(
            "SELECT 1 FROM sources WHERE path = ? AND id = ? AND sha256 = ? AND fingerprint = ?",
            (_text(source.path), source.id, self._hash(source), self._prints.reading),
        ).fetchone()
        return row is not None

    def keep_documents(self, source: Source, items: Sequence[Document | Failure]) -> None:
        """Replaces what was read from a source; as it was when `documents` or `has` was asked for it."""
        path = _text(source.path)
        with _plainly(self.folder), self._database as database:
            database.execute("DELETE FROM sources WHERE path = ?", (path,))
            database.execute(
                "INSERT INTO sources (path, id, sha256, fingerprint, read_at) VALUES (?, ?, ?, ?, ?)",
                (path, source.id, self._hash(source), self._prints.reading, _now()),
            )
            database.executemany(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (path, number, item.source, None, None, item.reason)
                    if isinstance(item, Failure)
                    else (path, number, _text(item.id), _key(item), json.dumps(item.to_json()), None)
                    for number, item in enumerate(items)
                ),
            )

    def facts(self, document: Document) -> tuple[Fact, ...] | None:
        """What a document states, if it was extracted as it is, by an engine as it is."""
        with _plainly(self.folder):
            row = self._database.execute(
                "SELECT facts FROM extractions WHERE document = ? AND fingerprint = ? AND facts IS NOT NULL",
                (_key(document), self._prints.extraction),
            ).fetchone()
        return None if row is None else tuple(Fact.from_json(fact) for fact in json.loads(row[0]))

    def keep_facts(self, document: Document, result: Sequence[Fact] | Failure) -> None:
        """Replaces what a document states, or why it could not be extracted."""
        failure = result.reason if isinstance(result, Failure) else None
        facts = None if isinstance(result, Failure) else json.dumps([fact.to_json() for fact in result])
        with _plainly(self.folder), self._database as database:
            database.execute(
                "INSERT OR REPLACE INTO extractions VALUES (?, ?, ?, ?, ?)",
                (_key(document), self._prints.extraction, facts, failure, _now()),
            )

    def _hash(self, source: Source) -> str | None:
        """SHA-256 of a file, taken once, before it is read; None for what is no file."""
        if source.path not in self._hashes:
            self._hashes[source.path] = _hash(source)
        return self._hashes[source.path]

    def keep_only(self, sources: Sequence[Source]) -> None:
        """Forgets all other sources, and what they stated."""
        with _plainly(self.folder), self._database as database:
            database.execute("UPDATE sources SET position = NULL WHERE position IS NOT NULL")
            database.executemany(
                "UPDATE sources SET position = ? WHERE path = ?",
                ((position, _text(source.path)) for position, source in enumerate(sources)),
            )
            database.execute("DELETE FROM sources WHERE position IS NULL")
            database.execute(
                "DELETE FROM extractions WHERE document NOT IN (SELECT sha256 FROM documents WHERE sha256 IS NOT NULL)"
            )


@contextmanager
def open_workspace(
    folder: Path, prints: Fingerprints, say: Callable[[str], None] = lambda _: None
) -> Iterator[Workspace]:
    """The workspace in a folder, made if need be, for one build at a time.

    prints  what the reading now depends on: what was read otherwise counts as unread
    say     is given a line where another build uses it, whose end is then waited for, and where it is of an
            older kgraph, so that everything will be read again

    Raises WorkspaceError for a folder that cannot be written, and for a
    database that is none of kgraph's, is damaged, or is of a later kgraph.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            say(f"{folder}: another build is using this workspace; waiting for its end")
            lock.acquire()
    except OSError as error:
        raise WorkspaceError(f"{folder}: no workspace can be made here: {error.strerror or error}") from error
    try:
        with _plainly(folder):
            database = sqlite3.connect(folder / _NAME)
            with closing(database):
                _prepare(folder, database, say)
                yield Workspace(folder, database, prints)
    finally:
        lock.release()


def read_workspace(folder: Path) -> list[Kept]:
    """Every document and failure in the workspace of a folder, also while a build uses it.

    They come in the order of the last build, and last what an unfinished one has added. Raises WorkspaceError where
    there is no workspace.
    """
    with _reading(folder) as database:
        rows = database.execute(
            "SELECT name, coalesce(json_extract(d.document, '$.source'), name), coalesce(e.read_at, s.read_at),"
            " json_extract(d.document, '$.published'), json_extract(d.document, '$.title'), json_array_length(facts),"
            " coalesce(d.failure, e.failure)"
            " FROM sources s JOIN documents d ON d.source = s.path LEFT JOIN extractions e ON e.document = d.sha256"
            " ORDER BY position IS NULL, position, path, number"
        ).fetchall()
    found: list[Kept] = []
    first: dict[str, Kept] = {}
    for kept in (Kept(*row) for row in rows):
        other = first.setdefault(kept.name, kept)
        if kept.failure is None and other is not kept:
            kept = replace(kept, failure=f"a document of {other.source} has the id {kept.name!r} already")
        found.append(kept)
    return found


def read_facts(folder: Path) -> tuple[list[Document], list[Fact]]:
    """The documents of a workspace, in the order of the last build, and what they state: what the graph is made of.

    Raises WorkspaceError where there is no workspace.
    """
    documents: dict[str, Document] = {}
    facts: list[Fact] = []
    with _reading(folder) as database:
        rows = database.execute(
            "SELECT d.document, facts FROM sources s JOIN documents d ON d.source = s.path"
            " JOIN extractions e ON e.document = d.sha256 WHERE facts IS NOT NULL"
            " ORDER BY position IS NULL, position, path, number"
        )
        for document, stated in rows:
            one = Document.from_json(json.loads(document))
            if documents.setdefault(one.id, one) is one:
                facts += (Fact.from_json(fact) for fact in json.loads(stated))
    return list(documents.values()), facts


def judgements_path(folder: Path) -> Path:
    """Where judgements on a workspace's graph are kept: beside it, since it may be deleted and they may not."""
    return folder.with_suffix(".judgements.jsonl")


def database_path(folder: Path) -> Path:
    """The file that changes, at the latest, when a build ends."""
    return folder / _NAME


_NAME = "workspace.sqlite"


@contextmanager
def _reading(folder: Path) -> Iterator[sqlite3.Connection]:
    path = folder / _NAME
    if not path.is_file():
        raise WorkspaceError(f"{folder}: no workspace (it has no {_NAME})")
    # A database in WAL mode is opened by making files beside it, unless it is told that nobody will write to it.
    writable = os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
    mode = "mode=ro" if writable else "mode=ro&immutable=1"
    with _plainly(folder), closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)) as database:
        _check(folder, database)
        yield database


def _prepare(folder: Path, database: sqlite3.Connection, say: Callable[[str], None]) -> None:
    """Makes the tables; or checks that they are kgraph's, and makes those of an older format anew."""
    old = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    if old and _check(folder, database) < FORMAT:
        say(f"{folder}: of an older kgraph; everything is read again")
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")  # a commit outlives a kill; after a power cut the last may be lost
    if not old or _check(folder, database) < FORMAT:
        drop = "".join(f'DROP TABLE "{name}"; ' for (name,) in old)
        marks = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {FORMAT};"
        database.executescript(f"BEGIN; {drop} {_TABLES} {marks} COMMIT")
    database.execute("PRAGMA foreign_keys = ON")
    database.execute("PRAGMA secure_delete = ON")  # what is forgotten is overwritten


def _check(folder: Path, database: sqlite3.Connection) -> int:
    """The format of a workspace's tables. Raises WorkspaceError where they are not kgraph's, or of a later one."""
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if application != _APPLICATION:
        raise WorkspaceError(f"{folder / _NAME}: a database, but not of kgraph")
    if version > FORMAT:
        raise WorkspaceError(f"{folder}: of a later kgraph (format {version}; this one knows {FORMAT}): update kgraph")
    return int(version)


@contextmanager
def _plainly(folder: Path) -> Iterator[None]:
    """SQLite's errors in words that say what to do."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        reason = str(error)
        if name == "SQLITE_FULL":
            reason = "the disk is full. What was read is kept: run again when there is room"
        elif name in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
            reason = f"{_NAME} is damaged. Delete it: all it held can be read again"
        elif name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            reason = f"{_NAME} cannot be written"
        raise WorkspaceError(f"{folder}: {reason}") from error


def _hash(source: Source) -> str | None:
    path = Path(source.path)
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None  # its reader will say why


def _key(document: Document) -> str:
    """SHA-256 of all there is of a document but where it was found."""
    data = {name: value for name, value in document.to_json().items() if name != "source"}
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _text(text: str) -> str:
    """Text that SQLite can hold: names of files need not be Unicode."""
    return text.encode("utf-8", "backslashreplace").decode()


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"

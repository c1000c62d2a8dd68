"""One SQLite file that keeps the sandbox's state over restarts."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias

Row: TypeAlias = Mapping[str, Any]

LOCK_WAIT_S: Final = 3.0
SCHEMA: Final = """
create table if not exists facts (name text primary key, value text not null);
create table if not exists answers (
    key text primary key, fingerprint text not null, status integer not null,
    content_type text not null, body blob not null, created_at real not null);
create table if not exists artifacts (
    artifact_id text primary key, file_name text not null, filename text not null,
    mime_type text not null, media_type text not null, purpose text not null,
    size_bytes integer not null, sha256 text not null, metadata text not null,
    created_at real not null);
create table if not exists tasks (
    sequence integer primary key autoincrement, task_id text not null unique,
    status text not null, capability text not null, created_at real not null,
    document text not null);
create table if not exists journal (
    n integer primary key autoincrement, entry text not null);
"""


class DataDirInUseError(Exception):
    """Another sandbox works in this data folder."""


class Database:
    """A synchronous connection, used from the event loop's thread only.

    Each statement commits by itself unless `transaction` is open. The file is locked for other
    processes, so two sandboxes never run the same tasks.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=LOCK_WAIT_S)
        self._connection.row_factory = sqlite3.Row
        try:
            self._prepare()
        except sqlite3.OperationalError as error:
            self._connection.close()
            if "locked" in str(error):
                raise DataDirInUseError from error
            raise

    def run(self, statement: str, *values: object) -> int:
        """Execute and return the row id of an insert."""
        return self._connection.execute(statement, values).lastrowid or 0

    def rows(self, query: str, *values: object) -> list[Row]:
        return [dict(row) for row in self._connection.execute(query, values)]

    def row(self, query: str, *values: object) -> Row | None:
        row = self._connection.execute(query, values).fetchone()
        return None if row is None else dict(row)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; nested use joins the outer one."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("begin immediate")
        with self._connection:
            yield

    def fact(self, name: str) -> str | None:
        row = self.row("select value from facts where name = ?", name)
        return None if row is None else str(row["value"])

    def set_fact(self, name: str, value: str) -> None:
        self.run("insert or replace into facts values (?, ?)", name, value)

    def close(self) -> None:
        self._connection.close()

    def _prepare(self) -> None:
        # Exclusive before WAL: the lock is then taken at once and needs no shared-memory file.
        self._connection.execute("pragma locking_mode = exclusive")
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        self._connection.executescript(SCHEMA)

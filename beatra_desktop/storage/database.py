"""The database file: opened with care, read here, written by one thread."""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol, Self, TypeVar

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage import index, migrations, wal
from beatra_desktop.storage.backups import backup, finding
from beatra_desktop.storage.codec import NONSENSE
from beatra_desktop.storage.errors import StorageError, from_os, from_sqlite, is_long
from beatra_desktop.storage.replacement import PRIVATE_MODE, finish
from beatra_desktop.storage.writer import Job, Writer

__all__ = ["Database", "StorageError", "StorageProblem"]

OPEN_TIMEOUT_SECONDS: Final = 3.0
WRITE_TIMEOUT_SECONDS: Final = 1.0
READ_TIMEOUT_SECONDS: Final = 1.0
CLOSE_PATIENCE_SECONDS: Final = 3.0
WRITE_CACHE_KB: Final = 1024
READ_CACHE_KB: Final = 512
"""Of pages that one connection keeps; the system keeps them all the same."""
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",  # macOS: through the drive's cache as well
    "PRAGMA foreign_keys = ON",
    f"PRAGMA cache_size = -{WRITE_CACHE_KB}",
    f"PRAGMA busy_timeout = {int(WRITE_TIMEOUT_SECONDS * 1000)}",
)

T = TypeVar("T")

_log = logging.getLogger(__name__)


def _log_error(error: StorageError) -> None:
    _log.error("%s", error)


class Readable(Protocol):
    """Where rows come from; both ways to ask for them raise StorageError."""

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]: ...

    def records(
        self, read: Callable[[Sequence[Any]], T], sql: str, parameters: Sequence[Any] = ()
    ) -> list[T]: ...


class Reader:
    """A read-only connection, opened at the first read; any thread may use it, one at a time.

    `on_problem` hears of whatever keeps rows from being read, in the thread that met it.
    """

    def __init__(self, path: Path, on_problem: Callable[[StorageError], None]) -> None:
        self._path = path
        self._on_problem = on_problem
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None
        self._is_closed = False

    @property
    def connection(self) -> sqlite3.Connection:
        if self._is_closed:
            raise RuntimeError("the database is closed")
        if self._opened is None:
            uri = f"{self._path.absolute().as_uri()}?mode=ro"
            self._opened = sqlite3.connect(
                uri,
                uri=True,
                timeout=READ_TIMEOUT_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            self._opened.execute(f"PRAGMA cache_size = -{READ_CACHE_KB}")
        return self._opened

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query; raises StorageError when the file can't be read."""
        try:
            with self._lock:
                return self.connection.execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            problem = from_sqlite(error, self._path)
            if problem is None:
                raise
            self._on_problem(problem)
            raise problem from error

    def records(
        self, read: Callable[[Sequence[Any]], T], sql: str, parameters: Sequence[Any] = ()
    ) -> list[T]:
        """What `read` makes of each row; raises StorageError also when one makes no sense.

        Damage is not always an error to SQLite.
        """
        rows = self.rows(sql, parameters)
        try:
            return [read(row) for row in rows]
        except NONSENSE as error:
            problem = StorageError(StorageProblem.CORRUPT, self._path, detail=repr(error))
            self._on_problem(problem)
            raise problem from error

    def close(self) -> None:
        """Let go of the file; a query that runs in another thread is broken off."""
        if self._opened is not None and not self._is_closed:
            self._opened.interrupt()
        with self._lock:
            self._is_closed = True
            if self._opened is not None:
                self._opened.close()


class _Group(threading.local):
    """What a thread writes together; None while it does not."""

    jobs: list[Job] | None = None


class Database:
    """Writes are queued and committed in order; reads see what is committed."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, on_error: Callable[[StorageError], None]
    ) -> None:
        self._path = path
        self._connection = connection
        self._on_error = on_error
        self._group = _Group()
        self._writer = Writer(connection, path, self.report, mend=index.rebuild)
        self._readers = [Reader(path, self.report)]

    @classmethod
    def open(cls, path: Path, *, on_error: Callable[[StorageError], None] = _log_error) -> Self:
        """Open or create the database, bring its schema up to date, start its writer.

        A mended file that a crash kept from its place gets it. After an unclean end, or when damage
        was met before, the file is checked first. `on_error` is called on the writer's thread for
        each new problem, and in any thread that meets one while it reads. Raises StorageError.
        """
        if is_long(path):
            raise StorageError(StorageProblem.PATH_TOO_LONG, path)
        try:
            finish(path)
            is_trusted = _is_trusted(path)
            _look_into_log(path)
            path.touch(mode=PRIVATE_MODE)
            connection = _connect(path)
        except OSError as error:
            raise from_os(error, path) from error
        try:
            _prepare(connection, path, is_trusted=is_trusted)
        except sqlite3.Error as error:
            connection.close()
            raise _explained(error, path) from error
        except StorageError:
            connection.close()
            raise
        return cls(path, connection, on_error)

    @property
    def path(self) -> Path:
        return self._path

    def write(self, job: Job) -> None:
        """Queue a job for the writer's thread; returns at once.

        Jobs are committed in order, all that wait in one transaction. A job may run more than
        once, so it must do nothing but SQL. RuntimeError after `close`.
        """
        if self._group.jobs is None:
            self._writer.write(job)
        else:
            self._group.jobs.append(job)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What this thread writes in the block is one job: a crash leaves all of it, or nothing."""
        if self._group.jobs is not None:
            yield
            return
        jobs = self._group.jobs = []
        try:
            yield
        finally:
            self._group.jobs = None
            self._writer.write(lambda connection: _run_all(jobs, connection))

    async def durable(self) -> None:
        """Wait until everything written so far is on the disk; raises StorageError when it is not.

        What could not be saved is kept and tried again all the same.
        """
        await asyncio.wrap_future(self._writer.barrier())

    def flush(self) -> None:
        """`durable` for callers that may block."""
        self._writer.barrier().result()

    def settle(self, *, patience_seconds: float) -> bool:
        """`flush` for whom the world does not wait: whether everything is on the disk in time."""
        try:
            self._writer.barrier().result(patience_seconds)
        except (StorageError, TimeoutError) as error:
            _log.warning("Not everything was saved in time: %s", error)
            return False
        return True

    def pending(self) -> bool:
        """Whether something written is not committed yet."""
        return bool(self._group.jobs) or not self._writer.is_idle

    def read(self) -> sqlite3.Connection:
        """The main thread's connection for reading; for repositories only."""
        return self._readers[0].connection

    def reader(self) -> Reader:
        """A connection for work in another thread, which is not to wait for the main thread's."""
        self._readers.append(Reader(self._path, self.report))
        return self._readers[-1]

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query; raises StorageError when the file can't be read."""
        return self._readers[0].rows(sql, parameters)

    def records(
        self, read: Callable[[Sequence[Any]], T], sql: str, parameters: Sequence[Any] = ()
    ) -> list[T]:
        """What `read` makes of each row; raises StorageError also when one makes no sense."""
        return self._readers[0].records(read, sql, parameters)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Such a connection for as long as the block lasts."""
        reader = Reader(self._path, self.report)
        try:
            yield reader
        finally:
            reader.close()

    def close(self, *, patience_seconds: float = CLOSE_PATIENCE_SECONDS) -> None:
        """Write what waits, then let go of the file.

        Raises StorageError when something could not be written within `patience_seconds`.
        """
        unsaved = self._writer.close(patience_seconds)
        for reader in self._readers:
            reader.close()
        # Last, so that SQLite moves the log into the file and leaves no sign of an unclean end.
        self._connection.close()
        if unsaved is not None:
            raise unsaved

    def report(self, problem: StorageError) -> None:
        """Tell of a problem, and have the next start check a file in which damage was met."""
        note_damage(problem)
        self._on_error(problem)


def _run_all(jobs: Sequence[Job], connection: sqlite3.Connection) -> None:
    for job in jobs:
        job(connection)


def note_damage(problem: StorageError) -> None:
    """Leave a note beside a file in which damage was met."""
    if problem.reason is StorageProblem.CORRUPT:
        try:
            damage_note(problem.path).touch(mode=PRIVATE_MODE)
        except OSError:
            _log.warning("The damage could not be noted for the next start", exc_info=True)


def damage_note(path: Path) -> Path:
    return path.with_name(f"{path.name}-damaged")


def _is_trusted(path: Path) -> bool:
    """SQLite deletes the write-ahead log when the last connection is closed in order."""
    log = path.with_name(f"{path.name}-wal")
    was_clean = not log.exists() or log.stat().st_size == 0
    return was_clean and not damage_note(path).exists()


def _look_into_log(path: Path) -> None:
    """Raise StorageError before SQLite drops what was confirmed and stands behind damage."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and wal.is_damaged(log):
        problem = StorageError(StorageProblem.CORRUPT, path, detail="damaged log")
        note_damage(problem)
        raise problem


def _connect(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(
            path, timeout=OPEN_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def _prepare(connection: sqlite3.Connection, path: Path, *, is_trusted: bool) -> None:
    found = migrations.version(connection)
    if found > migrations.NEWEST:
        raise StorageError(StorageProblem.NEWER_SCHEMA, path, found=found, known=migrations.NEWEST)
    if not is_trusted:
        _check(connection, path)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    if 0 < found < migrations.NEWEST:
        backup(path, before_update=True)
    migrations.migrate(connection)
    index.catch_up(connection)
    _prove_writable(connection)


def _prove_writable(connection: sqlite3.Connection) -> None:
    """By a change that is taken back: of a file that may only be read, BEGIN says nothing."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA user_version = {migrations.NEWEST}")
    connection.execute("ROLLBACK")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    if (damage := finding(connection)) is not None:
        raise StorageError(StorageProblem.CORRUPT, path, detail=damage)
    damage_note(path).unlink(missing_ok=True)


def _explained(error: sqlite3.Error, path: Path) -> StorageError:
    problem = from_sqlite(error, path)
    return problem or StorageError(StorageProblem.IO, path, detail=str(error))

import errno
import sqlite3
from pathlib import Path

import pytest

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.errors import StorageError, from_os, from_sqlite


def sqlite_error(code: int, name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = code
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (sqlite3.SQLITE_FULL, StorageProblem.DISK_FULL),
        (sqlite3.SQLITE_READONLY_DBMOVED, StorageProblem.READ_ONLY),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StorageProblem.LOCKED),
        (sqlite3.SQLITE_CORRUPT_VTAB, StorageProblem.CORRUPT),
        (sqlite3.SQLITE_NOTADB, StorageProblem.CORRUPT),
        (sqlite3.SQLITE_CANTOPEN_ISDIR, StorageProblem.NOT_WRITABLE),
        (sqlite3.SQLITE_IOERR_WRITE, StorageProblem.IO),
    ],
)
def test_the_environment_is_to_blame(tmp_path: Path, code: int, reason: StorageProblem) -> None:
    problem = from_sqlite(sqlite_error(code, "NAME"), tmp_path / "x.db")
    assert problem is not None
    assert problem.reason is reason
    assert problem.path == tmp_path / "x.db"
    assert problem.detail == "something, NAME"


@pytest.mark.parametrize(
    "error",
    [
        sqlite_error(sqlite3.SQLITE_ERROR, "SQLITE_ERROR"),
        sqlite_error(sqlite3.SQLITE_CONSTRAINT_UNIQUE, "SQLITE_CONSTRAINT_UNIQUE"),
        sqlite3.ProgrammingError("no code at all"),
        ValueError("not from SQLite"),
    ],
)
def test_the_code_is_to_blame(error: Exception) -> None:
    assert from_sqlite(error, Path("x.db")) is None


def test_an_io_error_on_a_full_disk_means_the_disk_is_full(small_disk: Path) -> None:
    error = sqlite_error(sqlite3.SQLITE_IOERR_SHMSIZE, "SQLITE_IOERR_SHMSIZE")
    path = small_disk / "x.db"
    (small_disk / "filler").write_bytes(b"x" * 2_000_000)
    problem = from_sqlite(error, path)
    assert problem is not None
    assert problem.reason is StorageProblem.DISK_FULL


def test_an_io_error_on_a_disk_that_is_gone_stays_one(tmp_path: Path) -> None:
    error = sqlite_error(sqlite3.SQLITE_IOERR_READ, "SQLITE_IOERR_READ")
    problem = from_sqlite(error, tmp_path / "gone" / "x.db")
    assert problem is not None
    assert problem.reason is StorageProblem.IO


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, StorageProblem.DISK_FULL),
        (errno.EROFS, StorageProblem.READ_ONLY),
        (errno.EACCES, StorageProblem.NOT_WRITABLE),
        (errno.EIO, StorageProblem.IO),
    ],
)
def test_errors_of_the_system_have_the_same_reasons(number: int, reason: StorageProblem) -> None:
    problem = from_os(OSError(number, "words"), Path("x.db"))
    assert (problem.reason, problem.detail) == (reason, "words")


def test_a_path_that_is_too_long_for_sqlite_is_called_so(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["n" * 100] * 5)
    folder.mkdir(parents=True)
    with pytest.raises(StorageError, match="path_too_long") as caught:
        Database.open(folder / "beatra.db")
    assert caught.value.reason is StorageProblem.PATH_TOO_LONG
    assert list(folder.iterdir()) == []

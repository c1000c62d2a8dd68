"""What can go wrong with the database through no fault of the code."""

import errno
import os
import shutil
import sqlite3
from enum import StrEnum
from pathlib import Path
from typing import Final

_LONGEST_PATH_BYTES: Final = 440
_FULL_BELOW_BYTES: Final = 256 * 1024
_NO_TEXT: Final = "Could not decode to UTF-8"
"""What Python says of text that is damaged; SQLite itself does not look at it."""
_PRIMARY_CODE: Final = 0xFF
"""SQLite puts the kind of an error into the low byte of its extended code."""


class StorageProblem(StrEnum):
    """Why something could not be read or saved.

    All but `BUG` are the environment's fault; `BUG` is a write that can never succeed and was left
    out, so that the writes behind it could be saved.
    """

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    CORRUPT = "corrupt"
    NEWER_SCHEMA = "newer_schema"
    NOT_WRITABLE = "not_writable"
    PATH_TOO_LONG = "path_too_long"
    IO = "io"
    BUG = "bug"


_SENTENCES: Final = {
    StorageProblem.DISK_FULL: (
        "The disk that holds {path} is full. Everything saved before is safe. Free some space: "
        "what is new is saved as soon as there is room."
    ),
    StorageProblem.READ_ONLY: (
        "The database {path} can only be read. Everything saved before is safe. Make the file and "
        "its folder writable: what is new is saved as soon as that is possible."
    ),
    StorageProblem.LOCKED: (
        "Another program is using the database {path}. Everything saved before is safe. Close "
        "that program: what is new is saved as soon as the file is free."
    ),
    StorageProblem.CORRUPT: (
        "The database {path} is damaged. The file was left as it is. Save what can still be read "
        "of it, or go back to a copy."
    ),
    StorageProblem.NEWER_SCHEMA: (
        "The database {path} was last used by a newer version of Beatra Desktop (it has schema "
        "{found}, this version knows up to {known}). Nothing was changed. Install the newer "
        "version, or start with --data-dir and another folder."
    ),
    StorageProblem.NOT_WRITABLE: (
        "The database {path} can't be opened for writing. Nothing was changed. Make the file and "
        "its folder writable, or start with --data-dir and another folder."
    ),
    StorageProblem.PATH_TOO_LONG: (
        "The path {path} is too long for the database. Nothing was changed. Start with --data-dir "
        "and a folder with a shorter path."
    ),
    StorageProblem.IO: (
        "The disk that holds {path} reports an error ({detail}). Everything saved before is kept "
        "as far as the disk still gives it back. Check the disk and make a copy of the file."
    ),
    StorageProblem.BUG: (
        "One change could not be saved because of a mistake in Beatra Desktop ({detail}). "
        "Everything else is saved. Please report it with the log file."
    ),
}
_BY_CODE: Final = {
    sqlite3.SQLITE_FULL: StorageProblem.DISK_FULL,
    sqlite3.SQLITE_READONLY: StorageProblem.READ_ONLY,
    sqlite3.SQLITE_BUSY: StorageProblem.LOCKED,
    sqlite3.SQLITE_LOCKED: StorageProblem.LOCKED,
    sqlite3.SQLITE_PROTOCOL: StorageProblem.LOCKED,
    sqlite3.SQLITE_CORRUPT: StorageProblem.CORRUPT,
    sqlite3.SQLITE_NOTADB: StorageProblem.CORRUPT,
    sqlite3.SQLITE_CANTOPEN: StorageProblem.NOT_WRITABLE,
    sqlite3.SQLITE_PERM: StorageProblem.NOT_WRITABLE,
    sqlite3.SQLITE_IOERR: StorageProblem.IO,
    sqlite3.SQLITE_NOMEM: StorageProblem.IO,
}
_BY_ERRNO: Final = {
    errno.ENOSPC: StorageProblem.DISK_FULL,
    errno.EDQUOT: StorageProblem.DISK_FULL,
    errno.EROFS: StorageProblem.READ_ONLY,
    errno.EACCES: StorageProblem.NOT_WRITABLE,
    errno.EPERM: StorageProblem.NOT_WRITABLE,
    errno.ENOENT: StorageProblem.NOT_WRITABLE,
    errno.ENOTDIR: StorageProblem.NOT_WRITABLE,
    errno.ENAMETOOLONG: StorageProblem.PATH_TOO_LONG,
}


class StorageError(Exception):
    """Something could not be read or saved; `str()` is a sentence for the user."""

    def __init__(
        self,
        reason: StorageProblem,
        path: Path,
        *,
        detail: str = "",
        found: int = 0,
        known: int = 0,
    ) -> None:
        sentence = _SENTENCES[reason]
        super().__init__(sentence.format(path=path, detail=detail, found=found, known=known))
        self.reason = reason
        self.path = path
        self.detail = detail


def from_sqlite(error: BaseException, path: Path) -> StorageError | None:
    """The environment's fault behind an error of SQLite; None when the fault is ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if isinstance(error, sqlite3.OperationalError) and _NO_TEXT in str(error):
        return StorageError(StorageProblem.CORRUPT, path, detail=_NO_TEXT)
    if not isinstance(error, sqlite3.Error) or code is None:
        return None
    reason = _BY_CODE.get(code & _PRIMARY_CODE)
    if reason is None:
        return None
    if reason is StorageProblem.IO and _is_full(path):
        reason = StorageProblem.DISK_FULL
    if reason is StorageProblem.NOT_WRITABLE and is_long(path):
        reason = StorageProblem.PATH_TOO_LONG
    return StorageError(reason, path, detail=f"{error}, {error.sqlite_errorname}")


def from_os(error: OSError, path: Path) -> StorageError:
    reason = _BY_ERRNO.get(error.errno or 0, StorageProblem.IO)
    return StorageError(reason, path, detail=error.strerror or type(error).__name__)


def is_long(path: Path) -> bool:
    """SQLite takes no longer paths, those of the copies of the database included."""
    return len(os.fsencode(path.absolute())) > _LONGEST_PATH_BYTES


def _is_full(path: Path) -> bool:
    """SQLite calls a full disk an I/O error where it grows the shared memory of the WAL."""
    try:
        return shutil.disk_usage(path.parent).free < _FULL_BELOW_BYTES
    except OSError:
        return False

"""What can go wrong with the database through no fault of the code."""

import errno
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Final

from beatra_desktop.domain.storage_problems import StorageProblem

_LONGEST_PATH_BYTES: Final = 440
_FULL_BELOW_BYTES: Final = 256 * 1024
_NO_TEXT: Final = "Could not decode to UTF-8"
"""What Python says of text that is damaged; SQLite itself does not look at it."""
_PRIMARY_CODE: Final = 0xFF
"""SQLite puts the kind of an error into the low byte of its extended code."""


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
    """Something could not be read or saved; `found` and `known` are versions of the schema."""

    def __init__(
        self,
        reason: StorageProblem,
        path: Path,
        *,
        detail: str = "",
        found: int = 0,
        known: int = 0,
    ) -> None:
        super().__init__(f"{reason}: {path} ({detail})" if detail else f"{reason}: {path}")
        self.reason = reason
        self.path = path
        self.detail = detail
        self.found = found
        self.known = known


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

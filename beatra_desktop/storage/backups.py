"""Copies of the database beside it: each day, before each migration, and whenever asked for.

A copy is checked before it gets its name, so that what is called a copy can be relied on.
"""

import logging
import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.errors import StorageError, from_os, from_sqlite

BACKUPS_FOLDER: Final = "backups"
KEPT: Final = 3
"""Of the copies made by the day, and of those made before migrations, each."""
_PRIVATE_MODE: Final = 0o700
_PAGES_PER_STEP: Final = 2_000
_OPERATIONS_PER_LOOK: Final = 10_000
_UNFINISHED: Final = ".part"
_STAMP: Final = "%Y%m%d-%H%M%S-%f"
_NAME: Final = re.compile(r"-(\d{8}-\d{6}-\d{6})(-before-update)?\.db$")

_log = logging.getLogger(__name__)


class Backup(Struct, frozen=True, kw_only=True):
    """A whole copy of the database, as it was at `made_at` (UTC)."""

    path: Path
    made_at: datetime
    before_update: bool = False


class Unwanted(Exception):
    """The copy was given up because nobody wants it any more; nothing of it is left."""


def backup(
    path: Path, *, before_update: bool = False, is_wanted: Callable[[], bool] = lambda: True
) -> Backup:
    """Copy the database at `path` as it is at one moment, also while it is in use.

    Only the newest three copies of each kind are kept. Takes seconds for a large database: not
    for the GUI thread. `is_wanted` is asked now and then. Raises StorageError, among them
    `CORRUPT` when the copy shows that the database is damaged, and Unwanted.
    """
    folder = path.parent / BACKUPS_FOLDER
    now = datetime.now(UTC)
    ending = "-before-update" if before_update else ""
    copy = folder / f"{path.stem}-{stamp(now)}{ending}.db"
    unfinished = copy.with_suffix(_UNFINISHED)
    made = Backup(path=copy, made_at=now, before_update=before_update)
    try:
        folder.mkdir(mode=_PRIVATE_MODE, exist_ok=True)
        with ExitStack() as leftovers:
            leftovers.callback(unfinished.unlink, missing_ok=True)
            _copy(path, unfinished, is_wanted)
            sync(unfinished)
            unfinished.replace(copy)
        sync(folder)
        _prune(path, made)
    except OSError as error:
        raise from_os(error, copy) from error
    except sqlite3.Error as error:
        if not is_wanted():
            raise Unwanted from error
        problem = from_sqlite(error, copy)
        if problem is not None and problem.reason is StorageProblem.CORRUPT:
            problem = StorageError(StorageProblem.CORRUPT, path, detail=problem.detail)
        raise problem or StorageError(StorageProblem.IO, copy, detail=str(error)) from error
    return made


def backups(path: Path) -> list[Backup]:
    """The copies of the database at `path`, newest first.

    Those a wrong clock dated into the future come last.
    """
    copies = (path.parent / BACKUPS_FOLDER).glob(f"{path.stem}-*.db")
    now = datetime.now(UTC)
    known = [made for copy in copies if (made := _backup_at(path.stem, copy)) is not None]
    return sorted(known, key=lambda made: (made.made_at <= now, made.made_at), reverse=True)


def discard_unfinished(path: Path) -> None:
    """Delete what a crash left of a copy that was being made; nobody may be making one."""
    for left in (path.parent / BACKUPS_FOLDER).glob(f"{path.stem}-*{_UNFINISHED}*"):
        try:
            left.unlink()
        except OSError as error:
            _log.info("An unfinished copy could not be deleted: %s", error)


def is_sound(copy: Path) -> bool:
    """Whether a copy can still be relied on; reads all of it and changes nothing."""
    uri = f"{copy.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            return finding(connection) is None
    except sqlite3.Error:
        return False


def finding(connection: sqlite3.Connection) -> str | None:
    """The first damage of a database; None when it is sound."""
    found: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    return None if found == "ok" else found


def stamp(time: datetime | None = None) -> str:
    """The time, or now, in UTC for the names of files, sortable."""
    return (time or datetime.now(UTC)).strftime(_STAMP)


def sync(path: Path) -> None:
    """Have a file's bytes, or a folder's names, on the disk."""
    if path.is_dir() and os.name != "posix":
        return  # other systems do not open folders
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(path: Path, copy: Path, is_wanted: Callable[[], bool]) -> None:
    def look(*_: int) -> None:
        if not is_wanted():
            raise Unwanted

    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        # Held to the end: the copy would start over with each commit else.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        source.backup(target, pages=_PAGES_PER_STEP, progress=look)
        target.execute("PRAGMA journal_mode = DELETE")
        target.set_progress_handler(lambda: not is_wanted(), _OPERATIONS_PER_LOOK)
        if (damage := finding(target)) is not None:
            raise StorageError(StorageProblem.CORRUPT, path, detail=damage)


def _backup_at(stem: str, copy: Path) -> Backup | None:
    found = _NAME.search(copy.name)
    if found is None or copy.name[: found.start()] != stem:
        return None
    try:
        made_at = datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(path=copy, made_at=made_at, before_update=bool(found[2]))


def _prune(path: Path, newest: Backup) -> None:
    """Whatever the clock says, the copy that was just made stays."""
    same = [made for made in backups(path) if made.before_update is newest.before_update]
    others = [made for made in same if made.path != newest.path]
    for old in others[KEPT - 1 :]:
        old.path.unlink()

"""Copies of the database beside it: before each migration, and whenever asked for."""

import sqlite3
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from beatra_desktop.storage.errors import StorageError, StorageProblem, from_os, from_sqlite

BACKUPS_FOLDER: Final = "backups"
KEPT: Final = 3
_PRIVATE_MODE: Final = 0o700
_PAGES_PER_STEP: Final = 2_000
_STAMP: Final = "%Y%m%d-%H%M%S-%f"


def backup(path: Path) -> Path:
    """Copy the database at `path`, also while it is in use; the copy's path.

    Only the newest three copies are kept. Takes seconds for a large database: not for the GUI
    thread. Raises StorageError.
    """
    folder = path.parent / BACKUPS_FOLDER
    copy = folder / f"{path.stem}-{stamp()}.db"
    unfinished = copy.with_suffix(".part")
    try:
        folder.mkdir(mode=_PRIVATE_MODE, exist_ok=True)
        with ExitStack() as leftovers:
            leftovers.callback(unfinished.unlink, missing_ok=True)
            _copy(path, unfinished)
            unfinished.replace(copy)
        _prune(path)
    except OSError as error:
        raise from_os(error, copy) from error
    except sqlite3.Error as error:
        problem = from_sqlite(error, copy)
        raise problem or StorageError(StorageProblem.IO, copy, detail=str(error)) from error
    return copy


def backups(path: Path) -> list[Path]:
    """The copies of the database at `path`, newest first."""
    return sorted((path.parent / BACKUPS_FOLDER).glob(f"{path.stem}-*.db"), reverse=True)


def stamp() -> str:
    """The time in UTC for the names of files, sortable."""
    return datetime.now(UTC).strftime(_STAMP)


def _copy(path: Path, copy: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target, pages=_PAGES_PER_STEP)
        target.execute("PRAGMA journal_mode = DELETE")


def _prune(path: Path) -> None:
    for old in backups(path)[KEPT:]:
        old.unlink()

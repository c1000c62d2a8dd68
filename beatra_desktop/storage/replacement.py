"""Putting a new database in the place of a damaged one, in steps that a crash may stop between."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.backups import stamp, sync
from beatra_desktop.storage.errors import StorageError, from_os, from_sqlite

PRIVATE_MODE: Final = 0o600
KEPT_SIDE_FILES: Final = ("-wal", "-journal")
_SIDE_FILES: Final = (*KEPT_SIDE_FILES, "-shm")


@contextmanager
def replacing(path: Path) -> Iterator[tuple[Path, Path]]:
    """A new file to fill, and where the damaged one is kept once the new one takes its place.

    Raises StorageError, and then nothing has changed, or `finish` will do the rest.
    """
    fresh = path.with_suffix(".rebuilt")
    kept = path.with_name(f"{path.stem}-damaged-{stamp()}.db")
    try:
        finish(path)
        shutil.rmtree(reading_folder(path), ignore_errors=True)
        with ExitStack() as leftovers:
            for left in (fresh, *beside(fresh, _SIDE_FILES)):
                left.unlink(missing_ok=True)
                leftovers.callback(left.unlink, missing_ok=True)
            fresh.touch(mode=PRIVATE_MODE)
            yield fresh, kept
            sync(fresh)
            _keep(path, kept)
            fresh.replace(_ready(path))
        sync(path.parent)
        finish(path)
    except OSError as error:
        raise from_os(error, path) from error
    except sqlite3.Error as error:
        problem = from_sqlite(error, path)
        raise problem or StorageError(StorageProblem.IO, path, detail=str(error)) from error


def finish(path: Path) -> None:
    """Give a new file that is ready the place of the old one, also after a crash. Raises OSError.

    The old log goes first: SQLite would write it into the new file. From then on the old file
    looks whole and is not, so that the new one has to be known as ready before.
    """
    ready = _ready(path)
    if os.path.lexists(ready):
        for old in beside(path, _SIDE_FILES):
            old.unlink(missing_ok=True)
        ready.replace(path)
        sync(path.parent)


def reading_folder(path: Path) -> Path:
    """Where copies lie while they are read from; a crash may leave it."""
    return path.with_suffix(".reading")


def beside(path: Path, endings: Sequence[str]) -> list[Path]:
    return [path.with_name(f"{path.name}{ending}") for ending in endings]


def _ready(path: Path) -> Path:
    return path.with_suffix(".ready")


def _keep(path: Path, kept: Path) -> None:
    """Give the damaged file and its log a second name, which takes no room, or copy them."""
    with ExitStack() as unfinished:
        sources = (path, *beside(path, KEPT_SIDE_FILES))
        names = (kept, *beside(kept, KEPT_SIDE_FILES))
        for source, name in zip(sources, names, strict=True):
            if source.exists():
                unfinished.callback(name.unlink, missing_ok=True)
                try:
                    name.hardlink_to(source)
                except OSError:  # not every file system knows second names
                    shutil.copy2(source, name)
        unfinished.pop_all()

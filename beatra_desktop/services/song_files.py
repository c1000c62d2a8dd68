"""Where the files of songs lie: at home, or in the trash folder beside them.

The trash is on the same disk as the songs, so that a song goes there and comes back in one step.
What belongs to one song lies in a folder of its id, under the names it had. All of this is for
worker threads.
"""

import errno
import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.services.filenames import free_path
from beatra_desktop.services.provenance import SIDECAR_ENDING, move_with_sidecar, sidecar_of

TRASH: Final = ".beatra-trash"

_log = logging.getLogger(__name__)


def home_of(path: Path) -> Path:
    """The folder a song belongs to, whether or not it lies in the trash."""
    return path.parent.parent.parent if is_inside(path) else path.parent


def way_home(path: Path, clip_id: ClipId, taken: frozenset[Path]) -> Path:
    """Where a song lies, or will lie once `place` has brought it out of the trash.

    It keeps its name, unless a file or another song (`taken`) has it by now.
    """
    at_home = home_of(path) / path.name
    if at_home not in taken and not _inside(path, clip_id).is_file():
        return at_home
    return free_path(
        home_of(path), path.stem, path.suffix, lambda p: p in taken or os.path.lexists(p)
    )


def place(path: Path, clip_id: ClipId, *, in_trash: bool) -> Path:
    """Bring a song's file where it belongs; gives the path it has then.

    Whatever an earlier run left half done is finished. A file that is nowhere stays so. Raises
    OSError, also where another file lies in its place.
    """
    at_home, inside = home_of(path) / path.name, _inside(path, clip_id)
    if in_trash:
        if path.is_file() and not inside.is_file():
            move_with_sidecar(path, inside)
        _fetch_sidecar(at_home, inside)
        return inside
    if inside.is_file():
        _refuse_to_overwrite(at_home)
        move_with_sidecar(inside, at_home)
    else:
        _fetch_sidecar(inside, at_home)
    _clear(inside.parent)
    return at_home


def throw_away(path: Path, throw: Callable[[Path], None]) -> None:
    """Hand a song that lies in the trash, and its sidecar, to `throw`. Raises OSError."""
    for file in (path, sidecar_of(path)):
        if file.is_file():
            throw(file)
    if is_inside(path):
        _clear(path.parent)


def unlink(path: Path) -> None:
    """Erase a file. Nothing outside the trash is ever erased."""
    if is_inside(path):
        path.unlink(missing_ok=True)


def left_in_trash(homes: Iterable[Path]) -> set[str]:
    """The ids of the songs whose files lie in the trash folders of these homes."""
    found: set[str] = set()
    for home in homes:
        try:
            found.update(entry.name for entry in os.scandir(home / TRASH))
        except OSError as error:
            _log.debug("No trash at home: %s", error)
    return found


def missing(paths: Iterable[tuple[ClipId, Path]]) -> frozenset[ClipId]:
    """The songs whose files are not where they should be."""
    return frozenset(clip_id for clip_id, path in paths if not path.is_file())


def size_bytes(paths: Iterable[Path]) -> int:
    """What the files take on disk together."""
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size
        except OSError as error:
            _log.debug("A file has no size: %s", error)
    return total


def is_inside(path: Path) -> bool:
    """Whether a path leads into a trash folder of songs."""
    return path.parent.parent.name == TRASH


def _inside(path: Path, clip_id: ClipId) -> Path:
    """Where a song lies in the trash, or will: it may be about to get another name at home."""
    named = home_of(path) / TRASH / clip_id / path.name
    if named.is_file() or not named.parent.is_dir():
        return named
    songs = (each for each in named.parent.iterdir() if not each.name.endswith(SIDECAR_ENDING))
    return next(songs, named)


def _refuse_to_overwrite(path: Path) -> None:
    if os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _fetch_sidecar(source: Path, target: Path) -> None:
    """It moves before its song, which an end of the app may have left where it is."""
    if _is_alone(sidecar_of(source), source) and _is_alone(target, sidecar_of(target)):
        sidecar_of(source).replace(sidecar_of(target))


def _is_alone(path: Path, other: Path) -> bool:
    return path.is_file() and not os.path.lexists(other)


def _clear(folder: Path) -> None:
    """Take away the folders that hold nothing any more."""
    for empty in (folder, folder.parent):
        try:
            empty.rmdir()
        except OSError as error:
            _log.debug("A folder stays: %s", error)

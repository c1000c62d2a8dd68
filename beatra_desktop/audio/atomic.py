"""Files that are either whole or not there."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_NO_HARD_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to; it takes target's place if the body succeeds.

    Otherwise it is deleted and `target` stays as it was. On the disk before it is renamed.
    """
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        yield part
        if target.exists():
            shutil.copymode(target, part)
        _flush(part)
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def give_name(part: Path, target: Path) -> None:
    """Rename within a folder, but never over a file: FileExistsError then.

    The file is flushed first; it and its name survive a power cut.
    """
    _flush(part)
    if os.name != "posix":
        part.rename(target)  # refuses to overwrite there
        return
    try:
        target.hardlink_to(part)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        part.rename(target)
    else:
        part.unlink()
    _sync_folder(target.parent)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows does not open folders; its rename is journalled
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

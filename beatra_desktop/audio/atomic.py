"""Files that are either whole or not there."""

import errno
import hashlib
import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_NO_HARD_LINKS: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_NO_FLUSH_OF_FOLDERS: Final = frozenset(
    {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EBADF, errno.EACCES, errno.EPERM}
)
_written_now: Final[set[Path]] = set()
_taking: Final = threading.Lock()


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to; it takes target's place if the body succeeds.

    Otherwise it is deleted and `target` stays as it was. On the disk before it is renamed. What
    a crash leaves is taken up by the next try, because it has the name that `part_of` gives.
    """
    part = _take_part(target)
    try:
        yield part
        if target.exists():
            shutil.copymode(target, part)
        _flush(part)
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)
        _written_now.discard(part)


def part_of(target: Path) -> Path:
    """Where a file grows before it takes the place of `target`."""
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    return target.with_name(f".{name}.part")


def _take_part(target: Path) -> Path:
    """`part_of`, or another one while somebody else in this app writes the same file."""
    part = part_of(target)
    with _taking:
        if part in _written_now:
            return target.with_name(f".{secrets.token_hex(8)}.part")
        _written_now.add(part)
    part.unlink(missing_ok=True)
    return part


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
    """As far as the file system does that: what has its name must not count as failed."""
    if os.name == "nt":
        return  # Windows does not open folders; its rename is journalled
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_FLUSH_OF_FOLDERS:
            raise

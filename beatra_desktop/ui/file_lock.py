"""A lock on a file that the system takes back from a process that ends, however it ends."""

import logging
import os
import sys
from pathlib import Path

_log = logging.getLogger(__name__)


class FileLock:
    """Not by process numbers and host names, as QLockFile does it: those come again and change."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self) -> bool:
        """Take the lock; False when another holder has it. OSError when the file can't be."""
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(file):
            os.close(file)
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let it go; the file stays, so that two others can't hold locks on different files."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:  # a file system without locks must not keep the app from starting
            _log.info("There are no locks here: %s", error)
        return True

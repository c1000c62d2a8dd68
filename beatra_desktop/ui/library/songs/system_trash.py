"""The trash of this computer."""

import errno
from pathlib import Path

from PySide6.QtCore import QFile


def throw_away(path: Path) -> None:
    """Move a file there; OSError where there is none. May be called in any thread."""
    moved = QFile.moveToTrash(str(path))
    is_done = moved[0] if isinstance(moved, tuple) else moved
    if not is_done:
        raise OSError(errno.EPERM, "This computer's trash did not take it", str(path))

"""The files below what was dropped; reads the disk, so it runs in a thread."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from beatra_desktop.domain.uploads import Refusal
from beatra_desktop.services import failures

MAX_FILES: Final = 10_000
"""The most one drop may bring: somebody let go of a whole disk."""
SYSTEM_NAMES: Final = frozenset(
    {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx", "$recycle.bin",
     "system volume information", "lost+found"}
)  # fmt: skip
"""What systems leave in folders, in lower case."""
_HIDDEN_ATTRIBUTES: Final = stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM


class Walk:
    """What was dropped, folders opened; whoever waits for it may stop it.

    A file that was dropped by itself is taken whatever it is called. Below folders, hidden and
    system files and links to folders are only counted.
    """

    def __init__(self) -> None:
        self.files: list[Path] = []
        self.refusals: list[Refusal] = []
        self.skipped = 0
        self.left_out = 0
        self.is_stopped = False
        self._seen: set[str] = set()

    def run(self, paths: Sequence[Path]) -> None:
        for path in paths:
            if _is_folder(path):
                self._enter(path)
            else:
                self._take(path)

    def _take(self, path: Path) -> None:
        """Each file once, though it was dropped together with its folder."""
        place = os.path.abspath(path)  # noqa: PTH100  # Path.resolve would follow links
        if place in self._seen:
            return
        self._seen.add(place)
        if len(self.files) < MAX_FILES:
            self.files.append(path)
        else:
            self.left_out += 1

    def _enter(self, folder: Path) -> None:
        """The files of a folder by name, then those of the folders in it."""
        waiting = [folder]
        while waiting and not self.is_stopped:
            folder = waiting.pop()
            try:
                below = self._sort(folder)
            except OSError as error:
                failure = failures.from_reading(error, subject=folder.name)
                self.refusals.append(Refusal(name=folder.name, path=folder, failure=failure))
            else:
                waiting += reversed(below)

    def _sort(self, folder: Path) -> list[Path]:
        """Take the files of a folder; gives the folders in it."""
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name.casefold())
        folders = []
        for entry in entries:
            if is_hidden(entry) or (entry.is_dir() and entry.is_symlink()):
                self.skipped += 1
            elif entry.is_dir():
                folders.append(Path(entry.path))
            else:
                self._take(Path(entry.path))
        return folders


def is_hidden(entry: "os.DirEntry[str]") -> bool:
    """Whether somebody who looks at the folder would not see the entry, or not call it theirs."""
    if entry.name.startswith((".", "~$")) or entry.name.casefold() in SYSTEM_NAMES:
        return True
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError:
        return False  # looking at the file will tell why
    attributes = getattr(status, "st_file_attributes", 0)
    flags = getattr(status, "st_flags", 0)
    return bool(attributes & _HIDDEN_ATTRIBUTES or flags & stat.UF_HIDDEN)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False  # likewise

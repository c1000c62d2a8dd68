"""Files of the app's own, made to be uploaded: a picture from the clipboard lies nowhere else."""

import logging
import shutil
from collections.abc import Iterable
from pathlib import Path

from beatra_desktop.domain.ids import new_id

_log = logging.getLogger(__name__)


class MadeFiles:
    """Each file lies in a folder of its own, so that it can have any name; all of it blocks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, name: str) -> Path:
        """Where a new file of that name goes; nothing is written yet."""
        return self.folder / new_id() / name

    def holds(self, path: Path) -> bool:
        """Whether a file is one of the app's own; others are the user's."""
        return path.parent.parent == self.folder

    def folders(self) -> set[Path]:
        """Those that hold a file each."""
        try:
            return set(self.folder.iterdir())
        except OSError as error:
            _log.debug("No files of our own: %s", error)
            return set()

    def write(self, path: Path, content: bytes) -> None:
        """The whole file or none; raises OSError when the disk does not take it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(content)
        part.replace(path)

    def discard(self, path: Path) -> None:
        """Delete a file and its folder; what can't be deleted is left."""
        if self.holds(path):
            self.discard_folders([path.parent])

    @staticmethod
    def discard_folders(folders: Iterable[Path]) -> None:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)

"""Where things lie on this machine."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import platformdirs

APP_NAME: Final = "beatra-desktop"
CLIPS_FOLDER: Final = "Beatra"
_PACKAGE: Final = Path(__file__).parent
_PRIVATE_MODE: Final = 0o700


class DataDirUnusable(OSError):
    """A folder the app can't work without can't be made or written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class Paths(NamedTuple):
    """All locations the app writes to; nothing is created before `ensure`."""

    data_dir: Path
    clips: Path
    logs: Path
    cache: Path

    @classmethod
    def default(cls) -> "Paths":
        """The user's own folders, as this platform wants them."""
        dirs = platformdirs.PlatformDirs(APP_NAME, appauthor=False)
        return cls(
            data_dir=dirs.user_data_path,
            clips=platformdirs.user_music_path() / CLIPS_FOLDER,
            logs=dirs.user_log_path,
            cache=dirs.user_cache_path,
        )

    @classmethod
    def under(cls, folder: Path) -> "Paths":
        """Everything inside one folder (`--data-dir`)."""
        root = folder.expanduser().absolute()
        return cls(data_dir=root, clips=root / "clips", logs=root / "logs", cache=root / "cache")

    @classmethod
    def of(cls, data_dir: Path | None) -> "Paths":
        """Under a folder that was named, else the user's own."""
        return cls.default() if data_dir is None else cls.under(data_dir)

    @property
    def database(self) -> Path:
        return self.data_dir / "beatra.db"

    @property
    def sandbox(self) -> Path:
        """State of the built-in sandbox server."""
        return self.data_dir / "sandbox"

    def ensure(self) -> None:
        """Create the folders and prove that they can be written.

        Raises DataDirUnusable for every folder but `clips`: a missing music drive must not keep
        the app from starting, and each clip that can't be saved says so itself.
        """
        for folder in (self.data_dir, self.logs, self.cache, self.sandbox):
            _prove_writable(folder)
        if self.clips.is_relative_to(self.data_dir):
            _prove_writable(self.clips)


@cache
def resources() -> Path:
    """The folder with icons, fonts and translations: installed, or in the checkout."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def _prove_writable(folder: Path) -> None:
    try:
        folder.mkdir(mode=_PRIVATE_MODE, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        raise DataDirUnusable(folder, error.strerror or type(error).__name__) from error

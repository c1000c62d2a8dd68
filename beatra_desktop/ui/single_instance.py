"""One window per data folder: a second start raises the first.

What is loaded before the window is on show; how starts talk is in `instance_server`.
"""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from beatra_desktop.ui.file_lock import FileLock

if TYPE_CHECKING:
    from beatra_desktop.ui.instance_server import InstanceServer


class Call(NamedTuple):
    """What another start asks of the first: files to add, links to open, and the right to rise.

    `token` is the desktop's leave for a window to come forward (xdg-activation), where it gave one.
    """

    paths: tuple[Path, ...] = ()
    links: tuple[str, ...] = ()
    token: str = ""


class SingleInstance(QObject):
    """`called(call)` when another start asked this one to come forward.

    The folder belongs to this one from the beginning if it `is_first`, and to no other.
    """

    called = Signal(Call)

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        self._data_dir = data_dir
        self._lock = FileLock(_lock_path(data_dir))
        self._server: InstanceServer | None = None
        self._calls: list[Call] = []
        self._is_heard = False
        self.is_first = self._lock.acquire()

    def pass_on(self, call: Call) -> bool:
        """Ask the first instance to come forward; False when it does not say that it does."""
        return hand_over(self._data_dir, call)

    def listen(self) -> None:
        """Answer other starts from now on."""
        from beatra_desktop.ui.instance_server import InstanceServer

        self._server = InstanceServer(self._data_dir, parent=self)
        self._server.called.connect(self._take)

    def tell(self) -> None:
        """Somebody hears `called` from now on: also what came before."""
        self._is_heard = True
        calls, self._calls = self._calls, []
        for call in calls:
            self.called.emit(call)

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self._lock.release()

    def _take(self, call: Call) -> None:
        self._calls.append(call)
        if self._is_heard:
            self.tell()


def is_open(data_dir: Path) -> bool:
    """Whether somebody has this folder open."""
    lock = FileLock(_lock_path(data_dir))
    try:
        is_free = lock.acquire()
    except OSError:  # the folder is not there yet, or can't be used: the start tells of that
        return False
    lock.release()
    return not is_free


def hand_over(data_dir: Path, call: Call) -> bool:
    """Ask whoever has this folder open to come forward; False when nobody says that they do."""
    from beatra_desktop.ui import instance_server

    return instance_server.hand_over(data_dir, call)


def _lock_path(data_dir: Path) -> Path:
    return data_dir / "instance.lock"

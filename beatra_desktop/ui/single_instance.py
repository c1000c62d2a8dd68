"""One window per data folder: a second start raises the first."""

import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from beatra_desktop.ui.file_lock import FileLock

ANSWER_MS: Final = 2000
MAX_MESSAGE_BYTES: Final = 1024 * 1024
_UNDERSTOOD: Final = b"ok\n"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What another start asks of the first: files to add, links to open, and the right to rise.

    `token` is the desktop's leave for a window to come forward (xdg-activation), where it gave one.
    """

    paths: tuple[Path, ...] = ()
    links: tuple[str, ...] = ()
    token: str = ""


class _Message(msgspec.Struct, forbid_unknown_fields=True):
    paths: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    token: str = ""


class SingleInstance(QObject):
    """`called(call)` when another start asked this one to come forward."""

    called = Signal(Call)

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        self._data_dir = data_dir
        self._lock = FileLock(data_dir / "instance.lock")
        self._server: QLocalServer | None = None
        self.is_first = self._lock.acquire()
        if self.is_first:
            self._listen()

    def pass_on(self, call: Call) -> bool:
        """Ask the first instance to come forward; False when it does not say that it does."""
        return hand_over(self._data_dir, call)

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self._lock.release()

    def _listen(self) -> None:
        name = _name(self._data_dir)
        QLocalServer.removeServer(name)  # left behind by a crash; the lock is ours
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(name):
            _log.error("Other starts can't reach this one: %s", self._server.errorString())

    def _on_connection(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setReadBufferSize(MAX_MESSAGE_BYTES)
            socket.readyRead.connect(lambda socket=socket: self._on_message(socket))
            socket.disconnected.connect(socket.deleteLater)
            self._on_message(socket)  # what came before anybody listened is not told again

    def _on_message(self, socket: QLocalSocket) -> None:
        """One line is one message; whoever sends anything else is not answered."""
        if not socket.canReadLine():
            if socket.bytesAvailable() >= MAX_MESSAGE_BYTES:
                socket.abort()
            return
        call = _call(bytes(socket.readLine().data()))
        if call is None:
            socket.abort()
            return
        socket.write(_UNDERSTOOD)
        socket.disconnectFromServer()
        self.called.emit(call)


def hand_over(data_dir: Path, call: Call) -> bool:
    """Ask whoever has this folder open to come forward; False when nobody says that they do."""
    socket = QLocalSocket()
    socket.connectToServer(_name(data_dir))
    if not socket.waitForConnected(ANSWER_MS):
        return False
    paths = [str(path.absolute()) for path in call.paths]
    message = {"paths": paths, "links": call.links, "token": call.token}
    socket.write(json.dumps(message).encode() + b"\n")
    # The answer may have come while the last bytes were written: waiting would miss it.
    answered = bool(socket.bytesAvailable()) or socket.waitForReadyRead(ANSWER_MS)
    return answered and bytes(socket.readAll().data()) == _UNDERSTOOD


def _name(data_dir: Path) -> str:
    """Short: the whole path of a local socket has room for about 100 characters."""
    return "beatra-" + hashlib.sha256(bytes(data_dir.resolve())).hexdigest()[:12]


def _call(line: bytes) -> Call | None:
    """The message in a line; None for anything else."""
    try:
        # Not by msgspec: names of files need not be text.
        message = msgspec.convert(json.loads(line), _Message)
    except (ValueError, RecursionError):
        return None
    if not all(map(_is_path, message.paths)) or not message.token.isprintable():
        return None
    return Call(paths=tuple(map(Path, message.paths)), links=message.links, token=message.token)


def _is_path(word: str) -> bool:
    return "\0" not in word and Path(word).is_absolute()

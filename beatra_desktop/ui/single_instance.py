"""One window per data folder: a second start raises the first."""

import hashlib
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from beatra_desktop.ui.file_lock import FileLock

ANSWER_MS: Final = 2000
MAX_MESSAGE_BYTES: Final = 1024 * 1024
_UNDERSTOOD: Final = b"ok\n"

_log = logging.getLogger(__name__)


class SingleInstance(QObject):
    """`called(paths)` when another start asked this one to come forward with its files."""

    called = Signal(list)

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        # Short: the whole path of a local socket has room for about 100 characters.
        self._name = "beatra-" + hashlib.sha256(bytes(data_dir.resolve())).hexdigest()[:12]
        self._lock = FileLock(data_dir / "instance.lock")
        self._server: QLocalServer | None = None
        self.is_first = self._lock.acquire()
        if self.is_first:
            self._listen()

    def pass_on(self, files: Sequence[Path]) -> bool:
        """Ask the first instance to come forward; False when it does not say that it does."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(ANSWER_MS):
            return False
        socket.write(json.dumps([str(path.absolute()) for path in files]).encode() + b"\n")
        # The answer may have come while the last bytes were written: waiting would miss it.
        answered = bool(socket.bytesAvailable()) or socket.waitForReadyRead(ANSWER_MS)
        return answered and bytes(socket.readAll().data()) == _UNDERSTOOD

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self._lock.release()

    def _listen(self) -> None:
        QLocalServer.removeServer(self._name)  # left behind by a crash; the lock is ours
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        if not self._server.listen(self._name):
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
        paths = _paths(bytes(socket.readLine().data()))
        if paths is None:
            socket.abort()
            return
        socket.write(_UNDERSTOOD)
        socket.disconnectFromServer()
        self.called.emit(paths)


def _paths(line: bytes) -> list[Path] | None:
    """The absolute paths of a message; None for anything else."""
    try:
        words = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(words, list) or not all(map(_is_path, words)):
        return None
    return [Path(word) for word in words]


def _is_path(word: object) -> bool:
    return isinstance(word, str) and "\0" not in word and Path(word).is_absolute()

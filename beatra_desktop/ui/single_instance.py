"""One window per data folder: a second start raises the first."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

ANSWER_MS: Final = 2000
MAX_MESSAGE_BYTES: Final = 256 * 1024


class SingleInstance(QObject):
    """`called(paths)` when another start asked this one to come forward with its files."""

    called = Signal(list)

    def __init__(self, data_dir: Path) -> None:
        super().__init__()
        self._name = "beatra-desktop-" + hashlib.sha256(bytes(data_dir.resolve())).hexdigest()[:16]
        self._lock = QLockFile(str(data_dir / "instance.lock"))
        self._lock.setStaleLockTime(0)
        self._server: QLocalServer | None = None
        self.is_first = self._lock.tryLock(0)
        if self.is_first:
            self._listen()

    def pass_on(self, files: Sequence[Path]) -> bool:
        """Ask the first instance to come forward; False when it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(ANSWER_MS):
            return False
        socket.write(json.dumps([str(path.absolute()) for path in files]).encode() + b"\n")
        sent = socket.waitForBytesWritten(ANSWER_MS)
        socket.disconnectFromServer()
        return sent

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        if self.is_first:
            self._lock.unlock()

    def _listen(self) -> None:
        QLocalServer.removeServer(self._name)  # left behind by a crash; the lock is ours
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        self._server.listen(self._name)

    def _on_connection(self) -> None:
        assert self._server is not None, "only a listening server gets connections"
        socket = self._server.nextPendingConnection()
        socket.setParent(self)
        socket.readyRead.connect(lambda: self._on_message(socket))
        socket.disconnected.connect(socket.deleteLater)

    def _on_message(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > MAX_MESSAGE_BYTES:
                socket.abort()
            return
        paths = _paths(bytes(socket.readLine(MAX_MESSAGE_BYTES).data()))
        if paths is not None:
            self.called.emit(paths)


def _paths(line: bytes) -> list[Path] | None:
    """The paths of a message; None for anything else."""
    try:
        words = json.loads(line)
    except ValueError:
        return None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return None
    return [Path(word) for word in words]

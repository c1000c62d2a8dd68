"""How one start talks to another: a line of JSON through a local socket, and a word of consent."""

import hashlib
import json
import logging
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from beatra_desktop.ui.single_instance import Call

ANSWER_MS: Final = 2000
LOOK_AGAIN_MS: Final = 20
MAX_MESSAGE_BYTES: Final = 1024 * 1024
_UNDERSTOOD: Final = b"ok\n"

_log = logging.getLogger(__name__)


class _Message(msgspec.Struct, forbid_unknown_fields=True):
    paths: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    token: str = ""


class InstanceServer(QLocalServer):
    """`called(call)` when another start asks for something; whoever makes it has the lock."""

    called = Signal(Call)

    def __init__(self, data_dir: Path, *, parent: QObject) -> None:
        super().__init__(parent)
        self.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self.newConnection.connect(self._on_connection)
        name = _name(data_dir)
        QLocalServer.removeServer(name)  # left behind by a crash
        if not self.listen(name):
            _log.error("Other starts can't reach this one: %s", self.errorString())

    def _on_connection(self) -> None:
        while self.hasPendingConnections():
            socket = self.nextPendingConnection()
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
    socket = _connected(_name(data_dir))
    if socket is None:
        return False
    paths = [str(path.absolute()) for path in call.paths]
    message = {"paths": paths, "links": call.links, "token": call.token}
    socket.write(json.dumps(message).encode() + b"\n")
    # The answer may have come while the last bytes were written: waiting would miss it.
    answered = bool(socket.bytesAvailable()) or socket.waitForReadyRead(ANSWER_MS)
    return answered and bytes(socket.readAll().data()) == _UNDERSTOOD


def _connected(name: str) -> QLocalSocket | None:
    """Whoever was started a moment ago has the folder before it listens."""
    socket, end = QLocalSocket(), QDeadlineTimer(ANSWER_MS)
    while not end.hasExpired():
        socket.connectToServer(name)
        if socket.waitForConnected(ANSWER_MS):
            return socket
        QThread.msleep(LOOK_AGAIN_MS)
    return None


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

"""Passes on what the operating system says about the network."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QNetworkInformation

from beatra_desktop.domain.traffic import Network

PATIENCE_MS: Final = 500
"""The service's first answer, or that there is none, tells as much, and comes first."""
_Reachability = QNetworkInformation.Reachability


class NetworkWatch(QObject):
    """Calls `tell` a moment later if there is no network, then whenever that changes.

    Where the system says nothing, `tell` hears nothing.
    """

    def __init__(self, tell: Callable[[Network], None], *, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__()
        self._tell = tell
        self.is_listening = False
        QTimer.singleShot(patience_ms, self, self._listen)

    def _listen(self) -> None:
        self.is_listening = True
        information = self._information()
        if information is not None:
            information.reachabilityChanged.connect(self._on_change)
            if information.reachability() is _Reachability.Disconnected:
                self._on_change(_Reachability.Disconnected)

    def _information(self) -> QNetworkInformation | None:
        found = QNetworkInformation.loadDefaultBackend()
        return QNetworkInformation.instance() if found else None

    def _on_change(self, reachability: QNetworkInformation.Reachability) -> None:
        if reachability is not _Reachability.Unknown:
            is_out = reachability is _Reachability.Disconnected
            self._tell(Network.OFFLINE if is_out else Network.ONLINE)

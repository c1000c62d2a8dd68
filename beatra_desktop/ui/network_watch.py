"""Passes on what the operating system says about the network."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from beatra_desktop.domain.traffic import Network

if TYPE_CHECKING:  # on Linux it is not needed
    from PySide6.QtNetwork import QNetworkInformation

PATIENCE_MS: Final = 500
"""The service's first answer, or that there is none, tells as much, and comes first."""


def watch_network(tell: Callable[[Network], None]) -> QObject:
    """Call `tell` a moment later if there is no network, then whenever that changes.

    Where the system says nothing, `tell` hears nothing. Ends with what it returns.
    """
    if sys.platform != "linux":
        return NetworkWatch(tell)
    from beatra_desktop.ui.desktop.network_manager import NetworkManagerWatch

    return NetworkManagerWatch(tell, after_ms=PATIENCE_MS)


class NetworkWatch(QObject):
    """As Qt hears it."""

    def __init__(self, tell: Callable[[Network], None], *, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__()
        self._tell = tell
        self.is_listening = False
        QTimer.singleShot(patience_ms, self, self._listen)

    def _listen(self) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        self.is_listening = True
        if QNetworkInformation.loadDefaultBackend():
            information = QNetworkInformation.instance()
            information.reachabilityChanged.connect(self._on_change)
            if information.reachability() is QNetworkInformation.Reachability.Disconnected:
                self._on_change(QNetworkInformation.Reachability.Disconnected)

    def _on_change(self, reachability: "QNetworkInformation.Reachability") -> None:
        states = type(reachability)
        if reachability is not states.Unknown:
            is_out = reachability is states.Disconnected
            self._tell(Network.OFFLINE if is_out else Network.ONLINE)

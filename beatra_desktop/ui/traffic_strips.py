"""What the window says while nothing leaves: that all is paused, or that there is no network."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.traffic import Network
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.strip import Strip
from beatra_desktop.ui.styling import Variant
from beatra_desktop.ui.subscriptions import subscribe


class PausedStrip(Strip):
    """Across the window while everything new is paused."""

    look_requested = Signal()

    def __init__(self, traffic: Traffic, *, parent: QWidget | None = None) -> None:
        super().__init__(Icon.PAUSE, parent=parent)
        self._traffic = traffic
        self.look = Button(self.tr("Look"), variant=Variant.LINK)
        self.resume = Button(self.tr("Resume"), variant=Variant.LINK)
        self.add(self.look, self.resume)
        self.look.clicked.connect(self.look_requested)
        self.resume.clicked.connect(traffic.resume_all)
        subscribe(self, traffic.is_paused.changed, self._refresh)
        self._refresh()

    def _refresh(self, _is_paused: object = None) -> None:
        is_paused = self._traffic.is_paused.value
        self.say(self.tr("Everything new is paused.") if is_paused else "")


class OfflineStrip(Strip):
    """In the sidebar while the service in use can't be reached; gone by itself."""

    def __init__(self, traffic: Traffic, *, parent: QWidget | None = None) -> None:
        super().__init__(Icon.OFFLINE, parent=parent)
        self._traffic = traffic
        subscribe(self, traffic.network.changed, self._refresh)
        self._refresh()

    def _refresh(self, _network: object = None) -> None:
        is_offline = self._traffic.network.value is Network.OFFLINE
        words = self.tr("Offline. All is kept and goes on by itself; new songs ask first.")
        self.say(words if is_offline else "")

"""Notifications of the desktop: by D-Bus on Linux, by a message of the tray elsewhere."""

import logging
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Protocol

from msgspec import Struct, field
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from beatra_desktop.ui.app_icon import app_icon
from beatra_desktop.ui.desktop.buses import NO_BUS, has_session_bus

if TYPE_CHECKING:
    from beatra_desktop.ui.desktop.bus_notifier import BusNotifier

DEFAULT: Final = "default"
"""The action of a click on the notification itself."""

_log = logging.getLogger(__name__)


class Notification(Struct, frozen=True, kw_only=True):
    """What is shown under a key of ours; `actions` are ids and the words on their buttons."""

    key: str
    title: str
    sentence: str
    actions: Mapping[str, str] = field(default_factory=dict)


class Notifier(Protocol):
    """A way to the desktop."""

    def show(self, notification: Notification) -> None:
        """Show it, in the place of an earlier one of the same key."""

    def withdraw(self, key: str) -> None:
        """Take it back, as far as it is still on show."""

    def close(self) -> None:
        """Let go of the way."""


class Notifications(QObject):
    """`activated(key, action, token)` when the user answers one; `token` is leave to come forward.

    The way to the desktop is looked for when the first one is shown. Without any nothing happens:
    notifications are never the only place where something is told.
    """

    activated = Signal(str, str, str)

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notifier: Notifier | None = None
        self._is_looked_for = False

    def show(self, notification: Notification) -> None:
        if not self._is_looked_for:
            self._is_looked_for = True
            self._notifier = self._bus() or self._tray()
        if self._notifier is not None:
            self._notifier.show(notification)

    def withdraw(self, key: str) -> None:
        if self._notifier is not None:
            self._notifier.withdraw(key)

    def close(self) -> None:
        """Leave the desktop; what it shows goes with its own time."""
        if self._notifier is not None:
            self._notifier.close()

    def _bus(self) -> "BusNotifier | None":
        if not sys.platform.startswith("linux") or not has_session_bus():
            return None
        try:
            from beatra_desktop.ui.desktop.bus_notifier import BusNotifier

            notifier = BusNotifier(parent=self)
        except (ImportError, *NO_BUS) as error:
            _log.info("The desktop is not told by D-Bus: %s", error)
            return None
        notifier.activated.connect(self.activated)
        return notifier

    def _tray(self) -> "TrayNotifier | None":
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return None
        notifier = TrayNotifier(parent=self)
        notifier.activated.connect(self.activated)
        return notifier


class TrayNotifier(QObject):
    """Messages of an icon that is there as long as one of them is; they have no buttons."""

    activated = Signal(str, str, str)

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = QSystemTrayIcon(app_icon(), self)
        self._icon.messageClicked.connect(self._on_clicked)
        self._key = ""

    @property
    def is_shown(self) -> bool:
        return self._icon.isVisible()

    def show(self, notification: Notification) -> None:
        self._key = notification.key
        self._icon.show()
        self._icon.showMessage(notification.title, notification.sentence, app_icon())

    def withdraw(self, key: str) -> None:
        if key == self._key:
            self._key = ""
            self._icon.hide()

    def close(self) -> None:
        self._icon.hide()

    def _on_clicked(self) -> None:
        if self._key:
            self.activated.emit(self._key, DEFAULT, "")

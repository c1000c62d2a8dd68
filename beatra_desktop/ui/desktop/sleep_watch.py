"""Hears from the system that it goes to sleep and has woken (logind, on Linux)."""

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from beatra_desktop.ui.desktop.buses import NO_BUS

if TYPE_CHECKING:
    from jeepney import Message

    from beatra_desktop.ui.desktop.bus import Connection

LISTEN_AFTER_MS: Final = 3000
"""Nobody sends a machine to sleep while the app starts, so the start is spared."""
NAME: Final = "org.freedesktop.login1"
PATH: Final = "/org/freedesktop/login1"
INTERFACE: Final = "org.freedesktop.login1.Manager"
SOCKET: Final = Path("/run/dbus/system_bus_socket")

_log = logging.getLogger(__name__)


class SleepWatch(QObject):
    """Where the system says nothing, a jump of the clock tells all the same (`Traffic`)."""

    falling_asleep = Signal()
    woken = Signal()

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus: Connection | None = None
        self._soon = QTimer(self, singleShot=True, interval=LISTEN_AFTER_MS)
        self._soon.timeout.connect(self.listen)
        if sys.platform.startswith("linux") and _has_system_bus():
            self._soon.start()

    def listen(self) -> None:
        """Begin to hear; done by itself a moment after the start."""
        self._soon.stop()
        try:
            from beatra_desktop.ui.desktop.bus import Connection

            self._bus = Connection(bus="SYSTEM", parent=self)
        except (ImportError, *NO_BUS) as error:
            _log.info("Nobody tells of sleep: %s", error)
            return
        self._bus.signalled.connect(self._on_signal)
        self._bus.listen(sender=NAME, interface=INTERFACE, path=PATH)

    def _on_signal(self, message: "Message") -> None:
        from jeepney import HeaderFields

        if message.header.fields.get(HeaderFields.member) == "PrepareForSleep":
            [falls_asleep] = message.body
            self.falling_asleep.emit() if falls_asleep else self.woken.emit()


def _has_system_bus() -> bool:
    return bool(os.environ.get("DBUS_SYSTEM_BUS_ADDRESS")) or SOCKET.is_socket()

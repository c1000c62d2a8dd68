"""The count on the app's icon in the dock or the taskbar."""

import logging
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from beatra_desktop.ui.application import DESKTOP_FILE
from beatra_desktop.ui.desktop.buses import NO_BUS, has_session_bus

if TYPE_CHECKING:
    from beatra_desktop.ui.desktop.bus import Connection

INTERFACE: Final = "com.canonical.Unity.LauncherEntry"
PATH: Final = "/ai/beatra/Desktop"
APP_URI: Final = f"application://{DESKTOP_FILE}.desktop"

_log = logging.getLogger(__name__)


class Badge(QObject):
    """Linux desktops are told by ourselves, others by Qt.

    Qt makes an object path of the app's name, whose hyphen no path may have, and sends nothing.
    """

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus: Connection | None = None
        self._is_looked_for = False

    def show(self, number: int) -> None:
        """Without a number for 0."""
        if not sys.platform.startswith("linux"):
            application = QGuiApplication.instance()
            assert isinstance(application, QGuiApplication), "icons are of an application"
            application.setBadgeNumber(number)
        elif (bus := self._joined()) is not None:
            self._tell(bus, number)

    def _joined(self) -> "Connection | None":
        if not self._is_looked_for and has_session_bus():
            self._is_looked_for = True
            try:
                from beatra_desktop.ui.desktop.bus import Connection

                self._bus = Connection(parent=self)
            except (ImportError, *NO_BUS) as error:
                _log.info("No count on the icon: %s", error)
        return self._bus

    def _tell(self, bus: "Connection", number: int) -> None:
        from jeepney import DBusAddress, new_signal

        news = {"count": ("x", number), "count-visible": ("b", number > 0)}
        address = DBusAddress(PATH, interface=INTERFACE)
        bus.send(new_signal(address, "Update", "sa{sv}", (APP_URI, news)))

"""Hears from the desktop whether its user wants things to move (its portal, on Linux)."""

import logging
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer

from beatra_desktop.ui import motion
from beatra_desktop.ui.desktop.buses import NO_BUS, has_session_bus

if TYPE_CHECKING:
    from jeepney import Message

    from beatra_desktop.ui.desktop.bus import Connection

LISTEN_AFTER_MS: Final = 1000
"""Nothing moves while the app starts, so the start is spared."""
NAME: Final = "org.freedesktop.portal.Desktop"
PATH: Final = "/org/freedesktop/portal/desktop"
INTERFACE: Final = "org.freedesktop.portal.Settings"
APPEARANCE: Final = ("org.freedesktop.appearance", "reduced-motion")
"""1 where less is wanted; not all portals know it."""
GNOME: Final = ("org.gnome.desktop.interface", "enable-animations")

_log = logging.getLogger(__name__)


class MotionWatch(QObject):
    """Tells `motion.hear_system` once, and again on every change."""

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus: Connection | None = None
        self._told: dict[tuple[str, str], object] = {}
        self._soon = QTimer(self, singleShot=True, interval=LISTEN_AFTER_MS)
        self._soon.timeout.connect(self.listen)
        if sys.platform.startswith("linux") and has_session_bus():
            self._soon.start()

    def listen(self) -> None:
        """Ask, and hear from now on; done by itself a moment after the start."""
        self._soon.stop()
        try:
            from beatra_desktop.ui.desktop.bus import Connection

            self._bus = Connection(parent=self)
        except (ImportError, *NO_BUS) as error:
            _log.info("Nobody tells whether things may move: %s", error)
            return
        self._bus.signalled.connect(self._on_signal)
        self._bus.listen(sender=NAME, interface=INTERFACE, path=PATH)
        self._ask(self._bus)

    def _ask(self, bus: "Connection") -> None:
        from jeepney import DBusAddress, new_method_call

        portal = DBusAddress(PATH, bus_name=NAME, interface=INTERFACE)
        names = [APPEARANCE[0], GNOME[0]]
        bus.call(new_method_call(portal, "ReadAll", "as", (names,)), self._on_answer)

    def _on_answer(self, answer: "Message") -> None:
        from jeepney import MessageType

        if answer.header.message_type is MessageType.method_return:
            [groups] = answer.body
            for group, values in groups.items():
                self._note(group, values)
            self._tell()

    def _on_signal(self, message: "Message") -> None:
        from jeepney import HeaderFields

        if message.header.fields.get(HeaderFields.member) == "SettingChanged":
            group, key, value = message.body
            self._note(group, {key: value})
            self._tell()

    def _note(self, group: str, values: Mapping[str, tuple[str, Any]]) -> None:
        for key, (_signature, value) in values.items():
            if (group, key) in (APPEARANCE, GNOME):
                self._told[group, key] = value

    def _tell(self) -> None:
        is_less_wanted = self._told.get(APPEARANCE) == 1
        motion.hear_system(reduces=is_less_wanted or self._told.get(GNOME) is False)

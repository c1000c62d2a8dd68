"""Hears from the desktop whether its user wants things to move (its portal, on Linux)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject

from beatra_desktop.ui import motion
from beatra_desktop.ui.desktop.bus_watch import BusWatch, Source

if TYPE_CHECKING:
    from jeepney import Message

    from beatra_desktop.ui.desktop.bus import Connection

LISTEN_AFTER_MS: Final = 1000
"""Nothing moves while the app starts."""
PORTAL: Final = Source(
    bus="SESSION",
    name="org.freedesktop.portal.Desktop",
    path="/org/freedesktop/portal/desktop",
    interface="org.freedesktop.portal.Settings",
    member="SettingChanged",
)
APPEARANCE: Final = ("org.freedesktop.appearance", "reduced-motion")
"""1 where less is wanted; not all portals know it."""
GNOME: Final = ("org.gnome.desktop.interface", "enable-animations")


class MotionWatch(BusWatch):
    """Tells `motion.hear_system` once, and again on every change."""

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(PORTAL, after_ms=LISTEN_AFTER_MS, parent=parent)
        self._told: dict[tuple[str, str], object] = {}

    def ask(self, bus: "Connection") -> None:
        from jeepney import DBusAddress, new_method_call

        portal = DBusAddress(PORTAL.path, bus_name=PORTAL.name, interface=PORTAL.interface)
        names = [APPEARANCE[0], GNOME[0]]
        bus.call(new_method_call(portal, "ReadAll", "as", (names,)), self._on_answer)

    def _on_answer(self, answer: "Message") -> None:
        from jeepney import MessageType

        if answer.header.message_type is MessageType.method_return:
            [groups] = answer.body
            for group, values in groups.items():
                self._note(group, values)
            self._tell()

    def on_told(self, group: str, key: str, value: tuple[str, Any]) -> None:
        self._note(group, {key: value})
        self._tell()

    def _note(self, group: str, values: Mapping[str, tuple[str, Any]]) -> None:
        for key, (_signature, value) in values.items():
            if (group, key) in (APPEARANCE, GNOME):
                self._told[group, key] = value

    def _tell(self) -> None:
        is_less_wanted = self._told.get(APPEARANCE) == 1
        motion.hear_system(reduces=is_less_wanted or self._told.get(GNOME) is False)

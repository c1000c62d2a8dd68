"""Hears from the system whether there is a network (NetworkManager, on Linux)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from beatra_desktop.domain.traffic import Network
from beatra_desktop.ui.desktop.bus_watch import BusWatch, Source

if TYPE_CHECKING:
    from jeepney import Message

    from beatra_desktop.ui.desktop.bus import Connection

MANAGER: Final = Source(
    bus="SYSTEM",
    name="org.freedesktop.NetworkManager",
    path="/org/freedesktop/NetworkManager",
    interface="org.freedesktop.NetworkManager",
    member="StateChanged",
)
UNKNOWN: Final = 0
CONNECTED_LOCAL: Final = 50
"""What is less is asleep, disconnected, or not connected yet; what is more reaches further."""


class NetworkManagerWatch(BusWatch):
    """Calls `tell` once asked if there is no network, then whenever that changes.

    Qt asks it as well, but loads what other systems are asked with first: 4 MB and two threads.
    """

    def __init__(
        self, tell: Callable[[Network], None], *, after_ms: int, parent: QObject | None = None
    ) -> None:
        super().__init__(MANAGER, after_ms=after_ms, parent=parent)
        self._tell = tell

    def ask(self, bus: "Connection") -> None:
        from jeepney import DBusAddress, Properties

        manager = DBusAddress(MANAGER.path, bus_name=MANAGER.name, interface=MANAGER.interface)
        bus.call(Properties(manager).get("State"), self._on_answer)

    def _on_answer(self, answer: "Message") -> None:
        from jeepney import MessageType

        if answer.header.message_type is MessageType.method_return:
            [(_signature, state)] = answer.body
            if state < CONNECTED_LOCAL:
                self.on_told(state)

    def on_told(self, state: int) -> None:
        if state != UNKNOWN:
            self._tell(Network.OFFLINE if state < CONNECTED_LOCAL else Network.ONLINE)

"""Hears one signal of another program on a bus, from a moment after the start on (Linux)."""

import logging
import sys
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer

from beatra_desktop.ui.desktop.buses import NO_BUS, has_bus

if TYPE_CHECKING:
    from jeepney import Message

    from beatra_desktop.ui.desktop.bus import Connection

_log = logging.getLogger(__name__)


class Source(Struct, frozen=True, kw_only=True):
    """Who tells what; `bus` is SESSION or SYSTEM."""

    bus: str
    name: str
    path: str
    interface: str
    member: str


class BusWatch(QObject):
    """Without the bus, or whoever tells on it, nothing is ever heard."""

    def __init__(self, source: Source, *, after_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._bus: Connection | None = None
        self._soon = QTimer(self, singleShot=True, interval=after_ms)
        self._soon.timeout.connect(self.listen)
        if sys.platform.startswith("linux") and has_bus(source.bus):
            self._soon.start()

    def listen(self) -> None:
        """Begin to hear; done by itself a moment after the start, which is spared that way."""
        self._soon.stop()
        source = self._source
        try:
            from beatra_desktop.ui.desktop.bus import Connection

            self._bus = Connection(bus=source.bus, parent=self)
        except (ImportError, *NO_BUS) as error:
            _log.info("%s is not heard: %s", source.name, error)
            return
        self._bus.signalled.connect(self._on_signal)
        self._bus.listen(sender=source.name, interface=source.interface, path=source.path)
        self.ask(self._bus)

    def ask(self, bus: "Connection") -> None:
        """For those that want to know how things stand before the first signal."""

    def on_told(self, *values: Any) -> None:
        """With the values of each signal."""
        raise NotImplementedError

    def _on_signal(self, message: "Message") -> None:
        from jeepney import HeaderFields

        if message.header.fields.get(HeaderFields.member) == self._source.member:
            self.on_told(*message.body)

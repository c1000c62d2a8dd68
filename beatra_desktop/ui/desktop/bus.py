"""The desktop's buses (D-Bus) on Qt's event loop: objects of ours, and talking to others'."""

import socket
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, Final

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageFlag,
    MessageType,
    Parser,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus import get_bus
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import prep_socket
from msgspec import Struct, field
from PySide6.QtCore import QObject, QSocketNotifier, Signal

PROPERTIES: Final = "org.freedesktop.DBus.Properties"
INTROSPECTABLE: Final = "org.freedesktop.DBus.Introspectable"
PEER: Final = "org.freedesktop.DBus.Peer"
PATIENCE_SECONDS: Final = 0.5
"""So long at most the window waits for a bus that does not answer; 1 ms is usual."""
CHUNK_BYTES: Final = 65_536
_DO_NOT_QUEUE: Final = 4
_UNKNOWN: Final = "org.freedesktop.DBus.Error.UnknownMethod"
_WRONG: Final = "org.freedesktop.DBus.Error.InvalidArgs"

Variant = tuple[str, Any]
"""A signature, and a value of that kind."""


class Interface(Struct, frozen=True, kw_only=True):
    """What one interface offers: properties to read and to write, methods with signatures."""

    name: str
    properties: Mapping[str, Callable[[], Variant]]
    methods: Mapping[str, tuple[str, Callable[..., object]]]
    setters: Mapping[str, tuple[str, Callable[[Any], object]]] = field(default_factory=dict)

    def values(self) -> dict[str, Variant]:
        return {name: read() for name, read in self.properties.items()}


_PROPERTY_CALLS: Final = {"Get": "ss", "GetAll": "s", "Set": "ssv"}


class Connection(QObject):
    """A place on a bus; making one raises one of `NO_BUS` where there is no bus to be on.

    `signalled(message)` for each signal that `listen` asked for.
    """

    signalled = Signal(object)

    def __init__(self, *, bus: str = "SESSION", parent: QObject | None = None) -> None:
        """`bus` is SESSION or SYSTEM."""
        super().__init__()
        self._parser = Parser()
        self._serials = count(1)
        self._awaited: dict[int, Callable[[Message], None]] = {}
        self._socket: socket.socket | None = prep_socket(get_bus(bus), timeout=PATIENCE_SECONDS)
        self._socket.settimeout(PATIENCE_SECONDS)
        self._notifier = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_readable)
        self.destroyed.connect(self._socket.close)
        self.send(message_bus.Hello())
        self.setParent(parent)  # only now: without a bus the parent would keep what never began

    @property
    def is_connected(self) -> bool:
        return self._socket is not None

    def send(self, message: Message) -> int:
        """Send it if the bus is still there; returns its serial."""
        serial = next(self._serials)
        if self._socket is not None:
            try:
                self._socket.sendall(message.serialise(serial=serial))
            except OSError:  # the bus has gone; the app goes on without it
                self.close()
        return serial

    def call(self, message: Message, on_answer: Callable[[Message], None]) -> None:
        """Send a method call; the answer may be an error, and does not come from a dead bus."""
        if self.is_connected:
            self._awaited[self.send(message)] = on_answer

    def listen(self, *, sender: str, interface: str, path: str) -> None:
        """Have the signals of an interface told from now on."""
        rule = MatchRule(type="signal", sender=sender, interface=interface, path=path)
        self.send(message_bus.AddMatch(rule))

    def close(self) -> None:
        """Leave the bus; the name goes with the connection."""
        if self._socket is not None:
            self._notifier.setEnabled(False)
            self._socket.close()
            self._socket = None

    def _on_readable(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(CHUNK_BYTES)
        except OSError:
            data = b""
        if not data:
            self.close()
            return
        self._parser.add_data(data)
        while (message := self._parser.get_next_message()) is not None:
            self._hear(message)

    def _hear(self, message: Message) -> None:
        if message.header.message_type is MessageType.signal:
            self.signalled.emit(message)
            return
        serial = message.header.fields.get(HeaderFields.reply_serial, 0)
        on_answer = self._awaited.pop(serial, None)
        if on_answer is not None:
            on_answer(message)


class BusObject(Connection):
    """One object under one name; one of `NO_BUS` where there is no bus to be on.

    Own code over QtDBus because that can't send whole numbers of 64 bits in a dictionary.
    """

    def __init__(
        self,
        name: str,
        path: str,
        *,
        interfaces: tuple[Interface, ...],
        description: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._path = path
        self._interfaces = {interface.name: interface for interface in interfaces}
        self._description = description
        self.send(message_bus.RequestName(name, _DO_NOT_QUEUE))

    def tell_changes(self, interface: str, changes: Mapping[str, Variant]) -> None:
        """Say that properties have other values now."""
        body: tuple[Any, ...] = (interface, dict(changes), [])
        self.emit_signal(PROPERTIES, "PropertiesChanged", signature="sa{sv}as", body=body)

    def emit_signal(
        self, interface: str, name: str, *, signature: str, body: tuple[Any, ...]
    ) -> None:
        address = DBusAddress(self._path, interface=interface)
        self.send(new_signal(address, name, signature, body))

    def _hear(self, message: Message) -> None:
        if message.header.message_type is MessageType.method_call:
            self._serve(message)
        else:
            super()._hear(message)

    def _serve(self, call: Message) -> None:
        answer = self._answer(call)
        if not call.header.flags & MessageFlag.no_reply_expected:
            self.send(answer)

    def _answer(self, call: Message) -> Message:
        fields = call.header.fields
        interface, member = fields.get(HeaderFields.interface, ""), fields[HeaderFields.member]
        if interface == PROPERTIES:
            return self._answer_properties(call, member)
        if interface == INTROSPECTABLE:
            return new_method_return(call, "s", (self._description,))
        if interface == PEER:
            return new_method_return(call)
        known = self._interfaces.get(interface)
        if known is None or member not in known.methods:
            return new_error(call, _UNKNOWN)
        signature, do = known.methods[member]
        if fields.get(HeaderFields.signature, "") != signature:
            return new_error(call, _WRONG)
        do(*call.body)
        return new_method_return(call)

    def _answer_properties(self, call: Message, member: str) -> Message:
        if call.header.fields.get(HeaderFields.signature, "") != _PROPERTY_CALLS.get(member):
            return new_error(call, _WRONG)
        name, *rest = call.body
        interface = self._interfaces.get(name)
        if interface is None:
            return new_error(call, _WRONG)
        if member == "GetAll":
            return new_method_return(call, "a{sv}", (interface.values(),))
        if member == "Get" and rest[0] in interface.properties:
            return new_method_return(call, "v", (interface.properties[rest[0]](),))
        if member == "Set" and rest[0] in interface.setters:
            signature, change = interface.setters[rest[0]]
            given, value = rest[1]
            if given == signature:
                change(value)
                return new_method_return(call)
        return new_error(call, _WRONG)

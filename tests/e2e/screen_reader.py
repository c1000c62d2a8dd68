"""What a screen reader sees of an app and does with it: the AT-SPI tree, on buses of its own.

It speaks the protocol through jeepney, so that only Debian's at-spi2-core has to be there.
"""

import os
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final, TypeVar

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ATSPI: Final = "org.a11y.atspi"
REGISTRY: Final = f"{ATSPI}.Registry"
PATIENCE_SECONDS: Final = 30.0
GLANCE_SECONDS: Final = 0.02
LABELLED_BY: Final = 2
TAB, ENTER, RIGHT, DOWN = 0xFF09, 0xFF0D, 0xFF53, 0xFF54
"""X's numbers for keys that write nothing."""
SIGN: Final = 3
"""So a key is meant by what it writes."""
LAUNCHER: Final = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
"""From it the session's bus starts what programs ask for."""

Found = TypeVar("Found")


class Gone(Exception):
    """What was asked is not there any more."""


class State(IntEnum):
    """Numbers of bits in AT-SPI's set of states."""

    CHECKED = 4
    FOCUSABLE = 11
    FOCUSED = 12
    SELECTED = 23
    SHOWING = 25


@dataclass(frozen=True)
class Node:
    """One object of the tree; all but its address is asked for anew each time."""

    reader: "ScreenReader"
    bus_name: str
    path: str

    @property
    def name(self) -> str:
        return str(self.get("Accessible", "Name"))

    @property
    def description(self) -> str:
        return str(self.get("Accessible", "Description"))

    @property
    def role(self) -> str:
        """Such as "push button"."""
        return str(self.call("Accessible", "GetRoleName"))

    @property
    def states(self) -> frozenset[State]:
        low, high = self.call("Accessible", "GetState")
        return frozenset(state for state in State if (low | high << 32) >> state & 1)

    @property
    def children(self) -> list["Node"]:
        found = self.call("Accessible", "GetChildren")
        return [Node(self.reader, name, path) for name, path in found]

    @property
    def labels(self) -> list["Node"]:
        """What it is labelled by: the name of a choice is what is chosen."""
        relations = self.call("Accessible", "GetRelationSet")
        found = [target for kind, targets in relations if kind == LABELLED_BY for target in targets]
        return [Node(self.reader, name, path) for name, path in found]

    @property
    def text(self) -> str:
        return str(self.call("Text", "GetText", "ii", (0, -1)))

    @property
    def value(self) -> float:
        return float(self.get("Value", "CurrentValue"))

    def press(self) -> None:
        """Do the first of what can be done with it."""
        assert self.call("Action", "DoAction", "i", (0,)), f"{self} can't be pressed"

    def write(self, text: str) -> None:
        assert self.call("EditableText", "SetTextContents", "s", (text,)), f"{self} takes no text"

    def take_focus(self) -> None:
        assert self.call("Component", "GrabFocus"), f"{self} takes no focus"

    def showing(self) -> Iterator["Node"]:
        """It and what is below it, as far as it can be seen, in order."""
        if State.SHOWING in self.states:
            yield self
            for child in self.children:
                yield from child.showing()

    def get(self, interface: str, name: str) -> Any:
        return self.reader.ask(Properties(self._address(interface)).get(name))[1]

    def call(
        self, interface: str, method: str, signature: str = "", body: Sequence[Any] = ()
    ) -> Any:
        address = self._address(interface)
        return self.reader.ask(new_method_call(address, method, signature or None, tuple(body)))

    def _address(self, interface: str) -> DBusAddress:
        return DBusAddress(self.path, bus_name=self.bus_name, interface=f"{ATSPI}.{interface}")

    def __str__(self) -> str:
        return f"{self.role} “{self.name}”"


class ScreenReader:
    """At work on the accessibility bus of a session; `variables` lead an app to it."""

    def __init__(self, session_address: str) -> None:
        self.variables = {"DBUS_SESSION_BUS_ADDRESS": session_address}
        with open_dbus_connection(session_address) as session:
            for name in ("IsEnabled", "ScreenReaderEnabled"):
                status = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Status")
                _reply(session, Properties(status).set(name, "b", True))
            launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            [address] = _reply(session, new_method_call(launcher, "GetAddress"))
        self._bus = open_dbus_connection(address)
        self._told: deque[Message] = deque(maxlen=1000)
        self._listen()

    def app(self) -> Node:
        """The one app there is, as soon as it is there."""
        root = Node(self, REGISTRY, "/org/a11y/atspi/accessible/root")
        return self.until(lambda: next(iter(root.children), None), "an app")

    def find(self, below: Node, name: str, *, role: str = "") -> Node:
        """The first that can be seen and whose name begins so."""

        def look() -> Node | None:
            alike = (node for node in below.showing() if node.name.startswith(name))
            return next((node for node in alike if not role or node.role == role), None)

        return self.until(look, f"{role} “{name}”")

    def until(self, look: Callable[[], Found | None], what: str) -> Found:
        """What `look` finds, once it finds anything."""
        begun = monotonic()
        while monotonic() - begun < PATIENCE_SECONDS:
            try:
                if found := look():
                    return found
            except Gone:
                continue
            sleep(GLANCE_SECONDS)
        raise TimeoutError(f"never seen: {what}")

    def key(self, sign: int | str) -> None:
        """Press and release a key, by its sign or X's number for it."""
        interface = f"{ATSPI}.DeviceEventController"
        keyboard = DBusAddress(
            "/org/a11y/atspi/registry/deviceeventcontroller", REGISTRY, interface
        )
        number = ord(sign) if isinstance(sign, str) else sign
        self.ask(new_method_call(keyboard, "GenerateKeyboardEvent", "isu", (number, "", SIGN)))

    def window(self, app: Node, name: str) -> Node:
        """One of the app's windows, by how its title begins."""

        def look() -> Node | None:
            return next((each for each in app.children if each.name.startswith(name)), None)

        return self.until(look, f"the window “{name}”")

    def until_heard(self, words: str) -> list[str]:
        """All that is heard until these words are."""
        told: list[str] = []

        def listen() -> bool:
            told.extend(self.heard())
            return any(words in each for each in told)

        try:
            self.until(listen, words)
        except TimeoutError as error:
            error.add_note(f"heard: {told}")
            raise
        return told

    def heard(self) -> list[str]:
        """Announcements, and the names of what got the focus, since it was asked last."""
        self._bus.send_and_get_reply(message_bus.GetId())  # what was told before it has arrived
        told, self._told = list(self._told), self._told
        self._told.clear()
        return [words for message in told if (words := self._words(message))]

    def ask(self, message: Message) -> Any:
        """The first value of the reply; raises Gone where there is no such thing any more."""
        body = _reply(self._bus, message)
        return body[0] if body else None

    def close(self) -> None:
        self._bus.close()

    def _listen(self) -> None:
        registry = DBusAddress("/org/a11y/atspi/registry", REGISTRY, REGISTRY)
        for event in ("object:state-changed:focused", "object:announcement"):
            self.ask(new_method_call(registry, "RegisterEvent", "sass", (event, [], "")))
        rule = MatchRule(type="signal", interface=f"{ATSPI}.Event.Object")
        self.ask(message_bus.AddMatch(rule))
        self._bus.filter(rule, queue=self._told).__enter__()

    def _words(self, message: Message) -> str:
        fields, body = message.header.fields, message.body
        if fields[HeaderFields.member] == "Announcement":
            return str(body[3][1])
        if fields[HeaderFields.member] != "StateChanged" or body[:2] != ("focused", 1):
            return ""
        try:
            return Node(self, fields[HeaderFields.sender], fields[HeaderFields.path]).name
        except Gone:
            return ""


@contextmanager
def screen_reader(display: Mapping[str, str]) -> Iterator[ScreenReader]:
    """One at work on a session's bus of its own; what the bus started ends with it."""
    if shutil.which("dbus-daemon") is None or not LAUNCHER.exists():
        pytest.fail("no bus for screen readers: apt-get install -y dbus at-spi2-core")
    # the sockets' names lie below this folder, and may not be long
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "XDG_RUNTIME_DIR": folder}
        daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"],
            env={**environment, **display},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert daemon.stdout is not None, "opened as a pipe"
        try:
            with closing(ScreenReader(daemon.stdout.readline().strip())) as reader:
                yield reader
        finally:
            daemon.terminate()
            daemon.communicate()


def _reply(bus: DBusConnection, message: Message) -> Any:
    reply = bus.send_and_get_reply(message, timeout=PATIENCE_SECONDS)
    if reply.header.message_type is MessageType.error:
        raise Gone(reply.header.fields[HeaderFields.error_name], reply.body)
    return reply.body

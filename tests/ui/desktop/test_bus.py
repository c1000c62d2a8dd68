"""The object on the bus: right answers, errors for wrong calls, and a bus that goes away."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from jeepney import DBusAddress, Message, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.desktop.bus import BusObject, Interface
from beatra_desktop.ui.desktop.buses import NO_BUS, has_session_bus

NAME: Final = "io.example.Box"
PATH: Final = "/box"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")
Ask = Callable[..., Message]


@pytest.fixture
def done() -> list[object]:
    return []


@pytest.fixture
def box(bus: object, qapp: object, done: list[object]) -> Iterator[BusObject]:
    interface = Interface(
        name=NAME,
        properties={"Size": lambda: ("x", 5), "Colour": lambda: ("s", "red")},
        methods={"Open": ("x", done.append)},
        setters={"Colour": ("s", done.append)},
    )
    made = BusObject(NAME, PATH, interfaces=(interface,), description="<node/>")
    yield made
    made.close()


@pytest.fixture
def ask(box: BusObject, qtbot: QtBot) -> Iterator[Ask]:
    """Calls a method from outside and gives the answer."""
    client = open_dbus_connection()

    def call(interface: str, member: str, signature: str = "", body: Any = ()) -> Message:
        address = DBusAddress(PATH, bus_name=NAME, interface=interface)
        client.send(new_method_call(address, member, signature or None, body))
        return _answer(client, qtbot)

    yield call
    client.close()


def _answer(client: DBusConnection, qtbot: QtBot) -> Message:
    found: list[Message] = []

    def look() -> bool:
        try:
            message = client.receive(timeout=0)
        except TimeoutError:
            return False
        replies = (MessageType.method_return, MessageType.error)
        if message.header.message_type in replies:
            found.append(message)
        return bool(found)

    qtbot.waitUntil(look, timeout=15_000)
    return found[0]


def _is_error(answer: Message) -> bool:
    return answer.header.message_type is MessageType.error


PROPERTIES: Final = "org.freedesktop.DBus.Properties"


def test_properties_are_read_one_by_one_and_together(ask: Ask) -> None:
    assert ask(PROPERTIES, "Get", "ss", (NAME, "Size")).body == (("x", 5),)
    everything = {"Size": ("x", 5), "Colour": ("s", "red")}
    assert ask(PROPERTIES, "GetAll", "s", (NAME,)).body == (everything,)


def test_properties_are_written_where_they_may_be(ask: Ask, done: list[object]) -> None:
    assert not _is_error(ask(PROPERTIES, "Set", "ssv", (NAME, "Colour", ("s", "blue"))))
    assert done == ["blue"]


@pytest.mark.parametrize(
    ("member", "signature", "body"),
    [
        ("Get", "", ()), ("Get", "s", (NAME,)), ("GetAll", "as", ([NAME],)), ("Set", "s", (NAME,)),
        ("Set", "sss", (NAME, "Colour", "blue")), ("Get", "a{ss}", ({},)), ("Delete", "s", (NAME,)),
    ],
)  # fmt: skip
def test_calls_that_ask_for_properties_wrongly_are_answered_with_an_error(
    ask: Ask, member: str, signature: str, body: Any
) -> None:
    assert _is_error(ask(PROPERTIES, member, signature, body))


def test_methods_are_called_with_what_they_take(ask: Ask, done: list[object]) -> None:
    assert not _is_error(ask(NAME, "Open", "x", (7,)))
    assert done == [7]


def test_others_can_look_at_it(ask: Ask) -> None:
    assert ask("org.freedesktop.DBus.Introspectable", "Introspect").body == ("<node/>",)
    assert not _is_error(ask("org.freedesktop.DBus.Peer", "Ping"))


@pytest.mark.parametrize(
    ("interface", "member", "signature", "body"),
    [
        (NAME, "Close", "", ()),
        (NAME, "Open", "s", ("seven",)),
        ("io.example.Other", "Open", "x", (7,)),
        (PROPERTIES, "Get", "ss", (NAME, "Weight")),
        (PROPERTIES, "Get", "ss", ("io.example.Other", "Size")),
        (PROPERTIES, "Set", "ssv", (NAME, "Size", ("x", 7))),
        (PROPERTIES, "Set", "ssv", (NAME, "Colour", ("x", 7))),
    ],
)
def test_wrong_calls_are_told_so_and_do_nothing(
    ask: Ask, done: list[object], interface: str, member: str, signature: str, body: Any
) -> None:
    assert _is_error(ask(interface, member, signature, body))
    assert done == []


def test_a_bus_that_goes_away_is_left(
    box: BusObject, bus: "subprocess.Popen[str]", qtbot: QtBot
) -> None:
    bus.terminate()
    qtbot.waitUntil(lambda: not box.is_connected, timeout=15_000)
    box.tell_changes(NAME, {"Size": ("x", 6)})


def test_no_bus_is_started_to_look_for_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/somewhere")
    assert has_session_bus()
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert not has_session_bus()


@pytest.mark.parametrize(
    "address", ["disabled:", "nonsense", "tcp:host=localhost,port=1", "unix:path=/nowhere", "unix:"]
)
def test_an_address_that_leads_nowhere_says_so(
    monkeypatch: pytest.MonkeyPatch, qapp: object, address: str
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(NO_BUS):
        BusObject("org.example", "/", interfaces=(), description="")

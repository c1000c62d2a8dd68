"""What NetworkManager says of the network, on a system bus of the test's own."""

import sys
from collections.abc import Callable, Iterator

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.traffic import Network
from beatra_desktop.ui.desktop.network_manager import MANAGER, NetworkManagerWatch
from beatra_desktop.ui.network_watch import watch_network

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="NetworkManager is for Linux")
PATIENCE_SECONDS = 15
PATIENCE_MS = 1000 * PATIENCE_SECONDS
UNKNOWN, DISCONNECTED, CONNECTING, LOCAL, GLOBAL = 0, 20, 40, 50, 70
"""As NetworkManager's documentation has them."""


@pytest.fixture
def manager(own: Callable[[str], DBusConnection]) -> DBusConnection:
    return own(MANAGER.name)


@pytest.fixture
def told(manager: DBusConnection, qtbot: QtBot) -> Iterator[list[Network]]:
    told: list[Network] = []
    watch = watch_network(told.append)
    assert isinstance(watch, NetworkManagerWatch)
    watch.listen()
    yield told
    with qtbot.waitSignal(watch.destroyed):
        watch.deleteLater()


def _asked(manager: DBusConnection) -> Message:
    while True:
        message = manager.receive(timeout=PATIENCE_SECONDS)
        if message.header.message_type is MessageType.method_call:
            assert message.header.fields[HeaderFields.member] == "Get"
            assert message.body == (MANAGER.interface, "State")
            return message


def _say(manager: DBusConnection, *states: int) -> None:
    address = DBusAddress(MANAGER.path, interface=MANAGER.interface)
    for state in states:
        manager.send(new_signal(address, MANAGER.member, "u", (state,)))


def test_who_begins_without_a_network_is_told(
    manager: DBusConnection, told: list[Network], qtbot: QtBot
) -> None:
    manager.send(new_method_return(_asked(manager), "v", (("u", DISCONNECTED),)))
    qtbot.waitUntil(lambda: told == [Network.OFFLINE], timeout=PATIENCE_MS)


@pytest.mark.parametrize("state", [LOCAL, UNKNOWN])
def test_at_first_nothing_else_is_news_and_then_each_change(
    manager: DBusConnection, told: list[Network], qtbot: QtBot, state: int
) -> None:
    manager.send(new_method_return(_asked(manager), "v", (("u", state),)))
    _say(manager, CONNECTING, UNKNOWN, LOCAL, GLOBAL)
    qtbot.waitUntil(lambda: len(told) == 3, timeout=PATIENCE_MS)
    assert told == [Network.OFFLINE, Network.ONLINE, Network.ONLINE]


def test_a_system_that_has_no_answer_is_no_trouble(
    manager: DBusConnection, told: list[Network], qtbot: QtBot
) -> None:
    manager.send(new_error(_asked(manager), "org.freedesktop.DBus.Error.UnknownProperty"))
    _say(manager, DISCONNECTED)
    qtbot.waitUntil(lambda: told == [Network.OFFLINE], timeout=PATIENCE_MS)

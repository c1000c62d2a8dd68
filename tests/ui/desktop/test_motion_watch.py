"""What a desktop's portal says of motion, on a session bus of the test's own."""

import sys
from collections.abc import Callable, Iterator

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.choices import Motion
from beatra_desktop.ui import motion
from beatra_desktop.ui.desktop.motion_watch import APPEARANCE, GNOME, PORTAL, MotionWatch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="portals are for Linux")
PATIENCE_SECONDS = 15
PATIENCE_MS = 1000 * PATIENCE_SECONDS
Value = tuple[str, object]


@pytest.fixture(autouse=True)
def _as_usual(qapp: object) -> Iterator[None]:
    yield
    motion.hear_system(reduces=False)
    motion.choose(Motion.SYSTEM)


@pytest.fixture
def portal(own: Callable[[str], DBusConnection]) -> DBusConnection:
    return own(PORTAL.name)


def _answer(portal: DBusConnection, values: dict[str, dict[str, Value]]) -> None:
    call = _next_call(portal)
    assert call.header.fields[HeaderFields.member] == "ReadAll"
    portal.send(new_method_return(call, "a{sa{sv}}", (values,)))


def _next_call(portal: DBusConnection) -> Message:
    while True:
        message = portal.receive(timeout=PATIENCE_SECONDS)
        if message.header.message_type is MessageType.method_call:
            return message


def _change(portal: DBusConnection, name: tuple[str, str], value: Value) -> None:
    address = DBusAddress(PORTAL.path, interface=PORTAL.interface)
    portal.send(new_signal(address, PORTAL.member, "ssv", (*name, value)))


def test_what_the_desktop_wants_is_asked_for_and_its_changes_are_heard(
    portal: DBusConnection, qtbot: QtBot
) -> None:
    watch = MotionWatch()
    watch.listen()
    _answer(portal, {GNOME[0]: {GNOME[1]: ("b", False), "font-name": ("s", "Inter")}})
    qtbot.waitUntil(motion.is_reduced, timeout=PATIENCE_MS)
    _change(portal, GNOME, ("b", True))
    qtbot.waitUntil(lambda: not motion.is_reduced(), timeout=PATIENCE_MS)
    _change(portal, APPEARANCE, ("u", 1))
    qtbot.waitUntil(motion.is_reduced, timeout=PATIENCE_MS)
    with qtbot.waitSignal(watch.destroyed):
        watch.deleteLater()


def test_without_a_bus_things_move(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    watch = MotionWatch()
    watch.listen()
    assert not motion.is_reduced()
    with qtbot.waitSignal(watch.destroyed):
        watch.deleteLater()

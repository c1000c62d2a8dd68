"""Sleeping and waking, told by a system bus of the test's own."""

import sys
from collections.abc import Callable

import pytest
from jeepney import DBusAddress, message_bus, new_signal
from jeepney.io.blocking import DBusConnection
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.desktop.sleep_watch import LOGIND, SleepWatch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="logind is for Linux")
PATIENCE_MS = 15_000


@pytest.fixture
def logind(own: Callable[[str], DBusConnection]) -> DBusConnection:
    return own(LOGIND.name)


def _tell(logind: DBusConnection, member: str, *, falls_asleep: bool) -> None:
    address = DBusAddress(LOGIND.path, interface=LOGIND.interface)
    logind.send(new_signal(address, member, "b", (falls_asleep,)))


def test_sleep_and_waking_are_heard_and_nothing_else(logind: DBusConnection, qtbot: QtBot) -> None:
    watch = SleepWatch()
    heard: list[str] = []
    watch.falling_asleep.connect(lambda: heard.append("asleep"))
    watch.woken.connect(lambda: heard.append("awake"))
    watch.listen()
    asked: list[object] = []
    assert watch._bus is not None
    watch._bus.call(message_bus.GetId(), asked.append)
    qtbot.waitUntil(lambda: bool(asked), timeout=PATIENCE_MS)
    _tell(logind, "PrepareForShutdown", falls_asleep=True)
    for falls_asleep in (True, False):
        _tell(logind, LOGIND.member, falls_asleep=falls_asleep)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=PATIENCE_MS)
    assert heard == ["asleep", "awake"]
    with qtbot.waitSignal(watch.destroyed):
        watch.deleteLater()


def test_a_system_without_a_bus_is_no_trouble(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nowhere")
    watch = SleepWatch()
    watch.listen()
    with qtbot.waitSignal(watch.destroyed):
        watch.deleteLater()

"""The count on the icon, as a dock on the session bus hears it."""

import sys

import pytest
from jeepney import MatchRule, message_bus
from jeepney.io.blocking import open_dbus_connection
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.desktop.badge import APP_URI, INTERFACE, Badge

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is for Linux")
PATIENCE_SECONDS = 15


def test_a_dock_hears_the_count_and_that_there_is_none(bus: object, qtbot: QtBot) -> None:
    rule = MatchRule(type="signal", interface=INTERFACE)
    badge = Badge()
    with open_dbus_connection() as dock, dock.filter(rule, bufsize=3) as heard:
        dock.send_and_get_reply(message_bus.AddMatch(rule))
        told = []
        for number in (3, 0):
            badge.show(number)
            told.append(dock.recv_until_filtered(heard, timeout=PATIENCE_SECONDS).body)
    assert APP_URI == "application://ai.beatra.Desktop.desktop"
    assert told == [
        (APP_URI, {"count": ("x", 3), "count-visible": ("b", True)}),
        (APP_URI, {"count": ("x", 0), "count-visible": ("b", False)}),
    ]
    with qtbot.waitSignal(badge.destroyed):
        badge.deleteLater()


def test_without_a_bus_there_is_no_count(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    badge = Badge()
    badge.show(1)
    badge.show(0)

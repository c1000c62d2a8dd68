"""A session bus of its own, and what lives on it."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from jeepney import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.ui.desktop.notification_server import NotificationServer


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator["subprocess.Popen[str]"]:
    """A session bus of its own."""
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert daemon.stdout is not None
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
    yield daemon
    daemon.terminate()
    daemon.communicate()


@pytest.fixture
def own(bus: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], DBusConnection]]:
    """Makes a connection that answers to a service's name, on a bus that is the system's too."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", os.environ["DBUS_SESSION_BUS_ADDRESS"])
    with ExitStack() as stack:

        def owner(name: str) -> DBusConnection:
            connection = open_dbus_connection()
            stack.callback(connection.close)
            connection.send_and_get_reply(message_bus.RequestName(name))
            return connection

        yield owner


@pytest.fixture
def server(bus: object) -> Iterator[NotificationServer]:
    started = NotificationServer()
    yield started
    started.close()

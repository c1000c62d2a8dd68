"""A session bus of its own, and what lives on it."""

import subprocess
from collections.abc import Iterator

import pytest

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
def server(bus: object) -> Iterator[NotificationServer]:
    started = NotificationServer()
    yield started
    started.close()

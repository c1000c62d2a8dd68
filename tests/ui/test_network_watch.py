"""What the operating system says about the network, as the app hears it."""

import pytest
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.traffic import Network
from beatra_desktop.ui.network_watch import NetworkWatch

Reachability = QNetworkInformation.Reachability


@pytest.fixture
def information(qapp: object) -> QNetworkInformation:
    if not QNetworkInformation.loadDefaultBackend():
        pytest.skip("this system says nothing of its network")
    return QNetworkInformation.instance()


def test_what_the_system_says_is_passed_on(information: QNetworkInformation, qtbot: QtBot) -> None:
    told: list[Network] = []
    watch = NetworkWatch(told.append, patience_ms=0)
    qtbot.waitUntil(lambda: watch.is_listening)
    told.clear()
    for state in (
        Reachability.Disconnected, Reachability.Unknown, Reachability.Local, Reachability.Online,
    ):  # fmt: skip
        information.reachabilityChanged.emit(state)
    assert told == [Network.OFFLINE, Network.ONLINE, Network.ONLINE]
    watch.deleteLater()

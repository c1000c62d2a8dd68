"""What an empty conversation shows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import BUILT_IN, Connection, ConnectionPhase, ProfileKind
from beatra_desktop.domain.records import replace
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.chat.welcome import Welcome
from beatra_desktop.ui.labels import Text

SANDBOX, BEATRA = BUILT_IN
CUSTOM = replace(
    BEATRA, id=ProfileId("c"), kind=ProfileKind.CUSTOM, base_url="https://music.example:8443/v1"
)
READY = Connection(phase=ConnectionPhase.READY)


@pytest.fixture
def welcome(qtbot: QtBot) -> Welcome:
    made = Welcome()
    qtbot.addWidget(made)
    made.resize(640, 600)
    made.show_profile(SANDBOX, READY)
    made.show()
    qtbot.waitExposed(made)
    return made


def _words(welcome: Welcome) -> list[str]:
    return [label.text() for label in welcome.findChildren(Text)]


def _buttons(welcome: Welcome) -> list[Button]:
    return [button for button in welcome.findChildren(Button) if button.isVisible()]


def test_the_sandbox_offers_three_ways_to_begin_and_one_to_go_live(
    welcome: Welcome, qtbot: QtBot
) -> None:
    ask, song, files, account = _buttons(welcome)
    assert "nothing costs anything" in _words(welcome)[1]
    with qtbot.waitSignal(welcome.prompt_chosen) as told:
        QTest.mouseClick(ask, Qt.MouseButton.LeftButton)
    assert told.args == ["What can I do with beatra today, and what is still in preview?"]
    for button, signal in (
        (song, welcome.music_requested),
        (files, welcome.files_requested),
        (account, welcome.account_requested),
    ):
        with qtbot.waitSignal(signal):
            QTest.keyClick(button, Qt.Key.Key_Space)
    assert account.text() == "Connect your beatra account"


@pytest.mark.parametrize(
    ("phase", "line"),
    [
        (ConnectionPhase.NEEDS_KEY, "Enter your API key"),
        (ConnectionPhase.BAD_KEY, "Check your API key"),
        (ConnectionPhase.READY, None),
        (ConnectionPhase.CHECKING, None),
        (ConnectionPhase.UNREACHABLE, None),
    ],
)
def test_elsewhere_the_account_is_spoken_of_only_where_that_helps(
    welcome: Welcome, phase: ConnectionPhase, line: str | None
) -> None:
    welcome.show_profile(BEATRA, Connection(phase=phase))
    assert "Messages go to api.beatra.ai." in _words(welcome)
    assert [button.text() for button in _buttons(welcome)[3:]] == ([line] if line else [])
    assert all(button.accessibleName() == button.text() for button in _buttons(welcome))


def test_the_address_is_said_with_its_port(welcome: Welcome) -> None:
    welcome.show_profile(CUSTOM, READY)
    assert "Messages go to music.example:8443." in _words(welcome)


def test_a_long_address_makes_nothing_wider(welcome: Welcome) -> None:
    welcome.show_profile(
        replace(CUSTOM, base_url=f"https://{'a' * 60}.{'b' * 60}.example/v1"), READY
    )
    welcome.resize(420, 600)
    QApplication.processEvents()
    page = welcome.widget()
    assert page is not None
    assert page.minimumSizeHint().width() <= welcome.viewport().width()


def test_large_text_scrolls_and_makes_no_window_higher(welcome: Welcome) -> None:
    theme.set_zoom_percent(200)
    welcome.resize(640, 200)
    page = welcome.widget()
    assert page is not None
    assert welcome.height() == 200
    assert page.height() > welcome.viewport().height()

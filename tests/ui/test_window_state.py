"""Whether the window fits the screen; what it remembers is told by the tests of the window."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.window_state import FRAME, _has_room


@pytest.mark.parametrize(
    ("more", "has_room"),
    [(QSize(0, 0), True), (QSize(1, 0), False), (QSize(0, 1), False), (QSize(-9, -9), True)],
)
def test_a_window_has_room_together_with_its_frame(
    more: QSize, has_room: bool, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(window.screen().availableSize() - FRAME + more)
    assert _has_room(window) is has_room

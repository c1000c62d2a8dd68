from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.undo_line import UndoLine


def test_what_was_done_is_taken_back_once(qtbot: QtBot) -> None:
    line = UndoLine()
    qtbot.addWidget(line)
    assert line.isHidden()
    undone: list[str] = []
    line.offer("A is deleted.", lambda: undone.append("a"))
    line.offer("B is deleted.", lambda: undone.append("b"))
    assert line.words == "B is deleted."
    assert line.accessibleName() == "B is deleted."
    QTest.mouseClick(line.button, Qt.MouseButton.LeftButton)
    line.button.click()
    assert undone == ["b"]
    assert line.isHidden()


def test_what_was_dismissed_is_not_taken_back(qtbot: QtBot) -> None:
    line = UndoLine()
    qtbot.addWidget(line)
    undone: list[str] = []
    line.offer("A is deleted.", lambda: undone.append("a"))
    line.clear()
    line.button.click()
    assert undone == []


def test_a_line_can_go_by_itself(qtbot: QtBot) -> None:
    line = UndoLine(stays_ms=1)
    qtbot.addWidget(line)
    line.offer("A is deleted.", lambda: None)
    qtbot.waitUntil(line.isHidden)
    assert line.words == ""

"""The window that says why the app does not start."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.startup_problem import StartupProblem

RECOVER = "Save what can be read and start"


@pytest.fixture
def decisions() -> list[bool]:
    return []


def _shown(qtbot: QtBot, decisions: list[bool], *, can_recover: bool) -> StartupProblem:
    problem = StartupProblem("The file <b>beatra.db</b> is damaged.", can_recover=can_recover)
    qtbot.addWidget(problem)
    problem.decided.connect(decisions.append)
    problem.open()
    qtbot.waitExposed(problem)
    return problem


def _button(problem: StartupProblem, text: str) -> QPushButton:
    [found] = [b for b in problem.findChildren(QPushButton) if b.text() == text]
    return found


@pytest.mark.parametrize(("text", "decision"), [(RECOVER, True), ("Quit", False)])
def test_a_button_decides_once(
    qtbot: QtBot, decisions: list[bool], text: str, decision: bool
) -> None:
    problem = _shown(qtbot, decisions, can_recover=True)
    QTest.mouseClick(_button(problem, text), Qt.MouseButton.LeftButton)
    assert decisions == [decision]
    problem.close()
    problem.done(0)
    assert decisions == [decision]


@pytest.mark.parametrize(
    ("key", "decision"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)]
)
def test_the_keyboard_decides_too(
    qtbot: QtBot, decisions: list[bool], key: Qt.Key, decision: bool
) -> None:
    problem = _shown(qtbot, decisions, can_recover=True)
    QTest.keyClick(problem, key)
    assert decisions == [decision]


def test_closing_the_window_is_quitting(qtbot: QtBot, decisions: list[bool]) -> None:
    _shown(qtbot, decisions, can_recover=True).close()
    assert decisions == [False]


def test_what_can_not_be_recovered_offers_nothing_else(qtbot: QtBot, decisions: list[bool]) -> None:
    problem = _shown(qtbot, decisions, can_recover=False)
    assert [b.text() for b in problem.findChildren(QPushButton)] == ["Quit"]
    QTest.keyClick(problem, Qt.Key.Key_Return)
    assert decisions == [False]


def test_the_sentence_is_shown_as_it_is_and_can_be_copied(
    qtbot: QtBot, decisions: list[bool]
) -> None:
    problem = _shown(qtbot, decisions, can_recover=False)
    assert problem.text() == "The file <b>beatra.db</b> is damaged."
    assert problem.textFormat() is Qt.TextFormat.PlainText
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    assert problem.textInteractionFlags() & selectable

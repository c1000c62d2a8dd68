"""The window that says why the app does not start."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.ui.startup_problem import MendingProgress, StartupProblem, WayOut

MENDING = (WayOut.RECOVER, WayOut.RESTORE)


@pytest.fixture
def decisions() -> list[WayOut]:
    return []


def _shown(
    qtbot: QtBot,
    decisions: list[WayOut],
    *ways: WayOut,
    copy_made_at: datetime | None = None,
) -> StartupProblem:
    sentence = "The file <b>beatra.db</b> is damaged."
    problem = StartupProblem(sentence, ways=ways, copy_made_at=copy_made_at)
    qtbot.addWidget(problem)
    problem.decided.connect(decisions.append)
    problem.open()
    qtbot.waitExposed(problem)
    return problem


def _button(problem: StartupProblem, text: str) -> QPushButton:
    [found] = [b for b in problem.findChildren(QPushButton) if b.text().startswith(text)]
    return found


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Save what can be read", WayOut.RECOVER),
        ("Go back to the copy of ", WayOut.RESTORE),
        ("Quit", WayOut.QUIT),
    ],
)
def test_a_button_decides_once(
    qtbot: QtBot, decisions: list[WayOut], text: str, decision: WayOut
) -> None:
    problem = _shown(qtbot, decisions, *MENDING, copy_made_at=utc_now())
    QTest.mouseClick(_button(problem, text), Qt.MouseButton.LeftButton)
    assert decisions == [decision]
    problem.close()
    problem.done(0)
    assert decisions == [decision]


@pytest.mark.parametrize(
    ("key", "decision"), [(Qt.Key.Key_Return, WayOut.RECOVER), (Qt.Key.Key_Escape, WayOut.QUIT)]
)
def test_the_keyboard_decides_too(
    qtbot: QtBot, decisions: list[WayOut], key: Qt.Key, decision: WayOut
) -> None:
    problem = _shown(qtbot, decisions, *MENDING, copy_made_at=utc_now())
    QTest.keyClick(problem, key)
    assert decisions == [decision]


def test_closing_the_window_is_quitting(qtbot: QtBot, decisions: list[WayOut]) -> None:
    _shown(qtbot, decisions, WayOut.RECOVER).close()
    assert decisions == [WayOut.QUIT]


def test_where_nothing_helps_there_is_only_quitting(qtbot: QtBot, decisions: list[WayOut]) -> None:
    problem = _shown(qtbot, decisions)
    assert [b.text() for b in problem.findChildren(QPushButton)] == ["Quit"]
    assert problem.informativeText() == ""
    QTest.keyClick(problem, Qt.Key.Key_Return)
    assert decisions == [WayOut.QUIT]


def test_what_may_pass_can_be_tried_again(qtbot: QtBot, decisions: list[WayOut]) -> None:
    problem = _shown(qtbot, decisions, WayOut.TRY_AGAIN)
    QTest.keyClick(problem, Qt.Key.Key_Return)
    assert decisions == [WayOut.TRY_AGAIN]


def test_it_says_of_when_the_copy_is(qtbot: QtBot, decisions: list[WayOut]) -> None:
    yesterday = utc_now() - timedelta(days=1)
    problem = _shown(qtbot, decisions, *MENDING, copy_made_at=yesterday)
    assert "yesterday" in _button(problem, "Go back to the copy of ").text()
    assert "yesterday" in problem.informativeText()


def test_without_a_copy_it_says_so(qtbot: QtBot, decisions: list[WayOut]) -> None:
    problem = _shown(qtbot, decisions, WayOut.RECOVER)
    assert "no copy" in problem.informativeText()


def test_the_sentence_is_shown_as_it_is_and_can_be_copied(
    qtbot: QtBot, decisions: list[WayOut]
) -> None:
    problem = _shown(qtbot, decisions)
    assert problem.text() == "The file <b>beatra.db</b> is damaged."
    assert problem.textFormat() is Qt.TextFormat.PlainText
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    assert problem.textInteractionFlags() & selectable


def test_mending_can_be_seen_and_not_broken_off(qtbot: QtBot) -> None:
    progress = MendingProgress()
    qtbot.addWidget(progress)
    progress.show()
    assert progress.isVisible()
    assert progress.findChildren(QPushButton) == []

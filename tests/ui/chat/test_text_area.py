"""The text area: what Enter means, input methods, growth, pasting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.ui import theme
from beatra_desktop.ui.chat.text_area import MAX_LINES, TextArea

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def area(qtbot: QtBot) -> Iterator[TextArea]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = TextArea("Message", placeholder="Write a message")
    column = QVBoxLayout(holder)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    column.addStretch(1)
    holder.resize(400, 600)
    holder.show()
    qtbot.waitExposed(holder)
    made.setFocus()
    yield made
    holder.close()


@pytest.fixture
def sent(area: TextArea) -> list[str]:
    """The text at each `submitted`."""
    found: list[str] = []
    area.submitted.connect(lambda: found.append(area.toPlainText()))
    return found


def _compose(area: TextArea, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(area, event)


@pytest.mark.parametrize(
    ("enter_sends", "modifiers", "is_sent"),
    [
        (True, NONE, True),
        (True, KEYPAD, True),
        (True, SHIFT, False),
        (True, CONTROL, True),
        (False, NONE, False),
        (False, SHIFT, False),
        (False, CONTROL, True),
    ],
)
def test_what_enter_does(
    area: TextArea,
    sent: list[str],
    enter_sends: bool,
    modifiers: Qt.KeyboardModifier,
    is_sent: bool,
) -> None:
    area.enter_sends = enter_sends
    QTest.keyClicks(area, "Rain")
    QTest.keyClick(area, Qt.Key.Key_Enter if modifiers == KEYPAD else Qt.Key.Key_Return, modifiers)
    assert sent == (["Rain"] if is_sent else [])
    assert area.toPlainText() == ("Rain" if is_sent else "Rain\n")


def test_enter_while_an_input_method_composes_sends_nothing(
    area: TextArea, sent: list[str]
) -> None:
    _compose(area, "にほn")
    QTest.keyClick(area, Qt.Key.Key_Return)
    QTest.keyClick(area, Qt.Key.Key_Return, CONTROL)
    assert sent == []
    _compose(area, "", commit="日本")
    QTest.keyClick(area, Qt.Key.Key_Return)
    assert sent == ["日本"]


def test_a_composition_that_was_taken_away_does_not_keep_enter_from_sending(
    area: TextArea, sent: list[str]
) -> None:
    _compose(area, "にほn")
    area.setPlainText("another draft")
    QTest.keyClick(area, Qt.Key.Key_Return)
    assert sent == ["another draft"]


def test_escape_is_told_but_not_while_composing(area: TextArea, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(area.escaped):
        _compose(area, "か")
        QTest.keyClick(area, Qt.Key.Key_Escape)
    _compose(area, "")
    with qtbot.waitSignal(area.escaped):
        QTest.keyClick(area, Qt.Key.Key_Escape)


def test_it_grows_to_ten_lines_and_scrolls_then(area: TextArea) -> None:
    line = area.fontMetrics().lineSpacing()
    heights = []
    for number in range(1, MAX_LINES + 3):
        heights.append(area.height() // line)
        assert area.verticalScrollBar().isVisible() == (number > MAX_LINES)
        assert (area.verticalScrollBar().value() > 0) == (number > MAX_LINES)
        QTest.keyClick(area, Qt.Key.Key_Return, SHIFT)
        QTest.keyClicks(area, "la")
    assert heights == [*range(1, MAX_LINES + 1), MAX_LINES, MAX_LINES]
    area.setPlainText("")
    assert area.height() // line == 1
    assert not area.verticalScrollBar().isVisible()


def test_wrapped_lines_count_and_nothing_scrolls_sideways(area: TextArea) -> None:
    line = area.fontMetrics().lineSpacing()
    area.setPlainText("x" * 600)
    QApplication.processEvents()
    assert area.height() // line > 1
    assert not area.horizontalScrollBar().isVisible()
    narrow = area.height()
    area.window().resize(1200, 600)
    QApplication.processEvents()
    assert area.height() < narrow


def test_it_grows_with_the_size_of_the_text(area: TextArea) -> None:
    before = area.height()
    theme.set_zoom_percent(200)
    QApplication.processEvents()
    assert area.height() > 1.5 * before


def test_pasted_text_is_plain(area: TextArea) -> None:
    data = QMimeData()
    data.setHtml("<b>warm</b> rain")
    data.setText("warm rain")
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(area, Qt.Key.Key_V, CONTROL)
    QGuiApplication.clipboard().clear()
    assert area.toPlainText() == "warm rain"


def test_pasted_files_are_told_and_not_written_as_text(
    area: TextArea, tmp_path: Path, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a song.mp3"))])
    data.setText("file:///a%20song.mp3")
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(area.files_pasted) as told:
        QTest.keyClick(area, Qt.Key.Key_V, CONTROL)
    QGuiApplication.clipboard().clear()
    assert told.args == [[tmp_path / "a song.mp3"]]
    assert area.toPlainText() == ""


def test_a_web_address_is_text(area: TextArea) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://beatra.ai/x")])
    data.setText("https://beatra.ai/x")
    assert area.canInsertFromMimeData(data)
    area.insertFromMimeData(data)
    assert area.toPlainText() == "https://beatra.ai/x"


def test_files_dropped_on_it_are_told(area: TextArea, tmp_path: Path, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "notes.txt"))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    centre = area.viewport().rect().center()
    enter = QDragEnterEvent(centre, copy, data, left, NONE)
    QApplication.sendEvent(area.viewport(), enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(area.files_pasted) as told:
        QApplication.sendEvent(area.viewport(), QDropEvent(QPointF(centre), copy, data, left, NONE))
    assert told.args == [[tmp_path / "notes.txt"]]


def test_tab_leaves_it_and_words_are_found_behind_blank_lines(area: TextArea) -> None:
    QTest.keyClick(area, Qt.Key.Key_Tab)
    assert (area.toPlainText(), area.hasFocus()) == ("", False)
    for text, has_words in (("", False), (" \n\t\n", False), ("\n \n a", True)):
        area.setPlainText(text)
        assert area.has_words is has_words


def test_a_key_without_a_letter_of_ours_changes_nothing(area: TextArea, sent: list[str]) -> None:
    press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_unknown, NONE, "")
    QApplication.sendEvent(area, press)
    assert (area.toPlainText(), sent) == ("", [])

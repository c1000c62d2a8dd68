"""The text area: what Enter means, input methods, growth, pasting."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QTextCharFormat,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beatra_desktop.ui import theme
from beatra_desktop.ui.chat.text_area import (
    MAX_LINES,
    TextArea,
)

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


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


def test_nothing_is_sent_or_recalled_by_the_first_composition_of_all(
    area: TextArea, sent: list[str], qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(area.recall_requested):
        _compose(area, " ")
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Up):
            QTest.keyClick(area, key)
    assert (sent, area.has_words) == ([], False)


def test_the_placeholder_makes_room_for_what_is_composed(area: TextArea) -> None:
    shown = []
    for preedit in ("", "か", ""):
        _compose(area, preedit)
        shown.append(area.placeholderText())
    assert shown == ["Write a message", "", "Write a message"]
    _compose(area, "か")
    area.setPlainText("")
    assert area.placeholderText() == "Write a message"


def test_it_grows_with_what_is_being_composed(area: TextArea) -> None:
    before = area.height()
    _compose(area, "にほんご" * 30)
    assert area.height() > before
    _compose(area, "")
    assert area.height() == before


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


def test_up_recalls_only_from_an_empty_area_and_without_modifiers(
    area: TextArea, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(area.recall_requested):
        QTest.keyClick(area, Qt.Key.Key_Up, SHIFT)
        QTest.keyClicks(area, " ")
        QTest.keyClick(area, Qt.Key.Key_Up)
    QTest.keyClick(area, Qt.Key.Key_Backspace)
    for modifiers in (NONE, KEYPAD):
        with qtbot.waitSignal(area.recall_requested):
            QTest.keyClick(area, Qt.Key.Key_Up, modifiers)


def test_escape_is_not_left_to_the_shortcuts_of_a_menu(area: TextArea, qtbot: QtBot) -> None:
    action = area.window().addAction("Stop")
    action.setShortcut("Esc")
    qtbot.waitActive(area.window())
    with qtbot.assertNotEmitted(action.triggered), qtbot.waitSignal(area.escaped):
        QTest.keyClick(area, Qt.Key.Key_Escape)


def test_less_room_means_fewer_lines(area: TextArea) -> None:
    line = area.fontMetrics().lineSpacing()
    area.setPlainText("la\n" * 20)
    area.set_max_height(4 * line + line // 2)
    assert area.height() // line == 4
    assert area.verticalScrollBar().isVisible()
    area.set_max_height(0)
    assert area.height() // line == 1
    area.set_max_height(1000 * line)
    assert area.height() // line == MAX_LINES


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


def test_lines_in_a_higher_font_are_shown_whole(area: TextArea) -> None:
    high = QTextCharFormat()
    high.setFontPointSize(24)
    cursor = area.textCursor()
    area.setPlainText("plain\n")
    low = area.height()
    cursor.movePosition(cursor.MoveOperation.End)
    cursor.insertText("high", high)
    assert area.height() > low
    assert area.verticalScrollBar().maximum() == 0


def test_it_grows_with_the_size_of_the_text(area: TextArea) -> None:
    before = area.height()
    theme.set_zoom_percent(200)
    QApplication.processEvents()
    assert area.height() > 1.5 * before


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

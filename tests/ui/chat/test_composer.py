"""The composer: sending, stopping, counting, and what the keyboard reaches."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.chat.composer import COUNTED_FROM_CHARACTERS, Composer
from beatra_desktop.ui.format import count
from beatra_desktop.ui.labels import Text

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def composer(qtbot: QtBot) -> Iterator[Composer]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = Composer()
    column = QVBoxLayout(holder)
    column.addStretch(1)
    column.addWidget(made)
    holder.resize(640, 400)
    holder.show()
    holder.activateWindow()
    qtbot.waitActive(holder)
    yield made
    holder.close()


@pytest.fixture
def sent(composer: Composer) -> list[str]:
    found: list[str] = []
    composer.submitted.connect(found.append)
    return found


@pytest.fixture
def stops(composer: Composer) -> list[str]:
    found: list[str] = []
    composer.stop_requested.connect(lambda: found.append("stop"))
    return found


def _button(composer: Composer, name: str) -> Button:
    [found] = [b for b in composer.findChildren(Button) if b.accessibleName() == name]
    return found


def test_enter_and_the_button_send_and_leave_the_text_to_the_owner(
    composer: Composer, sent: list[str]
) -> None:
    send = _button(composer, "Send message")
    assert not send.isEnabled()
    QTest.keyClicks(composer.text_area, "Rain?")
    assert send.isEnabled()
    QTest.keyClick(composer.text_area, Qt.Key.Key_Return)
    QTest.mouseClick(send, LEFT)
    assert sent == ["Rain?", "Rain?"]
    assert composer.text == "Rain?"


def test_blanks_are_no_message(composer: Composer, sent: list[str]) -> None:
    composer.set_text(" \n\t ")
    QTest.keyClick(composer.text_area, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent == []
    assert not _button(composer, "Send message").isEnabled()


def test_while_an_answer_comes_the_button_stops_and_enter_keeps_the_text(
    composer: Composer, sent: list[str], stops: list[str]
) -> None:
    composer.set_text("and snow?")
    composer.set_answering(answering=True)
    QTest.keyClick(composer.text_area, Qt.Key.Key_Return)
    assert (sent, composer.text) == ([], "and snow?")
    stop = _button(composer, "Stop the answer")
    assert stop.text() == "Stop"
    QTest.mouseClick(stop, LEFT)
    QTest.keyClick(composer.text_area, Qt.Key.Key_Escape)
    assert stops == ["stop", "stop"]
    composer.set_answering(answering=False)
    assert _button(composer, "Send message").isEnabled()


def test_stop_can_be_pressed_with_nothing_written(composer: Composer, stops: list[str]) -> None:
    composer.set_answering(answering=True)
    QTest.keyClick(_button(composer, "Stop the answer"), Qt.Key.Key_Space)
    assert stops == ["stop"]


def test_a_double_click_on_send_does_not_stop_the_answer(
    composer: Composer, sent: list[str], stops: list[str]
) -> None:
    composer.submitted.connect(lambda _: composer.set_answering(answering=True))
    composer.set_text("Rain?")
    send = _button(composer, "Send message")
    QTest.mouseClick(send, LEFT)
    QTest.mouseDClick(send, LEFT)  # the second press only
    QTest.mouseRelease(send, LEFT)
    assert (sent, stops) == (["Rain?"], [])


def test_the_button_says_which_keys_do_it(composer: Composer) -> None:
    send = _button(composer, "Send message")
    assert send.toolTip() == "Send message (Enter)"
    composer.set_enter_sends(enter_sends=False)
    assert send.toolTip() == "Send message (Ctrl+Enter)"
    composer.set_answering(answering=True)
    assert send.toolTip() == "Stop the answer (Esc)"


def test_only_the_user_edits(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(composer.edited):
        composer.set_text("stored")
    with qtbot.waitSignal(composer.edited):
        QTest.keyClicks(composer.text_area, "!")
    assert composer.text == "stored!"
    with qtbot.waitSignal(composer.edited):
        composer.insert(" more")
    assert composer.text == "stored! more"


def test_another_draft_can_not_be_undone_into_the_one_before(composer: Composer) -> None:
    QTest.keyClicks(composer.text_area, "secret")
    composer.set_text("other")
    QTest.keyClick(composer.text_area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert composer.text == "other"


def test_long_texts_are_counted(composer: Composer) -> None:
    [counter] = composer.findChildren(Text)
    composer.set_text("x" * (COUNTED_FROM_CHARACTERS - 1))
    assert counter.text() == ""
    composer.set_text("x" * 12_345)
    assert counter.text() == f"{count(12_345)} characters"


def test_tab_reaches_everything_and_everything_has_a_name(composer: Composer) -> None:
    composer.set_text("Rain?")
    composer.setFocus()
    names = []
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert names == ["Message", "Add files", "Model: Auto", "Send message"]


def test_a_click_beside_the_text_focuses_it(composer: Composer) -> None:
    _button(composer, "Add files").setFocus()
    QTest.mouseClick(composer, LEFT, pos=composer.rect().topLeft() + composer.rect().center() / 50)
    assert composer.text_area.hasFocus()


def test_adding_files_and_pasting_them_are_requests(composer: Composer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(composer.attach_requested):
        QTest.mouseClick(_button(composer, "Add files"), LEFT)
    with qtbot.waitSignal(composer.files_given):
        composer.text_area.files_pasted.emit([])

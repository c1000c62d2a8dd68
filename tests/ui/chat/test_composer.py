"""The composer: sending, stopping, counting, and what the keyboard reaches."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.chat import Edit
from beatra_desktop.domain.ids import MessageId
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.chat.composer import COUNTED_FROM_CHARACTERS, Composer
from beatra_desktop.ui.chat.text_area import LONG_LINES, MAX_PASTED_CHARACTERS
from beatra_desktop.ui.format import count
from beatra_desktop.ui.labels import ElidedLabel, Text
from tests.ui.chat.panes import ISOLATES

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


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
    buttons = [b for b in composer.findChildren(Button) if b.isVisible()]
    [found] = [b for b in buttons if b.accessibleName() == name]
    return found


def _words_on_buttons(composer: Composer) -> list[str]:
    """The texts of the buttons on show, without those that are icons."""
    buttons = composer.findChildren(Button)
    return [b.text() for b in buttons if b.isVisible() and b.text() and b.isEnabled()]


def _words(composer: Composer) -> str:
    """What the bars say."""
    labels = composer.findChildren(Text)
    words = " ".join(label.text() for label in labels if label.isVisible() and label.text())
    return words.translate(ISOLATES)


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


def test_while_an_answer_comes_text_is_queued_and_stop_stays_beside_it(
    composer: Composer, sent: list[str], stops: list[str]
) -> None:
    queued: list[str] = []
    composer.queued.connect(queued.append)
    composer.set_answering(answering=True)
    assert _words_on_buttons(composer) == ["Auto", "Stop"]
    QTest.keyClick(composer.text_area, Qt.Key.Key_Return)
    assert (sent, queued, stops) == ([], [], [])
    QTest.keyClicks(composer.text_area, "and snow?")
    assert _words_on_buttons(composer) == ["Auto", "Stop", "Queue"]
    QTest.keyClick(composer.text_area, Qt.Key.Key_Return)
    QTest.mouseClick(_button(composer, "Send after this answer"), LEFT)
    assert (sent, queued, composer.text) == ([], ["and snow?"] * 2, "and snow?")
    QTest.mouseClick(_button(composer, "Stop the answer"), LEFT)
    QTest.keyClick(composer.text_area, Qt.Key.Key_Escape)
    assert stops == ["stop", "stop"]
    composer.set_answering(answering=False)
    assert _words_on_buttons(composer) == ["Auto", "Send"]


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


def test_a_double_click_on_queue_does_not_stop_the_answer(
    composer: Composer, stops: list[str]
) -> None:
    composer.queued.connect(lambda _: composer.set_text(""))
    composer.set_answering(answering=True)
    composer.set_text("and snow?")
    queue = _button(composer, "Send after this answer")
    QTest.mouseClick(queue, LEFT)
    QTest.mouseDClick(queue, LEFT)
    QTest.mouseRelease(queue, LEFT)
    assert (stops, queue.text()) == ([], "Stop")


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
    composer.set_text("x" * (COUNTED_FROM_CHARACTERS - 1))
    assert _words(composer) == ""
    composer.set_text("x" * 12_345)
    assert _words(composer) == f"{count(12_345)} characters"


def test_the_counter_gives_way_to_the_buttons(composer: Composer) -> None:
    composer.set_text("x" * COUNTED_FROM_CHARACTERS)
    composer.set_answering(answering=True)
    for width, is_shown in ((640, True), (370, False), (640, True)):
        composer.window().setFixedWidth(width)
        QApplication.sendPostedEvents()
        assert ("characters" in _words(composer)) is is_shown
        for name in ("Send after this answer", "Stop the answer"):
            button = _button(composer, name)
            assert button.width() == button.sizeHint().width()
            assert composer.rect().contains(button.geometry())


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


def test_what_waits_is_shown_whole_on_demand(composer: Composer) -> None:
    bar = composer.queue_bar
    text = "<b>Then</b> the\nsecond verse " + "la " * 200
    bar.show_message(text, follows=True, can_send=False)
    assert bar.isVisible()
    assert _words(composer).startswith("Next: <b>Then</b> the second verse la la")
    assert bar.accessibleName() == f"Next: {text}"
    shown = next(label for label in bar.findChildren(ElidedLabel))
    assert "…" in shown.shown_text()
    assert "&lt;b&gt;Then&lt;/b&gt; the\nsecond" in shown.toolTip()
    assert _words_on_buttons(composer) == ["Edit", "Remove", "Auto"]
    bar.show_message(text, follows=False, can_send=True)
    assert _words(composer).startswith("Waits for you:")
    assert _words_on_buttons(composer) == ["Send now", "Edit", "Remove", "Auto"]
    bar.show_message("", follows=False, can_send=True)
    assert not bar.isVisible()


def test_a_queued_text_goes_in_front_of_what_is_typed(composer: Composer, qtbot: QtBot) -> None:
    QTest.keyClicks(composer.text_area, "second")
    with qtbot.waitSignal(composer.edited):
        composer.put_before("first")
    assert composer.text == "first\n\nsecond"
    QTest.keyClick(composer.text_area, Qt.Key.Key_Z, CONTROL)
    assert composer.text == "first\n\nsecond"
    composer.set_text(" ")
    composer.put_before("alone")
    assert composer.text == "alone"


@pytest.fixture
def versions(composer: Composer) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    composer.edit_submitted.connect(lambda *version: found.append(version))
    return found


def test_an_edit_puts_the_draft_aside_until_it_is_sent(
    composer: Composer, sent: list[str], versions: list[tuple[str, str]], qtbot: QtBot
) -> None:
    composer.set_text("my draft")
    with qtbot.waitSignal(composer.edited):
        composer.begin_edit("m1", "Rain?")
    assert "a new branch begins there, the old one stays" in _words(composer)
    assert _words_on_buttons(composer) == ["Cancel", "Auto", "Send as new version"]
    assert composer.text_area.accessibleName() == "New version of an earlier message"
    QTest.keyClicks(composer.text_area, " Snow?")
    assert composer.draft == "my draft"
    assert composer.edit == Edit(message_id=MessageId("m1"), text="Rain? Snow?")
    QTest.keyClick(composer.text_area, Qt.Key.Key_Return)
    QTest.mouseClick(_button(composer, "Send as new version"), LEFT)
    assert (sent, versions) == ([], [("m1", "Rain? Snow?")] * 2)
    composer.end_edit()
    assert (composer.text, composer.draft) == ("my draft", "my draft")
    assert _words(composer) == ""
    assert composer.text_area.accessibleName() == "Message"


def test_an_edit_can_be_sent_or_stopped_while_an_answer_comes(
    composer: Composer, versions: list[tuple[str, str]], stops: list[str]
) -> None:
    composer.set_answering(answering=True)
    composer.begin_edit("m1", "Rain?")
    assert _words_on_buttons(composer) == ["Cancel", "Auto", "Stop", "Send as new version"]
    QTest.keyClick(composer.text_area, Qt.Key.Key_Return)
    QTest.mouseClick(_button(composer, "Stop the answer"), LEFT)
    assert (versions, stops) == ([("m1", "Rain?")], ["stop"])
    QTest.keyClick(composer.text_area, Qt.Key.Key_Escape)
    assert (composer.edit, stops) == (None, ["stop"])
    QTest.keyClick(composer.text_area, Qt.Key.Key_Escape)
    assert stops == ["stop", "stop"]


def test_a_canceled_edit_can_be_gone_on_with(composer: Composer) -> None:
    composer.set_text("my draft")
    composer.begin_edit("m1", "Rain?")
    QTest.keyClick(composer.text_area, Qt.Key.Key_Escape)
    assert (composer.text, _words(composer)) == ("my draft", "")
    composer.begin_edit("m1", "Rain?")
    QTest.keyClicks(composer.text_area, " Snow?")
    for _ in "twice":
        QTest.mouseClick(_button(composer, "Cancel the edit"), LEFT)
        assert composer.text == "my draft"
        assert composer.text_area.hasFocus()
        QTest.mouseClick(_button(composer, "Go on editing"), LEFT)
        assert (composer.text, composer.draft) == ("Rain? Snow?", "my draft")
    composer.begin_edit("m2", "Hail?")
    assert (composer.text, composer.draft) == ("Hail?", "my draft")
    QTest.mouseClick(_button(composer, "Go on editing"), LEFT)
    assert composer.edit == Edit(message_id=MessageId("m1"), text="Rain? Snow?")


def test_escape_cancels_an_edit_from_its_buttons_too(composer: Composer) -> None:
    composer.begin_edit("m1", "Rain?")
    QTest.keyClick(_button(composer, "Send as new version"), Qt.Key.Key_Escape)
    assert composer.edit is None


def test_editing_the_same_message_again_keeps_what_is_written(composer: Composer) -> None:
    composer.begin_edit("m1", "Rain?")
    QTest.keyClicks(composer.text_area, " Snow?")
    composer.begin_edit("m1", "Rain?")
    assert composer.text == "Rain? Snow?"


def test_up_recalls_from_an_empty_composer_but_not_out_of_an_edit(
    composer: Composer, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(composer.recall_requested):
        QTest.keyClick(composer.text_area, Qt.Key.Key_Up)
    composer.begin_edit("m1", "")
    with qtbot.assertNotEmitted(composer.recall_requested):
        QTest.keyClick(composer.text_area, Qt.Key.Key_Up)


def test_another_conversation_brings_its_own_edit(composer: Composer, qtbot: QtBot) -> None:
    composer.begin_edit("m1", "Rain?")
    with qtbot.assertNotEmitted(composer.edited):
        composer.load("other draft")
        assert composer.text == "other draft"
        assert composer.edit is None
        composer.load("my draft", Edit(message_id=MessageId("m1"), text="Rai"))
    assert (composer.text, composer.draft) == ("Rai", "my draft")
    QTest.keyClick(composer.text_area, Qt.Key.Key_Z, CONTROL)
    assert composer.text == "Rai"


def test_a_long_paste_can_become_a_block(composer: Composer) -> None:
    long = "la ```\n" * LONG_LINES
    QTest.keyClicks(composer.text_area, "See ")
    composer.text_area.insertFromMimeData(_text(long))
    assert f"You pasted {count(len(long))} characters" in _words(composer)
    assert composer.hint is None  # it means nothing beside another text
    QTest.mouseClick(_button(composer, "Insert as text file block"), LEFT)
    assert composer.text == f"See pasted.txt\n````\n{long.rstrip()}\n````\n"
    assert "You pasted" not in _words(composer)
    QTest.keyClick(composer.text_area, Qt.Key.Key_Z, CONTROL)
    assert composer.text == f"See {long}"
    QTest.keyClick(composer.text_area, Qt.Key.Key_Z, CONTROL)
    assert composer.text == "See "


def test_the_offer_goes_with_what_was_pasted(composer: Composer) -> None:
    for leave in (composer.text_area.undo, lambda: composer.set_text("other")):
        composer.text_area.insertFromMimeData(_text("la\n" * LONG_LINES))
        assert "You pasted" in _words(composer)
        leave()
        assert "You pasted" not in _words(composer)


def test_a_paste_beyond_all_measure_is_explained(composer: Composer) -> None:
    composer.text_area.insertFromMimeData(_text("x" * (MAX_PASTED_CHARACTERS + 1)))
    assert composer.text == ""
    assert "more than fit into a message" in _words(composer)
    QTest.mouseClick(_button(composer, "Close the hint"), LEFT)
    assert (_words(composer), composer.hint) == ("", None)


def _text(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data

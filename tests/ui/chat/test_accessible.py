"""The transcript through the interfaces a screen reader asks."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from shiboken6 import isValid

from beatra_desktop.domain.chat import Message, MessageStatus, Role
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.access.messages import DESCRIBED_CHARACTERS
from beatra_desktop.ui.chat.transcript import Transcript
from beatra_desktop.ui.error_text import describe

MakeMessage = Any
DESCRIPTION = QAccessible.Text.Description
RICH = "Some **bold** words and [a place](https://a.b/c).\n\n```py\nx = 1\n```\n\n- one\n- two"


@pytest.fixture
def small(reader: Callable[[int, int], Any]) -> Any:
    return reader(640, 400)


def seen(transcript: Transcript) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(transcript)


def children(parent: QAccessibleInterface) -> list[QAccessibleInterface]:
    return [parent.child(index) for index in range(parent.childCount())]


def names(parent: QAccessibleInterface) -> list[str]:
    return [name_of(child) for child in children(parent)]


def name_of(part: QAccessibleInterface) -> str:
    return part.text(QAccessible.Text.Name)


def test_each_message_says_who_spoke_when_and_what(small: Any, message: MakeMessage) -> None:
    asked = message("One\ntwo", Role.USER)
    cut = message(RICH, model="m-1", model_asked="m-1", status=MessageStatus.INCOMPLETE)
    small.show(asked, cut)
    conversation = seen(small.transcript)
    first, second = children(conversation)
    assert [name_of(first), name_of(second)] == ["You, 12:01", "Answer of m-1, incomplete, 12:02"]
    assert first.text(DESCRIPTION) == "One\ntwo"
    assert second.text(DESCRIPTION).endswith("Cut off before its end; kept as it is.")
    read = second.textInterface()
    whole = read.text(0, read.characterCount())
    assert whole.splitlines()[0] == "Some bold words and a place."
    assert "x = 1" in whole
    assert "\ufffc" not in whole
    assert second.role() is QAccessible.Role.ListItem
    assert second.parent() is conversation
    assert conversation.indexOfChild(second) == 1


def test_what_can_be_pressed_is_in_reading_order_and_can_be(
    small: Any, message: MakeMessage
) -> None:
    small.show(message(RICH))
    [part] = children(seen(small.transcript))
    assert names(part) == ["a place", "Copy the code", "Copy", "Regenerate", "Details"]
    link, code, *_ = children(part)
    assert link.role() is QAccessible.Role.Link
    assert link.text(DESCRIPTION) == "Link to https://a.b/c"
    assert small.transcript.rect().contains(code.rect().translated(-small.transcript.pos()))
    with small.qtbot.waitSignal(small.transcript.link_activated) as told:
        link.actionInterface().doAction("Press")
    assert told.args == ["https://a.b/c"]


def test_only_messages_on_screen_are_there_and_others_let_go(
    small: Any, message: MakeMessage
) -> None:
    talk = message.exchanges(30)
    small.show(*talk)
    conversation = seen(small.transcript)
    before = children(conversation)
    assert 0 < len(before) < 10
    assert all(part.isValid() for part in before)
    small.transcript.scroll_to_start()
    small.settle()
    after = children(conversation)
    assert name_of(after[0]) == "You, 12:01"
    assert not any(isValid(part) for part in before)
    assert all(part.rect().height() > 0 for part in after)


def test_the_keyboards_way_is_heard(small: Any, message: MakeMessage, heard: list[str]) -> None:
    first, second = message("One [a](https://a.b)", Role.ASSISTANT), message("Two", Role.USER)
    small.show(first, second)
    conversation = seen(small.transcript)
    small.transcript.activateWindow()
    small.transcript.setFocus()
    QTest.keyClick(small.transcript, Qt.Key.Key_J)
    QTest.keyClick(small.transcript, Qt.Key.Key_Tab)
    QTest.keyClick(small.transcript, Qt.Key.Key_Tab)
    assert heard == ["Answer, 12:01", "a", "Copy"]
    assert name_of(conversation.focusChild()) == "Copy"
    focused = conversation.focusChild()
    assert focused.state().focused
    QTest.keyClick(small.transcript, Qt.Key.Key_J)
    assert heard[-1] == "You, 12:02"
    assert not focused.state().focused


def test_another_meta_object_makes_another_interface_and_nothing_is_told_twice(
    small: Any, message: MakeMessage, heard: list[str]
) -> None:
    first = message("One")
    small.show(first)
    before = seen(small.transcript)
    small.transcript.drawn.connect(small.transcript.scroll_to_end)  # a new slot for PySide
    small.transcript.drawn.disconnect(small.transcript.scroll_to_end)
    after = seen(small.transcript)
    small.transcript.activateWindow()
    small.transcript.setFocus()
    QTest.keyClick(small.transcript, Qt.Key.Key_J)
    assert heard == ["Answer, 12:01"]
    assert children(after) == children(before)
    assert children(after)[0].parent() is after


def test_the_one_in_focus_stays_when_it_is_scrolled_away(small: Any, message: MakeMessage) -> None:
    talk = message.exchanges(30)
    small.show(*talk)
    conversation = seen(small.transcript)
    part = children(conversation)[-1]
    part.actionInterface().doAction("SetFocus")
    small.qtbot.waitUntil(lambda: small.transcript.focused_id == talk[-1].id)
    small.transcript.scroll_to_start()
    small.transcript.focus_message(talk[-1].id, is_by_keyboard=False)
    small.settle()
    assert children(conversation)[-1] is part
    assert part.state().offscreen


def test_a_long_message_is_described_in_part_and_read_whole(
    small: Any, message: MakeMessage
) -> None:
    small.show(message("word " * DESCRIBED_CHARACTERS))
    [part] = children(seen(small.transcript))
    assert len(part.text(DESCRIPTION)) <= DESCRIBED_CHARACTERS
    assert part.textInterface().characterCount() > 4 * DESCRIBED_CHARACTERS


def test_a_changed_state_is_told(
    small: Any, message: MakeMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = message("text", status=MessageStatus.STREAMING)
    records = small.show(answer)
    [part] = children(seen(small.transcript))
    assert name_of(part) == "Answer, being written"
    told: list[tuple[str, QAccessible.Event]] = []
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: told.append((name_of(event.accessibleInterface()), event.type())),
    )
    records.replace(replace(answer, text="text and more"))
    small.settle()
    assert told == []
    records.replace(replace(answer, text="text", status=MessageStatus.COMPLETE))
    small.settle()
    assert told[0] == ("Answer, 12:01", QAccessible.Event.NameChanged)


def test_nothing_is_asked_of_a_transcript_that_is_gone(qapp: Any, message: MakeMessage) -> None:
    transcript = Transcript(describe=describe)
    transcript.resize(640, 400)
    transcript.show()
    shown: list[Message] = message.exchanges(3)
    transcript.show_messages(Records(shown))
    conversation = seen(transcript)
    parts = children(conversation)
    inner = children(parts[-1])
    transcript.deleteLater()
    QCoreApplication.sendPostedEvents(transcript, QEvent.Type.DeferredDelete)
    assert not any(isValid(part) for part in (*parts, *inner, conversation))

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from beatra_desktop.domain.chat import Message, MessageStatus, Role, Usage
from beatra_desktop.domain.choices import Appearance
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Wait
from beatra_desktop.ui import theme
from beatra_desktop.ui.chat.actions import Action
from beatra_desktop.ui.chat.background import BackgroundCache
from beatra_desktop.ui.chat.message_layout import Button

MakeReader = Callable[[int, int], Any]
MakeMessage = Any
LONG = "\n\n".join(f"Paragraph {n} of a long answer, with some words." for n in range(60))


@pytest.fixture
def small(reader: MakeReader) -> Any:
    return reader(640, 400)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_a_conversation_opens_at_its_end(small: Any, message: MakeMessage) -> None:
    talk = message.exchanges(50)
    small.show(*talk)
    assert small.is_at_end
    assert small.top_of(talk[-1]) is not None
    assert small.top_of(talk[0]) is None


def test_only_what_is_seen_is_rendered(small: Any, message: MakeMessage) -> None:
    small.show(*message.exchanges(2_000))
    assert len(list(small.transcript._stage)) < 30


def test_growing_text_is_followed_at_the_end(small: Any, message: MakeMessage) -> None:
    answer = message("", status=MessageStatus.STREAMING)
    records = small.show(*message.exchanges(5), answer)
    for end in range(0, len(LONG), 97):
        records.replace(replace(answer, text=LONG[:end]))
        small.settle()
        assert small.is_at_end
    assert small.text(answer).endswith(LONG[:end].rsplit("\n", 1)[-1].rstrip())


def test_what_is_read_does_not_move_while_text_arrives(small: Any, message: MakeMessage) -> None:
    talk = message.exchanges(10)
    answer = message("start", status=MessageStatus.STREAMING)
    records = small.show(*talk, answer)
    small.transcript.scroll_to(talk[3].id)
    small.settle()
    before = small.top_of(talk[4])
    records.replace(replace(answer, text=LONG))
    small.settle()
    assert small.top_of(talk[4]) == before
    pill = small.transcript._pill
    assert pill.isVisible()
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    assert small.is_at_end
    assert not pill.isVisible()


def test_messages_inserted_above_do_not_move_what_is_read(small: Any, message: MakeMessage) -> None:
    talk = message.exchanges(10)
    records = small.show(*talk)
    small.transcript.scroll_to(talk[6].id)
    small.settle()
    before = small.top_of(talk[7])
    records.insert(0, message(LONG))
    small.settle()
    assert small.top_of(talk[7]) == before
    records.remove(records[0].id)
    small.settle()
    assert small.top_of(talk[7]) == before


@pytest.mark.parametrize("change", ["resize", "zoom", "theme"])
def test_the_same_text_stays_at_the_top(small: Any, message: MakeMessage, change: str) -> None:
    answer = message(LONG)
    small.show(*message.exchanges(3), answer, *message.exchanges(3))
    small.transcript.scroll_to(answer.id)
    small.transcript.scroll_by(700)
    small.settle()
    view = small.view(answer)
    place = small.transcript._place()
    assert place is not None
    line = view.body.document.findBlock(place.position).text()
    if change == "resize":
        small.transcript.resize(420, 500)
    elif change == "zoom":
        small.transcript.zoom(1.4)
    else:
        theme.notifier().changed.emit()
    small.settle()
    after = small.transcript._place()
    assert after is not None
    shown = small.view(answer).body.document.findBlock(after.position).text()
    assert shown == line


def test_each_conversation_is_reopened_where_it_was_left(small: Any, message: MakeMessage) -> None:
    talk = message.exchanges(20)
    other = replace(message("Other"), conversation_id="other")
    records = small.show(*talk)
    small.transcript.scroll_to(talk[5].id)
    small.settle()
    before = small.top_of(talk[6])
    records.assign([other])
    small.settle()
    assert small.text(other) == "Other"
    records.assign(talk)
    small.settle()
    assert small.top_of(talk[6]) == before


def test_scrolling_up_through_everything_and_back(small: Any, message: MakeMessage) -> None:
    talk = message.exchanges(30, answer=LONG[:900])
    small.show(*talk)
    for _ in range(2_000):
        if small.top_of(talk[0]) == 0:
            break
        small.transcript.scroll_by(-150)
    assert small.transcript.verticalScrollBar().value() == 0
    small.transcript.scroll_to_end()
    assert small.is_at_end


def test_removing_and_emptying(small: Any, message: MakeMessage) -> None:
    talk = message.exchanges(5)
    records = small.show(*talk)
    for each in talk:
        records.remove(each.id)
        small.settle()
    assert small.transcript.view_at(QPoint(5, 5)) is None
    small.transcript.grab()


STATES = [
    (MessageStatus.SENDING, "", {}, []),
    (MessageStatus.STREAMING, "text", {}, []),
    (MessageStatus.UNKNOWN, "", {}, [Action.RETRY, Action.DETAILS]),
    (MessageStatus.COMPLETE, "text", {"finish_reason": "stop"}, []),
    (MessageStatus.COMPLETE, "text", {"finish_reason": "length"}, [Action.CONTINUE]),
    (MessageStatus.COMPLETE, "text", {"finish_reason": "content_filter"}, []),
    (
        MessageStatus.INCOMPLETE,
        "text",
        {"failure": Failure(code=FailureCode.INCOMPLETE_ANSWER)},
        [Action.CONTINUE, Action.RETRY, Action.KEEP],
    ),
    (MessageStatus.INCOMPLETE, "text", {}, []),
    (MessageStatus.STOPPED, "text", {}, [Action.CONTINUE, Action.RETRY]),
    (
        MessageStatus.FAILED,
        "",
        {"failure": Failure(code=FailureCode.OFFLINE)},
        [Action.RETRY, Action.DETAILS],
    ),
]


@pytest.mark.parametrize(("status", "text", "fields", "actions"), STATES)
def test_each_state_offers_what_can_be_done(
    small: Any,
    message: MakeMessage,
    status: MessageStatus,
    text: str,
    fields: dict[str, Any],
    actions: list[Action],
) -> None:
    shown = message(text, status=status, **fields)
    small.show(shown)
    layout = small.view(shown).layout
    assert [button.action for button in layout.buttons if button.is_in_strip] == actions
    has_note = status is not MessageStatus.STREAMING and fields != {"finish_reason": "stop"}
    assert (layout.strip is not None) == has_note
    assert not small.transcript.grab().isNull()


@pytest.mark.parametrize(
    ("action", "signal"),
    [
        (Action.CONTINUE, "continue_requested"),
        (Action.RETRY, "retry_requested"),
        (Action.KEEP, "keep_requested"),
        (Action.DETAILS, "details_requested"),
    ],
)
def test_buttons_ask_for_their_action(
    small: Any, message: MakeMessage, action: Action, signal: str
) -> None:
    failure = Failure(code=FailureCode.INCOMPLETE_ANSWER)
    shown = message("text", status=MessageStatus.INCOMPLETE, failure=failure)
    small.show(shown)
    buttons = {button.action: button for button in small.view(shown).layout.buttons}
    with small.qtbot.waitSignal(getattr(small.transcript, signal)) as asked:
        small.click(shown, buttons[action].rect.center())
    assert asked.args == [shown.id]


def test_a_wait_counts_down(small: Any, message: MakeMessage) -> None:
    until = small.moment[0] + timedelta(seconds=9)
    wait = Wait(attempt=2, of=5, until=until, reason="Busy.")
    shown = message("", status=MessageStatus.SENDING, wait=wait)
    small.show(shown)
    assert "9 s" in small.view(shown).layout.strip.strip.text
    small.moment[0] += timedelta(seconds=4)
    small.qtbot.waitUntil(lambda: "5 s" in small.view(shown).layout.strip.strip.text)


def test_the_footer_tells_tokens_and_the_header_the_model(small: Any, message: MakeMessage) -> None:
    shown = message("text", model="writer-2", usage=Usage(completion_tokens=77))
    small.show(shown)
    assert "77" in small.view(shown).layout.footer_text
    assert small.transcript._status.author(shown) == "writer-2"


def test_a_link_is_opened_by_a_click(small: Any, message: MakeMessage) -> None:
    shown = message("[the guide](https://a.b/c) and text")
    small.show(shown)
    inside = small.view(shown).layout.body + QPointF(20, 14)
    with small.qtbot.waitSignal(small.transcript.link_activated) as opened:
        small.click(shown, inside)
    assert opened.args == ["https://a.b/c"]


def test_what_belongs_to_a_message_opens_beside_it(small: Any, message: MakeMessage) -> None:
    first, second = message("One"), message("Two")
    small.show(first, second)
    small.transcript.focus_message(second.id, is_by_keyboard=True)
    place = small.transcript.viewport().mapFromGlobal(small.transcript.place_of(second.id))
    assert place == small.place(second, small.view(second).layout.body)


@pytest.mark.parametrize(("width", "has_label"), [(800, True), (330, False)])
def test_buttons_go_without_words_where_there_is_no_room(
    reader: MakeReader, message: MakeMessage, *, width: int, has_label: bool
) -> None:
    sized = reader(width, 400)
    shown = message("text", usage=Usage(completion_tokens=123_456))
    sized.show(shown)
    buttons = sized.view(shown).layout.buttons
    assert {button.has_label for button in buttons} == {has_label}
    assert max(button.rect.right() for button in buttons) <= width
    QTest.mouseMove(sized.transcript.viewport(), sized.place(shown, buttons[1].rect.center()))
    assert sized.transcript.viewport().toolTip() == ("" if has_label else "Regenerate")
    with sized.qtbot.waitSignal(sized.transcript.retry_requested):
        sized.click(shown, buttons[1].rect.center())


def test_the_keyboard_reaches_messages_and_their_buttons(small: Any, message: MakeMessage) -> None:
    first, second = message("One [a](https://a.b) text"), message("Two")
    small.show(first, second)
    small.transcript.setFocus()
    QTest.keyClick(small.transcript, Qt.Key.Key_J)
    assert small.transcript.focused_id == first.id
    QTest.keyClick(small.transcript, Qt.Key.Key_Tab)
    with small.qtbot.waitSignal(small.transcript.link_activated):
        QTest.keyClick(small.transcript, Qt.Key.Key_Return)
    QTest.keyClick(small.transcript, Qt.Key.Key_Tab)
    target = small.transcript._keyboard.target
    assert isinstance(target, Button)
    QTest.keyClick(small.transcript, Qt.Key.Key_Return)
    assert clipboard() == first.text
    QTest.keyClick(small.transcript, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(small.transcript, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == first.text
    QTest.keyClick(small.transcript, Qt.Key.Key_J)
    assert small.transcript.focused_id == second.id


TALL = "\n\n".join(f"- {n}" for n in range(120))
"""Far taller than its length lets one guess."""


def test_home_and_end_reach_both_ends_of_rows_never_measured(
    small: Any, message: MakeMessage
) -> None:
    first = message("The first words", Role.USER)
    small.show(first, message(TALL), message(TALL[:90]))
    QTest.keyClick(small.transcript, Qt.Key.Key_Home)
    assert small.top_of(first) == 0
    QTest.keyClick(small.transcript, Qt.Key.Key_End)
    assert small.is_at_end


def test_the_scroll_bar_reaches_both_ends_of_rows_never_measured(
    small: Any, message: MakeMessage
) -> None:
    first = message("The first words", Role.USER)
    small.show(first, message(TALL), message(TALL[:90]))
    bar = small.transcript.verticalScrollBar()
    bar.setValue(0)
    small.settle()
    assert small.top_of(first) == 0
    bar.setValue(bar.maximum())
    small.settle()
    assert small.is_at_end


def test_the_keyboard_scrolls(small: Any, message: MakeMessage) -> None:
    small.show(*message.exchanges(20))
    bar = small.transcript.verticalScrollBar()
    QTest.keyClick(small.transcript, Qt.Key.Key_Home)
    assert bar.value() == 0
    QTest.keyClick(small.transcript, Qt.Key.Key_PageDown)
    page = bar.value()
    assert 200 < page <= 400
    QTest.keyClick(small.transcript, Qt.Key.Key_Up)
    assert bar.value() < page
    QTest.keyClick(small.transcript, Qt.Key.Key_End)
    assert small.is_at_end


def test_find_steps_through_matches_and_counts_them(small: Any, message: MakeMessage) -> None:
    talk = message.exchanges(30)
    needle = message("A **needle** here and a Needle there")
    small.show(*talk, needle, *message.exchanges(30), message("needle"))
    heard: list[tuple[int, int]] = []
    small.transcript.find_changed.connect(lambda number, total: heard.append((number, total)))
    small.transcript.scroll_to(talk[0].id)
    small.transcript.find_text("needle")
    assert heard[-1] == (1, 3)
    assert small.top_of(needle) is not None
    for expected in ((2, 3), (3, 3), (1, 3)):
        small.transcript.find_next()
        assert heard[-1] == expected
    small.transcript.find_previous()
    assert heard[-1] == (3, 3)
    small.transcript.clear_find()
    assert heard[-1] == (0, 0)


def test_the_last_answer_can_be_copied(small: Any, message: MakeMessage) -> None:
    small.show(message("first"), message("*last*"), message("q", Role.USER))
    small.transcript.copy_last_answer()
    assert clipboard() == "*last*"


def test_both_themes_paint(small: Any, message: MakeMessage) -> None:
    small.show(message("```py\nx\n```\n\n> q\n\n- [x] a\n\n| a |\n|---|\n| b |"))
    pictures = []
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        small.transcript._stage.set_look(
            replace(small.transcript._stage.look, colours=theme_of(appearance)), width=500
        )
        pictures.append(small.transcript.grab().toImage().pixelColor(2, 2).lightness())
    assert pictures[0] > 200 > 60 > pictures[1]


def theme_of(appearance: Appearance) -> Any:
    from beatra_desktop.ui.palettes import DARK, LIGHT

    return DARK if appearance is Appearance.DARK else LIGHT


def test_messages_are_let_go_with_the_transcript(small: Any, message: MakeMessage) -> None:
    records: Records[Message] = small.show(message("one"))
    small.transcript.show_messages(Records([]))
    assert len(records.changed) == 0


def test_what_is_ready_after_the_end_is_not_told(qapp: object) -> None:
    told: list[str] = []
    cache: BackgroundCache[str, str] = BackgroundCache(str.upper, told.append)
    cache.get("a")
    cache.close()
    QCoreApplication.sendPostedEvents()
    assert told == []

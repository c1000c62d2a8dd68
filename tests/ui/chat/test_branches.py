"""Versions of messages in the transcript, on real services: switching, editing, asking again."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.chat import AUTO_MODEL, MessageStatus, Role
from beatra_desktop.domain.ids import MessageId
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.chat.actions import Action
from beatra_desktop.ui.chat.transcript import Transcript
from beatra_desktop.ui.error_text import describe
from tests.ui.chat.talk import Talk

ALT = Qt.KeyboardModifier.AltModifier
LONG = "\n\n".join(f"Paragraph {n} of what was said, with some words in it." for n in range(30))
SLOW = {"path": "/v1/chat/completions", "action": {"delay_seconds": 60}}


InTalk = Callable[[Callable[[Talk], Awaitable[None]]], None]


def test_a_new_version_is_counted_at_once_and_the_switch_stays_put(in_talk: InTalk) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("One", "Two", "Three")
        assert [talk.count(row) for row in range(6)] == [""] * 6
        before = talk.shown
        QTest.mouseMove(talk.transcript.viewport(), talk.place(3, QPointF(5, 5)))
        assert talk.button(3, Action.REGENERATE).label == "Regenerate"
        talk.click(3, Action.REGENERATE)
        await talk.settled()
        assert (len(talk.shown), talk.count(3), talk.count(2)) == (4, "2/2", "")
        place = talk.place(3, talk.button(3, Action.PREVIOUS_VERSION).rect.center())
        talk.click(3, Action.PREVIOUS_VERSION)
        assert talk.shown == before
        assert talk.count(3) == "1/2", "it was laid out when it was the only one"
        await talk.settled()
        again = talk.place(3, talk.button(3, Action.PREVIOUS_VERSION).rect.center())
        assert again == place
        assert not talk.button(3, Action.PREVIOUS_VERSION).is_enabled
        talk.click(3, Action.PREVIOUS_VERSION)
        assert talk.shown == before, "there is nothing before the first"

    in_talk(work)


def test_what_is_read_stays_there_when_versions_differ_in_length(in_talk: InTalk) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("One", LONG, "Three", LONG)
        assert talk.chat.edit(talk.shown[2].id, LONG[:600])
        await talk.settled()
        await talk.say(LONG)
        row = 2
        talk.transcript.scroll_to(talk.shown[row].id)
        place = talk.place(row, talk.button(row, Action.PREVIOUS_VERSION).rect.center())
        talk.click(row, Action.PREVIOUS_VERSION)
        await talk.settled()
        assert talk.shown[row].text == LONG
        assert talk.place(row, talk.button(row, Action.NEXT_VERSION).rect.center()).y() == place.y()
        place = talk.place(row, talk.button(row, Action.NEXT_VERSION).rect.center())
        viewport, left = talk.transcript.viewport(), Qt.MouseButton.LeftButton
        QTest.mouseDClick(viewport, left, pos=place)
        QTest.mouseRelease(viewport, left, pos=place)
        assert talk.shown[row].text == LONG[:600], "the second of two fast clicks"

    in_talk(work)


def test_earlier_messages_that_come_with_the_version_move_nothing(
    qtbot: QtBot, message: Any
) -> None:
    """As when a version is asked for before all of a long conversation is read."""
    early = message.exchanges(20)
    question = message("Which?", Role.USER)
    asked = replace(question, parent_id=early[-1].id)
    answers = [replace(message(text), parent_id=asked.id) for text in ("This.", "That.")]
    transcript = Transcript(describe=describe, siblings=lambda _: [each.id for each in answers])
    qtbot.addWidget(transcript)
    transcript.resize(640, 400)
    transcript.show()
    records = Records([asked, answers[1]])

    def show_other(_message_id: str, _step: int) -> None:
        records.insert(0, *early)
        records.assign([*early, asked, answers[0]])

    transcript.version_requested.connect(show_other)
    transcript.show_messages(records)
    qtbot.waitUntil(lambda: transcript.is_settled)
    transcript.show_version(answers[1].id, -1)
    qtbot.waitUntil(lambda: transcript.is_settled)
    assert transcript._keyboard.focused_id == answers[0].id
    found = transcript.view_at(QPoint(0, 399))
    assert found is not None
    assert found[0].message == answers[0]


def test_versions_are_switched_by_keys_and_told(in_talk: InTalk, heard: list[str]) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("One")
        first = talk.shown[1]
        talk.chat.retry(first.id)
        await talk.settled()
        talk.transcript.setFocus()
        QAccessible.queryAccessibleInterface(talk.transcript)
        talk.transcript.focus_message(talk.shown[1].id, is_by_keyboard=True)
        assert "Version 2 of 2" in heard[-1]
        talk.key(Qt.Key.Key_Left, ALT)
        assert talk.shown[1] == first
        assert heard[-1] == "Version 1 of 2"
        talk.key(Qt.Key.Key_Right, ALT)
        assert talk.shown[1] != first
        talk.key(Qt.Key.Key_Tab)
        assert heard[-1] == "Previous version"
        talk.key(Qt.Key.Key_Return)
        assert talk.shown[1] == first
        talk.key(Qt.Key.Key_Return)
        assert talk.shown[1] != first, "the focus stays on the switch"

    in_talk(work)


def test_versions_are_in_the_context_menu(in_talk: InTalk) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("One")
        before = talk.shown
        assert talk.chat.edit(before[0].id, "Other")
        await talk.settled()
        commands = talk.menu(talk.place(0, QPointF(0, 20)))
        assert not commands["Next version"].isEnabled()
        talk.choose(commands, "Previous version")
        assert talk.shown == before

    in_talk(work)


def test_the_highlights_follow_to_the_other_version(in_talk: InTalk) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("marimba")
        assert talk.chat.edit(talk.shown[0].id, "oboe")
        await talk.settled()
        talk.pane.open_find()
        QTest.keyClicks(talk.pane.find_bar.field, "marimba")
        assert talk.pane.find_bar.count_words == "No match"
        talk.click(0, Action.PREVIOUS_VERSION)
        await talk.settled()
        assert talk.pane.find_bar.count_words == "0 of 2"
        QTest.keyClick(talk.pane.find_bar.field, Qt.Key.Key_Return)
        assert talk.pane.find_bar.count_words.startswith("1 of ")

    in_talk(work)


@pytest.mark.parametrize("way", ["click", "f2", "e", "menu"])
def test_a_question_is_edited_in_the_composer(in_talk: InTalk, way: str) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("One", "Two")
        question = talk.shown[0]
        talk.transcript.setFocus()
        talk.transcript.focus_message(question.id, is_by_keyboard=True)
        if way == "click":
            talk.click(0, Action.EDIT)
        elif way == "menu":
            talk.choose(talk.menu(talk.place(0, QPointF(0, 20))), "Edit")
        else:
            talk.key(Qt.Key.Key_F2 if way == "f2" else Qt.Key.Key_E)
        composer = talk.pane.composer
        assert composer.text == "One"
        assert composer.text_area.hasFocus()
        composer.text_area.selectAll()
        QTest.keyClicks(composer.text_area, "Uno")
        QTest.keyClick(composer.text_area, Qt.Key.Key_Return)
        await talk.settled()
        assert (talk.shown[0].text, len(talk.shown), talk.count(0)) == ("Uno", 2, "2/2")
        assert composer.text == ""

    in_talk(work)


def test_an_edit_leaves_the_draft_alone(in_talk: InTalk) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("One")
        composer = talk.pane.composer
        QTest.keyClicks(composer.text_area, "half a thought")
        talk.transcript.edit_requested.emit(talk.shown[0].id)
        assert composer.text == "One"
        QTest.keyClick(composer.text_area, Qt.Key.Key_Escape)
        assert composer.text == "half a thought"
        assert len(talk.shown) == 2

    in_talk(work)


def test_answers_are_not_edited(in_talk: InTalk) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("One")
        asked: list[str] = []
        talk.transcript.edit_requested.connect(asked.append)
        talk.transcript.setFocus()
        talk.transcript.focus_message(talk.shown[1].id, is_by_keyboard=True)
        talk.key(Qt.Key.Key_F2)
        assert asked == []

    in_talk(work)


def test_nothing_that_asks_is_offered_while_an_answer_comes(in_talk: InTalk) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("One")
        await talk.bench.admin("POST", "faults", SLOW)
        talk.pane.composer.set_text("Two")
        QTest.keyClick(talk.pane.composer.text_area, Qt.Key.Key_Return)
        while len(await talk.bench.posts("/chat/completions")) < 2:
            assert talk.chat.answering.value
        offered = [talk.button(0, Action.EDIT), talk.button(1, Action.REGENERATE)]
        assert not any(button.is_enabled for button in offered)
        assert talk.button(1, Action.COPY).is_enabled
        asked: list[str] = []
        talk.transcript.retry_requested.connect(asked.append)
        talk.transcript.scroll_to(talk.shown[0].id)
        talk.click(1, Action.REGENERATE)
        assert asked == []
        talk.chat.stop(talk.pane.conversation_id)
        await talk.settled()
        assert talk.button(1, Action.REGENERATE).is_enabled

    in_talk(work)


def test_a_model_that_is_gone_is_named_and_auto_is_one_click_away(in_talk: InTalk) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("One", model="gone-1")
        view = talk.transcript.view_of(talk.shown[1].id)
        assert view is not None
        assert view.layout.strip is not None
        strip = view.layout.strip.strip
        assert "“gone-1”" in strip.text
        assert strip.actions == (Action.USE_AUTO, Action.RETRY, Action.DETAILS)
        talk.click(1, Action.USE_AUTO)
        await talk.settled()
        answer = talk.shown[1]
        assert answer.status is MessageStatus.COMPLETE
        assert talk.pane.composer.model_picker.text() == "Auto"
        author = talk.transcript._status.author(answer)
        assert author == f"{answer.model} (chosen by Auto)"

    in_talk(work)


def test_an_answer_that_fell_back_tells_who_gave_it(in_talk: InTalk) -> None:
    async def work(talk: Talk) -> None:
        talk.bench.services.settings.change(falls_back_to_auto=True)
        await talk.begin("One", model="gone-1")
        await talk.bench.until(lambda: talk.shown[1].status is MessageStatus.COMPLETE)
        answer = talk.shown[1]
        assert answer.model not in (None, AUTO_MODEL)
        assert str(answer.model) in talk.transcript._status.author(answer)
        assert talk.chat.conversations.get(answer.conversation_id).model == "gone-1"

    in_talk(work)


def test_a_search_hit_is_marked_for_a_moment(in_talk: InTalk) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("One", LONG, LONG)
        hit = MessageId(talk.shown[2].id)
        talk.pane.show_message(talk.pane.conversation_id, hit)
        await talk.settled()
        view = talk.transcript.view_of(hit)
        assert view is not None
        assert talk.transcript.state_of(view).is_pointed_out
        place = QPoint(-5 + talk.transcript._column_left(), talk.place(2, QPointF(0, 40)).y())
        marked = talk.transcript.viewport().grab().toImage().pixelColor(place)
        assert 0 <= talk.place(2, QPointF(0, 0)).y() < 5
        await talk.bench.until(lambda: not talk.transcript.state_of(view).is_pointed_out)
        plain = talk.transcript.viewport().grab().toImage().pixelColor(place)
        assert marked != plain

    in_talk(work)


@pytest.mark.parametrize(
    ("form", "text", "has_html"),
    [
        ("Markdown", "**bold** and `code`", False),
        ("Rich text", "bold and code", True),
        ("Plain text", "bold and code", False),
    ],
)
def test_a_message_is_copied_as_one_likes(
    in_talk: InTalk, form: str, text: str, has_html: bool
) -> None:
    async def work(talk: Talk) -> None:
        await talk.begin("**bold** and `code`")
        commands = talk.menu(talk.place(1, QPointF(5, 45)))
        assert not commands["Copy as"].isEnabled(), "nothing is selected"
        talk.choose(commands, "Copy message as", form)
        data = QGuiApplication.clipboard().mimeData()
        assert (data.text(), data.hasHtml()) == (text, has_html)
        assert not has_html or "<strong>bold</strong>" in data.html()
        talk.transcript.select_message(talk.shown[1].id)
        QGuiApplication.clipboard().clear()
        talk.choose(talk.menu(talk.place(1, QPointF(5, 45))), "Copy as", form)
        assert QGuiApplication.clipboard().text() == text
        # Qt's clipboard without a screen outlives Python, and what Python put there crashes it.
        QGuiApplication.clipboard().clear()

    in_talk(work)

"""What is written, on real services: drafts, the queue, other versions, several at once."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.profiles import BEATRA_PROFILE_ID
from beatra_desktop.ui.chat.chat_pane import ChatPane
from beatra_desktop.ui.chat.text_area import MAX_LINES
from tests.ui.chat.panes import (
    ECHO,
    InPane,
    ask,
    ask_again,
    ask_slowly,
    bars_of,
    buttons_of,
    click,
    draft_of,
    messages_of,
    open_pane,
    press,
    queued_of,
    type_text,
)


def _questions(pane: ChatPane, bench: Any) -> list[str]:
    return [message.text for message in messages_of(pane, bench)][::2]


async def _stop(pane: ChatPane, bench: Any) -> None:
    press(pane, Qt.Key.Key_Escape)
    await bench.until(lambda: not bench.services.chat.is_answering(pane.conversation_id))


def test_the_next_message_is_queued_and_follows_the_answer(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        pane.new_conversation()
        bench.services.chat.set_model(pane.conversation_id, ECHO)
        type_text(pane, "First")
        press(pane)
        type_text(pane, "Second")
        press(pane)
        assert bars_of(pane) == "Next: Second"
        type_text(pane, "Third")
        click(pane, "Queue")
        assert pane.composer.text == ""
        assert bars_of(pane) == "Next: Second Third"
        type_text(pane, "still typing")
        await bench.until(lambda: len(messages_of(pane, bench)) == 4)
        await bench.until(lambda: not bench.services.chat.answering.value)
        assert _questions(pane, bench) == ["First", "Second\n\nThird"]
        assert (bars_of(pane), pane.composer.text) == ("", "still typing")
        pane.hide()
        assert draft_of(bench, pane.conversation_id) == "still typing"

    in_pane(work)


def test_what_is_queued_waits_for_the_user_when_the_answer_was_stopped(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask_slowly(pane, bench, "First")
        type_text(pane, "Second")
        press(pane)
        assert "Send now" not in buttons_of(pane)
        await _stop(pane, bench)
        assert bars_of(pane) == "Waits for you: Second"
        type_text(pane, "typed meanwhile")
        click(pane, "Send now")
        await bench.until(lambda: len(messages_of(pane, bench)) == 4)
        await bench.until(lambda: not bench.services.chat.answering.value)
        assert _questions(pane, bench) == ["First", "Second"]
        assert (bars_of(pane), pane.composer.text) == ("", "typed meanwhile")

    in_pane(work)


def test_what_is_queued_can_be_edited_in_front_of_what_is_typed(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        shown = await ask_slowly(pane, bench, "First")
        type_text(pane, "Second")
        press(pane)
        type_text(pane, "Third")
        click(pane, "Edit")
        assert pane.composer.text == "Second\n\nThird"
        assert pane.composer.text_area.hasFocus()
        assert (queued_of(bench, shown), draft_of(bench, shown)) == ("", "Second\n\nThird")
        assert bars_of(pane) == ""
        await _stop(pane, bench)

    in_pane(work)


def test_removing_what_is_queued_can_be_undone(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        shown = await ask_slowly(pane, bench, "First")
        type_text(pane, "Second")
        press(pane)
        type_text(pane, "typed")
        click(pane, "Remove the waiting message")
        assert (queued_of(bench, shown), pane.composer.text) == ("", "typed")
        pane.new_conversation()
        assert bars_of(pane) == ""
        pane.show_conversation(shown)
        assert bars_of(pane) == "The waiting message was removed."
        click(pane, "Undo")
        assert bars_of(pane) == "Next: Second"
        assert (queued_of(bench, shown), draft_of(bench, shown)) == ("Second", "typed")
        await _stop(pane, bench)

    in_pane(work)


def test_each_conversation_has_its_own_queue_and_buttons(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        first = await ask_slowly(pane, bench, "First")
        type_text(pane, "after the first")
        press(pane)
        second = await ask_slowly(pane, bench, "Second")
        assert (bars_of(pane), "Stop" in buttons_of(pane)) == ("", True)
        type_text(pane, "after the second")
        press(pane)
        type_text(pane, "a draft")
        pane.new_conversation()
        assert (bars_of(pane), buttons_of(pane)) == ("", ["Auto", "Send"])
        pane.show_conversation(first)
        assert bars_of(pane) == "Next: after the first"
        assert buttons_of(pane)[-1] == "Stop"
        pane.show_conversation(second)
        assert bars_of(pane) == "Next: after the second"
        assert buttons_of(pane)[-2:] == ["Stop", "Queue"]
        await _stop(pane, bench)
        assert bench.services.chat.is_answering(first)
        assert bars_of(pane) == "Waits for you: after the second"
        pane.show_conversation(first)
        assert bars_of(pane) == "Next: after the first"
        await _stop(pane, bench)

    in_pane(work)


def test_what_would_go_to_another_service_waits(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask_slowly(pane, bench, "First")
        type_text(pane, "Second")
        press(pane)
        type_text(pane, "a draft")
        assert bars_of(pane) == "Next: Second"
        bench.services.profiles.activate(BEATRA_PROFILE_ID)
        assert bars_of(pane) == "Waits for you: Second"
        assert pane.composer.text == "a draft"
        await _stop(pane, bench)

    in_pane(work)


def test_a_queue_survives_a_restart_and_waits(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            pane = open_pane(bench)
            shown = await ask_slowly(pane, bench, "First")
            type_text(pane, "Second")
            press(pane)
            pane.hide()
        async with open_bench() as bench:
            pane = open_pane(bench)
            pane.show_conversation(shown)
            assert bars_of(pane) == "Waits for you: Second"
            await bench.until(lambda: not bench.services.chat.answering.value)
            assert bars_of(pane) == "Waits for you: Second"
            assert len(messages_of(pane, bench)) == 2
            click(pane, "Send now")
            await bench.until(lambda: not bench.services.chat.answering.value)
            assert _questions(pane, bench) == ["First", "Second"]
            pane.close()

    run_on_qt(work)


def test_a_question_is_edited_on_a_branch_of_its_own(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask(pane, bench, "Rain")
        shown = pane.conversation_id
        question = messages_of(pane, bench)[0]
        type_text(pane, "my draft")
        pane.edit_message(question.id)
        type_text(pane, " and snow")
        press(pane)
        assert pane.composer.text == "my draft"
        await bench.until(lambda: not bench.services.chat.answering.value)
        assert _questions(pane, bench) == ["Rain and snow"]
        edited = messages_of(pane, bench)[0]
        assert bench.services.chat.siblings(edited.id) == [question.id, edited.id]
        pane.hide()
        conversation = bench.services.chat.conversations.get(shown)
        assert (conversation.draft, conversation.edit) == ("my draft", None)

    in_pane(work)


def test_up_edits_the_last_question_on_show(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        press(pane, Qt.Key.Key_Up)
        assert pane.composer.edit is None
        await ask(pane, bench, "Rain")
        await ask_again(pane, bench, "Snow")
        press(pane, Qt.Key.Key_Up)
        assert (pane.composer.text, pane.composer.draft) == ("Snow", "")

    in_pane(work)


def test_an_edit_that_can_not_be_sent_yet_is_kept_and_explained(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask_slowly(pane, bench, "Rain")
        press(pane, Qt.Key.Key_Up)
        type_text(pane, " and snow")
        press(pane)
        assert "An answer is still coming, so nothing was sent." in bars_of(pane)
        assert pane.composer.text == "Rain and snow"
        click(pane, "Stop the answer")
        await bench.until(lambda: not bench.services.chat.answering.value)
        press(pane)
        await bench.until(lambda: not bench.services.chat.answering.value)
        assert _questions(pane, bench) == ["Rain and snow"]
        assert bars_of(pane) == ""
        pane.composer.begin_edit("gone", "Hail")
        press(pane)
        assert "The earlier message is no longer there" in bars_of(pane)
        assert pane.composer.text == "Hail"

    in_pane(work)


def test_a_half_edited_text_stays_with_its_conversation_and_survives(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            pane = open_pane(bench)
            await ask(pane, bench, "Rain")
            shown = pane.conversation_id
            type_text(pane, "my draft")
            pane.edit_message(messages_of(pane, bench)[0].id)
            type_text(pane, " and sn")
            await bench.until(lambda: bench.services.chat.conversations.get(shown).edit)
            assert draft_of(bench, shown) == "my draft"
            pane.new_conversation()
            assert (pane.composer.text, pane.composer.edit) == ("", None)
            pane.show_conversation(shown)
            assert pane.composer.text == "Rain and sn"
            type_text(pane, "o")
            pane.hide()
        async with open_bench() as bench:
            pane = open_pane(bench)
            pane.show_conversation(shown)
            assert (pane.composer.text, pane.composer.draft) == ("Rain and sno", "my draft")
            press(pane, Qt.Key.Key_Escape)
            assert pane.composer.text == "my draft"
            click(pane, "Go on editing")
            type_text(pane, "w")
            press(pane)
            await bench.until(lambda: not bench.services.chat.answering.value)
            assert _questions(pane, bench) == ["Rain and snow"]
            assert pane.composer.text == "my draft"
            pane.close()

    run_on_qt(work)


def test_the_last_words_come_back_with_a_deleted_conversation(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask(pane, bench, "Rain")
        shown = pane.conversation_id
        type_text(pane, "half a thou")
        bench.services.history.delete(shown)
        pane.new_conversation()
        assert pane.composer.text == ""
        bench.services.history.restore(shown)
        pane.show_conversation(shown)
        assert pane.composer.text == "half a thou"

    in_pane(work)


def test_a_draft_stays_whatever_profile_is_chosen(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        type_text(pane, "half a thou")
        bench.services.profiles.activate(BEATRA_PROFILE_ID)
        type_text(pane, "ght")
        assert pane.composer.text == "half a thought"
        pane.hide()
        assert draft_of(bench, pane.conversation_id) == "half a thought"

    in_pane(work)


def test_switching_fast_mixes_nothing_up(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        shown = []
        for name in ("one", "two", "three"):
            pane.new_conversation()
            shown.append(pane.conversation_id)
            type_text(pane, name)
        for _ in range(3):
            for conversation_id in shown:
                pane.show_conversation(conversation_id)
                type_text(pane, "!")
                QTest.keyClick(
                    pane.composer.text_area, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
                )
                type_text(pane, ".")
        pane.hide()
        drafts = [draft_of(bench, conversation_id) for conversation_id in shown]
        assert drafts == ["one...", "two...", "three..."]

    in_pane(work)


def test_the_end_stays_in_view_while_the_composer_grows(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask(pane, bench, "la " * 300)
        await ask_again(pane, bench, "la " * 300)
        await bench.until(lambda: pane.transcript.is_settled)
        bar = pane.transcript.verticalScrollBar()
        for _ in range(MAX_LINES - 1):
            before = pane.transcript.height()
            QTest.keyClick(
                pane.composer.text_area, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier
            )
            await bench.until(lambda height=before: pane.transcript.height() < height)
            assert bar.value() == bar.maximum() > 0

    in_pane(work)


def test_the_composer_leaves_room_for_the_conversation(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        pane.composer.insert("la\n" * 20)
        await bench.until(lambda: pane.height() == 700)
        tall = pane.composer.text_area.height()
        pane.resize(640, 320)
        await bench.until(lambda: pane.composer.text_area.height() < tall)
        assert pane.composer.text_area.height() <= 0.4 * 320

    in_pane(work)


def test_what_is_sent_by_others_is_shown_and_a_new_chat_welcomes(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        pane.new_conversation()
        assert pane.welcome.isVisible()
        bench.services.chat.set_model(pane.conversation_id, ECHO)
        assert bench.services.chat.send(pane.conversation_id, "Rain on a tin roof")
        assert pane.transcript.isVisible()
        await bench.until(lambda: not bench.services.chat.answering.value)
        pane.new_conversation()
        assert pane.welcome.isVisible()

    in_pane(work)

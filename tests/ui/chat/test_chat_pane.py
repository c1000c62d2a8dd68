"""The chat pane on real services: sending, drafts, models, files, find."""

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.profiles import BEATRA_PROFILE_ID, ConnectionPhase
from beatra_desktop.domain.uploads import Purpose
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.chat.chat_pane import ChatPane
from tests.ui.chat.panes import (
    ECHO,
    SLOW,
    InPane,
    ask,
    draft_of,
    messages_of,
    open_pane,
    press,
    type_text,
)


def test_a_message_is_sent_with_enter_and_answered(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask(pane, bench, "Rain on a tin roof")
        question, answer = messages_of(pane, bench)
        assert question.text == "Rain on a tin roof"
        assert answer.status is MessageStatus.COMPLETE
        assert pane.composer.text == ""
        assert draft_of(bench, pane.conversation_id) == ""
        assert pane.transcript.isVisible()
        assert not pane.welcome.isVisible()

    in_pane(work)


def test_the_first_words_are_safe_before_there_is_a_conversation(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        assert pane.conversation_id == ""
        assert pane.composer.text_area.hasFocus()
        type_text(pane, "half a thou")
        await bench.until(lambda: draft_of(bench, pane.conversation_id) == "half a thou")
        type_text(pane, "ght")
        assert pane.composer.text == "half a thought"
        bench.database.flush()
        [stored] = bench.services.chat.conversations
        assert stored.id == pane.conversation_id

    in_pane(work)


def test_who_types_without_a_pause_is_safe_too(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        def typed_and_stored() -> bool:
            type_text(pane, "la")
            return bool(draft_of(bench, pane.conversation_id))

        await bench.until(typed_and_stored)

    in_pane(work)


def test_drafts_stay_with_their_conversations(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        pane.new_conversation()
        first = pane.conversation_id
        type_text(pane, "for the first")
        pane.new_conversation()
        second = pane.conversation_id
        assert second != first
        assert pane.composer.text == ""
        type_text(pane, "for the second")
        pane.show_conversation(first)
        assert pane.composer.text == "for the first"
        assert pane.composer.text_area.textCursor().atEnd()
        pane.show_conversation(second)
        assert pane.composer.text == "for the second"
        assert (draft_of(bench, first), draft_of(bench, second)) == (
            "for the first",
            "for the second",
        )

    in_pane(work)


def test_a_draft_is_stored_when_the_window_goes(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            pane = open_pane(bench)
            type_text(pane, "typed in the last moment")
            pane.hide()
        async with open_bench() as bench:
            [conversation] = bench.services.chat.conversations
            pane = open_pane(bench)
            pane.show_conversation(conversation.id)
            assert pane.composer.text == "typed in the last moment"
            pane.close()

    run_on_qt(work)


def test_opening_the_same_conversation_again_leaves_the_text_alone(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        pane.new_conversation()
        type_text(pane, "Rain")
        pane.composer.text_area.moveCursor(pane.composer.text_area.textCursor().MoveOperation.Start)
        pane.show_conversation(pane.conversation_id)
        type_text(pane, "Warm ")
        assert pane.composer.text == "Warm Rain"

    in_pane(work)


def test_a_suggestion_is_sent_and_what_was_typed_is_kept(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        type_text(pane, "my own words")
        ask = next(b for b in pane.welcome.findChildren(Button) if b.text().startswith("Ask"))
        QTest.mouseClick(ask, Qt.MouseButton.LeftButton)
        await bench.until(lambda: not bench.services.chat.answering.value)
        assert messages_of(pane, bench)[0].text.startswith("What can I do with beatra")
        assert pane.composer.text == "my own words"
        assert draft_of(bench, pane.conversation_id) == "my own words"

    in_pane(work)


def test_escape_stops_and_the_text_stays(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        chat = bench.services.chat
        await bench.admin("POST", "faults", SLOW)
        pane.new_conversation()
        type_text(pane, "a long story")
        press(pane)
        await bench.until(lambda: chat.is_answering(pane.conversation_id))
        type_text(pane, "next")
        assert (len(messages_of(pane, bench)), pane.composer.text) == (2, "next")
        QTest.keyClick(pane.composer.text_area, Qt.Key.Key_Escape)
        await bench.until(lambda: not chat.answering.value)
        assert messages_of(pane, bench)[1].status is MessageStatus.STOPPED
        assert pane.composer.text == "next"

    in_pane(work)


def test_the_stop_button_is_for_the_conversation_on_show(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        chat = bench.services.chat
        await bench.admin("POST", "faults", SLOW)
        pane.new_conversation()
        first = pane.conversation_id
        type_text(pane, "a long story")
        press(pane)
        await bench.until(lambda: chat.is_answering(first))
        pane.new_conversation()
        shown = [b for b in pane.composer.findChildren(Button) if b.isVisible()]
        assert [b.text() for b in shown if b.text() in ("Send", "Stop")] == ["Send"]
        pane.show_conversation(first)
        [stop] = [b for b in shown if b.text() == "Stop"]
        QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
        await bench.until(lambda: not chat.answering.value)

    in_pane(work)


def test_the_settings_decide_what_enter_does(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        bench.services.settings.change(enter_sends=False)
        pane.new_conversation()
        type_text(pane, "a")
        press(pane)
        assert (pane.composer.text, messages_of(pane, bench)) == ("a\n", [])

    in_pane(work)


def test_a_new_chat_starts_from_a_preset_and_back(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        def conversation() -> Any:
            return bench.services.chat.conversations.get(pane.conversation_id)

        def marked() -> list[str]:
            return [chip.text() for chip in pane.welcome.presets.chips if chip.isChecked()]

        first, second = pane.welcome.presets.chips[:2]
        QTest.mouseClick(first, Qt.MouseButton.LeftButton)
        assert conversation().system_prompt.startswith("You review code")
        assert conversation().parameters.temperature == 0.2
        QTest.mouseClick(second, Qt.MouseButton.LeftButton)
        assert conversation().system_prompt.startswith("You write song lyrics")
        assert marked() == ["Lyric writer"]
        bench.services.chat.set_system_prompt(pane.conversation_id, "Mine")
        assert marked() == [], "it does not work like the preset any more"
        QTest.mouseClick(second, Qt.MouseButton.LeftButton)
        QTest.mouseClick(second, Qt.MouseButton.LeftButton)
        assert not conversation().has_ways
        bench.services.presets.delete(bench.services.presets.presets[0].id)
        assert pane.welcome.presets.chips[0].text() == "Lyric writer"

    in_pane(work)


def test_each_conversation_has_its_model(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await bench.until(lambda: bench.services.profiles.catalog.value.models)
        picker = pane.composer.model_picker
        pane.open_models()
        QTest.keyClicks(picker.models.list, "echo")
        QTest.keyClick(picker.models.field, Qt.Key.Key_Return)
        first = pane.conversation_id
        assert bench.services.chat.conversations.get(first).model == ECHO
        assert picker.text().startswith("Sandbox Echo")
        type_text(pane, "x")
        pane.new_conversation()
        assert picker.text() == "Auto"
        pane.show_conversation(first)
        assert picker.text().startswith("Sandbox Echo")
        bench.services.chat.set_model(first, "retired-1")
        assert picker.text() == "retired-1"

    in_pane(work)


def test_the_composer_has_the_focus_when_a_conversation_opens(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask(pane, bench, "Rain")
        first = pane.conversation_id
        for act in (pane.new_conversation, lambda: pane.show_conversation(first)):
            pane.transcript.setFocus()
            act()
            assert pane.composer.text_area.hasFocus()

    in_pane(work)


def test_the_welcome_follows_the_profile(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        profiles = bench.services.profiles
        profiles.activate(BEATRA_PROFILE_ID)
        await bench.until(lambda: profiles.connection.value.phase is ConnectionPhase.NEEDS_KEY)
        assert "Enter your API key" in [b.text() for b in pane.welcome.findChildren(Button)]

    in_pane(work)


def test_text_is_quoted_and_other_files_are_uploaded(in_pane: InPane, tmp_path: Path) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        (tmp_path / "key.md").write_text("Key of D minor")
        (tmp_path / "noise.bin").write_bytes(os.urandom(64))
        (tmp_path / "hum.mp3").write_bytes(b"\xff\xfb" + bytes(64))
        started: list[str] = []
        pane.uploads_started.connect(lambda: started.append("uploads"))
        type_text(pane, "Look: ")
        pane.insert_files([tmp_path / name for name in ("key.md", "noise.bin", "hum.mp3", "gone")])
        assert pane.composer.text == "Look: key.md\n```markdown\nKey of D minor\n```\n"
        assert started == ["uploads"]
        uploads, told = bench.services.uploads.uploads, bench.services.uploads.preflights
        await bench.until(lambda: told and not told[0].is_looking)
        assert {refusal.name for refusal in told[0].refusals} == {"hum.mp3", "gone"}
        await bench.until(
            lambda: [u.name for u in uploads if not u.status.is_live] == ["noise.bin"]
        )
        assert uploads[0].purpose is Purpose.MEDIA_INPUT
        await bench.until(lambda: "Key of D minor" in draft_of(bench, pane.conversation_id))

    in_pane(work)


def test_only_so_much_text_becomes_part_of_a_message(in_pane: InPane, tmp_path: Path) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        paths = [tmp_path / f"{number}.txt" for number in range(3)]
        for path in paths:
            path.write_text("word " * 16_000)
        pane.insert_files(paths)
        assert pane.composer.text.startswith("0.txt\n")
        assert len(pane.composer.text) < 128 * 1024
        uploads = bench.services.uploads.uploads
        await bench.until(lambda: len(uploads) == 2 and not any(u.status.is_live for u in uploads))
        assert {upload.name for upload in uploads} == {"1.txt", "2.txt"}

    in_pane(work)


def test_files_are_chosen_in_the_systems_dialog(in_pane: InPane, tmp_path: Path) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        (tmp_path / "key.md").write_text("Key of D minor")
        attach = next(
            b for b in pane.composer.findChildren(Button) if b.accessibleName() == "Add files"
        )
        QTest.mouseClick(attach, Qt.MouseButton.LeftButton)
        [dialog] = pane.findChildren(QFileDialog)
        assert dialog.isVisible()
        dialog.filesSelected.emit([str(tmp_path / "key.md")])
        dialog.close()
        assert "Key of D minor" in pane.composer.text

    in_pane(work)


def test_words_are_found_in_the_conversation(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask(pane, bench, "marimba and marimba")
        await bench.until(lambda: pane.transcript.is_settled)
        pane.open_find()
        field = pane.find_bar.field
        assert field.hasFocus()
        QTest.keyClicks(field, "marimba")
        found = pane.find_bar.count_words
        assert found.startswith("1 of ")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert pane.find_bar.count_words == found.replace("1", "2", 1)
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert pane.find_bar.count_words == found
        QTest.keyClick(field, Qt.Key.Key_Escape)
        assert not pane.find_bar.isVisible()
        assert pane.composer.text_area.hasFocus()
        pane.open_find()
        pane.new_conversation()
        assert not pane.find_bar.isVisible()

    in_pane(work)


def test_the_last_answer_is_copied(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask(pane, bench, "Rain")
        pane.copy_last_answer()
        copied = QGuiApplication.clipboard().text()
        # Qt's clipboard without a screen outlives Python, and what Python put there crashes it.
        QGuiApplication.clipboard().clear()
        assert copied == messages_of(pane, bench)[1].text

    in_pane(work)


def test_a_search_hit_is_shown_at_its_message(in_pane: InPane) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        await ask(pane, bench, "Rain")
        wanted, message = pane.conversation_id, messages_of(pane, bench)[0]
        shown: list[str] = []
        pane.conversation_shown.connect(shown.append)
        pane.new_conversation()
        pane.show_message(wanted, message.id)
        assert shown[-1] == pane.conversation_id == wanted
        assert pane.transcript.isVisible()

    in_pane(work)

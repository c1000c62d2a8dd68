"""The chat options on real services: instructions, parameters, presets."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.chat import Parameters
from beatra_desktop.ui.chat.chat_options import ChatOptions
from beatra_desktop.ui.chat.chat_pane import ChatPane

Work = Callable[[ChatPane, ChatOptions, Any], Awaitable[None]]
InOptions = Callable[[Work], None]
CHOSEN = Parameters(temperature=0.3, max_tokens=200, seed=7, stop=("END", "\n\n"))


@pytest.fixture
def in_options(run_on_qt: Any, open_bench: Any) -> InOptions:
    """Runs a coroutine function with a chat pane, its options on show, and the services."""

    def run(work: Work) -> None:
        async def main() -> None:
            async with open_bench() as bench:
                pane = ChatPane(bench.services)
                pane.resize(640, 700)
                options = ChatOptions(bench.services, pane)
                pane.show()
                pane.activateWindow()
                await bench.until(pane.isActiveWindow)
                options.toggle()
                try:
                    await work(pane, options, bench)
                finally:
                    pane.close()

        run_on_qt(main)

    return run


def _conversation(pane: ChatPane, bench: Any) -> Any:
    return bench.services.chat.conversations.get(pane.conversation_id)


def _type(field: Any, text: str) -> None:
    field.editor.setFocus()
    QTest.keyClicks(field.editor, text)


async def _ask(pane: ChatPane, bench: Any, text: str) -> Any:
    """Write a message; gives the body of the request that the sandbox got."""
    chat = bench.services.chat
    chat.set_model(pane.begin(), "sandbox-echo")
    pane.composer.text_area.setFocus()
    QTest.keyClicks(pane.composer.text_area, text)
    QTest.keyClick(pane.composer.text_area, Qt.Key.Key_Return)
    await bench.until(lambda: not chat.answering.value)
    answer = chat.open(pane.conversation_id)[-1]
    body = chat._outbox.find(answer.idempotency_key).body
    [*_, heard] = await bench.posts("/chat/completions")
    assert heard["body_sha256"] == hashlib.sha256(body).hexdigest()
    return json.loads(body)


def test_what_is_chosen_goes_with_the_next_message(in_options: InOptions) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        plain = await _ask(pane, bench, "One")
        _type(options.instructions, "Be brief.")
        _type(options.parameters.temperature, "0.3")
        _type(options.parameters.stop, "END")
        chosen = await _ask(pane, bench, "Two")
        assert not {"temperature", "top_p", "stop"} & set(plain)
        assert (chosen["temperature"], chosen["stop"]) == (0.3, ["END"])
        assert chosen["messages"][0] == {"role": "system", "content": "Be brief."}
        _type(options.parameters.top_p, "0.5")
        other = await _ask(pane, bench, "Three")
        assert other["top_p"] == 0.5
        assert "temperature" not in other

    in_options(work)


def test_options_begin_a_chat_and_stay_on_show(in_options: InOptions) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        assert pane.conversation_id == ""
        _type(options.instructions, "Be")
        _type(options.parameters.seed, "7")
        assert options.instructions.text == "Be"
        assert _conversation(pane, bench).parameters == Parameters(seed=7)
        _type(options.instructions, " brief.")
        await bench.until(lambda: _conversation(pane, bench).system_prompt == "Be brief.")

    in_options(work)


def test_each_chat_has_its_own_and_nothing_typed_is_lost(in_options: InOptions) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        first = pane.begin()
        options.instructions.box.insertPlainText("  First\n")
        _type(options.parameters.temperature, "0,70")
        _type(options.parameters.max_tokens, "many")
        pane.new_conversation()
        assert pane.conversation_id != first
        assert options.instructions.text == ""
        assert set(options.parameters.texts.values()) == {""}
        _type(options.instructions, "Second")
        second = pane.conversation_id
        pane.show_conversation(first)
        stored = bench.services.chat.conversations.get
        assert stored(first).system_prompt == options.instructions.text == "  First\n"
        assert stored(second).system_prompt == "Second"
        assert options.parameters.temperature.text == "0,70"
        assert options.parameters.max_tokens.text == "many"
        assert "whole number" in options.parameters.max_tokens.error.text

    in_options(work)


def test_what_is_typed_for_a_chat_that_goes_is_not_put_into_another(
    in_options: InOptions,
) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        gone = pane.begin()
        _type(options.instructions, "Old")
        bench.services.history.delete(gone)
        pane.new_conversation()
        assert options.instructions.text == ""
        assert _conversation(pane, bench).system_prompt == ""

    in_options(work)


def test_all_is_left_to_the_service_again_and_taken_back(in_options: InOptions) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        assert not options.reset.isEnabled()
        chat = bench.services.chat
        chat.set_model(pane.begin(), "sandbox-echo")
        _type(options.instructions, "Be brief.")
        _type(options.parameters.temperature, "0,70")
        _type(options.parameters.seed, "x")
        options.reset.click()
        assert not _conversation(pane, bench).has_ways
        assert options.instructions.text == ""
        assert set(options.parameters.texts.values()) == {""}
        assert not options.reset.isEnabled()
        options.undo.button.click()
        conversation = _conversation(pane, bench)
        assert conversation.system_prompt == options.instructions.text == "Be brief."
        assert conversation.parameters == Parameters(temperature=0.7)
        assert conversation.model == "sandbox-echo"
        assert options.parameters.temperature.text == "0,70"
        assert options.parameters.seed.text == "x"
        options.instructions.box.insertPlainText("And kind. ")
        options.undo.button.click()
        options.undo.button.click()
        assert options.instructions.text == "And kind. Be brief.", "nothing typed is lost"

    in_options(work)


def _trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_a_preset_is_applied_and_taken_back(in_options: InOptions) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        presets = bench.services.presets
        preset = presets.save("A & B", system_prompt="Sing.", model="m", parameters=CHOSEN)
        pane.begin()
        _type(options.instructions, "Mine")
        _trigger(options.presets.menu(), "A && B")
        conversation = _conversation(pane, bench)
        assert preset.is_way_of(conversation)
        assert options.instructions.text == "Sing."
        assert options.parameters.stop.text == "END\n\\n\\n"
        assert options.undo.words == "Works as “A & B” now."
        options.undo.button.click()
        assert _conversation(pane, bench).system_prompt == options.instructions.text == "Mine"
        assert _conversation(pane, bench).model == "auto"

    in_options(work)


def test_a_new_chat_begins_with_a_preset(in_options: InOptions) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        old = pane.begin()
        _type(options.instructions, "Mine")
        menu = options.presets.menu()
        more = next(a for a in menu.actions() if a.text() == "New chat with preset")
        submenu = more.menu()
        assert isinstance(submenu, QMenu)
        _trigger(submenu, "Translator")
        menu.close()
        assert pane.conversation_id != old
        assert _conversation(pane, bench).system_prompt.startswith("You translate.")
        assert options.instructions.text.startswith("You translate.")
        assert bench.services.chat.conversations.get(old).system_prompt == "Mine"

    in_options(work)


def test_a_way_of_working_is_saved_as_a_preset(in_options: InOptions) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        bench.services.chat.set_model(pane.begin(), "sandbox-echo")
        _type(options.instructions, "Be brief.")
        _type(options.parameters.temperature, "0.3")
        bar = options.presets
        bar.save_as.click()
        assert not bar.save.isEnabled()
        QTest.keyClicks(bar.name, "Translator")
        assert "“Translator 2”" in bar.hint
        QTest.keyClick(bar.name, Qt.Key.Key_Return)
        assert bar.name.isHidden()
        presets = bench.services.presets.presets
        saved = next(preset for preset in presets if preset.name == "Translator 2")
        assert (saved.system_prompt, saved.model) == ("Be brief.", "sandbox-echo")
        assert saved.parameters == Parameters(temperature=0.3)
        options.undo.button.click()
        assert saved.id not in presets

    in_options(work)


def test_escape_leaves_the_name_then_the_options(in_options: InOptions) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        options.presets.save_as.click()
        QTest.keyClick(options.presets.name, Qt.Key.Key_Escape)
        assert options.presets.name.isHidden()
        assert options.isVisible()
        _type(options.instructions, "Be brief.")
        QTest.keyClick(options.instructions.box, Qt.Key.Key_Escape)
        assert options.isHidden()
        assert _conversation(pane, bench).system_prompt == "Be brief."
        assert pane.composer.text_area.hasFocus()

    in_options(work)


def test_the_options_leave_the_composer_free(in_options: InOptions) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        for width, height in ((640, 700), (380, 560), (900, 480)):
            pane.resize(width, height)
            await bench.until(lambda: options.geometry().right() < pane.width())
            assert options.geometry().bottom() < pane.composer.y()
            assert options.x() >= 0

    in_options(work)


def test_the_options_leave_the_find_bar_free(in_options: InOptions) -> None:
    async def work(pane: ChatPane, options: ChatOptions, bench: Any) -> None:
        top = options.y()
        pane.open_find()
        await bench.until(lambda: options.y() > pane.find_bar.geometry().bottom())
        pane.find_bar.close_bar()
        await bench.until(lambda: options.y() == top)
        pane.open_find()
        await bench.until(lambda: options.y() > pane.find_bar.geometry().bottom())

    in_options(work)


def test_options_survive_a_restart(run_on_qt: Any, open_bench: Any) -> None:
    shown: list[str] = []

    async def first() -> None:
        async with open_bench() as bench:
            pane = ChatPane(bench.services)
            options = ChatOptions(bench.services, pane)
            pane.show()
            options.toggle()
            _type(options.parameters.top_p, "0.5")
            _type(options.instructions, "Be brief.")
            shown.append(pane.conversation_id)
            bench.services.presets.save("Mine", system_prompt="Sing.", parameters=CHOSEN)
            pane.close()

    async def second() -> None:
        async with open_bench(ready=False) as bench:
            pane = ChatPane(bench.services)
            options = ChatOptions(bench.services, pane)
            pane.show_conversation(shown[0])
            assert options.instructions.text == "Be brief."
            assert options.parameters.parameters == Parameters(top_p=0.5)
            kept = next(p for p in bench.services.presets.presets if p.name == "Mine")
            assert (kept.system_prompt, kept.parameters) == ("Sing.", CHOSEN)
            pane.close()

    run_on_qt(first)
    run_on_qt(second)

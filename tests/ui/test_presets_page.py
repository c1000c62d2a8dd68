"""The presets in the settings, with real services."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.chat import Parameters
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.settings.preset_card import PresetCard
from beatra_desktop.ui.settings.presets_page import PresetsPage
from tests.ui.settings_window import settings_dialog

InPage = Callable[[Callable[[PresetsPage, Any], Awaitable[None]]], None]
STARTERS = ["Code reviewer", "Lyric writer", "Plain editor", "Translator"]


@pytest.fixture
def in_page(run_on_qt: Any, open_bench: Any) -> InPage:
    def run(work: Callable[[PresetsPage, Any], Awaitable[None]]) -> None:
        async def main() -> None:
            async with open_bench() as bench:
                dialog = settings_dialog(bench.services)
                dialog.show_presets()
                try:
                    await work(dialog.presets, bench)
                finally:
                    dialog.close()
                    dialog.deleteLater()

        run_on_qt(main)

    return run


def _names(page: PresetsPage) -> list[str]:
    """As they are shown, from top to bottom."""
    return [card.preset.name for card in sorted(page.cards, key=lambda card: card.y())]


def _card(page: PresetsPage, name: str) -> PresetCard:
    return next(card for card in page.cards if card.preset.name == name)


def _stored(bench: Any, name: str) -> Any:
    return next(preset for preset in bench.services.presets.presets if preset.name == name)


def test_everything_about_a_preset_can_be_edited(in_page: InPage) -> None:
    async def work(page: PresetsPage, bench: Any) -> None:
        assert _names(page) == STARTERS
        card = _card(page, "Lyric writer")
        card.edit.click()
        editor = card.editor
        editor.instructions.box.setPlainText(" Sing. ")
        editor.parameters.temperature.set_text("")
        QTest.keyClicks(editor.parameters.top_p.editor, "0.4")
        editor.model.open_models()
        QTest.keyClicks(editor.model.models.list, "echo")
        QTest.keyClick(editor.model.models.field, Qt.Key.Key_Return)
        await bench.until(lambda: _stored(bench, "Lyric writer").system_prompt == " Sing. ")
        stored = _stored(bench, "Lyric writer")
        assert stored.parameters == Parameters(top_p=0.4)
        assert stored.model == "sandbox-echo"
        assert editor.model.text().startswith("Sandbox Echo")

    in_page(work)


def test_a_new_name_moves_the_card_and_not_the_cursor(in_page: InPage) -> None:
    async def work(page: PresetsPage, bench: Any) -> None:
        card = _card(page, "Code reviewer")
        card.edit.click()
        name = card.editor.name
        name.selectAll()
        QTest.keyClicks(name, "Zebra ")
        assert name.text() == "Zebra ", "also what is not a name yet stays as typed"
        await bench.until(lambda: _names(page)[-1] == "Zebra")
        assert name.hasFocus()
        name.clear()
        preset = _stored(bench, "Zebra")
        assert preset is not None, "a preset without a name keeps the old one"
        bench.services.presets.change(replace(preset, system_prompt="Else"))
        assert name.text() == "", "the field is left to who is writing in it"

    in_page(work)


def test_a_deleted_preset_is_brought_back_with_its_last_words(in_page: InPage) -> None:
    async def work(page: PresetsPage, bench: Any) -> None:
        card = _card(page, "Translator")
        card.edit.click()
        card.editor.instructions.box.setPlainText("Into Latin.")
        card.delete.click()
        assert _names(page) == STARTERS[:3]
        assert page.undo.words == "“Translator” is deleted. Chats that use it stay as they are."
        page.undo.button.click()
        assert _stored(bench, "Translator").system_prompt == "Into Latin."
        await bench.until(lambda: _names(page) == STARTERS)

    in_page(work)


def test_presets_are_made_and_doubled(in_page: InPage) -> None:
    async def work(page: PresetsPage, bench: Any) -> None:
        page.new.click()
        assert not _card(page, "New preset").editor.isHidden()
        assert _card(page, "New preset").editor.name.selectedText() == "New preset"
        _card(page, "Translator").duplicate.click()
        copy = _stored(bench, "Translator 2")
        assert copy.system_prompt == _stored(bench, "Translator").system_prompt

    in_page(work)


def test_without_presets_the_page_says_what_they_are(in_page: InPage) -> None:
    async def work(page: PresetsPage, _bench: Any) -> None:
        for card in page.cards:
            card.delete.click()
        assert page.cards == []
        assert any("There are no presets" in label.text() for label in page.findChildren(Text))

    in_page(work)

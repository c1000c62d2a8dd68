"""Presets in the music form: saved, applied, renamed, deleted, and all of it taken back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.music import MusicPrompt, SunoOptions
from beatra_desktop.ui.music.music_form import MusicForm

SONG = MusicPrompt(
    prompt="slow piano waltz",
    title="Lamps",
    lyrics="La",
    model="suno-5.5",
    suno=SunoOptions(custom_mode=True),
)


@asynccontextmanager
async def _form(bench: Any) -> AsyncIterator[MusicForm]:
    """Closed before its services are, as the window is."""
    form = MusicForm(bench.services)
    form.resize(380, 700)
    form.show()
    form.head.open_presets.click()
    try:
        yield form
    finally:
        form.close()
        form.deleteLater()  # Qt aborts when Python's collector is the one that ends a window


def _names(form: MusicForm) -> list[str]:
    return [row.preset.name for row in form.head.presets.rows]


def _row(form: MusicForm, name: str) -> Any:
    return next(row for row in form.head.presets.rows if row.preset.name == name)


def test_a_preset_is_saved_applied_and_taken_back(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            form.fill(SONG)
            QTest.keyClicks(form.head.presets.name, "Waltz & more")
            QTest.keyClick(form.head.presets.name, Qt.Key.Key_Return)
            assert "Waltz & more" in _names(form)
            form.fill(MusicPrompt(prompt="polka", title="Boots", lyrics="Hey"))
            before = form.draft
            QTest.mouseClick(_row(form, "Waltz & more").apply, Qt.MouseButton.LeftButton)
            applied = form.prompt
            assert (applied.prompt, applied.model) == (SONG.prompt, SONG.model)
            assert (applied.title, applied.lyrics) == ("Boots", "Hey")
            assert applied.suno == SONG.suno
            assert not form.head.presets.isVisible()
            QTest.mouseClick(form.head.undo.button, Qt.MouseButton.LeftButton)
            assert form.draft == before
        async with open_bench() as bench, _form(bench) as form:
            assert "Waltz & more" in _names(form)

    run_on_qt(work)


def test_there_are_some_to_begin_with(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            assert len(_names(form)) >= 5
            _row(form, "Quiet piano").apply.click()
            assert "piano" in form.prompt.prompt
            assert form.prompt.instrumental

    run_on_qt(work)


def test_a_preset_is_renamed_in_its_row(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            row = _row(form, "Quiet piano")
            row.rename.click()
            QTest.keyClicks(row.name, "Loud piano")
            QTest.keyClick(row.name, Qt.Key.Key_Return)
            assert "Loud piano" in _names(form)
            assert "Quiet piano" not in _names(form)
            row = _row(form, "Loud piano")
            row.rename.click()
            QTest.keyClicks(row.name, "Film score")
            row.rename.click()
            assert "already" in form.head.presets.hint
            row = _row(form, "Loud piano")
            row.rename.click()
            QTest.keyClicks(row.name, "x")
            QTest.keyClick(row.name, Qt.Key.Key_Escape)
            assert not _row(form, "Loud piano").apply.isHidden()
            form.head.presets.undo.button.click()
            assert "Quiet piano" in _names(form)

    run_on_qt(work)


def test_a_deleted_or_replaced_preset_comes_back(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            names = _names(form)
            piano = _row(form, "Quiet piano").preset
            _row(form, "Quiet piano").delete.click()
            assert "Quiet piano" not in _names(form)
            form.head.presets.undo.button.click()
            assert _names(form) == names
            form.fill(SONG)
            form.head.presets.name.setText("quiet PIANO")
            assert form.head.presets.save.text() == "Replace"
            form.head.presets.save.click()
            assert _row(form, "quiet PIANO").preset.prompt.prompt == SONG.prompt
            form.head.presets.undo.button.click()
            assert _row(form, "Quiet piano").preset == piano

    run_on_qt(work)

"""The settings, with real services on a sandbox of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from beatra_desktop.domain.choices import Appearance, Contrast, Motion
from beatra_desktop.domain.profiles import (
    BEATRA_PROFILE_ID,
    SANDBOX_PROFILE_ID,
    ConnectionPhase,
    KeyStore,
    KeyStoreState,
)
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.settings.key_entry import KeyEntry
from beatra_desktop.ui.settings.profile_card import ProfileCard
from beatra_desktop.ui.settings.settings_dialog import SettingsDialog
from tests.ui.settings_window import settings_dialog

KEY = "sk-0123456789abcdef0123"
HINT = "sk-…0123"
NOBODY = "http://127.0.0.1:9/v1"


@pytest.fixture(autouse=True)
def _dialogs_closed(qapp: QApplication) -> Iterator[None]:
    yield
    for window in qapp.topLevelWidgets():
        if isinstance(window, SettingsDialog):
            window.close()
            window.deleteLater()  # or whoever changes the look later dresses it too
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _words(widget: Any) -> str:
    return " | ".join(label.text() for label in widget.findChildren(Text) if label.isVisible())


def _key_entry(card: ProfileCard) -> KeyEntry:
    assert card.key_entry is not None
    return card.key_entry


def _dialog(bench: Any) -> SettingsDialog:
    dialog = settings_dialog(bench.services)
    dialog.show_profiles()
    return dialog


def test_a_service_of_ones_own_is_added_tested_and_removed(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            profiles = bench.services.profiles
            page = _dialog(bench).profiles
            page.add_profile.name.setText("Mine")
            page.add_profile.base_url.setText("http://example.com/v1")
            page.add_profile.button.click()
            assert "unencrypted" in page.add_profile.error.text
            assert len(profiles.profiles) == 2
            page.add_profile.base_url.setText(NOBODY)
            assert page.add_profile.error.text == ""
            page.add_profile.button.click()
            mine = profiles.active.value
            assert (mine.name, mine.base_url) == ("Mine", NOBODY)
            await bench.until(
                lambda: profiles.connection.value.phase is ConnectionPhase.UNREACHABLE
            )
            card = page.card(mine.id)
            assert "Not reachable" in _words(card)
            remove = next(b for b in card.findChildren(Button) if b.text() == "Remove")
            remove.click()
            assert profiles.active.value.id == SANDBOX_PROFILE_ID
            assert mine.id not in profiles.profiles

    run_on_qt(work)


def test_the_sandbox_says_that_it_is_connected_and_takes_no_key(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            card = _dialog(bench).profiles.card(SANDBOX_PROFILE_ID)
            assert card.key_entry is None
            assert "Connected" in _words(card)
            card.test.click()
            assert "Checking…" in _words(card)
            ready = ConnectionPhase.READY
            await bench.until(lambda: bench.services.profiles.connection.value.phase is ready)

    run_on_qt(work)


def test_a_key_is_pasted_saved_forgotten_and_leaves_the_field(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            profiles = bench.services.profiles
            mine = profiles.add("Mine", NOBODY)
            profiles.activate(mine.id)
            card = _dialog(bench).profiles.card(mine.id)
            entry = _key_entry(card)
            assert not entry.save.isEnabled()
            QGuiApplication.clipboard().setText(f"  {KEY}\n")
            [paste] = entry.findChildren(IconButton)
            paste.click()
            assert entry.key.text() == KEY
            entry.save.click()
            assert entry.key.text() == ""
            assert not entry.key.isUndoAvailable()
            await bench.until(lambda: f"key {HINT}" in _words(card))
            entry.forget.click()
            await bench.until(lambda: HINT not in _words(card))
            await bench.until(lambda: "Not reachable" in _words(card))

    run_on_qt(work)


def test_what_can_be_no_key_is_refused_beside_the_field(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            entry = _key_entry(_dialog(bench).profiles.card(BEATRA_PROFILE_ID))
            entry.key.setText("sk two words")
            entry.save.click()
            assert "space" in entry.error.text
            assert entry.key.text() == "sk two words"
            entry.key.setText("sk-")
            assert entry.error.text == ""

    run_on_qt(work)


def test_letting_another_model_answer_is_a_choice(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            settings = bench.services.settings
            page = _dialog(bench).general
            assert not page.falls_back.isChecked()
            assert "chosen model is gone" in page.falls_back.accessibleName()
            page.falls_back.click()
            assert settings.settings.value.falls_back_to_auto
            settings.change(falls_back_to_auto=False)
            assert not page.falls_back.isChecked()

    run_on_qt(work)


def test_contrast_motion_and_speech_are_chosen_and_kept(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            settings = bench.services.settings
            looks = _dialog(bench).general.looks
            shown = (looks.contrast.choice, looks.motion.choice, looks.speech.isChecked())
            assert shown == ("system", "system", True)
            looks.contrast.chosen.emit(Contrast.HIGH.value)
            looks.motion.chosen.emit(Motion.REDUCED.value)
            looks.speech.click()
            assert (looks.contrast.choice, looks.motion.choice) == ("high", "reduced")
            settings.change(contrast=Contrast.NORMAL)
            assert looks.contrast.choice == "normal"
        async with open_bench(ready=False) as later:
            kept = later.services.settings.settings.value
            assert (kept.contrast, kept.motion) == (Contrast.NORMAL, Motion.REDUCED)
            assert not kept.speaks_answers

    run_on_qt(work)


def test_general_settings_act_at_once_and_show_what_holds(
    run_on_qt: Any, open_bench: Any, tmp_path: Path
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            settings = bench.services.settings
            page = _dialog(bench).general
            page.looks.appearance.chosen.emit(Appearance.DARK.value)
            page.enter_sends.chosen.emit("ctrl_enter")
            page.uploads.chosen.emit("3")
            page.attempts.choose(8)
            page.attempts.activated.emit(page.attempts.currentIndex())
            now = settings.settings.value
            assert now.appearance is Appearance.DARK
            assert (now.enter_sends, now.parallel_uploads, now.retry_attempts) == (False, 3, 8)
            settings.change(parallel_uploads=1, appearance=Appearance.LIGHT)
            assert (page.uploads.choice, page.looks.appearance.choice) == ("1", "light")
            _choose_folder(page, tmp_path)
            assert settings.settings.value.clips_folder == tmp_path
            assert page.folder.text() == str(tmp_path)
            page.default_folder.click()
            assert settings.settings.value.clips_folder is None

    run_on_qt(work)


def _choose_folder(page: Any, folder: Path) -> None:
    choose = next(b for b in page.findChildren(Button) if b.text() == "Choose…")
    choose.click()
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(folder))
    dialog.reject()


def test_the_key_store_is_named_and_tested(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            store = bench.services.profiles.key_store
            card = _dialog(bench).profiles.key_store
            card.test.click()
            await bench.until(lambda: store.value.state is KeyStoreState.READY)
            assert "Works" in card.words
            for state in KeyStoreState:
                card.show_store(KeyStore(name="Secret Service", state=state, detail="allow_access"))
                assert card.words.startswith("Secret Service. ")
                assert "Allow Beatra Desktop" in card.words
            card.show_store(KeyStore())
            assert card.words == "Key store. Not tested yet."

    run_on_qt(work)


def test_each_page_is_reached_by_its_name(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            dialog = _dialog(bench)
            assert dialog.profiles.isVisible()
            general = next(b for b in dialog.findChildren(Button) if b.text() == "General")
            general.click()
            assert dialog.general.isVisible()
            dialog.show_about()
            assert "Version 1.2.3" in _words(dialog.about)

    run_on_qt(work)


def test_song_names_are_shown_as_they_will_be_and_what_can_not_be_used_changes_nothing(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            settings = bench.services.settings
            songs = _dialog(bench).general._songs
            songs.template.setText("{date} {title} {n}")
            assert songs.example.text() == "Such as “2026-09-01 Lamps along the river 2.mp3”"
            assert settings.settings.value.clip_name_template == "{date} {title} {n}"
            songs.template.setText("{title}/{bpm}")
            assert "can't hold /" in songs.error.text
            songs.template.setText("{bpm}")
            assert "There is no “bpm”" in songs.error.text
            assert settings.settings.value.clip_name_template == "{date} {title} {n}"
            songs.template.editingFinished.emit()
            assert songs.template.text() == "{date} {title} {n}"
            songs.parallel.chosen.emit("3")
            assert settings.settings.value.parallel_songs == 3
        async with open_bench() as later:
            kept = later.services.settings.settings.value
            assert (kept.clip_name_template, kept.parallel_songs) == ("{date} {title} {n}", 3)

    run_on_qt(work)

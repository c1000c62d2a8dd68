"""The form for a new song, with real services on a sandbox of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.catalog import Label
from beatra_desktop.domain.music import MinimaxOptions, MusicPrompt, Reference, SunoOptions
from beatra_desktop.domain.uploads import UploadStatus
from beatra_desktop.paths import resources
from beatra_desktop.ui.music.music_form import MusicForm

RECORDING = resources() / "samples" / "riverside-sketch.mp3"
SONG = MusicPrompt(prompt="slow piano waltz", title="Lamps", model="suno-5.5", instrumental=True)


@asynccontextmanager
async def _form(bench: Any) -> AsyncIterator[MusicForm]:
    """Closed before its services are, as the window is."""
    form = MusicForm(bench.services)
    form.resize(380, 700)
    form.show()
    try:
        yield form
    finally:
        form.close()


def test_a_song_is_sent_as_it_was_filled_in(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            submitted: list[str] = []
            form.submitted.connect(submitted.append)
            wanted = replace(SONG, suno=SunoOptions(custom_mode=True, style_weight=0.7))
            form.fill(wanted)
            QTest.keyClick(form.prompt_box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            [task] = bench.services.music.tasks
            assert submitted == [task.id]
            assert task.prompt == wanted
            assert form.prompt == wanted

    run_on_qt(work)


def test_what_is_missing_is_said_beside_its_field(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            QTest.mouseClick(form.generate, Qt.MouseButton.LeftButton)
            assert form.prompt_field.error.text == "Describe the song in a few words first."
            assert form.prompt_field.error.isVisible()
            assert form.title.error.text == ""
            QTest.keyClicks(form.prompt_box, "waltz")
            assert form.prompt_field.error.text == ""
            assert form.prompt_field.counter.text().startswith("5 of 2")
            form.title.set_text("x" * 101)
            form.submit()
            assert "up to 100 characters" in form.title.error.text
            assert len(bench.services.music.tasks) == 0

    run_on_qt(work)


def test_a_draft_survives_the_window(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            QTest.keyClicks(form.prompt_box, "slow waltz")
            form.lyrics.field.set_text("[Verse]\nRain")
            form.lyrics.instrumental.setChecked(True)
            form.model.choose("suno-5.5")
            form.suno.custom.setChecked(True)
            form.suno.negative.set_text("choir")
            draft = form.draft
        async with open_bench() as bench, _form(bench) as again:
            assert again.draft == draft
            assert again.prompt.lyrics == ""
            assert again.draft.lyrics == "[Verse]\nRain"

    run_on_qt(work)


def test_a_draft_is_stored_while_it_is_typed(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            QTest.keyClicks(form.prompt_box, "waltz")
            await bench.until(lambda: "waltz" in bench.services.settings.ui_state("music_draft"))

    run_on_qt(work)


def test_an_unreadable_draft_leaves_an_empty_form(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            bench.services.settings.set_ui_state("music_draft", '[{"prompt": 3}]')
            async with _form(bench) as form:
                assert form.draft.prompt == ""

    run_on_qt(work)


def test_options_belong_to_the_chosen_model(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            form.fill(replace(SONG, suno=SunoOptions(custom_mode=True, vocal_gender="f")))
            assert form.suno.isVisible()
            assert not form.suno.audio.isVisible()
            form.fill(
                replace(
                    SONG,
                    model="minimax-music-3.0",
                    instrumental=False,
                    minimax=MinimaxOptions(lyrics_optimizer=True),
                )
            )
            assert not form.suno.isVisible()
            assert form.minimax.isVisible()
            assert form.prompt.suno is None
            assert form.prompt.minimax == MinimaxOptions(lyrics_optimizer=True)
            form.model.select.setCurrentIndex(0)
            form.model.select.activated.emit(0)
            assert form.prompt.model == "auto"
            assert form.prompt.minimax is None

    run_on_qt(work)


def test_models_show_the_services_price_and_label(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            select = form.model.select
            ids = [select.itemData(row) for row in range(select.count())]
            assert ids == ["auto", "suno-5.5", "minimax-music-3.0", "minimax-music-2.6"]
            assert form.model.price == ""
            form.fill(SONG)
            assert form.model.price == "80 credits"
            assert form.price.text() == "80 credits for this song"
            model = bench.services.profiles.catalog.value.model("suno-5.5")
            assert model.label is Label.PREVIEW
            assert form.model.badge.isVisible()
            assert form.model.badge.text() == "Preview"
            form.fill(replace(SONG, model="gone-1"))
            assert form.prompt.model == "gone-1"

    run_on_qt(work)


def test_tags_go_on_lines_of_their_own(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            for tag in ("[Verse]", "[Chorus]"):
                QTest.mouseClick(form.lyrics.parts[tag], Qt.MouseButton.LeftButton)
                form.lyrics.box.insertPlainText("La la")
            assert form.lyrics.text == "[Verse]\nLa la\n[Chorus]\nLa la"

    run_on_qt(work)


def test_a_draft_that_is_replaced_can_be_brought_back(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            form.prompt_box.setPlainText("my own words")
            form.fill(SONG)
            form.fill(replace(SONG, prompt="yet another"))
            assert form.bring_back.isVisible()
            QTest.mouseClick(form.bring_back, Qt.MouseButton.LeftButton)
            assert form.draft.prompt == "my own words"
            assert not form.bring_back.isVisible()
            form.fill(SONG)
        async with open_bench() as bench, _form(bench) as again:
            assert again.draft.prompt == SONG.prompt
            again.bring_back.click()
            assert again.draft.prompt == "my own words"

    run_on_qt(work)


def test_a_recording_is_uploaded_from_the_form_and_used(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            form.fill(replace(SONG, instrumental=False))
            form.add_reference(RECORDING)
            await bench.until(form.reference.question.isVisible)
            form.submit()
            assert "not uploaded yet" in form.reference_field.error.text
            QTest.mouseClick(form.reference.question.yes, Qt.MouseButton.LeftButton)
            [upload_id] = [upload.id for upload in bench.services.uploads.uploads]
            uploads = bench.services.uploads.uploads
            await bench.until(lambda: uploads.get(upload_id).status is UploadStatus.UPLOADED)
            artifact_id = uploads.get(upload_id).artifact_id
            assert form.prompt.reference == Reference(
                upload_id=upload_id, name=RECORDING.name, artifact_id=artifact_id
            )
            assert form.suno.audio.isHidden() is False
            form.submit()
            [task] = bench.services.music.tasks
            assert task.prompt.reference.artifact_id == artifact_id

    run_on_qt(work)


def test_a_recording_without_rights_is_given_up(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _form(bench) as form:
            form.add_reference(RECORDING)
            await bench.until(form.reference.question.isVisible)
            QTest.mouseClick(form.reference.question.no, Qt.MouseButton.LeftButton)
            assert form.prompt.reference is None
            assert not form.reference.question.isVisible()
            [upload] = bench.services.uploads.uploads
            uploads = bench.services.uploads.uploads
            await bench.until(lambda: uploads.get(upload.id).status is UploadStatus.CANCELED)

    run_on_qt(work)

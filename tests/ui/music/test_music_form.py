"""The form for a new song, with real services on a sandbox of their own."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.catalog import Label
from beatra_desktop.domain.music import MinimaxOptions, Reference, SunoOptions
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.uploads import UploadStatus
from beatra_desktop.ui import theme
from beatra_desktop.ui.music.model_options import MinimaxPanel, SunoPanel
from beatra_desktop.ui.music.music_form import MusicForm
from tests.ui.music.forms import CONTROL, RECORDING, SONG, open_form


def _pick_model(form: MusicForm, model_id: str) -> None:
    select = form.fields.model.select
    select.choose(model_id)
    select.activated.emit(select.currentIndex())


def test_a_song_is_sent_as_it_was_filled_in(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            submitted: list[str] = []
            form.submitted.connect(submitted.append)
            wanted = replace(SONG, suno=SunoOptions(custom_mode=True, style_weight=0.7))
            form.fill(wanted)
            QTest.keyClick(form.fields.prompt_box, Qt.Key.Key_Return, CONTROL)
            [task] = bench.services.music.tasks
            assert submitted == [task.id]
            assert task.prompt == wanted
            assert form.prompt == wanted

    run_on_qt(work)


def test_what_is_missing_is_said_beside_its_field(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            QTest.mouseClick(form.foot.generate, Qt.MouseButton.LeftButton)
            assert form.fields.prompt.error.text == "Describe the song in a few words first."
            assert form.fields.prompt.error.isVisible()
            assert form.fields.title.error.text == ""
            QTest.keyClicks(form.fields.prompt_box, "waltz")
            assert form.fields.prompt.error.text == ""
            assert form.fields.prompt.counter.text().startswith("5 of 2")
            assert len(bench.services.music.tasks) == 0

    run_on_qt(work)


def test_a_draft_survives_the_window(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            QTest.keyClicks(form.fields.prompt_box, "slow waltz")
            form.fields.lyrics.field.set_text("[Verse]\nRain")
            form.fields.lyrics.instrumental.setChecked(True)
            form.fields.model.choose("suno-5.5")
            form.fields.suno.custom.setChecked(True)
            form.fields.suno.negative.set_text("choir")
            draft = form.draft
        async with open_bench() as bench, open_form(bench) as again:
            assert again.draft == draft
            assert again.prompt.lyrics == ""
            assert again.draft.lyrics == "[Verse]\nRain"

    run_on_qt(work)


def test_a_draft_is_stored_while_it_is_typed(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            QTest.keyClicks(form.fields.prompt_box, "waltz")
            await bench.until(lambda: "waltz" in bench.services.settings.ui_state("music_draft"))

    run_on_qt(work)


def test_a_draft_is_stored_while_one_goes_on_typing(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            typed = 0

            def is_stored_meanwhile() -> bool:
                nonlocal typed
                typed += 1
                QTest.keyClick(form.fields.prompt_box, Qt.Key.Key_A)
                return "aaa" in bench.services.settings.ui_state("music_draft")

            await bench.until(is_stored_meanwhile)
            assert typed > 3

    run_on_qt(work)


def test_folds_and_the_number_of_songs_are_kept(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fields.sections["reference"].head.click()
            assert not form.fields.reference.isVisible()
            assert form.fields.sections["reference"].summary == "none"
            form.foot.copies.more.click()
        async with open_bench() as bench, open_form(bench) as again:
            assert not again.fields.sections["reference"].is_open
            assert again.fields.sections["lyrics"].is_open
            assert again.foot.copies.copies == 2

    run_on_qt(work)


def test_a_folded_section_says_that_there_is_a_hint_in_it(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fill(replace(SONG, suno=SunoOptions(style_weight=0.5)))
            section = form.fields.sections["model"]
            assert not section.mark.isVisible()
            section.head.click()
            assert section.mark.isVisible()
            form.fields.suno.custom.click()
            assert not section.mark.isVisible()

    run_on_qt(work)


def test_an_unreadable_draft_leaves_an_empty_form(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            bench.services.settings.set_ui_state("music_draft", '[{"prompt": 3}]')
            async with open_form(bench) as form:
                assert form.draft.prompt == ""

    run_on_qt(work)


def test_options_belong_to_the_chosen_model(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            suno = SunoOptions(custom_mode=True, vocal_gender="f")
            minimax = MinimaxOptions(lyrics_optimizer=True)
            form.fill(replace(SONG, suno=suno))
            assert form.fields.suno.isVisible()
            assert not form.fields.minimax.isVisible()
            form.fill(replace(SONG, model="minimax-music-3.0", minimax=minimax))
            assert not form.fields.suno.isVisible()
            assert form.fields.minimax.isVisible()
            assert (form.prompt.suno, form.prompt.minimax) == (None, minimax)
            _pick_model(form, "auto")
            assert (form.prompt.suno, form.prompt.minimax) == (None, None)
            _pick_model(form, "suno-5.5")
            assert (form.prompt.suno, form.prompt.minimax) == (suno, None)

    run_on_qt(work)


def test_options_nobody_sees_yet_are_kept(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            suno, minimax = SunoOptions(custom_mode=True), MinimaxOptions(lyrics_optimizer=True)
            form.fill(replace(SONG, model="auto", suno=suno, minimax=minimax))
            assert not form.findChildren(SunoPanel) + form.findChildren(MinimaxPanel)
            assert (form.fields.draft.suno, form.fields.draft.minimax) == (suno, minimax)
            _pick_model(form, "minimax-music-2.6")
            assert form.prompt.minimax == minimax

    run_on_qt(work)


def test_models_show_the_services_price_and_label(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            model_field, foot = form.fields.model, form.foot
            select = model_field.select
            ids = [select.itemData(row) for row in range(select.count())]
            assert ids == ["auto", "suno-5.5", "minimax-music-3.0", "minimax-music-2.6"]
            costs = "About 50 or 80 credits, as the model picked costs. "
            assert foot.price.text().startswith(costs)
            foot.copies.set_copies(3)
            form.fill(replace(SONG, model="auto"))
            costs = "3 songs, about 150 to 240 credits, as the models picked cost. "
            assert foot.price.text().startswith(costs)
            foot.copies.set_copies(1)
            form.fill(SONG)
            assert foot.price.text().startswith("About 80 credits, 2 clips. ")
            model = bench.services.profiles.catalog.value.model("suno-5.5")
            assert model.label is Label.PREVIEW
            assert model_field.badge.isVisible()
            assert model_field.badge.text() == "Preview"
            form.fill(replace(SONG, model="gone-1"))
            assert form.prompt.model == "gone-1"
            assert foot.price.text() == "Price unknown: the catalogue names none."

    run_on_qt(work)


def test_tags_go_on_lines_of_their_own_and_can_be_taken_back(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            box = form.fields.lyrics.box
            for tag in ("[Verse]", "[Chorus]", "[Instrumental]"):
                QTest.mouseClick(form.fields.lyrics.parts[tag], Qt.MouseButton.LeftButton)
                box.insertPlainText("La la")
            written = "[Verse]\nLa la\n\n[Chorus]\nLa la\n\n[Instrumental]\nLa la"
            assert form.fields.lyrics.text == written
            box.selectAll()
            form.fields.lyrics.parts["[Intro]"].click()
            assert form.fields.lyrics.text == f"[Intro]\n{written}"
            assert form.focusWidget() is box
            QTest.keyClick(box, Qt.Key.Key_Z, CONTROL)
            assert form.fields.lyrics.text == written

    run_on_qt(work)


def test_a_draft_that_is_replaced_can_be_brought_back(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fields.prompt_box.setPlainText("my own words")
            form.fill(SONG)
            form.fill(replace(SONG, prompt="yet another"))
            assert form.earlier.take.isVisible()
            QTest.mouseClick(form.earlier.take, Qt.MouseButton.LeftButton)
            assert form.draft.prompt == "my own words"
            assert not form.earlier.take.isVisible()
            form.fill(SONG)
        async with open_bench() as bench, open_form(bench) as again:
            assert again.draft.prompt == SONG.prompt
            again.earlier.take.click()
            assert again.draft.prompt == "my own words"

    run_on_qt(work)


def test_a_recording_is_uploaded_from_the_form_and_used(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fill(replace(SONG, instrumental=False))
            form.add_reference(RECORDING)
            await bench.until(form.fields.reference.question.isVisible)
            QTest.mouseClick(form.fields.reference.question.yes, Qt.MouseButton.LeftButton)
            [upload_id] = [upload.id for upload in bench.services.uploads.uploads]
            uploads = bench.services.uploads.uploads
            await bench.until(lambda: uploads.get(upload_id).status is UploadStatus.UPLOADED)
            artifact_id = uploads.get(upload_id).artifact_id
            assert form.prompt.reference == Reference(
                upload_id=upload_id, name=RECORDING.name, artifact_id=artifact_id
            )
            form.submit()
            [task] = bench.services.music.tasks
            assert task.prompt.reference.artifact_id == artifact_id

    run_on_qt(work)


def test_a_recording_without_rights_is_given_up(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.add_reference(RECORDING)
            await bench.until(form.fields.reference.question.isVisible)
            QTest.mouseClick(form.fields.reference.question.no, Qt.MouseButton.LeftButton)
            assert form.prompt.reference is None
            assert not form.fields.reference.question.isVisible()
            [upload] = bench.services.uploads.uploads
            uploads = bench.services.uploads.uploads
            await bench.until(lambda: uploads.get(upload.id).status is UploadStatus.CANCELED)

    run_on_qt(work)


def test_the_form_fits_the_narrowest_studio_with_text_twice_as_large(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            theme.set_zoom_percent(200)
            form.fill(SONG)
            assert form.fields.reference.minimumSizeHint().width() <= 348
            assert form.head.minimumSizeHint().width() <= 348

    run_on_qt(work)

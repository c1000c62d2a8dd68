"""The recording a song follows: waited for, or made here."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.music import (
    Delivery,
    Reference,
)
from beatra_desktop.domain.music_rules import PromptField
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.uploads import UploadStatus
from beatra_desktop.ui.music.music_form import MusicForm
from tests.ui.music.forms import RECORDING, SONG, open_form


def _reference(form: MusicForm) -> Reference:
    assert form.prompt.reference is not None
    return form.prompt.reference


def _error(form: MusicForm, field: PromptField) -> str:
    return form.fields.by_field[field].error.text


def test_what_waits_for_the_recording_goes_out_when_it_is_there(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fill(replace(SONG, instrumental=False))
            form.add_reference(RECORDING)
            await bench.until(form.fields.reference.question.isVisible)
            form.submit()
            assert "Answer the question" in form.foot.notice.text()
            assert len(bench.services.music.tasks) == 0
            QTest.mouseClick(form.fields.reference.question.yes, Qt.MouseButton.LeftButton)
            await bench.until(lambda: len(bench.services.music.tasks) == 1)
            assert bench.services.music.tasks[0].prompt.reference.artifact_id
            assert not form.foot.notice.isVisible()
            assert form.foot.generate.isVisible()

    run_on_qt(work)


def test_waiting_ends_with_an_edit_or_on_demand(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fill(replace(SONG, instrumental=False))
            form.add_reference(RECORDING)
            await bench.until(form.fields.reference.question.isVisible)
            form.submit()
            QTest.mouseClick(form.foot.stop_waiting, Qt.MouseButton.LeftButton)
            assert form.foot.generate.isVisible()
            form.submit()
            QTest.keyClicks(form.fields.prompt_box, "!")
            assert not form.foot.notice.isVisible()
            QTest.mouseClick(form.fields.reference.question.yes, Qt.MouseButton.LeftButton)
            [upload] = bench.services.uploads.uploads
            uploads = bench.services.uploads.uploads
            await bench.until(lambda: uploads.get(upload.id).status is UploadStatus.UPLOADED)
            assert len(bench.services.music.tasks) == 0

    run_on_qt(work)


def test_a_recording_that_is_not_there_can_not_be_sent(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            gone = Reference(upload_id=UploadId("gone"), name="take.wav")
            form.fill(replace(SONG, reference=gone))
            assert form.fields.reference.select.currentText() == "take.wav"
            form.submit()
            assert "not uploaded yet" in _error(form, PromptField.REFERENCE)
            assert len(bench.services.music.tasks) == 0

    run_on_qt(work)


def test_a_song_of_ones_own_becomes_the_reference_without_a_question(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            uploads = bench.services.uploads.uploads
            clip = await _own_song(bench)
            select = form.fields.reference.select
            select.showPopup()
            select.hidePopup()
            row = select.findText(f"My song: {clip.path.name}")
            select.activated.emit(row)
            await bench.until(lambda: uploads[0].status is UploadStatus.UPLOADED)
            assert _reference(form).artifact_id == uploads[0].artifact_id
            form.add_reference(Path(clip.path))
            await bench.until(lambda: _reference(form).upload_id == uploads[0].id)
            await bench.until(lambda: uploads[0].status is UploadStatus.UPLOADED)
            assert uploads[0].reused
            assert not form.fields.reference.question.isVisible()

    run_on_qt(work)


async def _own_song(bench: Any) -> Any:
    """A short song, made and saved."""
    await bench.admin("POST", "settings", {"clip_seconds": 4})
    bench.services.music.create(replace(SONG, model="minimax-music-2.6"))
    clips = bench.services.music.clips
    await bench.until(lambda: len(clips) and clips[0].delivery is Delivery.SAVED)
    return clips[0]

"""The studio as a whole: what goes from one of its parts to another."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from beatra_desktop.domain.music import MusicPrompt, TaskStatus
from beatra_desktop.domain.uploads import Purpose, UploadStatus
from beatra_desktop.paths import resources
from beatra_desktop.ui.music.studio import Part, Studio
from beatra_desktop.ui.uploads.upload_deeds import Deed

RECORDING = resources() / "samples" / "riverside-sketch.mp3"


@asynccontextmanager
async def _studio(bench: Any) -> AsyncIterator[Studio]:
    """Closed before its services are, as the window is."""
    studio = Studio(bench.services)
    studio.resize(380, 700)
    studio.show()
    try:
        yield studio
    finally:
        studio.close()


def test_a_song_that_was_sent_is_shown_in_the_list(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _studio(bench) as studio:
            studio.form.fill(MusicPrompt(prompt="slow waltz", instrumental=True))
            studio.form.submit()
            assert studio.part is Part.QUEUE
            [task] = bench.services.music.tasks
            assert studio.queue.panel.row is not None
            assert studio.queue.panel.row.task.id == task.id

    run_on_qt(work)


def test_a_song_can_be_edited_as_a_new_one(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _studio(bench) as studio:
            wanted = MusicPrompt(prompt="slow waltz", title="Lamps", instrumental=True)
            task = bench.services.music.create(wanted)
            studio.show_queue()
            studio.queue.show_task(task.id)
            studio.queue.panel.edit.click()
            assert studio.part is Part.MUSIC
            assert studio.form.prompt == wanted

    run_on_qt(work)


def test_a_refused_song_is_edited_with_the_reason_at_its_field(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench, _studio(bench) as studio:
            prompt = MusicPrompt(prompt="x" * 501, model="suno-5.5", instrumental=True)
            task = bench.services.music.create(prompt)
            tasks = bench.services.music.tasks
            await bench.until(lambda: tasks.get(task.id).status is TaskStatus.REFUSED)
            studio.show_queue()
            studio.edit_song(task.id)
            assert studio.part is Part.MUSIC
            assert studio.form.prompt == prompt
            assert "at most 500" in studio.form.fields.prompt.error.text

    run_on_qt(work)


def test_one_recording_becomes_the_reference_of_the_song_being_written(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench, _studio(bench) as studio:
            studio.add_files([RECORDING])
            [upload] = bench.services.uploads.uploads
            assert upload.purpose is Purpose.REFERENCE_AUDIO
            assert studio.part is Part.MUSIC
            reference = studio.form.prompt.reference
            assert reference is not None
            assert reference.upload_id == upload.id
            await bench.until(studio.form.fields.reference.question.isVisible)

    run_on_qt(work)


def test_other_files_are_shown_among_the_uploads(
    run_on_qt: Any, open_bench: Any, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Something worth sending")

    async def work() -> None:
        async with open_bench() as bench, _studio(bench) as studio:
            studio.add_files([note, RECORDING])
            assert studio.part is Part.UPLOADS
            uploads = bench.services.uploads.uploads
            await bench.until(lambda: len(uploads) == 2)
            assert {upload.name: upload.purpose for upload in uploads} == {
                RECORDING.name: Purpose.REFERENCE_AUDIO,
                note.name: Purpose.MEDIA_INPUT,
            }
            await bench.until(studio.drop_zone.rights.isVisible)

    run_on_qt(work)


def test_an_uploaded_recording_is_handed_to_the_form(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, _studio(bench) as studio:
            studio.show_uploads()
            studio.add_files([RECORDING])
            zone, uploads = studio.drop_zone, bench.services.uploads.uploads
            await bench.until(zone.rights.isVisible)
            zone.rights.yes.click()
            await bench.until(lambda: uploads[0].status is UploadStatus.UPLOADED)
            zone.list.choose(uploads[0].id)
            zone.panel.buttons[Deed.USE].click()
            assert studio.part is Part.MUSIC
            reference = studio.form.prompt.reference
            assert reference is not None
            assert reference.artifact_id == uploads[0].artifact_id

    run_on_qt(work)


def test_a_service_without_music_gets_a_calm_sentence(
    run_on_qt: Any, open_bench: Any, chat_only_url: str
) -> None:
    async def work() -> None:
        async with open_bench() as bench, _studio(bench) as studio:
            profiles = bench.services.profiles
            profile = profiles.add("Elsewhere", chat_only_url)
            profiles.activate(profile.id)
            profiles.save_key(profile.id, "sk-" + "a" * 32, session_only=True)
            await bench.until(lambda: not profiles.catalog.value.offers_music)
            assert not studio.form.isVisible()
            studio.focus_prompt()
            assert not studio.form.isVisible()

    run_on_qt(work)


def test_a_song_from_elsewhere_is_shown_whatever_was_filtered(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench, _studio(bench) as studio:
            wanted = bench.services.music.create(MusicPrompt(prompt="slow waltz"))
            bench.services.music.create(MusicPrompt(prompt="fast polka"))
            studio.queue.bar.filter.chosen.emit("failed")
            studio.show_song(wanted.id)
            assert studio.part is Part.QUEUE
            assert studio.queue.panel.row is not None
            assert studio.queue.panel.row.task.id == wanted.id

    run_on_qt(work)

"""The library of uploaded files, on the real sandbox."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ProfileId, UploadId
from beatra_desktop.domain.music import MusicPrompt, Reference, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.uploads import KnownFile, Purpose, Upload, UploadStatus

pytestmark = pytest.mark.asyncio


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("Something worth sending")
    return path


def _upload(bench: Any, upload_id: str) -> Upload:
    found: Upload = bench.services.uploads.uploads.get(upload_id)
    return found


async def _sent(bench: Any, path: Path, purpose: Purpose = Purpose.MEDIA_INPUT) -> Upload:
    uploads = bench.services.uploads
    [upload_id] = uploads.add([path], purpose=purpose)
    asking = UploadStatus.ASKING
    await bench.until(
        lambda: (status := _upload(bench, upload_id).status) is asking or not status.is_live
    )
    if _upload(bench, upload_id).status is asking:
        uploads.confirm_rights(upload_id)
        await bench.until(lambda: not _upload(bench, upload_id).status.is_live)
    return _upload(bench, upload_id)


def _files(bench: Any) -> list[KnownFile]:
    return list(bench.services.files.files)


async def _song(bench: Any, upload: Upload, title: str) -> str:
    reference = Reference(upload_id=upload.id, name=upload.name, artifact_id=upload.artifact_id)
    prompt = MusicPrompt(prompt="a slow waltz with brushes", title=title, reference=reference)
    task = bench.services.music.create(prompt)
    task = task[0] if isinstance(task, list) else task
    task_id: str = task.id
    return task_id


async def test_a_content_is_one_entry_from_this_run_and_from_earlier_ones(
    open_bench: Any, note: Path, tone: Path
) -> None:
    copy = note.with_name("copy.txt")
    copy.write_bytes(note.read_bytes())
    async with open_bench() as bench:
        await _sent(bench, note)
        await _sent(bench, tone, Purpose.REFERENCE_AUDIO)
        again = await _sent(bench, copy)
        assert again.reused
        assert [file.upload.name for file in _files(bench)] == ["tone.wav", "copy.txt"]
        shown = _files(bench)
    async with open_bench() as bench:
        await bench.until(lambda: len(_files(bench)) == 2)
        stored = {file.id: file for file in _files(bench)}
        assert stored == {file.id: file for file in shown}


async def test_a_cleared_row_stays_in_the_library_and_is_not_sent_again(
    open_bench: Any, note: Path
) -> None:
    async with open_bench() as bench:
        first = await _sent(bench, note)
        bench.services.uploads.remove(first.id)
        assert [file.upload.id for file in _files(bench)] == [first.id]
    async with open_bench() as bench:
        await bench.until(lambda: _files(bench))
        assert (await _sent(bench, note)).reused
        assert len(await bench.posts("/uploads")) == 1


async def test_words_in_names_types_ids_and_songs_are_found(
    open_bench: Any, note: Path, tone: Path
) -> None:
    async with open_bench() as bench:
        library = bench.services.files
        await _sent(bench, note)
        recording = await _sent(bench, tone, Purpose.REFERENCE_AUDIO)
        await _song(bench, recording, "Lamps along the river")
        for text, names in (
            ("NOTE", ["note.txt"]),
            ("audio tone", ["tone.wav"]),
            (recording.artifact_id or "", ["tone.wav"]),
            ("lamps river", ["tone.wav"]),
            ("nothing like it", []),
            ("  ", ["tone.wav", "note.txt"]),
        ):
            library.look_for(text)
            assert [file.upload.name for file in _files(bench)] == names
        library.look_for("note")
        other = note.with_name("other.txt")
        other.write_text("other words")
        await _sent(bench, other)
        assert [file.upload.name for file in _files(bench)] == ["note.txt"]
        library.look_for("")
        assert len(_files(bench)) == 3


async def test_a_file_tells_the_songs_it_was_used_for(open_bench: Any, tone: Path) -> None:
    async with open_bench() as bench:
        recording = await _sent(bench, tone, Purpose.REFERENCE_AUDIO)
        task_id = await _song(bench, recording, "Lamps")
        [file] = _files(bench)
        assert [(use.task_id, use.title) for use in file.used_by] == [(task_id, "Lamps")]
        assert file.upload.rights_confirmed_at is not None
    async with open_bench() as bench:
        await bench.until(lambda: _files(bench))
        assert [use.title for use in _files(bench)[0].used_by] == ["Lamps"]


async def test_a_file_that_is_not_there_is_marked(open_bench: Any, note: Path) -> None:
    async with open_bench() as bench:
        upload = await _sent(bench, note)
        away = note.rename(note.with_name("away.txt"))
        bench.services.files.check(upload.id)
        await bench.until(lambda: _files(bench)[0].is_missing)
        away.rename(note)
        bench.services.files.check_all()
        await bench.until(lambda: not _files(bench)[0].is_missing)
        note.unlink()
    async with open_bench() as bench:
        await bench.until(lambda: _files(bench) and _files(bench)[0].is_missing)


async def test_an_artifact_the_service_no_longer_knows_is_noticed_by_its_link(
    open_bench: Any, note: Path
) -> None:
    async with open_bench() as bench:
        library = bench.services.files
        upload = await _sent(bench, note)
        library.check(upload.id)
        await bench.admin("POST", "reset")
        library.check(upload.id)
        await bench.until(lambda: _files(bench)[0].upload.gone_at)
        assert _upload(bench, upload.id).gone_at is not None
        again = library.upload_again(upload.id)
        await bench.until(lambda: _upload(bench, again).status is UploadStatus.UPLOADED)
        [file] = _files(bench)
        assert file.upload.id == again
        assert file.upload.gone_at is None
        assert file.artifact_ids == {upload.artifact_id, _upload(bench, again).artifact_id}
        assert (await _sent(bench, note)).reused


async def test_all_artifacts_are_asked_for_while_their_services_answer(
    open_bench: Any, note: Path, tone: Path
) -> None:
    async with open_bench() as bench:
        first = await _sent(bench, note)
        await _sent(bench, tone, Purpose.REFERENCE_AUDIO)
        silent: dict[str, Any] = {"profile_id": ProfileId("gone"), "url": "http://127.0.0.1:9/x"}
        elsewhere = replace(first, id=UploadId("elsewhere"), artifact_id="x", **silent)
        bench.services.uploads._rows.add([elsewhere])
        bench.services.uploads._rows.put(elsewhere)
        await bench.admin("POST", "reset")
        bench.services.files.check_all()
        await bench.until(lambda: sum(f.upload.gone_at is not None for f in _files(bench)) == 2)
        assert len(_files(bench)) == 3


async def test_a_song_refused_for_its_reference_marks_the_file(open_bench: Any, tone: Path) -> None:
    async with open_bench() as bench:
        recording = await _sent(bench, tone, Purpose.REFERENCE_AUDIO)
        await bench.admin("POST", "reset")
        task_id = await _song(bench, recording, "Lamps")
        refused = TaskStatus.REFUSED
        await bench.until(lambda: bench.services.music.tasks.get(task_id).status is refused)
        assert _files(bench)[0].upload.gone_at is not None
        again = await _sent(bench, tone, Purpose.REFERENCE_AUDIO)
        assert not again.reused, "it is sent again, without asking about rights again"
        assert _files(bench)[0].upload.gone_at is None


async def test_old_artifacts_are_asked_for_before_they_are_reused(
    open_bench: Any, note: Path
) -> None:
    async with open_bench() as bench:
        upload = await _sent(bench, note)
        days_ago = utc_now() - timedelta(days=3)
        bench.services.uploads._rows.put(replace(upload, uploaded_at=days_ago))
        await bench.admin("POST", "reset")
        again = await _sent(bench, note)
        assert not again.reused
        assert again.artifact_id != upload.artifact_id
        assert _upload(bench, upload.id).gone_at is not None


async def test_a_file_that_is_wanted_anew_is_sent_though_it_is_known(
    open_bench: Any, note: Path
) -> None:
    async with open_bench() as bench:
        upload = await _sent(bench, note)
        again = bench.services.files.upload_again(upload.id)
        await bench.until(lambda: _upload(bench, again).status is UploadStatus.UPLOADED)
        assert not _upload(bench, again).reused
        assert len(await bench.posts("/uploads")) == 2
        assert bench.services.files.upload_again("unknown") is None


async def test_what_is_forgotten_is_asked_about_and_sent_again(open_bench: Any, tone: Path) -> None:
    async with open_bench() as bench:
        first = await _sent(bench, tone, Purpose.REFERENCE_AUDIO)
        bench.services.files.forget(first.id)
        assert _files(bench) == []
        assert len(bench.services.uploads.uploads) == 0
        [upload_id] = bench.services.uploads.add([tone], purpose=Purpose.REFERENCE_AUDIO)
        await bench.until(lambda: _upload(bench, upload_id).status is UploadStatus.ASKING)
        bench.services.uploads.cancel(upload_id)
    async with open_bench() as bench:
        assert tone.exists()
        assert _files(bench) == []


async def test_rights_are_asked_for_once_for_all_files_with_these_bytes(
    open_bench: Any, tone: Path
) -> None:
    copy = tone.with_name("copy.wav")
    copy.write_bytes(tone.read_bytes())
    async with open_bench() as bench:
        uploads = bench.services.uploads
        ids = uploads.add([tone, copy], purpose=Purpose.REFERENCE_AUDIO)
        asking = UploadStatus.ASKING
        await bench.until(lambda: all(_upload(bench, i).status is asking for i in ids))
        uploads.confirm_rights(ids[0])
        await bench.until(lambda: all(_upload(bench, i).artifact_id for i in ids))
        answers = {_upload(bench, i).rights_confirmed_at for i in ids}
        assert len(answers) == 1
        assert len(await bench.posts("/uploads")) == 1


async def test_rights_are_remembered_for_another_profile(
    open_bench: Any, open_stub: Any, say: Any, tone: Path
) -> None:
    async def answer(heard: Any) -> Any:
        if heard.method == "POST":
            return say(201, {"artifact_id": "art_1"})
        return say(200, {"data": []})

    async with open_bench() as bench:
        here = await _sent(bench, tone, Purpose.REFERENCE_AUDIO)
    async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
        [upload_id] = bench.services.uploads.add([tone], purpose=Purpose.REFERENCE_AUDIO)
        await bench.until(lambda: not _upload(bench, upload_id).status.is_live)
        there = _upload(bench, upload_id)
        assert (there.status, there.reused) == (UploadStatus.UPLOADED, False)
        assert there.rights_confirmed_at == here.rights_confirmed_at

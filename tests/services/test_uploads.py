"""Uploads on the real sandbox: honest rows, flat memory, the same bytes never twice."""

import asyncio
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import RequestKind, RequestState
from beatra_desktop.domain.uploads import MAX_UPLOAD_BYTES, Purpose, Upload, UploadStatus
from beatra_desktop.paths import resources

pytestmark = pytest.mark.asyncio


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("Something worth sending\n" * 100)
    return path


def _upload(bench: Any, upload_id: str) -> Upload:
    found: Upload = bench.services.uploads.uploads.get(upload_id)
    return found


async def _add(bench: Any, path: Path, purpose: Purpose = Purpose.MEDIA_INPUT) -> Upload:
    [upload_id] = bench.services.uploads.add([path], purpose=purpose)
    await bench.until(lambda: not _is_moving(_upload(bench, upload_id)))
    return _upload(bench, upload_id)


def _is_moving(upload: Upload) -> bool:
    return upload.status.is_live and upload.status is not UploadStatus.ASKING


async def _fault_struck(bench: Any) -> None:
    """Wait until a request has met the ordered fault."""
    async with asyncio.timeout(30):
        while not (await bench.admin("GET", "state"))["faults"][0]["hits"]:  # noqa: ASYNC110  # in another process
            await asyncio.sleep(0.01)


async def test_a_file_becomes_an_artifact(open_bench: Any, note: Path) -> None:
    async with open_bench() as bench:
        upload = await _add(bench, note)
        assert upload.status is UploadStatus.UPLOADED
        assert upload.artifact_id
        assert upload.request_id
        assert upload.sent_bytes == upload.size == note.stat().st_size
        [post] = await bench.posts("/uploads")
        assert post["idempotency_key"] == upload.idempotency_key


async def test_the_same_bytes_are_not_sent_twice(open_bench: Any, note: Path) -> None:
    async with open_bench() as bench:
        first = await _add(bench, note)
        bench.database.flush()
        copy = note.with_name("copy.txt")
        copy.write_bytes(note.read_bytes())
        second = await _add(bench, copy)
        assert second.reused
        assert second.artifact_id == first.artifact_id
        assert len(await bench.posts("/uploads")) == 1


@pytest.mark.parametrize(
    ("size", "code"),
    [(0, FailureCode.FILE_EMPTY), (MAX_UPLOAD_BYTES + 1, FailureCode.FILE_TOO_LARGE)],
)
async def test_a_file_of_a_wrong_size_is_refused_before_anything_is_sent(
    open_bench: Any, tmp_path: Path, size: int, code: FailureCode
) -> None:
    path = tmp_path / "odd.bin"
    with path.open("wb") as file:
        file.truncate(size)
    async with open_bench() as bench:
        upload = await _add(bench, path)
        assert upload.status is UploadStatus.FAILED
        assert upload.failure is not None
        assert upload.failure.code is code
        assert upload.failure.subject == "odd.bin"
        assert await bench.posts("/uploads") == []


async def test_what_cannot_be_read_says_so(open_bench: Any, tmp_path: Path) -> None:
    async with open_bench() as bench:
        gone = await _add(bench, tmp_path / "gone.txt")
        assert gone.failure is not None
        assert gone.failure.code is FailureCode.FILE_GONE
        folder = await _add(bench, tmp_path)
        assert folder.failure is not None
        assert folder.failure.code is FailureCode.NOT_A_FILE
        os.mkfifo(tmp_path / "pipe.txt")
        pipe = await _add(bench, tmp_path / "pipe.txt")
        assert pipe.failure is not None
        assert pipe.failure.code is FailureCode.NOT_A_FILE


async def test_text_is_no_reference_audio(open_bench: Any, note: Path) -> None:
    async with open_bench() as bench:
        upload = await _add(bench, note, Purpose.REFERENCE_AUDIO)
        assert upload.failure is not None
        assert upload.failure.code is FailureCode.FILE_WRONG_TYPE
        disguised = note.rename(note.with_suffix(".mp3"))
        upload = await _add(bench, disguised, Purpose.REFERENCE_AUDIO)
        assert upload.failure is not None
        assert upload.failure.code is FailureCode.FILE_DISGUISED


async def test_a_reference_is_sent_once_the_user_says_they_may_use_it(
    open_bench: Any, tone: Path
) -> None:
    async with open_bench() as bench:
        upload = await _add(bench, tone, Purpose.REFERENCE_AUDIO)
        assert upload.status is UploadStatus.ASKING
        assert await bench.posts("/uploads") == []
        bench.services.uploads.confirm_rights(upload.id)
        await bench.until(lambda: _upload(bench, upload.id).status is UploadStatus.UPLOADED)
        assert _upload(bench, upload.id).rights_confirmed_at is not None


async def test_a_lost_answer_makes_one_artifact(open_bench: Any, note: Path) -> None:
    async with open_bench() as bench:
        await bench.admin("POST", "faults", {"path": "/v1/uploads", "action": {"reset": "after"}})
        upload = await _add(bench, note)
        assert upload.status is UploadStatus.UPLOADED
        first, second = await bench.posts("/uploads")
        assert first["idempotency_key"] == second["idempotency_key"]


async def test_cancel_stops_sending_and_retry_starts_afresh(
    open_bench: Any, tmp_path: Path
) -> None:
    path = tmp_path / "long.bin"
    path.write_bytes(os.urandom(4 * 1024 * 1024))
    async with open_bench() as bench:
        await bench.admin(
            "POST", "faults", {"path": "/v1/uploads", "action": {"delay_seconds": 60}}
        )
        [upload_id] = bench.services.uploads.add([path], purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: _upload(bench, upload_id).status is UploadStatus.SENDING)
        await _fault_struck(bench)
        bench.services.uploads.cancel(upload_id)
        await bench.until(lambda: _upload(bench, upload_id).status is UploadStatus.CANCELED)
        canceled = _upload(bench, upload_id)
        bench.services.uploads.retry(upload_id)
        await bench.until(lambda: _upload(bench, upload_id).status is UploadStatus.UPLOADED)
        assert _upload(bench, upload_id).idempotency_key != canceled.idempotency_key


async def test_an_interrupted_upload_goes_on_under_its_key(open_bench: Any, note: Path) -> None:
    async with open_bench() as bench:
        await bench.admin(
            "POST", "faults", {"path": "/v1/uploads", "action": {"delay_seconds": 60}}
        )
        [upload_id] = bench.services.uploads.add([note], purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: _upload(bench, upload_id).status is UploadStatus.SENDING)
        key = _upload(bench, upload_id).idempotency_key
    async with open_bench() as bench:
        await bench.until(lambda: _upload(bench, upload_id).status is UploadStatus.UPLOADED)
        assert _upload(bench, upload_id).idempotency_key == key


async def test_a_file_that_changed_is_not_sent(open_bench: Any, tone: Path) -> None:
    async with open_bench() as bench:
        upload = await _add(bench, tone, Purpose.REFERENCE_AUDIO)
        tone.write_bytes(tone.read_bytes() + b"more")
        bench.services.uploads.confirm_rights(upload.id)
        await bench.until(lambda: not _upload(bench, upload.id).status.is_live)
        failed = _upload(bench, upload.id)
        assert failed.failure is not None
        assert failed.failure.code is FailureCode.FILE_CHANGED


async def test_two_files_of_the_same_bytes_dropped_together_are_sent_once(
    open_bench: Any, note: Path
) -> None:
    async with open_bench() as bench:
        copy = note.with_name("copy.txt")
        copy.write_bytes(note.read_bytes())
        ids = bench.services.uploads.add([note, copy], purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: not any(_upload(bench, i).status.is_live for i in ids))
        first, second = (_upload(bench, i) for i in ids)
        assert first.artifact_id == second.artifact_id
        assert [first.reused, second.reused].count(True) == 1
        assert len(await bench.posts("/uploads")) == 1


async def test_bytes_known_since_a_moment_are_not_sent_again(open_bench: Any, note: Path) -> None:
    go_on = threading.Event()

    def wait(_connection: Any) -> None:
        go_on.wait()

    async with open_bench() as bench:
        uploads = bench.services.uploads.uploads

        def on_changed(row: int) -> None:
            """Keep from the disk that the file was uploaded."""
            if uploads[row].status is UploadStatus.UPLOADED and not uploads[row].reused:
                bench.database.write(wait)

        uploads.changed.connect(on_changed)
        try:
            await _add(bench, note)
            [again] = bench.services.uploads.add([note], purpose=Purpose.MEDIA_INPUT)
            await bench.until(lambda: _upload(bench, again).sha256)
            await bench.until(lambda: _upload(bench, again).status is not UploadStatus.INSPECTING)
            assert _upload(bench, again).reused
        finally:
            go_on.set()


async def test_a_file_that_changed_can_be_sent_as_it_is_now(open_bench: Any, tone: Path) -> None:
    async with open_bench() as bench:
        asking = await _add(bench, tone, Purpose.REFERENCE_AUDIO)
        old = tone.read_bytes()
        tone.write_bytes(old + b"more")
        bench.services.uploads.confirm_rights(asking.id)
        await bench.until(lambda: not _upload(bench, asking.id).status.is_live)
        tone.write_bytes(old[:-2])
        bench.services.uploads.retry(asking.id)
        await bench.until(lambda: not _is_moving(_upload(bench, asking.id)))
        assert _upload(bench, asking.id).status is UploadStatus.ASKING, "it is another recording"
        bench.services.uploads.confirm_rights(asking.id)
        await bench.until(lambda: not _upload(bench, asking.id).status.is_live)
        assert _upload(bench, asking.id).status is UploadStatus.UPLOADED


async def test_a_name_no_text_can_hold_is_sent_all_the_same(
    open_bench: Any, open_stub: Any, say: Any, tmp_path: Path
) -> None:
    async def answer(heard: Any) -> Any:
        if heard.method == "POST":
            return None if len(stub.posts()) == 1 else say(201, {"artifact_id": "art_1"})
        return say(200, {"data": []})

    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("words")
    async with open_stub(answer) as stub:
        async with open_bench(profile=stub.profile) as bench:
            bench.services.settings.change(retry_attempts=1)
            upload = await _add(bench, path)
            assert upload.status is UploadStatus.FAILED
        async with open_bench(profile=stub.profile) as bench:
            bench.services.uploads.retry(upload.id)
            await bench.until(lambda: not _upload(bench, upload.id).status.is_live)
            assert _upload(bench, upload.id).status is UploadStatus.UPLOADED
        first, second = stub.posts()
        assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
        assert first.body == second.body


async def test_cancel_twice_and_remove_leave_nothing_behind(
    open_bench: Any, note: Path, tone: Path
) -> None:
    async with open_bench() as bench:
        uploads = bench.services.uploads
        await bench.admin(
            "POST", "faults", {"path": "/v1/uploads", "action": {"delay_seconds": 60}}
        )
        [upload_id] = uploads.add([note], purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: _upload(bench, upload_id).status is UploadStatus.SENDING)
        uploads.remove(upload_id)
        assert upload_id in uploads.uploads, "what moves is not removed"
        uploads.cancel(upload_id)
        uploads.cancel(upload_id)
        await bench.until(lambda: _upload(bench, upload_id).status is UploadStatus.CANCELED)
        uploads.remove(upload_id)
        uploads.cancel(upload_id)
        uploads.retry(upload_id)
        assert upload_id not in uploads.uploads
        asking = await _add(bench, tone, Purpose.REFERENCE_AUDIO)
        uploads.cancel(asking.id)
        await bench.until(lambda: _upload(bench, asking.id).status is UploadStatus.CANCELED)
        bench.services.resume()
        assert upload_id not in uploads._sends
        await bench.until(lambda: not uploads._sends._moving)


async def test_no_more_are_sent_at_once_than_the_settings_say(
    open_bench: Any, open_stub: Any, say: Any, tmp_path: Path
) -> None:
    most, here = 0, 0

    async def answer(heard: Any) -> Any:
        nonlocal most, here
        if heard.method != "POST":
            return say(200, {"data": []})
        here += 1
        most = max(most, here)
        await asyncio.sleep(0.02)
        here -= 1
        return say(201, {"artifact_id": heard.headers["idempotency-key"]})

    paths = [tmp_path / f"{number}.txt" for number in range(6)]
    for path in paths:
        path.write_text(path.name)
    async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
        bench.services.settings.change(parallel_uploads=2)
        ids = bench.services.uploads.add(paths, purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: not any(_upload(bench, i).status.is_live for i in ids))
        assert {_upload(bench, i).status for i in ids} == {UploadStatus.UPLOADED}
    assert most == 2


async def test_what_the_disk_does_not_take_fails_with_that_reason(open_bench: Any) -> None:
    async with open_bench() as bench:
        (bench.grounds.cache).mkdir()
        (bench.grounds.cache / "made").write_text("in the way")
        made = bench.services.uploads.add_made("a.png", lambda: b"x", purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: _upload(bench, made).status is UploadStatus.FAILED)
        failure = _upload(bench, made).failure
        assert failure is not None
        assert (failure.code, failure.subject) == (FailureCode.DISK_ERROR, "a.png")


async def test_a_song_made_here_becomes_a_reference_without_a_question(open_bench: Any) -> None:
    async with open_bench() as bench:
        upload_id = bench.services.uploads.add_own(resources() / "samples" / "riverside-sketch.mp3")
        uploads = bench.services.uploads.uploads
        await bench.until(lambda: uploads.get(upload_id).status is UploadStatus.UPLOADED)
        upload = uploads.get(upload_id)
        assert upload.purpose is Purpose.REFERENCE_AUDIO
        assert upload.rights_confirmed_at is not None


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (UploadStatus.UPLOADED, RequestState.CREATED),
        (UploadStatus.CANCELED, RequestState.ABANDONED),
        (UploadStatus.FAILED, RequestState.SENT),
    ],
)
async def test_what_an_end_between_two_commits_left_open_is_closed(
    open_bench: Any, note: Path, status: UploadStatus, state: RequestState
) -> None:
    async with open_bench() as bench:
        upload = await _add(bench, note)
        outbox = bench.services.uploads._outbox
        bench.services.uploads._rows.put(replace(upload, status=status))
        outbox._save(replace(outbox.find(upload.idempotency_key), state=RequestState.SENT))
        orphans = [
            outbox.write(
                kind=RequestKind.UPLOAD,
                profile_id=upload.profile_id,
                owner_id=owner,
                path="/uploads",
                body=b"{}",
            )
            for owner in ("nobody", upload.id)
        ]
        bench.database.flush()
    async with open_bench() as bench:
        outbox = bench.services.uploads._outbox
        assert outbox.find(upload.idempotency_key).state is state
        states = {outbox.find(orphan.key).state for orphan in orphans}
        assert states == {RequestState.ABANDONED}
        assert len(await bench.posts("/uploads")) == 1

"""Uploads on the real sandbox: honest rows, flat memory, the same bytes never twice."""

import os
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.uploads import MAX_UPLOAD_BYTES, Purpose, Upload, UploadStatus

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
        assert gone.failure.code is FailureCode.FILE_UNREADABLE
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
        assert upload.failure.code is FailureCode.FILE_WRONG_TYPE


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

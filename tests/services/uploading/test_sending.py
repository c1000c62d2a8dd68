"""One upload on its way to the service."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.requests import RequestState
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus

pytestmark = pytest.mark.asyncio


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text("words")
    return path


def _upload(bench: Any, upload_id: str) -> Upload:
    found: Upload = bench.services.uploads.uploads.get(upload_id)
    return found


async def _sent(bench: Any, path: Path) -> Upload:
    [upload_id] = bench.services.uploads.add([path], purpose=Purpose.MEDIA_INPUT)
    await bench.until(lambda: not _upload(bench, upload_id).status.is_live)
    return _upload(bench, upload_id)


async def _fault(bench: Any, **action: Any) -> None:
    await bench.admin("POST", "faults", {"path": "/v1/uploads", "action": action})


@pytest.mark.parametrize(
    "action",
    [
        {"reset": "before"},
        {"reset": "after"},
        {"reset_after_request_bytes": 100},
        {"status": 503, "does_work": False},
        {"status": 500, "does_work": True},
        {"status": 429, "error": {"code": "rate_limited"}, "retry_after": 0},
        {"cut_after_bytes": 10, "cut": "reset"},
    ],
)
async def test_what_can_pass_is_tried_again_under_the_same_key(
    open_bench: Any, note: Path, action: dict[str, Any]
) -> None:
    async with open_bench() as bench:
        await _fault(bench, **action)
        upload = await _sent(bench, note)
        assert upload.status is UploadStatus.UPLOADED
        posts = await bench.posts("/uploads")
        assert {post["idempotency_key"] for post in posts} == {upload.idempotency_key}
        state = await bench.admin("GET", "state")
        assert state["counts"]["artifacts"] == 1


async def test_a_countdown_is_told_and_goes_with_the_next_attempt(
    open_bench: Any, note: Path
) -> None:
    async with open_bench() as bench:
        waits: list[Any] = []
        uploads = bench.services.uploads.uploads
        uploads.changed.connect(lambda row: waits.append(uploads[row].wait))
        await _fault(bench, status=429, error={"code": "rate_limited"}, retry_after=1)
        upload = await _sent(bench, note)
        [wait] = {wait.attempt: wait for wait in waits if wait is not None}.values()
        assert (wait.attempt, wait.of) == (2, 5)
        assert upload.wait is None


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ({"status": 413, "error": {"code": "invalid_request", "param": "/file"}}, "invalid"),
        ({"status": 402, "error": {"code": "insufficient_balance"}}, "balance"),
        ({"status": 404, "body": "nothing here"}, "not_offered"),
    ],
)
async def test_a_final_no_is_not_tried_again(
    open_bench: Any, note: Path, action: dict[str, Any], code: str
) -> None:
    async with open_bench() as bench:
        await _fault(bench, **action)
        upload = await _sent(bench, note)
        assert upload.status is UploadStatus.FAILED
        assert upload.failure is not None
        assert code in upload.failure.code.value
        assert len(await bench.posts("/uploads")) == 1


async def test_a_retry_after_the_last_attempt_keeps_the_key(open_bench: Any, note: Path) -> None:
    async with open_bench() as bench:
        bench.services.settings.change(retry_attempts=1)
        await _fault(bench, reset="after")
        failed = await _sent(bench, note)
        assert failed.status is UploadStatus.FAILED
        bench.services.uploads.retry(failed.id)
        await bench.until(lambda: not _upload(bench, failed.id).status.is_live)
        uploaded = _upload(bench, failed.id)
        assert uploaded.status is UploadStatus.UPLOADED
        assert uploaded.idempotency_key == failed.idempotency_key
        assert (await bench.admin("GET", "state"))["counts"]["artifacts"] == 1


async def test_bytes_speed_and_the_wait_for_the_answer_are_told(
    open_bench: Any, open_stub: Any, say: Any, tmp_path: Path
) -> None:
    go_on = asyncio.Event()

    async def answer(heard: Any) -> Any:
        if heard.method != "POST":
            return say(200, {"data": []})
        await go_on.wait()
        return say(201, {"artifact_id": "art_1", "cdn_url": "https://cdn.example/a"})

    path = tmp_path / "large.bin"
    path.write_bytes(bytes(3_000_000))
    async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
        [upload_id] = bench.services.uploads.add([path], purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: _upload(bench, upload_id).is_confirming)
        confirming = _upload(bench, upload_id)
        assert confirming.sent_bytes == confirming.size == 3_000_000
        go_on.set()
        await bench.until(lambda: _upload(bench, upload_id).status is UploadStatus.UPLOADED)
        assert _upload(bench, upload_id).url == "https://cdn.example/a"


async def test_a_file_that_changes_while_it_is_sent_is_no_artifact(
    open_bench: Any, open_stub: Any, say: Any, tmp_path: Path
) -> None:
    async def answer(heard: Any) -> Any:
        return say(200, {"data": []})

    path = tmp_path / "large.bin"
    path.write_bytes(bytes(30_000_000))
    async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
        uploads = bench.services.uploads.uploads

        def on_changed(row: int) -> None:
            if uploads[row].status is UploadStatus.SENDING:
                with path.open("ab") as file:
                    file.write(b"more")

        uploads.changed.connect(on_changed)
        upload = await _sent(bench, path)
        assert upload.failure is not None
        assert upload.failure.code is FailureCode.FILE_CHANGED
        assert stub.posts() == [], "the end of the body never left"


async def test_a_crash_between_two_commits_neither_loses_the_artifact_nor_brings_back_a_cancel(
    open_bench: Any, note: Path
) -> None:
    """The request is settled last: its bytes are gone then."""
    async with open_bench() as bench:
        heard: list[Any] = []
        outbox = bench.services.uploads._outbox
        outbox.changed.connect(
            lambda request: heard.append((request.state, _upload(bench, request.owner_id).status))
        )
        await _sent(bench, note)
        assert heard[-1] == (RequestState.CREATED, UploadStatus.UPLOADED)
        await _fault(bench, delay_seconds=3600)
        note.write_text("other words")
        [upload_id] = bench.services.uploads.add([note], purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: _upload(bench, upload_id).status is UploadStatus.SENDING)
        bench.services.uploads.cancel(upload_id)
        assert heard[-1] == (RequestState.ABANDONED, UploadStatus.CANCELED)

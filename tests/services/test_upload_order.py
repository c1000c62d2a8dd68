"""The order of uploads that wait, all at once, and what was dropped together."""

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.uploads import Purpose, PurposeRule, Upload, UploadStatus

pytestmark = pytest.mark.asyncio


def _files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_text(name)
    return [folder / name for name in names]


def _upload(bench: Any, upload_id: str) -> Upload:
    found: Upload = bench.services.uploads.uploads.get(upload_id)
    return found


class _Service:
    """Takes one upload at a time, when the test says so."""

    def __init__(self, say: Any) -> None:
        self._say = say
        self._go_on = asyncio.Event()
        self.names: list[str] = []

    async def answer(self, heard: Any) -> Any:
        if heard.method != "POST":
            return self._say(200, {"data": []})
        self.names.append(heard.body.partition(b'filename="')[2].partition(b'"')[0].decode())
        await self._go_on.wait()
        return self._say(201, {"artifact_id": heard.headers["idempotency-key"]})

    def go_on(self) -> None:
        self._go_on.set()


@pytest.fixture
def service(say: Any) -> _Service:
    return _Service(say)


async def _waiting(bench: Any, service: _Service, paths: list[Path]) -> list[str]:
    """Uploads of which the first is on its way and the others wait."""
    bench.services.settings.change(parallel_uploads=1)
    ids: list[str] = bench.services.uploads.add(paths, purpose=Purpose.MEDIA_INPUT)
    waiting = (UploadStatus.WAITING, UploadStatus.SENDING)
    await bench.until(lambda: all(_upload(bench, i).status in waiting for i in ids))
    await bench.until(lambda: service.names)
    return ids


async def _all_ended(bench: Any) -> None:
    uploads = bench.services.uploads.uploads
    await bench.until(lambda: not any(upload.status.is_live for upload in uploads))


async def test_files_go_in_the_order_they_were_dropped_unless_moved(
    open_bench: Any, open_stub: Any, service: _Service, tmp_path: Path
) -> None:
    paths = _files(tmp_path, "a", "b", "c", "d", "e")
    async with open_stub(service.answer) as stub, open_bench(profile=stub.profile) as bench:
        uploads = bench.services.uploads
        _, b, c, d, e = await _waiting(bench, service, paths)
        uploads.send_first(e)
        uploads.move(b, before=None)
        uploads.move(d, before=c)
        service.go_on()
        await _all_ended(bench)
        assert service.names == ["a", "e", "d", "c", "b"]


async def test_what_is_moved_before_it_is_made_is_made_all_the_same(
    open_bench: Any, open_stub: Any, service: _Service
) -> None:
    service.go_on()
    may_go_on = threading.Event()

    def make() -> bytes:
        may_go_on.wait(20)
        return b"precious"

    async with open_stub(service.answer) as stub, open_bench(profile=stub.profile) as bench:
        uploads = bench.services.uploads
        *_, last = [
            uploads.add_made(name, make, purpose=Purpose.MEDIA_INPUT) for name in ("a", "b", "c")
        ]
        uploads.send_first(last)
        may_go_on.set()
        await _all_ended(bench)
        assert _upload(bench, last).status is UploadStatus.UPLOADED


async def test_the_order_is_kept_over_a_restart(
    open_bench: Any, open_stub: Any, service: _Service, tmp_path: Path
) -> None:
    paths = _files(tmp_path, "a", "b", "c")
    async with open_stub(service.answer) as stub:
        async with open_bench(profile=stub.profile) as bench:
            *_, c = await _waiting(bench, service, paths)
            bench.services.uploads.send_first(c)
        service.names.clear()
        service.go_on()
        async with open_bench(profile=stub.profile) as bench:
            await _all_ended(bench)
        assert service.names == ["a", "c", "b"]


async def test_more_at_once_counts_at_once(
    open_bench: Any, open_stub: Any, service: _Service, tmp_path: Path
) -> None:
    paths = _files(tmp_path, "a", "b", "c")
    async with open_stub(service.answer) as stub, open_bench(profile=stub.profile) as bench:
        await _waiting(bench, service, paths)
        bench.services.settings.change(parallel_uploads=3)
        await bench.until(lambda: len(service.names) == 3)
        service.go_on()
        await _all_ended(bench)


async def test_all_are_canceled_and_all_that_failed_go_again(
    open_bench: Any, open_stub: Any, service: _Service, tmp_path: Path
) -> None:
    paths = _files(tmp_path, "a", "b", "c")
    async with open_stub(service.answer) as stub, open_bench(profile=stub.profile) as bench:
        uploads = bench.services.uploads
        await _waiting(bench, service, paths)
        [gone] = uploads.add([tmp_path / "later.txt"], purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: _upload(bench, gone).status is UploadStatus.FAILED)
        uploads.cancel_all()
        canceled = [upload.status for upload in uploads.uploads if upload.id != gone]
        assert set(canceled) == {UploadStatus.CANCELED}, "at once"
        service.go_on()
        _files(tmp_path, "later.txt")
        uploads.retry_all()
        await _all_ended(bench)
        assert _upload(bench, gone).status is UploadStatus.UPLOADED
        assert service.names == ["a", "later.txt"]


async def test_a_canceled_row_can_be_removed_and_retried_at_once(
    open_bench: Any, open_stub: Any, service: _Service, tmp_path: Path
) -> None:
    paths = _files(tmp_path, "a", "b")
    async with open_stub(service.answer) as stub, open_bench(profile=stub.profile) as bench:
        uploads = bench.services.uploads
        a, b = await _waiting(bench, service, paths)
        uploads.cancel(a)
        uploads.remove(a)
        assert a not in uploads.uploads
        uploads.cancel(b)
        uploads.retry(b)
        assert _upload(bench, b).status is UploadStatus.INSPECTING
        service.go_on()
        await _all_ended(bench)
        assert _upload(bench, b).status is UploadStatus.UPLOADED


async def test_a_cancel_that_comes_with_the_answer_changes_nothing(
    open_bench: Any, open_stub: Any, service: _Service, tmp_path: Path
) -> None:
    async with open_stub(service.answer) as stub, open_bench(profile=stub.profile) as bench:
        uploads = bench.services.uploads
        service.go_on()

        def on_changed(row: int) -> None:
            if uploads.uploads[row].status is UploadStatus.UPLOADED:
                uploads.cancel(uploads.uploads[row].id)

        uploads.uploads.changed.connect(on_changed)
        [a] = uploads.add(_files(tmp_path, "a"), purpose=Purpose.MEDIA_INPUT)
        await _all_ended(bench)
        assert _upload(bench, a).status is UploadStatus.UPLOADED


async def test_a_folder_is_looked_at_before_anything_is_sent(
    open_bench: Any, open_stub: Any, service: _Service, tmp_path: Path
) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    _files(folder, "b.txt", "a.txt", ".hidden")
    (folder / "empty.txt").touch()
    (folder / "deep").mkdir()
    _files(folder / "deep", "c.txt")
    async with open_stub(service.answer) as stub, open_bench(profile=stub.profile) as bench:
        uploads = bench.services.uploads
        bench.services.settings.change(parallel_uploads=1)
        service.go_on()
        drop = uploads.take_in([folder], purpose=PurposeRule.AUDIO_AS_REFERENCE)
        assert uploads.preflights.get(drop).is_looking
        await bench.until(lambda: not uploads.preflights.get(drop).is_looking)
        preflight = uploads.preflights.get(drop)
        assert (preflight.accepted, preflight.skipped) == (3, 1)
        [refusal] = preflight.refusals
        assert refusal.failure.code is FailureCode.FILE_EMPTY
        await bench.until(lambda: len(uploads.uploads) == 3)
        await _all_ended(bench)
        assert service.names == ["a.txt", "b.txt", "c.txt"]
        assert [upload.name for upload in uploads.uploads] == service.names
        uploads.dismiss(drop)
        assert len(uploads.preflights) == 0


async def test_hundreds_of_files_keep_their_order(
    open_bench: Any, open_stub: Any, service: _Service, tmp_path: Path
) -> None:
    names = [f"{number:03}.txt" for number in range(230)]
    _files(tmp_path, *names)
    async with open_stub(service.answer) as stub, open_bench(profile=stub.profile) as bench:
        uploads = bench.services.uploads
        uploads.take_in([tmp_path / name for name in names], purpose=PurposeRule.ALL_AS_MEDIA)
        await bench.until(lambda: len(uploads.uploads) == len(names))
        assert [upload.name for upload in uploads.uploads] == names
        ranks = [upload.rank for upload in uploads.uploads]
        assert ranks == sorted(ranks)
        uploads.cancel_all()

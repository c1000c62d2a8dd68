"""Files that the app itself makes to upload them, as a picture from the clipboard."""

import threading
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from tests import running

pytestmark = pytest.mark.asyncio

_CLEARED = "UPDATE uploads SET removed_at = created_at"
"""As one that is older than what is listed."""


def _upload(bench: Any, upload_id: str) -> Upload:
    found: Upload = bench.services.uploads.uploads.get(upload_id)
    return found


async def test_what_is_no_file_yet_becomes_one_and_goes_with_its_row(open_bench: Any) -> None:
    async with open_bench() as bench:
        service, threads = bench.services.uploads, []

        def make() -> bytes:
            threads.append(threading.current_thread())
            return b"\x89PNG\r\n\x1a\n and"

        made = [service.add_made("Picture.png", make, purpose=Purpose.MEDIA_INPUT) for _ in "ab"]
        await bench.until(lambda: all(_upload(bench, i).artifact_id for i in made))
        first, second = (_upload(bench, upload_id) for upload_id in made)
        assert (first.name, first.mime_type, first.size) == ("Picture.png", "image/png", 12)
        assert first.path != second.path
        assert first.path.read_bytes() == make()
        assert threading.main_thread() not in threads[:2]
        service.remove(first.id)
        await bench.until(lambda: not first.path.parent.exists())
        assert second.path.exists()


async def test_what_is_nowhere_else_is_written_before_its_turn_to_be_read(open_bench: Any) -> None:
    async with open_bench() as bench:
        service = bench.services.uploads
        service._reads._limit = lambda: 0  # as behind large files
        made = service.add_made("a.bin", lambda: b"precious", purpose=Purpose.MEDIA_INPUT)
        path = _upload(bench, made).path
        await bench.until(lambda: made in service._reads)
        assert path.read_bytes() == b"precious"
        service._reads._limit = lambda: 1
        service._reads.review()
        await bench.until(lambda: _upload(bench, made).status is UploadStatus.UPLOADED)


async def test_a_made_file_stays_for_a_row_that_sends_it_anew(open_bench: Any) -> None:
    async with open_bench() as bench:
        service, traffic = bench.services.uploads, bench.services.traffic
        first = service.add_made("a.bin", lambda: b"x", purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: _upload(bench, first).status is UploadStatus.UPLOADED)
        traffic.pause_all()
        known = _upload(bench, first)
        again = service.add_anew(known)
        service.remove(first)
        await bench.until(lambda: not [n for n in service._supervisor.names if "discard" in n])
        traffic.resume_all()
        await bench.until(lambda: not _upload(bench, again).status.is_live)
        assert _upload(bench, again).status is UploadStatus.UPLOADED
        service.remove(again)
        await bench.until(lambda: not known.path.parent.exists())


@pytest.mark.parametrize("is_elsewhere", [False, True])
async def test_a_made_file_that_lost_its_row_is_deleted_at_the_next_start(
    open_bench: Any, tmp_path: Path, *, is_elsewhere: bool
) -> None:
    """Also where the app's folder is called by another name since: the others stay."""
    async with open_bench() as bench:
        made = bench.services.uploads.add_made("a.bin", lambda: b"x", purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: _upload(bench, made).status is UploadStatus.UPLOADED)
        path = _upload(bench, made).path
        lost = path.parent.with_name("lost") / "b.png"
        lost.parent.mkdir()
        lost.write_bytes(b"as after a crash between row and file")
        bench.database.write(lambda connection: connection.execute(_CLEARED).close())
    other = tmp_path.with_name(f"{tmp_path.name} too")
    other.symlink_to(tmp_path)
    async with running.open_bench(other if is_elsewhere else tmp_path) as bench:
        await bench.until(lambda: not lost.parent.exists())
        assert path.exists()

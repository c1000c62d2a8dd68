"""Uploads as the user sees them, with real services on a sandbox of their own."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.domain.uploads import Purpose, UploadStatus
from beatra_desktop.ui.uploads.drop_zone import DropZone
from beatra_desktop.ui.uploads.upload_deeds import Deed
from tests.ui.uploads.zones import (
    RECORDING,
    InZone,
    all_ended,
    click,
    listed,
    make_files,
    names,
    said,
)

REFUSED = {"status": 403, "error": {"code": "access_denied", "retryable": False}}


def test_a_service_that_takes_no_files_gets_a_calm_sentence(
    in_zone: InZone, chat_only_url: str
) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        assert zone.area.isVisible()
        assert not zone.no_uploads.isVisible()
        profiles = bench.services.profiles
        profiles.activate(profiles.add("Elsewhere", chat_only_url).id)
        await bench.until(zone.no_uploads.isVisible)
        assert not zone.area.isVisible()
        assert not zone.as_reference.isVisible()
        profiles.activate(SANDBOX_PROFILE_ID)
        await bench.until(zone.area.isVisible)
        assert not zone.no_uploads.isVisible()

    in_zone(work)


def test_a_recording_is_asked_about_sent_and_offered_as_reference(in_zone: InZone) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        wanted: list[str] = []
        zone.reference_requested.connect(wanted.append)
        zone.add_files([RECORDING])
        await bench.until(zone.rights.isVisible)
        assert zone.live_count == 1
        assert RECORDING.name in zone.rights.accessibleName()
        assert not zone.rights.all.isVisible()
        assert await bench.posts("/uploads") == []
        click(zone.rights.yes)
        await all_ended(bench, 1)
        await bench.until(lambda: zone.live_count == 0)
        assert not zone.rights.isVisible()
        [upload] = listed(zone)
        assert upload.rights_confirmed_at is not None
        zone.list.choose(upload.id)
        assert "mp3, Uploaded, " in said(zone, 0)
        click(zone.panel.buttons[Deed.USE])
        assert wanted == [upload.id]

    in_zone(work)


def test_one_answer_does_for_all_recordings(in_zone: InZone, tmp_path: Path) -> None:
    paths = [tmp_path / f"take {number}.mp3" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_bytes(RECORDING.read_bytes() + bytes([number]))

    async def work(bench: Any, zone: DropZone) -> None:
        zone.add_files(paths)
        await bench.until(lambda: "3 recordings" in zone.rights.all.text())
        zone.list.choose(listed(zone)[2].id)
        await bench.until(lambda: "take 2.mp3" in zone.rights.accessibleName())
        click(zone.rights.no)
        await bench.until(lambda: "2 recordings" in zone.rights.all.text())
        click(zone.rights.all)
        await all_ended(bench, 3)
        statuses = {upload.name: upload.status for upload in listed(zone)}
        assert statuses == {
            "take 0.mp3": UploadStatus.UPLOADED,
            "take 1.mp3": UploadStatus.UPLOADED,
            "take 2.mp3": UploadStatus.CANCELED,
        }
        assert len(await bench.posts("/uploads")) == 2

    in_zone(work)


def test_in_a_low_window_the_question_comes_first(in_zone: InZone) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        zone.add_files([RECORDING])
        await bench.until(zone.rights.isVisible)
        zone.list.choose(listed(zone)[0].id)
        await bench.until(zone.panel.isVisible)
        assert zone.panel.name == RECORDING.name
        zone.resize(380, 380)
        await bench.until(lambda: not zone.panel.isVisible())
        assert zone.rights.isVisible()
        zone.resize(380, 700)
        await bench.until(zone.panel.isVisible)

    in_zone(work)


def test_other_files_and_unwanted_references_are_media(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        zone.as_reference.setChecked(False)
        zone.add_files([*make_files(tmp_path, "note.bin"), RECORDING])
        await all_ended(bench, 2)
        assert {upload.purpose for upload in listed(zone)} == {Purpose.MEDIA_INPUT}
        for upload in listed(zone):
            zone.list.choose(upload.id)
            assert not zone.panel.buttons[Deed.USE].isVisible()

    in_zone(work)


def test_a_failure_says_why_and_can_be_tried_again(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        refusal = {"path": "/v1/uploads", "times": 1, "action": REFUSED}
        await bench.admin("POST", "faults", refusal)
        zone.add_files(make_files(tmp_path, "note.bin"))
        await all_ended(bench, 1)
        [upload] = listed(zone)
        assert upload.status is UploadStatus.FAILED
        zone.list.choose(upload.id)
        assert zone.panel.problem
        assert zone.panel.problem in said(zone, 0)
        zone.list.setFocus()
        QTest.keyClick(zone.list, Qt.Key.Key_Return)
        await bench.until(lambda: listed(zone)[0].status is UploadStatus.UPLOADED)
        assert zone.list.current is not None
        await bench.until(lambda: not zone.panel.problem)

    in_zone(work)


def test_a_retry_is_counted_down_hurried_and_stopped(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        busy = {"error": {"code": "rate_limited"}, "retry_after": 40}
        await bench.admin("POST", "faults", {"path": "/v1/uploads", "times": 2, "action": busy})
        zone.add_files(make_files(tmp_path, "note.bin"))
        await bench.until(lambda: any(upload.wait for upload in listed(zone)))
        zone.list.choose(listed(zone)[0].id)
        assert "Attempt 2 of 5 in " in said(zone, 0)
        click(zone.panel.buttons[Deed.TRY_NOW])
        await bench.until(lambda: (wait := listed(zone)[0].wait) is not None and wait.attempt == 3)
        await bench.until(zone.panel.buttons[Deed.STOP_RETRYING].isVisible)
        click(zone.panel.buttons[Deed.STOP_RETRYING])
        await bench.until(lambda: listed(zone)[0].status is UploadStatus.FAILED)
        assert len(await bench.posts("/uploads")) == 2
        await bench.until(lambda: zone.panel.problem)

    in_zone(work)


def test_what_is_held_says_why(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        bench.services.traffic.pause_all()
        zone.add_files(make_files(tmp_path, "a"))
        await bench.until(lambda: listed(zone) and "Paused" in said(zone, 0))
        bench.services.traffic.resume_all()
        await all_ended(bench, 1)
        assert "Uploaded" in said(zone, 0)

    in_zone(work)


def test_bytes_the_service_has_are_marked_as_reused(in_zone: InZone, tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    for path in (first, second):
        path.write_text("The same words")

    async def work(bench: Any, zone: DropZone) -> None:
        for number, path in enumerate((first, second), start=1):
            zone.add_files([path])
            await all_ended(bench, number)
        assert names(zone) == ["second.txt", "first.txt"]
        assert "Already uploaded, reused" in said(zone, 0)

    in_zone(work)


def test_all_that_failed_is_tried_again_and_all_that_is_done_cleared(
    in_zone: InZone, tmp_path: Path
) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        refusal = {"path": "/v1/uploads", "times": 2, "action": REFUSED}
        await bench.admin("POST", "faults", refusal)
        zone.add_files(make_files(tmp_path, "a", "b", "c"))
        await all_ended(bench, 3)
        await bench.until(lambda: zone.bulk.retry.text() == "Retry 2 failed")
        click(zone.bulk.retry)
        await bench.until(lambda: zone.bulk.clear.text() == "Clear 3 done")
        click(zone.bulk.clear)
        assert zone.undo_line.words.startswith("3 uploads are off the list")
        assert names(zone) == []
        assert len(bench.services.uploads.uploads) == 3
        click(zone.undo_line.button)
        assert len(names(zone)) == 3
        await bench.until(zone.bulk.clear.isVisible)
        click(zone.bulk.clear)
        zone.hide()
        await bench.until(lambda: len(bench.services.uploads.uploads) == 0)

    in_zone(work)


def test_one_row_taken_off_the_list_comes_back_too(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        zone.add_files(make_files(tmp_path, "a", "b"))
        await all_ended(bench, 2)
        zone.list.choose(next(u.id for u in listed(zone) if u.name == "a"))
        QTest.keyClick(zone.list, Qt.Key.Key_Delete)
        assert names(zone) == ["b"]
        assert zone.undo_line.words == "“a” is off the list."
        click(zone.undo_line.button)
        assert set(names(zone)) == {"a", "b"}

    in_zone(work)

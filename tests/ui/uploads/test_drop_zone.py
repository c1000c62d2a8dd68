"""Uploads as the user sees them, with real services on a sandbox of their own."""

import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.paths import resources
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.uploads.clearing import AT_ONCE
from beatra_desktop.ui.uploads.drop_zone import DropZone
from beatra_desktop.ui.uploads.upload_deeds import Deed
from beatra_desktop.ui.uploads.upload_delegate import quick_rect

RECORDING = resources() / "samples" / "riverside-sketch.mp3"
ALT = Qt.KeyboardModifier.AltModifier
REFUSED = {"status": 403, "error": {"code": "access_denied", "retryable": False}}
LEFT = Qt.MouseButton.LeftButton
Work = Callable[[Any, DropZone], Coroutine[Any, Any, None]]
InZone = Callable[[Work], None]


@pytest.fixture
def in_zone(run_on_qt: Any, open_bench: Any) -> InZone:
    """Runs a coroutine function with the services and the uploads part of the studio."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[tuple[Any, DropZone]]:
        async with open_bench() as bench:
            zone = DropZone(bench.services)
            zone.resize(380, 700)
            zone.show()
            yield bench, zone
            zone.close()
            zone.deleteLater()

    def run(work: Work) -> None:
        async def main() -> None:
            async with opened() as (bench, zone):
                await work(bench, zone)

        run_on_qt(main)

    return run


def _click(button: Button) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)


def _uploads(zone: DropZone) -> list[Upload]:
    """In the order of the list."""
    model = zone.list.model()
    return [record_of(model.index(row, 0), Upload) for row in range(model.rowCount())]


def _names(zone: DropZone) -> list[str]:
    return [upload.name for upload in _uploads(zone)]


def _said(zone: DropZone, row: int) -> str:
    """What a screen reader hears of a row."""
    model = zone.list.model()
    return str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole))


def _files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_bytes(os.urandom(2048))
    return [folder / name for name in names]


async def _ended(bench: Any, number: int) -> None:
    uploads = bench.services.uploads.uploads
    await bench.until(lambda: len(uploads) == number)
    await bench.until(lambda: not any(upload.status.is_live for upload in uploads))


async def _stall(bench: Any) -> None:
    """Nothing is answered for a minute, so that what waits goes on waiting."""
    stall = {"path": "/v1/uploads", "times": 50, "action": {"delay_seconds": 60}}
    await bench.admin("POST", "faults", stall)


async def _waiting(bench: Any, zone: DropZone, folder: Path) -> None:
    """Two files are stuck on their way, and a, b, c, d wait behind them."""
    await _stall(bench)
    zone.add_files(_files(folder, "x1", "x2", "a", "b", "c", "d"))
    statuses = [UploadStatus.SENDING] * 2 + [UploadStatus.WAITING] * 4
    await bench.until(lambda: [upload.status for upload in _uploads(zone)] == statuses)
    assert _names(zone) == ["x1", "x2", "a", "b", "c", "d"]


async def _cancel_all(bench: Any, zone: DropZone) -> None:
    await bench.until(zone.bulk.cancel.isVisible)
    _click(zone.bulk.cancel)
    await _ended(bench, 6)


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
        _click(zone.rights.yes)
        await _ended(bench, 1)
        await bench.until(lambda: zone.live_count == 0)
        assert not zone.rights.isVisible()
        [upload] = _uploads(zone)
        assert upload.rights_confirmed_at is not None
        zone.list.choose(upload.id)
        assert "Uploaded · " in _said(zone, 0)
        _click(zone.panel.buttons[Deed.USE])
        assert wanted == [upload.id]

    in_zone(work)


def test_one_answer_does_for_all_recordings(in_zone: InZone, tmp_path: Path) -> None:
    paths = [tmp_path / f"take {number}.mp3" for number in range(3)]
    for number, path in enumerate(paths):
        path.write_bytes(RECORDING.read_bytes() + bytes([number]))

    async def work(bench: Any, zone: DropZone) -> None:
        zone.add_files(paths)
        await bench.until(lambda: "3 recordings" in zone.rights.all.text())
        zone.list.choose(_uploads(zone)[2].id)
        await bench.until(lambda: "take 2.mp3" in zone.rights.accessibleName())
        _click(zone.rights.no)
        await bench.until(lambda: "2 recordings" in zone.rights.all.text())
        _click(zone.rights.all)
        await _ended(bench, 3)
        statuses = {upload.name: upload.status for upload in _uploads(zone)}
        assert statuses == {
            "take 0.mp3": UploadStatus.UPLOADED,
            "take 1.mp3": UploadStatus.UPLOADED,
            "take 2.mp3": UploadStatus.CANCELED,
        }
        assert len(await bench.posts("/uploads")) == 2

    in_zone(work)


def test_other_files_and_unwanted_references_are_media(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        zone.as_reference.setChecked(False)
        zone.add_files([*_files(tmp_path, "note.bin"), RECORDING])
        await _ended(bench, 2)
        assert {upload.purpose for upload in _uploads(zone)} == {Purpose.MEDIA_INPUT}
        for upload in _uploads(zone):
            zone.list.choose(upload.id)
            assert not zone.panel.buttons[Deed.USE].isVisible()

    in_zone(work)


def test_a_failure_says_why_and_can_be_tried_again(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        refusal = {"path": "/v1/uploads", "times": 1, "action": REFUSED}
        await bench.admin("POST", "faults", refusal)
        zone.add_files(_files(tmp_path, "note.bin"))
        await _ended(bench, 1)
        [upload] = _uploads(zone)
        assert upload.status is UploadStatus.FAILED
        zone.list.choose(upload.id)
        assert zone.panel.problem
        assert zone.panel.problem in _said(zone, 0)
        zone.list.setFocus()
        QTest.keyClick(zone.list, Qt.Key.Key_Return)
        await bench.until(lambda: _uploads(zone)[0].status is UploadStatus.UPLOADED)
        assert zone.list.current is not None
        await bench.until(lambda: not zone.panel.problem)

    in_zone(work)


def test_a_retry_is_counted_down_hurried_and_stopped(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        busy = {"error": {"code": "rate_limited"}, "retry_after": 40}
        await bench.admin("POST", "faults", {"path": "/v1/uploads", "times": 2, "action": busy})
        zone.add_files(_files(tmp_path, "note.bin"))
        await bench.until(lambda: any(upload.wait for upload in _uploads(zone)))
        zone.list.choose(_uploads(zone)[0].id)
        assert "Attempt 2 of 5 in " in _said(zone, 0)
        _click(zone.panel.buttons[Deed.TRY_NOW])
        await bench.until(
            lambda: (wait := _uploads(zone)[0].wait) is not None and wait.attempt == 3
        )
        await bench.until(zone.panel.buttons[Deed.STOP_RETRYING].isVisible)
        _click(zone.panel.buttons[Deed.STOP_RETRYING])
        await bench.until(lambda: _uploads(zone)[0].status is UploadStatus.FAILED)
        assert len(await bench.posts("/uploads")) == 2
        await bench.until(lambda: zone.panel.problem)

    in_zone(work)


def test_what_is_held_says_why(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        bench.services.traffic.pause_all()
        zone.add_files(_files(tmp_path, "a"))
        await bench.until(lambda: _uploads(zone) and "Paused" in _said(zone, 0))
        bench.services.traffic.resume_all()
        await _ended(bench, 1)
        assert "Uploaded" in _said(zone, 0)

    in_zone(work)


def test_bytes_the_service_has_are_marked_as_reused(in_zone: InZone, tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    for path in (first, second):
        path.write_text("The same words")

    async def work(bench: Any, zone: DropZone) -> None:
        for number, path in enumerate((first, second), start=1):
            zone.add_files([path])
            await _ended(bench, number)
        assert _names(zone) == ["second.txt", "first.txt"]
        assert "Already uploaded, reused" in _said(zone, 0)

    in_zone(work)


def test_what_waits_is_put_into_order_by_keys(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        await _waiting(bench, zone, tmp_path)
        zone.list.choose(_uploads(zone)[4].id)
        for key, names in (
            (Qt.Key.Key_Up, "acbd"),
            (Qt.Key.Key_Down, "abcd"),
            (Qt.Key.Key_Down, "abdc"),
            (Qt.Key.Key_Down, "abdc"),
            (Qt.Key.Key_Home, "cabd"),
            (Qt.Key.Key_Up, "cabd"),
        ):
            QTest.keyClick(zone.list, key, ALT)
            assert "".join(_names(zone)[2:]) == names
            assert zone.list.current is not None
            assert zone.list.current.name == "c"
        await _cancel_all(bench, zone)

    in_zone(work)


def test_what_waits_is_dragged_into_order(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        await _waiting(bench, zone, tmp_path)
        viewport = zone.list.viewport()
        middles = [_middle_of(zone, row) for row in range(6)]
        top = QPoint(0, -8)
        for start, end, names in (
            (middles[5], middles[2] + top, "dabc"),
            (middles[2], middles[5] - top, "abcd"),
            (middles[3], middles[0], "bacd"),
            (middles[3], middles[3], "bacd"),
        ):
            QTest.mousePress(viewport, LEFT, pos=start)
            QTest.mouseMove(viewport, (start + end) / 2)
            QTest.mouseMove(viewport, end)
            QTest.mouseRelease(viewport, LEFT, pos=end)
            assert "".join(_names(zone)[2:]) == names
        await _cancel_all(bench, zone)

    in_zone(work)


def _middle_of(zone: DropZone, row: int) -> QPoint:
    middle = zone.list.visualRect(zone.list.model().index(row, 0)).center()
    return QPoint(60, middle.y())


def test_a_rows_menu_offers_what_can_be_done(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        await _waiting(bench, zone, tmp_path)
        zone.list.choose(_uploads(zone)[5].id)
        zone.list.setFocus()
        zone.list.menu_requested.emit(zone.list.currentIndex(), QPoint(0, 0))
        [menu] = zone.list.findChildren(QMenu)
        entries = {action.text(): action for action in menu.actions()}
        assert {"Send first", "Send earlier", "Send later", "Cancel"} <= set(entries)
        entries["Send first"].trigger()
        assert "".join(_names(zone)[2:]) == "dabc"
        menu.close()
        QTest.keyClick(zone.list, Qt.Key.Key_Delete)
        assert _uploads(zone)[-1].status is UploadStatus.CANCELED
        await _cancel_all(bench, zone)

    in_zone(work)


def test_the_button_in_a_row_cancels_it(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        await _waiting(bench, zone, tmp_path)
        cell = zone.list.visualRect(zone.list.model().index(3, 0))
        QTest.mouseClick(zone.list.viewport(), LEFT, pos=quick_rect(cell).center())
        assert _names(zone)[2:5] == ["a", "c", "d"]
        await _cancel_all(bench, zone)

    in_zone(work)


def test_all_that_failed_is_tried_again_and_all_that_is_done_cleared(
    in_zone: InZone, tmp_path: Path
) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        refusal = {"path": "/v1/uploads", "times": 2, "action": REFUSED}
        await bench.admin("POST", "faults", refusal)
        zone.add_files(_files(tmp_path, "a", "b", "c"))
        await _ended(bench, 3)
        await bench.until(lambda: zone.bulk.retry.text() == "Retry 2 failed")
        _click(zone.bulk.retry)
        await bench.until(lambda: zone.bulk.clear.text() == "Clear 3 done")
        _click(zone.bulk.clear)
        assert zone.undo_line.words.startswith("3 uploads are off the list")
        assert _names(zone) == []
        assert len(bench.services.uploads.uploads) == 3
        _click(zone.undo_line.button)
        assert len(_names(zone)) == 3
        await bench.until(zone.bulk.clear.isVisible)
        _click(zone.bulk.clear)
        zone.hide()
        await bench.until(lambda: len(bench.services.uploads.uploads) == 0)

    in_zone(work)


def test_one_row_taken_off_the_list_comes_back_too(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        zone.add_files(_files(tmp_path, "a", "b"))
        await _ended(bench, 2)
        zone.list.choose(next(u.id for u in _uploads(zone) if u.name == "a"))
        QTest.keyClick(zone.list, Qt.Key.Key_Delete)
        assert _names(zone) == ["b"]
        assert zone.undo_line.words == "“a” is off the list."
        _click(zone.undo_line.button)
        assert set(_names(zone)) == {"a", "b"}

    in_zone(work)


def test_the_artifact_id_can_be_copied_and_details_shown(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        zone.add_files(_files(tmp_path, "a"))
        await _ended(bench, 1)
        [upload] = _uploads(zone)
        zone.list.requested.emit(upload.id, Deed.COPY_ID.value)
        assert QGuiApplication.clipboard().text() == upload.artifact_id
        zone.list.choose(upload.id)
        _click(zone.panel.buttons[Deed.DETAILS])
        popover = zone.findChild(DetailsPopover)
        assert popover is not None
        assert (upload.sha256 or "?") in popover.report
        popover.close()

    in_zone(work)


def test_hundreds_of_rows_are_painted_and_not_made_of_widgets(
    in_zone: InZone, tmp_path: Path
) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        before = len(zone.findChildren(Button))
        missing = [tmp_path / f"{number}.txt" for number in range(5 * AT_ONCE)]
        bench.services.uploads.add(missing, purpose=Purpose.MEDIA_INPUT)
        await _ended(bench, len(missing))
        assert len(_names(zone)) == len(missing)
        assert len(zone.findChildren(Button)) == before
        assert "not there any more" in _said(zone, 0)

    in_zone(work)

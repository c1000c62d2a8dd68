"""Uploads as the user sees them, with real services on a sandbox of their own."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.domain.uploads import Purpose, UploadStatus
from beatra_desktop.paths import resources
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.uploads.drop_zone import PAGE, DropZone

RECORDING = resources() / "samples" / "riverside-sketch.mp3"


def _zone(bench: Any) -> DropZone:
    zone = DropZone(bench.services)
    zone.resize(380, 700)
    zone.show()
    return zone


def _drop(target: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = QPoint(target.width() // 2, target.height() // 2)
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(place, action, data, button, keys))
    QApplication.sendEvent(target, QDropEvent(place, action, data, button, keys))


def _click(button: Button) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_service_that_takes_no_files_gets_a_calm_sentence(
    run_on_qt: Any, open_bench: Any, chat_only_url: str
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            zone = _zone(bench)
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
            zone.close()

    run_on_qt(work)


def test_a_recording_is_asked_about_sent_and_offered_as_reference(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            zone = _zone(bench)
            wanted: list[str] = []
            zone.reference_requested.connect(wanted.append)
            _drop(zone.area, RECORDING)
            [row] = zone.rows
            await bench.until(row.question.isVisible)
            assert zone.live_count == 1
            assert await bench.posts("/uploads") == []
            _click(row.question.yes)
            await bench.until(row.use.isVisible)
            assert row.status_text.startswith("Uploaded · ")
            assert zone.live_count == 0
            _click(row.use)
            assert wanted == [row.upload.id]

    run_on_qt(work)


def test_without_the_rights_nothing_is_sent(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            zone = _zone(bench)
            zone.add_files([RECORDING])
            [row] = zone.rows
            await bench.until(row.question.isVisible)
            _click(row.question.no)
            await bench.until(lambda: row.upload.status is UploadStatus.CANCELED)
            assert not row.question.isVisible()
            _click(row.remove)
            assert zone.rows == []
            assert await bench.posts("/uploads") == []

    run_on_qt(work)


def test_other_files_and_unwanted_references_are_media(
    run_on_qt: Any, open_bench: Any, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Something worth sending")

    async def work() -> None:
        async with open_bench() as bench:
            zone = _zone(bench)
            zone.add_files([note])
            zone.as_reference.setChecked(False)
            zone.add_files([RECORDING])
            uploads = bench.services.uploads.uploads
            assert [upload.purpose for upload in uploads] == [Purpose.MEDIA_INPUT] * 2
            await bench.until(
                lambda: all(upload.status is UploadStatus.UPLOADED for upload in uploads)
            )
            assert not any(row.use.isVisible() for row in zone.rows)

    run_on_qt(work)


def test_a_failure_says_why_and_can_be_tried_again(
    run_on_qt: Any, open_bench: Any, tmp_path: Path
) -> None:
    note = tmp_path / "note.txt"
    note.write_text("")

    async def work() -> None:
        async with open_bench() as bench:
            zone = _zone(bench)
            zone.add_files([note])
            [row] = zone.rows
            await bench.until(row.retry.isVisible)
            assert "no contents" in row.problem_text
            note.write_text("Now there is something")
            _click(row.retry)
            await bench.until(lambda: row.upload.status is UploadStatus.UPLOADED)
            assert row.problem_text == ""
            _click(row.remove)
            assert zone.rows == []

    run_on_qt(work)


def test_bytes_the_service_has_are_marked_as_reused(
    run_on_qt: Any, open_bench: Any, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    for path in (first, second):
        path.write_text("The same words")

    async def work() -> None:
        async with open_bench() as bench:
            zone = _zone(bench)
            for path in (first, second):
                zone.add_files([path])
                newest = zone.rows[0]
                await bench.until(lambda row=newest: row.upload.status is UploadStatus.UPLOADED)
                bench.database.flush()
            assert newest.status_text.startswith("Already uploaded, reused")
            assert [row.upload.name for row in zone.rows] == ["second.txt", "first.txt"]

    run_on_qt(work)


def test_old_uploads_take_no_widgets_until_asked_for(
    run_on_qt: Any, open_bench: Any, tmp_path: Path
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            uploads = bench.services.uploads
            missing = [tmp_path / f"{number}.txt" for number in range(PAGE + 2)]
            uploads.add(missing, purpose=Purpose.MEDIA_INPUT)
            zone = _zone(bench)
            assert len(zone.rows) == PAGE
            [more] = [b for b in zone.findChildren(Button) if b.text().startswith("Show ")]
            _click(more)
            assert len(zone.rows) == PAGE + 2
            assert not more.isVisible()
            await bench.until(lambda: not any(u.status.is_live for u in uploads.uploads))

    run_on_qt(work)

"""What stays of a drop and why, told in the real window before anything is sent."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from beatra_desktop.domain.uploads import MAX_UPLOAD_BYTES, PurposeRule, UploadStatus
from beatra_desktop.ui import theme
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.uploads.preflight_card import PreflightCard
from beatra_desktop.ui.uploads.refusal_list import SHOWN_ROWS
from tests.ui.drags import DROP, data_of, drag, middle_of

MANY = 400
Work = Callable[[Any, MainWindow], Awaitable[None]]
InWindow = Callable[[Work], None]


@pytest.fixture
def bad_files(tmp_path: Path) -> dict[Path, str]:
    """Files that can't be sent, and what is said of each."""
    folder = tmp_path / "bad"
    folder.mkdir()
    large, pipe = folder / "film.mkv", folder / "pipe"
    large.touch()
    os.truncate(large, MAX_UPLOAD_BYTES + 1)
    os.mkfifo(pipe)
    (folder / "empty.bin").touch()
    (folder / "song.mp3").write_bytes(b"words, not music " * 64)
    (folder / "voice.m4a").write_bytes(b"\0\0\0\x20ftypM4A \0\0\0\0" + bytes(64))
    return {
        large: "larger than the 100\u00a0MB",
        pipe: "can't be sent",
        Path("/dev/null"): "can't be sent",
        folder / "empty.bin": "has no contents",
        folder / "song.mp3": "does not fit its ending",
        folder / "voice.m4a": "can't be a reference",
        folder / "gone.bin": "was moved or removed",
    }


def _said(card: PreflightCard) -> list[str]:
    """What a screen reader hears of each row."""
    model = card.list.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return [str(row.data(Qt.ItemDataRole.AccessibleTextRole)) for row in rows]


def test_each_bad_file_is_listed_with_its_reason_and_the_good_ones_go_on(
    in_window: InWindow, bad_files: dict[Path, str], tmp_path: Path
) -> None:
    good = [tmp_path / "one.bin", tmp_path / "two.bin"]
    for path in good:
        path.write_bytes(os.urandom(256))
    link = "https://example.com/song.mp3"

    async def work(bench: Any, window: MainWindow) -> None:
        card, uploads = window.interior.preflight_card, bench.services.uploads.uploads
        assert not card.isVisible()
        data = data_of(*bad_files, *good, link)
        assert drag(window, middle_of(window, window.interior.sidebar), data, DROP)
        await bench.until(lambda: card.list.names)
        assert card.isVisible()
        assert card.words == "2 of 10 files will be sent. 8 stay here:"
        assert set(card.list.names) == {link, *(path.name for path in bad_files)}
        for path, reason in bad_files.items():
            [sentence] = [said for said in _said(card) if said.startswith(f"{path.name}.")]
            assert reason in sentence
        await bench.until(lambda: len(uploads) == 2)
        await bench.until(lambda: all(u.status is UploadStatus.UPLOADED for u in uploads))
        assert {upload.name for upload in uploads} == {"one.bin", "two.bin"}
        assert card.isVisible()

    in_window(work)


def test_a_reason_tells_more_and_the_list_can_be_copied_and_dismissed(
    in_window: InWindow, tmp_path: Path
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        card = window.interior.preflight_card
        bench.services.uploads.take_in([tmp_path / "gone"], purpose=PurposeRule.ALL_AS_MEDIA)
        await bench.until(lambda: card.list.names)
        assert card.words == "This can't be sent:"
        card.list.setCurrentIndex(card.list.model().index(0, 0))
        QTest.mouseClick(card.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
        popover = card.list.findChild(DetailsPopover)
        assert popover is not None
        assert str(tmp_path / "gone") in popover.report
        popover.close()
        card.copy.click()
        assert str(tmp_path / "gone") in QGuiApplication.clipboard().text()
        card.close_button.click()
        assert not card.isVisible()
        assert len(bench.services.uploads.preflights) == 0

    in_window(work)


def test_hundreds_of_refusals_scroll_in_the_room_of_a_few(
    in_window: InWindow, tmp_path: Path
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        card = window.interior.preflight_card
        missing = [tmp_path / f"{number}.bin" for number in range(MANY)]
        bench.services.uploads.take_in(missing, purpose=PurposeRule.ALL_AS_MEDIA)
        await bench.until(lambda: len(card.list.names) == MANY)
        assert card.words == f"None of these {MANY} can be sent:"
        row = card.list.verticalHeader().defaultSectionSize()
        assert card.list.height() <= SHOWN_ROWS * row + 2
        assert card.list.verticalScrollBar().maximum() > 0
        theme.set_zoom_percent(200)
        await bench.until(lambda: card.list.verticalHeader().defaultSectionSize() > row)
        assert card.list.height() <= window.height() // 4
        assert len(bench.services.uploads.uploads) == 0

    in_window(work)


def test_files_that_all_go_are_no_news(in_window: InWindow, tmp_path: Path) -> None:
    path = tmp_path / "one.bin"
    path.write_bytes(os.urandom(64))

    async def work(bench: Any, window: MainWindow) -> None:
        bench.services.uploads.take_in([path], purpose=PurposeRule.ALL_AS_MEDIA)
        await bench.until(lambda: len(bench.services.uploads.uploads) == 1)
        assert not window.interior.preflight_card.isVisible()
        await bench.until(lambda: bench.services.uploads.uploads[0].status is UploadStatus.UPLOADED)

    in_window(work)


def test_figures_are_equally_wide(qapp: object) -> None:
    assert theme.figures_font().featureTags()

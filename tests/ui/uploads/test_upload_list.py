"""The rows of uploads: their order, their menu, their keys."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.uploads import Purpose, UploadStatus
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.uploads.drop_zone import DropZone
from beatra_desktop.ui.uploads.upload_deeds import Deed
from beatra_desktop.ui.uploads.upload_delegate import quick_rect
from tests.ui.uploads.zones import (
    LEFT,
    InZone,
    all_ended,
    cancel_all,
    click,
    four_waiting,
    listed,
    make_files,
    names,
    said,
)

ALT = Qt.KeyboardModifier.AltModifier
ROWS = 100


def test_what_waits_is_put_into_order_by_keys(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        await four_waiting(bench, zone, tmp_path)
        zone.list.choose(listed(zone)[4].id)
        for key, order in (
            (Qt.Key.Key_Up, "acbd"),
            (Qt.Key.Key_Down, "abcd"),
            (Qt.Key.Key_Down, "abdc"),
            (Qt.Key.Key_Down, "abdc"),
            (Qt.Key.Key_Home, "cabd"),
            (Qt.Key.Key_Up, "cabd"),
        ):
            QTest.keyClick(zone.list, key, ALT)
            assert "".join(names(zone)[2:]) == order
            assert zone.list.current is not None
            assert zone.list.current.name == "c"
        await cancel_all(bench, zone)

    in_zone(work)


def test_what_waits_is_dragged_into_order(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        await four_waiting(bench, zone, tmp_path)
        viewport = zone.list.viewport()
        middles = [_middle_of(zone, row) for row in range(6)]
        top = QPoint(0, -8)
        for start, end, order in (
            (middles[5], middles[2] + top, "dabc"),
            (middles[2], middles[5] - top, "abcd"),
            (middles[3], middles[0], "bacd"),
            (middles[3], middles[3], "bacd"),
        ):
            QTest.mousePress(viewport, LEFT, pos=start)
            QTest.mouseMove(viewport, (start + end) / 2)
            QTest.mouseMove(viewport, end)
            QTest.mouseRelease(viewport, LEFT, pos=end)
            assert "".join(names(zone)[2:]) == order
        await cancel_all(bench, zone)

    in_zone(work)


def _middle_of(zone: DropZone, row: int) -> QPoint:
    middle = zone.list.visualRect(zone.list.model().index(row, 0)).center()
    return QPoint(60, middle.y())


def test_a_rows_menu_offers_what_can_be_done(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        await four_waiting(bench, zone, tmp_path)
        zone.list.choose(listed(zone)[5].id)
        zone.list.setFocus()
        zone.list.menu_requested.emit(zone.list.currentIndex(), QPoint(0, 0))
        [menu] = zone.list.findChildren(QMenu)
        entries = {action.text(): action for action in menu.actions()}
        assert {"Send first", "Send earlier", "Send later", "Cancel"} <= set(entries)
        entries["Send first"].trigger()
        assert "".join(names(zone)[2:]) == "dabc"
        menu.close()
        QTest.keyClick(zone.list, Qt.Key.Key_Delete)
        assert listed(zone)[-1].status is UploadStatus.CANCELED
        await cancel_all(bench, zone)

    in_zone(work)


def test_the_button_in_a_row_cancels_it(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        await four_waiting(bench, zone, tmp_path)
        cell = zone.list.visualRect(zone.list.model().index(3, 0))
        QTest.mouseClick(zone.list.viewport(), LEFT, pos=quick_rect(cell).center())
        assert names(zone)[2:5] == ["a", "c", "d"]
        await cancel_all(bench, zone)

    in_zone(work)


def test_the_artifact_id_can_be_copied_and_details_shown(in_zone: InZone, tmp_path: Path) -> None:
    async def work(bench: Any, zone: DropZone) -> None:
        zone.add_files(make_files(tmp_path, "a"))
        await all_ended(bench, 1)
        [upload] = listed(zone)
        zone.list.requested.emit(upload.id, Deed.COPY_ID.value)
        assert QGuiApplication.clipboard().text() == upload.artifact_id
        zone.list.choose(upload.id)
        click(zone.panel.buttons[Deed.DETAILS])
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
        missing = [tmp_path / f"{number}.txt" for number in range(ROWS)]
        bench.services.uploads.add(missing, purpose=Purpose.MEDIA_INPUT)
        await all_ended(bench, len(missing))
        assert len(names(zone)) == len(missing)
        assert len(zone.findChildren(Button)) == before
        assert "not there any more" in said(zone, 0)

    in_zone(work)

"""Uploads on show, as tests look at them."""

import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.uploads import Upload, UploadStatus
from beatra_desktop.paths import resources
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.uploads.drop_zone import DropZone

RECORDING: Final = resources() / "samples" / "riverside-sketch.mp3"
LEFT: Final = Qt.MouseButton.LeftButton
Work = Callable[[Any, DropZone], Coroutine[Any, Any, None]]
InZone = Callable[[Work], None]


def click(button: Button) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, LEFT)


def listed(zone: DropZone) -> list[Upload]:
    """In the order of the list."""
    model = zone.list.model()
    return [record_of(model.index(row, 0), Upload) for row in range(model.rowCount())]


def names(zone: DropZone) -> list[str]:
    return [upload.name for upload in listed(zone)]


def said(zone: DropZone, row: int) -> str:
    """What a screen reader hears of a row."""
    model = zone.list.model()
    return str(model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole))


def make_files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).write_bytes(os.urandom(2048))
    return [folder / name for name in names]


async def all_ended(bench: Any, number: int) -> None:
    uploads = bench.services.uploads.uploads
    await bench.until(lambda: len(uploads) == number)
    await bench.until(lambda: not any(upload.status.is_live for upload in uploads))


async def stall(bench: Any) -> None:
    """Nothing is answered for a minute, so that what waits goes on waiting."""
    stall = {"path": "/v1/uploads", "times": 50, "action": {"delay_seconds": 60}}
    await bench.admin("POST", "faults", stall)


async def four_waiting(bench: Any, zone: DropZone, folder: Path) -> None:
    """Two files are stuck on their way, and a, b, c, d wait behind them."""
    await stall(bench)
    zone.add_files(make_files(folder, "x1", "x2", "a", "b", "c", "d"))
    statuses = [UploadStatus.SENDING] * 2 + [UploadStatus.WAITING] * 4
    await bench.until(lambda: [upload.status for upload in listed(zone)] == statuses)
    assert names(zone) == ["x1", "x2", "a", "b", "c", "d"]


async def cancel_all(bench: Any, zone: DropZone) -> None:
    await bench.until(zone.bulk.cancel.isVisible)
    click(zone.bulk.cancel)
    await all_ended(bench, 6)

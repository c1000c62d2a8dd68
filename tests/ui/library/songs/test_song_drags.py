"""Songs as other programs get them, and drops on playlists, with real drag data and events."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from beatra_desktop.domain.music import Delivery
from beatra_desktop.ui import drag_out
from tests.ui.library.conftest import Shelf

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def _drop(widget: QWidget, data: QMimeData, place: QPoint) -> bool:
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, drop)
    return True


def test_songs_leave_as_files_addresses_and_text(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        first, second = shelf.add("First & #1"), shelf.add("Second 河")
        third = shelf.add("Third", delivery=Delivery.UNSAVED, path=None)
        shelf.select(first, second, third)
        model = shelf.view.view.model()
        indexes = sorted(shelf.view.view.selectedIndexes(), key=lambda index: index.row())
        data = model.mimeData(indexes)
        assert [url.toLocalFile() for url in data.urls()] == [str(second.path), str(first.path)]
        assert all(Path(url.toLocalFile()).is_file() for url in data.urls())
        raw = data.data("text/uri-list").toStdString()
        assert raw.split() == [
            url.toString(url.ComponentFormattingOption.FullyEncoded) for url in data.urls()
        ]
        assert data.text() == "Second 河\nFirst & #1"
        assert drag_out.clip_ids(data) == [third.id, second.id, first.id]
        assert model.supportedDragActions() == Qt.DropAction.CopyAction
        assert model.flags(indexes[0]) & Qt.ItemFlag.ItemIsDragEnabled
        assert not drag_out.picture([song.piece for song in shelf.view.selected]).isNull()

    on_shelf(work)


def test_a_file_that_is_missing_is_not_given_away(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        clip = shelf.add("First")
        assert clip.path is not None
        clip.path.unlink()
        shelf.services.collection.look_for_files()
        await shelf.bench.until(lambda: shelf.titles and shelf.view.rows.rows[0].is_missing)
        data = drag_out.mime_data(song.piece for song in shelf.view.rows.rows)
        assert not data.hasUrls()
        assert not data.hasText()

    on_shelf(work)


def test_songs_are_dropped_on_a_playlist(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        first, second = shelf.add("First"), shelf.add("Second")
        playlist = shelf.services.playlists.create("Nights")
        await shelf.show()
        shelf.select(first, second)
        data = drag_out.mime_data(song.piece for song in shelf.view.selected)
        chip = shelf.view.shelves.chip(playlist.id)
        assert _drop(chip, data, QPoint(5, 5))
        assert shelf.services.playlists.playlists[0].clip_ids == (second.id, first.id)
        foreign = QMimeData()
        foreign.setText("no songs")
        assert not _drop(chip, foreign, QPoint(5, 5))

    on_shelf(work)


def test_songs_are_reordered_by_dropping_between_others(on_shelf: Any) -> None:
    async def work(shelf: Shelf) -> None:
        a, b, c = (shelf.add(name) for name in "ABC")
        playlist = shelf.services.playlists.create("Nights", [a.id, b.id, c.id])
        await shelf.show()
        for switch in (shelf.view.filters.table, shelf.view.filters.grid):
            switch.click()
            shelf.services.playlists.move(playlist.id, [c.id], before=None)
            shelf.view.shelves.chip(playlist.id).click()
            assert shelf.titles == ["A", "B", "C"]
            view = shelf.view.view
            view.grab()
            data = drag_out.mime_data([shelf.view.rows.rows[2].piece])
            place = view.visualRect(view.model().index(0, 0)).topLeft() + QPoint(3, 3)
            assert _drop(view.viewport(), data, place)
            assert shelf.titles == ["C", "A", "B"]

    on_shelf(work)

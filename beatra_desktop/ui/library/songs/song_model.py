"""The songs on show as a Qt model whose rows can be dragged out."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui import drag_out
from beatra_desktop.ui.library.songs.song import Song, spoken
from beatra_desktop.ui.list_model import ListModel, record_of

Index = QModelIndex | QPersistentModelIndex


class SongModel(ListModel[Song]):
    def __init__(self, rows: ReadOnlyRecords[Song], *, parent: QObject | None = None) -> None:
        super().__init__(rows, describe=spoken, parent=parent)
        self._rows = rows

    def song(self, row: int) -> Song:
        return self._rows[row]

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [drag_out.CLIPS, "text/uri-list", "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return drag_out.mime_data(self.record(index).piece for index in indexes)


class FrontModel(QSortFilterProxyModel):
    """Stands before a `SongModel`, in its order.

    A list view asks for the row count once for each row it lays out: with many thousand rows that
    takes too long in Python.
    """

    def __init__(self, songs: SongModel, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._songs = songs
        self.setSourceModel(songs)

    def song(self, row: int) -> Song:
        """Much faster than by an index; the rows are those of the songs."""
        return self._songs.song(row)

    def index_of(self, song_id: str) -> QModelIndex:
        """The song's index; an invalid one when it is not on show."""
        return self.mapFromSource(self._songs.index_of(song_id))


def song_at(index: Index) -> Song:
    return record_of(index, Song)

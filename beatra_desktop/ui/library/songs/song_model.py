"""The songs on show as a Qt model whose rows can be dragged out."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
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


def song_at(index: Index) -> Song:
    return record_of(index, Song)

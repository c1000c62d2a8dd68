"""The list of songs: tasks and clips; a saved clip can be dragged out as a file."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.music import Delivery
from beatra_desktop.ui import drag_out, theme
from beatra_desktop.ui.list_model import ListModel, record_of
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.queue_rows import QueueRow, QueueRows, Show
from beatra_desktop.ui.music.task_delegate import TaskDelegate

SECOND_MS: Final = 1000
Index = QModelIndex | QPersistentModelIndex


class SongModel(ListModel[QueueRow]):
    """Rows that can be dragged to other programs as files."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and _piece(self.record(index)) is not None:
            return flags | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        return [drag_out.CLIPS, "text/uri-list", "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        pieces = (_piece(self.record(index)) for index in indexes)
        return drag_out.mime_data(piece for piece in pieces if piece is not None)


class SongList(QListView):
    """`chosen(row_id)` when another row is current, empty when none is."""

    chosen = Signal(str)
    play_requested = Signal(str)
    removal_requested = Signal()
    """Of the current row."""

    def __init__(self, rows: QueueRows, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._model = SongModel(rows.rows, describe=_describe, parent=self)
        self._delegate = TaskDelegate(self)
        self._second = QTimer(self, interval=SECOND_MS)
        # A list view asks for the row count once for each row it lays out: with many thousand
        # rows that takes too long in Python, so a model of Qt's own stands in front.
        self._front = QSortFilterProxyModel(self)
        self._front.setSourceModel(self._model)
        self.setModel(self._front)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Songs"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._connect()
        self._follow_time()

    @property
    def current(self) -> QueueRow | None:
        index = self.currentIndex()
        return record_of(index, QueueRow) if index.isValid() else None

    def choose(self, row_id: str) -> None:
        """Make a row the current one and bring it into view."""
        index = self._front.mapFromSource(self._model.index_of(row_id))
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        row = self.current
        piece = _piece(row) if row is not None else None
        drag_out.start(self, [piece] if piece is not None else [])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.removal_requested.emit()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self._delegate.play_requested.connect(self.play_requested)
        self.activated.connect(self._on_activated)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self._front.modelReset.connect(self._on_reset)
        self._front.dataChanged.connect(self._on_data_changed)
        self._rows.counts_changed.connect(self._follow_time)
        self._second.timeout.connect(self.viewport().update)
        theme.notifier().changed.connect(self.scheduleDelayedItemsLayout)

    def _follow_time(self) -> None:
        """A clock runs only while the service works on something."""
        if self._rows.counts[Show.ACTIVE] and not self._second.isActive():
            self._second.start()
        elif not self._rows.counts[Show.ACTIVE]:
            self._second.stop()

    def _on_activated(self, index: QModelIndex) -> None:
        clip = record_of(index, QueueRow).clip
        if clip is not None and clip.delivery is Delivery.SAVED:
            self.play_requested.emit(clip.id)

    def _on_current_changed(self, current: QModelIndex) -> None:
        self.chosen.emit(record_of(current, QueueRow).id if current.isValid() else "")

    def _on_reset(self) -> None:
        self.chosen.emit("")

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        current = self.currentIndex()
        if current.isValid() and first.row() <= current.row() <= last.row():
            self.chosen.emit(record_of(current, QueueRow).id)


def _describe(row: QueueRow) -> str:
    return task_text.spoken(row, utc_now())


def _piece(row: QueueRow) -> drag_out.Piece | None:
    """A saved clip as it is given away; None for everything that is no file (yet)."""
    clip = row.clip
    if clip is None or clip.path is None or clip.delivery is not Delivery.SAVED:
        return None
    return drag_out.piece_of(clip, task_text.clip_name(row))

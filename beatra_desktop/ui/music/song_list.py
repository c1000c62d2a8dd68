"""The list of songs: tasks and clips; a saved clip can be dragged out as a file."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.music import Delivery, MusicTask, TaskStatus
from beatra_desktop.services.estimates import Estimates
from beatra_desktop.ui import drag_out, theme
from beatra_desktop.ui.list_model import ListModel, record_of
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.queue_row import QueueRow, Show
from beatra_desktop.ui.music.queue_rows import QueueRows
from beatra_desktop.ui.music.task_delegate import PADDING_PX, TaskDelegate
from beatra_desktop.ui.row_list import RowList, row_rect
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.subscriptions import subscribe

SECOND_MS: Final = 1000
LINE_PX: Final = 2
Index = QModelIndex | QPersistentModelIndex


class SongModel(ListModel[QueueRow]):
    """Rows that can be dragged to other programs as files."""

    def __init__(self, rows: QueueRows, *, parent: QWidget | QueueRows | None = None) -> None:
        super().__init__(rows.rows, describe=_describe, parent=parent)
        self._order = rows.rows
        subscribe(self, rows.rows.moving, self._on_moving)
        subscribe(self, rows.rows.moved, self._on_moved)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Asked for at each paint: a song's own row, which is no file, is not made for it."""
        flags = super().flags(index)
        if index.isValid() and self._order.is_clip(index.row()) and self._is_file(index):
            return flags | Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def _is_file(self, index: Index) -> bool:
        return _piece(self.record(index)) is not None

    def mimeTypes(self) -> list[str]:
        return [drag_out.CLIPS, "text/uri-list", "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return drag_out.mime_data(_pieces(self.record(index) for index in indexes))

    def _on_moving(self, first: int, last: int, to: int) -> None:
        self._feed.tell_changes()
        self.beginMoveRows(QModelIndex(), first, last, QModelIndex(), to)

    def _on_moved(self) -> None:
        self.endMoveRows()


class SongList(RowList):
    """`chosen(row_id)` when another row is current, empty when none is.

    Songs that wait for their turn are put in another order by dragging them, or by Alt and an
    arrow key.
    """

    chosen = Signal(str)
    selection_changed = Signal()
    play_requested = Signal(str)
    removal_requested = Signal()
    """Of what is chosen."""
    move_requested = Signal(str, str)
    """A waiting task, and the one it is to stand before; empty for the end of the line."""

    def __init__(
        self, rows: QueueRows, estimates: Estimates, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "", padding_px=PADDING_PX + 1, small_lines=1, ground=Ground.WINDOW, parent=parent
        )
        self.setAccessibleName(self.tr("Songs"))
        self._rows = rows
        self._model = SongModel(rows, parent=self)
        self._delegate = TaskDelegate(estimates, parent=self)
        self._second = QTimer(self, interval=SECOND_MS)
        self._carried: MusicTask | None = None
        self._pressed_at = QPoint()
        self._drop_row: int | None = None
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self._connect()
        self._follow_time()

    @property
    def current(self) -> QueueRow | None:
        index = self.currentIndex()
        return record_of(index, QueueRow) if index.isValid() else None

    @property
    def selected(self) -> list[QueueRow]:
        """The chosen rows, from the top."""
        chosen = self.selectionModel().selection()
        parts = [chosen.at(number) for number in range(chosen.count())]
        rows = sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})
        return [self._rows.rows[row] for row in rows]

    def choose(self, row_id: str) -> None:
        """Make a row the current one and bring it into view."""
        index = self._model.index_of(row_id)
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def choose_none(self) -> None:
        self.clearSelection()
        self.setCurrentIndex(QModelIndex())

    def startDrag(self, _actions: Qt.DropAction) -> None:
        drag_out.start(self, _pieces(self.selected))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        by_alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.removal_requested.emit()
        elif event.key() == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.choose_none()
        elif by_alt and event.key() in steps:
            self.move_current(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        task = record_of(index, QueueRow).task if index.isValid() else None
        by_left = event.button() is Qt.MouseButton.LeftButton
        waits = task is not None and task.status is TaskStatus.WAITING
        self._carried = task if by_left and waits else None
        self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Not by Qt's own dragging, which holds up everything else until it ends."""
        place = event.position().toPoint()
        if self._carried is None:
            super().mouseMoveEvent(event)
            return
        far = (place - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if far or self._drop_row is not None:
            self._show_drop_at(self._drop_row_at(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        carried, row = self._carried, self._drop_row
        self._carried = None
        self._show_drop_at(None)
        super().mouseReleaseEvent(event)
        if carried is not None and row is not None:
            self.move_requested.emit(carried.id, self._waiting_at(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_row is None:
            return
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.current().accent, LINE_PX))
        rect = row_rect(self.visualRect(self._model.index(max(0, self._drop_row - 1))))
        y = rect.bottom() if self._drop_row else rect.top()
        painter.drawLine(rect.left(), y, rect.right(), y)

    def _drop_row_at(self, place: QPoint) -> int:
        """Before which row of the line a song would be put; as many as wait: behind the last."""
        index = self.indexAt(place)
        row = index.row() if index.isValid() else self._rows.waiting_count
        if index.isValid() and place.y() > self.visualRect(index).center().y():
            row += 1
        return min(row, self._rows.waiting_count)

    def _show_drop_at(self, row: int | None) -> None:
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    def _waiting_at(self, row: int) -> str:
        return self._rows.rows[row].id if row < self._rows.waiting_count else ""

    def move_current(self, step: int) -> None:
        """Ask for the current song to change places with its neighbour in the line."""
        current = self.current
        if current is None or current.task.status is not TaskStatus.WAITING:
            return
        row = self._rows.rows.row(current.id)
        target = row + step if step < 0 else row + step + 1
        if 0 <= target <= self._rows.waiting_count:
            self.move_requested.emit(current.id, self._waiting_at(target))

    def _connect(self) -> None:
        self._delegate.play_requested.connect(self.play_requested)
        self.activated.connect(self._on_activated)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.selectionModel().selectionChanged.connect(lambda *_: self.selection_changed.emit())
        self._model.modelReset.connect(self._on_reset)
        self._model.dataChanged.connect(self._on_data_changed)
        self._rows.counts_changed.connect(self._follow_time)
        self._second.timeout.connect(self.viewport().update)

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
        self.selection_changed.emit()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        current = self.currentIndex()
        if current.isValid() and first.row() <= current.row() <= last.row():
            self.chosen.emit(record_of(current, QueueRow).id)


def _describe(row: QueueRow) -> str:
    return task_text.spoken(row, utc_now())


def _pieces(rows: Iterable[QueueRow]) -> list[drag_out.Piece]:
    return [piece for piece in map(_piece, rows) if piece is not None]


def _piece(row: QueueRow) -> drag_out.Piece | None:
    """A saved clip as it is given away; None for everything that is no file (yet)."""
    clip = row.clip
    if clip is None or clip.path is None or clip.delivery is not Delivery.SAVED:
        return None
    return drag_out.piece_of(clip, task_text.clip_name(row))

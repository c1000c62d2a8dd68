"""The list of uploads: painted rows with a menu each; what waits can be dragged into order."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.domain.uploads import Upload
from beatra_desktop.ui import mirroring, theme
from beatra_desktop.ui.list_model import ListModel, record_of
from beatra_desktop.ui.row_list import SIDE_PX, RowList, row_menu
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.uploads import upload_deeds, upload_text
from beatra_desktop.ui.uploads.upload_deeds import Deed
from beatra_desktop.ui.uploads.upload_delegate import PADDING_PX, UploadDelegate, quick_rect
from beatra_desktop.ui.uploads.upload_order import can_move

SECOND_MS: Final = 1000
_BY_KEYS: Final = {
    QKeyCombination(Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Up): Deed.MOVE_UP,
    QKeyCombination(Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Down): Deed.MOVE_DOWN,
    QKeyCombination(Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Home): Deed.SEND_FIRST,
}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class UploadList(RowList):
    chosen = Signal(str)
    """The current upload's id, empty when none is; also when it changed."""
    requested = Signal(str, str)
    """An upload's id, and the `Deed` that is wanted of it."""
    moved = Signal(str, str)
    """What waits is to be sent before another upload; an empty id means after all."""

    def __init__(self, rows: ReadOnlyRecords[Upload], *, parent: QWidget | None = None) -> None:
        super().__init__("", padding_px=PADDING_PX, small_lines=1, parent=parent)
        self.setAccessibleName(self.tr("Uploads"))
        self._rows = rows
        self._lost_id = ""
        # Before the model hears of it: then another row is the current one already.
        subscribe(self, rows.removing, self._on_removing)
        self._model = ListModel(rows, describe=_describe, parent=self)
        self.setModel(self._model)
        self.setItemDelegate(UploadDelegate(self))
        self._grip: QPoint | None = None
        self._target: int | None = None
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self.viewport().update)
        self._connect()

    @property
    def current(self) -> Upload | None:
        index = self.currentIndex()
        return record_of(index, Upload) if index.isValid() else None

    def choose(self, upload_id: str) -> None:
        """Make a row the current one and bring it into view."""
        index = self._model.index_of(upload_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def count_down(self, *, counts: bool) -> None:
        """Repaint each second while a row counts down."""
        if counts is not self._second.isActive():
            self._second.start() if counts else self._second.stop()

    def place_for(self, step: int) -> str | None:
        """Before which upload the current one goes by one step up or down; None for nowhere."""
        waiting = [upload.id for upload in self._rows if can_move(upload)]
        current = self.current
        if current is None or current.id not in waiting:
            return None
        place = waiting.index(current.id) + (step if step < 0 else step + 1)
        if not 0 <= place <= len(waiting):
            return None
        return waiting[place] if place < len(waiting) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deed_of(event)
        if deed is None or self.current is None:
            super().keyPressEvent(event)
        elif deed in upload_deeds.deeds(self.current):
            self._request(self.current.id, deed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        quick = self._quick_at(place)
        if quick is not None and event.button() is Qt.MouseButton.LeftButton:
            self._request(*quick)
            return
        super().mousePressEvent(event)
        index = self.indexAt(place)
        is_grip = event.button() is Qt.MouseButton.LeftButton and index.isValid()
        self._grip = place if is_grip and can_move(record_of(index, Upload)) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            super().mouseMoveEvent(event)
            return
        place = event.position().toPoint()
        if (place - self._grip).manhattanLength() >= QApplication.startDragDistance():
            self._aim(self._row_below(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        target, self._grip = self._target, None
        self._aim(None)
        if target is None or self.current is None:
            super().mouseReleaseEvent(event)
        else:
            self._request_place(self.current.id, target)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and (quick := self._quick_at(event.pos())):
            QToolTip.showText(event.globalPos(), upload_deeds.text(quick[1]), self)
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.current().accent, 2))
            line = self._gap_above(self._target)
            painter.drawLine(SIDE_PX, line, self.viewport().width() - SIDE_PX, line)

    def _connect(self) -> None:
        self.menu_requested.connect(self._on_menu_requested)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self._model.dataChanged.connect(self._on_data_changed)
        self._model.rowsInserted.connect(self._on_inserted)
        self._model.modelReset.connect(lambda: self.chosen.emit(""))

    def _request(self, upload_id: str, deed: Deed) -> None:
        self.requested.emit(upload_id, deed.value)

    def _request_place(self, upload_id: str, row: int) -> None:
        """Put what is dragged before the row; after everything that waits for none."""
        below = next((u for u in list(self._rows)[row:] if can_move(u)), None)
        if below is None or below.id != upload_id:
            self.moved.emit(upload_id, below.id if below is not None else "")

    def _deed_of(self, event: QKeyEvent) -> Deed | None:
        if self.current is None:
            return None
        if event.key() == Qt.Key.Key_Delete:
            return upload_deeds.end_deed(self.current)
        if event.key() in _ENTER:
            return upload_deeds.main_deed(self.current)
        return _BY_KEYS.get(event.keyCombination())

    def _quick_at(self, place: QPoint) -> tuple[str, Deed] | None:
        """The upload whose quick button is at a place, and what the button does."""
        index = self.indexAt(place)
        if not index.isValid() or not self._is_on_quick(index, place):
            return None
        upload = record_of(index, Upload)
        return upload.id, upload_deeds.quick_deed(upload)

    def _is_on_quick(self, index: QModelIndex, place: QPoint) -> bool:
        rect = self.visualRect(index)
        return quick_rect(rect).contains(mirroring.reflected(place, rect))

    def _row_below(self, place: QPoint) -> int:
        """The row before which something let go at a place would come, among what can move."""
        movable = [row for row, upload in enumerate(self._rows) if can_move(upload)]
        height = self.verticalHeader().defaultSectionSize()
        wanted = self.rowAt(place.y() + height // 2)
        wanted = len(self._rows) if wanted < 0 and place.y() > 0 else max(0, wanted)
        return min(max(wanted, movable[0]), movable[-1] + 1) if movable else 0

    def _gap_above(self, row: int) -> int:
        if row < len(self._rows):
            return max(1, self.rowViewportPosition(row))
        last: QRect = self.visualRect(self._model.index(row - 1))
        return last.bottom()

    def _aim(self, row: int | None) -> None:
        if row != self._target:
            self._target = row
            self.viewport().update()

    def _on_menu_requested(self, index: QModelIndex, place: QPoint) -> None:
        self.setCurrentIndex(index)
        upload = record_of(index, Upload)
        entries = [
            (
                upload_deeds.text(deed),
                upload_deeds.keys(deed),
                partial(self._request, upload.id, deed),
            )
            for deed in upload_deeds.deeds(upload)
        ]
        row_menu(self, *entries).popup(place)

    def _on_current_changed(self, current: QModelIndex) -> None:
        self.chosen.emit(record_of(current, Upload).id if current.isValid() else "")

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        current = self.currentIndex()
        if current.isValid() and first.row() <= current.row() <= last.row():
            self.chosen.emit(record_of(current, Upload).id)

    def _on_removing(self, first: int, last: int) -> None:
        """A row that only moves is taken out and put in elsewhere: it stays the current one."""
        current = self.currentIndex()
        is_going = current.isValid() and first <= current.row() <= last
        self._lost_id = record_of(current, Upload).id if is_going else ""

    def _on_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        ids = [self._rows[row].id for row in range(first, last + 1)]
        if self._lost_id in ids:
            self.setCurrentIndex(self._model.index_of(self._lost_id))
            self._lost_id = ""


def _describe(upload: Upload) -> str:
    return upload_text.spoken(upload, utc_now())

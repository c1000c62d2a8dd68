"""The table of everything that is going on and was done."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from beatra_desktop.domain.activity import ActivityState
from beatra_desktop.ui import theme
from beatra_desktop.ui.activity import columns
from beatra_desktop.ui.activity.activity_columns import ActivityColumns
from beatra_desktop.ui.activity.activity_delegate import ActivityDelegate
from beatra_desktop.ui.activity.activity_model import LAST_COLUMN, ActivityModel
from beatra_desktop.ui.activity.column_header import ColumnHeader
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.opaque_ground import OpaqueGround
from beatra_desktop.ui.styling import Ground

SECOND_MS: Final = 1000
SECONDS_BETWEEN_STARTED: Final = 30
"""When something began is told in minutes."""
ROW_PADDING_PX: Final = 7
ROWS_BEFORE_END: Final = 40
_RUNNING: Final = (Column.ELAPSED,)
_COUNTING: Final = (Column.PROGRESS, Column.ELAPSED, Column.ATTEMPT)
_LIVE: Final = (ActivityState.WAITING, ActivityState.RUNNING, ActivityState.NEEDS_YOU)
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ActivityTable(QTableView):
    chosen = Signal()
    """Other rows are chosen, or another one is current."""
    opened = Signal(str)
    """The user wants to where an activity is from, by its id."""
    menu_requested = Signal(QPoint)
    """For the chosen rows; the place is on the screen."""
    copy_requested = Signal()
    typed = Signal(str)
    """The user began to type: that is for the field that sifts the rows."""
    end_reached = Signal()
    """Nearly the last rows are on show."""

    def __init__(self, model: ActivityModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._hot = QPersistentModelIndex()
        self._ground = OpaqueGround(self, Ground.SURFACE)
        self._kept: tuple[list[str], str] = ([], "")
        self.setAccessibleName(self.tr("Activity"))
        self.head = ColumnHeader(
            self.tr("Columns"),
            is_number=lambda section: columns.is_number(Column(section)),
            shows_title=lambda section: section != Column.KIND,
        )
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.columns = ActivityColumns(self, self.head)
        self.setItemDelegate(
            ActivityDelegate(model, hot_row=self._hot_row, ends=self._ends, parent=self)
        )
        self._second = QTimer(self, interval=SECOND_MS)
        self._seconds = 0
        self._dress()
        self._connect()
        self._fit_rows()

    @property
    def current_id(self) -> str:
        """The current row's activity; empty when there is none."""
        index = self.currentIndex()
        return self._rows.id_of(index.row()) if index.isValid() else ""

    @property
    def is_following_time(self) -> bool:
        return self._second.isActive()

    def selected_ids(self) -> list[str]:
        """Those of the chosen rows, from the top."""
        selection = self.selectionModel().selection()
        ranges: list[QItemSelectionRange] = list(selection)  # type: ignore[call-overload]  # is one
        rows = sorted(row for each in ranges for row in range(each.top(), each.bottom() + 1))
        return [self._rows.id_of(row) for row in dict.fromkeys(rows)]

    def choose(self, activity_id: str) -> None:
        """Make a row the current one and the only one chosen, and bring it into view."""
        row = self._rows.row_of(activity_id)
        if row is not None:
            index = self._rows.index(row, self._ends()[0])
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def look_at_end(self) -> None:
        """Tell when nearly the last rows are on show."""
        bottom = self.verticalScrollBar().value() + self.viewport().height()
        seen = bottom // self.verticalHeader().defaultSectionSize()
        if seen + ROWS_BEFORE_END >= self._rows.rowCount():
            self.end_reached.emit()

    def keyboardSearch(self, search: str) -> None:
        if search.strip():
            self.typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.opened.emit(self.current_id)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(self._rows.id_of(index.row()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._heat(self.indexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._heat(QModelIndex())
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(theme.GRID, 0))
        else:
            place = event.globalPos()
        if self.selectionModel().hasSelection():
            self.menu_requested.emit(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._ground.fill(event)
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit()
        self.look_at_end()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow_time()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.head.setSortIndicator(Column.STARTED, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)

    def _connect(self) -> None:
        self.selectionModel().selectionChanged.connect(self.chosen)
        self.selectionModel().currentChanged.connect(self.chosen)
        self._rows.rearranging.connect(self._on_rearranging)
        self._rows.rearranged.connect(self._on_rearranged)
        self._rows.counts_changed.connect(self._follow_time)
        self._second.timeout.connect(self._on_second)
        self.verticalScrollBar().valueChanged.connect(self.look_at_end)
        theme.notifier().changed.connect(self._fit_rows)

    def _fit_rows(self) -> None:
        height = self.fontMetrics().height() + 2 * ROW_PADDING_PX + 1
        self.verticalHeader().setDefaultSectionSize(height)
        self.columns.fit()

    def _ends(self) -> tuple[int, int]:
        shown = self.head.shown_sections()
        return (shown[0], shown[-1]) if shown else (0, 0)

    def _hot_row(self) -> int:
        return self._hot.row() if self._hot.isValid() else -1

    def _heat(self, index: QModelIndex) -> None:
        before = self._hot_row()
        if before != index.row():
            self._hot = QPersistentModelIndex(index)
            self._repaint_row(before)
            self._repaint_row(index.row())

    def _repaint_row(self, row: int) -> None:
        if row >= 0:
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            self.viewport().update(QRect(0, top, self.viewport().width(), height))

    def _follow_time(self) -> None:
        """A clock runs only while it is seen and something goes on."""
        is_live = any(self._rows.counts[state] for state in _LIVE)
        if is_live and self.isVisible():
            self._second.start()
        else:
            self._second.stop()

    def _on_second(self) -> None:
        """Only what counts is painted again: times of rows that live, and now and then the rest."""
        self._seconds += 1
        if self._seconds % SECONDS_BETWEEN_STARTED == 0:
            self._repaint_cells(Column.STARTED, 0, self.viewport().height())
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height() - 1)
        for row in range(first, (last if last >= 0 else self._rows.rowCount() - 1) + 1):
            activity = self._rows.activity(row)
            counting = _COUNTING if activity.wait is not None else _RUNNING
            for column in counting if activity.state.is_live else ():
                self._repaint_cells(column, self.rowViewportPosition(row), self.rowHeight(row))

    def _repaint_cells(self, column: Column, top: int, height: int) -> None:
        if not self.isColumnHidden(column):
            left, width = self.columnViewportPosition(column), self.columnWidth(column)
            self.viewport().update(QRect(left, top, width, height))

    def _on_rearranging(self) -> None:
        self._kept = (self.selected_ids(), self.current_id)

    def _on_rearranged(self) -> None:
        """Choose what was chosen, as far as it is still on show."""
        ids, current = self._kept
        flags = QItemSelectionModel.SelectionFlag
        found = (row for each in ids if (row := self._rows.row_of(each)) is not None)
        self.selectionModel().select(self._selection(found), flags.ClearAndSelect)
        row = self._rows.row_of(current) if current else None
        if row is not None:
            index = self._rows.index(row, self._ends()[0])
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            self.scrollTo(index)
        self.chosen.emit()
        self.look_at_end()

    def _selection(self, rows: Iterable[int]) -> QItemSelection:
        """Of whole rows, those side by side as one range."""
        ordered, selection = sorted(rows), QItemSelection()
        starts = [b for a, b in pairwise([-2, *ordered]) if b != a + 1]
        ends = [a for a, b in pairwise([*ordered, self._rows.rowCount() + 1]) if b != a + 1]
        for first, last in zip(starts, ends, strict=True):
            corner = self._rows.index(last, LAST_COLUMN)
            selection.select(self._rows.index(first, 0), corner)
        return selection

"""Cards of one size side by side, in a view that stays quick however many there are."""

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.opaque_ground import OpaqueGround
from beatra_desktop.ui.styling import Ground

Index = QModelIndex | QPersistentModelIndex
_Action: Final = QAbstractItemView.CursorAction
_Hint: Final = QAbstractItemView.ScrollHint


class CardGrid(QListView):
    """A list view to keys, mouse and screen readers, but cards are found by arithmetic.

    QListView lays all cards out again whenever one comes or goes: 25 ms for 100,000. `least` gives
    the smallest size of a card; they share the width between them.
    """

    def __init__(
        self, name: str, *, least: Callable[[], QSize], ground: Ground, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._least = least
        self._columns, self._size = 1, least()
        self._hovered = QPersistentModelIndex()
        self._ground = OpaqueGround(self, ground)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.entered.connect(self._on_entered)
        self.viewportEntered.connect(lambda: self._on_entered(QModelIndex()))
        theme.notifier().changed.connect(self._on_theme)

    def visualRect(self, index: Index) -> QRect:
        return self._rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        line, column = self._cell(point)
        is_there = 0 <= column < self._columns and line >= 0
        return self.model().index(line * self._columns + column, 0) if is_there else QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible
    ) -> None:
        rect, bar = self.visualRect(index), self.verticalScrollBar()
        beyond = rect.bottom() + 1 - self.viewport().height()
        if hint is _Hint.PositionAtCenter:
            bar.setValue(bar.value() + (rect.top() + beyond) // 2)
        elif hint is _Hint.PositionAtTop or (hint is _Hint.EnsureVisible and rect.top() < 0):
            bar.setValue(bar.value() + rect.top())
        elif hint is _Hint.PositionAtBottom or beyond > 0:
            bar.setValue(bar.value() + beyond)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        current, last = self.currentIndex().row(), self.model().rowCount() - 1
        target = current + self._step(action)
        if action is _Action.MoveHome or current < 0:
            target = 0
        elif action is _Action.MoveEnd:
            target = last
        elif target < 0:
            target = current % self._columns
        elif target > last:
            down = (last // self._columns - current // self._columns) * self._columns
            target = min(current + down, last)
        return self.model().index(target, 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        (top, left), (bottom, right) = sorted(map(self._cell, (rect.topLeft(), rect.bottomRight())))
        selection = QItemSelection()
        if self.state() is QAbstractItemView.State.DragSelectingState:
            left, right = max(0, min(left, right)), min(max(left, right), self._columns - 1)
            for line in range(max(0, top), bottom + 1):
                self._select_run(selection, (line, left), (line, right))
        else:
            self._select_run(selection, (top, left), (bottom, right))
        self.selectionModel().select(selection, command)

    def selectAll(self) -> None:
        """QListView asks for the number of rows at each of them."""
        selection = QItemSelection()
        self._select_run(selection, (0, 0), (self.model().rowCount(), 0))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region, model = QRegion(), self.model()
        for row in self._rows_within(self.viewport().rect()):
            if selection.contains(model.index(row, 0)):
                region += self._rect(row)
        return region

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)

    def doItemsLayout(self) -> None:
        """Nothing is laid out."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        QAbstractItemView.updateGeometries(self)
        lines, height = -(-self.model().rowCount() // self._columns), self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, lines * self._size.height() - height))
        bar.setPageStep(height)
        bar.setSingleStep(self._size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._on_entered(QModelIndex())
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._ground.fill(event)
        painter, option = QPainter(self.viewport()), QStyleOptionViewItem()
        self.initViewItemOption(option)
        state = option.state
        for row in self._rows_within(event.rect()):
            if event.region().intersects(rect := self._rect(row)):
                index = self.model().index(row, 0)
                option.rect, option.state = rect, state | self._state_of(index)
                self.itemDelegate().paint(painter, option, index)
        painter.end()

    def _state_of(self, index: QModelIndex) -> QStyle.StateFlag:
        flag = QStyle.StateFlag
        state = flag.State_None
        if self.selectionModel().isSelected(index):
            state |= flag.State_Selected
        if self.hasFocus() and index == self.currentIndex():
            state |= flag.State_HasFocus
        if index == self._hovered:
            state |= flag.State_MouseOver
        return state

    def _step(self, action: QAbstractItemView.CursorAction) -> int:
        """By how many cards a key moves on."""
        lines = self.viewport().height() // self._size.height() - 1  # one stays in sight
        page = max(1, lines) * self._columns
        side = -1 if self.isRightToLeft() else 1
        return {
            _Action.MoveLeft: -side,
            _Action.MoveRight: side,
            _Action.MovePrevious: -1,
            _Action.MoveNext: 1,
            _Action.MoveUp: -self._columns,
            _Action.MoveDown: self._columns,
            _Action.MovePageUp: -page,
            _Action.MovePageDown: page,
        }.get(action, 0)

    def _select_run(
        self, selection: QItemSelection, begin: tuple[int, int], end: tuple[int, int]
    ) -> None:
        """Select from one cell to another, in the order of reading."""
        first, last = (line * self._columns + column for line, column in (begin, end))
        last = min(last, self.model().rowCount() - 1)
        if 0 <= first <= last:
            selection.select(self.model().index(first, 0), self.model().index(last, 0))

    def _rows_within(self, rect: QRect) -> Iterator[int]:
        (top, _), (bottom, _) = self._cell(rect.topLeft()), self._cell(rect.bottomLeft())
        end = min((bottom + 1) * self._columns, self.model().rowCount())
        return iter(range(max(0, top) * self._columns, end))

    def _rect(self, row: int) -> QRect:
        line, column = divmod(row, self._columns)
        place = QPoint(column * self._size.width(), line * self._size.height())
        rect = QRect(place - QPoint(0, self.verticalOffset()), self._size)
        return QStyle.visualRect(self.layoutDirection(), self.viewport().rect(), rect)

    def _cell(self, point: QPoint) -> tuple[int, int]:
        """The line and the column at a point, also where no card is."""
        point = QStyle.visualPos(self.layoutDirection(), self.viewport().rect(), point)
        line = (point.y() + self.verticalOffset()) // self._size.height()
        return line, point.x() // self._size.width()

    def _fit(self) -> None:
        """As many cards as fit, as wide as they can be."""
        room, least = self.viewport().width(), self._least()
        self._columns = max(1, room // least.width())
        self._size = QSize(room // self._columns, least.height())

    def _on_entered(self, index: QModelIndex) -> None:
        self._hovered = QPersistentModelIndex(index)

    def _on_theme(self) -> None:
        self._fit()
        self.scheduleDelayedItemsLayout()

"""The sums of charges as a table."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from beatra_desktop.ui import theme
from beatra_desktop.ui.activity.charges_model import ChargeColumn, ChargesModel
from beatra_desktop.ui.activity.column_header import INSET_PX, ColumnHeader
from beatra_desktop.ui.styling import paint_selection

ROW_PADDING_PX: Final = 8
NAME_WIDTH_PX: Final = 140
AMOUNT_WIDTH_PX: Final = 112
COUNT_WIDTH_PX: Final = 100
GIVE_WAY: Final = (ChargeColumn.PRICED, ChargeColumn.REFUNDED, ChargeColumn.CHARGED)
"""In this order, where there is no room for all."""
_COUNTS: Final = (ChargeColumn.PRICED, ChargeColumn.UNPRICED)
Index = QModelIndex | QPersistentModelIndex


class ChargesDelegate(QStyledItemDelegate):
    """Numbers at the right; the last row, all of them together, is set apart."""

    def __init__(self, model: ChargesModel, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shades, rect = theme.current(), option.rect
        column, is_total = ChargeColumn(index.column()), self._model.is_total(index.row())
        if option.state & QStyle.StateFlag.State_Selected:
            paint_selection(painter, rect, shades)
        if is_total:
            painter.setPen(shades.text_secondary)
            painter.drawLine(rect.topLeft(), rect.topRight())
        else:
            painter.setPen(shades.border)
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = theme.body_font() if column is ChargeColumn.NAME else theme.small_font()
        font.setBold(is_total)
        painter.setFont(font)
        painter.setPen(shades.text)
        inner = rect.adjusted(INSET_PX, 0, -INSET_PX, 0)
        is_name = column is ChargeColumn.NAME
        side = Qt.AlignmentFlag.AlignLeft if is_name else Qt.AlignmentFlag.AlignRight
        text = self._model.text(index.row(), column)
        metrics = painter.fontMetrics()
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, words)


class ChargesTable(QTableView):
    def __init__(self, model: ChargesModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Charges"))
        header = ColumnHeader(
            self.tr("Columns"), is_number=lambda section: section != ChargeColumn.NAME
        )
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSortIndicator(ChargeColumn.NAME, Qt.SortOrder.DescendingOrder)
        self.setHorizontalHeader(header)
        self.setModel(model)
        self.setItemDelegate(ChargesDelegate(model, parent=self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSortingEnabled(True)
        theme.notifier().changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Names get what the numbers leave; some of the numbers give way to them."""
        self.verticalHeader().setDefaultSectionSize(
            self.fontMetrics().height() + 2 * ROW_PADDING_PX
        )
        room, header = self.viewport().width(), self.horizontalHeader()
        shown = _fitting(room)
        spare = max(0, room - sum(map(_width, shown)))
        for column in ChargeColumn:
            header.setSectionHidden(column, column not in shown)
            is_name = column is ChargeColumn.NAME
            header.resizeSection(column, _width(column) + (spare if is_name else 0))


def _fitting(room_px: int) -> list[ChargeColumn]:
    shown = list(ChargeColumn)
    for column in GIVE_WAY:
        if sum(map(_width, shown)) <= room_px:
            break
        shown.remove(column)
    return shown


def _width(column: ChargeColumn) -> int:
    if column is ChargeColumn.NAME:
        return theme.scaled(NAME_WIDTH_PX)
    return theme.scaled(COUNT_WIDTH_PX if column in _COUNTS else AMOUNT_WIDTH_PX)

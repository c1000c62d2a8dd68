"""A list of titles, each with an optional small line below; one of them is the current one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from beatra_desktop.ui import format, mirroring, theme
from beatra_desktop.ui.long_list import LongList
from beatra_desktop.ui.row_list import draw_line, paint_ground, row_rect

PADDING_PX: Final = 7
INSET_PX: Final = 10
SMALL_LINE: Final = Qt.ItemDataRole.UserRole
_SPOKEN: Final = Qt.ItemDataRole.AccessibleTextRole


class TitleDelegate(QStyledItemDelegate):
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        small = index.data(SMALL_LINE)
        painter.save()
        painter = mirroring.within(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option)
        words = row_rect(option.rect).adjusted(INSET_PX, PADDING_PX, -INSET_PX, -PADDING_PX)
        painter.setFont(theme.body_font())
        painter.setPen(theme.current().text)
        if small:
            words.setBottom(words.top() + painter.fontMetrics().height())
        draw_line(painter, words, index.data())
        if small:
            words.moveTop(words.bottom())
            painter.setFont(theme.small_font())
            painter.setPen(theme.current().text_secondary)
            draw_line(painter, words, small)
        painter.restore()


class TitleList(LongList):
    """`chosen(row)` when another row becomes the current one."""

    chosen = Signal(int)

    def __init__(self, name: str, *, small_lines: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(name, padding_px=PADDING_PX, small_lines=small_lines, parent=parent)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self.setItemDelegate(TitleDelegate(self))
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_titles(self, titles: Sequence[tuple[str, str]]) -> None:
        """Title and small line of each row; the first becomes the current one."""
        with QSignalBlocker(self.selectionModel()):  # rows that go make others the current one
            self._items.clear()
        for title, small in titles:
            item = QStandardItem(title)
            item.setData(small, SMALL_LINE)
            item.setData(format.listed((title, small)), _SPOKEN)
            self._items.appendRow(item)
        self.choose(0)

    def choose(self, row: int) -> None:
        self.setCurrentIndex(self._items.index(row, 0))

    def step(self, by: int) -> None:
        """Choose a row so many further on, as far as there are any."""
        last = self._items.rowCount() - 1
        if last >= 0:
            self.choose(max(0, min(last, self.currentIndex().row() + by)))

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.row())

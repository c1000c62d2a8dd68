"""Conversations that are out of the way: a title each, and what is to be known below it."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui import format, mirroring, theme
from beatra_desktop.ui.list_model import ListModel, record_of
from beatra_desktop.ui.row_list import (
    RowList,
    draw_line,
    more_rect,
    paint_ground,
    paint_more,
    row_rect,
    shows_more,
)

PADDING_PX: Final = 8
INSET_PX: Final = 10
Index = QModelIndex | QPersistentModelIndex
Lines = Callable[[Conversation], Sequence[str]]
"""The title of a conversation, and the small lines below it."""


class ShelfDelegate(QStyledItemDelegate):
    def __init__(self, lines: Lines, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = lines

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        title, *small = self._lines(record_of(index, Conversation))
        painter.save()
        painter = mirroring.within(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option)
        words = row_rect(option.rect).adjusted(INSET_PX, PADDING_PX, -INSET_PX, -PADDING_PX)
        if shows_more(option):
            words.setRight(more_rect(option.rect).left())
        painter.setFont(theme.body_font())
        painter.setPen(theme.current().text)
        words = _paint_line(painter, words, title)
        painter.setFont(theme.small_font())
        painter.setPen(theme.current().text_secondary)
        for line in small:
            words = _paint_line(painter, words, line)
        paint_more(painter, option, index)
        painter.restore()


class ShelfList(RowList):
    deletion_requested = Signal()
    """Of the current row."""

    def __init__(
        self,
        name: str,
        records: ReadOnlyRecords[Conversation],
        *,
        lines: Lines,
        small_lines: int,
        parent: QWidget | None = None,
    ) -> None:
        """`lines` gives a title and `small_lines` more."""
        super().__init__(name, padding_px=PADDING_PX, small_lines=small_lines, parent=parent)
        self._model = ListModel(records, describe=lambda c: format.listed(lines(c)), parent=self)
        self.setModel(self._model)
        self.setItemDelegate(ShelfDelegate(lines, parent=self))

    @property
    def current_id(self) -> ConversationId | None:
        index = self.currentIndex()
        return record_of(index, Conversation).id if index.isValid() else None

    def choose_first(self) -> None:
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.deletion_requested.emit()
            return
        super().keyPressEvent(event)


def _paint_line(painter: QPainter, rect: QRect, text: str) -> QRect:
    """Draw one line at the top; gives the room below it."""
    height = painter.fontMetrics().height()
    draw_line(painter, QRect(rect.left(), rect.top(), rect.width(), height), text)
    return rect.adjusted(0, height, 0, 0)

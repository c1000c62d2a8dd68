"""A long list whose rows have a menu each, behind a ⋯ at their end."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QMenu, QStyle, QStyleOptionViewItem, QWidget

from beatra_desktop.ui import icons, mirroring, theme
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.long_list import LongList
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.text_measure import elided

SIDE_PX: Final = 8
RADIUS_PX: Final = 8
MORE_PX: Final = 24
MORE_INSET_PX: Final = 4
# As numbers: each operation on flags makes another, and a row is painted too often for that.
_SELECTED: Final = QStyle.StateFlag.State_Selected.value
_BELOW_POINTER: Final = QStyle.StateFlag.State_MouseOver.value
_BY_KEY: Final = (
    QStyle.StateFlag.State_KeyboardFocusChange.value | QStyle.StateFlag.State_HasFocus.value
)
_AT_START: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex
Entry = tuple[str, str, Callable[[], object]]
"""Text, keys and what is done."""


class RowList(LongList):
    """`menu_requested(index, place)`: by ⋯, right click or the menu key; `place` is on screen.

    The ⋯ is shown on the current row and on the one below the pointer.
    """

    menu_requested = Signal(QModelIndex, QPoint)

    def __init__(
        self,
        name: str,
        *,
        padding_px: int,
        small_lines: int = 0,
        ground: Ground | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            name, padding_px=padding_px, small_lines=small_lines, ground=ground, parent=parent
        )
        self._pressed_more = False
        self._hot = QPersistentModelIndex()

    def is_hot(self, index: Index) -> bool:
        """Whether the pointer is on the row's ⋯."""
        return self._hot.isValid() and self._hot.row() == index.row()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The current row stays in sight when what is below the list takes its room."""
        index = self.currentIndex()
        rect = self.visualRect(index)
        was_seen = index.isValid() and 0 <= rect.top() < event.oldSize().height()
        super().resizeEvent(event)
        if was_seen:
            self.scrollTo(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            place = self._below_more(index) if by_key else event.globalPos()
            self.menu_requested.emit(index, place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._more_at(event.position().toPoint())
        self._pressed_more = index.isValid() and event.button() is Qt.MouseButton.LeftButton
        if self._pressed_more:
            self.menu_requested.emit(index, self._below_more(index))
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_more:
            self._pressed_more = False
        else:
            super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._heat(self._more_at(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._heat(QModelIndex())
        super().leaveEvent(event)

    def _heat(self, index: QModelIndex) -> None:
        if self._hot != index:
            self._hot = QPersistentModelIndex(index)
            self.viewport().update()

    def _more_at(self, position: QPoint) -> QModelIndex:
        """The row whose ⋯ is at a place; an invalid index for none."""
        index = self.indexAt(position)
        is_row = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        hits = is_row and more_rect(self.visualRect(index)).contains(
            mirroring.reflected(position, self.visualRect(index))
        )
        return index if hits else QModelIndex()

    def _below_more(self, index: QModelIndex) -> QPoint:
        rect = self.visualRect(index)
        more = mirroring.placed(more_rect(rect), rect)
        return self.viewport().mapToGlobal(more.bottomLeft())


def row_menu(view: RowList, *entries: Entry | None) -> QMenu:
    """A menu of these entries, None being a line; it forgets itself when it is closed."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        text, keys, do = entry
        action = menu.addAction(text)
        action.setShortcut(keys)
        action.triggered.connect(lambda _checked=False, do=do: do())
    return menu


def row_rect(rect: QRect) -> QRect:
    """The ground of a row whose cell is `rect`."""
    return rect.adjusted(SIDE_PX, 0, -SIDE_PX, 0)


def more_rect(rect: QRect) -> QRect:
    """The ⋯ of a row whose cell is `rect`."""
    right, size = row_rect(rect).right() - MORE_INSET_PX, more_px()
    return QRect(right - size + 1, rect.center().y() - size // 2 + 1, size, size)


def more_px() -> int:
    """The edge of the ⋯ at the size text has now."""
    return theme.scaled_sign(MORE_PX)


def shows_more(option: QStyleOptionViewItem) -> bool:
    return bool(option.state.value & (_BELOW_POINTER | _SELECTED))


def draw_line(painter: QPainter, rect: QRect, text: str) -> None:
    """One line, from the side its script begins at, ending in … where it does not fit."""
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    words = elided(text, painter.font(), rect.width())
    painter.drawText(rect, _AT_START, words)


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, *, gap_px: int = 0) -> None:
    """What tells the current row, the one below the pointer and the keyboard's apart.

    `gap_px` is left free above and below it.
    """
    shades, state = theme.current(), option.state.value
    rect = row_rect(option.rect).adjusted(0, gap_px, 0, -gap_px)
    painter.setPen(Qt.PenStyle.NoPen)
    if state & _SELECTED:
        painter.setPen(shades.accent if shades.is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(shades.accent_soft)
        painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)
    elif state & _BELOW_POINTER:
        painter.setBrush(shades.hover)
        painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)
    if state & _BY_KEY == _BY_KEY:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(shades.focus)
        painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)


def paint_more(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """The ⋯ of a row; call it after everything else."""
    if not shows_more(option):
        return
    rect, shades = more_rect(option.rect), theme.current()
    view = option.widget
    if isinstance(view, RowList) and view.is_hot(index):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.border)
        painter.drawRoundedRect(rect, RADIUS_PX - 2, RADIUS_PX - 2)
    size = icons.current_px()
    icon = icons.pixmap(Icon.MORE, shades.text_secondary, size_px=size)
    inset = (rect.width() - size) // 2
    painter.drawPixmap(rect.left() + inset, rect.top() + inset, icon)

"""The head of a table: sorts, moves, widens and hides columns, by mouse and by keys."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QHeaderView, QWidget

from beatra_desktop.ui import format, icons, theme
from beatra_desktop.ui.icons import Icon

INSET_PX: Final = 8
HEIGHT_PADDING_PX: Final = 16
ARROW_PX: Final = 12
KEY_STEP_PX: Final = 16
_LEFT_RIGHT: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class ColumnHeader(QHeaderView):
    """With the keyboard on it: arrows choose a column, Enter sorts by it, Alt+arrows move it,
    Shift+arrows change its width, and the menu key opens the menu.
    """

    menu_requested = Signal(int)
    """For a section, or -1 for none."""
    widened = Signal(int, int)
    """The user gave a section another width in pixels, by keys."""
    released = Signal()
    """The mouse button, after something was done to the columns or not."""

    def __init__(
        self,
        name: str,
        *,
        is_number: Callable[[int], bool],
        shows_title: Callable[[int], bool] = lambda _section: True,
        parent: QWidget | None = None,
    ) -> None:
        """`is_number` tells which sections stand at the right; icons alone need no title."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._is_number, self._shows_title = is_number, shows_title
        self._focused = 0
        """The visual place of the section the keyboard is on."""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setMouseTracking(True)
        self.setMinimumSectionSize(KEY_STEP_PX)
        theme.notifier().changed.connect(self._fit)
        self._fit()

    @property
    def focused_section(self) -> int:
        """The section the keyboard is on; -1 when none is on show."""
        if self.count() == 0:
            return -1
        section = self.logicalIndex(min(self._focused, self.count() - 1))
        if self.isSectionHidden(section):
            return next((each for each in self.shown_sections()), -1)
        return section

    def shown_sections(self) -> list[int]:
        """Those on show, from the left."""
        sections = (self.logicalIndex(visual) for visual in range(self.count()))
        return [section for section in sections if not self.isSectionHidden(section)]

    def sizeHint(self) -> QSize:
        height = QFontMetrics(theme.small_font()).height() + HEIGHT_PADDING_PX
        return QSize(super().sizeHint().width(), height)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803  # Qt's name
        shades = theme.current()
        painter.save()
        painter.setFont(theme.small_font())
        painter.fillRect(rect, shades.surface)
        painter.setPen(shades.border)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(INSET_PX, 0, -INSET_PX, 0)
        is_sorted = logicalIndex == self.sortIndicatorSection() and self.isSortIndicatorShown()
        if is_sorted:
            inner = self._paint_arrow(painter, inner, logicalIndex)
        self._paint_title(painter, inner, logicalIndex, is_sorted=is_sorted)
        if self.hasFocus() and logicalIndex == self.focused_section:
            painter.setPen(shades.focus)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(rect.adjusted(1, 2, -2, -3), 6, 6)
        painter.restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        section, key = self.focused_section, Qt.Key(event.key())
        if section < 0:
            super().keyPressEvent(event)
        elif key in _LEFT_RIGHT:
            self._step(section, _LEFT_RIGHT[key], event.modifiers())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.sort_by(section)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.released.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        section = self.focused_section if by_key else self.logicalIndexAt(event.pos())
        self.menu_requested.emit(section)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._tell_section()
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def sort_by(self, section: int) -> None:
        """As a click on it does: the other direction where it is sorted by it already."""
        is_again = section == self.sortIndicatorSection()
        is_ascending = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        down = is_again and is_ascending
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self.setSortIndicator(section, order)
        self._tell_section()

    def _step(self, section: int, step: int, modifiers: Qt.KeyboardModifier) -> None:
        shown = self.shown_sections()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            width = self.sectionSize(section) + step * KEY_STEP_PX
            self.widened.emit(section, max(self.minimumSectionSize(), width))
            return
        place = shown.index(section) + step
        if not 0 <= place < len(shown):
            return
        target = self.visualIndex(shown[place])
        if modifiers & Qt.KeyboardModifier.AltModifier:
            self.moveSection(self.visualIndex(section), target)
        self._focused = target
        self._tell_section()
        self.viewport().update()

    def _tell_section(self) -> None:
        """Let a screen reader say where the keyboard is."""
        section = self.focused_section
        is_up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        order = self.tr("sorted upwards") if is_up else self.tr("sorted downwards")
        is_sorted = section == self.sortIndicatorSection() and self.isSortIndicatorShown()
        self.setAccessibleDescription(
            format.heard(self._title(section), order if is_sorted else "")
        )

    def _paint_arrow(self, painter: QPainter, inner: QRect, section: int) -> QRect:
        """The direction it is sorted in; gives the room that is left for the title."""
        is_up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        icon = Icon.ARROW_UP if is_up else Icon.ARROW_DOWN
        arrow = icons.pixmap(icon, theme.current().text, size_px=ARROW_PX)
        top = inner.center().y() - ARROW_PX // 2
        if not self._shows_title(section):
            painter.drawPixmap(inner.center().x() - ARROW_PX // 2 + 1, top, arrow)
            return inner
        if self._is_number(section):
            painter.drawPixmap(inner.right() - ARROW_PX + 1, top, arrow)
            return inner.adjusted(0, 0, -ARROW_PX - 2, 0)
        width = painter.fontMetrics().horizontalAdvance(self._title(section))
        left = min(inner.left() + width + 4, inner.right() - ARROW_PX)
        painter.drawPixmap(left, top, arrow)
        return inner.adjusted(0, 0, left - inner.right() - 2, 0)

    def _paint_title(
        self, painter: QPainter, inner: QRect, section: int, *, is_sorted: bool
    ) -> None:
        if not self._shows_title(section):
            return
        shades = theme.current()
        painter.setPen(shades.text if is_sorted else shades.text_secondary)
        is_right = self._is_number(section)
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        title = painter.fontMetrics().elidedText(
            self._title(section), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, title)

    def _title(self, section: int) -> str:
        model = self.model()
        words = model.headerData(section, self.orientation()) if model is not None else ""
        return str(words or "")

    def _fit(self) -> None:
        self.setFont(theme.small_font())
        self.updateGeometry()
        self.viewport().update()

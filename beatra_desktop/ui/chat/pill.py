"""The button that leads back to the end when text arrives out of sight."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from beatra_desktop.ui import mirroring
from beatra_desktop.ui.chat.look import Look
from beatra_desktop.ui.icons import Icon, pixmap

_GAP_PX: Final = 12


class Pill(QAbstractButton):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.set_look(look)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_look(self, look: Look) -> None:
        self._look = look
        self.setFont(look.small)
        self.adjustSize()

    def show_over(self, viewport: QWidget) -> None:
        """Show it in the middle of the lower edge."""
        self.adjustSize()
        left = (viewport.width() - self.width()) // 2
        self.move(left, viewport.height() - self.height() - _GAP_PX)
        self.show()

    def sizeHint(self) -> QSize:
        px = self._look.px
        width = self.fontMetrics().horizontalAdvance(self.text()) + px(50)
        return QSize(width, px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        px, colours = self._look.px, self._look.colours
        painter = mirroring.within(QPainter(self), self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = colours.focus if self.hasFocus() else colours.outline
        painter.setPen(QPen(outline, 1.5 if self.hasFocus() else 1))
        painter.setBrush(colours.hover if self.underMouse() else colours.raised)
        half = self.height() / 2
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), half - 1, half - 1)
        icon = pixmap(Icon.ARROW_DOWN, colours.accent, size_px=px(14))
        painter.drawPixmap(px(14), (self.height() - px(14)) // 2, icon)
        painter.setPen(colours.text)
        painter.drawText(
            self.rect().adjusted(px(34), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text()
        )

"""A link of the sidebar with a number behind its name."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import format, icons, mirroring, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Variant
from beatra_desktop.ui.tips import tip

PILL_PADDING_PX: Final = 6
PILL_RIGHT_PX: Final = 4
WARNING_PX: Final = 12
MOST: Final = 999
RESERVED: Final = "99"
"""Room is kept for a number of this width, so that nothing moves when one comes."""


class CountedLink(Button):
    """The number is in a pill; a triangle in it says that something waits for the user."""

    def __init__(self, icon: Icon, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, variant=Variant.GHOST, icon=icon, parent=parent)
        self.setProperty("align", "left")
        self._count, self._warns = 0, False

    @property
    def count(self) -> int:
        return self._count

    @property
    def warns(self) -> bool:
        return self._warns

    def show_count(self, count: int, *, spoken: str, warns: bool = False) -> None:
        """`spoken` says what is counted, for screen readers and as the tooltip."""
        self._count, self._warns = count, warns
        self.setAccessibleName(format.listed((self.text(), spoken)))
        self.setToolTip(tip(spoken))
        self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        metrics = QFontMetrics(theme.small_font())
        pill = metrics.horizontalAdvance(RESERVED) + WARNING_PX + 3 * PILL_PADDING_PX
        return QSize(hint.width() + pill, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._count == 0:
            return
        painter = mirroring.within(QPainter(self), self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.small_font())
        shades, size = theme.current(), self._pill_size()
        top = (self.height() - size.height()) / 2
        left = self.width() - PILL_RIGHT_PX - size.width()
        pill = QRectF(left, top, size.width(), size.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.warning_soft if self._warns else shades.accent_soft)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        colour = shades.warning if self._warns else shades.accent
        if self._warns:
            edge = theme.scaled_sign(WARNING_PX)
            triangle = icons.pixmap(Icon.WARNING, colour, size_px=edge)
            middle = pill.center().y() - edge / 2
            painter.drawPixmap(int(pill.left()) + PILL_PADDING_PX, int(middle), triangle)
            pill.setLeft(pill.left() + edge + PILL_PADDING_PX // 2)
        painter.setPen(colour)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self.number)

    @property
    def number(self) -> str:
        return f"{MOST}+" if self._count > MOST else format.count(self._count)

    def _pill_size(self) -> QSize:
        metrics = QFontMetrics(theme.small_font())
        triangle = theme.scaled_sign(WARNING_PX) + PILL_PADDING_PX // 2 if self._warns else 0
        width = metrics.horizontalAdvance(self.number) + 2 * PILL_PADDING_PX + triangle
        return QSize(max(width, metrics.height() + 2), metrics.height() + 2)

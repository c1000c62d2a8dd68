"""A clip's waveform, which is also where one seeks."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatra_desktop.ui import theme

HEIGHT_PX: Final = 40
BAR_PX: Final = 2
GAP_PX: Final = 2
MIN_BAR_PX: Final = 2.0
STEP_FRACTION: Final = 0.02
_STEPS: Final[dict[int, float]] = {
    Qt.Key.Key_Left: -STEP_FRACTION,
    Qt.Key.Key_Right: STEP_FRACTION,
    Qt.Key.Key_PageUp: -5 * STEP_FRACTION,
    Qt.Key.Key_PageDown: 5 * STEP_FRACTION,
}


class Waveform(QWidget):
    """`seeked(fraction)` when the user goes to a place; `set_position` never tells it."""

    seeked = Signal(float)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: tuple[float, ...] = ()
        self._position = 0.0
        self._hover: float | None = None
        self._is_dragging = False
        self.setAccessibleName(self.tr("Position in the clip"))
        self.setToolTip(self.tr("Click or use the arrow keys to go to a place in the clip"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.update)

    @property
    def position(self) -> float:
        """How much was played, 0 to 1."""
        return self._position

    @property
    def heights(self) -> tuple[float, ...]:
        return self._heights

    def set_heights(self, heights: tuple[float, ...]) -> None:
        """Heights from 0 to 1; none shows a plain line."""
        self._heights = heights
        self.update()

    def set_position(self, fraction: float, *, words: str) -> None:
        """How much was played, 0 to 1; `words` says it for a screen reader.

        While the mouse drags the position, what plays does not pull it back.
        """
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)
        if not self._is_dragging and round(fraction * self.width()) != round(
            self._position * self.width()
        ):
            self._position = fraction
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        if event.key() == Qt.Key.Key_Home:
            self._seek(0.0)
        elif step is not None:
            self._seek(self._position + step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_dragging = True
            self._seek(self._fraction(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._fraction(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(self._hover)
        self.update()

    def leaveEvent(self, _event: object) -> None:
        self._hover = None
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades = theme.current()
        if self.hasFocus():
            painter.setPen(shades.accent)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        played = self._position * self.width()
        hover = played if self._hover is None else self._hover * self.width()
        for bar in self._bars():
            if bar.center().x() <= played:
                painter.setBrush(shades.accent)
            elif bar.center().x() <= hover:
                painter.setBrush(shades.text_secondary)
            else:
                painter.setBrush(shades.text_disabled)
            painter.drawRoundedRect(bar, BAR_PX / 2, BAR_PX / 2)

    def _bars(self) -> list[QRectF]:
        count = max(1, self.width() // (BAR_PX + GAP_PX))
        middle, room = self.height() / 2, self.height() - theme.GRID
        bars = []
        for number in range(count):
            height = max(MIN_BAR_PX, self._height_at(number / count) * room)
            left = number * (BAR_PX + GAP_PX)
            bars.append(QRectF(left, middle - height / 2, BAR_PX, height))
        return bars

    def _height_at(self, fraction: float) -> float:
        if not self._heights:
            return 0.0
        return self._heights[int(fraction * len(self._heights))]

    def _fraction(self, event: QMouseEvent) -> float:
        return max(0.0, min(1.0, event.position().x() / max(1, self.width())))

    def _seek(self, fraction: float) -> None:
        fraction = max(0.0, min(1.0, fraction))
        self._position = fraction
        self.update()
        self.seeked.emit(fraction)

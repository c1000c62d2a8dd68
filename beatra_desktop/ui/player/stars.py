"""A rating as five stars."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.collection import STARS
from beatra_desktop.ui import theme
from beatra_desktop.ui.access.widgets import Ranged, Scale

STAR_PX: Final = 18
GAP_PX: Final = 4
COUNT: Final = STARS.stop - 1
_POINTS: Final = (
    (0.5, 0.04), (0.64, 0.35), (0.98, 0.39), (0.73, 0.62), (0.8, 0.96), (0.5, 0.79), (0.2, 0.96),
    (0.27, 0.62), (0.02, 0.39), (0.36, 0.35),
)  # fmt: skip


class Stars(QWidget, Ranged):
    """`rated(stars)` when the user says how many: by click, arrow keys or a digit."""

    rated = Signal(int)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stars = 0
        self._hover = 0
        self.setFixedSize(QSize(COUNT * (STAR_PX + GAP_PX) + GAP_PX, STAR_PX + 2 * GAP_PX))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.show_stars(0)
        theme.notifier().changed.connect(self.update)

    @property
    def stars(self) -> int:
        return self._stars

    def show_stars(self, stars: int) -> None:
        self._stars = stars
        words = self.tr("{n} of 5 stars").format(n=stars) if stars else self.tr("Not rated")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def scale(self) -> Scale:
        return Scale(value=self._stars, top=COUNT, step=1, words=self.toolTip())

    def move_to(self, value: float) -> None:
        self._rate(round(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        digit = event.key() - Qt.Key.Key_0
        if step is not None:
            self._rate(self._stars + step)
        elif digit in STARS:
            self._rate(digit)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            stars = self._star_at(event)
            self._rate(0 if stars == self._stars else stars)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._star_at(event)
        self.update()

    def leaveEvent(self, _event: object) -> None:
        self._hover = 0
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
            painter.setPen(shades.focus)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        lit = self._hover or self._stars
        for number in range(COUNT):
            painter.setPen(shades.accent if number < lit else shades.text_secondary)
            painter.setBrush(shades.accent if number < lit else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(_star(number))

    def _star_at(self, event: QMouseEvent) -> int:
        number = int((event.position().x() - GAP_PX) // (STAR_PX + GAP_PX)) + 1
        return max(1, min(COUNT, number))

    def _rate(self, stars: int) -> None:
        stars = max(STARS.start, min(STARS.stop - 1, stars))
        if stars != self._stars:
            self.show_stars(stars)
            self.rated.emit(stars)
            self.tell_value()


def _star(number: int) -> QPolygonF:
    left = GAP_PX + number * (STAR_PX + GAP_PX)
    points = [QPointF(left + x * STAR_PX, GAP_PX + y * STAR_PX) for x, y in _POINTS]
    return QPolygonF(points)

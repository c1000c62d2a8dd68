"""A clip's waveform, which is also where one seeks and marks the part to be repeated."""

from typing import Final

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.access.widgets import Ranged, Scale

HEIGHT_PX: Final = 40
BAR_PX: Final = 2
GAP_PX: Final = 2
MIN_BAR_PX: Final = 2.0
EDGE_PX: Final = 2
REACH_PX: Final = 5
"""So near to an edge of the region the mouse takes hold of it."""
STEP_FRACTION: Final = 0.02
SMALLEST_FRACTION: Final = 0.002
"""Of a region; a click with Shift marks nothing."""
PERCENT: Final = 100
_STEPS: Final[dict[int, float]] = {
    Qt.Key.Key_Left: -STEP_FRACTION,
    Qt.Key.Key_Right: STEP_FRACTION,
    Qt.Key.Key_PageUp: -5 * STEP_FRACTION,
    Qt.Key.Key_PageDown: 5 * STEP_FRACTION,
}


class Region(Struct, frozen=True):
    """Shares of the clip, 0 to 1; while `end` is None only the start was set."""

    start: float
    end: float | None = None


class Waveform(QWidget, Ranged):
    """`seeked(fraction)` when the user goes to a place; `set_position` never tells it.

    `region_marked(start, end)` when the mouse marks a part, with Shift or by its edges.
    """

    seeked = Signal(float)
    region_marked = Signal(float, float)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: tuple[float, ...] = ()
        self._position = 0.0
        self._region: Region | None = None
        self._hover: float | None = None
        self._is_dragging = False
        self._anchor: float | None = None
        self.setAccessibleName(self.tr("Position in the clip"))
        self.setToolTip(
            self.tr(
                "Click or use the arrow keys to go to a place in the clip, "
                "drag with Shift to repeat a part"
            )
        )
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

    @property
    def region(self) -> Region | None:
        return self._region

    def set_heights(self, heights: tuple[float, ...]) -> None:
        """Heights from 0 to 1; none shows a plain line."""
        self._heights = heights
        self.update()

    def set_region(self, region: Region | None) -> None:
        """Show the part that is repeated."""
        if region != self._region:
            self._region = region
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

    def scale(self) -> Scale:
        return Scale(
            value=self._position * PERCENT,
            top=PERCENT,
            step=STEP_FRACTION * PERCENT,
            words=self.accessibleDescription(),
        )

    def move_to(self, value: float) -> None:
        self._seek(value / PERCENT)

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
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self._fraction(event)
        self._anchor = self._opposite_edge(place)
        if self._anchor is None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = place
        if self._anchor is None:
            self._is_dragging = True
            self._seek(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._is_dragging = False
        if self._anchor is not None:
            start, end = sorted((self._anchor, self._fraction(event)))
            self._anchor = None
            if end - start >= SMALLEST_FRACTION:
                self.region_marked.emit(start, end)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover = self._fraction(event)
        if self._anchor is not None:
            start, end = sorted((self._anchor, self._hover))
            self.set_region(Region(start, end))
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(self._hover)
        on_edge = self._anchor is not None or self._opposite_edge(self._hover) is not None
        shape = Qt.CursorShape.SizeHorCursor if on_edge else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)
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
        self._paint_ground(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(shades.focus)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        for bar in self._bars():
            painter.setBrush(self._shade(bar.center().x()))
            painter.drawRoundedRect(bar, BAR_PX / 2, BAR_PX / 2)
        self._paint_edges(painter)
        if shades.is_high_contrast:  # there the shades of the bars are close together
            self._paint_head(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        region = self._region
        if region is not None and region.end is not None:
            left, right = region.start * self.width(), region.end * self.width()
            ground = QRectF(left, 0, right - left, self.height())
            painter.fillRect(ground, theme.current().accent_soft)

    def _paint_head(self, painter: QPainter) -> None:
        left = self._position * (self.width() - EDGE_PX)
        painter.fillRect(QRectF(left, 0, EDGE_PX, self.height()), theme.current().text)

    def _paint_edges(self, painter: QPainter) -> None:
        for edge in self._edges():
            left = min(edge * self.width(), self.width() - EDGE_PX)
            painter.fillRect(QRectF(left, 0, EDGE_PX, self.height()), theme.current().accent)

    def _shade(self, x: float) -> QColor:
        shades = theme.current()
        played = self._position * self.width()
        hover = played if self._hover is None else self._hover * self.width()
        if x <= played:
            return shades.accent
        return shades.text_secondary if x <= hover else shades.text_disabled

    def _edges(self) -> list[float]:
        if self._region is None:
            return []
        start, end = self._region.start, self._region.end
        return [start] if end is None else [start, end]

    def _opposite_edge(self, place: float) -> float | None:
        """The edge that stays when the one at `place` is dragged; None where there is none."""
        edges = self._edges()
        if len(edges) < 2:
            return None
        for edge, other in (edges, edges[::-1]):
            if abs(edge - place) * self.width() <= REACH_PX:
                return other
        return None

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
        self.tell_value()

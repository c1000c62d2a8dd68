"""Painting for a window that goes from right to left.

What is painted by hand is thought from left to right. `within` gives a painter that puts it where
it is seen in a mirror, words and icons themselves unchanged; `reflected` does the same for a place
that was clicked. In a window from left to right both change nothing.
"""

from typing import Any, Final, cast

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QStyle

_LEFT: Final = Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_ABSOLUTE: Final = Qt.AlignmentFlag.AlignAbsolute
_SIDES: Final = Qt.AlignmentFlag.AlignHorizontal_Mask
Rect = QRect | QRectF
Point = QPoint | QPointF


def is_mirrored() -> bool:
    return QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft


def within(painter: QPainter, frame: Rect) -> QPainter:
    """A painter for what is laid out from left to right within `frame`."""
    return turned(painter, frame) if is_mirrored() else painter


def turned(painter: QPainter, frame: Rect) -> QPainter:
    """Such a painter in any window, around text that is written from right to left."""
    return cast("QPainter", _Mirrored(painter, frame))


def reflected(place: QPoint, frame: QRect) -> QPoint:
    """Where a click within `frame` meets what was painted by such a painter."""
    return QPoint(frame.left() + frame.right() - place.x(), place.y()) if is_mirrored() else place


def placed(rect: QRect, frame: QRect) -> QRect:
    """Where such a painter puts it."""
    return QStyle.visualRect(QGuiApplication.layoutDirection(), frame, rect)


class _Mirrored:
    """What delegates ask of a QPainter; all that has no place is the painter's own."""

    def __init__(self, painter: QPainter, frame: Rect) -> None:
        self._painter = painter
        self._sum = QRectF(frame).left() + QRectF(frame).right()
        """Of the left and the right edge: x is reflected to this less x."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._painter, name)

    def setLayoutDirection(self, _direction: Qt.LayoutDirection) -> None:
        """Words begin at the window's side, whatever their script is."""
        self._painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)

    def drawText(self, place: Any, *rest: Any) -> None:
        """In a rectangle with flags or an option, or from a point on."""
        if isinstance(place, QPointF):
            width = self._painter.fontMetrics().horizontalAdvance(rest[0])
            self._painter.drawText(QPointF(self._sum - place.x() - width, place.y()), rest[0])
        elif isinstance(rest[0], str):
            self._painter.drawText(self._rect(place), *rest)
        else:
            self._draw_flagged(place, *rest)

    def _draw_flagged(self, rect: Rect, flags: Qt.AlignmentFlag, text: str) -> None:
        side = flags & _SIDES or _LEFT
        swapped = {_LEFT: _RIGHT, _RIGHT: _LEFT}.get(side, side)
        rest = flags & ~_SIDES
        self._painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._painter.drawText(self._rect(rect), rest | swapped | _ABSOLUTE, text)

    def drawPixmap(self, *place_and_pixmap: Any) -> None:
        *place, pixmap = place_and_pixmap
        assert isinstance(pixmap, QPixmap), "the last of them"
        corner = QPointF(*place) if len(place) > 1 else QPointF(place[0])
        width = pixmap.width() / pixmap.devicePixelRatio()
        self._painter.drawPixmap(QPointF(self._sum - corner.x() - width, corner.y()), pixmap)

    def drawRoundedRect(self, rect: Rect, x_radius: float, y_radius: float) -> None:
        self._painter.drawRoundedRect(self._rect(rect), x_radius, y_radius)

    def drawEllipse(self, *place: Any) -> None:
        """In a rectangle, given whole or by its four numbers, or around a point."""
        if isinstance(place[0], QPoint):
            self._painter.drawEllipse(self._point(place[0]), *place[1:])
        else:
            self._painter.drawEllipse(self._rect(place[0] if len(place) == 1 else QRect(*place)))

    def drawRect(self, rect: Rect) -> None:
        self._painter.drawRect(self._rect(rect))

    def fillRect(self, rect: Rect, colour: Any) -> None:
        self._painter.fillRect(self._rect(rect), colour)

    def drawLine(self, start: Point, end: Point) -> None:
        self._painter.drawLine(self._point(start), self._point(end))

    def _rect(self, rect: Rect) -> QRectF:
        exact = QRectF(rect)
        return QRectF(self._sum - exact.right(), exact.top(), exact.width(), exact.height())

    def _point(self, point: Point) -> QPointF:
        return QPointF(self._sum - 1 - point.x(), point.y())

"""What of a song is made once and kept: the bars of its waveform, its card, stars and heart.

Pictures are as sharp as the sharpest screen needs them. A waveform has dozens of bars, and a card
has round corners: made anew for each frame they took half of it. Of bars only the heights are
kept: they are drawn nearly as fast as a picture of them, which takes 60 KB.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap, QPolygonF

from beatra_desktop.ui import icons
from beatra_desktop.ui.library.songs.waves import HIGHEST

STAR_PX: Final = 14
CARD_RADIUS_PX: Final = 10
EDGE_PX: Final = 1
"""Of a card's picture beyond the card: half of its line lies there."""
_KEPT_WAVES: Final = 96
_KEPT_CARDS: Final = 4
"""As many as are shown at once: plain, hot, chosen and both; each takes up to 0.2 MB."""
_STAR: Final = (
    (0.5, 0.06), (0.63, 0.36), (0.95, 0.39), (0.71, 0.6), (0.78, 0.93),
    (0.5, 0.75), (0.22, 0.93), (0.29, 0.6), (0.05, 0.39), (0.37, 0.36),
)  # fmt: skip


def star(colour: QColor, *, filled: bool) -> QPixmap:
    return _star(colour.rgba(), filled, icons.sharpest_ratio())


def filled_heart(colour: QColor) -> QPixmap:
    """The ground of the outlined icon."""
    return _filled_heart(colour.rgba(), icons.sharpest_ratio())


@lru_cache(maxsize=_KEPT_WAVES)
def bars(heights: bytes, count: int, height_px: int) -> bytes:
    """Half the pixels of so many bars, which stand around the middle; dots without heights."""
    places = (number * len(heights) // count for number in range(count))
    shares = (heights[place] / HIGHEST if heights else 0.0 for place in places)
    return bytes(max(1, round(share * height_px / 2)) for share in shares)


def card(size: QSize, ground: QColor, edge: QColor) -> QPixmap:
    """A rounded ground in the middle of a picture that is larger by EDGE_PX on every side."""
    ratio = icons.sharpest_ratio()
    return _card(size.width(), size.height(), ground.rgba(), edge.rgba(), ratio)


@lru_cache(maxsize=64)
def _star(rgba: int, filled: bool, ratio: float) -> QPixmap:
    made = _empty(STAR_PX, STAR_PX, ratio)
    with _painting(made) as painter:
        colour = QColor.fromRgba(rgba)
        painter.setPen(colour)
        painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
        side = STAR_PX - 3
        painter.drawPolygon(QPolygonF([QPointF(1 + x * side, 1 + y * side) for x, y in _STAR]))
    return made.copy()  # see icons._tinted


@lru_cache(maxsize=16)
def _filled_heart(rgba: int, ratio: float) -> QPixmap:
    made = _empty(icons.SIZE_PX, icons.SIZE_PX, ratio)
    path = QPainterPath(QPointF(0.5, 0.87))
    path.cubicTo(0.05, 0.52, 0.05, 0.16, 0.31, 0.16)
    path.cubicTo(0.42, 0.16, 0.47, 0.23, 0.5, 0.28)
    path.cubicTo(0.53, 0.23, 0.58, 0.16, 0.69, 0.16)
    path.cubicTo(0.95, 0.16, 0.95, 0.52, 0.5, 0.87)
    with _painting(made) as painter:
        painter.scale(icons.SIZE_PX, icons.SIZE_PX)
        painter.fillPath(path, QColor.fromRgba(rgba))
    return made.copy()


@lru_cache(maxsize=_KEPT_CARDS)
def _card(width: int, height: int, ground: int, edge: int, ratio: float) -> QPixmap:
    made = _empty(width + 2 * EDGE_PX, height + 2 * EDGE_PX, ratio)
    with _painting(made) as painter:
        painter.setPen(QColor.fromRgba(edge))
        painter.setBrush(QColor.fromRgba(ground))
        rect = QRectF(EDGE_PX, EDGE_PX, width, height)
        painter.drawRoundedRect(rect, CARD_RADIUS_PX, CARD_RADIUS_PX)
    return made.copy()


def _empty(width: int, height: int, ratio: float) -> QPixmap:
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


@contextmanager
def _painting(made: QPixmap) -> Iterator[QPainter]:
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    yield painter
    painter.end()

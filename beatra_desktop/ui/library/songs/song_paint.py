"""The parts of a song that are painted in cards and rows alike, and where a click hits them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication

from beatra_desktop.ui import icons, theme
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.library.songs.song import Song

STARS: Final = 5
STAR_PX: Final = 14
STARS_PX: Final = STARS * STAR_PX
HEART_PX: Final = 24
PLAY_PX: Final = 32
BAR_PX: Final = 2
GAP_PX: Final = 2
_STAR: Final = (
    (0.5, 0.06), (0.63, 0.36), (0.95, 0.39), (0.71, 0.6), (0.78, 0.93),
    (0.5, 0.75), (0.22, 0.93), (0.29, 0.6), (0.05, 0.39), (0.37, 0.36),
)  # fmt: skip


class Part(StrEnum):
    """What of a song was clicked."""

    PLAY = "play"
    HEART = "heart"
    STARS = "stars"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the parts of one song are."""

    play: QRect
    heart: QRect
    stars: QRect

    def part_at(self, position: QPoint) -> Part:
        if self.play.contains(position):
            return Part.PLAY
        if self.heart.contains(position):
            return Part.HEART
        return Part.STARS if self.stars.contains(position) else Part.BODY

    def stars_at(self, position: QPoint) -> int:
        """How many stars a click there means, 1 to 5."""
        return max(1, min(STARS, (position.x() - self.stars.left()) // STAR_PX + 1))


def strong_font() -> QFont:
    font = theme.body_font()
    font.setWeight(QFont.Weight.DemiBold)
    return font


def paint_text(
    painter: QPainter, rect: QRect, text: str, *, font: QFont, colour: QColor, ends: bool = False
) -> None:
    """One line, from the side its script begins at; at the end of the place with `ends`."""
    painter.setFont(font)
    painter.setPen(colour)
    words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignRight if ends else Qt.AlignmentFlag.AlignLeft
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, words)


def paint_wave(painter: QPainter, rect: QRect, heights: Sequence[float], colour: QColor) -> None:
    """Bars around the middle; dots while nothing is known."""
    count = max(1, rect.width() // (BAR_PX + GAP_PX))
    middle, room, left = rect.center().y(), rect.height() / 2, rect.left()
    bars = []
    for number in range(count):
        share = heights[number * len(heights) // count] if heights else 0.0
        half = max(1, round(share * room))
        bars.append(QRect(left + number * (BAR_PX + GAP_PX), middle - half, BAR_PX, 2 * half))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)  # upright edges need none
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRects(bars)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def paint_stars(painter: QPainter, rect: QRect, rating: int, *, shows_empty: bool) -> None:
    """The rating; empty stars only where they can be clicked."""
    shades = theme.current()
    for number in range(STARS):
        place = QPoint(rect.left() + number * STAR_PX, rect.center().y() - STAR_PX // 2 + 1)
        if number < rating:
            painter.drawPixmap(place, _star(shades.warning.rgba(), True, _ratio()))
        elif shows_empty or rating:
            painter.drawPixmap(place, _star(shades.text_disabled.rgba(), False, _ratio()))


def paint_heart(painter: QPainter, rect: QRect, *, is_on: bool, shows_empty: bool) -> None:
    if not is_on and not shows_empty:
        return
    shades = theme.current()
    colour = shades.danger if is_on else shades.text_disabled
    inset = (HEART_PX - icons.SIZE_PX) // 2
    place = rect.topLeft() + QPoint(inset, inset)
    if is_on:
        painter.drawPixmap(place, _filled_heart(colour.rgba(), _ratio()))
    painter.drawPixmap(place, icons.pixmap(Icon.HEART, colour))


def paint_play(painter: QPainter, rect: QRect, song: Song, *, is_hot: bool) -> None:
    """The round button; what can't be played shows why instead."""
    shades = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shades.accent if is_hot and song.is_playable else shades.raised)
    painter.drawEllipse(rect)
    icon, colour = _sign(song, is_hot=is_hot)
    size = icons.SIZE_PX - 2
    corner = rect.center() - QRect(0, 0, size, size).center()
    painter.drawPixmap(corner, icons.pixmap(icon, colour, size_px=size))


def trouble_colour(song: Song) -> QColor:
    shades = theme.current()
    if song.is_missing or song.clip.failure is not None:
        return shades.danger
    return shades.text_secondary


def _sign(song: Song, *, is_hot: bool) -> tuple[Icon, QColor]:
    shades = theme.current()
    if song.is_playable:
        return Icon.PLAY, shades.accent_text if is_hot else shades.accent
    if song.is_missing:
        return Icon.FILE_MISSING, shades.danger
    failed = song.clip.failure is not None
    return (Icon.WARNING if failed else Icon.DOWNLOAD), trouble_colour(song)


def _ratio() -> float:
    return QApplication.primaryScreen().devicePixelRatio()


@lru_cache(maxsize=64)
def _star(rgba: int, filled: bool, ratio: float) -> QPixmap:
    made = QPixmap(round(STAR_PX * ratio), round(STAR_PX * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor.fromRgba(rgba)
    painter.setPen(colour)
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    side = STAR_PX - 3
    painter.drawPolygon(QPolygonF([QPointF(1 + x * side, 1 + y * side) for x, y in _STAR]))
    painter.end()
    return made


@lru_cache(maxsize=16)
def _filled_heart(rgba: int, ratio: float) -> QPixmap:
    """The ground of the outlined icon."""
    size = icons.SIZE_PX
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath(QPointF(0.5, 0.87))
    path.cubicTo(0.05, 0.52, 0.05, 0.16, 0.31, 0.16)
    path.cubicTo(0.42, 0.16, 0.47, 0.23, 0.5, 0.28)
    path.cubicTo(0.53, 0.23, 0.58, 0.16, 0.69, 0.16)
    path.cubicTo(0.95, 0.16, 0.95, 0.52, 0.5, 0.87)
    painter.scale(size, size)
    painter.fillPath(path, QColor.fromRgba(rgba))
    painter.end()
    return made

"""The parts of a song that are painted in cards and rows alike, and where a click hits them."""

from enum import StrEnum
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from beatra_desktop.ui import icons, theme
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.library.songs import pictures
from beatra_desktop.ui.library.songs.pictures import STAR_PX
from beatra_desktop.ui.library.songs.song import Song
from beatra_desktop.ui.text_measure import elided

STARS: Final = 5
STARS_PX: Final = STARS * STAR_PX
HEART_PX: Final = 24
PLAY_PX: Final = 32
BAR_PX: Final = 2
GAP_PX: Final = 2
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_AT_START: Final = Qt.AlignmentFlag.AlignLeft | _MIDDLE
_AT_END: Final = Qt.AlignmentFlag.AlignRight | _MIDDLE


class Part(StrEnum):
    """What of a song was clicked."""

    PLAY = "play"
    HEART = "heart"
    STARS = "stars"
    BODY = "body"


class Places(Struct, frozen=True):
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


def paint_text(
    painter: QPainter, rect: QRect, text: str, *, font: QFont, colour: QColor, ends: bool = False
) -> None:
    """One line, from the side its script begins at; at the end of the place with `ends`."""
    words = elided(text, font, rect.width())
    _paint_line(
        painter, rect, words, font=font, colour=colour, place=_AT_END if ends else _AT_START
    )


def paint_title(painter: QPainter, rect: QRect, title: str) -> None:
    """Cut in its middle: the number at its end tells the clips of a song apart."""
    font, colour = theme.strong_font(), theme.current().text
    words = elided(title, font, rect.width(), Qt.TextElideMode.ElideMiddle)
    _paint_line(painter, rect, words, font=font, colour=colour, place=_AT_START)


def _paint_line(
    painter: QPainter,
    rect: QRect,
    words: str,
    *,
    font: QFont,
    colour: QColor,
    place: Qt.AlignmentFlag,
) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(rect, place, words)


def paint_wave(painter: QPainter, rect: QRect, heights: bytes) -> None:
    """Bars around the middle; dots while nothing is known."""
    shades = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)  # upright edges
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shades.accent if heights else shades.track)
    left, middle = rect.left(), rect.top() + (rect.height() - 1) // 2
    count = max(1, rect.width() // (BAR_PX + GAP_PX))
    for half in pictures.bars(heights, count, rect.height()):
        painter.drawRect(QRect(left, middle - half, BAR_PX, 2 * half))
        left += BAR_PX + GAP_PX
    painter.restore()


def paint_stars(painter: QPainter, rect: QRect, rating: int, *, shows_empty: bool) -> None:
    """The rating; empty stars only where they can be clicked."""
    shades = theme.current()
    for number in range(STARS):
        place = QPoint(rect.left() + number * STAR_PX, rect.center().y() - STAR_PX // 2 + 1)
        if number < rating:
            painter.drawPixmap(place, pictures.star(shades.warning, filled=True))
        elif shows_empty or rating:
            painter.drawPixmap(place, pictures.star(shades.outline, filled=False))


def paint_heart(painter: QPainter, rect: QRect, *, is_on: bool, shows_empty: bool) -> None:
    if not is_on and not shows_empty:
        return
    shades = theme.current()
    colour = shades.danger if is_on else shades.outline
    inset = (HEART_PX - icons.SIZE_PX) // 2
    place = rect.topLeft() + QPoint(inset, inset)
    if is_on:
        painter.drawPixmap(place, pictures.filled_heart(colour))
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

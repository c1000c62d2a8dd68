"""How a song looks as a card and as a row."""

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from beatra_desktop.ui import mirroring, theme
from beatra_desktop.ui.library.songs import pictures
from beatra_desktop.ui.library.songs.pictures import EDGE_PX, STAR_PX
from beatra_desktop.ui.library.songs.song import Song
from beatra_desktop.ui.library.songs.song_model import song_at
from beatra_desktop.ui.library.songs.song_paint import (
    HEART_PX,
    PLAY_PX,
    STARS_PX,
    Places,
    paint_heart,
    paint_play,
    paint_stars,
    paint_text,
    paint_title,
    paint_wave,
    trouble_colour,
)
from beatra_desktop.ui.library.songs.waves import Waves
from beatra_desktop.ui.row_list import SIDE_PX, paint_ground
from beatra_desktop.ui.text_measure import line_px

CARD_GAP_PX: Final = 8
CARD_INSET_PX: Final = 10
CARD_WIDTH_PX: Final = 196
WAVE_PX: Final = 52
LINE_GAP_PX: Final = 2
ROW_PADDING_PX: Final = 8
ROW_INSET_PX: Final = 8
COLUMN_GAP_PX: Final = 12
DATE_PX: Final = 92
LENGTH_PX: Final = 44
ROW_WAVE_PX: Final = 120
WIDE_PX: Final = 720
"""Rows that are narrower have no date."""
NARROW_PX: Final = 520
"""Rows that are narrower have no waveform either."""
Index = QModelIndex | QPersistentModelIndex


class SongDelegate(QStyledItemDelegate):
    def __init__(self, waves: Waves, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waves = waves

    def places(self, rect: QRect) -> Places:
        """Where the parts of the song in this cell are."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter = mirroring.within(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_song(painter, option, song_at(index))
        painter.restore()

    def _paint_song(self, painter: QPainter, option: QStyleOptionViewItem, song: Song) -> None:
        raise NotImplementedError


class CardDelegate(SongDelegate):
    """A waveform, and below it two lines and the rating."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return card_size()

    def places(self, rect: QRect) -> Places:
        inner = _card(rect).adjusted(CARD_INSET_PX, CARD_INSET_PX, -CARD_INSET_PX, -CARD_INSET_PX)
        wave = QRect(inner.left(), inner.top(), inner.width(), WAVE_PX)
        play = QRect(0, 0, PLAY_PX, PLAY_PX)
        play.moveCenter(wave.center())
        bottom = inner.bottom() + 1
        stars = QRect(inner.left(), bottom - HEART_PX, STARS_PX, HEART_PX)
        heart = QRect(inner.right() + 5 - HEART_PX, bottom - HEART_PX, HEART_PX, HEART_PX)
        return Places(play, heart, stars)

    def _paint_song(self, painter: QPainter, option: QStyleOptionViewItem, song: Song) -> None:
        card, places, hot = _card(option.rect), self.places(option.rect), _is_hot(option)
        _paint_card(painter, option, card)
        inner = card.adjusted(CARD_INSET_PX, CARD_INSET_PX, -CARD_INSET_PX, -CARD_INSET_PX)
        wave = QRect(inner.left(), inner.top(), inner.width(), WAVE_PX)
        shades, small = theme.current(), theme.small_font()
        paint_wave(painter, wave, self._waves.heights(song))
        if hot or not song.is_playable:
            paint_play(painter, places.play, song, is_hot=hot)
        top = wave.bottom() + 1 + theme.GRID
        title = QRect(inner.left(), top, inner.width(), line_px(theme.strong_font()))
        paint_title(painter, title, song.title)
        height = line_px(small)
        facts = QRect(inner.left(), title.bottom() + 1 + LINE_GAP_PX, inner.width(), height)
        paint_text(painter, facts, song.facts, font=small, colour=trouble_colour(song))
        paint_stars(painter, places.stars, song.clip.rating, shows_empty=hot)
        is_on = song.clip.is_favourite
        paint_heart(painter, places.heart, is_on=is_on, shows_empty=hot)
        left, right = places.stars.right() + theme.GRID, places.heart.left() - 2
        date = QRect(left, places.stars.top(), right - left, HEART_PX)
        paint_text(painter, date, song.date, font=small, colour=shades.text_secondary, ends=True)


class RowDelegate(SongDelegate):
    """Two lines, then waveform, length, rating and date in columns."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        lines = line_px(theme.strong_font()) + line_px(theme.small_font())
        return QSize(0, lines + LINE_GAP_PX + 2 * ROW_PADDING_PX)

    def places(self, rect: QRect) -> Places:
        inner = _row(rect)
        middle = inner.center().y() + 1
        play = QRect(inner.left(), middle - PLAY_PX // 2, PLAY_PX, PLAY_PX)
        heart = QRect(inner.right() + 1 - HEART_PX, middle - HEART_PX // 2, HEART_PX, HEART_PX)
        right = heart.left() - COLUMN_GAP_PX
        if rect.width() >= theme.scaled(WIDE_PX):
            right -= theme.scaled(DATE_PX) + COLUMN_GAP_PX
        stars = QRect(right - STARS_PX, middle - STAR_PX, STARS_PX, 2 * STAR_PX)
        return Places(play, heart, stars)

    def _paint_song(self, painter: QPainter, option: QStyleOptionViewItem, song: Song) -> None:
        paint_ground(painter, option, gap_px=1)
        inner, places, hot = _row(option.rect), self.places(option.rect), _is_hot(option)
        paint_play(painter, places.play, song, is_hot=hot)
        paint_stars(painter, places.stars, song.clip.rating, shows_empty=hot)
        is_on = song.clip.is_favourite
        paint_heart(painter, places.heart, is_on=is_on, shows_empty=hot)
        small, shades = theme.small_font(), theme.current()
        right = places.stars.left() - COLUMN_GAP_PX
        length_px = theme.scaled(LENGTH_PX)
        length = QRect(right - length_px, inner.top(), length_px, inner.height())
        paint_text(
            painter, length, song.length, font=small, colour=shades.text_secondary, ends=True
        )
        right = length.left() - COLUMN_GAP_PX
        if option.rect.width() >= theme.scaled(WIDE_PX):
            left = places.stars.right() + COLUMN_GAP_PX
            date = QRect(left, inner.top(), theme.scaled(DATE_PX), inner.height())
            paint_text(
                painter, date, song.date, font=small, colour=shades.text_secondary, ends=True
            )
        if option.rect.width() >= theme.scaled(NARROW_PX):
            wave = QRect(right - ROW_WAVE_PX, inner.top() + 2, ROW_WAVE_PX, inner.height() - 4)
            paint_wave(painter, wave, self._waves.heights(song))
            right = wave.left() - COLUMN_GAP_PX
        left = places.play.right() + COLUMN_GAP_PX
        self._paint_words(painter, QRect(left, inner.top(), right - left, inner.height()), song)

    def _paint_words(self, painter: QPainter, rect: QRect, song: Song) -> None:
        small = theme.small_font()
        title = QRect(rect.left(), rect.top(), rect.width(), line_px(theme.strong_font()))
        paint_title(painter, title, song.title)
        height = line_px(small)
        below = QRect(rect.left(), title.bottom() + 1 + LINE_GAP_PX, rect.width(), height)
        words = song.trouble or " · ".join(filter(None, (song.model, song.clip.tags)))
        paint_text(painter, below, words, font=small, colour=trouble_colour(song))


def card_size() -> QSize:
    """A card with the gap around it."""
    strong = line_px(theme.strong_font())
    lines = strong + LINE_GAP_PX + line_px(theme.small_font())
    inner = WAVE_PX + theme.GRID + lines + theme.GRID // 2 + HEART_PX
    return QSize(theme.scaled(CARD_WIDTH_PX) + CARD_GAP_PX, inner + 2 * CARD_INSET_PX + CARD_GAP_PX)


def _card(rect: QRect) -> QRect:
    half = CARD_GAP_PX // 2
    return rect.adjusted(half, half, -half, -half)


def _row(rect: QRect) -> QRect:
    side = SIDE_PX + ROW_INSET_PX
    return rect.adjusted(side, ROW_PADDING_PX, -side, -ROW_PADDING_PX)


def _is_hot(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_MouseOver)


def _paint_card(painter: QPainter, option: QStyleOptionViewItem, card: QRect) -> None:
    shades, state = theme.current(), option.state
    is_selected = bool(state & QStyle.StateFlag.State_Selected)
    by_key = QStyle.StateFlag.State_KeyboardFocusChange | QStyle.StateFlag.State_HasFocus
    has_focus = state & by_key == by_key
    ground = shades.accent_soft if is_selected else shades.raised
    if not is_selected and _is_hot(option):
        ground = shades.hover
    edge = shades.accent if is_selected or has_focus else shades.border
    corner = card.topLeft() - QPoint(EDGE_PX, EDGE_PX)
    painter.drawPixmap(corner, pictures.card(card.size(), ground, edge))

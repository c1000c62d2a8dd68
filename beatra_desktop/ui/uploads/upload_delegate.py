"""How an upload looks in the list: two lines and, while it moves, a bar below them."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.uploads import Upload
from beatra_desktop.ui import format, icons, mirroring, theme
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.row_list import (
    draw_line,
    more_rect,
    paint_ground,
    paint_more,
    row_rect,
    shows_more,
)
from beatra_desktop.ui.styling import Tone, tone_colour
from beatra_desktop.ui.uploads import upload_deeds, upload_text

PADDING_PX: Final = 9
INSET_PX: Final = 10
ICON_COLUMN_PX: Final = 26
GAP_PX: Final = 8
BAR_PX: Final = 3
_QUIET: Final = (Tone.SECONDARY, Tone.SUCCESS)
Index = QModelIndex | QPersistentModelIndex


class UploadDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        upload = record_of(index, Upload)
        painter.save()
        painter = mirroring.within(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, gap_px=1)
        inner = row_rect(option.rect).adjusted(INSET_PX, PADDING_PX, -INSET_PX, -PADDING_PX)
        if shows_more(option):
            inner.setRight(quick_rect(option.rect).left() - GAP_PX)
            _paint_quick(painter, quick_rect(option.rect), upload)
        _paint_icon(painter, inner, upload)
        _paint_lines(painter, inner.adjusted(theme.scaled_sign(ICON_COLUMN_PX), 0, 0, 0), upload)
        if upload_text.shows_progress(upload):
            _paint_bar(painter, row_rect(option.rect), upload)
        paint_more(painter, option, index)
        painter.restore()


def quick_rect(rect: QRect) -> QRect:
    """The button beside the ⋯ of a row whose cell is `rect`."""
    more = more_rect(rect)
    return more.translated(-more.width() - 2, 0)


def _paint_quick(painter: QPainter, rect: QRect, upload: Upload) -> None:
    icon = upload_deeds.icon(upload_deeds.quick_deed(upload))
    size = icons.current_px()
    inset = (rect.width() - size) // 2
    drawn = icons.pixmap(icon, theme.current().text_secondary, size_px=size)
    painter.drawPixmap(rect.left() + inset, rect.top() + inset, drawn)


def _paint_icon(painter: QPainter, inner: QRect, upload: Upload) -> None:
    icon, tone = upload_text.look(upload)
    size = icons.current_px()
    drawn = icons.pixmap(icon, tone_colour(tone, theme.current()), size_px=size)
    top = inner.top() + (QFontMetrics(_name_font()).height() - size) // 2
    painter.drawPixmap(inner.left(), top, drawn)


def _paint_lines(painter: QPainter, words: QRect, upload: Upload) -> None:
    shades = theme.current()
    first, second = _lines(words)
    share = upload_text.share(upload) or (format.size(upload.size) if upload.size else "")
    first = _write_at_end(painter, first, share)
    painter.setFont(_name_font())
    painter.setPen(shades.text)
    draw_line(painter, first, upload.name)
    second = _write_at_end(painter, second, upload_text.time_left(upload))
    _, tone = upload_text.look(upload)
    painter.setFont(theme.figures_font())
    painter.setPen(shades.text_secondary if tone in _QUIET else tone_colour(tone, shades))
    draw_line(painter, second, upload_text.progress(upload, utc_now()))


def _write_at_end(painter: QPainter, line: QRect, text: str) -> QRect:
    """Write at the end of a line; gives the room left before it."""
    if not text:
        return line
    painter.setFont(theme.figures_font())
    painter.setPen(theme.current().text_secondary)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    return line.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(text) - GAP_PX, 0)


def _paint_bar(painter: QPainter, row: QRect, upload: Upload) -> None:
    """Nothing is filled while nobody knows how far it is."""
    shades, done = theme.current(), upload_text.fraction(upload)
    left = row.left() + INSET_PX + theme.scaled_sign(ICON_COLUMN_PX)
    track = QRectF(left, row.bottom() - BAR_PX - 2, row.right() - INSET_PX - left, BAR_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shades.track)
    painter.drawRoundedRect(track, BAR_PX / 2, BAR_PX / 2)
    track.setWidth(track.width() * (1.0 if done is None else done))
    painter.setBrush(shades.accent_soft if done is None else shades.accent)
    painter.drawRoundedRect(track, BAR_PX / 2, BAR_PX / 2)


def _lines(rect: QRect) -> tuple[QRect, QRect]:
    name, small = (QFontMetrics(font).height() for font in (_name_font(), theme.small_font()))
    first = QRect(rect.left(), rect.top(), rect.width(), name)
    return first, QRect(rect.left(), rect.top() + name, rect.width(), small)


def _name_font() -> QFont:
    font = theme.body_font()
    font.setWeight(QFont.Weight.Medium)
    return font

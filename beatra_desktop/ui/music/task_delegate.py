"""How a task and a clip look in the song list: two lines each, all rows equally high."""

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.services.estimates import Estimate, Estimates
from beatra_desktop.ui import icons, mirroring, theme
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.queue_row import QueueRow
from beatra_desktop.ui.row_list import SIDE_PX, more_px, paint_ground, paint_more, shows_more
from beatra_desktop.ui.styling import Tone, tone_colour
from beatra_desktop.ui.text_measure import advance_px, elided, line_px

INSET_PX: Final = 8
PADDING_PX: Final = 7
LINE_GAP_PX: Final = 2
ICON_COLUMN_PX: Final = 28
CLIP_INDENT_PX: Final = 20
PLAY_PX: Final = 28
_AT_END: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


class TaskDelegate(QStyledItemDelegate):
    """`play_requested(clip_id)` when the round button of a saved clip is clicked."""

    play_requested = Signal(str)

    def __init__(self, estimates: Estimates, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._estimates = estimates

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = record_of(index, QueueRow)
        painter.save()
        painter = mirroring.within(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, gap_px=1)
        inner = option.rect.adjusted(
            SIDE_PX + INSET_PX, PADDING_PX, -SIDE_PX - INSET_PX, -PADDING_PX
        )
        if shows_more(option):
            inner.adjust(0, 0, -more_px(), 0)
        if row.clip is None:
            _paint_task(painter, inner, row, self._estimates.of(row.task))
        else:
            _paint_clip(painter, option.rect, inner, row)
        paint_more(painter, option, index)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        is_release = event.type() is QEvent.Type.MouseButtonRelease
        if is_release and isinstance(event, QMouseEvent):
            clip = record_of(index, QueueRow).clip
            if clip is not None and _is_playable(clip) and _hits_play(option, event):
                self.play_requested.emit(clip.id)
                return True
        return super().editorEvent(event, model, option, index)


def play_rect(rect: QRect) -> QRect:
    """The round button of a clip whose row is `rect`."""
    left, size = rect.left() + SIDE_PX + INSET_PX + CLIP_INDENT_PX, theme.scaled_sign(PLAY_PX)
    return QRect(left, rect.center().y() - size // 2, size, size)


def _is_playable(clip: Clip) -> bool:
    return clip.delivery is Delivery.SAVED


def _hits_play(option: QStyleOptionViewItem, event: QMouseEvent) -> bool:
    left = event.button() is Qt.MouseButton.LeftButton
    place = mirroring.reflected(event.position().toPoint(), option.rect)
    return left and play_rect(option.rect).contains(place)


def _paint_task(painter: QPainter, inner: QRect, row: QueueRow, estimate: Estimate | None) -> None:
    shades, now = theme.current(), utc_now()
    icon, tone = task_text.look(row.task)
    colour = tone_colour(tone, shades)
    size = icons.current_px()
    strong, small = theme.strong_font(), theme.small_font()
    first, second = _lines(
        inner.adjusted(theme.scaled_sign(ICON_COLUMN_PX), 0, 0, 0), strong, small
    )
    top = first.center().y() - size // 2 + 1
    painter.drawPixmap(inner.left(), top, icons.pixmap(icon, colour, size_px=size))
    first = _write_right(painter, first, task_text.elapsed(row.task, now), small)
    first = _write_right(painter, first, task_text.variation(row), small)
    _write(painter, first, task_text.name(row.task), strong, shades.text)
    second = _write_right(painter, second, task_text.cost(row.task), small)
    quiet = tone in (Tone.SECONDARY, Tone.SUCCESS)
    words = task_text.task_line(row, now, estimate)
    _write(painter, second, words, small, shades.text_secondary if quiet else colour)


def _paint_clip(painter: QPainter, rect: QRect, inner: QRect, row: QueueRow) -> None:
    assert row.clip is not None, "a clip's row"
    shades = theme.current()
    circle = play_rect(rect)
    _paint_play(painter, circle, row.clip)
    words = inner.adjusted(CLIP_INDENT_PX + circle.width() + 2 * INSET_PX, 0, 0, 0)
    body, small = theme.body_font(), theme.small_font()
    first, second = _lines(words, theme.strong_font(), small)
    name = _shortened(task_text.clip_name(row), body, first.width())
    _write(painter, first, name, body, shades.text)
    unsaved = row.clip.delivery is Delivery.UNSAVED
    colour = shades.danger if unsaved else shades.text_secondary
    _write(painter, second, task_text.clip_line(row.clip), small, colour)


def _paint_play(painter: QPainter, circle: QRect, clip: Clip) -> None:
    shades = theme.current()
    ready = _is_playable(clip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shades.raised if ready else shades.hover)
    painter.drawEllipse(circle)
    icon = Icon.PLAY if ready else _clip_icon(clip)
    colour = shades.accent if ready else shades.text_secondary
    size = theme.scaled_sign(icons.SIZE_PX - 2)
    corner = circle.center() - QRect(0, 0, size, size).center()
    painter.drawPixmap(corner, icons.pixmap(icon, colour, size_px=size))


def _clip_icon(clip: Clip) -> Icon:
    return Icon.WARNING if clip.delivery is Delivery.UNSAVED else Icon.DOWNLOAD


def _lines(rect: QRect, above: QFont, below: QFont) -> tuple[QRect, QRect]:
    first = QRect(rect.left(), rect.top(), rect.width(), line_px(above))
    top = first.bottom() + 1 + LINE_GAP_PX
    return first, QRect(rect.left(), top, rect.width(), line_px(below))


def _shortened(name: str, font: QFont, width_px: int) -> str:
    """In its middle: the number at its end tells the clips of a song apart."""
    return elided(name, font, width_px, Qt.TextElideMode.ElideMiddle)


def _write(painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, elided(text, font, rect.width()))


def _write_right(painter: QPainter, rect: QRect, text: str, font: QFont) -> QRect:
    """Write at the end of the line; gives the room left before it."""
    if not text:
        return rect
    painter.setFont(font)
    painter.setPen(theme.current().text_secondary)
    painter.drawText(rect, _AT_END, text)
    return rect.adjusted(0, 0, -advance_px(text, font) - SIDE_PX, 0)

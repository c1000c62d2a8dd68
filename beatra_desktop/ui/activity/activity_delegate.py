"""Draws the cells of the activity table."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from beatra_desktop.domain.activity import Activity
from beatra_desktop.ui import icons, mirroring, theme
from beatra_desktop.ui.activity import activity_text, columns
from beatra_desktop.ui.activity.activity_model import ActivityModel
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.styling import Tone, paint_selection, tone_colour
from beatra_desktop.ui.text_measure import elided

INSET_PX: Final = 8
ICON_GAP_PX: Final = 6
BAR_WIDTH_PX: Final = 56
BAR_HEIGHT_PX: Final = 4
Index = QModelIndex | QPersistentModelIndex
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignRight
_QUIET: Final = (Tone.SECONDARY, Tone.SUCCESS)
_COLUMNS: Final = tuple(Column)
# As numbers: each operation on flags makes another, and there are hundreds of cells.
_SELECTED: Final = QStyle.StateFlag.State_Selected.value
_BY_KEY: Final = QStyle.StateFlag.State_KeyboardFocusChange.value


class ActivityDelegate(QStyledItemDelegate):
    """`hot_row` tells the row below the pointer, and `ends` the first and the last column."""

    def __init__(
        self,
        model: ActivityModel,
        *,
        hot_row: Callable[[], int],
        ends: Callable[[], tuple[int, int]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._hot_row, self._ends = model, hot_row, ends
        self._body, self._small = theme.body_font(), theme.small_font()
        theme.notifier().changed.connect(self._take_fonts)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        painter = mirroring.within(painter, rect)
        row, column = index.row(), _COLUMNS[index.column()]
        self._paint_ground(painter, option, rect, row, column)
        inner = rect.adjusted(INSET_PX, 0, -INSET_PX, -1)
        activity, shades = self._model.activity(row), theme.current()
        match column:
            case Column.KIND:
                _paint_icon(painter, rect, activity)
            case Column.STATE:
                _paint_state(painter, inner, activity, self._small)
            case Column.PROGRESS:
                words = self._model.text(row, column)
                _paint_progress(painter, inner, activity, words, self._small)
            case Column.NAME:
                _write(painter, inner, activity_text.name(activity), self._body, shades.text)
            case _:
                side = _RIGHT if columns.is_number(column) else _LEFT
                words = self._model.text(row, column)
                _write(painter, inner, words, self._small, shades.text_secondary, side=side)

    def _paint_ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRect,
        row: int,
        column: Column,
    ) -> None:
        shades, state = theme.current(), option.state.value
        if state & _SELECTED:
            paint_selection(painter, rect, shades)
        elif row == self._hot_row():
            painter.fillRect(rect, shades.hover)
        painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), shades.border)
        if state & _BY_KEY and self._has_keyboard(option.widget, row):
            self._paint_focus(painter, rect, column)

    def _take_fonts(self) -> None:
        self._body, self._small = theme.body_font(), theme.small_font()

    def _has_keyboard(self, view: QObject, row: int) -> bool:
        if not isinstance(view, QAbstractItemView) or not view.hasFocus():
            return False
        return view.currentIndex().row() == row

    def _paint_focus(self, painter: QPainter, rect: QRect, column: Column) -> None:
        painter.setPen(theme.current().focus)
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        first, last = self._ends()
        if column == first:
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
        if column == last:
            painter.drawLine(rect.topRight(), rect.bottomRight())


def _paint_icon(painter: QPainter, rect: QRect, activity: Activity) -> None:
    size, colour = icons.current_px(), theme.current().text_secondary
    icon = icons.pixmap(activity_text.kind_icon(activity), colour, size_px=size)
    left = rect.center().x() - size // 2 + 1
    painter.drawPixmap(left, rect.center().y() - size // 2, icon)


def _paint_state(painter: QPainter, inner: QRect, activity: Activity, font: QFont) -> None:
    icon, tone = activity_text.state_look(activity)
    colour = tone_colour(tone, theme.current())
    size = icons.current_px()
    top = inner.center().y() - size // 2 + 1
    painter.drawPixmap(inner.left(), top, icons.pixmap(icon, colour, size_px=size))
    words = inner.adjusted(size + ICON_GAP_PX, 0, 0, 0)
    shade = theme.current().text if tone in _QUIET else colour
    _write(painter, words, activity_text.state(activity), font, shade)


def _paint_progress(
    painter: QPainter, inner: QRect, activity: Activity, words: str, font: QFont
) -> None:
    shades = theme.current()
    if activity_text.shows_share(activity):
        top = inner.center().y() - BAR_HEIGHT_PX / 2 + 1
        bar = QRectF(inner.left(), top, BAR_WIDTH_PX, BAR_HEIGHT_PX)
        _paint_bar(painter, bar, activity.fraction or 0.0)
        inner = inner.adjusted(BAR_WIDTH_PX + ICON_GAP_PX, 0, 0, 0)
    _write(painter, inner, words, font, shades.text_secondary)


def _paint_bar(painter: QPainter, bar: QRectF, fraction: float) -> None:
    shades, radius = theme.current(), BAR_HEIGHT_PX / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shades.track)
    painter.drawRoundedRect(bar, radius, radius)
    bar.setWidth(bar.width() * max(0.0, min(1.0, fraction)))
    painter.setBrush(shades.accent)
    painter.drawRoundedRect(bar, radius, radius)
    painter.restore()


def _write(
    painter: QPainter,
    rect: QRect,
    text: str,
    font: QFont,
    colour: QColor,
    *,
    side: Qt.AlignmentFlag = _LEFT,
) -> None:
    if not text:
        return
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, side | _MIDDLE, elided(text, font, rect.width()))

"""How a model looks in the list of the model picker."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from beatra_desktop.ui import icons, mirroring, theme
from beatra_desktop.ui.chat.model_entries import ModelEntry
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.styling import Tone

ROW_PADDING_PX: Final = 7
LEFT_PX: Final = 34
RIGHT_PX: Final = 10
CHECK_PX: Final = 10
RADIUS_PX: Final = 8
BADGE_INSET_PX: Final = 8
_ELIDED: Final = Qt.TextElideMode.ElideRight
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class ModelDelegate(QStyledItemDelegate):
    """`is_chosen` tells the model in use, which gets a check mark."""

    def __init__(
        self, *, is_chosen: Callable[[ModelEntry], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._is_chosen = is_chosen

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = record_of(index, ModelEntry)
        painter.save()
        painter = mirroring.within(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option)
        if self._is_chosen(entry):
            _paint_check(painter, option.rect)
        _paint_words(painter, option.rect.adjusted(LEFT_PX, 0, -RIGHT_PX, 0), entry)
        painter.restore()


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    shades = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setPen(shades.accent if shades.is_high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(shades.accent_soft)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(shades.hover)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(option.rect, RADIUS_PX, RADIUS_PX)


def _paint_check(painter: QPainter, rect: QRect) -> None:
    size = icons.current_px()
    check = icons.pixmap(Icon.CHECK, theme.current().accent, size_px=size)
    top = rect.center().y() - size // 2
    painter.drawPixmap(rect.left() + CHECK_PX, top, check)


def _paint_words(painter: QPainter, rect: QRect, entry: ModelEntry) -> None:
    """Name and badge, and below them the detail; one line in the middle where there is none."""
    shades = theme.current()
    name, detail = rect, QRect()
    if entry.detail:
        inner = rect.adjusted(0, ROW_PADDING_PX, 0, -ROW_PADDING_PX)
        name, detail = inner.adjusted(0, 0, 0, -inner.height() // 2), inner
        detail.setTop(name.bottom() + 1)
    if entry.badge:
        name = _paint_badge(painter, name, entry)
    _paint_line(painter, name, entry.name, font=theme.body_font(), colour=shades.text)
    _paint_line(
        painter, detail, entry.detail, font=theme.small_font(), colour=shades.text_secondary
    )


def _paint_line(painter: QPainter, rect: QRect, text: str, *, font: QFont, colour: QColor) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, _ELIDED, rect.width())
    painter.drawText(rect, _MIDDLE, shown)


def _paint_badge(painter: QPainter, rect: QRect, entry: ModelEntry) -> QRect:
    """The badge at the right edge; gives the room left for the words."""
    shades = theme.current()
    is_warning = entry.tone is Tone.WARNING
    painter.setFont(theme.small_font())
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(entry.badge) + 2 * BADGE_INSET_PX
    height = metrics.height() + 2
    top = rect.center().y() - height // 2
    pill = QRect(rect.right() - width, top, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shades.warning_soft if is_warning else shades.hover)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(shades.warning if is_warning else shades.text_secondary)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, entry.badge)
    return rect.adjusted(0, 0, -width - BADGE_INSET_PX, 0)

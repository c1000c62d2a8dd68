"""Files that stay where they are, each with the reason; a click tells more."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.uploads import Refusal
from beatra_desktop.ui import icons, mirroring, theme
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.list_model import ListModel, record_of
from beatra_desktop.ui.long_list import LongList
from beatra_desktop.ui.row_list import draw_line, paint_ground, row_rect
from beatra_desktop.ui.tips import tip
from beatra_desktop.ui.uploads import preflight_text

PADDING_PX: Final = 6
INSET_PX: Final = 8
ICON_COLUMN_PX: Final = 24
SHOWN_ROWS: Final = 4
LOW_SHOWN_ROWS: Final = 2
LOW_PX: Final = 720
"""A window that is no higher has room for fewer rows."""
MOST_PERCENT: Final = 24
"""How much of the window's height the rows take at most."""
WIDE_PX: Final = 760
"""From here on a reason has room in one line, in text of the usual size."""
_WRAPPED: Final = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
Index = QModelIndex | QPersistentModelIndex


class _Row(Struct, frozen=True):
    id: str
    refusal: Refusal


class RefusalDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        refusal, shades = record_of(index, _Row).refusal, theme.current()
        painter.save()
        painter = mirroring.within(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option)
        words = row_rect(option.rect).adjusted(INSET_PX, PADDING_PX, -INSET_PX, -PADDING_PX)
        size = icons.current_px()
        drawn = icons.pixmap(Icon.CANCELED, shades.warning, size_px=size)
        painter.drawPixmap(words.left(), words.top() + 1, drawn)
        words.setLeft(words.left() + theme.scaled_sign(ICON_COLUMN_PX))
        painter.setFont(theme.body_font())
        painter.setPen(shades.text)
        height = painter.fontMetrics().height()
        draw_line(painter, QRect(words.left(), words.top(), words.width(), height), refusal.name)
        painter.setFont(theme.small_font())
        painter.setPen(shades.text_secondary)
        below = words.adjusted(0, height, 0, 0)
        painter.drawText(below, _WRAPPED, preflight_text.reason(refusal))
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        _option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if index.isValid():
            words = preflight_text.reason(record_of(index, _Row).refusal)
            QToolTip.showText(event.globalPos(), tip(words), view)
        return True


class RefusalList(LongList):
    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", padding_px=PADDING_PX, small_lines=1, parent=parent)
        self.setAccessibleName(self.tr("Files that are not sent"))
        self._rows: Records[_Row] = Records()
        self._model = ListModel(self._rows, describe=_describe, parent=self)
        self.setModel(self._model)
        self.setItemDelegate(RefusalDelegate(self))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_activated)
        self.activated.connect(self._on_activated)
        theme.notifier().changed.connect(self._fit)

    @property
    def names(self) -> list[str]:
        return [row.refusal.name for row in self._rows]

    def show_refusals(self, refusals: Sequence[Refusal]) -> None:
        self._rows.assign(_Row(str(number), each) for number, each in enumerate(refusals))
        self.setVisible(bool(refusals))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to a few; the others are scrolled to.

        Large text does not take the window away from all else either.
        """
        wide_px = theme.scaled(WIDE_PX)
        self.set_small_lines(1 if self.width() >= wide_px else 2)
        window_px, row_px = self.window().height(), self.verticalHeader().defaultSectionSize()
        most = SHOWN_ROWS if window_px > LOW_PX else LOW_SHOWN_ROWS
        most = min(most, max(1, window_px * MOST_PERCENT // 100 // row_px))
        self.setFixedHeight(min(most, len(self._rows)) * row_px + 2)

    def _on_activated(self, index: QModelIndex) -> None:
        details = preflight_text.refusal_details(record_of(index, _Row).refusal)
        place = self.visualRect(index).bottomLeft()
        DetailsPopover(details, parent=self).popup(self.viewport().mapToGlobal(place))


def _describe(row: _Row) -> str:
    return f"{row.refusal.name}. {preflight_text.reason(row.refusal)}"

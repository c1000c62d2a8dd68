"""What a search found, with the matches marked."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.search import Hit
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.list_model import RECORD_ROLE

MATCH_START: Final = "\x02"
MATCH_END: Final = "\x03"
PADDING_PX: Final = 8
SIDE_PX: Final = 8
RADIUS_PX: Final = 8
SNIPPET_LINES: Final = 2
Index = QModelIndex | QPersistentModelIndex


def split_marks(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """The snippet without its marks, and start and length of each match."""
    words, matches, start = "", [], 0
    for character in " ".join(snippet.split()):
        if character == MATCH_START:
            start = len(words)
        elif character == MATCH_END:
            matches.append((start, len(words) - start))
        else:
            words += character
    return words, matches


class HitModel(QAbstractListModel):
    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        hit = self._hits[index.row()]
        if role == int(RECORD_ROLE):
            return hit
        if role == int(Qt.ItemDataRole.DisplayRole):
            return f"{hit.title or self.tr('New chat')}: {split_marks(hit.snippet)[0]}"
        return None


class HitDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        lines = theme.body_font().pixelSize() + SNIPPET_LINES * theme.small_font().pixelSize()
        return QSize(0, round(1.4 * lines) + 2 * PADDING_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(RECORD_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(SIDE_PX, 1, -SIDE_PX, -1)
        _paint_ground(painter, option, rect)
        inner = rect.adjusted(PADDING_PX, PADDING_PX - 2, -PADDING_PX, -2)
        self._paint_title(painter, inner, hit)
        _paint_snippet(painter, inner, hit.snippet)
        painter.restore()

    def _paint_title(self, painter: QPainter, rect: QRect, hit: Hit) -> None:
        shades = theme.current()
        when = format.relative(hit.created_at, utc_now())
        painter.setFont(theme.small_font())
        painter.setPen(shades.text_secondary)
        line = QRect(rect.left(), rect.top(), rect.width(), theme.body_font().pixelSize() + 4)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(line, right, when)
        room = line.width() - painter.fontMetrics().horizontalAdvance(when) - PADDING_PX
        painter.setFont(theme.body_font())
        painter.setPen(shades.text)
        title = hit.title or self.tr("New chat")
        words = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)


class SearchResults(QListView):
    """`chosen(conversation_id, message_id)`; the message is empty when the title matched."""

    chosen = Signal(str, str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = HitModel(parent=self)
        self.setModel(self._model)
        self.setItemDelegate(HitDelegate(self))
        self.setAccessibleName(self.tr("Search results"))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self._model.show_hits(hits)
        if hits:
            self.setCurrentIndex(self._model.index(0))

    def choose_current(self) -> None:
        if self.currentIndex().isValid():
            self._on_clicked(self.currentIndex())

    def _on_clicked(self, index: QModelIndex) -> None:
        hit: Hit = index.data(RECORD_ROLE)
        self.chosen.emit(hit.conversation_id, hit.message_id or "")


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
    shades = theme.current()
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    if selected or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.accent_soft if selected else shades.hover)
        painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)


def _paint_snippet(painter: QPainter, rect: QRect, snippet: str) -> None:
    words, matches = split_marks(snippet)
    layout = QTextLayout(words, theme.small_font())
    layout.setFormats([_mark(start, length) for start, length in matches])
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    painter.setPen(theme.current().text_secondary)
    layout.beginLayout()
    top = 0.0
    for _ in range(SNIPPET_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    below_title = theme.body_font().pixelSize() + PADDING_PX
    layout.draw(painter, QPointF(rect.left(), rect.top() + below_title))


def _mark(start: int, length: int) -> QTextLayout.FormatRange:
    marked = QTextLayout.FormatRange()
    marked.start = start
    marked.length = length
    look = QTextCharFormat()
    look.setForeground(theme.current().text)
    look.setBackground(theme.current().selection)
    marked.format = look
    return marked

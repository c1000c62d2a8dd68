"""What a search found, with the matches marked."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
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
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.search import Hit, HitKind
from beatra_desktop.ui import format, icons, mirroring, theme
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.list_model import RECORD_ROLE
from beatra_desktop.ui.row_list import SIDE_PX, draw_line, paint_ground
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

MATCH_START: Final = "\x02"
MATCH_END: Final = "\x03"
PADDING_PX: Final = 8
SNIPPET_LINES: Final = 2
ICON_PX: Final = 14
ICON_GAP_PX: Final = 6
Index = QModelIndex | QPersistentModelIndex
_TEXTS: Final = (
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.AccessibleTextRole),
)
_KINDS: Final[Mapping[HitKind, tuple[str, Icon]]] = MappingProxyType(
    {
        HitKind.TITLE: (QT_TRANSLATE_NOOP("HitModel", "Chat"), Icon.CHAT),
        HitKind.MESSAGE: (QT_TRANSLATE_NOOP("HitModel", "Message"), Icon.LYRICS),
        HitKind.SONG: (QT_TRANSLATE_NOOP("HitModel", "Song"), Icon.MUSIC),
    }
)


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
        if role in _TEXTS:
            when = format.relative(hit.created_at, utc_now())
            return f"{self._kind(hit)}: {_title(hit)}, {when}: {split_marks(hit.snippet)[0]}"
        return self._kind(hit) if role == int(Qt.ItemDataRole.ToolTipRole) else None

    def _kind(self, hit: Hit) -> str:
        kind = self.tr(_KINDS[hit.kind][0])
        return self.tr("{kind}, archived").format(kind=kind) if hit.is_archived else kind


class HitDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        lines = theme.body_font().pixelSize() + SNIPPET_LINES * theme.small_font().pixelSize()
        return QSize(0, round(1.4 * lines) + 2 * PADDING_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit: Hit = index.data(RECORD_ROLE)
        painter.save()
        mirror = mirroring.within(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(SIDE_PX, 1, -SIDE_PX, -1)
        paint_ground(mirror, option, gap_px=1)
        inner = rect.adjusted(PADDING_PX, PADDING_PX - 2, -PADDING_PX, -2)
        line = QRect(inner.left(), inner.top(), inner.width(), theme.body_font().pixelSize() + 4)
        _paint_title(mirror, _paint_when(mirror, _paint_kind(mirror, line, hit), hit), hit)
        _paint_snippet(painter, inner, hit.snippet)
        painter.restore()


class SearchResults(QListView):
    """`chosen(conversation_id, message_id, words)`; the latter two are empty for a title."""

    chosen = Signal(str, str, str)
    song_chosen = Signal(str)

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
        if hit.kind is HitKind.SONG:
            self.song_chosen.emit(hit.task_id)
        elif hit.kind is HitKind.MESSAGE:
            self.chosen.emit(hit.conversation_id, hit.message_id, found_words(hit.snippet))
        else:
            self.chosen.emit(hit.conversation_id, "", "")


def found_words(snippet: str) -> str:
    """The first of the words that are marked in a snippet; empty when none is."""
    words, matches = split_marks(snippet)
    return next((words[start : start + length] for start, length in matches), "")


def _title(hit: Hit) -> str:
    return hit.title or QCoreApplication.translate("HitModel", "New chat")


def _paint_kind(painter: QPainter, line: QRect, hit: Hit) -> QRect:
    """The icon of what was found; gives the room right of it."""
    size = theme.scaled_sign(ICON_PX)
    icon = icons.pixmap(_KINDS[hit.kind][1], theme.current().text_secondary, size_px=size)
    painter.drawPixmap(line.left(), line.center().y() - size // 2 + 1, icon)
    return line.adjusted(size + ICON_GAP_PX, 0, 0, 0)


def _paint_when(painter: QPainter, line: QRect, hit: Hit) -> QRect:
    """The time at the right, after the mark of an archived chat; gives the room left of both."""
    when = format.relative(hit.created_at, utc_now())
    painter.setFont(theme.small_font())
    painter.setPen(theme.current().text_secondary)
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
    width = painter.fontMetrics().horizontalAdvance(when) + ICON_GAP_PX
    line = line.adjusted(0, 0, -width, 0)
    if not hit.is_archived:
        return line
    size = theme.scaled_sign(ICON_PX)
    icon = icons.pixmap(Icon.ARCHIVE, theme.current().text_secondary, size_px=size)
    painter.drawPixmap(line.right() - size, line.center().y() - size // 2 + 1, icon)
    return line.adjusted(0, 0, -size - ICON_GAP_PX, 0)


def _paint_title(painter: QPainter, line: QRect, hit: Hit) -> None:
    painter.setFont(theme.body_font())
    painter.setPen(theme.current().text)
    draw_line(painter, line, _title(hit))


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

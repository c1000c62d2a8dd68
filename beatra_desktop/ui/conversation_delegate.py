"""How conversations and the headings of their groups look in the sidebar."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.ui import format, icons, mirroring, theme
from beatra_desktop.ui.conversation_groups import Heading
from beatra_desktop.ui.conversation_model import FOLDER_ROLE, GROUP_ROLE, MARKS_ROLE, Mark
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.row_list import (
    SIDE_PX,
    draw_line,
    more_rect,
    paint_ground,
    paint_more,
    row_rect,
    shows_more,
)
from beatra_desktop.ui.styling import Tone, tone_colour

ROW_PADDING_PX: Final = 7
HEADING_LIFT_PX: Final = 4
TEXT_INSET_PX: Final = 10
DOT_PX: Final = 6
MARK_PX: Final = 12
MARK_GAP_PX: Final = 6
FOLDER_PX: Final = 14
FOLDER_GAP_PX: Final = 8
_MARK_LOOKS: Final[Mapping[Mark, tuple[Icon, Tone]]] = MappingProxyType(
    {
        Mark.QUEUED: (Icon.CLOCK, Tone.ACCENT),
        Mark.TROUBLED: (Icon.WARNING, Tone.WARNING),
        Mark.PINNED: (Icon.PIN, Tone.SECONDARY),
    }
)
Index = QModelIndex | QPersistentModelIndex


class ConversationDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter = mirroring.within(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(GROUP_ROLE) is None:
            _paint_row(painter, option, index)
        elif index.data(FOLDER_ROLE) is not None:
            _paint_folder(painter, option, index)
        else:
            _paint_heading(painter, option.rect, _text(index))
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Name of the chat"))
        return editor

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit), "made by createEditor"
        model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        editor.setGeometry(row_rect(option.rect))


def _paint_row(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    paint_ground(painter, option)
    words = _words_rect(option)
    if _is_in_folder(index):
        words.setLeft(words.left() + theme.scaled_sign(FOLDER_PX) + FOLDER_GAP_PX)
    for mark in reversed(index.data(MARKS_ROLE)):
        words = _paint_mark(painter, words, mark)
    painter.setFont(theme.body_font())
    painter.setPen(theme.current().text)
    draw_line(painter, words, _text(index))
    paint_more(painter, option, index)


def _paint_folder(painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """The sign of a folder, its name, and at the end how much is in it."""
    heading, shades = index.data(FOLDER_ROLE), theme.current()
    assert isinstance(heading, Heading), "FOLDER_ROLE holds it"
    paint_ground(painter, option)
    words = _words_rect(option)
    sign = Icon.FOLDER if heading.is_open else Icon.FOLDER_CLOSED
    size = theme.scaled_sign(FOLDER_PX)
    top = words.center().y() - size // 2 + 1
    pixmap = icons.pixmap(sign, shades.text_secondary, size_px=size)
    painter.drawPixmap(words.left(), top, pixmap)
    words.setLeft(words.left() + theme.scaled_sign(FOLDER_PX) + FOLDER_GAP_PX)
    if not shows_more(option):
        words = _paint_count(painter, words, heading.count)
    painter.setFont(theme.body_font())
    painter.setPen(shades.text)
    draw_line(painter, words, heading.folder)
    paint_more(painter, option, index)


def _paint_count(painter: QPainter, words: QRect, count: int) -> QRect:
    """Draw how many at the end of the room; gives the room left for the name."""
    painter.setFont(theme.small_font())
    painter.setPen(theme.current().text_secondary)
    text = format.count(count)
    painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    width = painter.fontMetrics().horizontalAdvance(text)
    return words.adjusted(0, 0, -width - MARK_GAP_PX, 0)


def _words_rect(option: QStyleOptionViewItem) -> QRect:
    """The room that the ⋯ leaves for a row's words."""
    words = row_rect(option.rect).adjusted(TEXT_INSET_PX, 0, -TEXT_INSET_PX, 0)
    if shows_more(option):
        words.setRight(more_rect(option.rect).left() - MARK_GAP_PX)
    return words


def _is_in_folder(index: Index) -> bool:
    conversation = record_of(index, Conversation)
    return bool(conversation.folder) and not conversation.is_pinned


def _paint_heading(painter: QPainter, rect: QRect, text: str) -> None:
    painter.setFont(theme.small_font())
    painter.setPen(theme.current().text_secondary)
    words = rect.adjusted(SIDE_PX + TEXT_INSET_PX, 0, 0, -HEADING_LIFT_PX)
    painter.drawText(words, Qt.AlignmentFlag.AlignBottom, text)


def _paint_mark(painter: QPainter, words: QRect, mark: Mark) -> QRect:
    """Draw a mark at the right end of the room; gives the room left for the words."""
    size = theme.scaled_sign(DOT_PX if mark is Mark.ANSWERING else MARK_PX)
    left, top = words.right() - size + 1, words.center().y() - size // 2 + 1
    if mark is Mark.ANSWERING:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().accent)
        painter.drawEllipse(left, top, size, size)
    else:
        icon, tone = _MARK_LOOKS[mark]
        colour = tone_colour(tone, theme.current())
        painter.drawPixmap(left, top, icons.pixmap(icon, colour, size_px=size))
    return words.adjusted(0, 0, -size - MARK_GAP_PX, 0)


def _text(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole))

"""How a conversation looks in the sidebar, with its group's name above the first of a group."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.ui import icons, theme
from beatra_desktop.ui.conversation_model import GROUP_ROLE, Group
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

ROW_PADDING_PX: Final = 7
HEADER_GAP_PX: Final = 12
SIDE_PX: Final = 8
TEXT_INSET_PX: Final = 10
RADIUS_PX: Final = 8
DOT_PX: Final = 6
Index = QModelIndex | QPersistentModelIndex
_GROUP_NAMES: Final[Mapping[Group, str]] = MappingProxyType(
    {
        Group.PINNED: QT_TRANSLATE_NOOP("ConversationDelegate", "Pinned"),
        Group.TODAY: QT_TRANSLATE_NOOP("ConversationDelegate", "Today"),
        Group.YESTERDAY: QT_TRANSLATE_NOOP("ConversationDelegate", "Yesterday"),
        Group.LAST_DAYS: QT_TRANSLATE_NOOP("ConversationDelegate", "Last 7 days"),
        Group.OLDER: QT_TRANSLATE_NOOP("ConversationDelegate", "Older"),
    }
)


class ConversationDelegate(QStyledItemDelegate):
    """`is_answering` tells which conversations get a dot."""

    def __init__(
        self, *, is_answering: Callable[[Conversation], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._is_answering = is_answering

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = _row_height(option)
        return QSize(0, height + (_header_height() if _group(index) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = _group(index)
        if group is not None:
            self._paint_header(painter, option.rect, group)
        self._paint_row(painter, option, index)
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
        editor.setGeometry(_row_rect(option))

    def _paint_header(self, painter: QPainter, rect: QRect, group: Group) -> None:
        painter.setFont(theme.small_font())
        painter.setPen(theme.current().text_secondary)
        words = QRect(rect.left() + SIDE_PX + TEXT_INSET_PX, rect.top(), rect.width(), 0)
        words.setHeight(_header_height() - ROW_PADDING_PX // 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignBottom, self.tr(_GROUP_NAMES[group]))

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = _row_rect(option)
        _paint_ground(painter, option, rect)
        conversation = record_of(index, Conversation)
        words = rect.adjusted(TEXT_INSET_PX, 0, -TEXT_INSET_PX, 0)
        if self._is_answering(conversation):
            words = _paint_dot(painter, words)
        elif conversation.is_pinned:
            words = _paint_pin(painter, words)
        painter.setFont(theme.body_font())
        painter.setPen(theme.current().text)
        text = _text(index)
        line = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, line)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
    shades = theme.current()
    state = option.state
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        painter.setBrush(shades.accent_soft)
        painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(shades.hover)
        painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)
    if (
        state & QStyle.StateFlag.State_KeyboardFocusChange
        and state & QStyle.StateFlag.State_HasFocus
    ):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(shades.accent)
        painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)


def _paint_dot(painter: QPainter, words: QRect) -> QRect:
    """The mark of an answer on its way; gives the room left for the words."""
    painter.setBrush(theme.current().accent)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(words.right() - DOT_PX, words.center().y() - DOT_PX // 2, DOT_PX, DOT_PX)
    return words.adjusted(0, 0, -2 * DOT_PX, 0)


def _paint_pin(painter: QPainter, words: QRect) -> QRect:
    size = icons.SIZE_PX - 4
    pin = icons.pixmap(Icon.PIN, theme.current().text_secondary, size_px=size)
    painter.drawPixmap(words.right() - size, words.center().y() - size // 2, pin)
    return words.adjusted(0, 0, -size - DOT_PX, 0)


def _row_height(option: QStyleOptionViewItem) -> int:
    return option.fontMetrics.height() + 2 * ROW_PADDING_PX


def _row_rect(option: QStyleOptionViewItem) -> QRect:
    rect = option.rect
    height = _row_height(option)
    return QRect(
        rect.left() + SIDE_PX, rect.bottom() + 1 - height, rect.width() - 2 * SIDE_PX, height
    )


def _header_height() -> int:
    return theme.small_font().pixelSize() + HEADER_GAP_PX + ROW_PADDING_PX


def _group(index: Index) -> Group | None:
    group = index.data(GROUP_ROLE)
    return None if group is None else Group(group)


def _text(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole))

"""How conversations and the headings of their groups look in the sidebar."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
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
from beatra_desktop.ui.conversation_model import GROUP_ROLE
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.list_model import record_of

ROW_PADDING_PX: Final = 7
HEADING_LIFT_PX: Final = 4
SIDE_PX: Final = 8
TEXT_INSET_PX: Final = 10
RADIUS_PX: Final = 8
DOT_PX: Final = 6
Index = QModelIndex | QPersistentModelIndex


class ConversationDelegate(QStyledItemDelegate):
    """`is_answering` tells which conversations get a dot."""

    def __init__(
        self, *, is_answering: Callable[[Conversation], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._is_answering = is_answering

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(GROUP_ROLE) is None:
            self._paint_row(painter, option, index)
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
        editor.setGeometry(_row_rect(option))

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


def _paint_heading(painter: QPainter, rect: QRect, text: str) -> None:
    painter.setFont(theme.small_font())
    painter.setPen(theme.current().text_secondary)
    words = rect.adjusted(SIDE_PX + TEXT_INSET_PX, 0, 0, -HEADING_LIFT_PX)
    painter.drawText(words, Qt.AlignmentFlag.AlignBottom, text)


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


def _row_rect(option: QStyleOptionViewItem) -> QRect:
    return option.rect.adjusted(SIDE_PX, 0, -SIDE_PX, 0)


def _text(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole))

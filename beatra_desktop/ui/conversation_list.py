"""The list of conversations: open, rename in place, pin, delete."""

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.services.chat import ChatService
from beatra_desktop.services.history import HistoryService
from beatra_desktop.ui.conversation_delegate import ROW_PADDING_PX, ConversationDelegate
from beatra_desktop.ui.conversation_model import ConversationModel
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.long_list import LongList
from beatra_desktop.ui.subscriptions import subscribe


class ConversationList(LongList):
    """`opened(conversation_id)` when the user picks one."""

    opened = Signal(str)

    def __init__(
        self, chat: ChatService, history: HistoryService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(_tr("Chats"), padding_px=ROW_PADDING_PX, parent=parent)
        self._chat = chat
        self._history = history
        self._current_id = ""
        self._model = ConversationModel(chat.conversations, rename=self._rename, parent=self)
        self.setModel(self._model)
        self.setItemDelegate(ConversationDelegate(is_answering=self._is_answering, parent=self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_context_menu_requested)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)
        self._model.layoutChanged.connect(self._on_layout_changed)
        subscribe(self, chat.answering.changed, self._on_answering)

    def show_current(self, conversation_id: str) -> None:
        """Mark the conversation that is on show."""
        self._current_id = conversation_id
        self._model.catch_up()
        self._select_current()

    def context_menu(self, conversation: Conversation) -> QMenu:
        """What can be done with a conversation."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pin = self.tr("Unpin") if conversation.is_pinned else self.tr("Pin")
        pinned = not conversation.is_pinned
        history, conversation_id = self._history, conversation.id
        self._add(menu, self.tr("Rename"), "F2").triggered.connect(
            lambda: self.edit(self._model.index_of(conversation_id))
        )
        self._add(menu, pin).triggered.connect(
            lambda: history.set_pinned(conversation_id, pinned=pinned)
        )
        menu.addSeparator()
        self._add(menu, self.tr("Delete"), "Del").triggered.connect(
            lambda: history.delete(conversation_id)
        )
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self._history.delete(self._conversation(self.currentIndex()).id)
            return
        super().keyPressEvent(event)

    def _add(self, menu: QMenu, text: str, shortcut: str = "") -> QAction:
        action = menu.addAction(text)
        action.setShortcut(shortcut)
        return action

    def _conversation(self, index: QModelIndex) -> Conversation:
        return record_of(index, Conversation)

    def _is_answering(self, conversation: Conversation) -> bool:
        return self._chat.is_answering(conversation.id)

    def _rename(self, conversation: Conversation, title: str) -> None:
        self._history.rename(ConversationId(conversation.id), title)

    def _select_current(self) -> None:
        index = self._model.index_of(self._current_id)
        if index.isValid():
            self.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        else:
            self.clearSelection()

    def _on_layout_changed(self) -> None:
        if not self.selectionModel().hasSelection():
            self._select_current()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._conversation(index).id)

    def _on_answering(self, _answering: object) -> None:
        self.viewport().update()

    def _on_context_menu_requested(self, position: QPoint) -> None:
        index = self.indexAt(position)
        if index.flags() & Qt.ItemFlag.ItemIsEnabled:
            menu = self.context_menu(self._conversation(index))
            menu.popup(self.viewport().mapToGlobal(position))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConversationList", text)

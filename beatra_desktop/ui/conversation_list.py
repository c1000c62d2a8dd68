"""The list of conversations: open, rename in place, pin, archive, export, delete."""

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.services.chat import ChatService
from beatra_desktop.services.history import HistoryService
from beatra_desktop.ui.conversation_delegate import ROW_PADDING_PX, ConversationDelegate
from beatra_desktop.ui.conversation_model import ConversationModel, Mark
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.row_list import RowList, row_menu
from beatra_desktop.ui.subscriptions import subscribe


class ConversationList(RowList):
    """`opened(conversation_id)` when the user picks one."""

    opened = Signal(str)
    export_requested = Signal(str)
    """Of a conversation, by its id."""

    def __init__(
        self, chat: ChatService, history: HistoryService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(_tr("Chats"), padding_px=ROW_PADDING_PX, parent=parent)
        self._chat = chat
        self._history = history
        self._current_id = ""
        self._marked: frozenset[str] = self._all_marked()
        self._model = ConversationModel(
            chat.conversations, rename=self._rename, marks=self._marks, parent=self
        )
        self.setModel(self._model)
        self.setItemDelegate(ConversationDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.menu_requested.connect(self._on_menu_requested)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)
        self._model.layoutChanged.connect(self._on_layout_changed)
        subscribe(self, chat.answering.changed, self._on_marked)
        subscribe(self, history.troubled.changed, self._on_marked)

    def show_current(self, conversation_id: str) -> None:
        """Mark the conversation that is on show."""
        self._current_id = conversation_id
        self._model.catch_up()
        self._select_current()

    def focus_first(self) -> None:
        """Give the keyboard to the current row, or to the first."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self._model.first(), flag)

    def context_menu(self, conversation: Conversation) -> QMenu:
        """What can be done with a conversation."""
        history, conversation_id = self._history, conversation.id
        pin = self.tr("Unpin") if conversation.is_pinned else self.tr("Pin")
        pinned = not conversation.is_pinned
        return row_menu(
            self,
            (self.tr("Rename"), "F2", lambda: self.edit(self._model.index_of(conversation_id))),
            (pin, "", lambda: history.set_pinned(conversation_id, pinned=pinned)),
            (self.tr("Archive"), "", lambda: history.set_archived(conversation_id, archived=True)),
            (self.tr("Export…"), "", lambda: self.export_requested.emit(conversation_id)),
            None,
            (self.tr("Delete"), "Del", lambda: history.delete(conversation_id)),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self._history.delete(self._conversation(self.currentIndex()).id)
            return
        super().keyPressEvent(event)

    def _conversation(self, index: QModelIndex) -> Conversation:
        return record_of(index, Conversation)

    def _marks(self, conversation: Conversation) -> tuple[Mark, ...]:
        """At most one mark of what goes on, then whether it is pinned."""
        if self._chat.is_answering(conversation.id):
            state: tuple[Mark, ...] = (Mark.ANSWERING,)
        elif conversation.queued:
            state = (Mark.QUEUED,)
        else:
            state = (Mark.TROUBLED,) if conversation.id in self._history.troubled.value else ()
        return (*state, Mark.PINNED) if conversation.is_pinned else state

    def _all_marked(self) -> frozenset[str]:
        return frozenset({*self._chat.answering.value, *self._history.troubled.value})

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

    def _on_marked(self, _ids: object) -> None:
        before, self._marked = self._marked, self._all_marked()
        self._model.refresh_marks(before | self._marked)

    def _on_menu_requested(self, index: QModelIndex, place: QPoint) -> None:
        self.context_menu(self._conversation(index)).popup(place)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConversationList", text)

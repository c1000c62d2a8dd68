"""The list of conversations: open, rename in place, pin, file, archive, export, delete."""

from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.deep_links import LinkTarget
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.services.chat import ChatService
from beatra_desktop.services.history import HistoryService
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.ui.conversation_delegate import ROW_PADDING_PX, ConversationDelegate
from beatra_desktop.ui.conversation_groups import Heading
from beatra_desktop.ui.conversation_model import FOLDER_ROLE, ConversationModel, Mark
from beatra_desktop.ui.copy_link import copy_link
from beatra_desktop.ui.folders import Folders
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.row_list import RowList, row_menu
from beatra_desktop.ui.subscriptions import subscribe

CLOSED_FOLDERS: Final = "closed_folders"
_SELECT: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect
_TOGGLES: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ConversationList(RowList):
    """`opened(conversation_id)` when the user picks one."""

    opened = Signal(str)
    export_requested = Signal(str)
    """Of a conversation, by its id."""

    def __init__(
        self,
        chat: ChatService,
        history: HistoryService,
        settings: SettingsService,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_tr("Chats"), padding_px=ROW_PADDING_PX, parent=parent)
        self._chat = chat
        self._history = history
        self._settings = settings
        self._pressed_folder = False
        self._folders = Folders(history, self)
        self._current_id = ""
        self._marked: frozenset[str] = self._all_marked()
        self._model = ConversationModel(
            chat.conversations,
            rename=self._rename,
            marks=self._marks,
            closed=self._remembered(),
            parent=self,
        )
        self.setModel(self._model)
        self.setItemDelegate(ConversationDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.menu_requested.connect(self._on_menu_requested)
        self.clicked.connect(self._on_clicked)
        self.activated.connect(self._on_clicked)
        self._model.layoutChanged.connect(self._on_layout_changed)
        self._model.closed_changed.connect(self._on_closed_changed)
        self._folders.moved.connect(self._keep_in_sight)
        self._folders.renamed.connect(self._on_folder_renamed)
        subscribe(self, chat.answering.changed, self._on_marked)
        subscribe(self, history.troubled.changed, self._on_marked)

    def show_current(self, conversation_id: str) -> None:
        """Mark the conversation that is on show, and open the folder it is in."""
        self._current_id = conversation_id
        self._model.reveal(conversation_id)
        self._select_current()

    def focus_first(self) -> None:
        """Give the keyboard to the current row, or to the first."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid():
            self.selectionModel().setCurrentIndex(self._model.first(), _SELECT)

    def context_menu(self, conversation: Conversation) -> QMenu:
        """What can be done with a conversation."""
        history, conversation_id = self._history, conversation.id
        pin = self.tr("Unpin") if conversation.is_pinned else self.tr("Pin")
        pinned = not conversation.is_pinned
        menu = row_menu(
            self,
            (self.tr("Rename"), "F2", lambda: self.edit(self._model.index_of(conversation_id))),
            (pin, "", lambda: self._set_pinned(conversation_id, pinned=pinned)),
            (self.tr("Archive"), "", lambda: history.set_archived(conversation_id, archived=True)),
            (self.tr("Export…"), "", lambda: self.export_requested.emit(conversation_id)),
            (self.tr("Copy link"), "", lambda: copy_link(LinkTarget.CONVERSATION, conversation_id)),
            None,
            (self.tr("Delete"), "Del", lambda: history.delete(conversation_id)),
        )
        archive = menu.actions()[2]
        menu.insertMenu(archive, self._folders.move_menu(conversation, menu))
        return menu

    def folder_menu(self, name: str) -> QMenu:
        """What can be done with a folder."""
        return self._folders.menu(name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a folder opens or closes it; what is selected stays so."""
        self._pressed_folder = self._toggles(event)
        if not self._pressed_folder:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed_folder = self._toggles(event)
        if not self._pressed_folder:
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_folder:
            self._pressed_folder = False
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        heading = _folder(self.currentIndex())
        if heading is not None and self._does(heading, event.key()):
            return
        if heading is None and event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
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

    def _toggles(self, event: QMouseEvent) -> bool:
        """Open or close the folder below the pointer; False when there is none to."""
        place = event.position().toPoint()
        heading = _folder(self.indexAt(place))
        is_left = event.button() is Qt.MouseButton.LeftButton
        if heading is None or not is_left or self._more_at(place).isValid():
            return False
        self._set_open(heading, is_open=not heading.is_open)
        if not heading.is_open and self._is_on(heading):
            self._select_current()
        return True

    def _is_on(self, heading: Heading) -> bool:
        """Whether a folder is the current row in the place of what is on show."""
        is_listed = self._model.index_of(self._current_id).isValid()
        return is_listed and self.currentIndex() == self._model.folder_index(heading.folder)

    def _does(self, heading: Heading, key: int) -> bool:
        """What a key does on a folder; False when that is nothing of its own."""
        if key == Qt.Key.Key_F2:
            self._folders.ask_for_name(heading.folder)
        elif key in _TOGGLES:
            self._set_open(heading, is_open=not heading.is_open)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._set_open(heading, is_open=key == Qt.Key.Key_Right)
        else:
            return False
        return True

    def _set_open(self, heading: Heading, *, is_open: bool) -> None:
        current = self.currentIndex()
        if not is_open and current.isValid() and _folder(current) is None:
            conversation = self._conversation(current)
            if conversation.folder == heading.folder and not conversation.is_pinned:
                # Otherwise the view goes on to the next row when this one goes.
                index = self._model.folder_index(heading.folder)
                self.selectionModel().setCurrentIndex(index, _SELECT)
        self._model.set_folder_open(heading.folder, is_open=is_open)

    def _set_pinned(self, conversation_id: ConversationId, *, pinned: bool) -> None:
        self._history.set_pinned(conversation_id, pinned=pinned)
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """What is on show is not hidden by coming into a closed folder.

        The model is a frame behind, and still knows whether it was in sight before.
        """
        index = self._model.index_of(self._current_id)
        if index.isValid():
            is_current = index == self.currentIndex()
            self._model.reveal(self._current_id)
            if is_current:
                self._select_current()

    def _remembered(self) -> list[str]:
        """The folders that were closed, as far as they can be read."""
        try:
            stored = self._settings.ui_state(CLOSED_FOLDERS) or "[]"
            return msgspec.json.decode(stored, type=list[str])
        except msgspec.DecodeError:
            return []

    def _rename(self, conversation: Conversation, title: str) -> None:
        self._history.rename(ConversationId(conversation.id), title)

    def _select_current(self) -> None:
        index = self._model.index_of(self._current_id)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _SELECT)
        else:
            self.clearSelection()

    def _on_layout_changed(self) -> None:
        if not self.selectionModel().hasSelection():
            self._select_current()

    def _on_closed_changed(self) -> None:
        names = [name for name in self._model.closed_folders if name in self._history.folders]
        self._settings.set_ui_state(CLOSED_FOLDERS, msgspec.json.encode(names).decode())

    def _on_folder_renamed(self, old: str, new: str) -> None:
        """A closed folder stays closed, and an open one that it became part of stays open."""
        was_there = self._model.folder_index(new).isValid()  # the model is a frame behind
        if old in self._model.closed_folders and not was_there:
            self._model.set_folder_open(new, is_open=False)
        self._keep_in_sight()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._conversation(index).id)

    def _on_marked(self, _ids: object) -> None:
        before, self._marked = self._marked, self._all_marked()
        self._model.refresh_marks(before | self._marked)

    def _on_menu_requested(self, index: QModelIndex, place: QPoint) -> None:
        heading = _folder(index)
        menu = (
            self.context_menu(self._conversation(index))
            if heading is None
            else self.folder_menu(heading.folder)
        )
        menu.popup(place)


def _folder(index: QModelIndex) -> Heading | None:
    """The heading of a folder, if the row is one."""
    heading = index.data(FOLDER_ROLE)
    return heading if isinstance(heading, Heading) else None


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConversationList", text)

"""What can be done with folders: the menus, and the questions for a name."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.services.history import HistoryService
from beatra_desktop.ui import format
from beatra_desktop.ui.conversation_groups import in_order
from beatra_desktop.ui.folder_dialog import FolderDialog
from beatra_desktop.ui.row_list import RowList, row_menu


class Folders(QObject):
    """Menus and dialogs of the folders in `view`."""

    moved = Signal()
    """Something came into another folder."""
    renamed = Signal(str, str)
    """A folder is called otherwise: its old and its new name."""

    def __init__(self, history: HistoryService, view: RowList) -> None:
        super().__init__(view)
        self._history = history
        self._view = view

    def move_menu(self, conversation: Conversation, menu_of_row: QMenu) -> QMenu:
        """The folders a conversation can be moved to; the one it is in is checked."""
        menu = QMenu(self.tr("Move to folder"), menu_of_row)
        names, move = in_order(self._history.folders), self._mover(conversation.id)
        for name in names:
            words = format.short_name(name).replace("&", "&&")
            _add_choice(menu, words, partial(move, name)).setChecked(name == conversation.folder)
        if names:
            menu.addSeparator()
        new = menu.addAction(self.tr("New folder…"))
        new.triggered.connect(lambda: self._ask_for_new(conversation.id))
        none = _add_choice(menu, self.tr("No folder"), lambda: move(""))
        none.setChecked(not conversation.folder)
        return menu

    def menu(self, name: str) -> QMenu:
        """What can be done with a folder."""
        return row_menu(
            self._view,
            (self.tr("Rename…"), "F2", lambda: self.ask_for_name(name)),
            (self.tr("Move all out"), "", lambda: self._history.rename_folder(name, "")),
        )

    def ask_for_name(self, old: str) -> None:
        """Ask how a folder is to be called, and call it so."""
        dialog = self._dialog(self.tr("Rename folder"), verb=self.tr("Rename"), name=old)
        dialog.named.connect(lambda new: self._rename(old, new))
        dialog.open()

    def _ask_for_new(self, conversation_id: ConversationId) -> None:
        dialog = self._dialog(self.tr("New folder"), verb=self.tr("Create"), name="")
        dialog.named.connect(self._mover(conversation_id))
        dialog.open()

    def _dialog(self, title: str, *, verb: str, name: str) -> FolderDialog:
        others = self._history.folders - {name}
        window = self._view.window()
        return FolderDialog(title, verb=verb, others=others, name=name, parent=window)

    def _rename(self, old: str, new: str) -> None:
        self._history.rename_folder(old, new)
        self.renamed.emit(old, new)

    def _mover(self, conversation_id: ConversationId) -> Callable[[str], None]:
        def move(name: str) -> None:
            self._history.set_folder(conversation_id, name)
            self.moved.emit()

        return move


def _add_choice(menu: QMenu, words: str, do: Callable[[], object]) -> QAction:
    action = menu.addAction(words)
    action.setCheckable(True)
    action.triggered.connect(lambda _checked=False: do())
    return action

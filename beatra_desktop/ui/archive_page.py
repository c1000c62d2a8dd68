"""The archived conversations: read, bring back, export, delete."""

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.services.history import HistoryService
from beatra_desktop.ui import format
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.panes import EmptyState
from beatra_desktop.ui.row_list import row_menu
from beatra_desktop.ui.shelf_list import ShelfList
from beatra_desktop.ui.shelf_page import ShelfPage


class ArchivePage(ShelfPage):
    opened = Signal(str)
    """A conversation was picked."""
    export_requested = Signal(str)

    def __init__(self, history: HistoryService, *, parent: QWidget | None = None) -> None:
        title = _tr("Archived chats")
        super().__init__(
            title,
            history.archive,
            rows=ShelfList(title, history.archive, lines=_lines, small_lines=1),
            empty=EmptyState(
                Icon.ARCHIVE,
                _tr("Nothing archived"),
                _tr("Chats you archive leave the list and can still be read and found."),
            ),
            parent=parent,
        )
        self._history = history
        self.unarchive = Button(self.tr("Unarchive"))
        self.delete = Button(self.tr("Delete"))
        self._add_action(self.unarchive, self._bring_back)
        self._add_action(self.delete, history.delete)
        self.list.clicked.connect(self._on_picked)
        self.list.activated.connect(self._on_picked)
        self.list.menu_requested.connect(self._on_menu_requested)
        self.list.deletion_requested.connect(self.delete.click)

    def context_menu(self, conversation: Conversation) -> QMenu:
        conversation_id = conversation.id
        return row_menu(
            self.list,
            (self.tr("Open"), "", lambda: self.opened.emit(conversation_id)),
            (self.tr("Unarchive"), "", lambda: self._bring_back(conversation_id)),
            (self.tr("Export…"), "", lambda: self.export_requested.emit(conversation_id)),
            None,
            (self.tr("Delete"), "Del", lambda: self._history.delete(conversation_id)),
        )

    def _bring_back(self, conversation_id: ConversationId) -> None:
        self._history.set_archived(conversation_id, archived=False)

    def _on_picked(self, index: QModelIndex) -> None:
        self.opened.emit(record_of(index, Conversation).id)

    def _on_menu_requested(self, index: QModelIndex, place: QPoint) -> None:
        self.context_menu(record_of(index, Conversation)).popup(place)


def _lines(conversation: Conversation) -> tuple[str, str]:
    when = format.relative(conversation.updated_at, utc_now())
    return conversation.title or _tr("New chat"), _tr("Last changed {when}").format(when=when)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ArchivePage", text)

"""What was deleted in the last 30 days: bring back, or delete for good."""

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from beatra_desktop.domain.chat import TRASH_TIME, Conversation
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.services.history import HistoryService
from beatra_desktop.ui import format
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.panes import EmptyState
from beatra_desktop.ui.question import Question
from beatra_desktop.ui.row_list import row_menu
from beatra_desktop.ui.shelf_list import ShelfList
from beatra_desktop.ui.shelf_page import ShelfPage
from beatra_desktop.ui.styling import Variant

DAY: Final = timedelta(days=1)


class TrashPage(ShelfPage):
    def __init__(self, history: HistoryService, *, parent: QWidget | None = None) -> None:
        title = _tr("Trash")
        self._history = history
        self._beginnings: dict[str, str] = {}
        self.empty_trash = Button(_tr("Empty trash"), variant=Variant.LINK)
        super().__init__(
            title,
            history.trash,
            rows=ShelfList(title, history.trash, lines=self._lines, small_lines=2),
            empty=EmptyState(
                Icon.DELETE,
                _tr("The trash is empty"),
                _tr("Chats you delete lie here for 30 days."),
            ),
            for_all=self.empty_trash,
            parent=parent,
        )
        self.restore = Button(self.tr("Restore"))
        self.delete_forever = Button(self.tr("Delete forever"), variant=Variant.DANGER)
        self._add_action(self.restore, history.restore)
        self._add_action(self.delete_forever, self._ask_to_delete)
        self.empty_trash.clicked.connect(self._ask_to_empty)
        self.list.menu_requested.connect(self._on_menu_requested)
        self.list.deletion_requested.connect(self.delete_forever.click)

    def context_menu(self, conversation: Conversation) -> QMenu:
        conversation_id = conversation.id
        return row_menu(
            self.list,
            (self.tr("Restore"), "", lambda: self._history.restore(conversation_id)),
            None,
            (self.tr("Delete forever…"), "Del", lambda: self._ask_to_delete(conversation_id)),
        )

    def _lines(self, conversation: Conversation) -> tuple[str, str, str]:
        beginning = self._beginnings.get(conversation.id)
        if beginning is None:
            beginning = " ".join(self._history.first_words(conversation.id).split())
            self._beginnings[conversation.id] = beginning
        deleted_at = conversation.deleted_at or utc_now()
        when = _tr("Deleted {when}").format(when=format.relative(deleted_at, utc_now()))
        return (
            conversation.title or _tr("New chat"),
            beginning or _tr("No messages"),
            f"{when} · {time_left(deleted_at, utc_now())}",
        )

    def _ask_to_delete(self, conversation_id: ConversationId) -> None:
        conversation = self._history.trash.get(conversation_id)
        if conversation is None:
            return
        title = format.isolated(conversation.title) or self.tr("New chat")
        question = Question(
            self.tr("Delete “{title}” forever?").format(title=title),
            lost=self.tr("The chat and all its messages are erased. Nothing brings them back."),
            verb=self.tr("Delete forever"),
            parent=self.window(),
        )
        question.confirmed.connect(lambda: self._history.delete_forever(conversation_id))
        question.open()

    def _ask_to_empty(self) -> None:
        count = len(self._history.trash)
        several = self.tr("{count} chats and all their messages are erased.")
        one = self.tr("One chat and all its messages are erased.")
        lost = one if count == 1 else several.format(count=format.count(count))
        question = Question(
            self.tr("Empty the trash?"),
            lost=format.sentences([lost, self.tr("Nothing brings them back.")]),
            verb=self.tr("Empty trash"),
            parent=self.window(),
        )
        question.confirmed.connect(self._history.empty_trash)
        question.open()

    def _on_menu_requested(self, index: QModelIndex, place: QPoint) -> None:
        self.context_menu(record_of(index, Conversation)).popup(place)


def time_left(deleted_at: datetime, now: datetime) -> str:
    """How long what was deleted then can still be brought back."""
    days = -((now - deleted_at - TRASH_TIME) // DAY)
    if days <= 1:
        return _tr("last day")
    return _tr("{days} days left").format(days=days)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TrashPage", text)

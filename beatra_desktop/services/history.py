"""Keeping conversations in order: names, pins, folders, the archive and the trash."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from psygnal import Signal

from beatra_desktop.domain.chat import TRASH_TIME, Conversation, folder_name
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.notices import Notice, NoticeCode
from beatra_desktop.domain.observable import ReadOnlyRecords, ReadOnlyValue
from beatra_desktop.services.archive import Archive
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.notices import Notices


class _Move(Struct, frozen=True, kw_only=True):
    """What came from one folder into another, or out of every folder."""

    conversation_ids: frozenset[ConversationId]
    old: str
    new: str


class HistoryService:
    """`stop(conversation_id)` ends an answer that is coming for a conversation.

    `deleting(conversation_id)` is told before one goes to the trash, so that what is still being
    written can be stored and comes back with it.
    """

    deleting = Signal(str)

    def __init__(
        self,
        *,
        conversations: Conversations,
        notices: Notices,
        stop: Callable[[ConversationId], None],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._conversations = conversations
        self._notices = notices
        self._stop = stop
        self._now = now
        self._last_move: _Move | None = None
        self._archive = Archive(conversations.records)
        self.archive.removing.connect(self._on_leaving_archive)
        self.trash.removing.connect(self._on_leaving_trash)

    @property
    def conversations(self) -> ReadOnlyRecords[Conversation]:
        """All but those in the trash, archived ones among them, newest first."""
        return self._conversations.records

    @property
    def archive(self) -> ReadOnlyRecords[Conversation]:
        """The archived ones, the last changed first."""
        return self._archive.records

    @property
    def trash(self) -> ReadOnlyRecords[Conversation]:
        """What was deleted in the last 30 days, the latest first."""
        return self._conversations.trash

    @property
    def folders(self) -> frozenset[str]:
        """The names of the folders: one is there as long as a conversation is in it.

        What lies in the trash does not count, what is archived does.
        """
        return frozenset(c.folder for c in self.conversations if c.folder)

    @property
    def troubled(self) -> ReadOnlyValue[frozenset[ConversationId]]:
        """Conversations whose newest answer failed or broke off, and was not accepted so."""
        return self._conversations.troubled

    def rename(self, conversation_id: ConversationId, title: str) -> None:
        if title.strip():
            self._change(conversation_id, title=title.strip())

    def set_pinned(self, conversation_id: ConversationId, *, pinned: bool) -> None:
        """Pin or unpin; what is pinned is not archived."""
        if pinned:
            self._change(conversation_id, is_pinned=True, is_archived=False)
        else:
            self._change(conversation_id, is_pinned=False)

    def set_folder(self, conversation_id: ConversationId, name: str) -> None:
        """Move a conversation into the folder of that name; out of its folder for a blank one.

        A name that differs from another folder's in its capitals only means that folder.
        """
        self._change(conversation_id, folder=self._spelled(name))

    def rename_folder(self, old: str, new: str) -> None:
        """Call a folder otherwise; a blank name moves all that is in it out.

        It becomes part of the folder that has the name, if there is one. What is archived or in the
        trash moves along. The notice that says so offers to take the last such move back.
        """
        name = self._spelled(new, besides=old)
        moved = frozenset(self._conversations.in_folder(old))
        if not old or name == old or not moved:
            return
        self._forget_move()
        self._conversations.file(moved, name)
        self._last_move = _Move(conversation_ids=moved, old=old, new=name)
        code = NoticeCode.FOLDER_RENAMED if name else NoticeCode.FOLDER_EMPTIED
        self._notices.tell(code, title=old, name=name)

    def set_archived(self, conversation_id: ConversationId, *, archived: bool) -> None:
        """Take a conversation out of the way or back; it can still be found and read.

        The notice that says it is out of the way offers to bring it back.
        """
        if not archived:
            self._change(conversation_id, is_archived=False)
            return
        self._change(conversation_id, is_archived=True, is_pinned=False)
        conversation = self.archive.get(conversation_id)
        if conversation is not None:
            self._notices.tell(
                NoticeCode.CONVERSATION_ARCHIVED, id=conversation_id, title=conversation.title
            )

    def delete(self, conversation_id: ConversationId) -> None:
        """Move a conversation to the trash; the notice that says so offers to bring it back."""
        self.deleting.emit(conversation_id)
        conversation = self._conversations.records.get(conversation_id)
        if conversation is None:
            return
        self._stop(conversation_id)
        self._conversations.take_out(conversation)
        self._notices.tell(
            NoticeCode.CONVERSATION_DELETED, id=conversation_id, title=conversation.title
        )

    def restore(self, conversation_id: ConversationId) -> None:
        conversation = self._conversations.trash.get(conversation_id)
        if conversation is not None:
            self._conversations.put_back(conversation)

    def undo(self, notice: Notice) -> None:
        """Take back what a notice of this service tells of."""
        if notice.code in (NoticeCode.FOLDER_RENAMED, NoticeCode.FOLDER_EMPTIED):
            self._move_back()
            return
        conversation_id = ConversationId(notice.parameters["id"])
        if notice.code is NoticeCode.CONVERSATION_ARCHIVED:
            self.set_archived(conversation_id, archived=False)
        else:
            self.restore(conversation_id)

    def first_words(self, conversation_id: ConversationId) -> str:
        """How a conversation in the trash begins, at most 200 characters."""
        conversation = self._conversations.trash.get(conversation_id)
        return self._conversations.first_words(conversation) if conversation else ""

    def delete_forever(self, conversation_id: ConversationId) -> None:
        """Erase a conversation that is in the trash; nothing brings it back."""
        conversation = self._conversations.trash.get(conversation_id)
        if conversation is not None:
            self._conversations.purge(conversation)

    def empty_trash(self) -> None:
        for conversation in list(self._conversations.trash):
            self._conversations.purge(conversation)

    def resume(self) -> None:
        """Erase what was deleted more than 30 days ago."""
        expired = self._now() - TRASH_TIME
        for conversation in list(self._conversations.trash):
            if conversation.deleted_at is not None and conversation.deleted_at < expired:
                self._conversations.purge(conversation)

    def _on_leaving_archive(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._notices.withdraw(NoticeCode.CONVERSATION_ARCHIVED, id=self.archive[row].id)

    def _on_leaving_trash(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._notices.withdraw(NoticeCode.CONVERSATION_DELETED, id=self.trash[row].id)

    def _spelled(self, name: str, *, besides: str = "") -> str:
        """A folder's name, as one that is there already is written."""
        wanted = folder_name(name)
        others = (folder for folder in self.folders if folder != besides)
        return next((f for f in others if f.casefold() == wanted.casefold()), wanted)

    def _move_back(self) -> None:
        """Undo the last move of a folder, but for what was moved on since."""
        move = self._last_move
        self._forget_move()
        if move is not None:
            still_there = self._conversations.in_folder(move.new)
            self._conversations.file(move.conversation_ids & still_there, move.old)

    def _forget_move(self) -> None:
        self._last_move = None
        for code in (NoticeCode.FOLDER_RENAMED, NoticeCode.FOLDER_EMPTIED):
            self._notices.withdraw(code)

    def _change(self, conversation_id: ConversationId, **fields: object) -> None:
        conversation = self._conversations.records.get(conversation_id)
        if conversation is not None:
            self._conversations.change(conversation, **fields)

"""Conversations in memory: every change goes to the observables and to the database at once."""

import asyncio
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice, takewhile
from typing import Final

from psygnal import Signal

from beatra_desktop.domain.chat import Conversation, Message, branch, siblings, way_back
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId, MessageId, ProfileId, new_id
from beatra_desktop.domain.observable import Records, Value
from beatra_desktop.domain.records import replace
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.errors import StorageError

OPEN_CONVERSATIONS: Final = 12
NEWEST_MESSAGES: Final = 300
"""What is read at once when a long conversation is opened; the rest follows in pages."""
SHOWN_AT_ONCE: Final = 2_000
"""What views take in within a few milliseconds."""


class OpenConversation:
    """The messages of one conversation's tree, and the branch on show.

    Of a long conversation both begin with the newest messages, until it `is_whole`. One that
    `is_damaged` can't be read: it is empty, and nothing may be said in it.
    """

    def __init__(
        self,
        messages: Iterable[Message],
        head_id: MessageId | None,
        *,
        is_whole: bool = True,
        is_damaged: bool = False,
    ) -> None:
        self.is_whole = is_whole
        self.is_damaged = is_damaged
        self.tree: dict[MessageId, Message] = {message.id: message for message in messages}
        self._versions = _versions(self.tree.values())
        self.shown: Records[Message] = Records(branch(self.tree.values(), head_id))

    @property
    def is_live(self) -> bool:
        return any(message.status.is_live for message in self.tree.values())

    @property
    def is_idle(self) -> bool:
        """Whether it can be read anew when it is asked for again.

        Not while an answer comes, nor while it is on show: another list would change unseen.
        """
        return not self.is_live and not self.shown.is_observed

    @property
    def has_branches(self) -> bool:
        return bool(self._versions)

    def take_in(self, messages: Iterable[Message]) -> None:
        """Put what was left out into the tree; what changed since it was read stays as it is."""
        known, self.tree = self.tree, {message.id: message for message in messages}
        self.tree.update(known)
        self._versions = _versions(self.tree.values())

    def show_earlier(self, at_once: int = sys.maxsize) -> Iterator[None]:
        """Show what is above the first message on show, so many at each step."""
        while earlier := [*islice(self._above(), at_once)]:
            self.shown.insert(0, *reversed(earlier))
            yield
        self.is_whole = True

    def siblings(self, message: Message) -> list[MessageId]:
        """The messages that answer the same one, itself among them, oldest first."""
        same = self._versions.get(message.parent_id, [message.id])
        return siblings((self.tree[each] for each in same if each in self.tree), message.id)

    def show(self, head_id: MessageId | None) -> None:
        self.shown.assign(branch(self.tree.values(), head_id))

    def put(self, message: Message) -> None:
        """Add or replace a message; a new child of the shown branch's end extends it."""
        is_new = message.id not in self.tree
        self.tree[message.id] = message
        if is_new:
            self._note_version(message.parent_id)
        if message.id in self.shown:
            self.shown.replace(message)
        elif is_new and message.parent_id == (self.shown[-1].id if len(self.shown) else None):
            self.shown.append(message)

    def _above(self) -> Iterator[Message]:
        """What is not on show above the first message, upwards."""
        first_id = self.shown[0].parent_id if len(self.shown) else None
        return takewhile(lambda each: each.id not in self.shown, way_back(self.tree, first_id))

    def _note_version(self, parent_id: MessageId | None) -> None:
        same = [message.id for message in self.tree.values() if message.parent_id == parent_id]
        if len(same) > 1:
            self._versions[parent_id] = same


class Conversations:
    """The list of conversations, newest first, and those that were opened lately.

    `shown` tells of every message that is new or has changed.
    """

    shown = Signal(object)

    def __init__(self, repository: ConversationRepository) -> None:
        self._repository = repository
        self.records: Records[Conversation] = Records(repository.list())
        self.trash: Records[Conversation] = Records(repository.deleted())
        self.troubled: Value[frozenset[ConversationId]] = Value(repository.troubled())
        self._open: dict[ConversationId, OpenConversation] = {}
        # Read before anything is written: later what is queued would be missing.
        self._unfinished = repository.unfinished_messages()

    def open(self, conversation_id: ConversationId) -> OpenConversation:
        """The conversation's messages, read from the database unless opened lately."""
        found = self._open.pop(conversation_id, None) or self._read(conversation_id)
        if not found.is_damaged:
            self._open[conversation_id] = found
            self._close_oldest()
        return found

    def whole(self, conversation_id: ConversationId) -> OpenConversation:
        """The conversation with its whole tree, read now if need be."""
        opened = self.open(conversation_id)
        if not opened.is_whole:
            opened.take_in(self._repository.messages(conversation_id))
            for _ in opened.show_earlier():
                pass
        return opened

    async def complete(self, conversation_id: ConversationId) -> None:
        """Read what `open` left out and show it, in pages between which the loop turns."""
        messages: list[Message] = []
        for page in self._repository.pages(conversation_id):
            messages += page
            await asyncio.sleep(0)
        opened = self._open.get(conversation_id)
        if opened is None or opened.is_whole:
            return
        opened.take_in(messages)
        for _ in opened.show_earlier(SHOWN_AT_ONCE):
            await asyncio.sleep(0)

    def parent(self, answer: Message) -> Message:
        assert answer.parent_id is not None, "an answer answers something"
        return self.whole(answer.conversation_id).tree[answer.parent_id]

    def siblings(self, message: Message) -> list[MessageId]:
        """The messages that answer the same one, itself among them, oldest first."""
        return self.open(message.conversation_id).siblings(message)

    def has_branches(self, conversation_id: ConversationId) -> bool:
        """Whether a message has other versions; nothing is opened for that."""
        opened = self._open.get(conversation_id)
        if opened is not None and (opened.is_whole or opened.has_branches):
            return opened.has_branches
        try:
            return self._repository.has_branches(conversation_id)
        except StorageError:
            return False

    def find_message(self, message_id: str) -> Message | None:
        """A message of an open conversation."""
        trees = (conversation.tree for conversation in self._open.values())
        return next((tree[MessageId(message_id)] for tree in trees if message_id in tree), None)

    def message(self, message_id: MessageId) -> Message | None:
        """Any message, read from the database where its conversation is not open."""
        return self.find_message(message_id) or self._repository.message(message_id)

    def create(self, profile_id: ProfileId) -> Conversation:
        """A new conversation at the top; one that nobody wrote in is used again."""
        untouched = next((c for c in self.records if is_untouched(c)), None)
        if untouched is not None:
            return self.change(untouched, profile_id=profile_id)
        now = utc_now()
        conversation = Conversation(
            id=ConversationId(new_id()),
            profile_id=profile_id,
            title="",
            created_at=now,
            updated_at=now,
        )
        self.records.insert(0, conversation)
        self._repository.save(conversation)
        return conversation

    def change(self, conversation: Conversation, **fields: object) -> Conversation:
        """Replace the named fields of the newest state of a conversation."""
        current = self.records.get(conversation.id) or conversation
        changed = replace(current, **fields)  # type: ignore[arg-type]  # checked by replace itself
        if changed != current:
            self.records.replace(changed)
            self._repository.save(changed)
        return changed

    def touch(self, conversation: Conversation, **fields: object) -> Conversation:
        """Change it and bring it to the top of the list."""
        changed = self.change(conversation, updated_at=utc_now(), **fields)
        if self.records.row(changed.id) != 0:
            # Not taken out and put in again: whoever shows it would think it was deleted.
            others = [record for record in self.records if record.id != changed.id]
            self.records.assign([changed, *others])
        return changed

    def held(self) -> dict[ConversationId, list[Message]]:
        """The messages of the open conversations, which the disk may be behind of.

        Of those that are not whole it is the newest ones.
        """
        return {key: list(conversation.tree.values()) for key, conversation in self._open.items()}

    def adopt(self, conversations: Iterable[Conversation]) -> None:
        """List conversations that are stored already, each at its place, in one change."""
        known = [*conversations, *self.records]
        known.sort(key=lambda conversation: conversation.updated_at, reverse=True)
        self.records.assign(known)

    def in_folder(self, folder: str) -> set[ConversationId]:
        """The conversations in a folder, archived ones and those in the trash among them."""
        every = (*self.records, *self.trash)
        return {conversation.id for conversation in every if conversation.folder == folder}

    def file(self, conversation_ids: Collection[ConversationId], folder: str) -> None:
        """Move conversations, those in the trash too, into a folder, in one change."""
        for records in (self.records, self.trash):
            if any(conversation_id in records for conversation_id in conversation_ids):
                records.assign(
                    replace(record, folder=folder) if record.id in conversation_ids else record
                    for record in list(records)
                )
        self._repository.set_folder(conversation_ids, folder)

    def take_out(self, conversation: Conversation) -> None:
        """Move it to the trash."""
        deleted = replace(conversation, deleted_at=utc_now())
        self.records.remove(conversation.id)
        self.trash.insert(0, deleted)
        self._repository.save(deleted)

    def put_back(self, conversation: Conversation) -> None:
        """Move it from the trash to its place in the list."""
        kept = replace(conversation, deleted_at=None)
        rows = enumerate(self.records)
        row = next((i for i, c in rows if c.updated_at <= kept.updated_at), None)
        self.trash.remove(kept.id)
        self.records.insert(len(self.records) if row is None else row, kept)
        self._repository.save(kept)

    def purge(self, conversation: Conversation) -> None:
        """Erase what is in the trash, with its messages."""
        self.trash.remove(conversation.id)
        self._open.pop(conversation.id, None)
        self._repository.delete_forever(conversation.id)

    def first_words(self, conversation: Conversation) -> str:
        """How it begins: at most 200 characters of its first message."""
        try:
            return self._repository.first_words(conversation.id)
        except StorageError:
            return ""

    def put(self, message: Message) -> Message:
        """Show a message and store it."""
        self.show(message)
        self._repository.save_message(message)
        self._note_trouble(message)
        return message

    def show(self, message: Message) -> None:
        """Show a message whose text is stored by the journal."""
        self.open(message.conversation_id).put(message)
        self.shown.emit(message)

    def journal(self, message: Message) -> None:
        self._repository.save_text(message.id, message.text)

    async def saved(self, patience_seconds: float) -> None:
        """Wait until all that was stored is on the disk, or can't be for now."""
        await self._repository.saved(patience_seconds)

    def take_unfinished(self) -> list[Message]:
        """Messages an earlier run left sending or streaming; told once."""
        unfinished, self._unfinished = self._unfinished, []
        return unfinished

    def is_damaged(self, conversation_id: ConversationId) -> bool:
        """Whether it can't be read, which the database told of."""
        return self.open(conversation_id).is_damaged

    def _read(self, conversation_id: ConversationId) -> OpenConversation:
        try:
            return self._read_sound(conversation_id)
        except StorageError:
            return OpenConversation([], None, is_damaged=True)

    def _read_sound(self, conversation_id: ConversationId) -> OpenConversation:
        conversation = self.records.get(conversation_id) or self.trash.get(conversation_id)
        head_id = conversation.head_id if conversation else None
        count = self._repository.message_count(conversation_id)
        if head_id is None or count <= NEWEST_MESSAGES:
            return OpenConversation(self._repository.messages(conversation_id), head_id)
        newest = self._repository.newest(conversation_id, head_id, NEWEST_MESSAGES)
        return OpenConversation(newest, head_id, is_whole=False)

    def _note_trouble(self, newest: Message) -> None:
        troubled, this = self.troubled.value, {newest.conversation_id}
        has_failed = newest.failure is not None and not newest.status.is_live
        self.troubled.set(troubled | this if has_failed else troubled - this)

    def _close_oldest(self) -> None:
        if len(self._open) <= OPEN_CONVERSATIONS or self._repository.has_unsaved():
            return
        idle = [key for key, conversation in self._open.items() if conversation.is_idle]
        for key in idle[: max(0, len(self._open) - OPEN_CONVERSATIONS)]:
            del self._open[key]


def _versions(messages: Collection[Message]) -> dict[MessageId | None, list[MessageId]]:
    """The messages that answer the same one, or none, where there are several."""
    counts = Counter(message.parent_id for message in messages)
    versions = defaultdict(list)
    for message in messages:
        if counts[message.parent_id] > 1:
            versions[message.parent_id].append(message.id)
    return dict(versions)


def is_untouched(conversation: Conversation) -> bool:
    """Whether nobody wrote anything in it yet."""
    is_blank = conversation.head_id is None and not conversation.draft
    is_kept = conversation.is_archived or bool(conversation.folder)
    return is_blank and not conversation.has_ways and not is_kept

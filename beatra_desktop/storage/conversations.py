"""Conversations and messages on disk."""

import asyncio
import builtins
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus
from beatra_desktop.domain.ids import ConversationId, MessageId, ProfileId
from beatra_desktop.domain.requests import RequestState
from beatra_desktop.storage import index
from beatra_desktop.storage.codec import Table, valid_text
from beatra_desktop.storage.database import Database, Readable
from beatra_desktop.storage.errors import StorageError

CONVERSATIONS: Final = Table("conversations", Conversation)
MESSAGES: Final = Table("messages", Message)
_ASKED_AT_ONCE: Final = 500
PAGE_MESSAGES: Final = 500
"""What is read and decoded in a few milliseconds."""
_REPEATED: Final = tuple(
    MESSAGES.names.index(name)
    for name in (
        *("id", "conversation_id", "parent_id"),
        *("model_asked", "model", "finish_reason", "profile_id"),
    )
)
"""Where in a message's row stands what others have as well."""
_NEWEST: Final = f"""
    WITH RECURSIVE newest (id, parent_id, place) AS (
        SELECT id, parent_id, 1 FROM messages WHERE id = ?1
        UNION ALL
        SELECT m.id, m.parent_id, place + 1
        FROM newest CROSS JOIN messages AS m ON m.id = newest.parent_id
        WHERE place < ?2
    )
    SELECT messages.seq, {MESSAGES.columns}
    FROM newest CROSS JOIN messages ON messages.parent_id = newest.parent_id
    UNION ALL
    SELECT messages.seq, {MESSAGES.columns}
    FROM newest CROSS JOIN messages ON messages.parent_id IS NULL
    WHERE newest.parent_id IS NULL AND messages.conversation_id = ?3
"""
TROUBLED: Final = """
    SELECT c.id FROM messages AS m
    CROSS JOIN conversations AS c ON c.id = m.conversation_id AND c.head_id = m.id
    WHERE m.failure IS NOT NULL
"""
_PAGE: Final = "WHERE conversation_id = ? AND seq > ? ORDER BY seq LIMIT ?"
_LIVE: Final = [status.value for status in MessageStatus if status.is_live]
_FIRST_CHARACTERS: Final = 200
_OPEN: Final = [state.value for state in RequestState if state.is_open]


class ConversationRepository:
    """Writes are queued; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        # Only the newest text of a message waits for the writer: a long answer arrives faster than
        # it is saved again and again, and all its lengths together would fill the memory.
        self._growing: dict[MessageId, str] = {}

    def save(self, conversation: Conversation) -> None:
        row = CONVERSATIONS.row(conversation)
        title = valid_text(conversation.title)

        def job(connection: sqlite3.Connection) -> None:
            is_new_title = not index.has_title(connection, conversation.id, title)
            if is_new_title:
                index.take_out_title(connection, conversation.id)
            CONVERSATIONS.put(connection, row)
            if is_new_title:
                index.put_in_title(connection, conversation.id)

        self._database.write(job)

    def save_message(self, message: Message) -> None:
        """Store a message of a stored conversation; it can be found once it has ended."""
        row = MESSAGES.row(message)

        def job(connection: sqlite3.Connection) -> None:
            index.take_out_messages(connection, "id", message.id)
            MESSAGES.put(connection, row)
            index.put_in_message(connection, message.id)

        self._database.write(job)

    async def saved(self, patience_seconds: float) -> None:
        """Wait until all that was written is on the disk; no longer where the database says no."""
        if self._database.pending():
            with suppress(StorageError, TimeoutError):  # whoever opened the database is told of it
                async with asyncio.timeout(patience_seconds):
                    await self._database.durable()

    def save_text(self, message_id: MessageId, text: str) -> None:
        """Journal the text of a message that still grows; ignored once it has ended."""
        marks = ", ".join("?" for _ in _LIVE)
        sql = f"UPDATE messages SET text = ? WHERE id = ? AND status IN ({marks})"
        self._growing[message_id] = text
        taken: str | None = None

        def job(connection: sqlite3.Connection) -> None:
            # Run again after a failed commit it writes what it took then, or what is newer by now.
            nonlocal taken
            taken = self._growing.pop(message_id, taken)
            if taken is not None:
                _execute(connection, sql, valid_text(taken), message_id, *_LIVE)

        self._database.write(job)

    def set_folder(self, conversation_ids: Iterable[ConversationId], folder: str) -> None:
        """Move stored conversations, those in the trash too, into a folder; empty means none."""
        rows = [(valid_text(folder), conversation_id) for conversation_id in conversation_ids]
        sql = "UPDATE conversations SET folder = ? WHERE id = ?"
        self._database.write(lambda connection: _execute_all(connection, sql, rows))

    def add_all(self, trees: Iterable[tuple[Conversation, Sequence[Message]]]) -> None:
        """Store whole conversations that are not there yet: all of them, or none on a mistake."""
        trees = list(trees)

        def job(connection: sqlite3.Connection) -> None:
            for conversation, messages in trees:
                CONVERSATIONS.insert(connection, CONVERSATIONS.row(conversation))
                index.put_in_title(connection, conversation.id)
                for message in messages:
                    MESSAGES.insert(connection, MESSAGES.row(message))
                    index.put_in_message(connection, message.id)

        self._database.write(job)

    def delete_forever(self, conversation_id: ConversationId) -> None:
        """Erase the conversation, its messages, and what their settled requests still hold."""

        def job(connection: sqlite3.Connection) -> None:
            index.take_out_messages(connection, "conversation_id", conversation_id)
            index.take_out_title(connection, conversation_id)
            _erase_bodies(connection, conversation_id)
            _execute(connection, "DELETE FROM conversations WHERE id = ?", conversation_id)

        self._database.write(job)

    def has_unsaved(self) -> bool:
        """Whether something written can't be read back yet."""
        return self._database.pending()

    def messages(self, conversation_id: ConversationId) -> builtins.list[Message]:
        """The whole tree of a conversation, in the order it was written."""
        return _messages(self._database, conversation_id)

    @contextmanager
    def reading(self) -> Iterator["MessageReader"]:
        """Reads what is committed in the thread that asks, for as long as the block lasts."""
        with self._database.reading() as reader:
            yield MessageReader(reader)

    def message_count(self, conversation_id: ConversationId) -> int:
        sql = "SELECT count(*) FROM messages WHERE conversation_id = ?"
        return int(self._database.rows(sql, (conversation_id,))[0][0])

    def has_branches(self, conversation_id: ConversationId) -> bool:
        """Whether two of its messages answer the same one, or both none."""
        sql = (
            "SELECT count(*) > count(DISTINCT ifnull(parent_id, '')) "
            "FROM messages WHERE conversation_id = ?"
        )
        return bool(self._database.rows(sql, (conversation_id,))[0][0])

    def pages(self, conversation_id: ConversationId) -> Iterator[builtins.list[Message]]:
        """The same tree in pages of 500, each read when it is asked for."""
        sql = f"SELECT messages.seq, {MESSAGES.columns} FROM messages {_PAGE}"
        last = -1
        while page := self._database.records(
            _numbering(conversation_id), sql, (conversation_id, last, PAGE_MESSAGES)
        ):
            last, _ = page[-1]
            yield [message for _, message in page]

    def newest(
        self, conversation_id: ConversationId, head_id: MessageId, limit: int
    ) -> builtins.list[Message]:
        """The last `limit` messages of the branch that ends in `head_id`, and their siblings."""
        limits = (head_id, limit, conversation_id)
        found = self._database.records(_numbering(conversation_id), _NEWEST, limits)
        return [message for _, message in sorted(found, key=lambda pair: pair[0])]

    def message(self, message_id: MessageId) -> Message | None:
        found = self._database.records(
            MESSAGES.record, MESSAGES.select("WHERE id = ?"), (message_id,)
        )
        return found[0] if found else None

    def unfinished_messages(self) -> builtins.list[Message]:
        """Messages that were being sent or streamed, oldest first."""
        sql = MESSAGES.select("WHERE status IN ('sending', 'streaming') ORDER BY seq")
        return self._database.records(MESSAGES.record, sql)

    def first_words(self, conversation_id: ConversationId) -> str:
        """How the conversation begins: at most 200 characters of its first message."""
        sql = (
            "SELECT substr(text, 1, ?) FROM messages WHERE conversation_id = ? ORDER BY seq LIMIT 1"
        )
        rows = self._database.rows(sql, (_FIRST_CHARACTERS, conversation_id))
        return rows[0][0] if rows else ""

    def troubled(self) -> frozenset[ConversationId]:
        """The conversations whose newest message on show failed or broke off."""
        return frozenset(ConversationId(row[0]) for row in self._database.rows(TROUBLED))

    def list(
        self, profile_id: ProfileId | None = None, *, include_deleted: bool = False
    ) -> builtins.list[Conversation]:
        """The conversations of one profile or of all, the last changed first."""
        sql = CONVERSATIONS.select(
            "WHERE (?1 IS NULL OR profile_id = ?1) AND (?2 OR deleted_at IS NULL) "
            "ORDER BY updated_at DESC, seq DESC"
        )
        parameters = (profile_id, include_deleted)
        return self._database.records(CONVERSATIONS.record, sql, parameters)

    def deleted(self) -> builtins.list[Conversation]:
        """The conversations in the trash, the last deleted first."""
        sql = CONVERSATIONS.select("WHERE deleted_at IS NOT NULL ORDER BY deleted_at DESC")
        return self._database.records(CONVERSATIONS.record, sql)


class MessageReader:
    """Messages read outside of the main thread; raises StorageError."""

    def __init__(self, source: Readable) -> None:
        self._source = source

    def messages(self, conversation_id: ConversationId) -> list[Message]:
        """The whole tree of a conversation, in the order it was written."""
        return _messages(self._source, conversation_id)

    def known(self, message_ids: Sequence[MessageId]) -> set[str]:
        """Which of these ids messages have, of whatever conversation."""
        found: set[str] = set()
        for first in range(0, len(message_ids), _ASKED_AT_ONCE):
            asked = message_ids[first : first + _ASKED_AT_ONCE]
            marks = ", ".join("?" for _ in asked)
            rows = self._source.rows(f"SELECT id FROM messages WHERE id IN ({marks})", asked)
            found.update(row[0] for row in rows)
        return found


def _numbering(conversation_id: ConversationId) -> Callable[[Sequence[Any]], tuple[int, Message]]:
    """Reads messages behind their places; ids and names, which many of them have, are kept once."""
    known: dict[Any, Any] = {conversation_id: conversation_id}

    def numbered(row: Sequence[Any]) -> tuple[int, Message]:
        place, *values = row
        for field in _REPEATED:
            values[field] = known.setdefault(values[field], values[field])
        return place, MESSAGES.record(values)

    return numbered


def _messages(source: Readable, conversation_id: ConversationId) -> list[Message]:
    sql = MESSAGES.select("WHERE conversation_id = ? ORDER BY seq")
    return source.records(MESSAGES.record, sql, (conversation_id,))


def _erase_bodies(connection: sqlite3.Connection, conversation_id: str) -> None:
    marks = ", ".join("?" for _ in _OPEN)
    owned = "owner_id IN (SELECT id FROM messages WHERE conversation_id = ?)"
    sql = f"UPDATE requests SET body = x'' WHERE {owned} AND state NOT IN ({marks})"
    _execute(connection, sql, conversation_id, *_OPEN)


def _execute(connection: sqlite3.Connection, sql: str, *parameters: str) -> None:
    connection.execute(sql, parameters)


def _execute_all(connection: sqlite3.Connection, sql: str, rows: Iterable[tuple[str, ...]]) -> None:
    connection.executemany(sql, rows)

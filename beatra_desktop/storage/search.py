"""Finding titles, messages and songs.

Results come newest first, which the index yields without ranking: the first 50 of a common word
cost as little as those of a rare one.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from beatra_desktop.domain.ids import ConversationId, MessageId, TaskId
from beatra_desktop.domain.search import Hit
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.beginnings import words_of_messages
from beatra_desktop.storage.codec import time_at, valid_text
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.index import SONG_WORDS, rebuild, song_text
from beatra_desktop.storage.words import excerpt, match_expression, terms

_FIND_MESSAGES: Final = """
    SELECT m.created_at, c.id, m.id, c.title, m.text, c.is_archived
    FROM messages_fts AS f
    CROSS JOIN messages AS m ON m.seq = f.rowid
    CROSS JOIN conversations AS c ON c.id = m.conversation_id
    WHERE messages_fts MATCH ? AND c.deleted_at IS NULL
    ORDER BY f.rowid DESC LIMIT ?
"""
_FIND_TITLES: Final = """
    SELECT c.updated_at, c.id, NULL, c.title, c.title, c.is_archived
    FROM titles_fts AS f
    CROSS JOIN conversations AS c ON c.seq = f.rowid
    WHERE titles_fts MATCH ? AND c.deleted_at IS NULL
    ORDER BY f.rowid DESC LIMIT ?
"""
_FIND_SONGS: Final = f"""
    SELECT tasks.created_at, tasks.id, {SONG_WORDS}
    FROM tasks_fts AS f
    CROSS JOIN tasks ON tasks.seq = f.rowid
    WHERE tasks_fts MATCH ? AND tasks.removed_at IS NULL
    ORDER BY f.rowid DESC LIMIT ?
"""
_FIND_TASKS: Final = """
    SELECT tasks.id FROM tasks_fts AS f
    CROSS JOIN tasks ON tasks.seq = f.rowid
    WHERE tasks_fts MATCH ?
"""


class SearchRepository:
    """May be asked in any thread; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reader = database.reader()

    def find(self, query: str, limit: int = 50) -> list[Hit]:
        """The newest places that have all words of the query, or words that begin like them.

        Any text is a valid query. A hit in a title bears the time of the conversation's last
        change. What is in the trash, and songs that were removed, are left out.
        """
        found = terms(valid_text(query))
        if not found:
            return []
        newest = sorted(self._rows(found, limit), key=lambda pair: pair[1][0], reverse=True)
        return [make(row, found) for make, row in newest[:limit]]

    def _rows(self, found: list[str], limit: int) -> list[tuple["_Make", Sequence[Any]]]:
        said = partial(words_of_messages, self._reader)
        try:
            in_messages = match_expression(found, said)
            kinds = (
                (_FIND_TITLES, match_expression(found), _chat_hit),
                (_FIND_MESSAGES, in_messages, _chat_hit),
                (_FIND_SONGS, match_expression(found), _song_hit),
            )
            return [
                (make, row)
                for sql, expression, make in kinds
                for row in self._reader.rows(sql, (expression, limit))
            ]
        except StorageError as error:
            if error.reason is StorageProblem.CORRUPT:
                self._database.write(rebuild)
            raise


class SongSearchRepository:
    """May be asked in any thread; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reader = database.reader()

    def tasks(self, query: str) -> frozenset[TaskId]:
        """All tasks, also removed ones, whose songs have all words of the query or such beginnings.

        Any text is a valid query. Raises StorageError.
        """
        found = terms(valid_text(query))
        if not found:
            return frozenset()
        try:
            rows = self._reader.rows(_FIND_TASKS, (match_expression(found),))
        except StorageError as error:
            if error.reason is StorageProblem.CORRUPT:
                self._database.write(rebuild)
            raise
        return frozenset(TaskId(task_id) for (task_id,) in rows)


_Make = Callable[[Sequence[Any], list[str]], Hit]


def _chat_hit(row: Sequence[Any], found: list[str]) -> Hit:
    created_at, conversation_id, message_id, title, text, is_archived = row
    return Hit(
        conversation_id=ConversationId(conversation_id),
        message_id=None if message_id is None else MessageId(message_id),
        title=title,
        snippet=excerpt(text, found),
        created_at=time_at(created_at),
        is_archived=bool(is_archived),
    )


def _song_hit(row: Sequence[Any], found: list[str]) -> Hit:
    created_at, task_id, title, prompt, *others = row
    return Hit(
        task_id=TaskId(task_id),
        title=" ".join((title or prompt).split()),
        snippet=excerpt(song_text(title, prompt, *others), found),
        created_at=time_at(created_at),
    )

"""The search index over titles and messages: what goes in, what comes out, what is found.

A message is indexed once, when it has ended. Results come newest first, which the index yields
without ranking: the first 50 of a common word cost as little as those of a rare one.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from beatra_desktop.domain.chat import Hit, MessageStatus
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.storage.codec import time_at, valid_text
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.words import excerpt, match_expression, spaced, terms

_ENDED: Final = [status.value for status in MessageStatus if not status.is_live]
_IS_ENDED: Final = f"status IN ({', '.join('?' for _ in _ENDED)})"
_FIND_MESSAGES: Final = """
    SELECT m.conversation_id, m.id, c.title, m.text, m.created_at
    FROM messages_fts AS f
    CROSS JOIN messages AS m ON m.seq = f.rowid
    CROSS JOIN conversations AS c ON c.id = m.conversation_id
    WHERE messages_fts MATCH ? AND c.deleted_at IS NULL
    ORDER BY f.rowid DESC LIMIT ?
"""
_FIND_TITLES: Final = """
    SELECT c.id, NULL, c.title, c.title, c.updated_at
    FROM titles_fts AS f
    CROSS JOIN conversations AS c ON c.seq = f.rowid
    WHERE titles_fts MATCH ? AND c.deleted_at IS NULL
    ORDER BY f.rowid DESC LIMIT ?
"""


def find(database: Database, query: str, limit: int) -> list[Hit]:
    """The newest places that have all words of the query, or words that begin like them.

    A hit in a title has no message and bears the time of the conversation's last change.
    """
    found = terms(valid_text(query))
    if not found:
        return []
    parameters = (match_expression(found), limit)
    rows = database.rows(_FIND_TITLES, parameters) + database.rows(_FIND_MESSAGES, parameters)
    newest = sorted(rows, key=lambda row: row[-1], reverse=True)[:limit]
    return [_hit(row, found) for row in newest]


def has_title(connection: sqlite3.Connection, conversation_id: str, title: str) -> bool:
    known = _title(connection, conversation_id)
    return known is not None and known[1] == title


def take_out_title(connection: sqlite3.Connection, conversation_id: str) -> None:
    """To be called before the title changes or goes: the index needs the text it was given."""
    if (known := _title(connection, conversation_id)) is not None:
        _delete(connection, "titles_fts", *known)


def put_in_title(connection: sqlite3.Connection, conversation_id: str) -> None:
    if (known := _title(connection, conversation_id)) is not None:
        _insert(connection, "titles_fts", *known)


def take_out_messages(connection: sqlite3.Connection, where: str, value: str) -> None:
    """To be called before indexed messages change or go."""
    rows = connection.execute(
        f"SELECT seq, text FROM messages WHERE is_indexed AND {where} = ?", (value,)
    )
    for seq, text in rows.fetchall():
        _delete(connection, "messages_fts", seq, text)
        connection.execute("UPDATE messages SET is_indexed = 0 WHERE seq = ?", (seq,))


def put_in_message(connection: sqlite3.Connection, message_id: str) -> None:
    """Index the message if it has ended."""
    row = connection.execute(
        f"SELECT seq, text FROM messages WHERE id = ? AND NOT is_indexed AND {_IS_ENDED}",
        (message_id, *_ENDED),
    ).fetchone()
    if row is not None:
        _insert(connection, "messages_fts", *row)
        connection.execute("UPDATE messages SET is_indexed = 1 WHERE seq = ?", row[:1])


def rebuild(connection: sqlite3.Connection) -> None:
    """Index everything anew."""
    connection.execute("INSERT INTO messages_fts (messages_fts) VALUES ('delete-all')")
    connection.execute("INSERT INTO titles_fts (titles_fts) VALUES ('delete-all')")
    for seq, title in connection.execute("SELECT seq, title FROM conversations"):
        _insert(connection, "titles_fts", seq, title)
    ended = connection.execute(f"SELECT seq, text FROM messages WHERE {_IS_ENDED}", _ENDED)
    for seq, text in ended:
        _insert(connection, "messages_fts", seq, text)
    connection.execute(f"UPDATE messages SET is_indexed = {_IS_ENDED}", _ENDED)


def _title(connection: sqlite3.Connection, conversation_id: str) -> tuple[int, str] | None:
    row: tuple[int, str] | None = connection.execute(
        "SELECT seq, title FROM conversations WHERE id = ?", (conversation_id,)
    ).fetchone()
    return row


def _insert(connection: sqlite3.Connection, table: str, seq: int, text: str) -> None:
    connection.execute(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", (seq, spaced(text)))


def _delete(connection: sqlite3.Connection, table: str, seq: int, text: str) -> None:
    connection.execute(
        f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)", (seq, spaced(text))
    )


def _hit(row: Sequence[Any], found: list[str]) -> Hit:
    conversation_id, message_id, title, text, created_at = row
    return Hit(
        conversation_id=ConversationId(conversation_id),
        message_id=None if message_id is None else MessageId(message_id),
        title=title,
        snippet=excerpt(text, found),
        created_at=time_at(created_at),
    )

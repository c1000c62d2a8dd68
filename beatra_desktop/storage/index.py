"""Keeping the search index in step with titles and messages.

A message is indexed once, when it has ended. The index can always be made anew from the tables, and
is when it is found damaged: it must neither lose a message nor hold up the writes behind it.
"""

import sqlite3
from typing import Final

from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.storage.words import spaced

_ENDED: Final = [status.value for status in MessageStatus if not status.is_live]
_IS_ENDED: Final = f"status IN ({', '.join('?' for _ in _ENDED)})"


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

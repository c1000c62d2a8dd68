"""Keeping the search index in step with titles, messages and songs.

A message is indexed once, when it has ended. The index can always be made anew from the tables, and
is when it is found damaged: it must neither lose a message nor hold up the writes behind it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.storage.words import spaced

_ENDED: Final = [status.value for status in MessageStatus if not status.is_live]
_IS_ENDED: Final = f"status IN ({', '.join('?' for _ in _ENDED)})"
_INDEXES: Final = ("messages_fts", "titles_fts", "tasks_fts")
# Rows whose JSON is damaged have no words: they must not stand in the way of the others.
_PROMPT: Final = "iif(json_valid(tasks.prompt), tasks.prompt, '{}')"
SONG_WORDS: Final = f"""
    json_extract({_PROMPT}, '$.title'),
    json_extract({_PROMPT}, '$.prompt'),
    json_extract({_PROMPT}, '$.lyrics'),
    (SELECT group_concat(clips.title, char(10)) FROM clips WHERE clips.task_id = tasks.id)
"""
"""The columns of a query on `tasks` of which `song_text` makes what is indexed."""


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


@contextmanager
def following_task(connection: sqlite3.Connection, task_id: str) -> Iterator[None]:
    """Index a task anew if what is done to it, or to its clips, changes its words."""
    before = _song(connection, task_id)
    yield
    after = _song(connection, task_id)
    if before == after:
        return
    if before is not None:
        _delete(connection, "tasks_fts", *before)
    if after is not None:
        _insert(connection, "tasks_fts", *after)


def catch_up(connection: sqlite3.Connection) -> None:
    """Index the tasks if none is: they can be older than their index."""
    [(is_empty,)] = connection.execute("SELECT NOT EXISTS (SELECT 1 FROM tasks_fts_idx)")
    if is_empty:
        connection.execute("BEGIN IMMEDIATE")
        _put_in_tasks(connection)
        connection.execute("COMMIT")


def song_text(title: str, prompt: str, lyrics: str, clip_titles: str | None) -> str:
    """What a song can be found by: title, prompt, lyrics and other titles of its clips."""
    parts = (title, prompt, lyrics, *(clip_titles or "").splitlines())
    return " · ".join(dict.fromkeys(part for part in parts if part))


def rebuild(connection: sqlite3.Connection) -> None:
    """Index everything anew."""
    for table in _INDEXES:
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
    _put_in_tasks(connection)
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


def _put_in_tasks(connection: sqlite3.Connection) -> None:
    for seq, *words in connection.execute(f"SELECT seq, {SONG_WORDS} FROM tasks"):
        _insert(connection, "tasks_fts", seq, song_text(*words))


def _song(connection: sqlite3.Connection, task_id: str) -> tuple[int, str] | None:
    row = connection.execute(
        f"SELECT seq, {SONG_WORDS} FROM tasks WHERE id = ?", (task_id,)
    ).fetchone()
    return None if row is None else (row[0], song_text(*row[1:]))


def _insert(connection: sqlite3.Connection, table: str, seq: int, text: str) -> None:
    connection.execute(f"INSERT INTO {table} (rowid, words) VALUES (?, ?)", (seq, spaced(text)))


def _delete(connection: sqlite3.Connection, table: str, seq: int, text: str) -> None:
    connection.execute(
        f"INSERT INTO {table} ({table}, rowid, words) VALUES ('delete', ?, ?)", (seq, spaced(text))
    )

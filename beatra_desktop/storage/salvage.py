"""Reading a damaged database row by row: whatever still makes sense goes into a sound one."""

import logging
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from beatra_desktop.storage import migrations
from beatra_desktop.storage.codec import NONSENSE, Table
from beatra_desktop.storage.conversations import CONVERSATIONS, MESSAGES
from beatra_desktop.storage.music import CLIPS, TASKS
from beatra_desktop.storage.music_presets import MUSIC_PRESETS
from beatra_desktop.storage.presets import PRESETS
from beatra_desktop.storage.profiles import PROFILES
from beatra_desktop.storage.requests import REQUESTS
from beatra_desktop.storage.uploads import UPLOADS

_RECORDS: Final[tuple[Table[Any], ...]] = (
    PROFILES, CONVERSATIONS, MESSAGES, UPLOADS, TASKS, CLIPS, REQUESTS, PRESETS, MUSIC_PRESETS,
)  # fmt: skip
_CODECS: Final = {table.name: table for table in _RECORDS}
_SEQ: Final = "seq"
_KEYS: Final = {
    **{table.name: _SEQ for table in _RECORDS},
    "playlists": _SEQ,
    "playlist_clips": _SEQ,
    "settings": "name",
    "answer_charges": "message_id",
}
TABLES: Final = tuple(_KEYS)
"""All tables but those of the search index, which is made anew."""

_log = logging.getLogger(__name__)


def take_over(target: sqlite3.Connection, path: Path, tables: Sequence[str]) -> tuple[str, ...]:
    """Copy the rows of these tables from a file that is changed by that.

    Rows that are there already stay as they are. Returns the tables that could not be read whole.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        source = _Source(connection)
        for table in tables:
            _copy(source, target, table)
    return tuple(name for name in tables if name in source.damaged)


class _Source:
    """A database that may break off anywhere."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.text_factory = lambda stored: stored.decode(errors="replace")
        self.damaged: set[str] = set()
        try:
            migrations.migrate(connection)
        except sqlite3.Error:
            _log.warning("The schema of a damaged database is not the newest", exc_info=True)

    def columns(self, table: str) -> dict[str, str]:
        """The table's columns, each with its default in SQL; none when they can't be read."""
        try:
            return _columns(self._connection, table)
        except sqlite3.DatabaseError:
            self._note(table)
            return {}

    def rows(self, table: str, wanted: str) -> Iterator[Sequence[Any]]:
        """What can be read of these columns; each row begins with its key."""
        key = _KEYS[table]
        sql = f"SELECT {key}, {wanted} FROM {table}"
        seen: set[object] = set()
        for row in self._from_both_ends(table, f"{sql} ORDER BY {key}"):
            seen.add(row[0])
            yield row
        if table in self.damaged and key == _SEQ:
            for seq in self._indexed(table):
                if seq not in seen:
                    yield from self._until_damage(table, f"{sql} WHERE seq = ?", (seq,))

    def _indexed(self, table: str) -> Iterator[int]:
        """What the index of the table's id knows, which tells what lies between damaged pages."""
        by = "playlist_id" if table == "playlist_clips" else _CODECS.get(table, PROFILES).key
        index = f"sqlite_autoindex_{table}_1"
        sql = f"SELECT seq FROM {table} INDEXED BY {index} ORDER BY {by}"
        yield from (row[0] for row in self._from_both_ends(table, sql))

    def _from_both_ends(self, table: str, sql: str) -> Iterator[Sequence[Any]]:
        """Up to the damage, then from the other end down to it."""
        is_whole = yield from self._until_damage(table, sql)
        if not is_whole:
            yield from self._until_damage(table, f"{sql} DESC")

    def _until_damage(
        self, table: str, sql: str, parameters: Sequence[Any] = ()
    ) -> Generator[Sequence[Any], None, bool]:
        """Returns whether there was none."""
        try:
            yield from self._connection.execute(sql, parameters)
        except sqlite3.DatabaseError:
            self._note(table)
            return False
        return True

    def _note(self, table: str) -> None:
        if table not in self.damaged:
            _log.warning("The table %s can't be read whole", table, exc_info=True)
            self.damaged.add(table)


def _copy(source: _Source, target: sqlite3.Connection, table: str) -> None:
    if not (known := source.columns(table)):
        return  # it is younger than the file
    codec = _CODECS.get(table)
    # Where damage kept the schema from being brought up to date, the new columns are not there.
    defaults = _columns(target, table)
    names = codec.names if codec else [name for name in defaults if name != _KEYS[table]]
    wanted = ", ".join(f'"{name}"' if name in known else defaults[name] for name in names)
    for row in source.rows(table, wanted):
        try:
            if codec is not None:
                codec.row(codec.record(row[1:]))
            _insert(target, table, names, row)
        except (*NONSENSE, sqlite3.IntegrityError):
            # The app could not read it: a flipped bit is not always an error to SQLite.
            _log.warning("A row of the table %s makes no sense", table)
            source.damaged.add(table)


def _insert(
    target: sqlite3.Connection, table: str, names: Sequence[str], row: Sequence[Any]
) -> None:
    """Where another row has its place by now, it goes to the end."""
    columns = ", ".join(f'"{name}"' for name in (_KEYS[table], *names))
    marks = ", ".join("?" for _ in row)
    sql = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"
    if not target.execute(sql, row).rowcount and _KEYS[table] == _SEQ:
        target.execute(sql, (None, *row[1:]))


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    rows = connection.execute("SELECT name, dflt_value FROM pragma_table_info(?)", (table,))
    return {name: default or "NULL" for name, default in rows}

"""Saving what can still be read from a damaged database."""

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from beatra_desktop.domain.chat import Conversation, Message, title_from
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.storage import index, migrations
from beatra_desktop.storage.backups import backups, stamp
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.conversations import CONVERSATIONS, MESSAGES
from beatra_desktop.storage.database import damage_note
from beatra_desktop.storage.errors import StorageError, StorageProblem, from_os, from_sqlite
from beatra_desktop.storage.music import CLIPS, TASKS
from beatra_desktop.storage.presets import PRESETS
from beatra_desktop.storage.profiles import PROFILES
from beatra_desktop.storage.requests import REQUESTS
from beatra_desktop.storage.uploads import UPLOADS

_RECORDS: Final[tuple[Table[Any], ...]] = (
    PROFILES, CONVERSATIONS, MESSAGES, UPLOADS, TASKS, CLIPS, REQUESTS, PRESETS,
)  # fmt: skip
_SETTINGS: Final = "settings"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What was done. `kept` is the damaged file, `damaged` the tables it did not give back whole.

    `rows` were read from the damaged file, `backup_rows` from `backup`.
    """

    kept: Path
    rows: int
    damaged: tuple[str, ...]
    backup: Path | None
    backup_rows: int


def recover(path: Path) -> Recovered:
    """Put a sound database in the place of a damaged one that nobody has open.

    All rows that can still be read are taken over. Tables with damage are completed from the
    newest readable backup, which can bring back what was deleted since. The damaged file is kept
    beside it. Takes as long as reading everything. Raises StorageError when there is no room or
    no right to write; the damaged file is still in its place then.
    """
    fresh = path.with_suffix(".rebuilt")
    try:
        fresh.unlink(missing_ok=True)
        kept = _keep(path)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as target:
            recovered = _rebuild(target, path, kept)
        _log_file(path).unlink(missing_ok=True)
        fresh.replace(path)
        damage_note(path).unlink(missing_ok=True)
    except OSError as error:
        raise from_os(error, path) from error
    except sqlite3.Error as error:
        problem = from_sqlite(error, path)
        raise problem or StorageError(StorageProblem.IO, path, detail=str(error)) from error
    return recovered


def _keep(path: Path) -> Path:
    """Copy the file and its log as they are: reading may change them."""
    kept = path.with_name(f"{path.stem}-damaged-{stamp()}.db")
    shutil.copy2(path, kept)
    if _log_file(path).exists():
        shutil.copy2(_log_file(path), _log_file(kept))
    return kept


def _log_file(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _rebuild(target: sqlite3.Connection, path: Path, kept: Path) -> Recovered:
    migrations.migrate(target)
    target.execute("BEGIN")
    before = target.total_changes
    damaged = _take_over(target, path, (*(table.name for table in _RECORDS), _SETTINGS))
    rows = target.total_changes - before
    backup = _complete(target, path, damaged) if damaged else None
    backup_rows = target.total_changes - before - rows
    _adopt_orphans(target)
    index.rebuild(target)
    target.execute("COMMIT")
    return Recovered(kept=kept, rows=rows, damaged=damaged, backup=backup, backup_rows=backup_rows)


def _complete(target: sqlite3.Connection, path: Path, damaged: Sequence[str]) -> Path | None:
    """Fill the damaged tables from the newest backup that can be read."""
    for backup in backups(path):
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            copy = Path(shutil.copy2(backup, folder))
            if len(_take_over(target, copy, damaged)) < len(damaged):
                return backup
    return None


def _take_over(target: sqlite3.Connection, path: Path, tables: Sequence[str]) -> tuple[str, ...]:
    """Copy the rows of these tables; the tables that could not be read whole."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        source = _Source(connection)
        for table in _RECORDS:
            if table.name in tables:
                _copy_records(source, target, table)
        if _SETTINGS in tables:
            _copy_settings(source, target)
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
            _log.warning("The columns of the table %s can't be read", table, exc_info=True)
            self.damaged.add(table)
            return {}

    def rows(self, table: str, columns: str, key: str) -> Iterator[Sequence[Any]]:
        """What can be read: up to the damage, then from the other end down to it."""
        sql = f"SELECT {columns} FROM {table} ORDER BY {key}"
        yield from self._until_damage(table, sql)
        if table in self.damaged:
            yield from self._until_damage(table, f"{sql} DESC")

    def _until_damage(self, table: str, sql: str) -> Iterator[Sequence[Any]]:
        try:
            yield from self._connection.execute(sql)
        except sqlite3.DatabaseError:
            _log.warning("The table %s can't be read whole", table, exc_info=True)
            self.damaged.add(table)


def _copy_records(source: _Source, target: sqlite3.Connection, table: Table[Any]) -> None:
    if not (known := source.columns(table.name)):
        return  # it is younger than the file
    # Where damage kept the schema from being brought up to date, the new columns are not there.
    defaults = _columns(target, table.name)
    wanted = ", ".join(f'"{name}"' if name in known else defaults[name] for name in table.names)
    names = ", ".join(f'"{name}"' for name in table.names)
    marks = ", ".join("?" for _ in table.names)
    sql = f"INSERT OR IGNORE INTO {table.name} (seq, {names}) VALUES (?, {marks})"
    for row in source.rows(table.name, f"seq, {wanted}", "seq"):
        try:
            table.row(table.record(row[1:]))
            target.execute(sql, row)
        except (
            KeyError,
            TypeError,
            ValueError,
            ArithmeticError,
            AttributeError,
            sqlite3.IntegrityError,
        ):
            # The app could not read it: a flipped bit is not always an error to SQLite.
            _log.warning("A row of the table %s makes no sense", table.name)
            source.damaged.add(table.name)


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    rows = connection.execute("SELECT name, dflt_value FROM pragma_table_info(?)", (table,))
    return {name: default or "NULL" for name, default in rows}


def _copy_settings(source: _Source, target: sqlite3.Connection) -> None:
    for row in source.rows(_SETTINGS, "name, value", "name"):
        target.execute("INSERT OR IGNORE INTO settings (name, value) VALUES (?, ?)", row)


def _adopt_orphans(target: sqlite3.Connection) -> None:
    """Give messages whose conversation is lost a new one; clips without a task stay as files."""
    target.execute("DELETE FROM clips WHERE task_id NOT IN (SELECT id FROM tasks)")
    lost = "conversation_id NOT IN (SELECT id FROM conversations)"
    orphans = MESSAGES.records(target.execute(MESSAGES.select(f"WHERE {lost} ORDER BY seq")))
    by_conversation: dict[ConversationId, list[Message]] = {}
    for message in orphans:
        by_conversation.setdefault(message.conversation_id, []).append(message)
    for messages in by_conversation.values():
        CONVERSATIONS.put(target, CONVERSATIONS.row(_conversation_of(messages)))


def _conversation_of(messages: Sequence[Message]) -> Conversation:
    return Conversation(
        id=messages[0].conversation_id,
        profile_id=SANDBOX_PROFILE_ID,
        title=title_from(messages[0].text),
        created_at=messages[0].created_at,
        updated_at=messages[-1].created_at,
        head_id=messages[-1].id,
    )

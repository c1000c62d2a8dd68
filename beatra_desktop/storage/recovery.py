"""Bringing a damaged database back: what can still be read of it, or a whole copy of before."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.chat import Conversation, Message, title_from
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.storage import index, migrations, wal
from beatra_desktop.storage.backups import Backup, backups, is_sound
from beatra_desktop.storage.conversations import CONVERSATIONS, MESSAGES
from beatra_desktop.storage.replacement import (
    KEPT_SIDE_FILES,
    beside,
    reading_folder,
    replacing,
)
from beatra_desktop.storage.salvage import TABLES, take_over

_FOLDER_MODE: Final = 0o700
_EXPOSE: Final = """
    UPDATE requests SET state = 'sent', sent_at = written_at
    WHERE state = 'written' AND sent_at IS NULL AND seq NOT IN temp.current
"""


class Recovered(Struct, frozen=True, kw_only=True):
    """What was done. `kept` is the damaged file, `damaged` the tables it did not give back whole.

    `rows` were read from the damaged file, `backup_rows` from `backup`.
    """

    kept: Path
    rows: int
    damaged: tuple[str, ...]
    backup: Backup | None
    backup_rows: int


def offered(path: Path) -> Backup | None:
    """The newest copy of the database that can still be relied on.

    Reads whole copies: not for the GUI thread.
    """
    return next((made for made in backups(path) if is_sound(made.path)), None)


def recover(path: Path) -> Recovered:
    """Put a sound database in the place of a damaged one that nobody has open.

    All rows that can still be read are taken over. Tables with damage are completed from the
    newest readable backup, which can bring back what was deleted since. The damaged file is kept
    beside it. Takes as long as reading everything. Raises StorageError when there is no room or
    no right to write; the damaged file is still in its place then, as it was.
    """
    with replacing(path) as (fresh, kept), closing(_connected(fresh)) as target:
        return _rebuild(target, path, kept)


def restore(path: Path, made: Backup) -> Recovered:
    """Put a copy in the place of a damaged database that nobody has open.

    The damaged file is kept beside it. Raises StorageError as `recover` does.
    """
    with replacing(path) as (fresh, kept):
        shutil.copyfile(made.path, fresh)
        with closing(_connected(fresh)) as target:
            migrations.migrate(target)
            target.execute("BEGIN")
            _remember_requests(target, "WHERE false")
            rows = sum(_count(target, table) for table in TABLES)
            target.execute(_EXPOSE)
            target.execute("COMMIT")
    return Recovered(kept=kept, rows=0, damaged=(), backup=made, backup_rows=rows)


@contextmanager
def _copied(source: Path, path: Path) -> Iterator[Path]:
    """A file and its log to read from, beside the database, because reading may change them."""
    folder = reading_folder(path)
    folder.mkdir(mode=_FOLDER_MODE)
    try:
        for each in (source, *beside(source, KEPT_SIDE_FILES)):
            if each.exists():
                shutil.copyfile(each, folder / each.name)
        yield folder / source.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _rebuild(target: sqlite3.Connection, path: Path, kept: Path) -> Recovered:
    migrations.migrate(target)
    target.execute("BEGIN")
    before = target.total_changes
    with _copied(path, path) as copy:
        damaged = _take_over_current(target, copy)
    rows = target.total_changes - before
    # Where all is in doubt, what was read may be as it was before the request left.
    _remember_requests(target, "WHERE false" if damaged == TABLES else "")
    backup = _complete(target, path, damaged) if damaged else None
    backup_rows = target.total_changes - before - rows
    target.execute(_EXPOSE)
    _adopt_orphans(target)
    index.rebuild(target)
    target.execute("COMMIT")
    return Recovered(kept=kept, rows=rows, damaged=damaged, backup=backup, backup_rows=backup_rows)


def _take_over_current(target: sqlite3.Connection, path: Path) -> tuple[str, ...]:
    """The damaged tables; all of them where the log is: what it held may belong to any."""
    [log] = beside(path, ["-wal"])
    if not log.exists() or not wal.is_damaged(log):
        return take_over(target, path, TABLES)
    wal.fold(log, path)
    take_over(target, path, TABLES)
    return TABLES


def _complete(target: sqlite3.Connection, path: Path, damaged: Sequence[str]) -> Backup | None:
    """Fill the damaged tables from the newest backup that can be read."""
    for made in backups(path):
        with _copied(made.path, path) as copy:
            if len(take_over(target, copy, damaged)) < len(damaged):
                return made
    return None


def _remember_requests(target: sqlite3.Connection, which: str = "") -> None:
    """Which requests are known as they were last; all others are as a copy knew them.

    What a copy knows as never sent may have left since: it must count as sent, or it could go out
    again when the service has forgotten its key, and be paid twice.
    """
    target.execute(f"CREATE TEMP TABLE current AS SELECT seq FROM requests {which}")


def _count(target: sqlite3.Connection, table: str) -> int:
    return int(target.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _adopt_orphans(target: sqlite3.Connection) -> None:
    """Give messages whose conversation is lost a new one; clips without a task stay as files."""
    target.execute("DELETE FROM clips WHERE task_id NOT IN (SELECT id FROM tasks)")
    target.execute(
        "DELETE FROM playlist_clips WHERE clip_id NOT IN (SELECT id FROM clips) "
        "OR playlist_id NOT IN (SELECT id FROM playlists)"
    )
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

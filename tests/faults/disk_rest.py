"""Files that were damaged while nobody had them open, and what a start makes of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, Final

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.backups import backup
from beatra_desktop.storage.codec import NONSENSE, Table
from beatra_desktop.storage.conversations import CONVERSATIONS, MESSAGES
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.storage.music import TASKS
from beatra_desktop.storage.recovery import offered, recover, restore
from beatra_desktop.storage.requests import REQUESTS
from tests.faults.campaign import Case
from tests.faults.disk_damage import RESTING, crashed_copy, fold_untouched
from tests.faults.disk_store import Key, Records, Store, opened
from tests.faults.disk_verdicts import Story

_TABLES: Final[dict[str, Table[Any]]] = {
    "chat": CONVERSATIONS,
    "message": MESSAGES,
    "request": REQUESTS,
    "task": TASKS,
}
_UNTOUCHED: Final = ("shared memory damaged", "settings make no sense", "power cut")
"""No byte of what was saved is changed, so nothing may have changed afterwards."""
MOST_STARTS: Final = 3
MOST_ROWS: Final = 120


def rest(case: Case, kind: str) -> Story:
    """Fill a database, copy it or not, go on, end in order or not, damage the files, start."""
    random = case.random
    story = Story(kind=f"at rest: {kind}")
    store = Store(random)
    is_of_log = "log" in kind
    path, backed = _filled(case.folder, store, random, is_unclean=is_of_log or None)
    before = crashed_copy(path, case.folder / "before")
    RESTING[kind](path, random)
    left = crashed_copy(path, case.folder / "left")
    if is_of_log:
        fold_untouched(before, left)
    readable = dict(_readable(left, store))
    mended, found = _started(path, random, story)
    match mended:
        case "recover" if is_of_log or kind == "bytes flipped":
            # What looks sound can be older than the copy, or changed: the copy is still offered.
            gone = store.missing(found, backed)
            story.lost += [each for each in gone if each.endswith("gone")]
            story.lost += store.missing(found, readable)
        case "recover":
            story.lost += [*store.missing(found, backed), *store.missing(found, readable)]
        case "restore":
            story.lost += store.missing(found, backed)
        case _ if is_of_log:
            story.lost += store.missing(found, readable)
        case _:
            lost = store.missing(found, store.confirmed)
            story.lost += [each for each in lost if kind in _UNTOUCHED or each.endswith("gone")]
    return story


def _filled(
    folder: Path, store: Store, random: Random, *, is_unclean: bool | None
) -> tuple[Path, Records]:
    """A database that was written to since its copy was made, and what that copy holds."""
    (folder / "data").mkdir()
    path = folder / "data" / "beatra.db"
    backed: Records = {}
    with closing(Database.open(path, on_error=store.problems.append)) as database:
        _write(store, database, random.randint(10, 60))
        if random.choice((True, True, False)):
            backup(path)
            backed = dict(store.confirmed)
        _write(store, database, random.randint(0, 25))
        if random.choice((True, False)) if is_unclean is None else is_unclean:
            path = crashed_copy(path, folder / "crashed")
    return path, backed


def _write(store: Store, database: Database, count: int) -> None:
    for _ in range(count):
        store.write(database)
    store.confirm(database)


def _started(path: Path, random: Random, story: Story) -> tuple[str, Records]:
    """Start, mending what the start-up problem offers to mend; how, and what is there then."""
    mended = "nothing"
    for _ in range(MOST_STARTS):
        try:
            return mended, opened(path)
        except StorageError as error:
            story.explain(error)
            if error.reason is not StorageProblem.CORRUPT:
                story.stuck.append(str(error))
        made = offered(path)
        if made is not None and random.choice((True, False)):
            restore(path, made)
            mended = "restore"
        else:
            recover(path)
            mended = "recover" if mended == "nothing" else mended
    story.stuck.append("it still does not start")
    return mended, {}


def _readable(path: Path, store: Store) -> Iterator[tuple[Key, Any]]:
    """What SQLite still gives of the damaged files, asked for row by row."""
    with closing(sqlite3.connect(path)) as connection:
        for kind, table in _TABLES.items():
            for seq in range(1, MOST_ROWS):
                try:
                    rows = connection.execute(table.select("WHERE seq = ?"), (seq,)).fetchall()
                    records = [table.record(row) for row in rows]
                except (sqlite3.Error, *NONSENSE):
                    continue
                for record in records:
                    versions = store.written.get((kind, record.id), [])
                    if record in versions:
                        yield (kind, record.id), record

"""Files and folders as a start may find them: old, new, in use, in the way, in odd places."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from random import Random
from typing import Final

import pytest

from beatra_desktop.domain import clock
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage import backups as backups_module
from beatra_desktop.storage import database as database_module
from beatra_desktop.storage.backups import backups
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.storage.migrations import NEWEST
from beatra_desktop.storage.recovery import offered, recover, restore
from tests.faults.campaign import Case
from tests.faults.disk_damage import RESTING
from tests.faults.disk_faults import file_limit, locked
from tests.faults.disk_store import Store, opened
from tests.faults.disk_verdicts import Story

FIXTURES: Final = Path(__file__).parents[1] / "storage" / "fixtures"
NOBODY: Final = 65534
_OPEN: Final = """
import sys
from pathlib import Path
from beatra_desktop.storage.database import Database
sys.stdin.readline()
Database.open(Path(sys.argv[1])).close()
"""
_ODD_NAMES: Final = (
    "with spaces and 'quotes\"", "emoji 🎵🌧", "مجلد من اليمين", "a?b=c&d#e%20f", "new\nline",
    "trailing. ", "-dash", "mode=ro", "海",
)  # fmt: skip


def open_it(case: Case, kind: str) -> Story:
    story = Story(kind=f"opening: {kind}")
    OPENING[kind](case.folder, case.random, story)
    return story


def _old_schema(folder: Path, random: Random, story: Story) -> None:
    """Brought up to date with a copy, whatever keeps it from that at first."""
    path, titles = _old(folder, random)
    before = path.read_bytes()
    hindrance = random.choice((file_limit, locked, None))
    with ExitStack() as stack:
        if hindrance is not None:
            stack.enter_context(_impatient())
            stack.enter_context(hindrance(path, random))
        _try_to_open(path, story)
    if hindrance is locked and path.read_bytes() != before:
        story.lost.append("the file was changed though it was locked")
    _expect_titles(path, titles, story)


def _killed_migration(folder: Path, random: Random, story: Story) -> None:
    path, titles = _old(folder, random)
    with subprocess.Popen([sys.executable, "-c", _OPEN, path], stdin=subprocess.PIPE) as process:
        assert process.stdin is not None, "opened as a pipe"
        process.stdin.write(b"\n")
        process.stdin.flush()
        with suppress(subprocess.TimeoutExpired):
            process.wait(random.random() * 0.4)
        process.send_signal(signal.SIGKILL)
    _expect_titles(path, titles, story)


def _damaged_old_schema(folder: Path, random: Random, story: Story) -> None:
    """A copy is made first, which finds the damage: the old file is not built upon."""
    path, _ = _old(folder, random)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    RESTING[random.choice(("pages zeroed", "file truncated", "header overwritten"))](path, random)
    for _ in range(2):
        if (problem := _try_to_open(path, story)) is None:
            return
        if problem.reason is not StorageProblem.CORRUPT:
            story.stuck.append(str(problem))
        made = offered(path)
        _ = recover(path) if made is None else restore(path, made)
    story.stuck.append("it still does not start")


def _newer_schema(folder: Path, random: Random, story: Story) -> None:
    path = folder / "beatra.db"
    Database.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + random.randint(1, 99)}")
    before = path.read_bytes()
    problem = _try_to_open(path, story)
    if problem is None or problem.reason is not StorageProblem.NEWER_SCHEMA:
        story.unexplained.append(f"not refused: {problem}")
    if path.read_bytes() != before or [each.name for each in folder.iterdir()] != [path.name]:
        story.lost.append("a newer file was changed")


def _in_use(folder: Path, random: Random, story: Story) -> None:
    """Waited for while that is bearable, else refused, and nothing was done to it."""
    path = folder / "beatra.db"
    store = Store(random)
    with closing(Database.open(path)) as database:
        for _ in range(random.randint(1, 20)):
            store.write(database)
        store.confirm(database)
    with _impatient(), locked(path, random):
        problem = _try_to_open(path, story)
        if problem is None or problem.reason is not StorageProblem.LOCKED:
            story.unexplained.append(f"not refused: {problem}")
    story.lost += store.missing(opened(path), store.confirmed)


def _no_rights(folder: Path, random: Random, story: Story) -> None:
    """Files and folders that may only be read, or not even that."""
    folder.chmod(0o755)
    home = folder / "home"
    home.mkdir()
    path = home / "beatra.db"
    Database.open(path).close()
    if os.geteuid() == 0:
        shutil.chown(home, NOBODY)
        shutil.chown(path, NOBODY)
    target, mode = random.choice(((home, 0o500), (home, 0), (path, 0o400), (path, 0)))
    before, content = target.stat().st_mode, path.read_bytes()
    target.chmod(mode)
    try:
        with _as_nobody():
            problem = _try_to_open(path, story)
    finally:
        target.chmod(before)
    if problem is None:
        story.unexplained.append("not refused")
    if path.read_bytes() != content:
        story.lost.append("the file was changed")


def _in_the_way(folder: Path, random: Random, story: Story) -> None:
    """Something else has the name of the file, of its folder, or of the folder of copies."""
    path = folder / "home" / "beatra.db"
    match random.randrange(5):
        case 0:
            path.mkdir(parents=True)
        case 1:
            path.parent.write_text("a file")
        case 2:
            path.parent.symlink_to(folder / "nowhere")
        case 3:
            path.parent.mkdir()
            path.symlink_to(folder / "nowhere" / "else.db")
        case _:
            (folder / "home").mkdir()
            shutil.copyfile(_old(folder, random)[0], path)
            (path.parent / "backups").write_text("a file")
    if _try_to_open(path, story) is None:
        story.unexplained.append("not refused")


def _odd_place(folder: Path, random: Random, story: Story) -> None:
    """Works as anywhere else."""
    home = folder.joinpath(*random.sample(_ODD_NAMES, k=random.randint(1, 3)))
    home.mkdir(parents=True)
    _work(home / "beatra.db", random, story)


def _long_path(folder: Path, random: Random, story: Story) -> None:
    """Works, or says that it is too long."""
    home = folder
    while len(os.fsencode(home)) < random.choice((300, 480, 520, 1000, 3000)):
        home /= "n" * random.randint(20, 200)
    home.mkdir(parents=True)
    path = home / "beatra.db"
    problem = _try_to_open(path, story)
    if problem is None:
        _work(path, random, story)
    elif problem.reason is not StorageProblem.PATH_TOO_LONG:
        story.unexplained.append(str(problem))


def _wrong_clock(folder: Path, random: Random, story: Story) -> None:
    """The day is another one now and then; nothing depends on it."""
    path = folder / "beatra.db"
    store = Store(random)
    for _ in range(3):
        with _clock_at(random.choice((1970, 2026, 2100))), closing(Database.open(path)) as database:
            for _ in range(5):
                store.write(database)
            store.confirm(database)
            made = backups_module.backup(path)
            if made not in backups(path):
                story.lost.append("the copy that was just made is gone")
    story.lost += store.missing(opened(path), store.confirmed)


OPENING: Final[dict[str, Callable[[Path, Random, Story], None]]] = {
    "older schema": _old_schema,
    "killed while the schema is brought up to date": _killed_migration,
    "older schema, damaged": _damaged_old_schema,
    "newer schema": _newer_schema,
    "in use by another process": _in_use,
    "rights missing": _no_rights,
    "something in the way": _in_the_way,
    "odd path": _odd_place,
    "long path": _long_path,
    "wrong clock": _wrong_clock,
}


def _work(path: Path, random: Random, story: Story) -> None:
    """Save, copy, end and find again."""
    store = Store(random)
    with closing(Database.open(path)) as database:
        for _ in range(random.randint(1, 20)):
            store.write(database)
        store.confirm(database)
        backups_module.backup(path)
    for problem in store.problems:
        story.unexplained.append(str(problem))
    story.lost += store.missing(opened(path), store.confirmed)
    path.write_bytes(b"no database")
    made = offered(path)
    if made is None:
        story.lost.append("no copy is offered")
        return
    restore(path, made)
    story.lost += store.missing(opened(path), store.confirmed)


def _old(folder: Path, random: Random) -> tuple[Path, list[str]]:
    path = folder / "beatra.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        dump = random.choice(sorted(FIXTURES.glob("v*.sql")))
        connection.executescript(dump.read_text("utf-8"))
        titles = connection.execute("SELECT title FROM conversations ORDER BY title").fetchall()
    return path, [title for (title,) in titles]


def _expect_titles(path: Path, titles: list[str], story: Story) -> None:
    with closing(Database.open(path)) as database:
        chats = ConversationRepository(database).list(include_deleted=True)
        if sorted(chat.title for chat in chats) != titles:
            story.lost.append("conversations of the older schema")
    if not any(made.before_update for made in backups(path)):
        story.lost.append("there is no copy of before the update")


def _try_to_open(path: Path, story: Story) -> StorageError | None:
    try:
        opened(path)
    except StorageError as error:
        story.explain(error)
        return error
    return None


@contextmanager
def _impatient() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "OPEN_TIMEOUT_SECONDS", 0.1)
        yield


@contextmanager
def _as_nobody() -> Iterator[None]:
    """Even root may not do everything then."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@contextmanager
def _clock_at(year: int) -> Iterator[None]:
    class There(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "There":
            return cls(year, 1, 1, 0, 0, 1, datetime.now(UTC).microsecond, tzinfo=tz)

    with pytest.MonkeyPatch.context() as patch:
        for module in (clock, backups_module):
            patch.setattr(module, "datetime", There)
        yield

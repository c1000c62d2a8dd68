import asyncio
import logging
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from beatra_desktop.domain.chat import Conversation, Message
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage import database as database_module
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import (
    READ_CACHE_KB,
    Database,
    StorageError,
    damage_note,
)
from beatra_desktop.storage.migrations import NEWEST
from beatra_desktop.storage.recovery import recover
from beatra_desktop.storage.settings import SettingsRepository

POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@contextmanager
def script(text: str, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    """A Python program that runs beside the test and is killed in the end."""
    command = [sys.executable, "-c", textwrap.dedent(text), *map(str, arguments)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def stored(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_a_new_database_has_the_newest_schema_and_is_private(path: Path) -> None:
    Database.open(path).close()
    assert stored(path, "PRAGMA user_version") == [(NEWEST,)]
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or sys.platform == "win32"


def test_commits_reach_the_disk_and_foreign_keys_hold(database: Database) -> None:
    seen: list[object] = []

    def job(connection: sqlite3.Connection) -> None:
        for pragma in ("journal_mode", "synchronous", "foreign_keys"):
            seen.append(connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    database.write(job)
    database.flush()
    assert seen == ["wal", 2, 1]


def test_what_was_written_is_there_after_opening_again(path: Path) -> None:
    database = Database.open(path)
    SettingsRepository(database).set_text("a", "1")
    database.close()
    database = Database.open(path)
    assert SettingsRepository(database).get_text("a") == "1"
    database.close()


def test_a_clean_end_leaves_one_file(path: Path) -> None:
    database = Database.open(path)
    SettingsRepository(database).set_text("a", "1")
    database.flush()
    SettingsRepository(database).get_text("a")
    database.close()
    database.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_reading_can_not_write(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.read().execute("DELETE FROM settings")


def test_a_connection_for_reading_keeps_few_pages(database: Database) -> None:
    [kept] = database.read().execute("PRAGMA cache_size").fetchone()
    assert kept == -READ_CACHE_KB


def test_pending_tells_whether_something_waits(database: Database) -> None:
    assert not database.pending()
    SettingsRepository(database).set_text("a", "1")
    database.flush()
    assert not database.pending()


def test_durable_waits_without_blocking_the_loop(database: Database) -> None:
    async def run() -> str:
        settings = SettingsRepository(database)
        settings.set_text("a", "1")
        ticker = asyncio.Event()
        asyncio.get_running_loop().call_soon(ticker.set)
        await database.durable()
        await ticker.wait()
        return settings.get_text("a")

    assert asyncio.run(run()) == "1"


def test_durable_raises_when_nothing_can_be_saved_and_keeps_it(
    database: Database, problems: list[StorageError]
) -> None:
    async def run() -> None:
        with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            SettingsRepository(database).set_text("a", "1")
            with pytest.raises(StorageError) as caught:
                await database.durable()
            assert caught.value.reason is StorageProblem.LOCKED
            assert database.pending()
        await database.durable()

    asyncio.run(run())
    assert [problem.reason for problem in problems] == [StorageProblem.LOCKED]
    assert SettingsRepository(database).get_text("a") == "1"


def test_by_default_problems_are_logged(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    database = Database.open(path)
    database.write(lambda connection: connection.execute("SELECT nonsense").close())
    with pytest.raises(StorageError):
        database.flush()
    database.close()
    assert {record.levelno for record in caplog.records} == {logging.ERROR}


@POSIX_ONLY
def test_killing_the_process_loses_nothing_that_passed_a_barrier(path: Path) -> None:
    program = """
        import sys
        from pathlib import Path
        from beatra_desktop.storage.database import Database
        from beatra_desktop.storage.settings import SettingsRepository

        database = Database.open(Path(sys.argv[1]))
        settings = SettingsRepository(database)
        number = 0
        while True:
            settings.set_text(f"n{number}", str(number))
            database.flush()
            print(number, flush=True)
            number += 1
    """
    last = ""
    for _ in range(3):
        with script(program, path) as process:
            for _ in range(20):
                last = line(process)
            os.kill(process.pid, signal.SIGKILL)
        database = Database.open(path)
        settings = SettingsRepository(database)
        for number in range(int(last) + 1):
            assert settings.get_text(f"n{number}") == str(number)
        database.close()


def test_a_full_disk_keeps_what_waits_until_there_is_room(
    small_disk: Path,
    problems: list[StorageError],
    conversation: Callable[..., Conversation],
    message: Callable[..., Message],
) -> None:
    filler = small_disk / "filler"
    database = Database.open(small_disk / "beatra.db", on_error=problems.append)
    repository = ConversationRepository(database)
    repository.save(conversation("c"))
    database.flush()
    filler.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 65536))
    for number in range(20):
        repository.save_message(message(f"m{number}", "word " * 2000))
    with pytest.raises(StorageError) as caught:
        database.flush()
    assert caught.value.reason is StorageProblem.DISK_FULL
    filler.unlink()
    database.flush()
    assert len(repository.messages(conversation("c").id)) == 20
    assert [problem.reason for problem in problems] == [StorageProblem.DISK_FULL]
    database.close()


@POSIX_ONLY
def test_a_file_that_may_not_grow_keeps_what_waits_until_it_may(path: Path) -> None:
    program = """
        import resource, sys
        from pathlib import Path
        from beatra_desktop.storage.database import Database, StorageError
        from beatra_desktop.storage.settings import SettingsRepository

        database = Database.open(Path(sys.argv[1]), on_error=lambda problem: None)
        settings = SettingsRepository(database)
        settings.set_text("before", "kept")
        database.flush()
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, most))
        settings.set_text("big", "x" * 1_000_000)
        try:
            database.flush()
        except StorageError as error:
            print(error.reason.value, settings.get_text("before"), flush=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        database.flush()
        database.close()
    """
    with script(program, path) as process:
        assert line(process) == "io kept"
        assert process.wait(30) == 0
    [(size,)] = stored(path, "SELECT length(value) FROM settings WHERE name = 'ui.big'")
    assert size == 1_000_000


@pytest.mark.parametrize("exists", [False, True])
def test_a_disk_that_can_only_be_read_is_refused(small_disk: Path, exists: bool) -> None:
    path = small_disk / "beatra.db"
    if exists:
        Database.open(path).close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert caught.value.reason is StorageProblem.READ_ONLY


@POSIX_ONLY
def test_a_folder_that_may_not_be_written_is_refused(
    open_folder: Path, as_nobody: Callable[[], AbstractContextManager[None]]
) -> None:
    open_folder.chmod(0o555)
    with as_nobody(), pytest.raises(StorageError) as caught:
        Database.open(open_folder / "beatra.db")
    open_folder.chmod(0o755)
    assert caught.value.reason is StorageProblem.NOT_WRITABLE


def test_a_file_that_may_only_be_read_is_refused(
    open_folder: Path, as_nobody: Callable[[], AbstractContextManager[None]]
) -> None:
    path = open_folder / "beatra.db"
    open_folder.chmod(0o777)
    with as_nobody():
        Database.open(path).close()
        path.chmod(0o444)
        with pytest.raises(StorageError) as caught:
            Database.open(path)
    assert caught.value.reason is StorageProblem.READ_ONLY


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        Database.open(tmp_path / "gone" / "beatra.db")
    assert caught.value.reason is StorageProblem.NOT_WRITABLE


def test_a_folder_in_the_place_of_the_file_is_refused(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert caught.value.reason is StorageProblem.NOT_WRITABLE


def test_a_file_another_program_holds_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database.open(path).close()
    monkeypatch.setattr(database_module, "OPEN_TIMEOUT_SECONDS", 0.05)
    program = """
        import sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("CREATE TABLE other (x)")
        print("locked", flush=True)
        sys.stdin.read()
    """
    with script(program, path) as process:
        assert line(process) == "locked"
        with pytest.raises(StorageError) as caught:
            Database.open(path)
    assert caught.value.reason is StorageProblem.LOCKED
    Database.open(path).close()


def test_a_newer_schema_is_refused_naming_both_versions(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 4711")
    before = path.read_bytes()
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert caught.value.reason is StorageProblem.NEWER_SCHEMA
    assert (caught.value.found, caught.value.known) == (4711, NEWEST)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert caught.value.reason is StorageProblem.CORRUPT


def test_damage_is_found_at_once_after_an_unclean_end(path: Path, tmp_path: Path) -> None:
    database = Database.open(path)
    settings = SettingsRepository(database)
    for number in range(2000):
        settings.set_text(f"{number:05}", "x" * 100)
    database.flush()
    crashed = tmp_path / "crashed.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint")
    settings.set_text("last", "in the log")
    database.flush()
    shutil.copy(path, crashed)
    shutil.copy(f"{path}-wal", f"{crashed}-wal")
    database.close()
    damage(crashed)
    with pytest.raises(StorageError) as caught:
        Database.open(crashed)
    assert caught.value.reason is StorageProblem.CORRUPT


def test_damage_that_is_met_while_reading_is_told_and_stops_the_next_start(path: Path) -> None:
    database = Database.open(path)
    settings = SettingsRepository(database)
    for number in range(2000):
        settings.set_text(f"{number:05}", "x" * 100)
    database.close()
    damage(path)
    database = Database.open(path)
    with pytest.raises(StorageError) as caught:
        database.rows("SELECT name, value FROM settings")
    assert caught.value.reason is StorageProblem.CORRUPT
    database.close()
    with pytest.raises(StorageError, match="corrupt"):
        Database.open(path)
    recover(path)
    Database.open(path).close()


def test_an_alarm_about_damage_that_proves_false_is_forgotten(path: Path) -> None:
    Database.open(path).close()
    damage_note(path).touch()
    Database.open(path).close()
    assert not damage_note(path).exists()


def test_a_wrong_query_is_not_called_a_storage_problem(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError):
        database.rows("SELECT nonsense")


def damage(path: Path) -> None:
    """Overwrite pages in the second half of the file."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size * 3 // 4 // 4096 * 4096)
        file.write(b"\xff" * 8192)


def test_closing_says_what_could_not_be_saved(path: Path) -> None:
    reported: list[StorageError] = []
    database = Database.open(path, on_error=reported.append)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        SettingsRepository(database).set_text("a", "1")
        with pytest.raises(StorageError) as caught:
            database.close(patience_seconds=0.1)
    assert caught.value.reason is StorageProblem.LOCKED

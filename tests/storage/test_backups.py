import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.backups import (
    KEPT,
    Backup,
    Unwanted,
    backup,
    backups,
    is_sound,
    stamp,
)
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.settings import SettingsRepository


def test_a_copy_holds_what_was_committed_while_the_database_is_in_use(database: Database) -> None:
    settings = SettingsRepository(database)
    settings.set_text("a", "1")
    database.flush()
    copy = backup(database.path)
    settings.set_text("a", "2")
    database.flush()
    restored = Database.open(copy.path)
    assert SettingsRepository(restored).get_text("a") == "1"
    restored.close()
    assert settings.get_text("a") == "2"


def test_a_copy_is_one_file(database: Database) -> None:
    copy = backup(database.path)
    assert list(copy.path.parent.iterdir()) == [copy.path]


def test_only_the_newest_copies_are_kept(database: Database) -> None:
    made = [backup(database.path) for _ in range(KEPT + 2)]
    assert backups(database.path) == made[:1:-1]


def test_copies_of_other_databases_are_left_alone(database: Database) -> None:
    other = backup(database.path).path.parent / "other-20200101.db"
    other.write_bytes(b"x")
    for _ in range(KEPT + 1):
        backup(database.path)
    assert other.exists()


def test_a_copy_for_which_there_is_no_room_leaves_nothing_behind(small_disk: Path) -> None:
    path = small_disk / "beatra.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t AS SELECT randomblob(1200000) AS x")
        connection.commit()
    with pytest.raises(StorageError) as caught:
        backup(path)
    assert caught.value.reason is StorageProblem.DISK_FULL
    assert backups(path) == []
    assert list((small_disk / "backups").iterdir()) == []


def test_a_folder_that_can_not_be_made_is_told_with_words(small_disk: Path) -> None:
    path = small_disk / "beatra.db"
    Database.open(path).close()
    subprocess.run(["mount", "-o", "remount,ro", os.fspath(small_disk)], check=True)
    with pytest.raises(StorageError) as caught:
        backup(path)
    assert caught.value.reason is StorageProblem.READ_ONLY


def dated(path: Path, time: datetime) -> Backup:
    """A copy as it would be called if it had been made at that time."""
    made = backup(path)
    moved = made.path.rename(made.path.with_name(f"{path.stem}-{stamp(time)}.db"))
    return Backup(path=moved, made_at=time)


def test_copies_of_before_updates_are_kept_for_themselves(database: Database) -> None:
    before = backup(database.path, before_update=True)
    made = [backup(database.path) for _ in range(KEPT + 1)]
    assert backups(database.path) == [*made[:0:-1], before]


@pytest.mark.parametrize("year", [1970, 2999])
def test_a_wrong_clock_costs_no_good_copy(database: Database, year: int) -> None:
    now = datetime.now(UTC)
    odd = dated(database.path, datetime(year, 1, 1, tzinfo=UTC))
    good = [dated(database.path, now - timedelta(days=days)) for days in (2, 1)]
    assert backups(database.path) == [*good[::-1], odd]
    newest = backup(database.path)
    assert backups(database.path) == [newest, *good[::-1]]


def test_the_copy_that_was_just_made_stays_whatever_the_others_are_called(
    database: Database,
) -> None:
    for seconds in range(KEPT + 1):
        dated(database.path, datetime.now(UTC) + timedelta(seconds=seconds - 10, days=-1))
    made = backup(database.path)
    assert made in backups(database.path)
    assert len(backups(database.path)) == KEPT


def test_a_damaged_database_gives_no_copy_and_is_named(path: Path) -> None:
    Database.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        [(page,)] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'uploads'")
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(StorageError) as caught:
        backup(path)
    assert (caught.value.reason, caught.value.path) == (StorageProblem.CORRUPT, path)
    assert list((path.parent / "backups").iterdir()) == []


def test_what_is_no_database_gives_no_copy_and_is_named(path: Path) -> None:
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(StorageError) as caught:
        backup(path)
    assert (caught.value.reason, caught.value.path) == (StorageProblem.CORRUPT, path)


@pytest.mark.parametrize("looks", range(2))
def test_a_copy_nobody_wants_any_more_leaves_nothing(database: Database, looks: int) -> None:
    SettingsRepository(database).set_text("a", "x" * 20_000_000)  # so that it is looked twice
    database.flush()
    looked = count()
    with pytest.raises(Unwanted):
        backup(database.path, is_wanted=lambda: next(looked) < looks)
    assert backups(database.path) == []
    assert list((database.path.parent / "backups").iterdir()) == []


def test_a_copy_ends_while_the_database_is_written_all_the_time(database: Database) -> None:
    settings = SettingsRepository(database)
    settings.set_text("size", "x" * 20_000_000)
    database.flush()
    written = count()

    def write() -> bool:
        settings.set_text("n", str(next(written)))
        database.flush()
        return True

    made = backup(database.path, is_wanted=write)
    assert is_sound(made.path)
    assert next(written) >= 2


def test_a_copy_that_was_damaged_since_is_not_sound(database: Database) -> None:
    made = backup(database.path)
    assert is_sound(made.path)
    content = bytearray(made.path.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    made.path.write_bytes(content)
    assert not is_sound(made.path)
    made.path.write_bytes(b"no database at all")
    assert not is_sound(made.path)


def test_also_the_check_of_a_copy_is_broken_off(filled: Path) -> None:
    looked = count()
    with pytest.raises(Unwanted):
        backup(filled, is_wanted=lambda: next(looked) < 1)
    assert next(looked) > 1
    assert list((filled.parent / "backups").iterdir()) == []

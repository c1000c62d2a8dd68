import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from beatra_desktop.storage.backups import KEPT, backup, backups
from beatra_desktop.storage.database import Database, StorageError, StorageProblem
from beatra_desktop.storage.settings import SettingsRepository


def test_a_copy_holds_what_was_committed_while_the_database_is_in_use(database: Database) -> None:
    settings = SettingsRepository(database)
    settings.set_text("a", "1")
    database.flush()
    copy = backup(database.path)
    settings.set_text("a", "2")
    database.flush()
    restored = Database.open(copy)
    assert SettingsRepository(restored).get_text("a") == "1"
    restored.close()
    assert settings.get_text("a") == "2"


def test_a_copy_is_one_file(database: Database) -> None:
    copy = backup(database.path)
    assert list(copy.parent.iterdir()) == [copy]


def test_only_the_newest_copies_are_kept(database: Database) -> None:
    made = [backup(database.path) for _ in range(KEPT + 2)]
    assert backups(database.path) == made[:1:-1]


def test_copies_of_other_databases_are_left_alone(database: Database) -> None:
    other = backup(database.path).parent / "other-20200101.db"
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

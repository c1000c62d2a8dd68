"""Damage that is met in a database that is open."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database, StorageError, damage_note
from beatra_desktop.storage.settings import SettingsRepository


def stored(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_a_row_that_makes_no_sense_is_damage_that_is_told(
    path: Path, problems: list[StorageError], conversation: Callable[..., Conversation]
) -> None:
    database = Database.open(path, on_error=problems.append)
    repository = ConversationRepository(database)
    repository.save(conversation("c"))
    database.write(lambda c: c.execute("UPDATE conversations SET parameters = '{'").close())
    database.flush()
    with pytest.raises(StorageError) as caught:
        repository.list()
    assert caught.value.reason is StorageProblem.CORRUPT
    assert problems == [caught.value]
    assert damage_note(path).exists()
    database.close()


def test_text_that_is_none_is_damage_that_is_told(path: Path, problems: list[StorageError]) -> None:
    database = Database.open(path, on_error=problems.append)
    sql = "INSERT INTO settings (name, value) VALUES ('ui.x', CAST(x'ff00' AS TEXT))"
    database.write(lambda c: c.execute(sql).close())
    database.flush()
    with pytest.raises(StorageError) as caught:
        SettingsRepository(database).get_text("x")
    assert caught.value.reason is StorageProblem.CORRUPT
    assert problems == [caught.value]
    database.close()


@pytest.mark.parametrize("endings", [("-wal",), ("-wal", "-shm")])
def test_a_log_that_is_removed_while_it_is_used_costs_nothing_in_a_crash(
    path: Path, tmp_path: Path, endings: tuple[str, ...]
) -> None:
    database = Database.open(path)
    settings = SettingsRepository(database)
    settings.set_text("a", "before")
    database.flush()
    for ending in endings:
        path.with_name(f"{path.name}{ending}").unlink()
    settings.set_text("b", "after")
    database.flush()
    crashed = Path(shutil.copyfile(path, tmp_path / "crashed.db"))
    assert stored(crashed, "SELECT count(*) FROM settings WHERE name IN ('ui.a', 'ui.b')") == [(2,)]
    assert settings.get_text("b") == "after"
    database.close()
    assert stored(path, "SELECT count(*) FROM settings WHERE name IN ('ui.a', 'ui.b')") == [(2,)]

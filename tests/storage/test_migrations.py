import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage import migrations
from beatra_desktop.storage.backups import backups
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.conversations import (
    CONVERSATIONS,
    MESSAGES,
    ConversationRepository,
)
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.migrations import NEWEST, migrate, version
from beatra_desktop.storage.music import CLIPS, TASKS, TOP, MusicRepository
from beatra_desktop.storage.presets import PRESETS
from beatra_desktop.storage.profiles import PROFILES, ProfileRepository
from beatra_desktop.storage.requests import REQUESTS, RequestRepository
from beatra_desktop.storage.search import SearchRepository
from beatra_desktop.storage.settings import SettingsRepository
from beatra_desktop.storage.uploads import UPLOADS, UploadRepository

FIXTURES = Path(__file__).parent / "fixtures"
TABLES: tuple[Table[Any], ...] = (
    CONVERSATIONS, MESSAGES, UPLOADS, TASKS, CLIPS, REQUESTS, PROFILES, PRESETS,
)  # fmt: skip


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


def schema(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    sql = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
    return [(name, " ".join(text.split())) for name, text in connection.execute(sql)]


def test_a_blank_file_gets_the_newest_schema(connection: sqlite3.Connection) -> None:
    migrate(connection)
    assert version(connection) == NEWEST
    migrate(connection)
    assert version(connection) == NEWEST


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_stored_field_has_a_column(connection: sqlite3.Connection, table: Table[Any]) -> None:
    migrate(connection)
    columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")}
    assert columns - {"seq", "is_indexed"} == set(table.names)


def test_a_step_that_fails_leaves_the_schema_before_it(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (x)")
        connection.execute("CREATE TABLE half (x)")

    migrate(connection)
    before = schema(connection)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    monkeypatch.setattr(migrations, "NEWEST", NEWEST + 1)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection)
    assert version(connection) == NEWEST
    assert schema(connection) == before


def old_database(path: Path, dump: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text("utf-8"))


@pytest.mark.parametrize("dump", sorted(FIXTURES.glob("v*.sql")), ids=lambda dump: dump.stem)
def test_a_database_of_each_released_schema_still_opens(
    path: Path, dump: Path, connection: sqlite3.Connection
) -> None:
    old_database(path, dump)
    database = Database.open(path)
    conversations = ConversationRepository(database)
    [conversation] = conversations.list()
    assert [m.text for m in conversations.messages(conversation.id)] == [
        "What is beatra?",
        "An API.",
    ]
    search = SearchRepository(database)
    assert [hit.message_id for hit in search.find("api")] == ["m2"]
    assert [hit.task_id for hit in search.find("roof")] == ["t1"]
    assert [upload.name for upload in UploadRepository(database).list()] == ["voice.wav"]
    page = MusicRepository(database).page(TOP, 10)
    [task] = page.tasks
    assert task.prompt.reference is not None
    saved, unsaved = page.clips
    assert saved.path == Path("/music/rain.mp3")
    assert unsaved.failure is not None
    assert [request.body for request in RequestRepository(database).open()] == [b'{"model":"auto"}']
    assert [profile.name for profile in ProfileRepository(database).all()] == ["Home"]
    assert ProfileRepository(database).active_id() == "p1"
    assert SettingsRepository(database).load().retry_attempts == 7
    migrate(connection)
    assert schema(database.read()) == schema(connection)
    database.close()


def test_damaged_songs_do_not_keep_the_rest_from_the_newest_schema(
    path: Path,
) -> None:
    old_database(path, FIXTURES / "v001.sql")
    with closing(sqlite3.connect(path)) as connection:
        [(page,)] = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'tasks'")
        [(size,)] = connection.execute("PRAGMA page_size")
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection)
        assert version(connection) == NEWEST
        assert connection.execute("SELECT count(*) FROM messages").fetchone() == (2,)


def test_every_schema_but_the_newest_has_a_fixture() -> None:
    names = {dump.stem for dump in FIXTURES.glob("v*.sql")}
    assert names >= {f"v{number:03}" for number in range(1, NEWEST)} | {"v001"}


def next_version(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE profiles ADD COLUMN colour TEXT")


def test_the_file_is_copied_aside_before_a_migration(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database.open(path).close()
    assert backups(path) == []
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, next_version))
    monkeypatch.setattr(migrations, "NEWEST", NEWEST + 1)
    Database.open(path).close()
    [copy] = backups(path)
    assert copy.before_update
    with closing(sqlite3.connect(copy.path)) as connection:
        assert version(connection) == NEWEST
    Database.open(path).close()
    assert backups(path) == [copy]


def test_without_room_for_the_copy_nothing_is_migrated(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Database.open(path).close()
    (path.parent / "backups").write_text("in the way")
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, next_version))
    monkeypatch.setattr(migrations, "NEWEST", NEWEST + 1)
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert isinstance(caught.value.reason, StorageProblem)
    with closing(sqlite3.connect(path)) as connection:
        assert version(connection) == NEWEST

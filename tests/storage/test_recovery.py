import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from beatra_desktop.domain.chat import Conversation, Message, Parameters, Preset
from beatra_desktop.domain.ids import ConversationId, PresetId
from beatra_desktop.domain.settings import Settings
from beatra_desktop.storage.backups import backup
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database, StorageError, StorageProblem
from beatra_desktop.storage.presets import PresetRepository
from beatra_desktop.storage.recovery import recover
from beatra_desktop.storage.search import SearchRepository
from beatra_desktop.storage.settings import SettingsRepository

MESSAGES = 2000
PAGE = 4096
FIXTURES = Path(__file__).parent / "fixtures"
MakeConversation = Callable[..., Conversation]
MakeMessage = Callable[..., Message]


@pytest.fixture
def filled(path: Path, conversation: MakeConversation, message: MakeMessage) -> Path:
    """A closed database with 2,000 messages."""
    database = Database.open(path)
    repository = ConversationRepository(database)
    repository.save(conversation("c", title="Long talk"))
    for number in range(MESSAGES):
        repository.save_message(message(f"m{number}", f"number {number} " + "x" * 100))
    SettingsRepository(database).save(Settings(retry_attempts=9))
    database.close()
    return path


def page_with(path: Path, text: str) -> int:
    """The number of the page that holds this text, counted from 0."""
    return path.read_bytes().index(text.encode()) // PAGE


def spoil(path: Path, *pages: int) -> None:
    with path.open("r+b") as file:
        for number in pages:
            file.seek(number * PAGE)
            file.write(b"\xff" * PAGE)


def texts(path: Path) -> list[str]:
    database = Database.open(path)
    messages = ConversationRepository(database).messages(ConversationId("c"))
    database.close()
    return [message.text for message in messages]


def test_all_that_can_be_read_is_saved_on_both_sides_of_the_damage(filled: Path) -> None:
    spoil(filled, page_with(filled, f"number {MESSAGES // 2} "))
    done = recover(filled)
    assert done.damaged == ("messages",)
    assert done.backup is None
    left = texts(filled)
    assert MESSAGES - 100 < len(left) < MESSAGES
    assert left[0].startswith("number 0 ")
    assert left[-1].startswith(f"number {MESSAGES - 1} ")
    assert done.rows >= len(left)


def test_gaps_are_filled_from_the_newest_backup(
    filled: Path, conversation: MakeConversation, message: MakeMessage
) -> None:
    backup(filled)
    newest = backup(filled)
    database = Database.open(filled)
    ConversationRepository(database).save_message(message("late", "after the backup"))
    database.close()
    spoil(filled, page_with(filled, "number 300 "), page_with(filled, "number 1700 "))
    done = recover(filled)
    assert done.backup == newest
    assert done.backup_rows > 0
    assert len(texts(filled)) == MESSAGES + 1
    assert texts(filled)[-1] == "after the backup"


def test_a_file_of_which_nothing_can_be_read_comes_back_from_the_backup(filled: Path) -> None:
    copy = backup(filled)
    filled.write_bytes(b"no database at all" * 1000)
    done = recover(filled)
    assert (done.rows, done.backup) == (0, copy)
    assert len(texts(filled)) == MESSAGES
    database = Database.open(filled)
    assert SettingsRepository(database).load().retry_attempts == 9
    database.close()


def test_a_backup_that_is_damaged_itself_is_passed_over(filled: Path) -> None:
    good = backup(filled)
    backup(filled).write_bytes(b"no database at all" * 1000)
    filled.write_bytes(b"no database at all" * 1000)
    assert recover(filled).backup == good
    assert len(texts(filled)) == MESSAGES


def test_without_any_backup_there_is_an_empty_database_and_the_old_file(filled: Path) -> None:
    filled.write_bytes(b"no database at all" * 1000)
    done = recover(filled)
    assert done.kept.read_bytes() == b"no database at all" * 1000
    assert texts(filled) == []


def test_the_damaged_file_is_kept_as_it_was(filled: Path) -> None:
    spoil(filled, page_with(filled, "number 300 "))
    before = filled.read_bytes()
    done = recover(filled)
    assert done.kept.read_bytes() == before
    assert done.kept.parent == filled.parent
    assert filled.read_bytes() != before


def test_what_lies_in_the_log_is_saved_and_the_log_is_kept(
    path: Path, conversation: MakeConversation, message: MakeMessage, tmp_path: Path
) -> None:
    database = Database.open(path)
    repository = ConversationRepository(database)
    repository.save(conversation("c"))
    repository.save_message(message("m", "only in the log"))
    database.flush()
    crashed = tmp_path / "crashed.db"
    crashed.write_bytes(path.read_bytes())
    log = tmp_path / "crashed.db-wal"
    log.write_bytes((tmp_path / "beatra.db-wal").read_bytes())
    database.close()
    done = recover(crashed)
    assert texts(crashed) == ["only in the log"]
    assert done.kept.with_name(f"{done.kept.name}-wal").exists()


def test_a_log_that_makes_no_sense_does_not_reach_the_new_file(filled: Path) -> None:
    log = filled.with_name(f"{filled.name}-wal")
    filled.write_bytes(b"no database at all" * 1000)
    log.write_bytes(b"no log at all" * 1000)
    done = recover(filled)
    assert not log.exists()
    assert done.kept.with_name(f"{done.kept.name}-wal").read_bytes() == b"no log at all" * 1000


def test_messages_whose_conversation_is_lost_get_a_new_one(filled: Path) -> None:
    spoil(filled, page_with(filled, "Long talk"))
    done = recover(filled)
    assert done.damaged == ("conversations",)
    database = Database.open(filled)
    repository = ConversationRepository(database)
    [conversation] = repository.list()
    assert conversation.title.startswith("number 0")
    assert conversation.head_id == f"m{MESSAGES - 1}"
    assert len(repository.messages(conversation.id)) == MESSAGES
    database.close()


def test_what_was_saved_can_be_found_again(filled: Path) -> None:
    spoil(filled, page_with(filled, "number 300 "))
    recover(filled)
    database = Database.open(filled)
    search = SearchRepository(database)
    hits = search.find(f"number {MESSAGES - 1}")
    assert [hit.message_id for hit in hits] == [f"m{MESSAGES - 1}"]
    assert [hit.title for hit in search.find("long")] == ["Long talk"]
    database.close()


def test_presets_are_taken_over(filled: Path) -> None:
    chosen = Parameters(top_p=0.4)
    preset = Preset(id=PresetId("p"), name="Brief", system_prompt="Be brief.", parameters=chosen)
    database = Database.open(filled)
    PresetRepository(database).give_starters([preset])
    database.close()
    spoil(filled, page_with(filled, "number 300 "))
    assert recover(filled).damaged == ("messages",)
    database = Database.open(filled)
    assert PresetRepository(database).all() == [preset]
    assert not PresetRepository(database).wants_starters()
    database.close()


def test_damage_that_keeps_an_old_file_from_its_new_schema_costs_only_what_it_hit(
    path: Path,
) -> None:
    said = [(f"n{number}", f"number {number} " + "x" * 100) for number in range(MESSAGES)]
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FIXTURES / "v001.sql").read_text("utf-8"))
        before = connection.execute("SELECT id, title, draft FROM conversations").fetchall()
        connection.executemany(
            "INSERT INTO messages (id, conversation_id, role, text, status, created_at) "
            "VALUES (?, (SELECT min(id) FROM conversations), 'user', ?, 'complete', 1)",
            said,
        )
        connection.commit()
    spoil(path, page_with(path, "number 300 "))
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert caught.value.reason is StorageProblem.CORRUPT
    assert recover(path).damaged == ("messages",)
    database = Database.open(path)
    listed = ConversationRepository(database).list(include_deleted=True)
    assert sorted((c.id, c.title, c.draft) for c in listed) == sorted(before)
    assert {c.queued for c in listed} == {""}
    database.close()


def test_rows_that_make_no_sense_are_left_out(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE messages SET status = 'gargle' WHERE id = 'm5'")
        connection.execute("UPDATE messages SET usage = '{' WHERE id = 'm6'")
        connection.commit()
    done = recover(filled)
    assert done.damaged == ("messages",)
    assert len(texts(filled)) == MESSAGES - 2


def test_without_room_the_damaged_file_stays_in_its_place(small_disk: Path) -> None:
    path = small_disk / "beatra.db"
    database = Database.open(path)
    SettingsRepository(database).set_text("a", "x" * 1_200_000)
    database.close()
    before = path.read_bytes()
    with pytest.raises(StorageError) as caught:
        recover(path)
    assert caught.value.reason is StorageProblem.DISK_FULL
    assert path.read_bytes() == before

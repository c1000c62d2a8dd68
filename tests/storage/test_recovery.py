import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from beatra_desktop.domain.chat import Conversation, Message
from beatra_desktop.domain.ids import (
    IdempotencyKey,
)
from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind, RequestState
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.backups import backup
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.recovery import offered, recover, restore
from beatra_desktop.storage.requests import REQUESTS, RequestRepository
from beatra_desktop.storage.search import SearchRepository
from beatra_desktop.storage.settings import SettingsRepository
from beatra_desktop.storage.wal import frames
from tests.storage.damage import (
    FIXTURES,
    FRAME,
    MESSAGES,
    flip,
    frame,
    log_of,
    page_with,
    spoil,
    texts,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MakeConversation = Callable[..., Conversation]
MakeMessage = Callable[..., Message]


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
    backup(filled).path.write_bytes(b"no database at all" * 1000)
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


def a_request(key: str) -> Request:
    return Request(
        key=IdempotencyKey(key),
        kind=RequestKind.MUSIC,
        profile_id=SANDBOX_PROFILE_ID,
        owner_id="t",
        path="/music",
        body=b"{}",
        state=RequestState.WRITTEN,
        written_at=NOON,
    )


def with_requests(path: Path, *requests: Request) -> None:
    database = Database.open(path)
    for request in requests:
        RequestRepository(database).save(request)
    database.close()


def found_requests(path: Path) -> dict[str, Request]:
    database = Database.open(path)
    found = REQUESTS.records(database.rows(REQUESTS.select()))
    database.close()
    return {request.key: request for request in found}


def test_a_request_that_only_a_backup_knows_counts_as_sent(filled: Path) -> None:
    with_requests(filled, a_request("lost"), *(a_request(f"{n:0200}") for n in range(40)))
    backup(filled)
    with_requests(filled, a_request("new"))
    spoil(filled, page_with(filled, "lost"))
    assert "requests" in recover(filled).damaged
    found = found_requests(filled)
    assert found["new"].sent_at is None
    assert (found["lost"].state, found["lost"].sent_at) == (RequestState.SENT, NOON)
    assert not found["lost"].may_be_resent(NOON + timedelta(hours=24))


def test_a_request_that_may_have_left_behind_damage_of_the_log_counts_as_sent(
    path: Path,
) -> None:
    source, written = path.with_name("source.db"), replace(a_request("k"), body=b"x" * 3000)
    with closing(Database.open(source)) as database:
        for request in (written, written.sent(NOON)):
            RequestRepository(database).save(request)
            database.flush()
        for number in range(2):  # on other pages, so that the damaged one is not written again
            SettingsRepository(database).set_text(f"n{number}", "x" * 3000)
            database.flush()
        shutil.copyfile(source, path)
        log = Path(shutil.copyfile(log_of(source), log_of(path)))
    for number in [number for number, each in enumerate(frames(log)) if b"xsent" in each.content]:
        flip(log, frame(number) + FRAME + 2000)
    assert recover(path).damaged
    assert not found_requests(path)["k"].may_be_resent(NOON + timedelta(hours=24))


def test_a_copy_can_take_the_place_of_the_damaged_file(filled: Path) -> None:
    with_requests(filled, a_request("lost"))
    made = backup(filled)
    filled.write_bytes(b"no database at all" * 1000)
    filled.with_name("beatra.db-wal").write_bytes(b"no log at all")
    assert offered(filled) == made
    done = restore(filled, made)
    assert done.kept.read_bytes() == b"no database at all" * 1000
    assert done.kept.with_name(f"{done.kept.name}-wal").read_bytes() == b"no log at all"
    assert (done.backup, done.rows) == (made, 0)
    assert done.backup_rows >= MESSAGES + 3
    assert len(texts(filled)) == MESSAGES
    assert found_requests(filled)["lost"].sent_at == NOON
    assert made.path.exists()


def test_a_copy_of_an_older_schema_is_brought_up_to_date(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FIXTURES / "v001.sql").read_text("utf-8"))
        titles = connection.execute("SELECT count(*) FROM conversations").fetchone()[0]
    made = backup(path)
    path.write_bytes(b"no database at all" * 1000)
    restore(path, made)
    database = Database.open(path)
    assert len(ConversationRepository(database).list(include_deleted=True)) == titles
    database.close()


def test_only_a_sound_copy_is_offered(filled: Path) -> None:
    assert offered(filled) is None
    good = backup(filled)
    spoil(backup(filled).path, page_with(filled, "number 300 "))
    assert offered(filled) == good


def test_without_room_the_damaged_file_stays_in_its_place(small_disk: Path) -> None:
    path = small_disk / "beatra.db"
    database = Database.open(path)
    SettingsRepository(database).set_text("a", "x" * 1_200_000)
    database.close()
    before = {found.name: found.read_bytes() for found in small_disk.iterdir()}
    with pytest.raises(StorageError) as caught:
        recover(path)
    assert caught.value.reason is StorageProblem.DISK_FULL
    assert {found.name: found.read_bytes() for found in small_disk.iterdir()} == before

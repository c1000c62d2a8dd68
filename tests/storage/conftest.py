"""A real database per test, and records to put into it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus, Role
from beatra_desktop.domain.ids import ClipId, ConversationId, MessageId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.settings import Settings
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.search import SearchRepository
from beatra_desktop.storage.settings import SettingsRepository
from tests.storage.damage import MESSAGES

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "beatra.db"


@pytest.fixture
def problems() -> list[StorageError]:
    """What the writer of `database` reported."""
    return []


@pytest.fixture
def database(path: Path, problems: list[StorageError]) -> Iterator[Database]:
    database = Database.open(path, on_error=problems.append)
    yield database
    database.close()


@pytest.fixture
def conversation() -> Callable[..., Conversation]:
    """Makes a conversation named `name`, `minute` minutes after noon."""

    def make(name: str = "c", *, minute: int = 0, **fields: Any) -> Conversation:
        time = NOON + timedelta(minutes=minute)
        known: dict[str, Any] = {"title": f"About {name}", "created_at": time, "updated_at": time}
        return Conversation(
            id=ConversationId(name), profile_id=ProfileId("sandbox"), **(known | fields)
        )

    return make


@pytest.fixture
def message() -> Callable[..., Message]:
    """Makes a complete message of the conversation `c`, `minute` minutes after noon."""

    def make(name: str, text: str = "", *, minute: int = 0, **fields: Any) -> Message:
        known: dict[str, Any] = {
            "conversation_id": ConversationId("c"),
            "parent_id": None,
            "role": Role.USER,
            "status": MessageStatus.COMPLETE,
            "created_at": NOON + timedelta(minutes=minute),
        }
        return Message(id=MessageId(name), text=text, **(known | fields))

    return make


@pytest.fixture
def task() -> Callable[..., MusicTask]:
    """Makes a finished task named `name`, `minute` minutes after noon, of these words."""

    def make(name: str = "t", *, minute: int = 0, **words: Any) -> MusicTask:
        return MusicTask(
            id=TaskId(name),
            profile_id=ProfileId("sandbox"),
            prompt=MusicPrompt(**{"prompt": "a slow waltz"} | words),
            status=TaskStatus.SUCCEEDED,
            created_at=NOON + timedelta(minutes=minute),
        )

    return make


@pytest.fixture
def clip() -> Callable[..., Clip]:
    """Makes a clip of the task `t`."""

    def make(name: str, title: str, *, index: int = 0) -> Clip:
        return Clip(
            id=ClipId(name),
            task_id=TaskId("t"),
            index=index,
            title=title,
            url="https://clips.test/1",
            delivery=Delivery.WAITING,
        )

    return make


@pytest.fixture
def found(database: Database) -> Callable[[str], list[str]]:
    """Searches, and gives the ids of messages and songs, and of conversations found by title."""
    repository = SearchRepository(database)

    def find(query: str) -> list[str]:
        database.flush()
        hits = repository.find(query)
        ids = (hit.message_id or hit.task_id for hit in hits)
        return [
            found or f"title of {hit.conversation_id}" for found, hit in zip(ids, hits, strict=True)
        ]

    return find


@pytest.fixture
def filled(
    path: Path, conversation: Callable[..., Conversation], message: Callable[..., Message]
) -> Path:
    """A closed database with 2,000 messages."""
    database = Database.open(path)
    repository = ConversationRepository(database)
    repository.save(conversation("c", title="Long talk"))
    for number in range(MESSAGES):
        repository.save_message(message(f"m{number}", f"number {number} " + "x" * 100))
    SettingsRepository(database).save(Settings(retry_attempts=9))
    database.close()
    return path

from datetime import UTC, datetime
from typing import Any

import pytest

from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import MusicRepository

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def repository(database: Database) -> MusicRepository:
    return MusicRepository(database)


def task(name: str, status: TaskStatus = TaskStatus.RUNNING, **fields: Any) -> MusicTask:
    return MusicTask(
        id=TaskId(name),
        profile_id=ProfileId("sandbox"),
        prompt=MusicPrompt(prompt="rain"),
        status=status,
        created_at=NOW,
        **fields,
    )


def clip(name: str, of: str, index: int = 0, delivery: Delivery = Delivery.SAVED) -> Clip:
    return Clip(
        id=ClipId(name), task_id=TaskId(of), index=index, title=name, url="", delivery=delivery
    )


def test_tasks_are_listed_newest_first_with_the_removed_ones(
    database: Database, repository: MusicRepository
) -> None:
    tasks = [task("a"), task("b", removed_at=NOW), task("c")]
    for each in tasks:
        repository.save_task(each)
    database.flush()
    assert repository.tasks() == tasks[::-1]


def test_clips_come_in_the_order_of_their_tasks_and_the_service(
    database: Database, repository: MusicRepository
) -> None:
    repository.save_task(task("first"))
    repository.save_task(task("second"))
    for each in (clip("x", "second"), clip("z", "first", 1), clip("y", "first", 0)):
        repository.save_clip(each)
    database.flush()
    assert [each.id for each in repository.clips()] == ["y", "z", "x"]
    assert [each.id for each in repository.clips(TaskId("second"))] == ["x"]

"""Tasks and clips in memory: every answer of the service is folded in, nothing is forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from beatra_desktop.api import lenient
from beatra_desktop.api.types import Answer, Task
from beatra_desktop.domain.ids import ProfileId, TaskId, new_id
from beatra_desktop.domain.music import Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import MusicRepository

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def tasks(database: Database) -> Tasks:
    return Tasks(MusicRepository(database))


def _reopened(database: Database) -> Tasks:
    database.flush()
    return Tasks(MusicRepository(database))


def _add(tasks: Tasks, *, minute: int = 0) -> MusicTask:
    return tasks.add(
        MusicTask(
            id=TaskId(new_id()),
            profile_id=ProfileId("sandbox"),
            prompt=MusicPrompt(prompt="rain"),
            status=TaskStatus.SUBMITTING,
            created_at=NOON + timedelta(minutes=minute),
        )
    )


def _answer(status: str, *urls: str) -> Answer[Task]:
    clips = [{"audio": {"url": url}} for url in urls]
    wire = {"task_id": "tsk_1", "status": status, "output": {"clips": clips}}
    task = lenient.decode(Task, msgspec.json.encode(wire))
    return Answer(value=task, status=200, request_id="req_1", seconds=0.1, retry_after=None)


def test_an_ended_task_is_on_disk_with_its_clips(tasks: Tasks, database: Database) -> None:
    task = _add(tasks)
    tasks.apply(task.id, _answer("running"))
    ended = tasks.apply(task.id, _answer("succeeded", "u1", "u2"))
    assert ended.status is TaskStatus.SUCCEEDED
    later = _reopened(database)
    assert list(later.tasks) == [ended]
    assert [clip.url for clip in later.clips_of(task.id)] == ["u1", "u2"]


def test_an_answer_that_comes_late_does_not_undo_what_is_ours(tasks: Tasks) -> None:
    task = _add(tasks)
    tasks.apply(task.id, _answer("succeeded", "u1"))
    [clip] = tasks.clips_of(task.id)
    saved = tasks.put_clip(replace(clip, delivery=Delivery.SAVED))
    again = tasks.apply(task.id, _answer("running", "u1-renewed"))
    assert again.status is TaskStatus.SUCCEEDED
    assert tasks.clips_of(task.id) == [replace(saved, url="u1-renewed")]


def test_a_removed_task_goes_on_and_comes_back_in_its_place(
    tasks: Tasks, database: Database
) -> None:
    old, middle, new = (_add(tasks, minute=minute) for minute in range(3))
    tasks.take_out(middle)
    assert [task.id for task in tasks.tasks] == [new.id, old.id]
    tasks.apply(middle.id, _answer("queued"))
    tasks.show(middle.id, wait=None)
    assert middle.id not in tasks.tasks
    assert tasks.get(middle.id).status is TaskStatus.QUEUED
    later = _reopened(database)
    assert middle.id not in later.tasks
    later.put_back(middle.id)
    later.put_back(middle.id)
    assert [task.id for task in later.tasks] == [new.id, middle.id, old.id]
    assert later.get(middle.id).status is TaskStatus.QUEUED


def test_what_is_only_shown_is_not_stored(tasks: Tasks, database: Database) -> None:
    task = _add(tasks)
    tasks.show(task.id, server_status="seen")
    assert tasks.get(task.id).server_status == "seen"
    assert _reopened(database).get(task.id).server_status == ""
    with pytest.raises(KeyError):
        tasks.get(TaskId("never was"))


def test_clips_are_listed_in_the_service_s_order(tasks: Tasks) -> None:
    task = _add(tasks)
    tasks.apply(task.id, _answer("running", "u1", "u2", "u3"))
    shown: list[Any] = [clip.index for clip in tasks.clips_of(task.id)]
    assert shown == [0, 1, 2]

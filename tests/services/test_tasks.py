"""Tasks and clips in memory: every answer of the service is folded in, nothing is forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from beatra_desktop.api import lenient
from beatra_desktop.api.types import Answer, Progress, Task
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ProfileId, TaskId, new_id
from beatra_desktop.domain.music import Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.services.tasks import AT_ONCE, INSTANT, MANY, PAGE, Tasks
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import MusicRepository

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def tasks(database: Database) -> Tasks:
    return Tasks(MusicRepository(database))


def _reopened(database: Database) -> Tasks:
    database.flush()
    return Tasks(MusicRepository(database))


def _add(tasks: Tasks, *, minute: float = 0, **fields: Any) -> MusicTask:
    task = MusicTask(
        id=TaskId(new_id()),
        profile_id=ProfileId("sandbox"),
        prompt=MusicPrompt(prompt="rain"),
        status=TaskStatus.SUBMITTING,
        created_at=NOON + timedelta(minutes=minute),
    )
    return tasks.add(replace(task, **fields))


def _changes(tasks: Tasks) -> list[str]:
    """What the list tells of itself from now on."""
    told: list[str] = []
    tasks.tasks.inserted.connect(lambda first, last: told.append(f"{last - first + 1} inserted"))
    tasks.tasks.removing.connect(lambda first, last: told.append(f"{last - first + 1} removed"))
    tasks.tasks.reset.connect(lambda: told.append("reset"))
    return told


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


def test_an_answer_that_tells_of_progress_alone_is_shown_and_not_stored(
    tasks: Tasks, database: Database
) -> None:
    task = _add(tasks)
    tasks.apply(task.id, _answer("running"))
    further = _answer("running")
    further.value.progress = Progress(stage="mixing")
    assert tasks.apply(task.id, further).progress is not None
    shown = tasks.get(task.id)
    assert shown.progress is not None
    assert shown.progress.stage == "mixing"
    assert _reopened(database).get(task.id).progress is None
    tasks.apply(task.id, _answer("succeeded"))
    assert _reopened(database).get(task.id).status is TaskStatus.SUCCEEDED


def test_clips_are_listed_in_the_service_s_order(tasks: Tasks) -> None:
    task = _add(tasks)
    tasks.apply(task.id, _answer("running", "u1", "u2", "u3"))
    shown: list[Any] = [clip.index for clip in tasks.clips_of(task.id)]
    assert shown == [0, 1, 2]


def test_the_times_of_tasks_tell_their_order(tasks: Tasks) -> None:
    before = utc_now()
    assert before <= tasks.moment() <= utc_now()
    _add(tasks, created_at=before - timedelta(hours=1))
    assert before <= tasks.moment() <= utc_now()
    soon = _add(tasks, created_at=utc_now() + timedelta(milliseconds=900))
    assert tasks.moment() == soon.created_at + INSTANT
    _add(tasks, created_at=utc_now() + timedelta(hours=1))  # the clock was set back since
    assert before <= tasks.moment() <= utc_now()


@pytest.mark.parametrize("number", [MANY - 1, MANY])
def test_many_at_once_are_one_change_and_come_back_where_they_were(
    number: int, tasks: Tasks
) -> None:
    # Between any two of those that go lies one that stays.
    added = [_add(tasks, minute=minute) for minute in range(2 * number)]
    before, told = list(tasks.tasks), _changes(tasks)
    tasks.take_out(*added[::2])
    assert list(tasks.tasks) == added[1::2][::-1]
    assert told == (["reset"] if number == MANY else ["1 removed"] * number)
    told.clear()
    tasks.put_back(*(task.id for task in added[::2]))
    assert list(tasks.tasks) == before
    assert told == (["reset"] if number == MANY else ["1 inserted"] * number)


def test_neighbours_come_back_in_one_change_however_many(tasks: Tasks) -> None:
    added = [_add(tasks, minute=minute) for minute in range(MANY + 2)]
    before = list(tasks.tasks)
    tasks.take_out(*added[1:-1])
    told = _changes(tasks)
    tasks.put_back(*(task.id for task in added[1:-1]))
    assert list(tasks.tasks) == before
    assert told == [f"{MANY} inserted"]


def test_what_the_service_calls_them_is_known_of_removed_ones_too(tasks: Tasks) -> None:
    _add(tasks, remote_id="tsk_1")
    tasks.take_out(_add(tasks, remote_id="tsk_2"))
    assert tasks.remote_ids == {"tsk_1", "tsk_2"}


@pytest.mark.asyncio
async def test_what_is_older_is_read_later_and_in_its_order(
    tasks: Tasks, database: Database
) -> None:
    number = AT_ONCE + PAGE + 2
    added = [
        _add(tasks, minute=minute, status=TaskStatus.FAILED, remote_id=f"tsk_{minute}")
        for minute in range(number)
    ]
    tasks.take_out(added[2])
    tasks.apply(added[1].id, _answer("failed", "u1"))
    [clip] = tasks.clips_of(added[1].id)
    tasks.put_clip(replace(clip, delivery=Delivery.SAVED))
    later = _reopened(database)
    assert [task.id for task in later.tasks] == [task.id for task in added[: -AT_ONCE - 1 : -1]]
    changed = later.put(replace(later.get(added[0].id), remarks="changed since"))
    owners: list[str] = []
    later.clips.inserted.connect(
        lambda first, _last: owners.append(later.get(later.clips[first].task_id).id)
    )
    await later.load_rest()
    await later.load_rest()
    assert [task.id for task in later.tasks] == [
        task.id for task in reversed(added) if task.id != added[2].id
    ]
    assert later.tasks[-1] == changed
    assert owners == [added[1].id]
    assert [clip.url for clip in later.clips_of(added[1].id)] == ["u1"]
    later.put_back(added[2].id)
    assert [task.id for task in later.tasks] == [task.id for task in reversed(added)]

from datetime import UTC, datetime
from typing import Any

import pytest

from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import TOP, MusicPage, MusicRepository, read_page

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


def test_a_page_has_the_newest_tasks_first_with_the_removed_ones(
    database: Database, repository: MusicRepository
) -> None:
    tasks = [task("a"), task("b", removed_at=NOW), task("c")]
    for each in tasks:
        repository.save_task(each)
    database.flush()
    assert repository.page(TOP, 10).tasks == tasks[::-1]


def test_clips_come_in_the_order_of_their_tasks_and_the_service(
    database: Database, repository: MusicRepository
) -> None:
    repository.save_task(task("first"))
    repository.save_task(task("second"))
    for each in (clip("x", "second"), clip("z", "first", 1), clip("y", "first", 0)):
        repository.save_clip(each)
    database.flush()
    assert [each.id for each in repository.page(TOP, 10).clips] == ["y", "z", "x"]
    one = repository.task(TaskId("second"))
    assert ([each.id for each in one.tasks], [each.id for each in one.clips]) == (["second"], ["x"])
    assert repository.task(TaskId("third")).tasks == []


def test_pages_follow_each_other_to_the_oldest(
    database: Database, repository: MusicRepository
) -> None:
    for number in range(5):
        repository.save_task(task(f"t{number}"))
        repository.save_clip(clip(f"c{number}", f"t{number}"))
    database.flush()
    with repository.reading() as rows:
        first = read_page(rows, TOP, 2)
        assert first.low is not None
        second = read_page(rows, first.low, 2)
        assert second.low is not None
        third = read_page(rows, second.low, 2)
        assert third.low is not None
        assert read_page(rows, third.low, 2) == MusicPage([], [])
    pages = (first, second, third)
    assert [[each.id for each in page.tasks] for page in pages] == [
        ["t4", "t3"], ["t2", "t1"], ["t0"]
    ]  # fmt: skip
    assert [[each.id for each in page.clips] for page in pages] == [
        ["c3", "c4"], ["c1", "c2"], ["c0"]
    ]  # fmt: skip


def test_unfinished_is_what_has_not_ended_or_is_not_saved(
    database: Database, repository: MusicRepository
) -> None:
    for status in TaskStatus:
        repository.save_task(task(status.value, status))
    repository.save_task(task("unsaved", TaskStatus.SUCCEEDED))
    repository.save_clip(clip("lost", "unsaved", delivery=Delivery.UNSAVED))
    repository.save_clip(clip("there", TaskStatus.CANCELED.value))
    database.flush()
    ended = {"succeeded", "failed", "canceled", "refused"}
    found = repository.unfinished()
    assert {each.id for each in found.tasks} == {*map(str, TaskStatus), "unsaved"} - ended
    assert [each.id for each in found.clips] == ["lost"]

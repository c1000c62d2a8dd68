"""What each command on songs does, and what it leaves alone."""

from collections.abc import Callable
from typing import Any

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Hold, RequestKind, RequestState, Wait
from beatra_desktop.domain.traffic import Network
from tests.services.song_service import CREATE, Service, age, create, now, titles, until

pytestmark = pytest.mark.asyncio

DRAFT, WAITING, SUBMITTING = TaskStatus.DRAFT, TaskStatus.WAITING, TaskStatus.SUBMITTING
QUEUED, FAILED, CANCELED = TaskStatus.QUEUED, TaskStatus.FAILED, TaskStatus.CANCELED


@pytest.fixture
def busy(say: Any) -> Any:
    error = {"code": "internal_error", "message": "Busy", "retryable": True}
    return say(503, {"error": error})


def _drafted(bench: Any, task: MusicTask) -> MusicTask:
    """The song as if it had been written offline."""
    store = bench.services.music._tasks
    drafted: MusicTask = store.put(replace(now(bench, task), status=DRAFT, hold=Hold.OFFLINE))
    return drafted


def _state(bench: Any, task: MusicTask) -> RequestState:
    state: RequestState = bench.services.music._outbox.find(task.idempotency_key).state
    return state


def _shown(bench: Any, task: MusicTask) -> list[MusicTask]:
    """Everything the task is from now on, as it is shown."""
    seen: list[MusicTask] = []
    tasks = bench.services.music.tasks

    def on_changed(row: int) -> None:
        if tasks[row].id == task.id:
            seen.append(tasks[row])

    tasks.changed.connect(on_changed)
    return seen


async def test_a_song_and_its_request_tell_of_one_another(making_songs: Any) -> None:
    async with making_songs() as (bench, stub):
        task, music = create(bench), bench.services.music
        request = music._outbox.find(task.idempotency_key)
        assert (request.kind, request.owner_id) == (RequestKind.MUSIC, task.id)
        assert request.profile_id == task.profile_id == stub.profile.id
        assert f"create {task.id}" in music._supervisor.names
        await until(bench, task, QUEUED)
        [post] = stub.posts()
        assert post.path == f"/v1{request.path}"
        assert (post.body, post.headers["idempotency-key"]) == (request.body, request.key)


async def test_two_variations_are_a_batch(making_songs: Any) -> None:
    async with making_songs() as (bench, _stub):
        first, second = bench.services.music.create_batch(MusicPrompt(prompt="rain"), copies=2)
        assert first.batch_id == second.batch_id is not None


async def test_a_song_older_than_what_was_read_is_found(making_songs: Any) -> None:
    async with making_songs() as (bench, _stub):
        music, task = bench.services.music, create(bench)
        await until(bench, task, QUEUED)
        for name, removed_at in (("old", None), ("removed", utc_now())):
            old = replace(task, id=TaskId(name), status=FAILED, removed_at=removed_at)
            music._tasks._repository.save_task(old)
        await bench.database.durable()
        assert music.find(TaskId("old")).id == "old"
        assert music.find(TaskId("removed")) is None
        assert music.find(TaskId("nobody's")) is None


async def test_drafts_go_out_in_the_order_they_were_written(
    making_songs: Any, service: Service
) -> None:
    async with making_songs(parallel_songs=1) as (bench, _stub):
        tasks = [create(bench, name) for name in ("a", "b", "c", "d")]
        for task in tasks[1:]:
            _drafted(bench, task)
        service.status = "failed"
        ended = await until(bench, tasks[0], FAILED)
        bench.services.music.send_all()
        sent = [now(bench, task) for task in tasks]
        assert [task.status for task in sent] == [FAILED, SUBMITTING, WAITING, WAITING]
        assert sent[0] == ended
        assert {task.hold for task in sent} == {None}
        await until(bench, tasks[3], FAILED)
        assert [asked["title"] for asked in service.created] == ["a", "b", "c", "d"]


async def test_only_the_drafts_that_are_named_go_out(making_songs: Any, service: Service) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        first, second, third = (create(bench, name) for name in ("a", "b", "c"))
        for task in (second, third):
            _drafted(bench, task)
        queued = await until(bench, first, QUEUED)
        bench.services.music.send_now(first.id, third.id)
        assert now(bench, first).status is queued.status
        assert now(bench, second).status is DRAFT
        assert (now(bench, third).status, now(bench, third).hold) == (WAITING, None)
        bench.services.music.retry(second.id)  # nothing was tried yet
        assert now(bench, second).status is DRAFT
        assert len(stub.posts(CREATE)) == 1


async def test_a_draft_tells_whether_its_service_is_in_reach(making_songs: Any) -> None:
    async with making_songs(parallel_songs=1) as (bench, _stub):
        away = bench.services.profiles.add("Away", "https://away.example/v1")
        _queued, waiting, near, far = (create(bench, name) for name in ("a", "b", "c", "d"))
        far = replace(far, profile_id=away.id)
        bench.services.music._tasks.put(far)
        for task in (near, far):
            _drafted(bench, task)
        for network, hold in ((Network.OFFLINE, Hold.OFFLINE), (Network.ONLINE, None)):
            bench.services.traffic.note_network(network)
            assert now(bench, far).hold is hold
            assert (now(bench, near).hold, now(bench, waiting).hold) == (None, None)
        assert {now(bench, task).status for task in (near, far)} == {DRAFT}


async def test_removing_gives_drafts_up_and_leaves_what_goes_on(
    making_songs: Any, service: Service
) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        ended, draft, waiting = (create(bench, name) for name in ("a", "b", "c"))
        service.statuses = {"tsk_1": "failed"}
        _drafted(bench, draft)
        await until(bench, ended, FAILED)
        await until(bench, waiting, QUEUED)
        music = bench.services.music
        music.remove(ended.id, draft.id, waiting.id)
        assert titles(music.tasks) == ["c"]
        assert (now(bench, draft).status, _state(bench, draft)) == (
            CANCELED,
            RequestState.ABANDONED,
        )
        assert len(stub.posts(CREATE)) == 2


async def test_what_has_ended_can_not_be_canceled(making_songs: Any, service: Service) -> None:
    async with making_songs() as (bench, stub):
        service.status = "failed"
        ended = await until(bench, create(bench), FAILED)
        bench.services.music.cancel(ended.id)
        assert now(bench, ended) == ended
        assert stub.posts("/cancel") == []


async def test_another_attempt_is_announced_until_it_leaves(
    making_songs: Any, service: Service, busy: Any
) -> None:
    async with making_songs() as (bench, stub):
        bench.services.settings.change(retry_attempts=2)
        service.creates = [busy]
        task = create(bench)
        seen = _shown(bench, task)
        await until(bench, task, QUEUED)
        waits = [shown.wait for shown in seen if shown.status is SUBMITTING]
        told = next(wait for wait in waits if wait is not None)
        assert (told.attempt, told.of) == (2, 2)
        assert waits[-1] is None
        assert len({post.headers["idempotency-key"] for post in stub.posts(CREATE)}) == 1


async def test_what_is_canceled_between_two_attempts_ends_once_it_is_accepted(
    making_songs: Any, service: Service, busy: Any
) -> None:
    async with making_songs() as (bench, stub):
        bench.services.settings.change(retry_attempts=2)
        service.creates = [busy]
        task = create(bench)
        await bench.until(lambda: now(bench, task).wait)
        bench.services.music.cancel(task.id)
        asked = now(bench, task)
        assert (asked.status, asked.wait) == (SUBMITTING, None)
        assert asked.cancel_requested_at is not None
        await bench.until(lambda: stub.posts("/cancel"))
        service.status = "canceled"
        await until(bench, task, CANCELED)


async def test_waiting_that_is_ended_leaves_the_outcome_unknown_until_it_is_tried_again(
    making_songs: Any, service: Service, busy: Any
) -> None:
    async with making_songs() as (bench, stub):
        bench.services.settings.change(retry_attempts=2)
        service.creates = [busy]
        task, music = create(bench, model="suno-5.5"), bench.services.music
        await bench.until(lambda: now(bench, task).wait)
        music._outbox.stop_retrying(task.idempotency_key)
        lost = await until(bench, task, TaskStatus.UNKNOWN)
        assert lost.wait is None
        assert lost.failure is not None
        assert (lost.failure.code, lost.failure.subject) == (FailureCode.SERVICE_ERROR, "suno-5.5")
        assert music.may_remove(lost)
        music.retry(task.id)
        assert (now(bench, task).status, now(bench, task).failure) == (SUBMITTING, None)
        assert not music.may_remove(now(bench, task))
        await until(bench, task, QUEUED)
        assert len({post.headers["idempotency-key"] for post in stub.posts(CREATE)}) == 1


async def test_what_could_not_leave_was_refused_and_is_not_unknown(making_songs: Any) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        profiles = bench.services.profiles
        mine = profiles.add("Mine", stub.base_url)
        profiles.activate(mine.id)
        await until(bench, create(bench), QUEUED)
        waiting = create(bench)
        profiles.remove(mine.id)
        bench.services.settings.change(parallel_songs=2)
        refused = await until(bench, waiting, TaskStatus.REFUSED)
        assert refused.failure is not None
        assert refused.failure.code is FailureCode.PROFILE_GONE
        assert _state(bench, waiting) is RequestState.WRITTEN


async def test_a_song_that_became_too_old_on_its_way_is_looked_for(
    making_songs: Any, service: Service
) -> None:
    async with making_songs() as (bench, stub):
        service.loses_answers = True
        task, music = create(bench), bench.services.music
        await until(bench, task, TaskStatus.UNKNOWN)
        bench.services.activity.pause_all()
        music.retry(task.id)
        await bench.until(lambda: now(bench, task).hold is Hold.PAUSED)
        age(bench, task)
        bench.services.activity.resume_all()
        found = await until(bench, task, QUEUED)
        assert found.remote_id == "tsk_1"
        assert _state(bench, task) is RequestState.CREATED
        assert len(stub.posts(CREATE)) == 1


def _without_request(bench: Any, task: MusicTask) -> None:
    lost = replace(task, status=SUBMITTING, remote_id=None, idempotency_key=None)
    bench.services.music._tasks.put(lost)


def _without_answer(bench: Any, task: MusicTask) -> None:
    age(bench, task)
    bench.services.music._tasks.put(replace(task, status=TaskStatus.UNKNOWN, remote_id=None))


@pytest.mark.parametrize("lose", [_without_request, _without_answer])
async def test_what_can_not_be_sent_again_is_looked_for_at_the_next_start(
    lose: Callable[[Any, MusicTask], None], making_songs: Any
) -> None:
    async with making_songs() as (bench, stub):
        task = await until(bench, create(bench), QUEUED)
        lose(bench, task)
        bench.services.music.resume()
        assert (await until(bench, task, QUEUED)).remote_id == "tsk_1"
        assert len(stub.posts(CREATE)) == 1


async def test_a_song_taken_back_stays_taken_back_at_the_next_start(making_songs: Any) -> None:
    async with making_songs(parallel_songs=1) as (bench, _stub):
        create(bench)
        task, music = create(bench), bench.services.music
        # As it stands when the app ends between the two commits of taking it back.
        music._tasks.put(replace(task, status=CANCELED))
        await bench.database.durable()
        music.resume()
        assert _state(bench, task) is RequestState.ABANDONED


async def test_what_waits_goes_on_waiting_over_a_start(making_songs: Any) -> None:
    async with making_songs(parallel_songs=1) as (bench, _stub):
        await until(bench, create(bench), QUEUED)
        task, music = create(bench), bench.services.music
        wait = Wait(attempt=2, of=2, until=utc_now(), reason="Busy")
        music._tasks.show(task.id, wait=wait)
        await bench.database.durable()
        music.resume()
        assert (now(bench, task).status, _state(bench, task)) == (WAITING, RequestState.WRITTEN)
        music.cancel(task.id)
        assert (now(bench, task).status, now(bench, task).wait) == (CANCELED, None)

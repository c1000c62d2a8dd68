"""Ending tasks: the service has the last word, and what never left is simply not sent."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.music import Delivery, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind, RequestState
from beatra_desktop.services.polling import PollSchedule
from tests.services.song_service import CREATE, Service, create, delivered, now, opened, until

pytestmark = pytest.mark.asyncio

CANCELED, RUNNING = TaskStatus.CANCELED, TaskStatus.RUNNING


def _asked_by(bench: Any, post: Any) -> Request:
    found: Request = bench.services.music._outbox.find(post.headers["idempotency-key"])
    return found


def _written(bench: Any, task: MusicTask, *, owner_id: str | None = None) -> Request:
    """A cancel that was written down and not sent."""
    written: Request = bench.services.music._outbox.write(
        kind=RequestKind.CANCEL,
        profile_id=task.profile_id,
        owner_id=owner_id or task.id,
        path=f"/tasks/{task.remote_id}/cancel",
        body=b"{}",
    )
    return written


async def test_a_canceled_task_shows_its_refund(open_bench: Any) -> None:
    async with open_bench(speed=1.0) as bench:
        task = create(bench, model="suno-5.5", instrumental=True)
        await bench.until(lambda: now(bench, task).remote_id)
        bench.services.music.cancel(task.id)
        ended = await until(bench, task, CANCELED)
        assert ended.billing is not None
        assert ended.billing.refunded_credits == "80.0000"


async def test_a_create_on_its_way_is_canceled_by_what_it_made(
    making_songs: Any, service: Service
) -> None:
    async with making_songs() as (bench, stub):
        task = create(bench)
        await bench.until(lambda: stub.posts(CREATE))
        bench.services.music.cancel(task.id)
        bench.services.music.cancel(task.id)
        await bench.until(lambda: stub.posts("/cancel"))
        service.status = "canceled"
        ended = await until(bench, task, CANCELED)
        assert ended.cancel_requested_at is not None
        assert len(stub.posts("/cancel")) == 1


async def test_what_never_left_is_not_sent(making_songs: Any) -> None:
    async with making_songs() as (bench, stub):
        task = create(bench)
        bench.services.music.cancel(task.id)
        assert now(bench, task).status is CANCELED
        bench.services.resume()
        await bench.until(lambda: not bench.services.music._running)
        assert stub.posts() == []


async def test_a_cancel_that_failed_is_told_and_does_not_come_back_at_the_next_start(
    open_bench: Any,
) -> None:
    async with open_bench(speed=0.1) as bench:
        bench.services.settings.change(retry_attempts=1)
        action = {"status": 503, "error": {"code": "internal_error", "retryable": True}}
        await bench.admin("POST", "faults", {"path": "/v1/tasks/*/cancel", "action": action})
        task, music = (
            create(bench, model="minimax-music-2.6", instrumental=True),
            bench.services.music,
        )
        await bench.until(lambda: now(bench, task).status.is_at_service)
        music.cancel(task.id)
        await bench.until(lambda: now(bench, task).cancel_requested_at is None)
        checked_at = now(bench, task).checked_at
        await bench.until(lambda: now(bench, task).checked_at != checked_at)
        assert now(bench, task).cancel_failure is not None, "a poll takes nothing back"
        await bench.grounds.database.durable()
        music.resume()
        assert f"cancel {task.id}" not in music._supervisor.names


async def test_a_cancel_that_fails_after_the_end_is_no_news(
    making_songs: Any, service: Service
) -> None:
    async with making_songs() as (bench, _stub):
        service.status = "succeeded"
        task = await until(bench, create(bench), TaskStatus.SUCCEEDED)
        await delivered(bench, task, Delivery.SAVED)
        ended = now(bench, task)
        bench.services.music._canceling._on_failure(ended, Failure(code=FailureCode.OFFLINE))
        assert now(bench, task).cancel_failure is None


async def test_canceling_again_puts_away_why_it_failed_before(
    making_songs: Any, service: Service
) -> None:
    async with making_songs() as (bench, stub):
        task = await until(bench, create(bench), TaskStatus.QUEUED)
        bench.services.music._canceling._on_failure(task, Failure(code=FailureCode.OFFLINE))
        assert now(bench, task).cancel_failure is not None
        bench.services.music.cancel(task.id)
        assert now(bench, task).cancel_failure is None
        await bench.until(lambda: stub.posts("/cancel"))
        service.status = "canceled"
        await until(bench, task, CANCELED)


async def test_what_is_asked_is_in_the_ledger(making_songs: Any) -> None:
    async with making_songs() as (bench, stub):
        task = await until(bench, create(bench), TaskStatus.QUEUED)
        bench.services.music.cancel(task.id)
        await bench.until(lambda: stub.posts("/cancel"))
        [post] = stub.posts("/cancel")
        request = _asked_by(bench, post)
        assert (request.kind, request.owner_id) == (RequestKind.CANCEL, task.id)
        assert (request.profile_id, request.body) == (task.profile_id, post.body)
        assert post.path == f"/v1{request.path}" == "/v1/tasks/tsk_1/cancel"
        await bench.until(lambda: _asked_by(bench, post).state is RequestState.CREATED)


async def test_a_cancel_the_end_of_the_app_cut_is_asked_again_under_its_key(
    service: Service, say: Any, open_stub: Any, open_bench: Any
) -> None:
    service.cancels = [say(200, hold=True)]
    async with opened(service, open_stub, open_bench) as (bench, stub):
        task = await until(bench, create(bench), TaskStatus.QUEUED)
        bench.services.music.cancel(task.id)
        await bench.until(lambda: stub.posts("/cancel"))
        bench.services.music.resume()  # asks for nothing that is being asked for
        assert bench.services.music._supervisor.names.count(f"cancel {task.id}") == 1
        [cut] = stub.posts("/cancel")
    async with opened(service, open_stub, open_bench) as (later, stub):
        await later.until(lambda: stub.posts("/cancel"))
        service.status = "canceled"
        ended = await until(later, task, CANCELED)
        assert ended.cancel_requested_at is not None
        [again] = stub.posts("/cancel")
        assert again.headers["idempotency-key"] == cut.headers["idempotency-key"]
        assert again.body == cut.body


async def test_a_cancel_nobody_needs_any_more_is_given_up_at_the_next_start(
    making_songs: Any, service: Service
) -> None:
    async with making_songs() as (bench, stub):
        music = bench.services.music
        task = await until(bench, create(bench), TaskStatus.QUEUED)
        too_old = replace(_written(bench, task), sent_at=utc_now() - timedelta(hours=25))
        music._outbox._save(too_old)
        service.statuses = {"tsk_2": "failed"}
        ended = await until(bench, create(bench), TaskStatus.FAILED)
        owned = [_written(bench, ended), _written(bench, task, owner_id="nobody")]
        failed = _written(bench, task)  # the user was told that it goes on
        lost = [too_old, failed, *owned]
        await bench.database.durable()
        music.resume()
        states = {music._outbox.find(request.key).state for request in lost}
        assert states == {RequestState.ABANDONED}
        assert [name for name in music._supervisor.names if name.startswith("cancel")] == []
        assert stub.posts("/cancel") == []


async def test_a_cancel_the_app_ended_before_it_was_written_down_is_asked_once(
    making_songs: Any, service: Service
) -> None:
    async with making_songs() as (bench, stub):
        music = bench.services.music
        task = await until(bench, create(bench), TaskStatus.QUEUED)
        music._tasks.put(replace(task, cancel_requested_at=utc_now()))
        music.resume()
        await bench.until(lambda: stub.posts("/cancel"))
        await bench.until(lambda: f"cancel {task.id}" not in music._supervisor.names)
        music.resume()
        assert f"cancel {task.id}" not in music._supervisor.names
        service.status = "canceled"
        await until(bench, task, CANCELED)
        assert len(stub.posts("/cancel")) == 1


@pytest.mark.parametrize(("title", "subject"), [("Lamps", "Lamps"), ("", "rain")])
async def test_another_attempt_is_announced_and_the_last_failure_names_the_song(
    title: str, subject: str, service: Service, say: Any, open_stub: Any, open_bench: Any
) -> None:
    busy = say(503, {"error": {"code": "internal_error", "message": "Busy", "retryable": True}})
    service.cancels = [busy, busy]
    calm = partial(open_bench, schedule=PollSchedule(first=60.0))  # no poll puts anything right
    async with opened(service, open_stub, calm) as (bench, stub):
        bench.services.settings.change(retry_attempts=2)
        task = await until(bench, create(bench, title), TaskStatus.QUEUED)
        bench.services.music.cancel(task.id)
        await bench.until(lambda: now(bench, task).wait)
        wait = now(bench, task).wait
        assert wait is not None
        assert (wait.attempt, wait.of) == (2, 2)
        await bench.until(lambda: now(bench, task).cancel_failure)
        told = now(bench, task)
        assert (told.status, told.wait, told.cancel_requested_at) == (task.status, None, None)
        assert told.cancel_failure is not None
        assert told.cancel_failure.code is FailureCode.SERVICE_ERROR
        assert told.cancel_failure.subject == subject
        first, second = stub.posts("/cancel")
        assert _asked_by(bench, first) == _asked_by(bench, second)

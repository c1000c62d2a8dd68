"""Ending tasks: the service has the last word, and what never left is simply not sent."""

from typing import Any

import pytest

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.music import Delivery, TaskStatus
from tests.services.song_service import CREATE, Service, create, delivered, now, until

pytestmark = pytest.mark.asyncio

CANCELED, RUNNING = TaskStatus.CANCELED, TaskStatus.RUNNING


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

"""Pauses between attempts, and what cuts them short."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from beatra_desktop.domain.ids import IdempotencyKey
from beatra_desktop.services.countdowns import Countdowns
from beatra_desktop.services.supervisor import Supervisor

pytestmark = pytest.mark.asyncio

KEY = IdempotencyKey("key-1")
LONG = 3600.0


class Bench:
    """Countdowns on a clock of their own, and how each that ran has ended."""

    def __init__(self, supervisor: Supervisor) -> None:
        self.now = datetime(2026, 3, 1, tzinfo=UTC)
        self.countdowns = Countdowns(lambda: self.now)
        self.ended: list[bool] = []
        self._supervisor = supervisor

    async def run(self, seconds: float) -> "asyncio.Task[None]":
        running = self._supervisor.start(self._run(seconds), name="countdown")
        await asyncio.sleep(0)
        return running

    async def _run(self, seconds: float) -> None:
        self.ended.append(await self.countdowns.run(KEY, seconds))


@pytest_asyncio.fixture
async def bench() -> AsyncIterator[Bench]:
    async with Supervisor(lambda error, where: None) as supervisor:
        yield Bench(supervisor)


async def test_it_ends_by_itself_and_goes_on(bench: Bench) -> None:
    await (await bench.run(0.001))
    assert bench.ended == [True]
    assert not bench.countdowns.stop(KEY)


async def test_a_stop_ends_it_at_once_and_for_good(bench: Bench) -> None:
    running = await bench.run(LONG)
    assert bench.countdowns.stop(KEY)
    assert not bench.countdowns.hurry(KEY), "told once"
    await running
    assert bench.ended == [False]


async def test_hurry_ends_it_at_once_and_goes_on(bench: Bench) -> None:
    running = await bench.run(LONG)
    assert bench.countdowns.hurry(KEY)
    await running
    assert bench.ended == [True]


async def test_only_those_are_over_after_a_sleep_whose_time_came(bench: Bench) -> None:
    running = await bench.run(LONG)
    bench.now += timedelta(seconds=LONG - 1)
    bench.countdowns.wake()
    await asyncio.sleep(0)
    assert not running.done()
    bench.now += timedelta(seconds=1)
    bench.countdowns.wake()
    await running
    assert bench.ended == [True]

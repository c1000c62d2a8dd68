"""The line in front of the way out: who waits, why, and who goes first."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
import pytest_asyncio

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.requests import Hold
from beatra_desktop.services.gate import Gate, Withheld
from beatra_desktop.services.supervisor import Supervisor

pytestmark = pytest.mark.asyncio

A, B = ProfileId("a"), ProfileId("b")


class Bench:
    """A gate with the holds of a test, and what came through it."""

    def __init__(self, supervisor: Supervisor) -> None:
        self.holds: dict[str, Hold] = {}
        self.gate = Gate(self.holds.get, supervisor)
        self.passed: list[str] = []
        self.told: list[Hold | None] = []
        self._supervisor = supervisor

    async def come(self, name: str, profile_id: ProfileId = A) -> "asyncio.Task[None]":
        return await self.start(self._pass(name, profile_id))

    async def start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        running = self._supervisor.start(work, name="waiting")
        await asyncio.sleep(0)
        return running

    async def _pass(self, name: str, profile_id: ProfileId) -> None:
        try:
            await self.gate.wait(profile_id, self.told.append, ticket=name)
        except Withheld:
            self.passed.append(f"not {name}")
        else:
            self.passed.append(name)


@pytest_asyncio.fixture
async def bench() -> AsyncIterator[Bench]:
    async with Supervisor(lambda error, where: None) as supervisor:
        yield Bench(supervisor)


async def _until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  # any condition: there is no event to await
            await asyncio.sleep(0.001)


async def test_what_nothing_holds_does_not_wait(bench: Bench) -> None:
    await bench.come("first")
    assert bench.passed == ["first"]
    assert not bench.told


async def test_those_who_waited_go_in_the_order_they_came(bench: Bench) -> None:
    bench.holds[A] = Hold.OFFLINE
    for name in ("first", "second", "third"):
        await bench.come(name)
    assert not bench.passed
    bench.holds.clear()
    bench.gate.review()
    await bench.come("late")
    assert len(bench.passed) < 2, "not all at once, and nobody overtakes"
    await _until(lambda: len(bench.passed) == 4)
    assert bench.passed == ["first", "second", "third", "late"]


async def test_requests_go_before_polls(bench: Bench) -> None:
    bench.holds[A] = Hold.OFFLINE
    polled: list[str] = []

    async def poll() -> None:
        await bench.gate.wait(A, lambda _: None, ticket="")
        polled.append("poll")

    await bench.start(poll())
    await bench.come("request")
    bench.holds.clear()
    bench.gate.review()
    await _until(lambda: polled)
    assert bench.passed == ["request"]


async def test_one_that_is_held_holds_up_no_other(bench: Bench) -> None:
    bench.holds[A] = Hold.OFFLINE
    await bench.come("held")
    await bench.come("free", B)
    assert bench.passed == ["free"]


async def test_each_is_told_why_and_when_it_is_over(bench: Bench) -> None:
    bench.holds[A] = Hold.OFFLINE
    running = await bench.come("first")
    bench.holds[A] = Hold.PAUSED
    bench.gate.review()
    bench.gate.review()
    bench.holds.clear()
    bench.gate.review()
    await running
    assert bench.told == [Hold.OFFLINE, Hold.PAUSED, None]


async def test_one_can_be_turned_away(bench: Bench) -> None:
    bench.holds[A] = Hold.OFFLINE
    running = await bench.come("first")
    await bench.come("second")
    assert bench.gate.turn_away("first")
    assert not bench.gate.turn_away("nobody")
    await running
    assert bench.passed == ["not first"]


async def test_one_that_gives_up_leaves_the_line(bench: Bench) -> None:
    bench.holds[A] = Hold.OFFLINE
    running = await bench.come("first")
    await bench.come("second")
    running.cancel()
    bench.holds.clear()
    bench.gate.review()
    await _until(lambda: bench.passed)
    assert bench.passed == ["second"]

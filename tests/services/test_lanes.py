import asyncio

import pytest

from beatra_desktop.services.lanes import Lanes
from beatra_desktop.services.supervisor import Supervisor

pytestmark = pytest.mark.asyncio


async def _pass(lanes: Lanes, name: str, urgency: float, passed: list[str]) -> None:
    async with lanes.lane(urgency):
        passed.append(name)
        await asyncio.sleep(0)


async def test_the_most_urgent_goes_first_and_of_two_who_came_first() -> None:
    lanes, passed = Lanes(1), []  # type: tuple[Lanes, list[str]]
    urgencies = {"began": 9.0, "later": 5.0, "soon": 1.0, "soon too": 1.0}
    await asyncio.gather(*(_pass(lanes, name, u, passed) for name, u in urgencies.items()))
    assert passed == ["began", "soon", "soon too", "later"]


async def test_no_more_than_there_are_lanes_pass_at_once() -> None:
    lanes, inside, most = Lanes(2), 0, 0

    async def work() -> None:
        nonlocal inside, most
        async with lanes.lane(0.0):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(work() for _ in range(7)))
    assert (most, inside) == (2, 0)


async def test_who_gives_up_takes_no_lane_along(supervisor: Supervisor) -> None:
    lanes, passed = Lanes(1), []  # type: tuple[Lanes, list[str]]
    async with lanes.lane(0.0):
        waiting = supervisor.start(_pass(lanes, "gave up", 0.0, passed), name="gave up")
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        in_time = supervisor.start(_pass(lanes, "let in", 0.0, passed), name="let in")
        await asyncio.sleep(0)
    in_time.cancel()  # in the same breath as it is let in
    await asyncio.gather(in_time, return_exceptions=True)
    await _pass(lanes, "next", 0.0, passed)
    assert passed == ["next"]

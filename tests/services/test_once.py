import asyncio
import inspect

import pytest

from beatra_desktop.services.once import Once
from beatra_desktop.services.supervisor import Supervisor

pytestmark = pytest.mark.asyncio


async def test_what_goes_on_is_not_begun_twice(supervisor: Supervisor) -> None:
    once, go_on = Once(supervisor), asyncio.Event()
    begun: list[str] = []

    async def work(name: str) -> None:
        begun.append(name)
        await go_on.wait()

    for name in ("first", "second"):
        once.start("work", work(name))
    once.start("other work", work("other"))
    await asyncio.sleep(0)
    assert begun == ["first", "other"]
    assert once.goes_on("work")
    assert {"work", "other work"} <= set(supervisor.names)
    go_on.set()
    while once.goes_on("work"):  # noqa: ASYNC110  # there is no event to await
        await asyncio.sleep(0)
    once.start("work", work("third"))
    while once.goes_on("work"):  # noqa: ASYNC110  # there is no event to await
        await asyncio.sleep(0)
    assert begun == ["first", "other", "third"]


async def test_what_never_began_is_closed_too() -> None:
    async def work() -> None:
        raise AssertionError("the end came first")

    never = work()
    async with Supervisor(lambda _error, _name: None) as supervisor:
        Once(supervisor).start("work", never)
    assert inspect.getcoroutinestate(never) == inspect.CORO_CLOSED

"""The owner of all asyncio tasks: bugs are told, siblings live, nothing is left running."""

import asyncio

import pytest

from beatra_desktop.services.supervisor import Supervisor

pytestmark = pytest.mark.asyncio


async def _broken() -> None:
    raise ZeroDivisionError


async def _endless() -> None:
    await asyncio.Event().wait()


async def test_a_bug_in_one_child_is_told_and_its_sibling_lives() -> None:
    bugs: list[tuple[BaseException, str]] = []
    go_on, over = asyncio.Event(), asyncio.Event()

    async def sibling() -> None:
        await go_on.wait()
        over.set()

    async with Supervisor(lambda error, name: bugs.append((error, name))) as supervisor:
        supervisor.start(sibling(), name="sibling")
        broken = supervisor.start(_broken(), name="broken")
        await asyncio.wait([broken])
        assert supervisor.names == ["sibling"]
        go_on.set()
        await over.wait()
    [(error, name)] = bugs
    assert isinstance(error, ZeroDivisionError)
    assert name == "broken"


async def test_leaving_cancels_the_children_and_waits_for_them() -> None:
    put_away = False

    async def child() -> None:
        nonlocal put_away
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            put_away = True

    async with Supervisor(lambda *_: None) as supervisor:
        supervisor.start(child(), name="child")
        await asyncio.sleep(0)
    assert put_away
    assert supervisor.names == []


async def test_what_a_child_starts_with_its_last_breath_ends_too() -> None:
    supervisor = Supervisor(lambda *_: None)
    begun: list[str] = []

    async def late(name: str) -> None:
        begun.append(name)

    async def child() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            supervisor.start(late("second"), name="second")

    async with supervisor:
        supervisor.start(child(), name="first")
        await asyncio.sleep(0)
    assert supervisor.names == []
    assert begun == []


async def test_an_error_leaving_the_block_does_not_leave_children_behind() -> None:
    supervisor = Supervisor(lambda *_: None)

    async def leave() -> None:
        async with supervisor:
            supervisor.start(_endless(), name="child")
            raise KeyError("out")

    with pytest.raises(KeyError):
        await leave()
    assert supervisor.names == []

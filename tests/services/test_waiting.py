"""Waiting for a thread and showing meanwhile how far it is."""

import asyncio
import threading

import pytest

from beatra_desktop.services.waiting import watched

pytestmark = pytest.mark.asyncio


async def test_ticks_come_while_the_thread_works() -> None:
    go_on = threading.Event()

    def work() -> str:
        go_on.wait()
        return threading.current_thread().name

    name = await watched(work, on_tick=go_on.set)
    assert go_on.is_set()
    assert name != threading.main_thread().name


async def test_an_error_of_the_thread_is_raised_here() -> None:
    def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await watched(work, on_tick=lambda: None)


async def test_cancelling_does_not_wait_for_the_thread() -> None:
    go_on = threading.Event()
    waiting = asyncio.get_running_loop().create_task(watched(go_on.wait, on_tick=lambda: None))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    go_on.set()

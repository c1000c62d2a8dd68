"""Waiting for a thread and showing meanwhile how far it is."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

TICK_SECONDS: Final = 0.1

T = TypeVar("T")


async def watched(work: Callable[[], T], *, on_tick: Callable[[], None]) -> T:
    """What `work` gives, run in a worker thread; `on_tick` is called ten times a second.

    A thread can't be called back: whoever is cancelled here tells `work` to stop by other means.
    """
    running = asyncio.get_running_loop().run_in_executor(None, work)
    while not (await asyncio.wait({running}, timeout=TICK_SECONDS))[0]:
        on_tick()
    return running.result()

"""Event streams at a human pace."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

FIRST_EVENT_S: Final = 0.25
SHORTEST_SLEEP_S: Final = 0.001
SEPARATOR: Final = b"\n\n"


async def paced(body: bytes, *, events_per_second: float, speed: float) -> AsyncIterator[bytes]:
    """Yield a stream's events one by one, each at its due time, so that delays do not add up."""
    loop = asyncio.get_running_loop()
    start = loop.time() + FIRST_EVENT_S / speed
    for number, event in enumerate(split_events(body)):
        rest_s = start + number / events_per_second - loop.time()
        if rest_s >= SHORTEST_SLEEP_S:
            await asyncio.sleep(rest_s)
        yield event


def split_events(body: bytes) -> list[bytes]:
    return [part + SEPARATOR for part in body.split(SEPARATOR) if part]

"""The pauses between attempts: each can be cut short, to try at once or not any more."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from beatra_desktop.domain.ids import IdempotencyKey


class Countdowns:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._running: dict[IdempotencyKey, tuple[datetime, asyncio.Future[bool]]] = {}

    async def run(self, key: IdempotencyKey, seconds: float) -> bool:
        """Wait that long; False when `stop` ended it."""
        ending = asyncio.get_running_loop().create_future()
        self._running[key] = (self._now() + timedelta(seconds=seconds), ending)
        try:
            async with asyncio.timeout(seconds):
                return bool(await ending)
        except TimeoutError:
            return True
        finally:
            del self._running[key]

    def stop(self, key: IdempotencyKey) -> bool:
        """No further attempt; False when none was waited for."""
        return self._end(key, goes_on=False)

    def hurry(self, key: IdempotencyKey) -> bool:
        """Try at once; False when nothing was waited for."""
        return self._end(key, goes_on=True)

    def wake(self) -> None:
        """End those whose time came while the machine slept: timers may not count that time."""
        due = [key for key, (until, _) in self._running.items() if until <= self._now()]
        for key in due:
            self.hurry(key)

    def _end(self, key: IdempotencyKey, *, goes_on: bool) -> bool:
        _, ending = self._running.get(key, (None, None))
        if ending is None or ending.done():
            return False
        ending.set_result(goes_on)
        return True

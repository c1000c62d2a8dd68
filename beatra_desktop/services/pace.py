"""How fast bytes move, smoothed so that a figure can be read."""

import time
from collections.abc import Callable
from typing import Final

SMOOTHING: Final = 0.3
REPORT_SECONDS: Final = 0.1


class Pace:
    """Turns byte counts into a smoothed speed, at most ten times a second.

    A count below the last one means that the transfer began anew.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._bytes = 0
        self._at = clock()
        self.bytes_per_second: float | None = None

    def is_news(self, done_bytes: int) -> bool:
        """Take a count in; True when enough time has passed to show it."""
        now = self._clock()
        elapsed = now - self._at
        if elapsed < REPORT_SECONDS:
            return False
        latest = max(0, done_bytes - self._bytes) / elapsed
        known = self.bytes_per_second
        self.bytes_per_second = latest if known is None else known + SMOOTHING * (latest - known)
        self._bytes, self._at = done_bytes, now
        return True

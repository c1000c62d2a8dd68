"""When to ask for a task again (contract §4): often at first, calmly later, never giving up."""

import random
from collections.abc import Callable
from typing import Final

from msgspec import Struct

LONGEST_ASKED: Final = 3600.0
"""Seconds a service is believed at most: it may mean days, or have a wrong clock."""


def believed(retry_after: float | None) -> float:
    """The seconds to wait that a service asked for, within reason."""
    return min(retry_after or 0.0, LONGEST_ASKED)


class PollSchedule(Struct, frozen=True, kw_only=True):
    """Seconds; the interval grows to `cap`, and to `patient` once `active` has passed."""

    first: float = 2.0
    growth: float = 1.5
    cap: float = 15.0
    patient: float = 300.0
    active: float = 30 * 60.0
    random: Callable[[], float] = random.random

    def delay(self, polls: int, *, age: float, retry_after: float | None) -> float:
        """Seconds to wait after poll number `polls` (0: accepted, or taken up, just now).

        With up to 10 % jitter either way; at least what the service asked for, within reason.
        """
        grown = min(self.cap, self.first * self.growth ** min(polls, 64))
        if polls and age >= self.active:
            grown = self.patient
        return max(grown * (0.9 + 0.2 * self.random()), believed(retry_after))

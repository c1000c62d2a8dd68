"""The sandbox's own time: the computer's, moved forward on demand."""

import time
from datetime import UTC, datetime


class Clock:
    """Tells seconds since 1970; `advance` makes a day pass in a test."""

    def __init__(self, *, offset_s: float = 0.0) -> None:
        self.offset_s = offset_s

    def now(self) -> float:
        return time.time() + self.offset_s

    def advance(self, seconds: float) -> None:
        self.offset_s += seconds


def iso(moment: float | None) -> str | None:
    """Return `2026-09-01T10:00:00Z` (contract §2), or None for None."""
    if moment is None:
        return None
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_iso(text: str) -> float:
    """Return seconds since 1970; a time without zone is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.timestamp()

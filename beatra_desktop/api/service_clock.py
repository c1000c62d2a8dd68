"""What time it is for the service, as its answers tell it."""

import time
from collections.abc import Callable
from datetime import MAXYEAR, UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from msgspec import Struct

from beatra_desktop.domain.clock import utc_now


class Instant(Struct, frozen=True):
    """What both clocks of this machine showed."""

    wall: datetime
    steady_seconds: float


class _Told(Struct, frozen=True):
    """The service's time at some moment between the request for it and its answer."""

    moment: datetime
    asked: Instant
    heard: Instant


class ServiceClock:
    """Runs on from the last `Date` a service sent; tells nothing before the first.

    How much time has passed since is not certain: an answer may have lain unread while the machine
    slept, and the wall clock may have been set. The steady one may have stood still, but it never
    runs ahead.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = utc_now,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wall = now
        self._steady = steady
        self._told: _Told | None = None

    def instant(self) -> Instant:
        """Now, by this machine's clocks."""
        return Instant(self._wall(), self._steady())

    def note(self, date: str | None, asked: Instant) -> None:
        """Take in a `Date` header of the answer to what was asked then; none changes nothing."""
        moment = http_date(date)
        if moment is not None and moment.year < MAXYEAR:  # no clock could run on from there
            self._told = _Told(moment, asked, self.instant())

    @property
    def earliest(self) -> datetime | None:
        """The time it is for the service at least."""
        if self._told is None:
            return None
        return self._told.moment + self._steady_since(self._told.heard)

    @property
    def latest(self) -> datetime | None:
        """The time it is for the service at most."""
        if self._told is None:
            return None
        asked = self._told.asked
        return self._told.moment + max(self._wall() - asked.wall, self._steady_since(asked))

    def _steady_since(self, then: Instant) -> timedelta:
        return timedelta(seconds=self._steady() - then.steady_seconds)


def http_date(value: str | None) -> datetime | None:
    """The moment a `Date` header, or one like it, names; None when it is none."""
    try:
        moment = parsedate_to_datetime(value or "")
    except (ValueError, OverflowError):  # the latter for numbers no date has
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

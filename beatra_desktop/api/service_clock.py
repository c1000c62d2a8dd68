"""What time it is for the service, as its answers tell it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from beatra_desktop.domain.clock import utc_now


@dataclass(frozen=True, slots=True)
class _Told:
    """The service's time when both clocks of this machine stood so."""

    moment: datetime
    wall: datetime
    steady_seconds: float


class ServiceClock:
    """Runs on from the last `Date` a service sent; tells nothing before the first.

    How much time has passed since is not certain: the wall clock may have been set, and the steady
    one may have stood still while the machine slept. It is something between the two.
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

    def note(self, date: str | None) -> None:
        """Take in a `Date` header; what is none changes nothing."""
        moment = http_date(date)
        if moment is not None and moment.year < MAXYEAR:  # no clock could run on from there
            self._told = _Told(moment, self._wall(), self._steady())

    @property
    def earliest(self) -> datetime | None:
        """The time it is for the service at least."""
        return min(self._readings(), default=None)

    @property
    def latest(self) -> datetime | None:
        """The time it is for the service at most."""
        return max(self._readings(), default=None)

    def _readings(self) -> Iterator[datetime]:
        if self._told is not None:
            yield self._told.moment + (self._wall() - self._told.wall)
            yield self._told.moment + timedelta(seconds=self._steady() - self._told.steady_seconds)


def http_date(value: str | None) -> datetime | None:
    """The moment a `Date` header, or one like it, names; None when it is none."""
    try:
        moment = parsedate_to_datetime(value or "")
    except (ValueError, OverflowError):  # the latter for numbers no date has
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

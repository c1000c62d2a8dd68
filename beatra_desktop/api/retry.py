"""When to try again, how long to wait first, and the loop that does it (contract §5)."""

import asyncio
import math
import random
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, TypeVar

from msgspec import Struct

from beatra_desktop.api.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    CertificateError,
    IncompleteDownloadError,
)
from beatra_desktop.api.service_clock import http_date
from beatra_desktop.domain.clock import utc_now

MAX_ASKED_WAIT_SECONDS: Final = 600.0
TRANSIENT_STATUSES: Final = frozenset({408, 429, 500, 502, 503, 504})

T = TypeVar("T")


class Wait(Struct, frozen=True, kw_only=True):
    """A back-off that begins now: attempt `attempt` of `of` starts in `seconds`."""

    attempt: int
    of: int
    seconds: float
    error: APIError


class RetryPolicy(Struct, frozen=True, kw_only=True):
    """Exponential back-off with jitter; `random` gives numbers in [0, 1)."""

    max_attempts: int = 4
    base_seconds: float = 0.5
    cap_seconds: float = 8.0
    random: Callable[[], float] = random.random

    def delay(self, error: APIError, attempt: int) -> float:
        """Seconds to wait after failed attempt number `attempt` (1 is the first).

        Half to all of `base * 2^(attempt-1)`, at most the cap; longer when the service asked for
        more, then at most ten minutes.
        """
        full = min(self.cap_seconds, self.base_seconds * 2.0 ** min(attempt - 1, 64))
        own = full * (0.5 + 0.5 * self.random())
        asked = error.retry_after if isinstance(error, APIStatusError) else None
        return own if asked is None else min(max(own, asked), MAX_ASKED_WAIT_SECONDS)


def should_retry(error: APIError, *, idempotent: bool) -> bool:
    """Whether the same call can succeed later and doing it twice is harmless.

    `idempotent` is true for GET and for a POST that carries its idempotency key. A stream that
    has begun is never retried.
    """
    if not idempotent:
        return False
    if isinstance(error, APIStatusError):
        if error.retryable is not None:
            return error.retryable
        return error.status in TRANSIENT_STATUSES
    if isinstance(error, CertificateError):
        return False
    return isinstance(error, APIConnectionError | IncompleteDownloadError)


async def _rest(seconds: float) -> bool:
    await asyncio.sleep(seconds)
    return True


async def with_retries(
    call: Callable[[], Awaitable[T]],
    policy: RetryPolicy,
    *,
    idempotent: bool,
    on_wait: Callable[[Wait], None],
    gives_up: Callable[[APIError], bool] = lambda _: False,
    rest: Callable[[float], Awaitable[bool]] = _rest,
) -> T:
    """Await `call()` until it succeeds or trying again makes no sense; raises the last error.

    `gives_up` adds errors after which the caller would not try again; `rest(seconds)` waits and
    tells whether to go on at all. For a chat stream wrap the opening only.
    """
    attempt = 1
    while True:
        try:
            return await call()
        except APIError as error:
            is_last = attempt >= policy.max_attempts or gives_up(error)
            if is_last or not should_retry(error, idempotent=idempotent):
                raise
            attempt += 1
            seconds = policy.delay(error, attempt - 1)
            on_wait(Wait(attempt=attempt, of=policy.max_attempts, seconds=seconds, error=error))
            if not await rest(seconds):
                raise


def parse_retry_after(value: str | None, *, date: str | None = None) -> float | None:
    """Seconds from a `Retry-After` header in either of its forms; None when it is no use.

    `date` is the response's `Date` header: with it a wrong clock on this machine does no harm.
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        return _seconds_until(value, http_date(date) or utc_now())
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _seconds_until(value: str, now: datetime) -> float | None:
    moment = http_date(value)
    return None if moment is None else max(0.0, (moment - now).total_seconds())

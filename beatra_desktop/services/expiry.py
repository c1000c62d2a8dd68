"""When a signed link ends, where its address says so: a hint, no promise (contract U12)."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from beatra_desktop.domain.clock import utc_now

_MILLISECONDS_FROM: Final = 10**11
"""A number of seconds this large would be in the year 5138."""
_BELIEVABLE: Final = timedelta(days=3660)
_SIGNED: Final = (("x-amz-date", "x-amz-expires"), ("x-goog-date", "x-goog-expires"),
                  ("x-tos-date", "x-tos-expires"), ("x-oss-date", "x-oss-expires"))  # fmt: skip
"""A time of signing and the seconds from then on."""
_MOMENTS: Final = ("expires", "expire", "expires_at", "exp", "se", "e")
_LONGEST_QUERY: Final = 8192


def expiry_of(url: str) -> datetime | None:
    """The moment a link ends; None when it does not say, or nothing one can believe."""
    try:
        query = urlsplit(url).query
    except ValueError:
        return None
    if not query or len(query) > _LONGEST_QUERY:
        return None
    values = {name.lower(): value for name, value in parse_qsl(query)}
    found = (_believable(read, values) for read in (_signed, _period, _moment))
    return next((moment for moment in found if moment is not None), None)


def _believable(
    read: Callable[[Mapping[str, str]], datetime | None], values: Mapping[str, str]
) -> datetime | None:
    try:
        moment = read(values)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment is not None and abs(moment - utc_now()) < _BELIEVABLE else None


def _signed(values: Mapping[str, str]) -> datetime | None:
    for begun, lasts in _SIGNED:
        if begun in values and lasts in values:
            moment = datetime.strptime(values[begun], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return moment + timedelta(seconds=int(values[lasts]))
    return None


def _period(values: Mapping[str, str]) -> datetime | None:
    """Two times with a semicolon between them: from when on, and until when."""
    _, found, end = values.get("q-sign-time", "").partition(";")
    return _seconds(end) if found else None


def _moment(values: Mapping[str, str]) -> datetime | None:
    name = next((name for name in _MOMENTS if name in values), None)
    if name is None:
        return None
    text = values[name]
    if text.isascii() and text.isdecimal():
        return _seconds(text)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else None


def _seconds(text: str) -> datetime:
    number = int(text)
    return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS_FROM else number, UTC)

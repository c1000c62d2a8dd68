"""The one way the app reads the wall clock, always in UTC."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The time in whole milliseconds, which is what the database keeps."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)

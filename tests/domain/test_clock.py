from datetime import UTC, datetime, timedelta

from beatra_desktop.domain.clock import utc_now


def test_the_time_is_in_utc_and_now() -> None:
    earliest = datetime.now(UTC) - timedelta(milliseconds=1)
    now = utc_now()
    assert now.utcoffset() == timedelta(0)
    assert earliest <= now <= datetime.now(UTC)

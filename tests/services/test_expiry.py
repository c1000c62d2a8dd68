"""Links say in many ways when they end; what is no time, or no sensible one, says nothing."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.services.expiry import expiry_of

TODAY = utc_now().replace(microsecond=0)
SECONDS = int(TODAY.timestamp())
STAMP = TODAY.strftime("%Y%m%dT%H%M%SZ")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("query", "ends"),
    [
        (f"X-Amz-Date={STAMP}&X-Amz-Expires=3600&X-Amz-Signature=x", TODAY + HOUR),
        (f"X-Goog-Date={STAMP}&X-Goog-Expires=3600", TODAY + HOUR),
        (f"x-oss-date={STAMP}&x-oss-expires=60", TODAY + timedelta(minutes=1)),
        (f"Expires={SECONDS}&OSSAccessKeyId=a&Signature=b", TODAY),
        (f"expires={SECONDS}&signature=b", TODAY),
        (f"exp={SECONDS * 1000}", TODAY),
        (f"q-sign-time={SECONDS - 60};{SECONDS}&q-key-time=1;2", TODAY),
        (f"sv=2021&se={TODAY.isoformat().replace('+00:00', 'Z')}&sig=x", TODAY),
        ("expires=soon", None),
        ("expires=0", None),
        ("expires=99999999999999999999", None),
        (f"se={TODAY.replace(tzinfo=None).isoformat()}", None),
        (f"X-Amz-Date={STAMP}&X-Amz-Expires=soon", None),
        (f"X-Amz-Date=today&X-Amz-Expires=60&expires={SECONDS}", TODAY),
        ("signature=only", None),
        ("", None),
    ],
    ids=count(),
)
def test_a_link_tells_when_it_ends(query: str, ends: datetime | None) -> None:
    assert expiry_of(f"https://cdn.example/a.mp3?{query}") == ends


@given(st.text())
def test_nothing_a_service_sends_breaks_it(text: str) -> None:
    for url in (text, f"https://cdn.example/a?{text}", f"https://[{text}/a?expires={text}"):
        found = expiry_of(url)
        assert found is None or found.tzinfo is UTC or found.utcoffset() is not None

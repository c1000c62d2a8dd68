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
YEAR = 366 * 24 * 3600
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    ("query", "ends"),
    [
        (f"X-Amz-Date={STAMP}&X-Amz-Expires=3600&X-Amz-Signature=x", TODAY + HOUR),
        (f"X-Goog-Date={STAMP}&X-Goog-Expires=3600", TODAY + HOUR),
        (f"x-oss-date={STAMP}&x-oss-expires=60", TODAY + timedelta(minutes=1)),
        (f"X-Tos-Date={STAMP}&X-Tos-Expires=3600", TODAY + HOUR),
        (f"X-Amz-Date={STAMP}&expires={SECONDS}", TODAY),
        (f"X-Amz-Expires=60&expires={SECONDS}", TODAY),
        (f"Expires={SECONDS}&OSSAccessKeyId=a&Signature=b", TODAY),
        (f"expires={SECONDS}&signature=b", TODAY),
        (f"exp={SECONDS * 1000}", TODAY),
        (f"q-sign-time={SECONDS - 60};{SECONDS}&q-key-time=1;2", TODAY),
        (f"sv=2021&se={TODAY.isoformat().replace('+00:00', 'Z')}&sig=x", TODAY),
        (f"e={SECONDS - 60}&expires={SECONDS}", TODAY),
        (f"q-sign-time={SECONDS}", None),
        (f"q-sign-time=now&expires={SECONDS}", TODAY),
        (f"expires={SECONDS + 9 * YEAR}", TODAY + timedelta(seconds=9 * YEAR)),
        (f"expires={SECONDS + 11 * YEAR}", None),
        (f"expires={SECONDS - 11 * YEAR}", None),
        (f"expires={str(SECONDS).translate(ARABIC)}", None),
        (f"expires={SECONDS}&a={'x' * (8182 - len(str(SECONDS)) - 1)}", TODAY),
        (f"expires={SECONDS}&a={'x' * (8182 - len(str(SECONDS)))}", None),
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

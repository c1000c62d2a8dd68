import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.clip_names import DEFAULT_TEMPLATE
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.settings import (
    MOST_CREDITS,
    PARALLEL_SONGS,
    PARALLEL_UPLOADS,
    RETRY_ATTEMPTS,
    Settings,
    cap_text,
)


def test_the_defaults_are_within_their_limits() -> None:
    assert Settings().within_limits() == Settings()


@given(attempts=st.integers(), uploads=st.integers(), songs=st.integers())
def test_numbers_are_brought_to_the_nearest_one_allowed(
    attempts: int, uploads: int, songs: int
) -> None:
    settings = Settings(retry_attempts=attempts, parallel_uploads=uploads, parallel_songs=songs)
    limited = settings.within_limits()
    assert limited.retry_attempts == min(RETRY_ATTEMPTS, key=lambda n: abs(n - attempts))
    assert limited.parallel_uploads == min(PARALLEL_UPLOADS, key=lambda n: abs(n - uploads))
    assert limited.parallel_songs == min(PARALLEL_SONGS, key=lambda n: abs(n - songs))
    assert limited.within_limits() == limited


@pytest.mark.parametrize(
    ("template", "kept"),
    [("{n} - {title}", "{n} - {title}"), ("{bpm}", DEFAULT_TEMPLATE), ("", DEFAULT_TEMPLATE)],
)
def test_a_template_that_names_no_file_gives_way_to_the_default(template: str, kept: str) -> None:
    assert Settings(clip_name_template=template).within_limits().clip_name_template == kept


def test_nothing_but_numbers_is_touched() -> None:
    settings = Settings(enter_sends=False, retry_attempts=99)
    assert settings.within_limits() == replace(settings, retry_attempts=10)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("100", "100"),
        (" 12.50 ", "12.50"),
        ("1e3", "1000"),
        ("0", "0"),
        ("", None),
        ("many", None),
        ("-1", None),
        ("NaN", None),
        ("Infinity", None),
        ("1e900000", None),
        (str(MOST_CREDITS - 1), str(MOST_CREDITS - 1)),
        (str(MOST_CREDITS), None),
    ],
)
def test_a_cap_is_a_plain_decimal_or_none(typed: str, stored: str | None) -> None:
    assert cap_text(typed) == stored
    assert Settings(daily_cap_credits=typed).within_limits().daily_cap_credits == stored

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.settings import PARALLEL_UPLOADS, RETRY_ATTEMPTS, Settings


def test_the_defaults_are_within_their_limits() -> None:
    assert Settings().within_limits() == Settings()


@given(attempts=st.integers(), uploads=st.integers())
def test_numbers_are_brought_to_the_nearest_one_allowed(attempts: int, uploads: int) -> None:
    settings = Settings(retry_attempts=attempts, parallel_uploads=uploads)
    limited = settings.within_limits()
    assert limited.retry_attempts == min(RETRY_ATTEMPTS, key=lambda n: abs(n - attempts))
    assert limited.parallel_uploads == min(PARALLEL_UPLOADS, key=lambda n: abs(n - uploads))
    assert limited.within_limits() == limited


def test_nothing_but_numbers_is_touched() -> None:
    settings = Settings(enter_sends=False, retry_attempts=99)
    assert settings.within_limits() == replace(settings, retry_attempts=10)

import pytest

from beatra_desktop.domain.failures import Failure, FailureCode


def test_a_failure_says_nothing_it_does_not_know() -> None:
    failure = Failure(code=FailureCode.OFFLINE)
    assert not failure.retryable
    assert (failure.status, failure.request_id, failure.detail) == (None, None, "")


def test_failures_are_compared_by_what_they_say_and_never_change() -> None:
    failure = Failure(code=FailureCode.OFFLINE, subject="beatra.ai")
    assert failure == Failure(code=FailureCode.OFFLINE, subject="beatra.ai")
    with pytest.raises(AttributeError):
        failure.subject = "other"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize("code", FailureCode)
def test_codes_are_stored_as_their_own_names(code: FailureCode) -> None:
    assert code.value == code.name.lower()

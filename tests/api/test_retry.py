"""The retry rules of contract §5, and the loop that follows them."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.api.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    CertificateError,
    CutReason,
    FileChangedError,
    IncompleteDownloadError,
    IncompleteStreamError,
    LinkExpiredError,
    MalformedResponseError,
    status_error_class,
)
from beatra_desktop.api.retry import (
    MAX_ASKED_WAIT_SECONDS,
    TRANSIENT_STATUSES,
    RetryPolicy,
    Wait,
    parse_retry_after,
    should_retry,
    with_retries,
)

ALL_STATUSES = [400, 401, 402, 403, 404, 408, 409, 413, 415, 418, 422, 425, 429, *range(500, 512)]
AT_ONCE = RetryPolicy(base_seconds=0.0)


def status(
    code: int, *, retryable: bool | None = None, retry_after: float | None = None
) -> APIStatusError:
    return status_error_class(code)("no", status=code, retryable=retryable, retry_after=retry_after)


@pytest.mark.parametrize("code", ALL_STATUSES)
@pytest.mark.parametrize("retryable", [True, False])
def test_the_services_word_comes_first(code: int, retryable: bool) -> None:
    assert should_retry(status(code, retryable=retryable), idempotent=True) is retryable


@pytest.mark.parametrize("code", ALL_STATUSES)
def test_without_a_word_the_status_decides(code: int) -> None:
    expected = code in {408, 429, 500, 502, 503, 504}
    assert should_retry(status(code), idempotent=True) is expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (APIConnectionError("x"), True),
        (APITimeoutError("x"), True),
        (CertificateError("x"), False),
        (MalformedResponseError("x"), False),
        (IncompleteStreamError("x", reason=CutReason.CLOSED), False),
        (IncompleteStreamError("x", reason=CutReason.ERROR_EVENT, retryable=True), False),
        (IncompleteDownloadError("x", received=1), True),
        (FileChangedError("x"), False),
        (LinkExpiredError("x", status=410), False),
    ],
)
def test_other_errors(error: APIError, expected: bool) -> None:
    assert should_retry(error, idempotent=True) is expected


@pytest.mark.parametrize("error", [APIConnectionError("x"), status(503, retryable=True)])
def test_nothing_is_sent_twice_without_a_key(error: APIError) -> None:
    assert not should_retry(error, idempotent=False)


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_own_delays_stay_in_bounds(attempt: int, chance: float) -> None:
    policy = RetryPolicy(random=lambda: chance)
    seconds = policy.delay(APIConnectionError("x"), attempt)
    full = min(8.0, 0.5 * 2.0 ** min(attempt - 1, 10))
    assert full / 2 <= seconds <= full


def test_each_delay_is_twice_the_one_before_up_to_the_cap() -> None:
    policy = RetryPolicy(random=lambda: 0.0)
    delays = [policy.delay(APIConnectionError("x"), attempt) for attempt in range(1, 8)]
    assert delays == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0]


@given(st.integers(1, 50), st.floats(0, 1e9))
def test_the_service_may_ask_for_more_but_not_for_ever(attempt: int, asked: float) -> None:
    policy = RetryPolicy(random=lambda: 0.5)
    own = policy.delay(status(503), attempt)
    seconds = policy.delay(status(429, retry_after=asked), attempt)
    assert own <= seconds <= MAX_ASKED_WAIT_SECONDS
    assert seconds == min(max(own, asked), MAX_ASKED_WAIT_SECONDS)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ("", None),
        ("0", 0.0),
        ("12", 12.0),
        ("1.5", 1.5),
        ("-3", 0.0),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("Sun, 06 Nov 1994 08:50:07 GMT", 30.0),
        ("Sunday, 06-Nov-94 08:50:07 GMT", 30.0),
        ("Sun Nov  6 08:50:07 1994", 30.0),
        ("Sun, 06 Nov 1994 08:49:00 GMT", 0.0),
        ("Sun, 06 Nov 1994 08:50:07 -0000", 30.0),
        ("Sun, 06 Nov 1994 09:50:07 +0100", 30.0),
    ],
)
def test_retry_after_forms(value: str | None, expected: float | None) -> None:
    assert parse_retry_after(value, date="Sun, 06 Nov 1994 08:49:37 GMT") == expected


def test_a_retry_after_date_counts_from_now_when_the_answer_has_no_date() -> None:
    assert parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT") == 0.0
    seconds = parse_retry_after("Fri, 31 Dec 9999 23:59:59 GMT", date="yesterday")
    assert seconds is not None
    assert seconds > 1e9


def failing(*errors: APIError) -> tuple[Callable[[], Awaitable[str]], list[APIError]]:
    left = list(errors)

    async def call() -> str:
        if left:
            raise left.pop(0)
        return "answer"

    return call, left


@pytest.mark.asyncio
async def test_each_wait_is_announced_with_its_number() -> None:
    first, second = status(503), APIConnectionError("x")
    call, left = failing(first, second)
    waits: list[Wait] = []
    assert await with_retries(call, AT_ONCE, idempotent=True, on_wait=waits.append) == "answer"
    assert left == []
    assert [(wait.attempt, wait.of, wait.error) for wait in waits] == [
        (2, 4, first),
        (3, 4, second),
    ]


@pytest.mark.asyncio
async def test_the_last_error_comes_out_when_attempts_are_used_up() -> None:
    errors = [status(503) for _ in range(9)]
    call, left = failing(*errors)
    waits: list[Wait] = []
    with pytest.raises(APIStatusError) as caught:
        await with_retries(call, AT_ONCE, idempotent=True, on_wait=waits.append)
    assert caught.value is errors[3]
    assert len(left) == 5
    assert len(waits) == 3


@pytest.mark.asyncio
@pytest.mark.parametrize("error", [status(402), MalformedResponseError("x")])
async def test_what_cannot_work_is_tried_once(error: APIError) -> None:
    call, left = failing(error, error)
    waits: list[Wait] = []
    with pytest.raises(APIError):
        await with_retries(call, AT_ONCE, idempotent=True, on_wait=waits.append)
    assert len(left) == 1
    assert waits == []


@pytest.mark.asyncio
async def test_a_wait_can_be_cancelled() -> None:
    call, left = failing(status(429, retry_after=600), status(503))
    waiting = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(
            with_retries(call, RetryPolicy(), idempotent=True, on_wait=lambda _: waiting.set())
        )
        await waiting.wait()
        running.cancel()
    assert running.cancelled()
    assert len(left) == 1


def test_the_transient_statuses_are_the_contracts() -> None:
    assert frozenset({408, 429, 500, 502, 503, 504}) == TRANSIENT_STATUSES


@pytest.mark.asyncio
async def test_a_rest_that_says_no_ends_the_attempts() -> None:
    asked: list[float] = []

    async def refuse(seconds: float) -> bool:
        asked.append(seconds)
        return False

    async def call() -> str:
        raise APIConnectionError("away")

    with pytest.raises(APIConnectionError):
        await with_retries(call, AT_ONCE, idempotent=True, on_wait=lambda _: None, rest=refuse)
    assert len(asked) == 1


@pytest.mark.asyncio
async def test_rests_are_as_long_as_announced_and_as_the_service_asks() -> None:
    call, _ = failing(status(503), status(429, retry_after=60), status(503))
    waits: list[Wait] = []
    rests: list[float] = []

    async def rest(seconds: float) -> bool:
        rests.append(seconds)
        return True

    policy = RetryPolicy(random=lambda: 0.0)
    await with_retries(call, policy, idempotent=True, on_wait=waits.append, rest=rest)
    assert rests == [wait.seconds for wait in waits] == [0.25, 60.0, 1.0]


@pytest.mark.asyncio
async def test_an_error_can_make_the_caller_give_up_before_the_last_attempt() -> None:
    errors = [status(503), status(429), status(503)]
    call, left = failing(*errors)
    with pytest.raises(APIStatusError) as caught:
        await with_retries(
            call,
            AT_ONCE,
            idempotent=True,
            on_wait=lambda _: None,
            gives_up=lambda error: error is errors[1],
        )
    assert caught.value is errors[1]
    assert len(left) == 1

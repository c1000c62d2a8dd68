"""What the outbox knows of earlier runs, and what ends a rest or interrupts an attempt."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from beatra_desktop.api.errors import APIError, APIStatusError, status_error_class
from beatra_desktop.api.retry import RetryPolicy
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.requests import Hold, Request, RequestKind, RequestState, Wait
from beatra_desktop.services.gate import Withheld
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.requests import RequestRepository

pytestmark = pytest.mark.asyncio

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
REST_SECONDS = 300.0
Open = Callable[[], Outbox]


@pytest.fixture
def open_outbox(database: Database, traffic: Traffic) -> Open:
    """Opened again, it finds what it left; between two attempts it rests for minutes."""
    return lambda: Outbox(
        database=database,
        ledger=RequestRepository(database),
        policy=lambda: RetryPolicy(base_seconds=REST_SECONDS, cap_seconds=REST_SECONDS),
        traffic=traffic,
        now=lambda: NOON,
    )


@pytest.fixture
def outbox(open_outbox: Open) -> Outbox:
    return open_outbox()


def _write(outbox: Outbox, kind: RequestKind = RequestKind.MUSIC) -> Request:
    return outbox.write(
        kind=kind,
        profile_id=ProfileId("stub"),
        owner_id="task-1",
        path="/music/text-to-music",
        body=b"{}",
    )


def _answering(*outcomes: str | APIStatusError) -> Callable[[Request], Awaitable[str]]:
    left: Iterator[str | APIStatusError] = iter(outcomes)

    async def call(_attempt: Request) -> str:
        outcome = next(left)
        if isinstance(outcome, APIStatusError):
            raise outcome
        return outcome

    return call


def _status(code: int) -> APIStatusError:
    return status_error_class(code)("no", status=code, retryable=None, retry_after=None)


def _now(outbox: Outbox, request: Request) -> Request:
    found = outbox.find(request.key)
    assert found is not None
    return found


async def test_what_an_earlier_run_left_open_is_told_oldest_first(
    outbox: Outbox, open_outbox: Open, database: Database
) -> None:
    first, gone, last = (_write(outbox) for _ in range(3))
    outbox.abandon(gone)
    await database.durable()
    later = open_outbox()
    assert later.open_requests() == [first, last]
    assert later.find(first.key) == first


@pytest.mark.parametrize(
    ("created", "state"), [(True, RequestState.CREATED), (False, RequestState.REFUSED)]
)
async def test_a_look_at_the_service_settles_what_was_lost(
    outbox: Outbox, created: bool, state: RequestState
) -> None:
    request = _write(outbox)
    outbox.settle_unknown(request, created=created)
    assert _now(outbox, request).state is state


async def test_what_is_given_up_is_abandoned_unless_it_was_settled(outbox: Outbox) -> None:
    left_open, settled = _write(outbox), _write(outbox)
    outbox.settle_unknown(settled, created=True)
    for request in (left_open, settled):
        outbox.give_up(request)
    assert _now(outbox, left_open).state is RequestState.ABANDONED
    assert _now(outbox, settled).state is RequestState.CREATED


async def test_a_key_is_kept_for_a_day_where_the_refusal_can_be_mended(outbox: Outbox) -> None:
    request = _write(outbox)
    with pytest.raises(APIStatusError):
        await outbox.deliver(request, _answering(_status(402)), on_wait=lambda _: None)
    refused = _now(outbox, request)
    assert outbox.keeps_key(refused)
    outbox._now = lambda: NOON + timedelta(hours=24)
    assert not outbox.keeps_key(refused)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("hurries", [True, False])
async def test_a_long_rest_is_told_and_ended_by_another_try_or_by_none(
    outbox: Outbox, hurries: bool
) -> None:
    request = _write(outbox)
    waits: list[Wait] = []

    def end_soon(wait: Wait) -> None:
        waits.append(wait)
        end = outbox.try_now if hurries else outbox.stop_retrying
        asyncio.get_running_loop().call_soon(end, request.key)

    sending = outbox.deliver(request, _answering(_status(503), "answer"), on_wait=end_soon)
    if hurries:
        assert await sending == "answer"
    else:
        with pytest.raises(APIStatusError):
            await sending
    [wait] = waits
    assert REST_SECONDS / 2 <= (wait.until - NOON).total_seconds() <= REST_SECONDS
    last = _now(outbox, request)
    assert last.attempts == (2 if hurries else 1)
    assert last.state is (RequestState.CREATED if hurries else RequestState.SENT)


@pytest.mark.timeout(20)
async def test_what_is_held_back_can_be_kept_from_leaving_at_all(
    outbox: Outbox, traffic: Traffic
) -> None:
    traffic.pause_all()
    request = _write(outbox)
    holds: list[Hold | None] = []

    def give_up_soon(hold: Hold | None) -> None:
        holds.append(hold)
        asyncio.get_running_loop().call_soon(outbox.stop_retrying, request.key)

    with pytest.raises(Withheld):
        await outbox.deliver(
            request, _answering("never asked"), on_wait=lambda _: None, on_hold=give_up_soon
        )
    assert holds[0] is Hold.PAUSED
    assert _now(outbox, request) == request


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("kind", "attempts"), [(RequestKind.UPLOAD, 2), (RequestKind.MUSIC, 1), (RequestKind.CHAT, 1)]
)
async def test_a_pause_stops_uploads_on_their_way_and_nothing_that_costs(
    outbox: Outbox, traffic: Traffic, kind: RequestKind, attempts: int
) -> None:
    request, loop = _write(outbox, kind), asyncio.get_running_loop()
    begun: list[Request] = []
    resumed = asyncio.Event()

    def follow(is_paused: bool) -> None:
        loop.call_soon(traffic.resume_all if is_paused else resumed.set)

    async def call(attempt: Request) -> str:
        begun.append(attempt)
        if len(begun) == 1:
            loop.call_soon(traffic.pause_all)
            await resumed.wait()
        return "answer"

    traffic.is_paused.changed.connect(follow)

    assert await outbox.deliver(request, call, on_wait=lambda _: None) == "answer"
    assert [attempt.key for attempt in begun] == [request.key] * attempts
    assert _now(outbox, request).state is RequestState.CREATED


async def test_who_sends_can_give_up_after_an_error_that_could_be_tried_again(
    outbox: Outbox,
) -> None:
    request, asked = _write(outbox), list[APIError]()

    def gives_up(error: APIError) -> bool:
        asked.append(error)
        return True

    gone = _status(503)
    with pytest.raises(APIStatusError):
        await outbox.send(request, _answering(gone), on_wait=lambda _: None, gives_up=gives_up)
    assert asked == [gone]
    assert _now(outbox, request).state is RequestState.SENT

"""The one door for what may cost money: on disk before it leaves, the same bytes, one key."""

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from beatra_desktop.api.client import BeatraClient, create_ssl_context
from beatra_desktop.api.errors import APIError, InvalidRequestError
from beatra_desktop.api.music import MusicRoute
from beatra_desktop.api.retry import RetryPolicy
from beatra_desktop.api.service_clock import ServiceClock
from beatra_desktop.api.types import Answer, Task
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.requests import Request, RequestKind, RequestState, Wait
from beatra_desktop.services.outbox import Outbox, OutcomeUnknown
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.requests import RequestRepository

pytestmark = pytest.mark.asyncio

BODY = b'{"model":"auto","prompt":"rain"}'
CREATED = {"task_id": "tsk_1", "status": "queued"}
Policy = Callable[[], RetryPolicy]


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(database: Database, impatient: Policy, clock: Clock, traffic: Traffic) -> Outbox:
    ledger = RequestRepository(database)
    return Outbox(database=database, ledger=ledger, policy=impatient, traffic=traffic, now=clock)


@pytest_asyncio.fixture
async def connect() -> AsyncIterator[Callable[[str], BeatraClient]]:
    clients: list[BeatraClient] = []

    def connected(base_url: str) -> BeatraClient:
        context = create_ssl_context()
        clients.append(BeatraClient(base_url, api_key=lambda: None, ssl_context=context))
        return clients[-1]

    yield connected
    for client in clients:
        await client.aclose()


def _write(outbox: Outbox) -> Request:
    return outbox.write(
        kind=RequestKind.MUSIC,
        profile_id=ProfileId("stub"),
        owner_id="task-1",
        path="/music/text-to-music",
        body=BODY,
    )


async def _deliver(
    outbox: Outbox, request: Request, client: BeatraClient, waits: list[Wait] | None = None
) -> Answer[Task]:
    told: list[Wait] = [] if waits is None else waits
    return await outbox.deliver(
        request,
        lambda attempt: client.music.create(
            MusicRoute.TEXT_TO_MUSIC, attempt.body, idempotency_key=attempt.key
        ),
        on_wait=told.append,
    )


def _on_disk(path: Path) -> list[tuple[str, bytes, str, int]]:
    """What another process would find in the ledger if this one died now."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT key, body, state, attempts FROM requests").fetchall()
    finally:
        connection.close()


async def test_the_ledger_is_on_disk_before_the_first_byte_arrives(
    outbox: Outbox, database: Database, open_stub: Any, say: Any, connect: Any
) -> None:
    found: list[list[tuple[str, bytes, str, int]]] = []

    async def answer(_heard: Any) -> Any:
        found.append(await asyncio.to_thread(_on_disk, database.path))
        return say(202, CREATED)

    async with open_stub(answer) as stub:
        request = _write(outbox)
        await _deliver(outbox, request, connect(stub.base_url))
    assert found == [[(request.key, BODY, "sent", 1)]]
    settled = outbox.find(request.key)
    assert settled is not None
    assert settled.state is RequestState.CREATED
    assert settled.status == 202


async def test_every_attempt_has_the_same_bytes_and_key_and_shows_its_wait(
    outbox: Outbox, open_stub: Any, say: Any, connect: Any
) -> None:
    answers = iter([None, say(503), say(202, CREATED)])

    async def answer(_heard: Any) -> Any:
        return next(answers)

    waits: list[Wait] = []
    async with open_stub(answer) as stub:
        request = _write(outbox)
        await _deliver(outbox, request, connect(stub.base_url), waits)
        assert {heard.headers["idempotency-key"] for heard in stub.posts()} == {request.key}
        assert [heard.body for heard in stub.posts()] == [BODY] * 3
    assert [(wait.attempt, wait.of) for wait in waits] == [(2, 3), (3, 3)]
    assert all(wait.reason for wait in waits)
    settled = outbox.find(request.key)
    assert settled is not None
    assert settled.attempts == 3


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (400, RequestState.REFUSED),
        (401, RequestState.REFUSED),
        (402, RequestState.REFUSED),
        (422, RequestState.REFUSED),
        (408, RequestState.SENT),
        (429, RequestState.SENT),
        (500, RequestState.SENT),
        (503, RequestState.SENT),
        (None, RequestState.SENT),
    ],
)
async def test_only_a_final_no_settles_it(
    status: int | None,
    state: RequestState,
    outbox: Outbox,
    database: Database,
    open_stub: Any,
    say: Any,
    connect: Any,
) -> None:
    async def answer(_heard: Any) -> Any:
        return None if status is None else say(status)

    async with open_stub(answer) as stub:
        request = _write(outbox)
        with pytest.raises(APIError):
            await _deliver(outbox, request, connect(stub.base_url))
    database.flush()
    stored = RequestRepository(database).get(request.key)
    assert stored is not None
    assert stored.state is state
    assert stored.body == BODY
    assert outbox.find(request.key) == stored


async def test_a_day_later_it_does_not_leave_again(
    outbox: Outbox, clock: Clock, open_stub: Any, say: Any, connect: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return say(500)

    async with open_stub(answer) as stub:
        request = _write(outbox)
        client = connect(stub.base_url)
        with pytest.raises(APIError):
            await _deliver(outbox, request, client)
        heard = len(stub.posts())
        clock.now += timedelta(hours=24)
        lost = outbox.find(request.key)
        assert lost is not None
        with pytest.raises(OutcomeUnknown):
            await _deliver(outbox, lost, client)
        assert len(stub.posts()) == heard
    settled = outbox.find(request.key)
    assert settled is not None
    assert settled.state is RequestState.UNKNOWN


async def test_what_was_given_up_and_has_no_bytes_any_more_does_not_go_out(
    outbox: Outbox, database: Database, open_stub: Any, say: Any, connect: Any
) -> None:
    """As at the next start, when a clock that was a day ahead has been put right."""

    async def answer(_heard: Any) -> Any:
        return say(500)

    async with open_stub(answer) as stub:
        request, client = _write(outbox), connect(stub.base_url)
        with pytest.raises(APIError):
            await _deliver(outbox, request, client)
        outbox.abandon(request)
        await database.durable()
        stored = RequestRepository(database).get(request.key)
        assert stored is not None
        outbox._recent.clear()
        heard = len(stub.posts())
        with pytest.raises(OutcomeUnknown):
            await _deliver(outbox, stored, client)
        assert len(stub.posts()) == heard


async def test_a_machine_that_slept_through_the_back_off_does_not_send_again(
    outbox: Outbox, clock: Clock, open_stub: Any, connect: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        clock.now += timedelta(hours=25)

    async with open_stub(answer) as stub:
        request = _write(outbox)
        with pytest.raises(OutcomeUnknown):
            await _deliver(outbox, request, connect(stub.base_url))
        assert len(stub.posts()) == 1


async def test_find_knows_what_is_queued(
    outbox: Outbox, database: Database, hold_writer: Any
) -> None:
    async with hold_writer(database):
        request = _write(outbox)
        assert outbox.find(request.key) == request
        assert RequestRepository(database).get(request.key) is None, "the writer is held up"
        outbox.abandon(request)
        abandoned = outbox.find(request.key)
        assert abandoned is not None
        assert abandoned.state is RequestState.ABANDONED
        other = _write(outbox)
    assert outbox.open_requests() == [other]
    assert outbox.find(None) is None


async def test_open_requests_are_told_as_they_are_now(
    outbox: Outbox, database: Database, hold_writer: Any
) -> None:
    request = _write(outbox)
    await database.durable()
    async with hold_writer(database):
        outbox.settle_unknown(request, created=True)
        assert outbox.open_requests() == []


async def test_what_cannot_be_written_down_does_not_leave(
    outbox: Outbox, database: Database, open_stub: Any, say: Any, connect: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return say(202, CREATED)

    def spoil(_connection: sqlite3.Connection) -> None:
        raise ValueError("never works")

    async with open_stub(answer) as stub:
        request = _write(outbox)
        database.write(spoil)
        with pytest.raises(StorageError):
            await _deliver(outbox, request, connect(stub.base_url))
        assert stub.posts() == []
    kept = outbox.find(request.key)
    assert kept == request, "it counts as never sent"


async def test_a_refusal_keeps_what_is_needed_to_trace_it(
    outbox: Outbox, open_stub: Any, say: Any, connect: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        error = {"code": "invalid_request", "message": "No", "request_id": "req_7"}
        return say(422, {"error": error})

    async with open_stub(answer) as stub:
        request = _write(outbox)
        with pytest.raises(InvalidRequestError):
            await _deliver(outbox, request, connect(stub.base_url))
    settled = outbox.find(request.key)
    assert settled is not None
    assert (settled.status, settled.request_id) == (422, "req_7")
    assert settled.settled_at is not None


async def test_adopting_gives_the_request_to_another_record(outbox: Outbox) -> None:
    request = _write(outbox)
    adopted = outbox.adopt(request, "message-2")
    assert adopted.owner_id == "message-2"
    assert (adopted.key, adopted.body) == (request.key, request.body)
    assert outbox.find(request.key) == adopted


async def test_what_found_no_connection_never_left(
    outbox: Outbox, database: Database, connect: Any
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/v1"
    request = _write(outbox)
    with pytest.raises(APIError):
        await _deliver(outbox, request, connect(address))
    database.flush()
    stored = RequestRepository(database).get(request.key)
    assert stored is not None
    assert (stored.state, stored.sent_at, stored.attempts) == (RequestState.WRITTEN, None, 3)


async def test_stopping_and_hurrying_what_does_not_wait_does_nothing(outbox: Outbox) -> None:
    request = _write(outbox)
    outbox.stop_retrying(request.key)
    outbox.try_now(request.key)
    assert outbox.find(request.key) == request


async def test_the_age_of_a_request_is_told_by_the_services_clock(
    outbox: Outbox, clock: Clock, open_stub: Any, connect: Any
) -> None:
    """A day ahead when the request is lost, this machine's clock is put right before the retry."""
    service = ServiceClock(now=clock, steady=lambda: 0.0)
    outbox._service_clock = {ProfileId("stub"): service}.__getitem__
    told = clock.now
    clock.now += timedelta(days=1)
    service.note(format_datetime(told, usegmt=True), service.instant())

    async def lose(_heard: Any) -> None:
        return None

    async with open_stub(lose) as stub:
        request = _write(outbox)
        with pytest.raises(APIError):
            await _deliver(outbox, request, connect(stub.base_url))
        sent = outbox.find(request.key)
        assert sent is not None
        assert (sent.sent_at, sent.service_sent_at) == (clock.now, told)
        attempts = len(stub.posts())
        clock.now = told + timedelta(hours=25)
        service.note(format_datetime(clock.now, usegmt=True), service.instant())
        assert not outbox.may_resend(sent)
        assert not outbox.keeps_key(sent)
        with pytest.raises(OutcomeUnknown):
            await _deliver(outbox, sent, connect(stub.base_url))
        assert len(stub.posts()) == attempts

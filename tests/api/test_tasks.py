"""Task calls: paths, queries, and what a 409 on cancel means."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import MalformedResponseError, NotFoundError
from beatra_desktop.api.requests import encode_cancel

if TYPE_CHECKING:
    from tests.api.conftest import RawServer

pytestmark = pytest.mark.asyncio

TASK = {"task_id": "tsk_1", "status": "running"}
Bytes = Callable[..., bytes]


async def test_an_id_stays_one_path_segment(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(respond(body=TASK))
    await client.tasks.get("a/b?c#d é")
    assert server.requests[0].target == "/v1/tasks/a%2Fb%3Fc%23d%20%C3%A9"


async def test_an_unknown_task(server: RawServer, client: BeatraClient, respond: Bytes) -> None:
    server.answer(respond(404, {"error": {"code": "task_not_found", "message": "No such task."}}))
    with pytest.raises(NotFoundError, match="No such task"):
        await client.tasks.get("x")


async def test_a_list_asks_for_what_was_given_only(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(*[respond(body={"data": []})] * 2)
    await client.tasks.list()
    await client.tasks.list(
        status="running",
        capability="text_to_music",
        created_after=datetime(2026, 9, 1, 12, tzinfo=timezone(timedelta(hours=2))),
        created_before=datetime(2026, 9, 2, tzinfo=UTC),
        limit=100,
        cursor="c_1=/+",
        order="asc",
        expand=["input", "output"],
    )
    plain, full = (urlsplit(request.target) for request in server.requests)
    assert (plain.path, plain.query) == ("/v1/tasks", "")
    assert parse_qs(full.query) == {
        "status": ["running"],
        "capability": ["text_to_music"],
        "created_after": ["2026-09-01T10:00:00Z"],
        "created_before": ["2026-09-02T00:00:00Z"],
        "limit": ["100"],
        "cursor": ["c_1=/+"],
        "order": ["asc"],
        "expand": ["input,output"],
    }


async def test_a_page(server: RawServer, client: BeatraClient, respond: Bytes) -> None:
    items = [TASK, {"task_id": "no status"}, None, {"task_id": "tsk_2", "status": "new word"}]
    server.answer(respond(body={"data": items, "next_cursor": "c_2", "has_more": True}))
    page = (await client.tasks.list()).value
    assert [(task.task_id, task.status) for task in page.data] == [
        ("tsk_1", "running"),
        ("tsk_2", "new word"),
    ]
    assert (page.next_cursor, page.has_more) == ("c_2", True)


async def test_a_bare_list_is_the_last_page(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(respond(body=[TASK]))
    page = (await client.tasks.list()).value
    assert [task.task_id for task in page.data] == ["tsk_1"]
    assert page.next_cursor is None


@pytest.mark.parametrize("body", [{}, {"data": None}, "x", 7])
async def test_what_is_no_list_does_not_look_like_an_empty_one(
    server: RawServer, client: BeatraClient, respond: Bytes, body: object
) -> None:
    server.answer(respond(body=body))
    with pytest.raises(MalformedResponseError):
        await client.tasks.list()


@pytest.mark.parametrize("status", [200, 202])
async def test_cancel(server: RawServer, client: BeatraClient, respond: Bytes, status: int) -> None:
    server.answer(respond(status, {**TASK, "cancel_requested_at": "2026-09-01T10:00:00Z"}))
    answer = await client.tasks.cancel("tsk_1", encode_cancel("enough"), idempotency_key="key-1")
    assert answer.value.cancel_requested_at is not None
    request = server.requests[0]
    assert (request.method, request.target) == ("POST", "/v1/tasks/tsk_1/cancel")
    assert request.json == {"reason": "enough"}
    assert request.headers["idempotency-key"] == "key-1"


async def test_a_409_on_cancel_means_read_it_again(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(respond(409, {"error": {"code": "task_not_cancelable", "message": "x"}}))
    server.answer(respond(body={"task_id": "tsk_1", "status": "succeeded"}))
    answer = await client.tasks.cancel("tsk_1", encode_cancel(), idempotency_key="k")
    assert answer.value.status == "succeeded"
    assert [request.method for request in server.requests] == ["POST", "GET"]

"""Chat streams over a real socket: how they begin, flow, end and are cut."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from beatra_desktop.api import reply
from beatra_desktop.api.chat_events import ChatEvent, Delta, Finished, ModelResolved
from beatra_desktop.api.client import BeatraClient, Timeouts
from beatra_desktop.api.errors import (
    APIConnectionError,
    CutReason,
    IncompleteStreamError,
    InsufficientBalanceError,
    MalformedResponseError,
)
from beatra_desktop.api.reply import MAX_BODY_BYTES
from beatra_desktop.api.retry import RetryPolicy, with_retries
from tests.api.streams import BODY, DONE, HELLO, HELLO_EVENTS, STOP, collect, cut

if TYPE_CHECKING:
    from tests.api.conftest import ClientFactory, RawServer, Script

pytestmark = pytest.mark.asyncio

THINKING_SECONDS = 0.1

Bytes = Callable[..., bytes]


async def test_a_stream_from_head_to_done(
    server: RawServer, client: BeatraClient, stream_of: Bytes, key: str
) -> None:
    server.answer(stream_of(HELLO, STOP, DONE))
    events: list[ChatEvent] = []
    await collect(client, events)
    assert events == [*HELLO_EVENTS, Finished("stop")]
    request = server.requests[0]
    assert (request.method, request.target) == ("POST", "/v1/chat/completions")
    assert request.body == BODY
    assert request.headers["idempotency-key"] == "key-1"
    assert request.headers["authorization"] == f"Bearer {key}"
    assert request.headers["content-type"] == "application/json"
    assert "text/event-stream" in request.headers["accept"]


async def test_the_servers_request_id_and_the_time_come_with_the_stream(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(respond(body=DONE, Content_Type="text/event-stream", X_Request_Id="req_srv"))
    async with await client.chat.open(BODY, idempotency_key="k", request_id="req_own") as stream:
        assert stream.request_id == "req_srv"
        assert stream.status == 200
        assert stream.seconds > 0
        assert [event async for event in stream] == []
    assert server.requests[0].headers["x-request-id"] == "req_own"


async def test_the_connection_serves_the_next_message(
    server: RawServer, client: BeatraClient, stream_of: Bytes
) -> None:
    server.answer(stream_of(HELLO, DONE), stream_of(HELLO, DONE))
    for _ in range(2):
        await collect(client, [])
    assert server.connections == 1


async def test_a_server_that_goes_on_after_done_does_not_hold_the_answer_back(
    server: RawServer, client: BeatraClient, stream_of: Bytes
) -> None:
    server.hold_after(stream_of(HELLO, DONE, end=False))
    await collect(client, [])
    await server.gone.wait()


async def test_a_burst_arrives_as_few_events(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    token = b'data: {"choices":[{"delta":{"content":"x"}}]}\n\n'
    server.answer(respond(body=token * 5000 + DONE, Content_Type="text/event-stream"))
    events: list[ChatEvent] = []
    await collect(client, events)
    assert "".join(e.text for e in events if isinstance(e, Delta)) == "x" * 5000
    assert len(events) < 100


def writes_token_by_token(stream_of: Bytes, count: int) -> Script:
    """A server that thinks first, then lets the client read each token before the next."""
    token = b'data: {"choices":[{"delta":{"content":"x"}}]}\n\n'

    async def script(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(stream_of(end=False))
        await asyncio.sleep(THINKING_SECONDS)
        for _ in range(count):
            writer.write(b"%x\r\n%b\r\n" % (len(token), token))
            for _ in range(20):
                await asyncio.sleep(0)
        writer.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(DONE), DONE))

    return script


async def batches(client: BeatraClient) -> list[int]:
    """How many events came between two turns of the loop, turn by turn."""
    sizes: list[int] = []
    waiting: list[ChatEvent] = []

    def flush() -> None:
        sizes.append(len(waiting))
        waiting.clear()

    async with await client.chat.open(BODY, idempotency_key="k") as stream:
        async for event in stream:
            if not waiting:
                asyncio.get_running_loop().call_soon(flush)
            waiting.append(event)
    return [*sizes, len(waiting)]


async def test_the_loop_does_not_turn_between_the_events_of_one_read(
    server: RawServer, client: BeatraClient, stream_of: Bytes
) -> None:
    token = b'data: {"choices":[{"delta":{"content":"x"}}]}\n\n'
    server.answer(stream_of(*[token] * 500, DONE))
    sizes = await batches(client)
    assert sum(sizes) == 500
    assert len(sizes) < 20


async def test_a_reader_that_caught_up_rests_so_that_tokens_gather(
    server: RawServer, client: BeatraClient, stream_of: Bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reply, "CAUGHT_UP_SECONDS", THINKING_SECONDS / 2)
    monkeypatch.setattr(reply, "FRAME_SECONDS", 0.3)
    server.answer(writes_token_by_token(stream_of, 100))
    sizes = await batches(client)
    assert sum(sizes) == 100
    assert len(sizes) < 20


async def test_a_reader_that_is_behind_does_not_rest(
    server: RawServer, client: BeatraClient, stream_of: Bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reply, "CAUGHT_UP_SECONDS", 1e9)
    monkeypatch.setattr(reply, "FRAME_SECONDS", 1e9)
    server.answer(writes_token_by_token(stream_of, 100))
    sizes = await batches(client)
    assert sum(sizes) == 100
    assert len(sizes) > 50


async def test_json_in_place_of_a_stream_is_a_whole_answer(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    choice = {"message": {"content": "Hi"}, "finish_reason": "stop"}
    server.answer(respond(body={"model": "m", "choices": [choice]}))
    events: list[ChatEvent] = []
    await collect(client, events)
    assert events == [ModelResolved(None, "m"), Delta("Hi"), Finished("stop")]


async def test_a_web_page_is_named_as_such(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(respond(body=b"<html>Please log in</html>", Content_Type="text/html"))
    with pytest.raises(MalformedResponseError, match="web page"):
        await collect(client, [])


async def test_a_page_without_end_in_place_of_a_stream_is_hung_up_on(
    server: RawServer, client: BeatraClient
) -> None:
    async def flood(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(2 * MAX_BODY_BYTES // 2**20):
            writer.write(b" " * 2**20)
            await writer.drain()

    server.answer(flood)
    with pytest.raises(MalformedResponseError, match="larger") as caught:
        await client.chat.open(BODY, idempotency_key="k")
    await server.gone.wait()
    assert caught.value.seconds


async def test_a_refusal_before_the_stream_is_an_ordinary_error(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    error = {"code": "insufficient_balance", "message": "Top up at https://x", "retryable": False}
    server.answer(respond(402, {"error": error}))
    with pytest.raises(InsufficientBalanceError, match="Top up at https://x"):
        await collect(client, [])


@pytest.mark.parametrize("end", [True, False])
async def test_a_close_before_done_is_incomplete(
    server: RawServer, client: BeatraClient, stream_of: Bytes, end: bool
) -> None:
    server.hang_up_after(stream_of(HELLO, STOP, end=end))
    events, error = await cut(client)
    assert events == [*HELLO_EVENTS, Finished("stop")]
    assert error.reason is (CutReason.CLOSED if end else CutReason.CONNECTION_LOST)
    assert error.request_id == server.requests[0].headers["x-request-id"]
    assert error.seconds is not None


async def test_a_reset_is_incomplete(
    server: RawServer, client: BeatraClient, stream_of: Bytes
) -> None:
    seen = asyncio.Event()

    async def script(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(stream_of(HELLO, end=False))
        await seen.wait()
        writer.transport.abort()

    server.answer(script)
    async with await client.chat.open(BODY, idempotency_key="k") as stream:
        assert await anext(stream) == HELLO_EVENTS[0]
        assert await anext(stream) == HELLO_EVENTS[1]
        seen.set()
        with pytest.raises(IncompleteStreamError) as caught:
            await anext(stream)
    assert caught.value.reason is CutReason.CONNECTION_LOST


async def test_silence_is_incomplete(
    server: RawServer, connect: ClientFactory, stream_of: Bytes
) -> None:
    server.hold_after(stream_of(HELLO, end=False))
    client = connect(server.base_url, timeouts=Timeouts(stream_idle=0.2))
    events, error = await cut(client)
    assert events == HELLO_EVENTS
    assert error.reason is CutReason.IDLE


async def test_an_error_inside_the_stream_carries_the_services_words(
    server: RawServer, client: BeatraClient, stream_of: Bytes
) -> None:
    sent = b'data: {"error":{"code":"provider_error","message":"No","retryable":true}}\n\n'
    server.answer(stream_of(HELLO, sent))
    events, error = await cut(client)
    assert events == HELLO_EVENTS
    assert (error.reason, error.code, error.retryable) == (
        CutReason.ERROR_EVENT,
        "provider_error",
        True,
    )
    assert error.request_id == server.requests[0].headers["x-request-id"]


async def test_garbage_in_the_framing_is_incomplete(
    server: RawServer, client: BeatraClient, stream_of: Bytes
) -> None:
    server.answer(stream_of(HELLO, end=False) + b"what is this\r\n")
    events, error = await cut(client)
    assert events == HELLO_EVENTS
    assert error.reason is CutReason.CONNECTION_LOST


async def test_cancelling_closes_the_connection(
    server: RawServer, client: BeatraClient, stream_of: Bytes
) -> None:
    server.hold_after(stream_of(HELLO, end=False))
    events: list[ChatEvent] = []
    first = asyncio.Event()

    async def read() -> None:
        async with await client.chat.open(BODY, idempotency_key="k") as stream:
            async for event in stream:
                events.append(event)
                first.set()

    async with asyncio.TaskGroup() as group:
        running = group.create_task(read())
        await first.wait()
        running.cancel()
    await server.gone.wait()
    assert events[0] == HELLO_EVENTS[0]


async def test_leaving_early_closes_the_connection(
    server: RawServer, client: BeatraClient, stream_of: Bytes
) -> None:
    server.hold_after(stream_of(HELLO, end=False))
    async with await client.chat.open(BODY, idempotency_key="k") as stream:
        await anext(stream)
    await server.gone.wait()


async def test_only_the_opening_is_retried_with_the_same_bytes_and_key(
    server: RawServer, client: BeatraClient, stream_of: Bytes, respond: Bytes
) -> None:
    server.answer(respond(503, {"error": {"code": "x", "message": "y", "retryable": True}}))
    server.answer(stream_of(HELLO, DONE))
    stream = await with_retries(
        lambda: client.chat.open(BODY, idempotency_key="key-1"),
        RetryPolicy(base_seconds=0.0),
        idempotent=True,
        on_wait=lambda _: None,
    )
    async with stream:
        assert [event async for event in stream] == HELLO_EVENTS
    first, second = server.requests
    assert first.body == second.body == BODY
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == "key-1"
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


async def test_a_json_answer_cut_short_may_be_asked_for_again(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.hang_up_after(respond(body=b'{"choices":', content_length=500))
    with pytest.raises(APIConnectionError):
        await collect(client, [])

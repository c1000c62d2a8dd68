"""Answers of OpenAI-compatible services and of what stands before them, over a real socket."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from beatra_desktop.api.chat_events import ChatEvent, Delta, Finished, ModelResolved
from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import APIError, APIStatusError, CutReason, ServerError
from beatra_desktop.api.retry import should_retry
from tests.api.streams import BODY, DONE, HELLO, HELLO_EVENTS, STOP, collect, cut

if TYPE_CHECKING:
    from tests.api.conftest import RawServer

pytestmark = pytest.mark.asyncio

Bytes = Callable[..., bytes]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/octet-stream",
        "application/json",
        "Text/Event-Stream; x=y",
        "text/event-stream;charset=utf-8",
    ],
)
@pytest.mark.parametrize(
    "opening", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b": ping\r\n\r\n", b"id:1\n"]
)
async def test_a_stream_is_one_whatever_it_is_called(
    server: RawServer, client: BeatraClient, respond: Bytes, content_type: str, opening: bytes
) -> None:  # fmt: skip
    server.answer(respond(body=opening + HELLO + STOP + DONE, Content_Type=content_type))
    events: list[ChatEvent] = []
    await collect(client, events)
    assert events == [*HELLO_EVENTS, Finished("stop")]


async def test_a_stream_without_a_type_flows_as_it_comes(
    server: RawServer, client: BeatraClient
) -> None:
    seen = asyncio.Event()

    async def script(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for byte in HELLO:
            writer.write(bytes([byte]))
            await asyncio.sleep(0)
        await seen.wait()
        writer.write(DONE)
        writer.close()

    server.answer(script)
    async with await client.chat.open(BODY, idempotency_key="k") as stream:
        assert await anext(stream) == HELLO_EVENTS[0]
        assert await anext(stream) == HELLO_EVENTS[1]
        seen.set()
        assert [event async for event in stream] == []


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "text/event-stream", ""]
)
@pytest.mark.parametrize("opening", [b"", b"\xef\xbb\xbf", b"\n  "])
async def test_a_whole_answer_is_one_whatever_it_is_called(
    server: RawServer, client: BeatraClient, respond: Bytes, content_type: str, opening: bytes
) -> None:
    body = b'{\n "model": "m",\n "choices": [{"message": {"content": "Hi"}}]\n}'
    server.answer(respond(body=opening + body, Content_Type=content_type))
    events: list[ChatEvent] = []
    await collect(client, events)
    assert events == [ModelResolved(None, "m"), Delta("Hi")]


async def test_a_compressed_stream_is_read_though_none_was_asked_for(
    server: RawServer, client: BeatraClient
) -> None:
    body = gzip.compress(b": a long way to go\n\n" * 5000 + HELLO + STOP + DONE)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n"

    async def script(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        for start in range(0, len(body), 7):
            writer.write(body[start : start + 7])
            await writer.drain()
        writer.close()

    server.answer(script)
    events: list[ChatEvent] = []
    await collect(client, events)
    assert events == [*HELLO_EVENTS, Finished("stop")]
    assert server.requests[0].headers["accept-encoding"] == "identity"


async def test_an_error_that_came_as_a_success_is_told_in_the_services_words(
    server: RawServer, client: BeatraClient, respond: Bytes, key: str
) -> None:
    error = {"message": f"No such model for {key}", "type": "not_found", "code": None}
    server.answer(respond(body={"error": error}, X_Request_Id="req_srv"))
    with pytest.raises(APIStatusError, match=r"No such model for \[key\]") as caught:
        await collect(client, [])
    assert (caught.value.status, caught.value.code) == (200, "not_found")
    assert caught.value.request_id == "req_srv"
    assert not should_retry(caught.value, idempotent=True)


async def test_an_error_in_json_where_events_were_announced_is_told_too(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    body = {"error": {"message": "Too busy", "code": "busy", "retryable": True}}
    server.answer(respond(body=body, Content_Type="text/event-stream"))
    events, error = await cut(client)
    assert events == []
    assert (error.message, error.code, error.reason) == (
        "Too busy",
        "busy",
        CutReason.ERROR_EVENT,
    )
    assert error.request_id == server.requests[0].headers["x-request-id"]


@pytest.mark.parametrize(
    ("body", "says"), [(b"<!doctype html><p>Log in", "web page"), (b'{"ok":true}', "form")]
)
async def test_neither_events_nor_an_answer_where_events_were_announced(
    server: RawServer, client: BeatraClient, respond: Bytes, body: bytes, says: str
) -> None:
    server.answer(respond(body=body, Content_Type="text/event-stream"))
    events, error = await cut(client)
    assert events == []
    assert says in error.message
    assert error.reason is CutReason.MALFORMED


async def test_a_bad_gateway_page_may_be_tried_again(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(respond(502, b"<html><h1>502 Bad Gateway</h1></html>", Content_Type="text/html"))
    with pytest.raises(ServerError, match="status 502") as caught:
        await collect(client, [])
    assert should_retry(caught.value, idempotent=True)


@pytest.mark.parametrize(
    ("status", "body", "content_type"),
    [
        (400, {"error": {"message": "messages is missing"}}, "application/json"),
        (422, {"detail": []}, "application/json"),
        (500, b"<h1>KeyError: 'messages'</h1>", "text/html"),
        (200, HELLO + DONE, "text/event-stream"),
        (200, {"choices": [{"message": {"content": "?"}}]}, "application/json"),
    ],
)
async def test_a_service_that_has_chat_says_so_to_an_empty_request(
    server: RawServer, client: BeatraClient, respond: Bytes,
    status: int, body: object, content_type: str,
) -> None:  # fmt: skip
    server.answer(respond(status, body, Content_Type=content_type))
    await client.chat.probe()
    assert server.requests[0].body == b"{}"


@pytest.mark.parametrize("status", [200, 302, 401, 404, 405, 502])
async def test_what_has_no_chat_does_not(
    server: RawServer, client: BeatraClient, respond: Bytes, status: int
) -> None:
    server.answer(respond(status, b"<html>Hello</html>", Content_Type="text/html"))
    with pytest.raises(APIError):
        await client.chat.probe()

"""What leaves this machine and where it goes; what becomes of broken connections."""

from __future__ import annotations

import asyncio
import logging
import ssl
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from beatra_desktop.api.client import BeatraClient, Timeouts
from beatra_desktop.api.errors import (
    APIConnectionError,
    APITimeoutError,
    AuthenticationError,
    CertificateError,
    MalformedResponseError,
    RateLimitError,
    ServerError,
)
from beatra_desktop.api.retry import should_retry
from beatra_desktop.api.service_clock import ServiceClock
from beatra_desktop.api.transport import LIMITS, USER_AGENT, Request, Transport

if TYPE_CHECKING:
    from tests.api.conftest import ClientFactory, RawServer

pytestmark = pytest.mark.asyncio

TASK = {"task_id": "tsk_1", "status": "queued"}

Bytes = Callable[..., bytes]


async def test_every_call_says_who_asks_and_which_request_it_is(
    server: RawServer, client: BeatraClient, respond: Bytes, key: str
) -> None:
    server.answer(respond(body=TASK), respond(body=TASK, X_Request_Id="req_srv", Retry_After="3"))
    own = await client.tasks.get("tsk_1")
    theirs = await client.tasks.get("tsk_1", request_id="req_mine")
    first, second = server.requests
    assert first.headers["user-agent"] == USER_AGENT
    assert first.headers["authorization"] == f"Bearer {key}"
    assert own.request_id == first.headers["x-request-id"]
    assert own.retry_after is None
    assert second.headers["x-request-id"] == "req_mine"
    assert (theirs.request_id, theirs.retry_after, theirs.status) == ("req_srv", 3.0, 200)
    assert theirs.seconds > 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_takes_the_key_nowhere(
    server: RawServer, other_server: RawServer, client: BeatraClient, respond: Bytes, key: str,
    status: int,
) -> None:  # fmt: skip
    server.answer(respond(status, Location=f"{other_server.origin}/v1/tasks/tsk_1"))
    with pytest.raises(MalformedResponseError, match="redirect") as caught:
        await client.tasks.get("tsk_1")
    assert other_server.requests == []
    assert not should_retry(caught.value, idempotent=True)
    assert key.encode() in server.raw


async def test_an_answer_nobody_reads_is_hung_up_on(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.hold_after(respond(302, b"some", content_length=1000, Location="/x"))
    with pytest.raises(MalformedResponseError) as caught:
        await client.tasks.get("x")
    await server.gone.wait()
    assert caught.value.seconds


@pytest.mark.parametrize(
    "address", ["http://192.0.2.7/v1", "http://localhost.example/v1", "HTTP://127.0.0.1.example"]
)
async def test_no_key_goes_in_the_open_to_another_computer(
    connect: ClientFactory, address: str
) -> None:
    with pytest.raises(AuthenticationError, match="not encrypted"):
        await connect(address).tasks.get("x")


async def test_what_a_service_would_have_remembered_is_not_brought_back(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(respond(body=TASK, Set_Cookie="key=sk-of-somebody; Path=/"), respond(body=TASK))
    await client.tasks.get("x")
    await client.tasks.get("x")
    assert "cookie" not in server.requests[1].headers


async def test_a_key_no_header_can_carry_is_refused_without_being_shown(
    server: RawServer, connect: ClientFactory
) -> None:
    for bad in ("sk-secret\n", "sk-secret\r\nX: y", "sk-sécret", "sk secret", "\u200bsk-secret"):
        with pytest.raises(AuthenticationError) as caught:
            await connect(server.base_url, key=bad).tasks.get("x")
        assert "secret" not in "".join(traceback.format_exception(caught.value))
    assert server.requests == []


async def test_the_key_is_in_no_error_text_even_if_the_service_repeats_it(
    server: RawServer, client: BeatraClient, respond: Bytes, key: str
) -> None:
    said = {"message": f"Incorrect API key provided: {key}", "details": {"key": key}}
    server.answer(respond(401, {"error": said}))
    with pytest.raises(AuthenticationError, match=r"provided: \[key\]") as caught:
        await client.tasks.get("x")
    error = caught.value
    shown = "".join(traceback.format_exception(error)) + repr(vars(error)) + repr(error.args)
    assert key not in shown
    assert key not in repr(client) + repr(vars(client)) + str(vars(client._transport))


async def test_a_key_behind_escapes_or_deep_in_the_details_is_taken_out_too(
    server: RawServer, client: BeatraClient, respond: Bytes, key: str
) -> None:
    escaped = "".join(f"\\u{ord(character):04x}" for character in key)
    said = f'{{"error":{{"message":"no {escaped}","details":{{"errors":[{{"field":"{key}"}}]}}}}}}'
    server.answer(respond(401, said.encode()))
    with pytest.raises(AuthenticationError, match=r"no \[key\]") as caught:
        await client.tasks.get("x")
    assert caught.value.details == {"errors": [{"field": "[key]"}]}


@pytest.mark.parametrize("word", ["null", "code", "a"])
async def test_a_short_word_for_a_key_does_not_spoil_what_the_service_says(
    server: RawServer, connect: ClientFactory, respond: Bytes, word: str
) -> None:
    said = {"code": "rate_limited", "message": "a moment", "retryable": True, "param": None}
    server.answer(respond(429, {"error": said}))
    with pytest.raises(RateLimitError, match=r"^a moment$") as caught:
        await connect(server.base_url, key=word).tasks.get("x")
    assert (caught.value.code, caught.value.retryable) == ("rate_limited", True)


async def test_nothing_secret_is_logged(
    server: RawServer, client: BeatraClient, respond: Bytes, key: str,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG, logger="beatra_desktop")
    server.answer(respond(body=TASK))
    await client.tasks.cancel("tsk_1", b'{"reason":"private words"}', idempotency_key="k")
    assert "/tasks/tsk_1/cancel" in caplog.text
    assert key not in caplog.text
    assert "private words" not in caplog.text


async def test_this_machine_is_reached_without_the_proxy(
    server: RawServer, other_server: RawServer, connect: ClientFactory, respond: Bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", other_server.origin)
    monkeypatch.setenv("http_proxy", other_server.origin)
    server.answer(respond(body=TASK))
    await connect(server.base_url).tasks.get("tsk_1")
    other_server.answer(respond(body=TASK))
    await connect("http://beatra.test/v1", key=None).tasks.get("tsk_2")
    assert [request.target for request in server.requests] == ["/v1/tasks/tsk_1"]
    assert [r.target for r in other_server.requests] == ["http://beatra.test/v1/tasks/tsk_2"]


async def test_a_refusal_with_a_broken_body_is_still_that_refusal(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.hang_up_after(respond(429, b'{"err', content_length=99, Retry_After="2"))
    with pytest.raises(RateLimitError) as caught:
        await client.tasks.get("x")
    assert caught.value.retry_after == 2.0


@pytest.mark.parametrize(
    "sent", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", b"SSH-2.0-OpenSSH\r\n\r\n"]
)
async def test_a_connection_that_breaks_may_be_tried_again(
    server: RawServer, client: BeatraClient, sent: bytes
) -> None:
    server.hang_up_after(sent)
    with pytest.raises(APIConnectionError, match=r"\w+ \w+") as caught:
        await client.tasks.get("x", request_id="req_mine")
    assert caught.value.request_id == "req_mine"
    assert should_retry(caught.value, idempotent=True)


async def test_nobody_listens(connect: ClientFactory, unused_port: int) -> None:
    with pytest.raises(APIConnectionError, match="could not be reached"):
        await connect(f"http://127.0.0.1:{unused_port}/v1").tasks.get("x")


async def test_silence_is_a_timeout(server: RawServer, connect: ClientFactory) -> None:
    server.hold_after(b"")
    client = connect(server.base_url, timeouts=Timeouts(read=0.1))
    with pytest.raises(APITimeoutError, match="in time"):
        await client.tasks.get("x")
    await server.gone.wait()


async def test_forty_rounds_of_twenty_cancelled_requests_leave_the_pool_usable(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    for _ in range(800):
        server.hold_after(b"")
    for turn in range(40):
        async with asyncio.TaskGroup() as group:
            calls = [group.create_task(client.tasks.get("x")) for _ in range(20)]
            for _ in range(turn % 8):  # stop at another step of connecting in each round
                await asyncio.sleep(0)
            for call in calls:
                call.cancel()
    server._scripts.clear()
    server.answer(respond(body=TASK))
    assert (await client.tasks.get("tsk_1")).value.task_id == "tsk_1"


async def test_a_full_pool_is_replaced_and_what_runs_on_it_goes_on(
    server: RawServer, ssl_context: ssl.SSLContext, stream_of: Bytes, respond: Bytes
) -> None:
    transport = Transport(
        server.base_url,
        api_key=lambda: None,
        ssl_context=ssl_context,
        timeouts=Timeouts(pool=0.05),
        limits=httpx.Limits(max_connections=1),
    )
    server.hold_after(stream_of(b"one", end=False))
    server.answer(respond(body=b"two"))
    request = Request(method="GET", path="/x")
    held = await transport.open(request)
    with pytest.raises(APITimeoutError):
        await transport.open(request)
    assert (await transport.fetch(request, bytes)).value == b"two"
    assert await held.read_chunk() == b"one"
    await held.aclose()
    await transport.aclose()


async def test_the_pool_is_not_bounded() -> None:
    assert LIMITS.max_connections is None


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "ftp://x/y", "javascript:1", "http://[::1/x"]
)
async def test_links_that_are_not_of_the_web_are_refused(
    client: BeatraClient, link: str, tmp_path: Path
) -> None:
    with pytest.raises(MalformedResponseError):
        await client.artifacts.download(link, tmp_path / "a.part", on_progress=lambda _: None)
    assert not (tmp_path / "a.part").exists()


async def test_an_unknown_certificate_stops_everything_before_the_key_leaves(
    serving: Callable[..., Any], self_signed: ssl.SSLContext, connect: ClientFactory
) -> None:
    async with serving(self_signed) as server:
        with pytest.raises(CertificateError, match="certificate") as caught:
            await connect(server.base_url).tasks.get("x")
        assert not should_retry(caught.value, idempotent=True)
        assert server.requests == []


async def test_the_time_is_believed_of_the_service_only(
    server: RawServer, ssl_context: ssl.SSLContext, respond: Bytes
) -> None:
    """A portal or a proxy in between does not know the request's id."""
    clock, date = ServiceClock(), "Sun, 01 Mar 2026 12:00:00 GMT"
    server.answer(
        respond(503, b"<html>", Date=date),
        respond(body=TASK, Date=date, X_Request_Id="req_srv"),
    )
    async with BeatraClient(
        server.base_url, api_key=lambda: None, ssl_context=ssl_context, clock=clock
    ) as client:
        with pytest.raises(ServerError):
            await client.tasks.get("tsk_1")
        before = clock.latest
        await client.tasks.get("tsk_1")
        after = clock.latest
    assert before is None
    assert after is not None
    assert after.date().isoformat() == "2026-03-01"

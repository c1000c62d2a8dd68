"""The client as a whole: address, key, health, closing, trust."""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from beatra_desktop.api.client import BeatraClient, create_ssl_context
from beatra_desktop.api.errors import MalformedResponseError

if TYPE_CHECKING:
    from tests.api.conftest import ClientFactory, RawServer

pytestmark = pytest.mark.asyncio

LOADED_LATE = """
import asyncio, importlib, sys
from beatra_desktop.api.client import BeatraClient, create_ssl_context
from beatra_desktop.app import PIECES

async def ask() -> None:
    key = lambda: None
    url, context = sys.argv[1], create_ssl_context()
    for piece in PIECES:
        importlib.import_module(piece)
    before = set(sys.modules)
    async with BeatraClient(url, api_key=key, ssl_context=context) as client:
        await client.health()
    of_anyio = {name for name in sys.modules if name.startswith("anyio._core")}  # takes 15 ms
    sys.exit(", ".join((sys.modules.keys() - before) | of_anyio) or None)

asyncio.run(ask())
"""

TASK = {"task_id": "tsk_1", "status": "queued"}

Bytes = Callable[..., bytes]


async def test_the_key_is_asked_for_each_time(
    server: RawServer, ssl_context: ssl.SSLContext, respond: Bytes
) -> None:
    keys: list[str | None] = ["one", "two", None]
    server.answer(*[respond(body=TASK)] * 3)
    async with BeatraClient(
        server.base_url, api_key=lambda: keys.pop(0), ssl_context=ssl_context
    ) as client:
        for _ in range(3):
            await client.tasks.get("x")
    sent = [request.headers.get("authorization") for request in server.requests]
    assert sent == ["Bearer one", "Bearer two", None]


@pytest.mark.parametrize("slash", ["", "/", "//"])
async def test_a_trailing_slash_makes_no_difference(
    server: RawServer, connect: ClientFactory, respond: Bytes, slash: str
) -> None:
    server.answer(respond(body=TASK))
    await connect(server.base_url + slash).tasks.get("tsk_1")
    assert server.requests[0].target == "/v1/tasks/tsk_1"


async def test_closing_ends_running_streams(
    server: RawServer, connect: ClientFactory, stream_of: Bytes
) -> None:
    server.hold_after(stream_of(b": hi\n\n", end=False))
    client = connect(server.base_url)
    await client.chat.open(b"{}", idempotency_key="k")
    await client.aclose()
    await server.gone.wait()


async def test_when_the_app_is_loaded_a_request_loads_nothing(
    server: RawServer, respond: Bytes
) -> None:
    server.answer(respond(body={"status": "ok"}))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", LOADED_LATE, server.base_url, stderr=asyncio.subprocess.PIPE
    )
    _, words = await process.communicate()
    assert process.returncode == 0, words.decode()


async def test_without_a_system_store_certifi_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    monkeypatch.setenv("SSL_CERT_DIR", "/nowhere")
    assert create_ssl_context().cert_store_stats()["x509_ca"] > 50


@pytest.mark.parametrize(
    ("body", "is_up"), [({"status": "ok"}, True), ({"status": "degraded"}, False), ({}, False)]
)
async def test_health_is_asked_without_the_key(
    server: RawServer, client: BeatraClient, respond: Bytes, body: object, is_up: bool
) -> None:
    server.answer(respond(body=body))
    assert (await client.health()).value.is_up is is_up
    assert server.requests[0].target == "/v1/health"
    assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize("base_url", ["http://[::1/v1", "http://\x00/v1", "api.beatra.ai/v1", ""])
async def test_a_base_url_that_is_none_is_said_to_be_so(
    connect: ClientFactory, base_url: str
) -> None:
    with pytest.raises(MalformedResponseError, match="web address"):
        await connect(base_url).health()

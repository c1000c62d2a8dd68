"""A service behind a proxy of the network: both sides are encrypted, or only the service's."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import httpx
import pytest

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import APIConnectionError
from beatra_desktop.api.sockets import Sockets
from tests.api.conftest import RawServer
from tests.certificates import make_certificate

pytestmark = pytest.mark.asyncio

SERVICE: Final = "service.test"
PROXY: Final = "localhost"
CONNECTED: Final = b"HTTP/1.1 200 Connected\r\n\r\n"
Serving = Callable[[ssl.SSLContext], AbstractAsyncContextManager[RawServer]]
Bytes = Callable[..., bytes]


@asynccontextmanager
async def _proxy(
    server: RawServer, seen: bytearray, context: ssl.SSLContext | None, answer: bytes
) -> AsyncIterator[int]:
    """Takes every name for the server's, and keeps what it could read."""

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                seen.extend(data)
                writer.write(data)
        writer.close()

    over: list[asyncio.Event] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        over.append(asyncio.Event())
        seen.extend(await reader.readuntil(b"\r\n\r\n"))
        writer.write(answer)
        _, port = server.origin.rsplit(":", 1)
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", int(port))
        await asyncio.gather(pass_on(reader, inner_writer), pass_on(inner_reader, writer))
        over[-1].set()

    proxy = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    async with proxy:
        yield int(proxy.sockets[0].getsockname()[1])
        for each in over:
            await each.wait()


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_proxy_passes_on_what_it_cannot_read(
    serving: Serving, respond: Bytes, key: str, scheme: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    service, proxys = make_certificate(tmp_path, SERVICE), make_certificate(tmp_path, PROXY)
    trusting = ssl.create_default_context(cafile=service.public)
    seen = bytearray()
    context = proxys.context() if scheme == "https" else None
    async with (
        serving(service.context()) as server,
        _proxy(server, seen, context, CONNECTED) as port,
    ):
        monkeypatch.setenv("SSL_CERT_FILE", str(proxys.public))
        monkeypatch.setenv("HTTPS_PROXY", f"{scheme}://{PROXY}:{port}")
        monkeypatch.setenv("https_proxy", f"{scheme}://{PROXY}:{port}")
        server.answer(respond(body={"task_id": "tsk_1", "status": "queued"}))
        base_url = f"https://{SERVICE}/v1"
        async with BeatraClient(base_url, api_key=lambda: key, ssl_context=trusting) as client:
            assert (await client.tasks.get("tsk_1")).value.task_id == "tsk_1"
    assert seen.startswith(f"CONNECT {SERVICE}:443 ".encode())
    assert key.encode() not in seen
    assert server.requests[0].headers["authorization"] == f"Bearer {key}"


async def test_a_proxy_that_refuses(
    server: RawServer, ssl_context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with _proxy(server, bytearray(), None, b"HTTP/1.1 403 No\r\n\r\n") as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{PROXY}:{port}")
        monkeypatch.setenv("https_proxy", f"http://{PROXY}:{port}")
        base_url = f"https://{SERVICE}/v1"
        async with BeatraClient(base_url, api_key=lambda: None, ssl_context=ssl_context) as client:
            with pytest.raises(APIConnectionError, match="proxy refused") as caught:
                await client.health()
    assert caught.value.never_left


async def test_every_way_goes_by_our_sockets(
    ssl_context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said to httpcore behind httpx's back, so it must be seen that it is heard."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with BeatraClient("http://x", api_key=lambda: None, ssl_context=ssl_context) as client:
        http = client._transport._http
        ways = [each for each in (http._transport, *http._mounts.values()) if each is not None]
        assert len(ways) == 2
        for way in ways:
            assert isinstance(way, httpx.AsyncHTTPTransport)
            pool = way._pool
            assert isinstance(pool._network_backend, Sockets)

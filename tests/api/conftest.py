"""A scripted TCP server for answers no proper server gives, and clients for it."""

import asyncio
import json
import socket
import ssl
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from beatra_desktop.api.client import BeatraClient, Timeouts, create_ssl_context
from tests.certificates import Certificate, make_certificate

# How long an example takes depends on what else this machine does.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

KEY = "sk-canary-0123456789"

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Received:
    """One request as it arrived; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class RawServer:
    """Answers each request with the next script; keeps everything it was sent."""

    requests: list[Received] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    connections: int = 0
    origin: str = ""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    _early: bytes | None = None
    _scripts: deque[Script] = field(default_factory=deque)
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def base_url(self) -> str:
        return f"{self.origin}/v1"

    def answer(self, *answers: bytes | Script) -> None:
        """Queue answers; bytes are sent as they are and the connection stays open."""
        self._scripts.extend(_sends(a) if isinstance(a, bytes) else a for a in answers)

    def hang_up_after(self, data: bytes, *, abort: bool = False) -> None:
        """Queue an answer after which the connection ends, by FIN or by RST."""

        async def script(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(data)
            await writer.drain()
            if abort:
                writer.transport.abort()
            writer.close()

        self.answer(script)

    def hold_after(self, data: bytes) -> None:
        """Queue an answer that never ends; `gone` is set when the client has left."""

        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(data)
            with suppress(ConnectionError):
                await reader.read()
            self.gone.set()

        self.answer(script)

    def refuse_early(self, data: bytes) -> None:
        """Answer the next request before its body has arrived, then swallow the rest."""
        self._early = data

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)
        try:
            if self._early:
                await self._refuse(reader, writer, self._early)
            while not writer.is_closing():
                self.requests.append(await self._receive(reader))
                await self._scripts.popleft()(reader, writer)
                await writer.drain()
        except asyncio.IncompleteReadError as error:
            self.raw += error.partial
            self.gone.set()
        except ConnectionError:
            self.gone.set()
        finally:
            writer.close()

    async def close(self) -> None:
        for writer in self._writers:
            writer.close()
        for writer in self._writers:
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _refuse(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, data: bytes
    ) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(data)
        while await reader.read(65536):
            pass

    async def _receive(self, reader: asyncio.StreamReader) -> Received:
        head = await reader.readuntil(b"\r\n\r\n")
        self.raw += head
        first, *lines = head.decode("latin-1").split("\r\n")[:-2]
        method, target, _ = first.split(" ", 2)
        headers = {n.lower(): v for n, _, v in (line.partition(": ") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.raw += body
        return Received(method, target, headers, body)


def _sends(data: bytes) -> Script:
    async def script(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)

    return script


@asynccontextmanager
async def _running(context: ssl.SSLContext | None = None) -> AsyncIterator[RawServer]:
    raw = RawServer()
    server = await asyncio.start_server(raw.serve, "127.0.0.1", 0, ssl=context, limit=2**24)
    scheme = "https" if context else "http"
    raw.origin = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield raw
    finally:
        server.close()
        await raw.close()
        await server.wait_closed()


@pytest_asyncio.fixture
async def server() -> AsyncIterator[RawServer]:
    async with _running() as raw:
        yield raw


@pytest_asyncio.fixture
async def other_server() -> AsyncIterator[RawServer]:
    async with _running() as raw:
        yield raw


@pytest.fixture
def serving() -> Callable[..., Any]:
    """For servers with a TLS context."""
    return _running


def _respond(
    status: int = 200, body: object = b"", *, content_length: int | None = None, **headers: str
) -> bytes:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {name.replace("_", "-").lower(): value for name, value in headers.items()}
    if "transfer-encoding" not in given:
        given["content-length"] = str(len(data) if content_length is None else content_length)
    given.setdefault("content-type", "application/json")
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status} Status\r\n{lines}\r\n".encode() + data


@pytest.fixture
def respond() -> Callable[..., bytes]:
    """`respond(status, body, Header_Name="...")`: a whole HTTP answer; JSON unless bytes."""
    return _respond


def _chunked(*pieces: bytes, end: bool = True) -> bytes:
    framed = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces if piece)
    return framed + (b"0\r\n\r\n" if end else b"")


@pytest.fixture
def stream_of() -> Callable[..., bytes]:
    """An event stream in chunked framing; `end=False` leaves the last chunk out."""

    def build(*pieces: bytes, end: bool = True) -> bytes:
        head = _respond(Content_Type="text/event-stream", Transfer_Encoding="chunked")
        return head + _chunked(*pieces, end=end)

    return build


@pytest.fixture(scope="session")
def ssl_context() -> ssl.SSLContext:
    return create_ssl_context()


ClientFactory = Callable[..., BeatraClient]


@pytest_asyncio.fixture
async def connect(ssl_context: ssl.SSLContext) -> AsyncIterator[ClientFactory]:
    """`connect(base_url)`: a client with the canary key, closed after the test."""
    async with AsyncExitStack() as stack:

        def build(
            base_url: str, *, key: str | None = KEY, timeouts: Timeouts | None = None
        ) -> BeatraClient:
            client = BeatraClient(
                base_url, api_key=lambda: key, ssl_context=ssl_context, timeouts=timeouts
            )
            stack.push_async_callback(client.aclose)
            return client

        yield build


@pytest_asyncio.fixture
async def client(server: RawServer, connect: ClientFactory) -> BeatraClient:
    return connect(server.base_url)


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def self_signed(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A server's TLS context whose certificate nobody vouches for."""
    return make_certificate(tmp_path_factory.mktemp("tls"), "127.0.0.1").context()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"), "localhost")

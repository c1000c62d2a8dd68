"""A proxy between the app and the sandbox that meets requests with the faults of a plan.

It reads each request whole, knows what it asks for, has the real sandbox answer it, and then says
to the app what the plan wants it to hear. What went by is written down in `seen`.
"""

import asyncio
import hashlib
import socket
import ssl
import struct
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Protocol

from beatra_desktop.domain.records import replace

HOST: Final = "service.localhost"
"""A name that counts as another machine's: the app holds requests for want of a network there."""
RESET: Final = struct.pack("ii", 1, 0)
PATIENCE_SECONDS: Final = 20.0
LARGEST: Final = 2**20
HEARD_SECONDS: Final = 0.25
"""Well below the app's time limits in the campaign."""


class Endpoint(StrEnum):
    MODELS = "GET /models"
    CATALOG = "GET /catalog/models"
    CAPABILITIES = "GET /catalog/capabilities"
    HEALTH = "GET /health"
    CHAT = "POST /chat/completions"
    UPLOAD = "POST /uploads"
    SONG = "POST /music/text-to-music"
    COVER = "POST /music/reference-audio-to-music"
    TASK = "GET /tasks/{id}"
    TASKS = "GET /tasks"
    CANCEL = "POST /tasks/{id}/cancel"
    CLIP = "GET clip"
    ARTIFACT = "GET artifact"
    PORTAL = "GET portal"


_FIXED: Final = {endpoint.value: endpoint for endpoint in Endpoint}


@dataclass(frozen=True, kw_only=True)
class Request:
    """As it came from the app; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]

    @property
    def endpoint(self) -> Endpoint:
        path = self.target.partition("?")[0]
        if path.startswith("/media/"):
            is_look = self.headers.get("range") == "bytes=0-0"
            return Endpoint.ARTIFACT if is_look else Endpoint.CLIP
        if path.startswith("/v1/tasks/"):
            return Endpoint.CANCEL if path.endswith("/cancel") else Endpoint.TASK
        return _FIXED.get(f"{self.method} {path.removeprefix('/v1')}", Endpoint.PORTAL)


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_stream(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/event-stream")

    def wire(self) -> tuple[bytes, list[bytes]]:
        """Head and body as they travel: events in chunks of their own, all else by its length."""
        is_chunked = self.is_stream or "transfer-encoding" in self.headers
        framing = "transfer-encoding: chunked" if is_chunked else f"content-length: {self.length}"
        lines = [f"HTTP/1.1 {self.status} X", framing]
        skipped = ("content-length", "transfer-encoding")
        lines += [f"{name}: {value}" for name, value in self.headers.items() if name not in skipped]
        head = "\r\n".join([*lines, "", ""]).encode("latin-1")
        if not is_chunked:
            return head, [self.body]
        events = [event + b"\n\n" for event in self.body.split(b"\n\n") if event]
        return head, [*(b"%x\r\n%b\r\n" % (len(event), event) for event in events), b"0\r\n\r\n"]

    @property
    def length(self) -> str:
        return self.headers.get("content-length", str(len(self.body)))


@dataclass(kw_only=True)
class Seen:
    """One request: what met it, what the sandbox answered, what the app was told of that.

    `told` is set once a whole answer was handed over; `told_body` are the bytes of one that were
    handed over and not broken off by a reset. `spoke_after` is how many seconds went by before the
    app was told anything: what comes too late it does not hear.
    """

    request: Request
    fault: str = ""
    body_sha256: str | None = None
    acted: Answer | None = None
    told: Answer | None = None
    told_body: bytes = b""
    began: float = field(default_factory=time.monotonic)
    spoke_after: float | None = None

    @property
    def is_heard(self) -> bool:
        return self.spoke_after is not None and self.spoke_after < HEARD_SECONDS

    @property
    def endpoint(self) -> Endpoint:
        return self.request.endpoint

    @property
    def key(self) -> str | None:
        return self.request.headers.get("idempotency-key")


@dataclass(kw_only=True)
class Pressed:
    """The user pressed something that sends again."""

    what: str


class Upstream(Protocol):
    """Where the real sandbox listens now; its port changes when it is started again."""

    port: int


class Gone(Exception):
    """The app hung up, or the sandbox is not there."""


class Strike(Protocol):
    async def __call__(self, exchange: "Exchange") -> None: ...


@dataclass(kw_only=True)
class Proxy:
    """`meet(request)` gives what to do with it, None for passing it on."""

    upstream: Upstream
    meet: Callable[[Request], tuple[str, Strike] | None]
    date: Callable[[], str]
    origin: str = ""
    seen: list[Seen | Pressed] = field(default_factory=list)
    writers: set[asyncio.StreamWriter] = field(default_factory=set)
    busy: set["asyncio.Task[Any]"] = field(default_factory=set)

    @property
    def requests(self) -> Iterator[Seen]:
        return (each for each in self.seen if isinstance(each, Seen))

    def has_acted_on(self, key: str | None) -> bool:
        """Whether the sandbox did what is asked under a key: it will not say no to it any more."""
        acted = (each.acted for each in self.requests if key is not None and each.key == key)
        return any(answer is not None and answer.status < 300 for answer in acted)

    def drop_all(self) -> None:
        """Break every connection, as a machine finds them after its sleep."""
        for writer in list(self.writers):
            reset(writer)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.set_name("stub proxy")
        self.busy.add(task)
        self.writers.add(writer)
        try:
            while await self._exchange(reader, writer):
                pass
        except (Gone, OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            reset(writer)
        finally:
            self.writers.discard(writer)
            self.busy.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        request = _parsed(await reader.readuntil(b"\r\n\r\n"))
        seen = Seen(request=request)
        self.seen.append(seen)
        exchange = Exchange(proxy=self, reader=reader, writer=writer, seen=seen)
        met = self.meet(request)
        if met is None:
            await exchange.relay()
        else:
            seen.fault, strike = met
            await strike(exchange)
        return not exchange.is_over

    async def end(self) -> None:
        for task in self.busy:
            task.cancel()
        while self.busy:
            await asyncio.wait(self.busy)


@dataclass(kw_only=True)
class Exchange:
    """One request and what can be done with it."""

    proxy: Proxy
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    seen: Seen
    is_over: bool = False
    _body: bytes | None = None

    async def body(self) -> bytes:
        """The whole body of the request."""
        if self._body is None:
            length = int(self.seen.request.headers.get("content-length", 0))
            self._body = await self.reader.readexactly(length)
            self.seen.body_sha256 = hashlib.sha256(self._body).hexdigest()
        return self._body

    async def act(self) -> Answer:
        """What the sandbox answers to the whole request; raises Gone where there is none."""
        body = await self.body()
        if self.seen.acted is None:
            self.seen.acted = await self._ask(body)
        return self.seen.acted

    async def pass_on_part(self, share: float) -> None:
        """Let the sandbox hear the beginning of the body, and then nothing more."""
        length = int(self.seen.request.headers.get("content-length", 0))
        body = await self.reader.readexactly(int(length * share))
        _, writer = await self._connected()
        writer.write(self._head() + body)
        await writer.drain()
        writer.transport.abort()

    async def relay(self) -> None:
        await self.say(await self.act())

    async def say(self, answer: Answer) -> None:
        """Hand over the whole answer."""
        head, pieces = answer.wire()
        await self.put(head, *pieces)
        self.seen.told = answer
        self.seen.told_body = answer.body

    async def put(self, *pieces: bytes) -> None:
        if self.writer.transport.is_closing():
            raise Gone
        self.seen.spoke_after = self.seen.spoke_after or time.monotonic() - self.seen.began
        self.writer.write(b"".join(pieces))
        await self.writer.drain()

    def end(self) -> None:
        """Close the connection after what was said."""
        self.is_over = True

    def close_half(self) -> None:
        """Say that nothing more will be said, and go on listening."""
        endpoint: socket.socket | None = self.writer.get_extra_info("socket")
        if endpoint is None or self.writer.transport.is_closing():
            raise Gone
        endpoint.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        self.is_over = True
        reset(self.writer)

    async def stay_silent(self) -> None:
        """Say nothing more until the app gives up."""
        self.is_over = True
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.reader.read(LARGEST):
                pass

    async def _ask(self, body: bytes) -> Answer:
        try:
            reader, writer = await self._connected()
            writer.write(self._head() + body)
            raw = await reader.read()
            writer.close()
        except OSError as error:
            raise Gone from error
        if not raw:
            raise Gone
        return self._readdressed(_answer(raw))

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.proxy.upstream.port)

    def _head(self) -> bytes:
        """In HTTP/1.0, so that the sandbox answers without chunks and closes."""
        request = self.seen.request
        lines = [f"{request.method} {request.target} HTTP/1.0"]
        lines += [
            f"{name}: {value}" for name, value in request.headers.items() if name != "connection"
        ]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def _readdressed(self, answer: Answer) -> Answer:
        """With links that lead through the proxy too, and the time by the sandbox's clock."""
        answer = replace(answer, headers={**answer.headers, "date": self.proxy.date()})
        if "json" not in answer.headers.get("content-type", ""):
            return answer
        own = f"http://127.0.0.1:{self.proxy.upstream.port}".encode()
        body = answer.body.replace(own, self.proxy.origin.encode())
        headers = {n: v for n, v in answer.headers.items() if n != "content-length"}
        return Answer(status=answer.status, headers=headers, body=body)


def reset(writer: asyncio.StreamWriter) -> None:
    endpoint: socket.socket | None = writer.get_extra_info("socket")
    if endpoint is not None and not writer.transport.is_closing():
        endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    writer.transport.abort()


@asynccontextmanager
async def opened(proxy: Proxy, *, context: ssl.SSLContext | None) -> AsyncIterator[Proxy]:
    """With a context it is on another machine as it were, and without one on this."""
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0, ssl=context, limit=LARGEST)
    port = server.sockets[0].getsockname()[1]
    proxy.origin = f"http://127.0.0.1:{port}" if context is None else f"https://{HOST}:{port}"
    try:
        yield proxy
    finally:
        server.close()
        await proxy.end()


def _parsed(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    method, target, _ = first.split(" ", 2)
    return Request(method=method, target=target, headers=_headers(lines))


def _answer(raw: bytes) -> Answer:
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {
        n: v for n, v in _headers(lines).items() if n not in ("connection", "date", "server")
    }
    return Answer(status=int(first.split(" ")[1]), headers=headers, body=body)


def _headers(lines: list[str]) -> dict[str, str]:
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}

"""Files to upload, a database to look into, and a service that answers as a test wants."""

import asyncio
import json
import math
import sqlite3
import struct
import threading
import wave
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from beatra_desktop.api.retry import RetryPolicy
from beatra_desktop.credentials import LayeredCredentials, MemoryCredentials
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.polling import PollSchedule
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.sandbox import SandboxProcess
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.profiles import ProfileRepository
from beatra_desktop.storage.settings import SettingsRepository
from tests.services.song_service import Service, opened

RATE = 8000
SECONDS = 8


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    """Eight seconds of a quiet 440 Hz tone, long enough for a reference."""
    path = tmp_path / "tone.wav"
    samples = (int(8000 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(RATE * SECONDS))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "unit.db")
    yield database
    database.close()


@pytest.fixture
def hold_writer() -> Callable[[Database], AbstractAsyncContextManager[None]]:
    """Inside `async with hold_writer(database)` what is written stays in the queue."""

    @asynccontextmanager
    async def held(database: Database) -> AsyncIterator[None]:
        go_on = threading.Event()

        def wait(_connection: sqlite3.Connection) -> None:
            go_on.wait()

        database.write(wait)
        try:
            yield
        finally:
            go_on.set()
            await database.durable()

    return held


@pytest.fixture
def impatient() -> Callable[[], RetryPolicy]:
    """Three attempts, no pause worth mentioning."""
    return lambda: RetryPolicy(max_attempts=3, base_seconds=0.001, cap_seconds=0.001)


@pytest_asyncio.fixture
async def traffic(database: Database) -> AsyncIterator[Traffic]:
    """The way out, open, for tests of what goes through it."""
    credentials = LayeredCredentials(MemoryCredentials())
    clients = Clients(credentials=credentials, sandbox=SandboxProcess([]))
    async with clients, Supervisor(lambda error, where: None) as supervisor:
        profiles = ProfilesService(
            repository=ProfileRepository(database),
            credentials=credentials,
            clients=clients,
            supervisor=supervisor,
            notices=Notices(),
        )
        yield Traffic(
            clients=clients,
            profiles=profiles,
            settings=SettingsService(SettingsRepository(database)),
            supervisor=supervisor,
            probes=PollSchedule(first=0.01, cap=0.02),
        )


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Said:
    """An answer: JSON unless bytes; `hold` keeps the connection open after it.

    `missing` bytes more are announced than are sent.
    """

    status: int = 200
    body: Any = field(default_factory=dict)
    content_type: str = "application/json"
    hold: bool = False
    missing: int = 0

    def head(self, size: int) -> bytes:
        length = "" if self.hold else f"content-length: {size + self.missing}\r\n"
        kind = f"content-type: {self.content_type}\r\n"
        return f"HTTP/1.1 {self.status} X\r\n{length}{kind}connection: close\r\n\r\n".encode()


Handler = Callable[[Heard], Awaitable[Said | None]]


class Stub:
    """Asks `handler` for each answer; None breaks the connection instead."""

    def __init__(self, handler: Handler) -> None:
        self.heard: list[Heard] = []
        self.base_url = ""
        self._handler = handler
        self._busy: set[asyncio.Task[Any]] = set()

    @property
    def profile(self) -> Profile:
        return Profile(
            id=ProfileId("stub"), name="Stub", kind=ProfileKind.CUSTOM, base_url=self.base_url
        )

    def posts(self, path: str = "") -> list[Heard]:
        return [h for h in self.heard if h.method == "POST" and h.path.endswith(path)]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.set_name("stub")
        self._busy.add(task)
        try:
            await self._answer(await self._receive(reader), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._busy.discard(task)
            writer.close()

    async def end(self) -> None:
        for task in self._busy:
            task.cancel()
        while self._busy:
            await asyncio.wait(self._busy)

    async def _receive(self, reader: asyncio.StreamReader) -> Heard:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
        method, path, _ = first.split(" ", 2)
        headers = {n.lower(): v for n, _, v in (line.partition(": ") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        heard = Heard(method=method, path=path, headers=headers, body=body)
        self.heard.append(heard)
        return heard

    async def _answer(
        self, heard: Heard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        said = await self._handler(heard)
        if said is None:
            writer.transport.abort()
            return
        body = said.body if isinstance(said.body, bytes) else json.dumps(said.body).encode()
        writer.write(said.head(len(body)) + body)
        await writer.drain()
        if said.hold:
            await reader.read()


OpenStub = Callable[[Handler], AbstractAsyncContextManager[Stub]]


@pytest.fixture
def open_stub() -> OpenStub:
    """A service on a real socket whose answers the test gives."""

    @asynccontextmanager
    async def opened(handler: Handler) -> AsyncIterator[Stub]:
        stub = Stub(handler)
        server = await asyncio.start_server(stub.serve, "127.0.0.1", 0)
        stub.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        try:
            yield stub
        finally:
            server.close()
            await stub.end()

    return opened


@pytest.fixture
def say() -> Callable[..., Said]:
    """`say(status, body)`: an answer for a handler to give."""

    def said(status: int = 200, body: Any = None, **more: Any) -> Said:
        return Said(status=status, body={} if body is None else body, **more)

    return said


@pytest.fixture
def sse() -> Callable[..., Said]:
    """An event stream of these texts; `done=False` leaves the end out."""

    def said(*texts: str, done: bool = True, hold: bool = False) -> Said:
        chunks = ({"choices": [{"index": 0, "delta": {"content": text}}]} for text in texts)
        body = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks)
        body += "data: [DONE]\n\n" if done else ""
        return Said(body=body.encode(), content_type="text/event-stream", hold=hold)

    return said


@pytest.fixture
def serving(open_stub: Any, say: Any) -> Any:
    """`serving(handler)`: a service whose chat answers are the handler's."""

    def opened(handler: Any) -> Any:
        async def answer(heard: Any) -> Any:
            if heard.path == "/v1/models":
                return say(200, {"data": [{"id": "llama"}]})
            return await handler(heard) if heard.method == "POST" else say(404)

        return open_stub(answer)

    return opened


@pytest.fixture
def chatting(open_bench: Any, serving: Any) -> Any:
    """`chatting(handler)`: a bench on such a service, without retries."""

    @asynccontextmanager
    async def opened(handler: Any) -> AsyncIterator[tuple[Any, Any]]:
        async with serving(handler) as stub, open_bench(profile=stub.profile) as bench:
            bench.services.settings.change(retry_attempts=1)
            yield bench, stub

    return opened


@pytest_asyncio.fixture
async def supervisor() -> AsyncIterator[Supervisor]:
    bugs: list[BaseException] = []
    async with Supervisor(lambda error, _name: bugs.append(error)) as supervisor:
        yield supervisor
    assert bugs == []


@pytest.fixture
def service(say: Any, tone: Path) -> Service:
    return Service(say, tone.read_bytes())


@pytest.fixture
def making_songs(service: Service, open_stub: Any, open_bench: Any) -> Any:
    """A bench on the music service, without retries; settings as they are given."""
    return lambda **settings: opened(service, open_stub, open_bench, **settings)

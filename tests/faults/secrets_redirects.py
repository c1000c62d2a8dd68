"""Where a key is led: every call of the client against servers that send it elsewhere.

All servers are real and listen on addresses of this machine; what they are sent is kept byte by
byte, so that a key would be seen in whatever form it came.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any, Final

from beatra_desktop.api.client import BeatraClient, create_ssl_context
from beatra_desktop.api.errors import APIError
from beatra_desktop.api.music import MusicRoute
from beatra_desktop.api.uploads import UploadForm
from beatra_desktop.domain.profiles import BaseUrlProblem, normalise_base_url
from tests.faults.campaign import Case, Verdict
from tests.faults.secrets_search import Canary

PROMISE: Final = "P8 keys stay secret"
HEAD_BYTES: Final = 65_536
STATUSES: Final = (301, 302, 303, 307, 308)
TARGETS: Final[dict[str, str]] = {
    "another host": "http://127.0.0.3:{other}{path}",
    "another port": "http://127.0.0.1:{port}{path}",
    "another scheme": "https://127.0.0.1:{port}{path}",
    "no scheme": "//127.0.0.3:{other}{path}",
    "another name of this machine": "http://localhost:{port}{path}",
    "an address of the network": "http://{network}:{wide}{path}",
    "a user before the host": "http://127.0.0.1:1@127.0.0.3:{other}{path}",
    "another path of the same host": "/moved{path}",
    "words of another kind": "ftp://127.0.0.3:{other}{path}",
}
PROXIES: Final = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
Call = Callable[[BeatraClient, str, Path], Awaitable[Any]]


async def _chat(client: BeatraClient, _link: str, _folder: Path) -> None:
    async with await client.chat.open(b'{"model":"auto"}', idempotency_key="k") as stream:
        async for _ in stream:
            pass


async def _upload(client: BeatraClient, _link: str, folder: Path) -> None:
    source = folder / "notes.txt"
    source.write_bytes(b"notes" * 1000)
    status = source.stat()
    form = UploadForm(
        source=source, filename="notes.txt", mime_type="text/plain", purpose="media_input",
        size=status.st_size, modified_ns=status.st_mtime_ns, boundary="b" * 20,
    )  # fmt: skip
    await client.uploads.create(form, idempotency_key="k", on_progress=lambda _: None)


async def _download(client: BeatraClient, link: str, folder: Path) -> None:
    await client.artifacts.download(link, folder / "clip.mp3", on_progress=lambda _: None)


CALLS: Final[dict[str, Call]] = {
    "health": lambda client, _l, _f: client.health(),
    "models": lambda client, _l, _f: client.catalog.list_models(),
    "catalogue": lambda client, _l, _f: client.catalog.models(),
    "capabilities": lambda client, _l, _f: client.catalog.capabilities(),
    "chat": _chat,
    "chat probe": lambda client, _l, _f: client.chat.probe(),
    "song": lambda client, _l, _f: client.music.create(
        MusicRoute.TEXT_TO_MUSIC, b"{}", idempotency_key="k"
    ),
    "task": lambda client, _l, _f: client.tasks.get("tsk_1"),
    "tasks": lambda client, _l, _f: client.tasks.list(),
    "cancel": lambda client, _l, _f: client.tasks.cancel("tsk_1", b"{}", idempotency_key="k"),
    "upload": _upload,
    "download": _download,
    "link": lambda client, link, _f: client.artifacts.ask(link),
}
WITHOUT_KEY: Final = ("health", "download", "link")


class Ear:
    """A server that keeps all it hears, and answers with what it is told to."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

    @property
    def said(self) -> bytes:
        return b"\n".join(self.heard)

    @asynccontextmanager
    async def listening(self, host: str) -> AsyncIterator[int]:
        server = await asyncio.start_server(self._on_connection, host, 0)
        async with server:
            yield server.sockets[0].getsockname()[1]

    async def _on_connection(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(ConnectionError):
            self.heard.append(await reader.read(HEAD_BYTES))
            writer.write(self.answer)
            await writer.drain()
        writer.close()


def run(case: Case) -> Iterator[Verdict]:
    random = case.random
    if random.random() < 0.2:
        yield asyncio.run(_in_the_open(random))
    else:
        yield asyncio.run(_led_away(random, case.folder))


async def _led_away(random: Random, folder: Path) -> Verdict:
    canary, name = Canary.drawn(random), random.choice(list(CALLS))
    status, target = random.choice(STATUSES), random.choice(list(TARGETS))
    proxied = random.choice((None, *PROXIES))
    own, other, near, wide, proxy = (Ear() for _ in range(5))
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(own.listening("127.0.0.1"))
        places = {
            "other": await stack.enter_async_context(other.listening("127.0.0.3")),
            "port": await stack.enter_async_context(near.listening("127.0.0.1")),
            "wide": await stack.enter_async_context(wide.listening("0.0.0.0")),
            "network": network_address(),
        }
        location = TARGETS[target].format(path=f"/v1/{name.replace(' ', '-')}", **places)
        own.answer = _redirect(status, location)
        proxy_port = await stack.enter_async_context(proxy.listening("127.0.0.1"))
        with variables({proxied: f"http://127.0.0.1:{proxy_port}"} if proxied else {}):
            client = await stack.enter_async_context(_client(port, canary))
        error = await _called(CALLS[name], client, f"http://127.0.0.1:{port}/clip.mp3", folder)
    kind = f"{name}, {status} to {target}, proxy in {proxied}"
    strangers = {"other": other, "near": near, "wide": wide, "proxy": proxy}
    problems = [f"{who} was given the key" for who, ear in strangers.items() if _has(canary, ear)]
    problems += [f"the error shows the key: {error}"] if canary.is_in(error) else []
    if any(b"/moved" in said and canary.is_in(said) for said in own.heard):
        problems.append("the key went to another path")
    if (name in WITHOUT_KEY) is _has(canary, own):
        problems.append("the service heard a key" if name in WITHOUT_KEY else "nothing was tried")
    return Verdict(promise=PROMISE, kind=kind, problem="; ".join(problems))


async def _in_the_open(random: Random) -> Verdict:
    """A service on the network that is reached without encryption."""
    canary, name = Canary.drawn(random), random.choice(list(CALLS))
    ear = Ear()
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(ear.listening("0.0.0.0"))
        host = random.choice((network_address(), "127.0.0.9", socket.gethostname()))
        base_url = f"http://{host}:{port}/v1"
        refused = normalise_base_url(base_url)
        client = await stack.enter_async_context(_client(port, canary, host=host))
        folder = Path(os.devnull).parent
        error = "" if name == "upload" else await _called(CALLS[name], client, base_url, folder)
    problems = [f"{host} was given the key"] if _has(canary, ear) else []
    problems += ["the address is taken"] if refused is not BaseUrlProblem.NOT_ENCRYPTED else []
    problems += [f"the error shows the key: {error}"] if canary.is_in(error) else []
    return Verdict(promise=PROMISE, kind=f"{name} at http://{host}", problem="; ".join(problems))


def _has(canary: Canary, ear: Ear) -> bool:
    return canary.is_in(ear.said)


async def _called(call: Call, client: BeatraClient, link: str, folder: Path) -> str:
    """What came of it, as a log would tell it."""
    try:
        await call(client, link, folder)
    except (APIError, OSError) as error:
        return f"{error!r} {vars(error)!r} {error.__cause__!r}"
    return ""


@asynccontextmanager
async def _client(
    port: int, canary: Canary, *, host: str = "127.0.0.1"
) -> AsyncIterator[BeatraClient]:
    base_url = f"http://{host}:{port}/v1"
    context = await asyncio.to_thread(create_ssl_context)
    async with BeatraClient(base_url, api_key=lambda: canary.key, ssl_context=context) as client:
        yield client


def _redirect(status: int, location: str) -> bytes:
    head = f"HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n"
    return f"{head}Connection: close\r\n\r\n".encode()


@contextmanager
def variables(wanted: dict[str, str]) -> Iterator[None]:
    """The environment with these, and no other word on proxies, for as long as a client is made."""
    names = ("NO_PROXY", "no_proxy", *PROXIES, *wanted)
    before = {name: os.environ.pop(name) for name in dict.fromkeys(names) if name in os.environ}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name in wanted:
            del os.environ[name]
        os.environ.update(before)


def network_address() -> str:
    """This machine's own address on a network; without one, a loopback one few programs know."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # nothing is sent: it only asks for the way
        return str(probe.getsockname()[0])
    return "127.0.0.9"

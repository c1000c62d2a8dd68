"""What leaves, what waits and why, and what goes on by itself."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.domain.requests import Hold, RequestState
from beatra_desktop.domain.traffic import Network

pytestmark = pytest.mark.asyncio

ELSEWHERE = "127.0.0.2"
"""An address that counts as another machine's."""


class Remote:
    """A service on another machine, which can go and come back at the same address."""

    def __init__(self, serve: Callable[..., Any]) -> None:
        self._serve = serve
        self._server: asyncio.Server | None = None
        with socket.create_server((ELSEWHERE, 0)) as free:
            self._port = free.getsockname()[1]

    @property
    def profile(self) -> Profile:
        return Profile(
            id=ProfileId("remote"),
            name="Remote",
            kind=ProfileKind.CUSTOM,
            base_url=f"http://{ELSEWHERE}:{self._port}/v1",
        )

    async def come(self) -> None:
        self._server = await asyncio.start_server(self._serve, ELSEWHERE, self._port)

    async def go(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


@pytest.fixture
def away(open_stub: Any, say: Any, sse: Any, open_bench: Any) -> Any:
    """`away(handler)`: services whose active profile is on another machine, which is not there."""

    @asynccontextmanager
    async def opened(handler: Any = None) -> AsyncIterator[tuple[Any, Remote, Any]]:
        async def answer(heard: Any) -> Any:
            if heard.path == "/v1/models":
                return say(200, {"data": [{"id": "llama"}]})
            if heard.method != "POST":
                return say(404)
            return sse("Hello") if handler is None else await handler(heard)

        async with open_stub(answer) as stub:
            remote = Remote(stub.serve)
            async with open_bench(profile=remote.profile, ready=False) as bench:
                await bench.until(lambda: _network(bench) is Network.OFFLINE)
                yield bench, remote, stub
                await remote.go()

    return opened


def _network(bench: Any) -> Network:
    found: Network = bench.services.traffic.network.value
    return found


def _ask(bench: Any, text: str = "Hi") -> Any:
    chat = bench.services.chat
    conversation = chat.new_conversation()
    chat.send(conversation.id, text)
    return chat.open(conversation.id)


async def test_a_question_asked_offline_waits_and_goes_out_by_itself(away: Any) -> None:
    async with away() as (bench, remote, stub):
        shown = _ask(bench)
        await bench.until(lambda: shown[-1].hold is Hold.OFFLINE)
        assert not stub.posts()
        await remote.come()
        await bench.until(lambda: shown[-1].text == "Hello")
        assert shown[-1].hold is None
        assert len(stub.posts()) == 1


async def test_what_never_left_spends_neither_attempts_nor_the_key(away: Any) -> None:
    async with away() as (bench, remote, _):
        outbox = bench.services.chat._outbox
        await remote.come()
        await bench.until(lambda: _network(bench) is Network.ONLINE)
        await remote.go()
        shown = _ask(bench)
        await bench.until(lambda: shown[-1].hold is Hold.OFFLINE)
        request = outbox.find(shown[-1].idempotency_key)
        assert request.state is RequestState.WRITTEN
        assert request.sent_at is None
        await remote.come()
        await bench.until(lambda: shown[-1].text == "Hello")

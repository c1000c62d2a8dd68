"""Hosts with several addresses, of this machine's own net."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, Final

import pytest

from beatra_desktop.api import connecting
from beatra_desktop.api.connecting import connect

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.skipif(sys.platform != "linux", reason="others have one address of their own"),
]

HERE: Final = "127.0.0.1"
DEAF: Final = "127.0.0.2"
DEAD: Final = "127.0.0.3"
NAME: Final = "several.test"


@asynccontextmanager
async def _service(*addresses: str) -> AsyncIterator[int]:
    """On the addresses, all at one port, which it gives."""
    server = await asyncio.start_server(lambda _, writer: writer.close(), HERE, 0)
    port = int(server.sockets[0].getsockname()[1])
    others = [
        await asyncio.start_server(lambda _, writer: writer.close(), each, port)
        for each in addresses
    ]
    try:
        yield port
    finally:
        for each in (server, *others):
            each.close()
            await each.wait_closed()


@contextmanager
def _deaf(port: int) -> Iterator[None]:
    """Somebody who lets two wait and answers none: later ones get not even a refusal."""
    with socket.socket() as listening, socket.socket() as first, socket.socket() as second:
        listening.bind((DEAF, port))
        listening.listen(0)
        for waiting in (first, second):
            waiting.setblocking(False)
            with suppress(BlockingIOError):
                waiting.connect((DEAF, port))
        yield


@pytest.fixture
def resolve(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`resolve(*addresses)`: what the name stands for."""

    def give(*addresses: str) -> None:
        async def getaddrinfo(host: bytes, port: int, **_: Any) -> list[Any]:
            assert host.decode() == NAME
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in addresses]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)

    return give


async def _peer(port: int) -> str:
    transport, _ = await connect(asyncio.Protocol, NAME, port)
    peer: str = transport.get_extra_info("peername")[0]
    transport.abort()
    await asyncio.sleep(0)
    return peer


async def test_an_address_that_refuses_makes_way_at_once(
    resolve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "NEXT_ADDRESS_SECONDS", 60.0)
    async with _service() as port:
        resolve(DEAD, DEAD, HERE)
        assert await _peer(port) == HERE


async def test_an_address_that_says_nothing_is_not_waited_for(
    resolve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "NEXT_ADDRESS_SECONDS", 0.01)
    async with _service() as port:
        with _deaf(port):
            resolve(DEAF, HERE)
            assert await _peer(port) == HERE
            assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_the_first_is_taken_where_all_answer(resolve: Any) -> None:
    async with _service(DEAD) as port:
        resolve(HERE, DEAD)
        assert await _peer(port) == HERE


async def test_where_none_answers_the_first_says_why(resolve: Any, unused_port: int) -> None:
    resolve(DEAD, HERE)
    with pytest.raises(ConnectionRefusedError, match=DEAD):
        await connect(asyncio.Protocol, NAME, unused_port)


async def test_a_name_nobody_knows() -> None:
    with pytest.raises(socket.gaierror):
        await connect(asyncio.Protocol, "a..test", 1)


async def test_two_that_answer_in_one_breath_leave_one_connection(
    resolve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A socket that is left over would be told of by Python, and fail the test."""
    monkeypatch.setattr(connecting, "NEXT_ADDRESS_SECONDS", 0.0)
    async with _service(DEAD) as port:
        resolve(HERE, DEAD)
        for _ in range(20):
            assert await _peer(port) in (HERE, DEAD)


async def test_both_kinds_of_addresses_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    async def getaddrinfo(_host: bytes, port: int, **_: Any) -> list[Any]:
        six = [(socket.AF_INET6, 1, 6, "", (f"::{n}", port, 0, 0)) for n in "123"]
        return [*six, (socket.AF_INET, 1, 6, "", (HERE, port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
    assert await connecting._addresses(NAME, 1) == ["::1", HERE, "::2", "::3"]

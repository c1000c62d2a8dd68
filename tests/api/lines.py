"""Connections over real sockets, plain and encrypted, to a service of the test's own."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

import httpcore

from beatra_desktop.api.sockets import Sockets
from tests.certificates import Certificate

HOST: Final = "127.0.0.1"

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def connected(
    serve: Serve, certificate: Certificate, *, is_encrypted: bool
) -> AsyncIterator[httpcore.AsyncNetworkStream]:
    async with serving(serve, certificate.context() if is_encrypted else None) as port:
        stream = await Sockets().connect_tcp(HOST, port, timeout=5)
        if is_encrypted:
            trusting = ssl.create_default_context(cafile=certificate.public)
            stream = await stream.start_tls(trusting, "localhost", timeout=5)
        try:
            yield stream
        finally:
            await stream.aclose()


@asynccontextmanager
async def serving(serve: Serve, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    handling: list[asyncio.Task[None]] = []

    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        handling.append(task)
        try:
            with suppress(ConnectionError, asyncio.CancelledError):
                await serve(reader, writer)
                writer.close()
                await writer.wait_closed()
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(served, HOST, 0, ssl=context)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for task in handling:
            task.cancel()
        await asyncio.gather(*handling, return_exceptions=True)
        await asyncio.sleep(0)


async def says_nothing(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()

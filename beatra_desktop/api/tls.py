"""TLS above a stream of httpcore's.

asyncio's own tells nobody that the system has not taken what was written, and reads on while
nobody wants to read.
"""

import asyncio
import ssl
from collections.abc import Callable
from typing import Any, Final, Self, TypeVar

import httpcore

RECORD_BYTES: Final = 16 * 1024
"""OpenSSL gives no more at a time."""
ANY_BYTES: Final = 256 * 1024

T = TypeVar("T")


class TLSStream(httpcore.AsyncNetworkStream):
    """A service may end without the closing words of TLS: lengths tell what is whole."""

    def __init__(
        self, below: httpcore.AsyncNetworkStream, context: ssl.SSLContext, hostname: str | None
    ) -> None:
        self._below = below
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._is_over = False
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=hostname)

    async def shake_hands(self, timeout: float | None) -> Self:
        """Raises httpcore's ConnectError and ConnectTimeout."""
        try:
            async with asyncio.timeout(timeout):
                await self._go_on(self._tls.do_handshake)
                await self._send()
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        except (ssl.SSLError, httpcore.NetworkError) as error:
            raise httpcore.ConnectError(str(error)) from error
        return self

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """All that has come; as below, that may be more than `max_bytes`."""
        try:
            async with asyncio.timeout(timeout):
                return await self._go_on(self._decrypted)
        except TimeoutError as error:
            raise httpcore.ReadTimeout from error
        except ssl.SSLError as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        try:
            async with asyncio.timeout(timeout):
                await self._go_on(lambda: self._tls.write(buffer))
                await self._send()
        except TimeoutError as error:
            raise httpcore.WriteTimeout from error
        except ssl.SSLError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        await self._below.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        return await TLSStream(self, ssl_context, server_hostname).shake_hands(timeout)

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self._tls
        if info == "is_readable" and self._is_over:
            return True
        return self._below.get_extra_info(info)

    async def _go_on(self, step: Callable[[], T]) -> T:
        """What the step gives, once enough was received for it."""
        while True:
            try:
                return step()
            except ssl.SSLWantReadError:
                await self._send()
                await self._receive()

    async def _send(self) -> None:
        if self._outgoing.pending:
            await self._below.write(self._outgoing.read())

    async def _receive(self) -> None:
        if data := await self._below.read(ANY_BYTES):
            self._incoming.write(data)
        else:
            self._incoming.write_eof()

    def _decrypted(self) -> bytes:
        parts = []
        try:
            while part := self._tls.read(RECORD_BYTES):
                parts.append(part)
            self._is_over = True
        except ssl.SSLWantReadError:
            if not parts:
                raise
        except ssl.SSLEOFError:
            self._is_over = True
        return b"".join(parts)

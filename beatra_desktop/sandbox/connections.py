"""Open TCP connections, so that one can be broken on purpose."""

import asyncio
import socket
import struct
import sys
from dataclasses import dataclass
from typing import Final

from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

NO_LINGER: Final = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
ARRIVAL_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class _Open:
    transport: asyncio.Transport
    gone: asyncio.Event


class Connections:
    """Transports by the client's address as ASGI's `scope["client"]` tells it."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], _Open] = {}

    def opened(self, client: tuple[str, int], transport: asyncio.Transport) -> None:
        self._open[client] = _Open(transport, asyncio.Event())

    def closed(self, client: tuple[str, int]) -> None:
        self._open.pop(client).gone.set()

    async def reset(self, scope: Scope) -> None:
        """Break the connection: the client sees ECONNRESET."""
        connection = self._find(scope)
        if connection is not None:
            _abort(connection.transport)
            await connection.gone.wait()

    async def close(self, scope: Scope) -> None:
        """Close the connection after what was written so far."""
        connection = self._find(scope)
        if connection is not None:
            connection.transport.close()
            await connection.gone.wait()

    async def reset_after_arrival(self, scope: Scope) -> None:
        """Break the connection once the client can have read what was written so far."""
        # A reset throws away what the kernel has not delivered yet.
        await asyncio.sleep(ARRIVAL_S)
        await self.reset(scope)

    def abort_all(self) -> None:
        for connection in list(self._open.values()):
            connection.transport.abort()

    def _find(self, scope: Scope) -> _Open | None:
        client = scope["client"]
        return None if client is None else self._open.get((client[0], client[1]))


def tracked_protocol(connections: Connections) -> type[H11Protocol]:
    """Return uvicorn's HTTP protocol, telling `connections` of each one."""

    class TrackedProtocol(H11Protocol):
        def connection_made(  # type: ignore[override]  # narrowed as uvicorn does
            self, transport: asyncio.Transport
        ) -> None:
            super().connection_made(transport)
            if self.client is not None:
                connections.opened(self.client, transport)

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            if self.client is not None:
                connections.closed(self.client)

    return TrackedProtocol


def _abort(transport: asyncio.Transport) -> None:
    endpoint = transport.get_extra_info("socket")
    if endpoint is not None and not transport.is_closing():
        endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    transport.abort()

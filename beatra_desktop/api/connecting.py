"""Connecting to a host by whichever of its addresses answers first (RFC 8305).

asyncio can do it as well, but loses a socket when it is cancelled just as that has connected.
"""

import asyncio
import socket
from collections import defaultdict, deque
from contextlib import suppress
from ipaddress import ip_address
from itertools import chain, zip_longest
from typing import Final, TypeAlias, TypeVar

NEXT_ADDRESS_SECONDS: Final = 0.25
"""After which the next address is tried beside those before."""

ProtocolT = TypeVar("ProtocolT", bound=asyncio.Protocol)
Attempt: TypeAlias = asyncio.Task[tuple[asyncio.Transport, ProtocolT]]


async def connect(
    protocol: type[ProtocolT], host: str, port: int, *, local_address: str | None = None
) -> tuple[asyncio.Transport, ProtocolT]:
    """Raises OSError, that of the address tried first, when none answers."""
    loop = asyncio.get_running_loop()
    local = None if local_address is None else (local_address, 0)
    waiting = deque(await _addresses(host, port))
    attempts: list[Attempt[ProtocolT]] = []
    winner: Attempt[ProtocolT] | None = None
    try:
        while winner is None and (waiting or not all(each.done() for each in attempts)):
            if waiting:
                opening = loop.create_connection(
                    protocol, waiting.popleft(), port, local_addr=local
                )
                attempts.append(loop.create_task(opening))
            winner = await _next_success(attempts, NEXT_ADDRESS_SECONDS if waiting else None)
        return (winner or attempts[0]).result()
    finally:
        for attempt in attempts:
            if attempt is not winner:
                attempt.cancel()
                attempt.add_done_callback(_drop)


async def _addresses(host: str, port: int) -> list[str]:
    """Of both kinds in turn, as one of them may lead nowhere."""
    with suppress(ValueError):
        ip_address(host)
        return [host]
    name = host.encode("ascii")  # of a text that is no name Python would complain, not the resolver
    found = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
    by_family: dict[int, list[str]] = defaultdict(list)
    for family, *_, address in found:
        by_family[family].append(str(address[0]))
    return [each for each in chain(*zip_longest(*by_family.values())) if each is not None]


async def _next_success(
    attempts: list[Attempt[ProtocolT]], seconds: float | None
) -> Attempt[ProtocolT] | None:
    """One that has connected, if any has once another is over or the time is."""
    left = [attempt for attempt in attempts if not attempt.done()]
    over, _ = await asyncio.wait(left, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    return next((attempt for attempt in over if attempt.exception() is None), None)


def _drop(attempt: Attempt[ProtocolT]) -> None:
    if not attempt.cancelled() and attempt.exception() is None:
        attempt.result()[0].abort()

"""httpcore's locks, made of asyncio's own.

httpcore makes them of anyio's, whose first one loads 25 modules: longer than all of httpcore takes.
"""

import asyncio
from contextlib import nullcontext
from typing import Any, Final, Literal

import httpcore
from httpcore._async import connection, connection_pool, http11, http_proxy


class Event(asyncio.Event):
    async def wait(self, timeout: float | None = None) -> Literal[True]:
        try:
            async with asyncio.timeout(timeout):
                return await super().wait()
        except TimeoutError as error:
            raise httpcore.PoolTimeout from error


_OWN: Final = {
    "AsyncLock": asyncio.Lock,
    "AsyncEvent": Event,
    "AsyncShieldCancellation": nullcontext,  # anyio's is one against anyio's cancelling only
}
_USERS: Final[tuple[Any, ...]] = (connection, connection_pool, http11, http_proxy)


def use() -> None:
    """From now on, in all connections."""
    for module in _USERS:
        for name in _OWN.keys() & vars(module).keys():
            setattr(module, name, _OWN[name])

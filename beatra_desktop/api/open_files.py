"""Files opened and closed by threads, so that a slow disk never holds up the event loop."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol, TypeVar


class Closable(Protocol):
    def close(self) -> None: ...


ClosableT = TypeVar("ClosableT", bound=Closable)


@asynccontextmanager
async def opened(opener: Callable[[], ClosableT]) -> AsyncIterator[ClosableT]:
    """What `opener` opens, until the block ends; raises the opener's OSError.

    A thread can't be called back: an opening that is cancelled is waited for and closed.
    """
    opening = asyncio.get_running_loop().run_in_executor(None, opener)
    try:
        file = await asyncio.shield(opening)
    except asyncio.CancelledError:
        with suppress(OSError):
            (await opening).close()
        raise
    try:
        yield file
    finally:
        await asyncio.to_thread(file.close)

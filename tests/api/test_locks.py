"""httpcore waits with asyncio's own locks; that no others are loaded, `test_client` looks at."""

import asyncio

import httpcore
import pytest

from beatra_desktop.api import locks


@pytest.mark.asyncio
async def test_who_waits_in_vain_is_told_so_in_the_words_of_httpcore() -> None:
    event = locks.Event()
    with pytest.raises(httpcore.PoolTimeout):
        await event.wait(0.001)
    asyncio.get_running_loop().call_soon(event.set)
    assert await event.wait(5)
    assert await event.wait()

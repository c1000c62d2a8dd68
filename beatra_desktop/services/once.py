"""Work that goes on at most once at a time under each name."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from beatra_desktop.services.supervisor import Supervisor


class Once:
    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor
        self._busy: set[str] = set()

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Start the work, unless some of that name goes on."""
        if name in self._busy:
            work.close()
            return
        self._busy.add(name)
        running: asyncio.Task[None] = self._supervisor.start(
            self._free_after(name, work), name=name
        )
        running.add_done_callback(lambda _: work.close())  # at the end it may not even begin

    def goes_on(self, name: str) -> bool:
        return name in self._busy

    async def _free_after(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Free the name in the same breath as the work ends, so that a retry is never missed."""
        try:
            await work
        finally:
            self._busy.discard(name)

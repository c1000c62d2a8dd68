"""Files that grow in the user's own folders: noted before, so that a crash leaves none of them."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote_from_bytes, unquote_to_bytes

from beatra_desktop.services.settings import SettingsService
from beatra_desktop.storage.errors import StorageError

NOTE: Final = "growing_files"

_log = logging.getLogger(__name__)


class Leftovers:
    """`durable` waits until what was noted is on disk."""

    def __init__(
        self, settings: SettingsService, *, durable: Callable[[], Awaitable[None]]
    ) -> None:
        self._settings = settings
        self._durable = durable
        self._left = [_path(line) for line in settings.ui_state(NOTE).splitlines()]
        self._growing: list[Path] = []
        self._clearing = asyncio.Lock()

    async def clear(self) -> None:
        """Delete what an earlier run left half written."""
        async with self._clearing:
            while self._left:
                await asyncio.to_thread(_delete, self._left[-1])
                self._left.pop()
                self._note()

    @asynccontextmanager
    async def growing(self, *paths: Path) -> AsyncIterator[None]:
        """Note files that are gone, or have another name, when the block ends in order."""
        await self.clear()
        self._growing += paths
        self._note()
        try:
            await self._durable()
        except StorageError as error:  # they may be written all the same: they are elsewhere
            _log.info("What grows could not be noted: %s", error)
        try:
            yield
        finally:
            for path in paths:
                self._growing.remove(path)
            self._note()

    def _note(self) -> None:
        lines = [quote_from_bytes(os.fsencode(path)) for path in (*self._left, *self._growing)]
        self._settings.set_ui_state(NOTE, "\n".join(lines))


def _path(line: str) -> Path:
    return Path(os.fsdecode(unquote_to_bytes(line)))


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        _log.info("A half written file could not be deleted: %s", error)

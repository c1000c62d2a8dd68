"""Which paths are folders, asked of the disk in a thread: a network drive may take its time."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from psygnal import Signal

from beatra_desktop.services.supervisor import Supervisor

LOOKED_AT: Final = 200
"""Of what is dragged at once; more than that is called files."""


class Folders:
    """`found(folders)` some time after `look_at`, if there are any."""

    found = Signal(frozenset)

    def __init__(self, supervisor: Supervisor) -> None:
        self._supervisor = supervisor

    def look_at(self, paths: Sequence[Path]) -> None:
        self._supervisor.start(self._look_at(tuple(paths[:LOOKED_AT])), name="folders")

    async def _look_at(self, paths: Sequence[Path]) -> None:
        folders = await asyncio.to_thread(_folders, paths)
        if folders:
            self.found.emit(folders)


def _folders(paths: Sequence[Path]) -> frozenset[Path]:
    """What can't be looked at is no folder."""
    return frozenset(path for path in paths if path.is_dir())

"""A copy of the app's data for each day it is used, so that damage costs a day at most."""

import asyncio
import logging
import shutil
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.backups import backup, backups, discard_unfinished
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.errors import StorageError

AFTER_START_SECONDS: Final = 60.0
"""The start comes first."""
LOOK_SECONDS: Final = 1800.0
DUE_AFTER: Final = timedelta(hours=20)
"""Less than a day, for whoever starts the app at the same time each morning."""
SPARE_BYTES: Final = 256 * 1024 * 1024
"""Room a copy leaves on the disk for what is new."""
WATCHING: Final = "daily copy"

_log = logging.getLogger(__name__)


class BackupService:
    """Copies are made in a thread, on a connection of their own: no write waits for them."""

    def __init__(
        self,
        database: Database,
        *,
        supervisor: Supervisor,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._supervisor = supervisor
        self._now = now

    def watch(
        self,
        *,
        after_start_seconds: float = AFTER_START_SECONDS,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        """Make a copy whenever one is due, for as long as the app runs; once."""
        if WATCHING not in self._supervisor.names:
            watching = self._watch(after_start_seconds, look_seconds)
            self._supervisor.start(watching, name=WATCHING)

    async def make_if_due(self) -> None:
        """Copy the database unless that was done lately or there is too little room.

        Damage that is found by it is told; everything else that hinders it is tried again later.
        """
        is_wanted = threading.Event()
        is_wanted.set()
        try:
            await asyncio.to_thread(self._make, is_wanted.is_set)
        except StorageError as error:
            _log.warning("No copy of the database could be made: %s", error)
            if error.reason is StorageProblem.CORRUPT:
                self._database.report(error)
        finally:
            is_wanted.clear()  # the thread outlives a canceled wait

    async def _watch(self, after_start_seconds: float, look_seconds: float) -> None:
        await asyncio.sleep(after_start_seconds)
        while True:
            await self.make_if_due()
            await asyncio.sleep(look_seconds)

    def _make(self, is_wanted: Callable[[], bool]) -> None:
        path = self._database.path
        if not self._is_due(path):
            return
        discard_unfinished(path)  # first: it takes the room of a whole copy
        if has_room(path):
            backup(path, is_wanted=is_wanted)

    def _is_due(self, path: Path) -> bool:
        """Copies from times that are still to come were made by a wrong clock."""
        now = self._now()
        ages = (now - made.made_at for made in backups(path) if not made.before_update)
        return not any(timedelta(0) <= age < DUE_AFTER for age in ages)


def has_room(path: Path) -> bool:
    """Whether a copy leaves enough room for what is new."""
    try:
        return shutil.disk_usage(path.parent).free - path.stat().st_size > SPARE_BYTES
    except OSError:
        return False

"""A collection of saved songs on a database, without a service."""

import asyncio
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.provenance import provenance_of
from beatra_desktop.services import provenance
from beatra_desktop.services.collection import CollectionService
from beatra_desktop.services.converting import ConversionService
from beatra_desktop.services.leftovers import Leftovers
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.playlists import PlaylistService
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.storage.collection import PlaylistRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import MusicRepository
from beatra_desktop.storage.settings import SettingsRepository

TASK = MusicTask(
    id=TaskId("task-1"),
    profile_id=ProfileId("stub"),
    prompt=MusicPrompt(prompt="rain on tin"),
    status=TaskStatus.SUCCEEDED,
    created_at=utc_now(),
)


def leftovers_in(database: Database) -> Leftovers:
    return Leftovers(SettingsService(SettingsRepository(database)), durable=database.durable)


class Shelf:
    """Opened again on the same database it finds what was left; `later` moves its clock."""

    def __init__(self, database: Database, home: Path, supervisor: Supervisor) -> None:
        self.home = home
        self.later = timedelta()
        self.notices = Notices()
        self.supervisor = supervisor
        self.tasks = Tasks(MusicRepository(database))
        self.playlists = PlaylistService(PlaylistRepository(database), clips=self.tasks.clips)
        self.collection = CollectionService(
            self.tasks,
            playlists=self.playlists,
            supervisor=supervisor,
            notices=self.notices,
            durable=database.durable,
            now=self._now,
        )
        self.leftovers = leftovers_in(database)
        self.conversions = ConversionService(
            clips=self.tasks.clips, leftovers=self.leftovers, supervisor=supervisor
        )

    def add(self, sound: Path, title: str = "Rain", **fields: Any) -> Clip:
        """A song with its file and its sidecar."""
        if TASK.id not in self.tasks.tasks:
            self.tasks.add(TASK)
        index = len(self.tasks.clips)
        self.home.mkdir(exist_ok=True)
        path = self.home / f"{title}{sound.suffix}"
        shutil.copy(sound, path)
        stored: dict[str, Any] = {"delivery": Delivery.SAVED, "path": path, **fields}
        clip = Clip(
            id=ClipId(f"task-1-{index}"),
            task_id=TASK.id,
            index=index,
            title=title,
            url="",
            **stored,
        )
        provenance.write_sidecar(path, provenance_of(clip, TASK))
        return self.tasks.put_clip(clip)

    def now(self, clip: Clip) -> Clip:
        found = self.tasks.clips.get(clip.id)
        assert found is not None
        return found

    @property
    def names(self) -> list[str]:
        """What lies at home, the trash left out."""
        return sorted(path.name for path in self.home.iterdir() if path.is_file())

    @property
    def codes(self) -> list[str]:
        return [notice.failure.code for notice in self.notices.notices if notice.failure]

    async def settled(self) -> None:
        async with asyncio.timeout(30):
            while self.supervisor.names:  # noqa: ASYNC110  # any condition: there is no event to await
                await asyncio.sleep(0.005)

    def _now(self) -> datetime:
        return utc_now() + self.later

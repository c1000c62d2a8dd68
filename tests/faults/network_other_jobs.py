"""More of what the user wants in a case: to connect, to look for a file, and all at once."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from beatra_desktop.domain.catalog import Reading
from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.profiles import ConnectionPhase
from beatra_desktop.domain.uploads import UploadStatus
from beatra_desktop.ui.error_text import Kept
from tests.faults.network_jobs import Ask, Job, Send, Sing
from tests.faults.proxy import Endpoint

LINK_SECONDS: Final = 3600.0


class Connect(Job):
    """Find out how the service stands and what it offers."""

    endpoints = (Endpoint.MODELS, Endpoint.CATALOG, Endpoint.CAPABILITIES)

    async def begin(self) -> None:
        self.bench.services.profiles.check()

    def is_done(self) -> bool:
        profiles = self.bench.services.profiles
        is_whole = profiles.reading.value is Reading.DONE and bool(profiles.catalog.value.models)
        return profiles.connection.value.phase is ConnectionPhase.READY and is_whole

    def is_at_rest(self) -> bool:
        profiles = self.bench.services.profiles
        phase = profiles.connection.value.phase
        is_partly = phase is ConnectionPhase.READY and profiles.reading.value is Reading.FAILED
        return is_partly or phase in (ConnectionPhase.BAD_KEY, ConnectionPhase.NEEDS_KEY)

    def press(self) -> None:
        profiles = self.bench.services.profiles
        if profiles.connection.value.phase is ConnectionPhase.READY:
            profiles.refresh_catalog(max_age_seconds=0)
        else:
            self.note("enter the key")
            profiles.save_key(profiles.active.value.id, self.world.sandbox.api_key)

    def failures(self) -> Iterator[Failure | None]:
        yield self.bench.services.profiles.connection.value.failure


class Look(Send):
    """Ask whether an artifact is still there."""

    endpoints = (Endpoint.ARTIFACT,)
    looks = 0

    async def prepare(self) -> None:
        await super().begin()
        await self.bench.until(lambda: self.upload.status is UploadStatus.UPLOADED)

    async def begin(self) -> None:
        self._look()

    def _look(self) -> None:
        self.looks += 1
        self.bench.services.files.check(self.upload_id)

    def _is_looking(self) -> bool:
        names = self.bench.services.profiles._supervisor.names
        return any(name.startswith("check ") and "connection" not in name for name in names)

    def is_done(self) -> bool:
        links = self.bench.services.files._links
        is_seen = self.upload.artifact_id in links._seen_at
        # The link has ended then, which says nothing of what it led to.
        is_ended = self.looks > 1 and self.world.service_ahead >= LINK_SECONDS
        return (is_seen or is_ended) and not self._is_looking() and self.upload.gone_at is None

    def is_at_rest(self) -> bool:
        return not self._is_looking()

    def press(self) -> None:
        self._look()


class Together(Job):
    """A question, a file and a song at the same time."""

    kept = Kept.MESSAGE
    endpoints = (Endpoint.CHAT, Endpoint.UPLOAD, Endpoint.SONG, Endpoint.TASK, Endpoint.CLIP)

    @cached_property
    def parts(self) -> list[Job]:
        return [part(self.bench, self.world, self.folder) for part in (Ask, Send, Sing)]

    async def begin(self) -> None:
        for part in self.parts:
            await part.begin()

    def is_done(self) -> bool:
        return all(part.is_done() for part in self.parts)

    def is_at_rest(self) -> bool:
        return any(self._resting())

    def press(self) -> None:
        for part in list(self._resting()):
            part.press()

    def failures(self) -> Iterator[Failure | None]:
        for part in self.parts:
            yield from part.failures()

    def _resting(self) -> Iterator[Job]:
        return (part for part in self.parts if part.is_at_rest() and not part.is_done())

"""Bringing a clip home: download, verify, tag, and only then give it its name (design P5)."""

import asyncio
import logging
import os
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

from msgspec import Struct, field

from beatra_desktop.api.artifacts import Downloaded
from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import APIConnectionError, APIError, IncompleteDownloadError
from beatra_desktop.api.retry import RetryPolicy, with_retries
from beatra_desktop.audio.atomic import give_name, part_of
from beatra_desktop.audio.errors import UnreadableAudio
from beatra_desktop.audio.verify import verify
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.music import Clip, Delivery, MusicTask
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.domain.provenance import provenance_of
from beatra_desktop.services import failures, provenance
from beatra_desktop.services.filenames import extension, free_path, safe_stem
from beatra_desktop.services.pace import Pace
from beatra_desktop.services.traffic import Interrupted, Traffic
from beatra_desktop.storage.errors import StorageError

SPARE_BYTES: Final = 64 * 1024 * 1024
"""Room to leave on the disk for everything else."""

_log = logging.getLogger(__name__)


class ClipWriter(Protocol):
    """How a delivery tells what it does: `store` lasts, `show` is for the eye."""

    def store(self, **fields: object) -> Clip: ...
    def show(self, **fields: object) -> None: ...


class NotDelivered(Exception):
    """The clip is not on this disk; what the service has is untouched."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class Deliveries(Struct, frozen=True, kw_only=True):
    """`durable` waits until what was stored is on disk; `clips` are all that have a name.

    `name` is what a clip is called, before it is made fit for a disk.
    """

    folder: Callable[[], Path]
    policy: Callable[[], RetryPolicy]
    durable: Callable[[], Awaitable[None]]
    clips: ReadOnlyRecords[Clip]
    traffic: Traffic
    name: Callable[[Clip, MusicTask], str] = lambda clip, _task: clip.title
    _naming: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, clip: Clip, task: MusicTask, writer: ClipWriter) -> bool:
        """Settle a clip whose file an earlier run had named; needs no service.

        Raises NotDelivered when the disk does not tell.
        """
        try:
            is_at_home = await self._is_at_home(clip)
            if is_at_home:
                await self._finish(clip, task, writer)
        except OSError as error:
            raise NotDelivered(failures.from_disk(error, subject=clip.title)) from error
        return is_at_home

    async def deliver(
        self, clip: Clip, task: MusicTask, client: BeatraClient, writer: ClipWriter
    ) -> Clip:
        """Save one clip; raises APIError (LinkExpiredError for a dead link) or NotDelivered.

        The name is stored before the file gets it, so that a crash in between neither loses the
        file nor saves it twice.
        """
        try:
            return await self._fetch(clip, task, client, writer)
        except UnreadableAudio as error:
            failure = Failure(
                code=FailureCode.BROKEN_AUDIO, subject=clip.title, detail=str(error), retryable=True
            )
            raise NotDelivered(failure) from error
        except OSError as error:
            raise NotDelivered(failures.from_disk(error, subject=clip.title)) from error

    @staticmethod
    async def discard(clip: Clip, folder: Path) -> None:
        """Delete what an earlier run had fetched of a clip, where it does not go on."""
        part = _part(folder, clip)
        for left in (part, part_of(part)):
            await asyncio.to_thread(_discard, left)

    async def savable(self, clips: Sequence[Clip]) -> list[Clip]:
        """Those the disk would take now: there is room, and the folder can be written."""
        return await asyncio.to_thread(_savable, self.folder(), clips)

    async def _is_at_home(self, clip: Clip) -> bool:
        """Whether an earlier run got as far as naming the file: nobody else's is taken for it."""
        if clip.path is None or clip.delivery is not Delivery.VERIFYING:
            return False
        if not await asyncio.to_thread(_is_whole, clip.path):
            return False
        await asyncio.to_thread(_part(clip.path.parent, clip).unlink, missing_ok=True)
        return True

    async def _fetch(
        self, clip: Clip, task: MusicTask, client: BeatraClient, writer: ClipWriter
    ) -> Clip:
        folder = self.folder()
        part = _part(folder, clip)
        if clip.path is not None and clip.path.parent != folder:
            await self.discard(clip, clip.path.parent)
        # Named before the download, so that the clips of a task are numbered in their order.
        clip = await self._reserve(clip, task, folder, writer)
        clip = writer.store(delivery=Delivery.DOWNLOADING, received_bytes=0, failure=None)
        try:
            await asyncio.to_thread(_make_room, folder, clip)
            await self._download(clip, task, client, part, writer)
            clip = writer.store(delivery=Delivery.VERIFYING)
            await asyncio.to_thread(verify, part)
            await asyncio.to_thread(provenance.stamp, part, provenance_of(clip, task))
            clip = await self._give_name(clip, task, part, writer)
        except (APIError, UnreadableAudio, OSError, StorageError):
            await asyncio.to_thread(_discard, part)
            raise
        return await self._finish(clip, task, writer)

    async def _reserve(self, clip: Clip, task: MusicTask, folder: Path, writer: ClipWriter) -> Clip:
        """Give the clip a path that neither a file nor another clip has.

        One that is fetched again keeps the path it had, beside which its sidecar may still lie.
        """
        stem, ending = safe_stem(self.name(clip, task)), extension(clip.mime_type)
        async with self._naming:
            reserved = frozenset(other.path for other in self.clips if other.id != clip.id)

            def is_taken(path: Path) -> bool:
                return path in reserved or _exists(path)

            def choose() -> Path:
                if clip.path and clip.path.parent == folder and not is_taken(clip.path):
                    return clip.path
                return free_path(folder, stem, ending, is_taken)

            return writer.store(path=await asyncio.to_thread(choose))

    async def _give_name(self, clip: Clip, task: MusicTask, part: Path, writer: ClipWriter) -> Clip:
        while True:
            assert clip.path is not None, "reserved before the download"
            await self.durable()
            try:
                await asyncio.to_thread(give_name, part, clip.path)
            except FileExistsError:  # somebody put a file there meanwhile
                clip = await self._reserve(clip, task, part.parent, writer)
            else:
                return clip

    async def _download(
        self, clip: Clip, task: MusicTask, client: BeatraClient, part: Path, writer: ClipWriter
    ) -> Downloaded:
        pace, validator = Pace(), None

        def show_progress(received: int) -> None:
            if pace.is_news(received):
                writer.show(received_bytes=received)

        async def fetch() -> Downloaded:
            nonlocal validator
            try:
                return await client.artifacts.download(
                    clip.url,
                    part,
                    on_progress=show_progress,
                    validator=validator,
                )
            except IncompleteDownloadError as error:
                validator = error.validator
                raise

        return await with_retries(
            lambda: self._held(fetch, task, writer),
            self.policy(),
            idempotent=True,
            on_wait=lambda _: None,
        )

    async def _held(
        self, fetch: Callable[[], Awaitable[Downloaded]], task: MusicTask, writer: ClipWriter
    ) -> Downloaded:
        """One attempt; a pause, or a service out of reach, makes it none."""
        while True:
            await self.traffic.pass_gate(task.profile_id, lambda hold: writer.show(hold=hold))
            try:
                return await self.traffic.carry(fetch())
            except Interrupted:
                continue
            except (APIConnectionError, IncompleteDownloadError):
                if await self.traffic.reaches(task.profile_id):
                    raise

    async def _finish(self, clip: Clip, task: MusicTask, writer: ClipWriter) -> Clip:
        assert clip.path is not None, "a saved clip has its name"
        await asyncio.to_thread(provenance.accompany, clip.path, provenance_of(clip, task))
        size = (await asyncio.to_thread(clip.path.stat)).st_size
        return writer.store(
            delivery=Delivery.SAVED, received_bytes=size, saved_at=utc_now(), failure=None
        )


def _part(folder: Path, clip: Clip) -> Path:
    """Where the clip grows: hidden, and with the ending that tells its format."""
    return folder / f".{clip.id}.part{extension(clip.mime_type)}"


def _exists(path: Path) -> bool:
    """Also true for a link that leads nowhere."""
    return os.path.lexists(path)


def _is_whole(path: Path) -> bool:
    if not _exists(path):
        return False
    try:
        verify(path)
    except UnreadableAudio:
        return False
    return True


def _savable(folder: Path, clips: Sequence[Clip]) -> list[Clip]:
    savable = []
    for clip in clips:
        try:
            _make_room(folder, clip)
        except OSError:
            continue
        savable.append(clip)
    return savable


def _make_room(folder: Path, clip: Clip) -> None:
    """Raise OSError when the clip would not fit or nothing can be written to the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    needed = (clip.size_bytes or 0) + SPARE_BYTES
    if shutil.disk_usage(folder).free < needed:
        raise OSError(failures.NO_SPACE, os.strerror(failures.NO_SPACE), str(folder))
    tempfile.TemporaryFile(dir=folder).close()  # raises where nothing may be written


def _discard(part: Path) -> None:
    """Give the space back; what keeps it is no news after what went wrong already."""
    try:
        part.unlink(missing_ok=True)
    except OSError as error:
        _log.info("An unfinished clip could not be deleted: %s", error)

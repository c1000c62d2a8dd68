"""Bringing a clip home: download, verify, tag, and only then give it its name (design P5)."""

import asyncio
import logging
import os
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from beatra_desktop.api.artifacts import Downloaded
from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import IncompleteDownloadError
from beatra_desktop.api.retry import RetryPolicy, with_retries
from beatra_desktop.audio.errors import UnreadableAudio, UnsupportedFormat
from beatra_desktop.audio.tags import write_tags
from beatra_desktop.audio.verify import verify
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.music import Clip, Delivery, MusicTask
from beatra_desktop.services import failures
from beatra_desktop.services.filenames import extension, free_path, safe_stem
from beatra_desktop.services.pace import Pace

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """`durable` waits until what was stored is on disk."""

    folder: Callable[[], Path]
    policy: Callable[[], RetryPolicy]
    durable: Callable[[], Awaitable[None]]
    is_reserved: Callable[[Path], bool]

    async def deliver(
        self, clip: Clip, task: MusicTask, client: BeatraClient, writer: ClipWriter
    ) -> Clip:
        """Save one clip; raises APIError (LinkExpiredError for a dead link) or NotDelivered.

        The name is stored before the file gets it, so that a crash in between neither loses the
        file nor saves it twice.
        """
        if clip.path is not None and await asyncio.to_thread(_is_whole, clip.path):
            return await self._saved(clip, clip.path, writer)
        try:
            return await self._fetch(clip, task, client, writer)
        except UnreadableAudio as error:
            failure = Failure(
                code=FailureCode.BROKEN_AUDIO, subject=clip.title, detail=str(error), retryable=True
            )
            raise NotDelivered(failure) from error
        except OSError as error:
            raise NotDelivered(failures.from_disk(error, subject=clip.title)) from error

    async def _fetch(
        self, clip: Clip, task: MusicTask, client: BeatraClient, writer: ClipWriter
    ) -> Clip:
        folder, ending = self.folder(), extension(clip.mime_type)
        part = folder / f".{clip.id}.part{ending}"
        # Named before the first wait, so that the clips of a task are numbered in their order.
        target = free_path(
            folder, safe_stem(clip.title), ending, lambda p: p.exists() or self.is_reserved(p)
        )
        writer.store(delivery=Delivery.DOWNLOADING, path=target, received_bytes=0, failure=None)
        await asyncio.to_thread(_make_room, folder, clip)
        await self._download(clip, client, part, writer)
        writer.store(delivery=Delivery.VERIFYING)
        await asyncio.to_thread(verify, part)
        await asyncio.to_thread(_tag, part, _provenance(clip, task))
        await self.durable()
        await asyncio.to_thread(_give_name, part, target)
        return await self._saved(clip, target, writer)

    async def _download(
        self, clip: Clip, client: BeatraClient, part: Path, writer: ClipWriter
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
                    expected_size=clip.size_bytes,
                    on_progress=show_progress,
                    validator=validator,
                )
            except IncompleteDownloadError as error:
                validator = error.validator
                raise

        return await with_retries(fetch, self.policy(), idempotent=True, on_wait=lambda _: None)

    async def _saved(self, clip: Clip, path: Path, writer: ClipWriter) -> Clip:
        size = (await asyncio.to_thread(path.stat)).st_size
        return writer.store(
            delivery=Delivery.SAVED,
            path=path,
            received_bytes=size,
            saved_at=utc_now(),
            failure=None,
        )


def _is_whole(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        verify(path)
    except UnreadableAudio:
        return False
    return True


def _make_room(folder: Path, clip: Clip) -> None:
    """Raise OSError when the clip would not fit or the folder can't be made."""
    folder.mkdir(parents=True, exist_ok=True)
    needed = (clip.size_bytes or 0) + SPARE_BYTES
    if shutil.disk_usage(folder).free < needed:
        raise OSError(failures.NO_SPACE, os.strerror(failures.NO_SPACE), str(folder))


def _give_name(part: Path, target: Path) -> None:
    """Flush the file, then move it to its name; both survive a power cut."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _tag(part: Path, tags: dict[str, str]) -> None:
    try:
        write_tags(part, tags)
    except UnsupportedFormat:
        _log.info("The clip is saved without tags: its format takes none")


def _provenance(clip: Clip, task: MusicTask) -> dict[str, str]:
    """What the file itself should tell: where it comes from and how to make more like it."""
    tags = {
        "title": clip.title,
        "artist": "beatra",
        "lyrics": clip.lyrics or task.prompt.lyrics,
        "genre": clip.tags,
        "beatra_prompt": task.prompt.prompt,
        "beatra_model": task.resolved_model or task.prompt.model,
        "beatra_task_id": task.remote_id or "",
        "beatra_request_id": task.request_id or "",
        "beatra_artifact_id": clip.artifact_id or "",
    }
    return {name: value for name, value in tags.items() if value}

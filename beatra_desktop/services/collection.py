"""The collection of saved songs: ratings, favourites, the trash, and files that went missing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from pathlib import Path

from psygnal import Signal

from beatra_desktop.audio.errors import UnreadableAudio
from beatra_desktop.audio.inspect import probe
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.collection import STARS, is_expired, is_in_trash
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.music import Clip, Delivery, MusicTask
from beatra_desktop.domain.observable import ReadOnlyRecords, ReadOnlyValue, Value
from beatra_desktop.domain.records import replace
from beatra_desktop.services import failures, provenance, song_files
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.playlists import PlaylistService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.storage.errors import StorageError

Throw = Callable[[Path], None]
"""Puts a file where the user may still find it; raises OSError. Called in a worker thread."""


class CollectionService:
    """Answers `read_provenance(path)` by `provenance_read(path, provenance or None)`.

    `durable` waits until what was stored is on disk.
    """

    provenance_read = Signal(Path, object)

    def __init__(
        self,
        tasks: Tasks,
        *,
        playlists: PlaylistService,
        supervisor: Supervisor,
        notices: Notices,
        durable: Callable[[], Awaitable[None]],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._tasks = tasks
        self._playlists = playlists
        self._supervisor = supervisor
        self._notices = notices
        self._durable = durable
        self._now = now
        self._missing: Value[frozenset[ClipId]] = Value(frozenset())
        self._trash_bytes = Value(0)
        self._unsettled: dict[ClipId, None] = {}
        self._moving = asyncio.Lock()
        self._is_settling = False
        self._is_looking = False
        self._wants_look = False

    @property
    def clips(self) -> ReadOnlyRecords[Clip]:
        """All clips, those in the trash among them; see `domain/collection.py`."""
        return self._tasks.clips

    @property
    def missing(self) -> ReadOnlyValue[frozenset[ClipId]]:
        """The saved clips whose files `look_for_files` did not find."""
        return self._missing

    @property
    def trash_bytes(self) -> ReadOnlyValue[int]:
        """What the files in the trash take on disk."""
        return self._trash_bytes

    def task_of(self, clip: Clip) -> MusicTask:
        """The task that made a clip, also one that was taken off the list of tasks."""
        return self._tasks.get(clip.task_id)

    def rate(self, clip_id: ClipId, stars: int) -> None:
        """Rate a song with 1 to 5 stars; 0 takes the rating back."""
        clip = self._tasks.clips.get(clip_id)
        if clip is not None and stars in STARS and clip.rating != stars:
            self._tasks.put_clip(replace(clip, rating=stars))

    def favour(self, clip_id: ClipId, *, is_favourite: bool) -> None:
        clip = self._tasks.clips.get(clip_id)
        if clip is not None and clip.is_favourite != is_favourite:
            self._tasks.put_clip(replace(clip, is_favourite=is_favourite))

    def delete(self, clip_ids: Iterable[ClipId]) -> None:
        """Move songs to the trash; a clip that was never saved is just no longer listed."""
        self._settle(clip_ids, deleted_at=self._now())

    def restore(self, clip_ids: Iterable[ClipId]) -> None:
        """Bring songs back from the trash."""
        self._settle(clip_ids, deleted_at=None)

    def erase(self, clip_ids: Iterable[ClipId], throw: Throw) -> None:
        """Take songs that are in the trash out of the app; `throw` gets their files."""
        clips = [clip for clip in self._known(clip_ids) if is_in_trash(clip)]
        if clips:
            self._supervisor.start(self._erase(clips, throw), name="erase songs")

    def locate(self, clip_id: ClipId, path: Path) -> None:
        """Take another file for a song's whose own is gone; it has to be sound."""
        self._supervisor.start(self._locate(clip_id, path), name=f"locate {clip_id}")

    def look_for_files(self) -> None:
        """See which files are there, and what the trash takes."""
        self._wants_look = True
        if not self._is_looking:
            self._is_looking = True
            self._supervisor.start(self._look(), name="look for files")

    def is_sidecar(self, path: Path) -> bool:
        """Whether a file's name says that it tells of the song beside it."""
        return path.name.endswith(provenance.SIDECAR_ENDING)

    def read_provenance(self, path: Path) -> None:
        self._supervisor.start(self._read(path), name="read provenance")

    def resume(self) -> None:
        """Finish what an earlier run began, and erase what has been in the trash for 30 days."""
        self._supervisor.start(self._erase_expired(), name="expired songs")
        self._supervisor.start(self._find_unsettled(), name="unsettled songs")

    def _known(self, clip_ids: Iterable[ClipId]) -> list[Clip]:
        found = (self._tasks.clips.get(clip_id) for clip_id in clip_ids)
        return [clip for clip in found if clip is not None]

    def _settle(self, clip_ids: Iterable[ClipId], *, deleted_at: datetime | None) -> None:
        for clip in self._known(clip_ids):
            if (clip.deleted_at is None) != (deleted_at is None):
                self._tasks.put_clip(replace(clip, deleted_at=deleted_at))
                self._unsettled[clip.id] = None
        self._settle_soon()

    def _settle_soon(self) -> None:
        if self._unsettled and not self._is_settling:
            self._is_settling = True
            self._supervisor.start(self._settle_all(), name="settle songs")

    async def _settle_all(self) -> None:
        """Let each file follow what its record says on disk, one after the other."""
        try:
            while self._unsettled:
                async with self._moving:
                    await self._durable()
                    wanted, self._unsettled = self._unsettled, {}
                    for clip_id in wanted:
                        await self._settle_one(clip_id)
        except StorageError as error:  # they stay unsettled, and files where they are
            self._notices.warn(failures.from_storage(error))
        finally:
            self._is_settling = False
        self.look_for_files()

    async def _settle_one(self, clip_id: ClipId) -> None:
        clip = self._tasks.clips.get(clip_id)
        if clip is None or clip.path is None or clip.delivery is not Delivery.SAVED:
            return
        if clip_id in self._unsettled:
            return  # it changed meanwhile, which is not on disk yet
        in_trash = clip.deleted_at is not None
        try:
            told = clip.path if in_trash else await self._way_home(clip, clip.path)
            path = await asyncio.to_thread(song_files.place, told, clip_id, in_trash=in_trash)
        except (OSError, StorageError) as error:
            self._on_not_moved(clip, error)
            return
        now = self._tasks.clips.get(clip_id)
        if now is not None and now.path == told != path:
            self._tasks.put_clip(replace(now, path=path))

    async def _way_home(self, clip: Clip, path: Path) -> Path:
        """Where it will lie, stored before it does.

        After a crash in between nothing else could tell the song from one that has its old name.
        """
        taken = frozenset(c.path for c in self._tasks.clips if c.path and c.id != clip.id)
        target = await asyncio.to_thread(song_files.way_home, path, clip.id, taken)
        now = self._tasks.clips.get(clip.id)
        if now is not None and target != path:
            self._tasks.put_clip(replace(now, path=target))
            await self._durable()
        return target

    def _on_not_moved(self, clip: Clip, error: Exception) -> None:
        """What can't be moved stays listed where its file is."""
        now = self._tasks.clips.get(clip.id)
        if now is not None:
            self._tasks.put_clip(replace(now, path=clip.path, deleted_at=None))
        code = FailureCode.NOT_TRASHED if clip.deleted_at else FailureCode.NOT_RESTORED
        self._notices.warn(Failure(code=code, subject=clip.title, detail=str(error)))

    async def _erase(self, clips: list[Clip], throw: Throw) -> None:
        for clip in clips:
            try:
                async with self._moving:
                    await self._erase_one(clip.id, throw)
            except OSError as error:
                detail = str(error)
                failure = Failure(code=FailureCode.NOT_ERASED, subject=clip.title, detail=detail)
                self._notices.warn(failure)
                break  # what one file met, the others would meet too
        self.look_for_files()

    async def _erase_one(self, clip_id: ClipId, throw: Throw) -> None:
        """Unless it was restored meanwhile; its file may have moved too."""
        clip = self._tasks.clips.get(clip_id)
        if clip is None or clip.path is None or clip.deleted_at is None:
            return
        await asyncio.to_thread(song_files.throw_away, clip.path, throw)
        now = self._tasks.clips.get(clip_id)
        if now is not None and now.deleted_at is not None:
            # Last: what is in the trash can be erased again after a crash in between.
            self._playlists.take_out_everywhere([clip_id])
            self._tasks.put_clip(replace(now, path=None))

    async def _locate(self, clip_id: ClipId, path: Path) -> None:
        try:
            info = await asyncio.to_thread(probe, path)
        except UnreadableAudio as error:
            code = FailureCode.NOT_SOUND
            self._notices.warn(Failure(code=code, subject=path.name, detail=str(error)))
            return
        clip = self._tasks.clips.get(clip_id)
        if clip is not None:
            seconds = info.duration_seconds or clip.duration_seconds
            found = replace(
                clip,
                path=path,
                mime_type=info.mime_type,
                duration_seconds=seconds,
                delivery=Delivery.SAVED,
                failure=None,
            )
            self._tasks.put_clip(found)
            self.look_for_files()

    async def _look(self) -> None:
        await self._read_all()
        try:
            while self._wants_look:
                self._wants_look = False
                saved = [c for c in self._tasks.clips if c.delivery is Delivery.SAVED]
                listed = [(c.id, c.path) for c in saved if c.path and c.deleted_at is None]
                trashed = [c.path for c in saved if c.path and c.deleted_at is not None]
                self._missing.set(await asyncio.to_thread(song_files.missing, listed))
                self._trash_bytes.set(await asyncio.to_thread(song_files.size_bytes, trashed))
        finally:
            self._is_looking = False

    async def _read_all(self) -> None:
        try:
            await self._tasks.load_rest()
        except StorageError as error:  # what was read is looked at all the same
            self._notices.warn(failures.from_storage(error))

    async def _read(self, path: Path) -> None:
        found = await asyncio.to_thread(provenance.read, path)
        self.provenance_read.emit(path, found)

    async def _erase_expired(self) -> None:
        await self._read_all()
        expired = [c for c in self._tasks.clips if is_in_trash(c) and is_expired(c, self._now())]
        if expired:
            await self._erase(expired, song_files.unlink)

    async def _find_unsettled(self) -> None:
        """Files that are in the trash and should not be, or should be and are not."""
        await self._read_all()
        clips = [c for c in self._tasks.clips if c.path and c.delivery is Delivery.SAVED]
        homes = {song_files.home_of(clip.path) for clip in clips if clip.path}
        inside = await asyncio.to_thread(song_files.left_in_trash, homes)
        for clip in clips:
            assert clip.path is not None, "has a file"
            told_inside = song_files.is_inside(clip.path)
            is_inside = told_inside or clip.id in inside
            if told_inside is not is_inside or is_inside is (clip.deleted_at is None):
                self._unsettled[clip.id] = None
        self._settle_soon()

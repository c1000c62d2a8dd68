"""Finding songs of the collection by their titles, prompts and lyrics."""

import asyncio

from psygnal import Signal

from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Clip
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.services import failures
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.storage.search import SongSearchRepository


class SongSearch:
    """Answers `look_for(text)` by `found(text, clip_ids)`; what was asked before is dropped."""

    found = Signal(str, frozenset)

    def __init__(
        self,
        repository: SongSearchRepository,
        *,
        clips: ReadOnlyRecords[Clip],
        supervisor: Supervisor,
        notices: Notices,
    ) -> None:
        self._repository = repository
        self._clips = clips
        self._supervisor = supervisor
        self._notices = notices
        self._wanted = ""
        self._is_looking = False

    def look_for(self, text: str) -> None:
        """Search in a thread of its own; blank text gives up what is still being looked for."""
        self._wanted = text if text.strip() else ""
        if self._wanted and not self._is_looking:
            self._is_looking = True
            self._supervisor.start(self._look(), name="song search")

    async def _look(self) -> None:
        try:
            while text := self._wanted:
                found = await self._find(text)
                if text == self._wanted:
                    self._wanted = ""
                    self.found.emit(text, found)
        finally:
            self._is_looking = False

    async def _find(self, text: str) -> frozenset[ClipId]:
        clips = list(self._clips)
        try:
            tasks = await asyncio.to_thread(self._repository.tasks, text)
        except StorageError as error:
            self._notices.warn(failures.from_storage(error))
            return frozenset()
        return await asyncio.to_thread(_matching, clips, tasks, text)


def _matching(clips: list[Clip], tasks: frozenset[TaskId], text: str) -> frozenset[ClipId]:
    """The clips of these tasks, and those whose own lyrics, made by the service, have the words."""
    words = text.casefold().split()
    return frozenset(
        clip.id
        for clip in clips
        if clip.task_id in tasks or (clip.lyrics and _has(clip.lyrics.casefold(), words))
    )


def _has(lyrics: str, words: list[str]) -> bool:
    return all(word in lyrics for word in words)

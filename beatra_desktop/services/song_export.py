"""The list of songs as a JSON file: what was asked for, what came of it, and where it lies."""

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from beatra_desktop.audio.atomic import part_of, replacing
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import Clip, MusicTask
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.services import failures
from beatra_desktop.services.leftovers import Leftovers
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.storage.errors import StorageError

FORMAT: Final = "beatra-songs"
VERSION: Final = 1
_LEFT_OUT: Final = frozenset({"url", "expires_at", "received_bytes", "wait", "hold", "rank"})
"""Signed links open what they lead to for anybody; the rest means nothing elsewhere."""


class SongExport:
    def __init__(
        self, *, tasks: Tasks, leftovers: Leftovers, supervisor: Supervisor, notices: Notices
    ) -> None:
        self._tasks = tasks
        self._leftovers = leftovers
        self._supervisor = supervisor
        self._notices = notices

    def export(self, path: Path) -> None:
        """Write all songs on the list to a file; a notice says how it went."""
        self._supervisor.start(self._export(path), name=f"export songs to {path.name}")

    async def _export(self, path: Path) -> None:
        try:
            await self._tasks.load_rest()
        except StorageError as error:
            self._notices.warn(failures.from_storage(error))
            return
        tasks = list(self._tasks.tasks)
        clips = {task.id: self._tasks.clips_of(task.id) for task in tasks}
        try:
            async with self._leftovers.growing(part_of(path)):
                await asyncio.to_thread(_write, path, tasks, clips)
        except OSError as error:
            self._notices.warn(failures.from_song_export(error, subject=path.name))
        else:
            self._notices.tell(
                NoticeCode.EXPORTED, name=path.name, path=str(path), count=str(len(tasks))
            )


def _write(path: Path, tasks: Iterable[MusicTask], clips: Mapping[TaskId, list[Clip]]) -> None:
    songs = [{**_plain(task), "clips": [_plain(c) for c in clips[task.id]]} for task in tasks]
    document = {"format": FORMAT, "version": VERSION, "exported_at": utc_now(), "songs": songs}
    with replacing(path) as part:
        part.write_bytes(msgspec.json.format(msgspec.json.encode(document, enc_hook=_path)))


def _plain(record: MusicTask | Clip) -> dict[str, Any]:
    names = (name for name in record.__struct_fields__ if name not in _LEFT_OUT)
    return {name: getattr(record, name) for name in names}


def _path(value: object) -> str:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(type(value).__name__)

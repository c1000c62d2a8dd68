"""Music tasks and clips on disk."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.storage import index
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.database import Database, Readable

TASKS: Final = Table("tasks", MusicTask)
CLIPS: Final = Table("clips", Clip)
_ENDED: Final = [
    status.value for status in TaskStatus if status.is_terminal or status is TaskStatus.REFUSED
]
_UNFINISHED: Final = (
    f"tasks.status NOT IN ({', '.join('?' for _ in _ENDED)}) "
    "OR tasks.id IN (SELECT task_id FROM clips WHERE delivery != ?)"
)
_LOWEST: Final = (
    "SELECT min(seq) FROM (SELECT seq FROM tasks WHERE seq < ? ORDER BY seq DESC LIMIT ?)"
)
TOP: Final = 2**62
"""Above every row: where the first page begins."""


class MusicPage(Struct, frozen=True):
    """Tasks newest first, also removed ones; their clips oldest task first, in their order.

    `low` is where the next page begins; None after the last one.
    """

    tasks: list[MusicTask]
    clips: list[Clip]
    low: int | None = None


class MusicRepository:
    """Writes are queued; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_task(self, task: MusicTask) -> None:
        row = TASKS.row(task)

        def job(connection: sqlite3.Connection) -> None:
            with index.following_task(connection, task.id):
                TASKS.put(connection, row)

        self._database.write(job)

    def save_clip(self, clip: Clip) -> None:
        """Store a clip of a stored task."""
        row = CLIPS.row(clip)

        def job(connection: sqlite3.Connection) -> None:
            with index.following_task(connection, clip.task_id):
                CLIPS.put(connection, row)

        self._database.write(job)

    def task(self, task_id: TaskId) -> MusicPage:
        """One task with its clips, also a removed one; empty when there is none."""
        return _read(self._database, "tasks.id = ?", (task_id,))

    def unfinished(self) -> MusicPage:
        """All that has not ended, or made something that is not saved yet."""
        return _read(self._database, _UNFINISHED, (*_ENDED, Delivery.SAVED.value))

    def page(self, before: int, limit: int) -> MusicPage:
        return read_page(self._database, before, limit)

    @contextmanager
    def reading(self) -> Iterator[Readable]:
        """A way to read pages in another thread, for as long as the block lasts."""
        with self._database.reading() as reader:
            yield reader


def read_page(source: Readable, before: int, limit: int) -> MusicPage:
    """The newest `limit` tasks below a row."""
    low = source.rows(_LOWEST, (before, limit))[0][0]
    if low is None:
        return MusicPage([], [])
    page = _read(source, "tasks.seq >= ? AND tasks.seq < ?", (low, before))
    return replace(page, low=low)


def _read(source: Readable, where: str, parameters: Sequence[object]) -> MusicPage:
    newest = TASKS.select(f"WHERE {where} ORDER BY tasks.seq DESC")
    joined = f"JOIN tasks ON tasks.id = clips.task_id WHERE {where}"
    clips = CLIPS.select(f'{joined} ORDER BY tasks.seq, clips."index"')
    return MusicPage(
        source.records(TASKS.record, newest, parameters),
        source.records(CLIPS.record, clips, parameters),
    )

"""Music tasks and clips on disk."""

import sqlite3
from typing import Final

from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import Clip, MusicTask
from beatra_desktop.storage import index
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.database import Database

TASKS: Final = Table("tasks", MusicTask)
CLIPS: Final = Table("clips", Clip)


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

    def tasks(self) -> list[MusicTask]:
        """All tasks, also those removed from the list, newest first."""
        return TASKS.records(self._database.rows(TASKS.select("ORDER BY seq DESC")))

    def clips(self, task_id: TaskId | None = None) -> list[Clip]:
        """The clips of one task or of all, tasks oldest first, in the service's order."""
        sql = CLIPS.select(
            "JOIN tasks ON tasks.id = clips.task_id WHERE ?1 IS NULL OR clips.task_id = ?1 "
            'ORDER BY tasks.seq, clips."index"'
        )
        return CLIPS.records(self._database.rows(sql, (task_id,)))

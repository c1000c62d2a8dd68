"""The rows of the song list: each task, newest first, with its clips below it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Signal

from beatra_desktop.domain.music import Clip, MusicTask, TaskStatus
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.ui.subscriptions import subscribe


class Show(StrEnum):
    """Which tasks are on show."""

    ALL = "all"
    ACTIVE = "active"
    DONE = "done"
    FAILED = "failed"


_FAILED: Final = (TaskStatus.FAILED, TaskStatus.REFUSED, TaskStatus.UNKNOWN)
_DONE: Final = (TaskStatus.SUCCEEDED, TaskStatus.CANCELED)


def group_of(task: MusicTask) -> Show:
    """Where a task is listed; one that asks for a decision counts as failed."""
    if task.status in _FAILED:
        return Show.FAILED
    return Show.DONE if task.status in _DONE else Show.ACTIVE


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A task, or one of its clips; `clips` are the task's."""

    id: str
    task: MusicTask
    clips: tuple[Clip, ...]
    clip: Clip | None = None


class QueueRows(QObject):
    """`counts_changed` when a task moved from one group to another."""

    counts_changed = Signal()

    def __init__(
        self,
        tasks: ReadOnlyRecords[MusicTask],
        clips: ReadOnlyRecords[Clip],
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._clips = tasks, clips
        self._show = Show.ALL
        self._clip_ids: dict[str, list[str]] = {}
        self._groups: dict[str, Show] = {}
        self._counts: Counter[Show] = Counter()
        self._rows: Records[QueueRow] = Records()
        self._subscribe()
        self._start_over()

    @property
    def rows(self) -> ReadOnlyRecords[QueueRow]:
        return self._rows

    @property
    def counts(self) -> Mapping[Show, int]:
        """How many tasks each choice shows."""
        return self._counts | Counter({Show.ALL: len(self._groups)})

    def show(self, show: Show) -> None:
        if show is not self._show:
            self._show = show
            self._rows.assign(self._wanted())

    def _subscribe(self) -> None:
        for signal, slot in (
            (self._tasks.inserted, self._on_tasks_inserted),
            (self._tasks.removing, self._on_tasks_removing),
            (self._tasks.changed, self._on_task_changed),
            (self._tasks.reset, self._start_over),
            (self._clips.inserted, self._on_clips_inserted),
            (self._clips.changed, self._on_clip_changed),
            (self._clips.removed, self._start_over),
            (self._clips.reset, self._start_over),
        ):
            subscribe(self, signal, slot)

    def _start_over(self, *_rows: int) -> None:
        self._clip_ids.clear()
        for clip in self._clips:
            self._clip_ids.setdefault(clip.task_id, []).append(clip.id)
        self._groups = {task.id: group_of(task) for task in self._tasks}
        self._counts = Counter(self._groups.values())
        self._rows.assign(self._wanted())
        self.counts_changed.emit()

    def _wanted(self) -> list[QueueRow]:
        shown = (task for task in self._tasks if self._is_shown(task))
        return [row for task in shown for row in self._rows_of(task)]

    def _is_shown(self, task: MusicTask) -> bool:
        return self._show in (Show.ALL, group_of(task))

    def _rows_of(self, task: MusicTask) -> list[QueueRow]:
        known = (self._clips.get(clip_id) for clip_id in self._clip_ids.get(task.id, ()))
        clips = tuple(sorted((clip for clip in known if clip), key=lambda clip: clip.index))
        below = (QueueRow(clip.id, task, clips, clip) for clip in clips)
        return [QueueRow(task.id, task, clips), *below]

    def _group(self, task: MusicTask | None, task_id: str) -> None:
        """Count a task where it is now; None takes it out."""
        before = self._groups.pop(task_id, None)
        if before is not None:
            self._counts[before] -= 1
        if task is not None:
            self._groups[task_id] = group_of(task)
            self._counts[group_of(task)] += 1
        if before is not self._groups.get(task_id):
            self.counts_changed.emit()

    def _on_tasks_inserted(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            task = self._tasks[row]
            if self._is_shown(task):
                self._insert(task, row)
            self._group(task, task.id)

    def _on_tasks_removing(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            task = self._tasks[row]
            self._take_out(task)
            self._group(None, task.id)

    def _on_task_changed(self, row: int) -> None:
        task = self._tasks[row]
        self._group(task, task.id)
        if not self._is_shown(task):
            self._take_out(task)
        elif task.id in self._rows:
            self._update(task)
        else:
            self._insert(task, row)

    def _on_clips_inserted(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            clip = self._clips[row]
            self._clip_ids.setdefault(clip.task_id, []).append(clip.id)
            task = self._tasks.get(clip.task_id)
            if task is not None and task.id in self._rows:
                self._update(task)

    def _on_clip_changed(self, row: int) -> None:
        task = self._tasks.get(self._clips[row].task_id)
        if task is not None and task.id in self._rows:
            self._update(task)

    def _insert(self, task: MusicTask, row: int) -> None:
        """Put a task's rows before those of the next older task on show."""
        older = (self._tasks[at].id for at in range(row + 1, len(self._tasks)))
        below = next((task_id for task_id in older if task_id in self._rows), None)
        place = len(self._rows) if below is None else self._rows.row(below)
        for offset, new in enumerate(self._rows_of(task)):
            self._rows.insert(place + offset, new)

    def _take_out(self, task: MusicTask) -> None:
        for row in self._rows_of(task):
            if row.id in self._rows:
                self._rows.remove(row.id)

    def _update(self, task: MusicTask) -> None:
        """Show a task's newest state, and clips that are new below it in the service's order."""
        place = self._rows.row(task.id)
        for offset, row in enumerate(self._rows_of(task)):
            if row.id not in self._rows:
                self._rows.insert(place + offset, row)
            elif self._rows[place + offset] != row:
                self._rows.replace(row)

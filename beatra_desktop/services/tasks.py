"""Tasks and clips in memory: every change goes to the observables and to the database at once."""

from dataclasses import replace

from beatra_desktop.api.types import Answer
from beatra_desktop.api.types import Task as WireTask
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import Clip, MusicTask, apply
from beatra_desktop.domain.observable import Records
from beatra_desktop.services.reports import clips_of, refreshed, report_of
from beatra_desktop.storage.music import MusicRepository


class Tasks:
    """`tasks` is newest first, without removed ones; `clips` holds the clips of all tasks."""

    def __init__(self, repository: MusicRepository) -> None:
        self._repository = repository
        stored = repository.tasks()
        self.tasks: Records[MusicTask] = Records(t for t in stored if t.removed_at is None)
        self.clips: Records[Clip] = Records(repository.clips(None))
        self._removed = {task.id: task for task in stored if task.removed_at is not None}

    def get(self, task_id: TaskId) -> MusicTask:
        """The newest state of a task, also of a removed one; KeyError when it never was."""
        return self.tasks.get(task_id) or self._removed[task_id]

    def clips_of(self, task_id: TaskId) -> list[Clip]:
        """A task's clips in the service's order."""
        found = [clip for clip in self.clips if clip.task_id == task_id]
        return sorted(found, key=lambda clip: clip.index)

    def add(self, task: MusicTask) -> MusicTask:
        self.tasks.insert(0, task)
        self._repository.save_task(task)
        return task

    def put(self, task: MusicTask) -> MusicTask:
        """Show and store a task's new state."""
        if task.id in self.tasks:
            self.tasks.replace(task)
        else:
            self._removed[task.id] = task
        self._repository.save_task(task)
        return task

    def show(self, task_id: TaskId, **fields: object) -> None:
        """Change what is only shown, not stored."""
        if task_id in self.tasks:
            shown = replace(self.get(task_id), **fields)  # type: ignore[arg-type]  # by replace
            self.tasks.replace(shown)

    def put_clip(self, clip: Clip) -> Clip:
        if clip.id in self.clips:
            self.clips.replace(clip)
        else:
            self.clips.append(clip)
        self._repository.save_clip(clip)
        return clip

    def show_clip(self, clip: Clip) -> None:
        self.clips.replace(clip)

    def apply(self, task_id: TaskId, answer: Answer[WireTask]) -> MusicTask:
        """Fold one answer of the service into the task and its clips."""
        task = apply(self.get(task_id), report_of(answer.value, answer.request_id))
        # Clips first: a task that ended is not asked for again, so it must not end without them.
        for news in clips_of(task, answer.value):
            known = self.clips.get(news.id)
            self.put_clip(news if known is None else refreshed(known, news))
        return self.put(replace(task, checked_at=utc_now(), wait=None))

    def take_out(self, task: MusicTask) -> None:
        """Mark a task removed; it can be put back."""
        self.tasks.remove(task.id)
        removed = replace(task, removed_at=utc_now())
        self._removed[task.id] = removed
        self._repository.save_task(removed)

    def put_back(self, task_id: TaskId) -> None:
        removed = self._removed.pop(task_id, None)
        if removed is None:
            return
        task = replace(removed, removed_at=None)
        older = (row for row, t in enumerate(self.tasks) if t.created_at <= task.created_at)
        self.tasks.insert(next(older, len(self.tasks)), task)
        self._repository.save_task(task)

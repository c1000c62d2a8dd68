"""Tasks and clips in memory: every change goes to the observables and to the database at once."""

import asyncio
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from beatra_desktop.api.types import Answer
from beatra_desktop.api.types import Task as WireTask
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Clip, MusicTask, apply
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.services.reports import clips_of, refreshed, report_of
from beatra_desktop.storage.music import TOP, MusicPage, MusicRepository, read_page

AT_ONCE: Final = 200
"""The newest tasks that are there from the start, beside those that go on; the rest follows."""
PAGE: Final = 250
INSTANT: Final = timedelta(milliseconds=1)
SAME_BREATH: Final = timedelta(seconds=1)
MANY: Final = 32
"""From here on one change of the whole list costs less than one for each task."""


class Tasks:
    """`tasks` is newest first, without removed ones; `clips` holds the clips of all tasks."""

    def __init__(self, repository: MusicRepository) -> None:
        self._repository = repository
        self._loading = asyncio.Lock()
        self._arriving: dict[TaskId, MusicTask] = {}
        self._removed: dict[TaskId, MusicTask] = {}
        self._clip_ids: dict[TaskId, list[ClipId]] = defaultdict(list)
        self.tasks: Records[MusicTask] = Records()
        self.clips: Records[Clip] = Records()
        newest = repository.page(TOP, AT_ONCE)
        self._low = newest.low
        self._adopt(newest)
        self._adopt(repository.unfinished())

    async def load_rest(self) -> None:
        """Read what is older, in pages between which the loop turns."""
        async with self._loading:
            if self._low is None:
                return
            with self._repository.reading() as source:
                while self._low is not None:
                    page = await asyncio.to_thread(read_page, source, self._low, PAGE)
                    self._low = page.low
                    self._adopt(page)

    def get(self, task_id: TaskId) -> MusicTask:
        """The newest state of a task, also of a removed one; KeyError when it never was."""
        if (task := self.find(task_id)) is None:
            raise KeyError(task_id)
        return task

    def find(self, task_id: TaskId) -> MusicTask | None:
        """`get`, or None when it never was."""
        known = self.tasks.get(task_id) or self._removed.get(task_id)
        known = known or self._arriving.get(task_id)
        if known is not None:
            return known
        self._adopt(self._repository.task(task_id))
        return self.tasks.get(task_id) or self._removed.get(task_id)

    def clips_of(self, task_id: TaskId) -> list[Clip]:
        """A task's clips in the service's order."""
        found = map(self.clips.get, self._clip_ids.get(task_id, ()))
        return sorted(filter(None, found), key=lambda clip: clip.index)

    @property
    def remote_ids(self) -> set[str | None]:
        """What the service calls the tasks known here, also the removed ones."""
        return {task.remote_id for task in (*self.tasks, *self._removed.values())}

    def moment(self) -> datetime:
        """Now, or just after the newest task: the times of tasks tell their order."""
        now = utc_now()
        newest = self.tasks[0].created_at if len(self.tasks) else now - INSTANT
        return newest + INSTANT if timedelta(0) <= newest - now < SAME_BREATH else now

    def add(self, task: MusicTask) -> MusicTask:
        self.tasks.insert(0, task)
        self._repository.save_task(task)
        return task

    def put(self, task: MusicTask) -> MusicTask:
        """Show and store a task's new state."""
        self._repository.save_task(self._take(task))
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
            self._clip_ids[clip.task_id].append(clip.id)
            self.clips.append(clip)
        self._repository.save_clip(clip)
        return clip

    def show_clip(self, clip: Clip) -> None:
        self.clips.replace(clip)

    def apply(self, task_id: TaskId, answer: Answer[WireTask]) -> MusicTask:
        """Fold one answer of the service into the task and its clips.

        Whoever brings it: what is known already changes nothing, and what is old takes nothing
        back. Polling is one caller; a receiver of callbacks could be another (contract §7).
        """
        before = self.get(task_id)
        task = apply(before, report_of(answer.value, answer.request_id))
        # Clips first: a task that ended is not asked for again, so it must not end without them.
        for news in clips_of(task, answer.value):
            known = self.clips.get(news.id)
            self.put_clip(news if known is None else refreshed(known, news))
        task = replace(task, checked_at=utc_now(), wait=None)
        # Most polls tell of progress at most, which is worth nothing to a later run.
        same = replace(before, checked_at=task.checked_at, progress=task.progress, wait=None)
        return self._take(task) if task == same else self.put(task)

    def take_out(self, *tasks: MusicTask) -> None:
        """Mark tasks removed; they can be put back."""
        gone = {task.id: replace(task, removed_at=utc_now()) for task in tasks}
        if len(gone) < MANY:
            for task_id in gone:
                self.tasks.remove(task_id)
        else:
            self.tasks.assign([task for task in self.tasks if task.id not in gone])
        self._removed |= gone
        for task in gone.values():
            self._repository.save_task(task)

    def put_back(self, *task_ids: TaskId) -> None:
        back = [self._removed.pop(task_id) for task_id in task_ids if task_id in self._removed]
        restored = [replace(task, removed_at=None) for task in back]
        self._insert(restored)
        for task in restored:
            self._repository.save_task(task)

    def _take(self, task: MusicTask) -> MusicTask:
        """Show a task's new state, if it was not removed."""
        if task.id in self.tasks:
            self.tasks.replace(task)
        else:
            self._removed[task.id] = task
        return task

    def _adopt(self, page: MusicPage) -> None:
        """Take in what was read; what is known already may have changed since and stays."""
        news = [t for t in page.tasks if t.id not in self.tasks and t.id not in self._removed]
        clips = [clip for clip in page.clips if clip.id not in self.clips]
        for clip in clips:
            self._clip_ids[clip.task_id].append(clip.id)
        # Before their tasks, so that these come with their clips; meanwhile `get` knows them.
        self._arriving = {task.id: task for task in news}
        self.clips.insert(0, *clips)
        self._arriving = {}
        self._removed |= {task.id: task for task in news if task.removed_at is not None}
        self._insert([task for task in news if task.removed_at is None])

    def _insert(self, tasks: Collection[MusicTask]) -> None:
        """Put tasks where their age belongs, those that come to lie together in one change."""
        ordered = sorted(tasks, key=_age)
        runs: dict[int, list[MusicTask]] = defaultdict(list)
        for place, task in zip(self._places(ordered), ordered, strict=True):
            runs[place].append(task)
        if len(runs) >= MANY:
            self.tasks.assign(sorted([*self.tasks, *ordered], key=_age))
            return
        for place, run in reversed(runs.items()):
            self.tasks.insert(place, *run)

    def _places(self, ordered: Sequence[MusicTask]) -> list[int]:
        """Mostly one, for a page of what is older than all that is known."""
        ends = {self._place(task) for task in (*ordered[:1], *ordered[-1:])}
        if len(ends) == 1:
            return [*ends] * len(ordered)
        return list(map(self._place, ordered))

    def _place(self, task: MusicTask) -> int:
        return bisect_right(self.tasks, _age(task), key=_age)


def _age(task: MusicTask) -> float:
    """Grows with age: the list is newest first."""
    return -task.created_at.timestamp()

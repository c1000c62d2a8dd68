"""The rows of the song list: which tasks are on show, in which order, each with its clips below."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Clip, MusicTask
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui.music.queue_order import Block, QueueOrder
from beatra_desktop.ui.music.queue_row import (
    Key,
    QueueRow,
    Show,
    Sort,
    group_of,
    key_of,
    words_of,
)
from beatra_desktop.ui.subscriptions import subscribe


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
        self._show, self._sort = Show.ALL, Sort.NEWEST
        self._words: list[str] = []
        self._texts: dict[TaskId, str] = {}
        self._keys: dict[TaskId, Key] = {}
        self._order: list[Block] = []
        self._clip_ids: dict[TaskId, list[tuple[int, ClipId]]] = defaultdict(list)
        self._hidden: set[ClipId] = set()
        self._batches: dict[str, list[tuple[float, TaskId]]] = defaultdict(list)
        self._groups: dict[TaskId, Show] = {}
        self._counts: Counter[Show] = Counter()
        self.rows = QueueOrder(
            make=self._make, clips_below=self._clips_below, task_of=self._task_of
        )
        self._subscribe()
        self._start_over()

    @property
    def counts(self) -> Mapping[Show, int]:
        """How many tasks each choice shows."""
        return self._counts | Counter({Show.ALL: len(self._groups)})

    @property
    def waiting_count(self) -> int:
        """How many of the tasks on show wait for their turn: they are the first rows."""
        return self.rows.count_below((1,))

    @property
    def sort(self) -> Sort:
        return self._sort

    @property
    def is_narrowed(self) -> bool:
        """Whether tasks are left out."""
        return self._show is not Show.ALL or bool(self._words)

    def show(self, show: Show) -> None:
        if show is not self._show:
            self._show = show
            self._refill()

    def sort_by(self, sort: Sort) -> None:
        if sort is not self._sort:
            self._sort = sort
            self._put_in_order()
            self._refill()

    def find(self, text: str) -> None:
        """Show tasks that have all the words, wherever they have them."""
        words = text.casefold().split()
        if words != self._words:
            self._words = words
            self._refill()

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
        self._hidden.clear()
        self._batches.clear()
        for clip in self._clips:
            self._add_clip(clip)
        for task in self._tasks:
            self._add_to_batch(task)
        self._texts = {task.id: words_of(task) for task in self._tasks}
        self._groups = {task.id: group_of(task) for task in self._tasks}
        self._counts = Counter(self._groups.values())
        self._put_in_order()
        self._refill()
        self.counts_changed.emit()

    def _put_in_order(self) -> None:
        """All tasks, also those not on show: choosing others then needs no sorting."""
        self._keys = {task.id: key_of(task, self._sort) for task in self._tasks}
        self._order = sorted((key, task_id) for task_id, key in self._keys.items())

    def _refill(self) -> None:
        self.rows.assign([block for block in self._order if self._is_shown(block[1])])

    def _is_shown(self, task_id: TaskId) -> bool:
        if self._show is not Show.ALL and self._groups[task_id] is not self._show:
            return False
        text = self._texts[task_id] if self._words else ""
        return all(word in text for word in self._words)

    def _place(self, task: MusicTask) -> Block:
        """Keep a new or changed task where it belongs now; gives its place."""
        key, before = key_of(task, self._sort), self._keys.get(task.id)
        block = (key, task.id)
        self._texts[task.id] = words_of(task)
        if key != before:
            self._unplace(task.id)
            self._keys[task.id] = key
            insort(self._order, block)
        return block

    def _unplace(self, task_id: TaskId) -> None:
        before = self._keys.pop(task_id, None)
        if before is not None:
            del self._order[bisect_left(self._order, (before, task_id))]

    def _make(self, task_id: TaskId) -> QueueRow:
        task = self._tasks[self._tasks.row(task_id)]
        known = (self._clips.get(clip_id) for _, clip_id in self._clip_ids.get(task_id, ()))
        clips = tuple(clip for clip in known if clip is not None)
        return QueueRow(task_id, task, clips, variation=self._variation(task))

    def _variation(self, task: MusicTask) -> tuple[int, int] | None:
        batch = self._batches.get(task.batch_id or "", ())
        if len(batch) < 2:  # one alone is no variation
            return None
        places = [task_id for _, task_id in batch]
        return places.index(task.id) + 1, len(places)

    def _clips_below(self, task_id: TaskId) -> list[ClipId]:
        """Those that were not deleted; in the trash the library shows them."""
        known = self._clip_ids.get(task_id, ())
        return [clip_id for _, clip_id in known if clip_id not in self._hidden]

    def _task_of(self, row_id: str) -> TaskId | None:
        clip = self._clips.get(row_id)
        return clip.task_id if clip is not None else TaskId(row_id)

    def _add_clip(self, clip: Clip) -> None:
        insort(self._clip_ids[clip.task_id], (clip.index, clip.id))
        if clip.deleted_at is not None:
            self._hidden.add(clip.id)

    def _add_to_batch(self, task: MusicTask) -> None:
        if task.batch_id is not None:
            insort(self._batches[task.batch_id], (task.created_at.timestamp(), task.id))

    def _group(self, task: MusicTask | None, task_id: TaskId) -> bool:
        """Count a task where it is now; None takes it out. Says whether that is elsewhere."""
        before = self._groups.pop(task_id, None)
        if before is not None:
            self._counts[before] -= 1
        if task is not None:
            self._groups[task_id] = group_of(task)
            self._counts[group_of(task)] += 1
        return before is not self._groups.get(task_id)

    def _on_tasks_inserted(self, first: int, last: int) -> None:
        news = [self._tasks[row] for row in range(first, last + 1)]
        for task in news:
            self._add_to_batch(task)
            self._group(task, task.id)
        blocks = [self._place(task) for task in news]
        self.rows.insert([block for block in blocks if self._is_shown(block[1])])
        for task in news:
            self._refresh_batch(task)
        self.counts_changed.emit()

    def _on_tasks_removing(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            task = self._tasks[row]
            if self.rows.has(task.id):
                self.rows.remove(task.id)
            if task.batch_id is not None:
                self._batches[task.batch_id].remove((task.created_at.timestamp(), task.id))
                self._refresh_batch(task)
            self._group(None, task.id)
            self._unplace(task.id)
            del self._texts[task.id]
        self.counts_changed.emit()

    def _on_task_changed(self, row: int) -> None:
        task = self._tasks[row]
        moved, block = self._group(task, task.id), self._place(task)
        is_there, is_shown = self.rows.has(task.id), self._is_shown(task.id)
        if is_there and not is_shown:
            self.rows.remove(task.id)
        elif is_there:
            self.rows.update(block)
        elif is_shown:
            self.rows.insert([block])
        if moved:
            self.counts_changed.emit()

    def _on_clips_inserted(self, first: int, last: int) -> None:
        news = [self._clips[row] for row in range(first, last + 1)]
        for clip in news:
            self._add_clip(clip)
        for task_id in dict.fromkeys(clip.task_id for clip in news):
            if self.rows.has(task_id):
                self.rows.update((self._keys[task_id], task_id))

    def _on_clip_changed(self, row: int) -> None:
        clip = self._clips[row]
        if (clip.id in self._hidden) is (clip.deleted_at is None):
            self._hide_or_show(clip)
        elif self.rows.has(clip.task_id):
            self.rows.change_row(clip.task_id)
            if clip.deleted_at is None:
                self.rows.change_row(clip.id)

    def _hide_or_show(self, clip: Clip) -> None:
        """Take its song out and put it in again: rows come and go at the end of a song only."""
        is_shown = self.rows.has(clip.task_id)
        if is_shown:
            self.rows.remove(clip.task_id)
        self._hidden ^= {clip.id}
        if is_shown:
            self.rows.insert([(self._keys[clip.task_id], clip.task_id)])

    def _refresh_batch(self, task: MusicTask) -> None:
        for _, task_id in self._batches.get(task.batch_id or "", ()):
            if task_id != task.id and self.rows.has(task_id):
                self.rows.change_row(task_id)

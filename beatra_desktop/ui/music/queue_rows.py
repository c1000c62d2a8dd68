"""The rows of the song list: which tasks are on show, in which order, each with its clips below."""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import Final, TypeVar

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
from beatra_desktop.ui.slices import Slices, sorted_in_slices
from beatra_desktop.ui.subscriptions import subscribe

AT_ONCE: Final = 1000
"""So few tasks are put in order in one go, within a frame."""
CHUNK: Final = 500
ItemT = TypeVar("ItemT")


class QueueRows(QObject):
    """Other tasks, or another order, come at once, or some frames later where there are many."""

    counts_changed = Signal()
    """A task moved from one group to another."""
    rearranging = Signal()
    rearranged = Signal()
    """Around a change of all rows, which takes away what is chosen."""

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
        self._order: list[TaskId] = []
        self._ordered_by: Sort | None = None
        """What the keys and the order are of, until those of `sort` are made."""
        self._slices = Slices(self)
        self._missed: dict[TaskId, None] = {}
        """Tasks that changed while they were put in order."""
        self._clip_ids: dict[TaskId, list[tuple[int, ClipId]]] = defaultdict(list)
        self._below: dict[TaskId, list[ClipId]] = {}
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
            self._rearrange()

    def sort_by(self, sort: Sort) -> None:
        if sort is not self._sort:
            self._sort = sort
            self._rearrange()

    def find(self, text: str) -> None:
        """Show tasks that have all the words, wherever they have them."""
        words = text.casefold().split()
        if words != self._words:
            self._words = words
            self._rearrange()

    @property
    def is_arranging(self) -> bool:
        """Whether what was asked for is not on show yet."""
        return self._slices.are_left

    def finish(self) -> None:
        """Show now what was asked for, whatever that takes."""
        self._slices.finish()

    def _subscribe(self) -> None:
        for signal, slot in (
            (self._tasks.inserted, self._on_tasks_inserted),
            (self._tasks.removing, self._on_tasks_removing),
            (self._tasks.removed, self._on_tasks_removed),
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
        self._below.clear()
        self._hidden.clear()
        self._batches.clear()
        self._texts.clear()
        for clip in self._clips:
            self._add_clip(clip)
        for task in self._tasks:
            self._add_to_batch(task)
        self._groups = {task.id: group_of(task) for task in self._tasks}
        self._counts = Counter(self._groups.values())
        self._ordered_by = None
        self._rearrange()
        self.finish()  # what is on show may be gone
        self.counts_changed.emit()

    def _rearrange(self) -> None:
        self._missed.clear()
        self._slices.start(self._arrange(), done=self._on_arranged)
        if len(self._tasks) <= AT_ONCE:
            self.finish()

    def _arrange(self) -> Iterator[None]:
        """All tasks, also those not on show: choosing others then needs no sorting."""
        sort, keys, order = self._sort, self._keys, list(self._order)
        if self._ordered_by is not sort:
            keys = yield from self._all_keys(sort)
            order = yield from sorted_in_slices(keys, key=keys.__getitem__)
        shown = yield from self._sifted(order)
        self.rearranging.emit()
        if self._ordered_by is not sort:
            self._keys, self._order, self._ordered_by = keys, order, sort
        self.rows.assign(shown, keys)
        self.rearranged.emit()

    def _all_keys(self, sort: Sort) -> Generator[None, None, dict[TaskId, Key]]:
        keys: dict[TaskId, Key] = {}
        for tasks in _chunks(list(self._tasks)):
            keys.update({task.id: key_of(task, sort) for task in tasks})
            yield
        return keys

    def _sifted(self, order: list[TaskId]) -> Generator[None, None, list[TaskId]]:
        if not self.is_narrowed:
            return order
        shown: list[TaskId] = []
        for task_ids in _chunks(order):
            shown += [task_id for task_id in task_ids if self._is_shown(task_id)]
            yield
        return shown

    def _on_arranged(self) -> None:
        missed, self._missed = self._missed, {}
        self._settle([task for task_id in missed if (task := self._tasks.get(task_id)) is not None])

    def _settle(self, tasks: Iterable[MusicTask]) -> None:
        """Show new or changed tasks where they belong now, if at all."""
        blocks = [self._place(task) for task in tasks]
        for block in blocks:
            is_shown = self._is_shown(block[1])
            if self.rows.has(block[1]):
                self.rows.update(block) if is_shown else self.rows.remove(block[1])
        news = [block for block in blocks if not self.rows.has(block[1])]
        self.rows.insert([block for block in news if self._is_shown(block[1])])

    def _is_shown(self, task_id: TaskId) -> bool:
        if self._show is not Show.ALL and self._groups[task_id] is not self._show:
            return False
        text = self._text(task_id) if self._words else ""
        return all(word in text for word in self._words)

    def _text(self, task_id: TaskId) -> str:
        """Kept from when it is first looked through."""
        known = self._texts.get(task_id)
        if known is None:
            known = self._texts[task_id] = words_of(self._tasks[self._tasks.row(task_id)])
        return known

    def _place(self, task: MusicTask) -> Block:
        """Keep a new or changed task where it belongs now; gives its place."""
        assert self._ordered_by is not None, "they are in an order"
        key, before = key_of(task, self._ordered_by), self._keys.get(task.id)
        self._texts.pop(task.id, None)
        if self._slices.are_left:
            self._missed[task.id] = None
        if key != before:
            self._unplace(task.id)
            self._keys[task.id] = key
            insort(self._order, task.id, key=self._keys.__getitem__)
        return key, task.id

    def _unplace(self, task_id: TaskId) -> None:
        before = self._keys.get(task_id)
        if before is not None:
            del self._order[bisect_left(self._order, before, key=self._keys.__getitem__)]
            del self._keys[task_id]

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
        below = self._below.get(task_id)
        if below is None:
            known = self._clip_ids.get(task_id, ())
            below = [clip_id for _, clip_id in known if clip_id not in self._hidden]
            self._below[task_id] = below
        return below

    def _task_of(self, row_id: str) -> TaskId | None:
        clip = self._clips.get(row_id)
        return clip.task_id if clip is not None else TaskId(row_id)

    def _add_clip(self, clip: Clip) -> None:
        insort(self._clip_ids[clip.task_id], (clip.index, clip.id))
        self._below.pop(clip.task_id, None)
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
        self._settle(news)
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
            self._texts.pop(task.id, None)
        self.counts_changed.emit()

    def _on_tasks_removed(self, _first: int, _last: int) -> None:
        if self._slices.are_left:
            self._rearrange()  # what goes on still knows them

    def _on_task_changed(self, row: int) -> None:
        task = self._tasks[row]
        moved = self._group(task, task.id)
        self._settle([task])
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
        self._below.pop(clip.task_id, None)
        if is_shown:
            self.rows.insert([(self._keys[clip.task_id], clip.task_id)])

    def _refresh_batch(self, task: MusicTask) -> None:
        for _, task_id in self._batches.get(task.batch_id or "", ()):
            if task_id != task.id and self.rows.has(task_id):
                self.rows.change_row(task_id)


def _chunks(items: list[ItemT]) -> Iterator[list[ItemT]]:
    """So many as are looked at in one step."""
    return (items[first : first + CHUNK] for first in range(0, len(items), CHUNK))

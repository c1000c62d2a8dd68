"""The order of the rows: tasks sorted by a key, each followed by its clips.

Rows are made when they are looked at. A place is found by halving, so that neither a new row nor
one that moves makes Python number all the others.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from psygnal import Signal

from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.ui.music.queue_row import Key, QueueRow

Block = tuple[Key, TaskId]
"""A task by its key, which ends with its id."""


class QueueOrder:
    """An observable list of rows; `moving(first, last, to)` and `moved` besides the usual signals.

    `make(task_id)` gives a task's row, `clips_below(task_id)` the clips listed below it, `task_of`
    the task a row is about.
    """

    inserting = Signal(int, int)
    inserted = Signal(int, int)
    removing = Signal(int, int)
    removed = Signal(int, int)
    moving = Signal(int, int, int)
    moved = Signal()
    changed = Signal(int)
    resetting = Signal()
    reset = Signal()

    def __init__(
        self,
        *,
        make: Callable[[TaskId], QueueRow],
        clips_below: Callable[[TaskId], Sequence[ClipId]],
        task_of: Callable[[str], TaskId | None],
    ) -> None:
        self._make = make
        self._clips_below = clips_below
        self._task_of = task_of
        self._keys: list[Key] = []
        self._ids: list[TaskId] = []
        self._sizes: list[int] = []
        self._known: dict[TaskId, Key] = {}
        self._starts: list[int] | None = None

    def __len__(self) -> int:
        starts = self._all_starts()
        return starts[-1]

    def __contains__(self, row_id: object) -> bool:
        return self.get(str(row_id)) is not None

    def __iter__(self) -> Iterator[QueueRow]:
        return (self[row] for row in range(len(self)))

    def __getitem__(self, row: int) -> QueueRow:
        starts = self._all_starts()
        place = bisect_right(starts, row) - 1
        return self._row(self._ids[place], row - starts[place])

    def is_clip(self, row: int) -> bool:
        """Without making the row."""
        starts = self._all_starts()
        return starts[bisect_right(starts, row) - 1] != row

    def get(self, row_id: str) -> QueueRow | None:
        try:
            return self[self.row(row_id)]
        except KeyError:
            return None

    def row(self, row_id: str) -> int:
        """KeyError when it is not in the list."""
        task_id = self._task_of(row_id)
        if task_id is None or task_id not in self._known:
            raise KeyError(row_id)
        place = self._place(task_id)
        first = self._all_starts()[place]
        if row_id == task_id:
            return first
        ids = [str(clip_id) for clip_id in self._clips_below(task_id)[: self._sizes[place] - 1]]
        if row_id not in ids:
            raise KeyError(row_id)
        return first + 1 + ids.index(row_id)

    def has(self, task_id: TaskId) -> bool:
        return task_id in self._known

    def count_below(self, key: Key) -> int:
        """How many rows stand before where a key belongs."""
        return self._all_starts()[bisect_left(self._keys, key)]

    def assign(self, ordered: Sequence[TaskId], keys: Mapping[TaskId, Key]) -> None:
        """Show these tasks, which are in order, and no others."""
        self.resetting.emit()
        self._ids = list(ordered)
        self._keys = [keys[task_id] for task_id in ordered]
        self._sizes = [self._size(task_id) for task_id in ordered]
        self._known = dict(zip(self._ids, self._keys, strict=True))
        self._starts = None
        self.reset.emit()

    def insert(self, blocks: Sequence[Block]) -> None:
        """Put tasks where their keys belong, those that come to lie together in one change."""
        runs = groupby(sorted(blocks), key=lambda block: bisect_left(self._keys, block[0]))
        for place, run in reversed([(place, list(run)) for place, run in runs]):
            sizes = [self._size(task_id) for _, task_id in run]
            first = self._all_starts()[place]
            self.inserting.emit(first, first + sum(sizes) - 1)
            self._keys[place:place] = [key for key, _ in run]
            self._ids[place:place] = [task_id for _, task_id in run]
            self._sizes[place:place] = sizes
            self._known.update((task_id, key) for key, task_id in run)
            self._starts = None
            self.inserted.emit(first, first + sum(sizes) - 1)

    def remove(self, task_id: TaskId) -> None:
        place = self._place(task_id)
        first = self._all_starts()[place]
        last = first + self._sizes[place] - 1
        self.removing.emit(first, last)
        del self._keys[place], self._ids[place], self._sizes[place], self._known[task_id]
        self._starts = None
        self.removed.emit(first, last)

    def update(self, block: Block) -> None:
        """Show a task's newest state where it belongs now, with clips that are new."""
        key, task_id = block
        if self._known[task_id] != key:
            self._move(task_id, key)
        place = self._place(task_id)
        first, size = self._all_starts()[place], self._size(task_id)
        self._resize(place, first, size)
        for row in range(first, first + size):
            self.changed.emit(row)

    def change_row(self, row_id: str) -> None:
        self.changed.emit(self.row(row_id))

    def _move(self, task_id: TaskId, key: Key) -> None:
        place, target = self._place(task_id), bisect_left(self._keys, key)
        starts = self._all_starts()
        first, to = starts[place], starts[target]
        moves = target not in (place, place + 1)
        if moves:
            self.moving.emit(first, first + self._sizes[place] - 1, to)
        size = self._sizes.pop(place)
        del self._keys[place], self._ids[place]
        target -= target > place
        self._keys.insert(target, key)
        self._ids.insert(target, task_id)
        self._sizes.insert(target, size)
        self._known[task_id] = key
        low, high = min(place, target), max(place, target)
        starts[low : high + 1] = accumulate(self._sizes[low:high], initial=starts[low])
        if moves:
            self.moved.emit()

    def _resize(self, place: int, first: int, size: int) -> None:
        before = self._sizes[place]
        if size == before:
            return
        lower, upper = first + min(size, before), first + max(size, before) - 1
        begin, end = (
            (self.inserting, self.inserted) if size > before else (self.removing, self.removed)
        )
        begin.emit(lower, upper)
        self._sizes[place] = size
        self._starts = None
        end.emit(lower, upper)

    def _row(self, task_id: TaskId, offset: int) -> QueueRow:
        row = self._make(task_id)
        if offset == 0:
            return row
        clip_id = self._clips_below(task_id)[offset - 1]
        clip = next(clip for clip in row.clips if clip.id == clip_id)
        return QueueRow(clip.id, row.task, row.clips, clip, row.variation)

    def _place(self, task_id: TaskId) -> int:
        return bisect_left(self._keys, self._known[task_id])

    def _size(self, task_id: TaskId) -> int:
        return 1 + len(self._clips_below(task_id))

    def _all_starts(self) -> list[int]:
        """The first row of each task, and behind them how many rows there are."""
        if self._starts is None:
            self._starts = [0, *accumulate(self._sizes)]
        return self._starts

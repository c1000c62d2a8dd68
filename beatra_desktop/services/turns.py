"""Whose turn it is: songs wait here until few enough are in the making.

The service's own clients keep at most two tasks in flight (contract §9), and bursts are the usual
cause of refusals. What waits has not left: it can be put in another order or taken back.
"""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Final

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.services.tasks import Tasks

HOLDS_ITS_PLACE: Final = timedelta(minutes=30)
"""From when it was accepted, unless it has a deadline; a task nobody hears of blocks no others."""
STEP: Final = 0.001


class Turns:
    """`limit()` songs of a profile may be in the making at once; `send(task)` lets one go."""

    def __init__(
        self, tasks: Tasks, *, limit: Callable[[], int], send: Callable[[MusicTask], None]
    ) -> None:
        self._tasks = tasks
        self._limit = limit
        self._send = send
        self._waiting: set[TaskId] = set()
        self._live: set[TaskId] = set()
        self._is_advancing = False
        records = tasks.tasks
        records.inserted.connect(self._on_inserted)
        records.removing.connect(self._on_removing)
        records.changed.connect(self._on_changed)
        records.reset.connect(self._start_over)
        self._start_over()

    @property
    def waiting(self) -> list[MusicTask]:
        """Those that wait for their turn, the next one first."""
        line = [self._tasks.get(task_id) for task_id in self._waiting]
        return sorted(line, key=lambda task: (task.rank, task.created_at, task.id))

    def last_rank(self, now: datetime) -> float:
        """The rank of what is written now: behind all others."""
        last = max((task.rank for task in self.waiting), default=0.0)
        return max(now.timestamp(), last + STEP)

    def advance(self) -> None:
        """Send those whose turn it is; what changes by that asks for no other round."""
        if self._is_advancing:
            return
        self._is_advancing = True
        try:
            self._let_go()
        finally:
            self._is_advancing = False

    def _let_go(self) -> None:
        now = utc_now()
        live = [self._tasks.get(task_id) for task_id in self._live]
        busy = Counter(task.profile_id for task in live if _holds_a_place(task, now))
        for task in self.waiting:
            if busy[task.profile_id] < self._limit():
                busy[task.profile_id] += 1
                self._send(task)

    def move(self, task_id: TaskId, *, before: TaskId | None) -> None:
        """Put a waiting task before another one, or (None) at the end."""
        line = self.waiting
        moved = next((task for task in line if task.id == task_id), None)
        if moved is None or task_id == before:
            return
        line.remove(moved)
        places = [place for place, task in enumerate(line) if task.id == before]
        line.insert(places[0] if places else len(line), moved)
        self._number(line)

    def send_first(self, task_ids: Collection[TaskId]) -> None:
        """Put waiting tasks before all others; among themselves they keep their order."""
        self._number(sorted(self.waiting, key=lambda task: task.id not in task_ids))

    def _number(self, line: list[MusicTask]) -> None:
        """Give the ranks the line has to its tasks in their new order."""
        ranks = sorted(task.rank for task in line)
        for place in range(1, len(ranks)):
            ranks[place] = max(ranks[place], ranks[place - 1] + STEP)
        for task, rank in zip(line, ranks, strict=True):
            if task.rank != rank:
                self._tasks.put(replace(task, rank=rank))

    def _start_over(self) -> None:
        self._waiting.clear()
        self._live.clear()
        for task in self._tasks.tasks:
            self._note(task)

    def _on_inserted(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._note(self._tasks.tasks[row])

    def _on_removing(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._forget(self._tasks.tasks[row].id)

    def _on_changed(self, row: int) -> None:
        """A place may have become free: by an end, or by the time that has passed."""
        self._note(self._tasks.tasks[row])
        if self._waiting:
            self.advance()

    def _note(self, task: MusicTask) -> None:
        self._forget(task.id)
        if task.status is TaskStatus.WAITING:
            self._waiting.add(task.id)
        elif task.status is TaskStatus.SUBMITTING or task.status.is_at_service:
            self._live.add(task.id)

    def _forget(self, task_id: TaskId) -> None:
        self._waiting.discard(task_id)
        self._live.discard(task_id)


def _holds_a_place(task: MusicTask, now: datetime) -> bool:
    if task.status is TaskStatus.SUBMITTING:
        return True
    end = task.deadline_at or (task.submitted_at or task.created_at) + HOLDS_ITS_PLACE
    return task.status.is_at_service and now < end

"""Whose turn it is: a few uploads move at once, the others wait in an order that can be changed."""

import asyncio
import heapq
from collections import defaultdict
from collections.abc import Callable, Coroutine
from typing import Any

from beatra_desktop.domain.ids import UploadId
from beatra_desktop.services.supervisor import Supervisor

Work = Callable[[], Coroutine[Any, Any, None]]


class Turns:
    """Starts what waits, the lowest `rank` first, at most `limit()` at once in each `lane`.

    What is stuck in one lane holds up no other. Of those with the same `content` only one moves at
    a time; None is like nothing else. What `is_held` stays where it is and holds up no other, until
    `review`.
    """

    def __init__(
        self,
        supervisor: Supervisor,
        *,
        name: str,
        limit: Callable[[], int],
        rank: Callable[[UploadId], float],
        lane: Callable[[UploadId], object] = lambda _: None,
        content: Callable[[UploadId], object] = lambda _: None,
        is_held: Callable[[UploadId], bool] = lambda _: False,
    ) -> None:
        self._supervisor = supervisor
        self._name = name
        self._limit = limit
        self._rank = rank
        self._lane = lane
        self._content = content
        self._is_held = is_held
        self._waiting: dict[UploadId, Work] = {}
        # With entries whose upload went or was moved since: they are dropped when they come up.
        self._queues: defaultdict[object, list[tuple[float, UploadId]]] = defaultdict(list)
        self._held: defaultdict[object, list[tuple[float, UploadId]]] = defaultdict(list)
        self._running: dict[UploadId, asyncio.Task[None]] = {}
        self._moving: dict[asyncio.Task[None], tuple[object, object]] = {}

    def __contains__(self, upload_id: object) -> bool:
        return upload_id in self._waiting or upload_id in self._running

    def add(self, upload_id: UploadId, work: Work) -> None:
        """Do `work()` when it is the upload's turn."""
        self._waiting[upload_id] = work
        self.reorder(upload_id)
        self._advance()

    def reorder(self, upload_id: UploadId) -> None:
        """Take note of an upload's new rank."""
        if upload_id in self._waiting:
            queue = self._queues[self._lane(upload_id)]
            heapq.heappush(queue, (self._rank(upload_id), upload_id))

    def drop(self, upload_id: UploadId) -> None:
        """Take an upload out; what it does is cancelled, and writes nothing more."""
        self._waiting.pop(upload_id, None)
        if running := self._running.pop(upload_id, None):
            running.cancel()

    def review(self) -> None:
        """Look anew at what may start: call it when limit or holds have changed."""
        held, self._held = self._held, defaultdict(list)
        for lane, entries in held.items():
            for entry in entries:
                heapq.heappush(self._queues[lane], entry)
        self._advance()

    def _advance(self) -> None:
        for lane in list(self._queues):
            while self._has_room(lane) and (upload_id := self._next(lane)) is not None:
                self._start(upload_id, self._waiting.pop(upload_id))

    def _has_room(self, lane: object) -> bool:
        return sum(busy == lane for busy, _ in self._moving.values()) < self._limit()

    def _next(self, lane: object) -> UploadId | None:
        queue = self._queues[lane]
        moving = {content for _, content in self._moving.values()} - {None}
        passed_over = []
        found = None
        while queue and found is None:
            rank, upload_id = heapq.heappop(queue)
            if upload_id not in self._waiting or rank != self._rank(upload_id):
                continue
            if self._is_held(upload_id):
                self._held[lane].append((rank, upload_id))
            elif self._content(upload_id) in moving:
                passed_over.append((rank, upload_id))
            else:
                found = upload_id
        for entry in passed_over:
            heapq.heappush(queue, entry)
        return found

    def _start(self, upload_id: UploadId, work: Work) -> None:
        moving = self._supervisor.start(work(), name=f"{self._name} {upload_id}")
        self._running[upload_id] = moving
        self._moving[moving] = self._lane(upload_id), self._content(upload_id)
        moving.add_done_callback(lambda _: self._on_done(upload_id, moving))

    def _on_done(self, upload_id: UploadId, moved: "asyncio.Task[None]") -> None:
        del self._moving[moved]
        was_dropped = self._running.get(upload_id) is not moved
        if not was_dropped:
            del self._running[upload_id]
        # Cancelled from outside, the app is closing: what waits goes on after the next start.
        if was_dropped or not moved.cancelled():
            self._advance()

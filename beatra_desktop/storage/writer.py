"""The one thread that writes: jobs in order, all that wait in one transaction.

Nothing is dropped while the disk is full or the file is locked: the jobs stay where they are and
are tried again, with growing pauses, until they work or the writer is closed.
"""

import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.errors import StorageError, from_sqlite

Job = Callable[[sqlite3.Connection], None]

FIRST_PAUSE_SECONDS: Final = 0.1
LONGEST_PAUSE_SECONDS: Final = 5.0
MISTAKES: Final = (
    sqlite3.Error, ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError,
    TypeError, ValueError,
)  # fmt: skip
"""What a job raises that can never succeed."""

_log = logging.getLogger(__name__)


class _Barrier(Struct, frozen=True):
    """Waits for the jobs up to number `upto`."""

    upto: int
    future: "Future[None]" = field(default_factory=Future)


class Writer:
    """`on_error` is called on the writer's thread, once for each new problem.

    `mend` makes the search index anew, which is derived data and must not hold up the rest.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        on_error: Callable[[StorageError], None],
        *,
        mend: Job,
    ) -> None:
        self._connection = connection
        self._path = path
        self._log = path.with_name(f"{path.name}-wal")
        self._on_error = on_error
        self._mend = mend
        self._is_mending = False
        self._changed = threading.Condition()
        self._jobs: deque[Job] = deque()
        self._done = 0
        self._barriers: list[_Barrier] = []
        self._bugs: dict[int, StorageError] = {}
        self._problem: StorageError | None = None
        self._pause_seconds = 0.0
        self._is_wanted_now = False
        self._give_up_at: float | None = None
        self._is_closed = False
        self._thread = threading.Thread(target=self._run, name="storage writer", daemon=True)
        self._thread.start()

    def write(self, job: Job) -> None:
        """Put a job at the end; RuntimeError after `close`.

        It may run more than once, when its transaction fails, so it must do nothing but SQL.
        """
        with self._changed:
            self._refuse_when_closed()
            self._jobs.append(job)
            self._changed.notify_all()

    def barrier(self) -> "Future[None]":
        """Done when all jobs written so far are committed.

        Fails with the StorageError of the next failed attempt, or of a job among them that could
        never succeed. While attempts fail, asking for a barrier starts the next one at once.
        """
        with self._changed:
            self._refuse_when_closed()
            barrier = _Barrier(self._done + len(self._jobs))
            barrier.future.set_running_or_notify_cancel()
            self._barriers.append(barrier)
            self._is_wanted_now = True
            settled = self._take_settled()
            self._changed.notify_all()
        _settle(settled)
        return barrier.future

    @property
    def is_idle(self) -> bool:
        with self._changed:
            return not self._jobs

    def close(self, patience_seconds: float) -> StorageError | None:
        """Write what waits, then stop; what kept it from being written within the time, if so."""
        with self._changed:
            self._give_up_at = time.monotonic() + patience_seconds
            self._is_wanted_now = True
            self._changed.notify_all()
        self._thread.join()
        return self._problem if self._jobs else None

    def _refuse_when_closed(self) -> None:
        if self._is_closed or self._give_up_at is not None:
            raise RuntimeError("the database is closed")

    def _run(self) -> None:
        try:
            while self._wait_for_jobs():
                self._attempt()
        finally:
            with self._changed:
                self._is_closed = True
                waiting, self._barriers = self._barriers, []
            self._refuse(waiting, self._problem)

    def _wait_for_jobs(self) -> bool:
        """False when there is nothing more to do, or no more hope."""
        with self._changed:
            if self._problem is not None:
                self._changed.wait_for(self._must_hurry, timeout=self._pause())
            self._changed.wait_for(lambda: self._jobs or self._give_up_at is not None)
            self._is_wanted_now = False
            return bool(self._jobs) and not (self._problem is not None and self._is_overdue())

    def _must_hurry(self) -> bool:
        return self._is_wanted_now or self._is_overdue()

    def _is_overdue(self) -> bool:
        return self._give_up_at is not None and time.monotonic() >= self._give_up_at

    def _pause(self) -> float:
        return FIRST_PAUSE_SECONDS if self._give_up_at is not None else self._pause_seconds

    def _attempt(self) -> None:
        with self._changed:
            batch = tuple(self._jobs)
        try:
            self._commit(batch)
        except sqlite3.Error as error:
            self._roll_back()
            if _is_index_damage(error) and not self._is_mending:
                _log.error("The search index is damaged and is made anew")
                self._is_mending = True
                return
            problem = from_sqlite(error, self._path)
            self._fail(problem or StorageError(StorageProblem.IO, self._path, detail=str(error)))
        else:
            self._succeed(len(batch))

    def _commit(self, batch: Iterable[Job]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        if self._is_mending:
            self._mend(self._connection)
        for number, job in enumerate(batch, self._done + 1):
            if number not in self._bugs:
                self._run_job(number, job)
        self._connection.execute("COMMIT")
        self._is_mending = False
        if not self._log.exists():
            # Somebody removed it: what it holds would be gone with this process.
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _run_job(self, number: int, job: Job) -> None:
        self._connection.execute("SAVEPOINT job")
        try:
            job(self._connection)
        except MISTAKES as error:
            if from_sqlite(error, self._path) is not None:
                raise
            _log.exception("A change was left out of the database")
            self._connection.execute("ROLLBACK TO job")
            self._note_bug(number, error)
        self._connection.execute("RELEASE job")

    def _note_bug(self, number: int, error: Exception) -> None:
        bug = StorageError(StorageProblem.BUG, self._path, detail=type(error).__name__)
        bug.__cause__ = error
        with self._changed:
            self._bugs[number] = bug
        self._tell(bug)

    def _roll_back(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            _log.warning("A failed transaction could not be rolled back", exc_info=True)

    def _fail(self, problem: StorageError) -> None:
        with self._changed:
            is_new = self._problem is None or self._problem.reason is not problem.reason
            longer = max(FIRST_PAUSE_SECONDS, 2 * self._pause_seconds)
            self._pause_seconds = min(longer, LONGEST_PAUSE_SECONDS)
            self._problem = problem
            waiting, self._barriers = self._barriers, []
        self._refuse(waiting, problem)
        if is_new:
            self._tell(problem)

    def _succeed(self, count: int) -> None:
        with self._changed:
            for _ in range(count):
                self._jobs.popleft()
            self._done += count
            self._problem = None
            self._pause_seconds = 0.0
            settled = self._take_settled()
        _settle(settled)

    def _take_settled(self) -> "list[tuple[_Barrier, StorageError | None]]":
        """The barriers whose jobs are done, each with the bug it must not hide."""
        ready = [barrier for barrier in self._barriers if barrier.upto <= self._done]
        self._barriers = [barrier for barrier in self._barriers if barrier.upto > self._done]
        settled = [(barrier, self._bug_upto(barrier.upto)) for barrier in ready]
        told = max((barrier.upto for barrier in ready), default=0)
        self._bugs = {number: bug for number, bug in self._bugs.items() if number > told}
        return settled

    def _bug_upto(self, upto: int) -> StorageError | None:
        return next((bug for number, bug in self._bugs.items() if number <= upto), None)

    def _refuse(self, barriers: Iterable[_Barrier], problem: StorageError | None) -> None:
        for barrier in barriers:
            error = problem or StorageError(StorageProblem.IO, self._path, detail="closed")
            barrier.future.set_exception(error)

    def _tell(self, problem: StorageError) -> None:
        try:
            self._on_error(problem)
        except RuntimeError:  # the event loop it reports to may be closed already
            _log.exception("A storage problem could not be reported")


def _is_index_damage(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CORRUPT_VTAB


def _settle(barriers: "Iterable[tuple[_Barrier, StorageError | None]]") -> None:
    for barrier, bug in barriers:
        if bug is None:
            barrier.future.set_result(None)
        else:
            barrier.future.set_exception(bug)

"""asyncio on Qt's event loop; the only place that knows qasync."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import Any, Final, TypeVar

import PySide6  # noqa: F401  # qasync takes the first Qt binding that was imported
import qasync
from PySide6.QtCore import QCoreApplication, QObject, QTimerEvent

T = TypeVar("T")

WORKER_THREADS: Final = 6


class EventLoop(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """qasync's loop with worker threads that start only when needed.

    What was to happen later and is canceled is forgotten at once. qasync keeps it, with its timer,
    until it would have happened: a time limit of a minute around each read of a stream is canceled
    some hundred times a second.
    """

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._later = _Later()
        workers = ThreadPoolExecutor(WORKER_THREADS, thread_name_prefix="worker")
        self.set_default_executor(workers)

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.Handle:
        if delay <= 0:
            now: asyncio.Handle = super().call_later(delay, callback, *args, context=context)
            return now
        return self._later.add(
            asyncio.TimerHandle(self.time() + delay, callback, args, self, context), delay
        )

    def close(self) -> None:
        super().close()
        self._later.clear()

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """asyncio's own hook."""
        self._later.forget(handle)


class _Later(QObject):
    """Runs handles after a while, each by a timer of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._handles: dict[int, asyncio.TimerHandle] = {}
        self._timers: dict[int, int] = {}

    def add(self, handle: asyncio.TimerHandle, seconds: float) -> asyncio.TimerHandle:
        timer = self.startTimer(int(seconds * 1000))
        self._handles[timer] = handle
        self._timers[id(handle)] = timer
        return handle

    def forget(self, handle: asyncio.TimerHandle) -> None:
        timer = self._timers.pop(id(handle), None)
        if timer is not None:
            self.killTimer(timer)
            del self._handles[timer]

    def clear(self) -> None:
        for handle in list(self._handles.values()):
            self.forget(handle)

    def timerEvent(self, event: QTimerEvent) -> None:
        handle = self._handles.get(event.timerId())
        if handle is not None:
            self.forget(handle)
            handle._run()


def run(main: Coroutine[Any, Any, T], application: QCoreApplication) -> T:
    """Run `main` to its end on a loop that also serves the application's windows."""
    with asyncio.Runner(loop_factory=lambda: EventLoop(application)) as runner:
        return runner.run(main)

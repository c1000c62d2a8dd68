"""asyncio on Qt's event loop; the only place that knows qasync."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import Any, Final, TypeVar

import PySide6  # noqa: F401  # qasync takes the first Qt binding that was imported
import qasync
from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QTimerEvent

T = TypeVar("T")

WORKER_THREADS: Final = 6


class EventLoop(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """qasync's loop with worker threads that start only when needed.

    What is to happen soon shares a timer, and sockets keep their notifiers, where qasync makes one
    for each call and each read. What was to happen later and is canceled is forgotten at once;
    qasync keeps it, with its timer, until it would have happened: a time limit of a minute around
    each read of a stream is canceled some hundred times a second.
    """

    def __init__(self, application: QCoreApplication) -> None:
        self._later = _Later()
        self._soon = _Soon()
        self._readers = _Watch(QSocketNotifier.Type.Read, self._is_open)
        self._writers = _Watch(QSocketNotifier.Type.Write, self._is_open)
        super().__init__(application)
        workers = ThreadPoolExecutor(WORKER_THREADS, thread_name_prefix="worker")
        self.set_default_executor(workers)

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        self._check_closed()
        return self._soon.add(asyncio.Handle(callback, args, self, context))

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.Handle:
        if delay <= 0:
            return self.call_soon(callback, *args, context=context)
        return self._later.add(
            asyncio.TimerHandle(self.time() + delay, callback, args, self, context), delay
        )

    def close(self) -> None:
        super().close()
        self._later.clear()
        self._soon.clear()
        self._readers.clear()
        self._writers.clear()

    def _add_reader(self, fd: int, callback: Callable[..., object], *args: Any) -> asyncio.Handle:
        return self._readers.begin(fd, asyncio.Handle(callback, args, self))

    def _remove_reader(self, fd: int) -> bool:
        return self._readers.end(fd)

    def _add_writer(self, fd: int, callback: Callable[..., object], *args: Any) -> asyncio.Handle:
        return self._writers.begin(fd, asyncio.Handle(callback, args, self))

    def _remove_writer(self, fd: int) -> bool:
        return self._writers.end(fd)

    def _is_open(self, fd: int) -> bool:
        """Whether it is a connection's socket that may be waited for again."""
        transport = self._transports.get(fd)
        return transport is not None and not transport.is_closing()

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """asyncio's own hook."""
        self._later.forget(handle)


class _Soon(QObject):
    """Runs handles in the next turn of Qt's loop, by one timer for all that are there by then.

    Handles that are still to be run have a timer that is not firing: of one that is, Qt fires no
    second time in a loop that a handle begins.
    """

    def __init__(self) -> None:
        super().__init__()
        self._handles: deque[asyncio.Handle] = deque()
        self._timer = 0

    def add(self, handle: asyncio.Handle) -> asyncio.Handle:
        self._handles.append(handle)
        self._start()
        return handle

    def clear(self) -> None:
        self._handles.clear()
        self._stop()

    def timerEvent(self, _event: QTimerEvent) -> None:
        self._stop()
        for _ in range(len(self._handles)):
            self._run_next()

    def _run_next(self) -> None:
        if not self._handles:
            return
        handle = self._handles.popleft()
        if self._handles:
            self._start()
        if not handle.cancelled():
            handle._run()

    def _start(self) -> None:
        if not self._timer:
            self._timer = self.startTimer(0)

    def _stop(self) -> None:
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0


class _Watch:
    """Sockets that are waited for in one direction.

    A notifier is kept for the next time: httpx stops waiting after each read, and a new one each
    time would cost more than the read. One of a socket that is being closed goes.
    """

    def __init__(self, kind: QSocketNotifier.Type, is_open: Callable[[int], bool]) -> None:
        self._kind = kind
        self._is_open = is_open
        self._notifiers: dict[int, _Notifier] = {}

    def begin(self, fd: int, handle: asyncio.Handle) -> asyncio.Handle:
        """Run the handle each time the socket is ready, instead of another."""
        self.end(fd)
        if fd not in self._notifiers:
            self._notifiers[fd] = _Notifier(fd, self._kind)
        self._notifiers[fd].begin(handle)
        return handle

    def end(self, fd: int) -> bool:
        """Whether the socket was waited for."""
        notifier = self._notifiers.get(fd)
        if notifier is not None and not self._is_open(fd):
            self._notifiers.pop(fd).deleteLater()
        return notifier is not None and notifier.end()

    def clear(self) -> None:
        """Let go of all now: collected with the loop, they might go in any thread."""
        for notifier in self._notifiers.values():
            notifier.end()
        self._notifiers.clear()


class _Notifier(QSocketNotifier):
    def __init__(self, fd: int, kind: QSocketNotifier.Type) -> None:
        super().__init__(fd, kind)
        self._handle: asyncio.Handle | None = None
        self.activated.connect(self._on_activated)

    def begin(self, handle: asyncio.Handle) -> None:
        self._handle = handle
        self.setEnabled(True)

    def end(self) -> bool:
        handle, self._handle = self._handle, None
        if handle is None:
            return False
        self.setEnabled(False)
        handle.cancel()
        return True

    def _on_activated(self) -> None:
        if self._handle is not None:
            self._handle._run()


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

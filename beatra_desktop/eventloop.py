"""asyncio on Qt's event loop; the only place that knows qasync."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

import PySide6  # noqa: F401  # qasync takes the first Qt binding that was imported
import qasync
from PySide6.QtCore import QCoreApplication

T = TypeVar("T")

WORKER_THREADS: Final = 6


class EventLoop(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """qasync's loop with worker threads that start only when needed."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        workers = ThreadPoolExecutor(WORKER_THREADS, thread_name_prefix="worker")
        self.set_default_executor(workers)


def run(main: Coroutine[Any, Any, T], application: QCoreApplication) -> T:
    """Run `main` to its end on a loop that also serves the application's windows."""
    with asyncio.Runner(loop_factory=lambda: EventLoop(application)) as runner:
        return runner.run(main)

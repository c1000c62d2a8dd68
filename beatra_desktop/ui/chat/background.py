"""Values that take too long for the GUI thread: made in one worker thread, kept, announced."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from time import monotonic
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

KEPT_VALUES: Final = 500

KeyT = TypeVar("KeyT", bound=Hashable)
ValueT = TypeVar("ValueT")


class _Messenger(QObject):
    """Carries a result from the worker to the GUI thread."""

    finished = Signal(object, object)


class BackgroundCache(Generic[KeyT, ValueT]):
    """`get` answers at once: the value, or None while it is being made or when it cannot be.

    `make` runs in a worker thread and may raise; the value then counts as failed. `on_ready(key)`
    is called on the GUI thread after `get` has returned None for the key and an outcome is known.
    For `rest_seconds` from now on none is made, so that what else begins now is done first.
    """

    def __init__(
        self,
        make: Callable[[KeyT], ValueT],
        on_ready: Callable[[KeyT], None],
        *,
        rest_seconds: float = 0.0,
    ) -> None:
        self._make = make
        self._begin = monotonic() + rest_seconds
        self._on_ready = on_ready
        self._values: OrderedDict[KeyT, ValueT | None] = OrderedDict()
        self._pending: set[KeyT] = set()
        self._closed = Event()
        self._workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="transcript")
        self._messenger = _Messenger()
        self._messenger.finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def get(self, key: KeyT) -> ValueT | None:
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        if key not in self._pending and not self._closed.is_set():
            self._pending.add(key)
            self._workers.submit(self._made, key).add_done_callback(self._report(key))
        return None

    def is_pending(self, key: KeyT) -> bool:
        return key in self._pending

    @property
    def is_idle(self) -> bool:
        return not self._pending

    def close(self) -> None:
        """Forget what is not yet begun; what runs ends within milliseconds, and is not told."""
        self._closed.set()
        self._workers.shutdown(wait=True, cancel_futures=True)

    def _made(self, key: KeyT) -> ValueT:
        self._closed.wait(max(0.0, self._begin - monotonic()))
        return self._make(key)

    def _report(self, key: KeyT) -> Callable[[Future[ValueT]], None]:
        def report(future: Future[ValueT]) -> None:
            if not future.cancelled():
                made = None if future.exception() is not None else future.result()
                self._messenger.finished.emit(key, made)

        return report

    def _on_finished(self, key: KeyT, value: ValueT | None) -> None:
        if self._closed.is_set():
            return
        self._pending.discard(key)
        self._values[key] = value
        while len(self._values) > KEPT_VALUES:
            self._values.popitem(last=False)
        self._on_ready(key)

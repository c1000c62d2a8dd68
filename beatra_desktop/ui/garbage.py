"""When garbage is collected: by hand, for Python would do it in whatever thread allocates.

A collection on another thread would destroy Qt objects there.
"""

import gc
from collections.abc import Callable
from time import monotonic, thread_time
from typing import Final

from PySide6.QtCore import QObject, QTimer

COLLECT_MS: Final = 5000
RESTING_S: Final = 0.05
"""Of this thread's time between two looks: it is at rest as long as it takes less."""
LATEST_S: Final = 600.0
"""After so long all is looked through although the thread never rests."""


class GarbageCollector:
    """Looks through what is new every few seconds, and through all when nobody would notice.

    That takes a tenth of a second where much is on show. What there is at the first look is
    left out until `include_start`: a start leaves a tenth of a MB, and to find it takes 60 ms.
    """

    def __init__(self, parent: QObject, *, now: Callable[[], float] = monotonic) -> None:
        gc.disable()
        self._now = now
        self._spent_s = thread_time()
        self._collected_at: float | None = None
        self._has_worked = False
        self._timer = QTimer(parent, interval=COLLECT_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        is_resting = thread_time() - self._spent_s < RESTING_S
        if self._collected_at is None:
            gc.freeze()
            self._collected_at = self._now()
        elif (is_resting and self._has_worked) or self._now() - self._collected_at > LATEST_S:
            gc.collect()
            self._collected_at, self._has_worked = self._now(), False
        else:
            gc.collect(1)
            self._has_worked |= not is_resting
        self._spent_s = thread_time()


def include_start() -> None:
    """Look through what there was at the first look after all: much of it is to go."""
    gc.unfreeze()

"""Calls a painter at most once per frame, and less often when painting is dear."""

import math
from collections.abc import Callable
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

FRAME_MS: Final = 1000 / 60
SHARE: Final = 3
"""Rendering may take one part in so many of the thread's time."""


class FrameClock(QObject):
    """After `request`, calls `draw` once, when the next frame is due.

    `add_cost` reports time spent on the frame outside `draw`, such as the paint event.
    """

    def __init__(self, draw: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._draw = draw
        self._due = 0.0
        self._started = 0.0
        self._cost = 0.0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def request(self) -> None:
        if not self._timer.isActive():
            wait = self._due - perf_counter() * 1000
            self._timer.start(max(1, math.ceil(wait)))

    @property
    def is_waiting(self) -> bool:
        return self._timer.isActive()

    def add_cost(self, milliseconds: float) -> None:
        self._cost += milliseconds
        self._set_due()

    def _on_timeout(self) -> None:
        self._started = perf_counter() * 1000
        self._cost = 0.0
        self._due = self._started + FRAME_MS
        self._draw()
        self.add_cost(perf_counter() * 1000 - self._started)

    def _set_due(self) -> None:
        self._due = self._started + max(FRAME_MS, SHARE * self._cost)

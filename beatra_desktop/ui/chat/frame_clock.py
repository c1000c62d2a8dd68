"""Calls a painter at most once per frame, and less often when painting is dear."""

import math
from collections.abc import Callable
from time import perf_counter, thread_time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

FRAME_MS: Final = 1000 / 60
SHARE: Final = 3
"""Rendering may take one part in so many of the thread's time."""
REST_MS: Final = 50
"""How long nothing jumps before what a jump need not wait for is drawn."""


class FrameClock(QObject):
    """After `request`, calls `draw` once, when the next frame is due.

    Frames keep the beat of 60 a second and are never more. `add_cost` reports what the frame has
    cost outside `draw`, such as the paint event, in milliseconds of this thread's own time: what
    other programs take of the processor is no reason to draw less.
    """

    def __init__(self, draw: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._draw = draw
        self._beat = 0.0
        self._due = 0.0
        self._wanted = 0.0
        self._changed = 0.0
        self._started = 0.0
        self._cost = 0.0
        self._is_waiting = False
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_timeout)

    def request(self) -> None:
        self._start(perf_counter() * 1000, self._due)

    def request_later(self) -> None:
        """The same for what can wait until the part of this frame that is done is on screen."""
        now = perf_counter() * 1000
        self._start(now, max(self._due, now + FRAME_MS))

    def request_after_rest(self) -> None:
        """The same for what nobody wants before a rest: another call puts it off."""
        self._is_waiting = False
        now = perf_counter() * 1000
        self._start(now, now + REST_MS)

    def request_for_change(self, *, of_a_word: bool) -> None:
        """The same for one of many changes; words that come more slowly than frames share them.

        A frame costs nearly the same for one word as for two. After a rest nothing waits.
        """
        now = perf_counter() * 1000
        is_slow = of_a_word and now - self._changed > FRAME_MS
        self._changed = now
        self._start(now, self._due + FRAME_MS if is_slow else self._due)

    def takes_along(self) -> bool:
        """Whether a frame waits that will draw this change too, as most of many changes find one.

        If none does, it has to be requested.
        """
        if self._is_waiting:
            self._changed = perf_counter() * 1000
        return self._is_waiting

    @property
    def is_waiting(self) -> bool:
        return self._is_waiting

    def add_cost(self, milliseconds: float) -> None:
        self._cost += milliseconds
        self._set_due()

    def _start(self, now: float, wanted: float) -> None:
        if not self._is_waiting:
            self._is_waiting = True
            self._wanted = wanted
            self._timer.start(max(1, math.ceil(wanted - now)))

    def _on_timeout(self) -> None:
        self._is_waiting = False
        self._started = perf_counter() * 1000
        self._cost = 0.0
        # counted from when the frame was due: a late one does not make all that follow late
        self._beat = max(self._wanted, self._started - FRAME_MS / 2)
        self._set_due()
        begun = thread_time()
        self._draw()
        self.add_cost((thread_time() - begun) * 1000)

    def _set_due(self) -> None:
        self._due = max(self._beat + FRAME_MS, self._started + SHARE * self._cost)

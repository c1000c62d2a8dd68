"""Long work on the GUI thread, done a little at a time, so that the window goes on meanwhile."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import pairwise
from time import perf_counter
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QTimer

SLICE_S: Final = 0.004
PART: Final = 2000
"""So many items are sorted in one step, about."""
SAMPLED: Final = 8
"""Items that are looked at to find one bound."""
ItemT = TypeVar("ItemT")


class Slices(QObject):
    """Goes through the steps of one work at a time; a step takes a few milliseconds at most."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Iterator[None] = iter(())
        self._done: Callable[[], None] | None = None
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)

    @property
    def are_left(self) -> bool:
        return self._done is not None

    def start(self, steps: Iterator[None], *, done: Callable[[], None]) -> None:
        """Begin at once, and call `done` at the end, which may come before this returns.

        What went on before is given up.
        """
        self._turn.stop()
        self._steps, self._done = steps, done
        self._go_on()

    def finish(self) -> None:
        """Do now all that is left."""
        for _ in self._steps:
            pass
        self._go_on()

    def _go_on(self) -> None:
        end = perf_counter() + SLICE_S
        for _ in self._steps:
            if perf_counter() >= end:
                self._turn.start()
                return
        self._turn.stop()
        done, self._done = self._done, None
        if done is not None:
            done()


def sorted_in_slices(
    items: Iterable[ItemT], *, key: Callable[[ItemT], Any], descending: bool = False
) -> Generator[None, None, list[ItemT]]:
    """`sorted(items, key=key, reverse=descending)`, just as stable, in steps.

    Each PART is sorted and cut at bounds drawn from among all, and what lies between two bounds is
    sorted again, which is quick for what is in order piece by piece. So no step is long, and
    nothing is left to merge. What equals a bound that was drawn twice is in order as it is.
    """
    whole, made = list(items), list[ItemT]()
    bounds = _bounds(whole, key)
    parts: list[list[ItemT]] = [[] for _ in range(len(bounds) + 1)]
    alike = {number for number, (a, b) in enumerate(pairwise(bounds), start=1) if a == b}
    for first in range(0, len(whole), PART):
        piece = sorted(whole[first : first + PART], key=key)
        cuts = [
            (bisect_right if number in alike else bisect_left)(piece, bound, key=key)
            for number, bound in enumerate(bounds)
        ]
        for part, (start, end) in zip(parts, pairwise([0, *cuts, len(piece)]), strict=True):
            part += piece[start:end]
        yield
    ordered = list(enumerate(parts))
    for number, part in reversed(ordered) if descending else ordered:
        if number not in alike:
            part.sort(key=key, reverse=descending)
        made += part
        yield
    return made


def _bounds(whole: list[ItemT], key: Callable[[ItemT], Any]) -> list[Any]:
    """As many as leave PART items between two, if it goes as in the sample."""
    count = len(whole) // PART
    sample = sorted(map(key, whole[:: max(1, len(whole) // (SAMPLED * count))])) if count else []
    return [sample[len(sample) * part // (count + 1)] for part in range(1, count + 1)]

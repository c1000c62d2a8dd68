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

    They are dealt out between bounds drawn from among them, so that each part is short and nothing
    is left to merge. What is a bound twice is a part of its own, however long, and in order as it
    is. Keys are hashable.
    """
    whole, made = list(items), list[ItemT]()
    bounds = _bounds(whole, key)
    parts: list[list[ItemT]] = [[] for _ in range(len(bounds) + 1)]
    alike = {b: bisect_left(bounds, b) + 1 for b, after in pairwise(bounds) if b == after}
    for first in range(0, len(whole), PART):
        for item in whole[first : first + PART]:
            rank = key(item)
            parts[alike.get(rank) or bisect_right(bounds, rank)].append(item)
        yield
    ordered, in_order = list(enumerate(parts)), set(alike.values())
    for number, part in reversed(ordered) if descending else ordered:
        if number not in in_order:
            part.sort(key=key, reverse=descending)
        made += part
        yield
    return made


def _bounds(whole: list[ItemT], key: Callable[[ItemT], Any]) -> list[Any]:
    """As many as leave PART items between two, if it goes as in the sample."""
    count = len(whole) // PART
    sample = sorted(map(key, whole[:: max(1, len(whole) // (SAMPLED * count))])) if count else []
    return [sample[len(sample) * part // (count + 1)] for part in range(1, count + 1)]

import gc
import weakref
from collections.abc import Iterator
from time import thread_time

import pytest
from PySide6.QtCore import QObject

from beatra_desktop.ui.garbage import LATEST_S, RESTING_S, GarbageCollector


class Knot:
    """Holds itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def moment() -> list[float]:
    return [0.0]


@pytest.fixture
def collector(qapp: object, moment: list[float]) -> Iterator[GarbageCollector]:
    gc.enable()
    parent = QObject()
    collector = GarbageCollector(parent, now=lambda: moment[0])
    collector.collect()
    yield collector
    gc.unfreeze()


def work() -> None:
    begun = thread_time()
    while thread_time() - begun < RESTING_S * 1.2:
        pass


def knot() -> "weakref.ref[Knot]":
    return weakref.ref(Knot())


def old_knot(collector: GarbageCollector) -> "weakref.ref[Knot]":
    """One that was looked at while somebody held it, in a busy time."""
    held = Knot()
    work()
    collector.collect()
    return weakref.ref(held)


def test_garbage_is_collected_on_the_gui_thread_only(collector: GarbageCollector) -> None:
    assert not gc.isenabled()


def test_what_is_new_is_looked_through_also_in_a_busy_time(collector: GarbageCollector) -> None:
    new = knot()
    work()
    collector.collect()
    assert new() is None


def test_the_rest_is_looked_through_when_the_thread_rests(collector: GarbageCollector) -> None:
    old = old_knot(collector)
    work()
    collector.collect()
    assert old() is not None
    collector.collect()
    assert old() is None


def test_without_a_rest_it_is_looked_through_after_a_while(
    collector: GarbageCollector, moment: list[float]
) -> None:
    old = old_knot(collector)
    work()
    moment[0] += LATEST_S + 1
    collector.collect()
    assert old() is None


def test_after_a_rest_there_is_nothing_to_do(collector: GarbageCollector) -> None:
    old_knot(collector)
    looks = gc.get_stats()[2]["collections"]
    for _ in range(3):
        collector.collect()
    assert gc.get_stats()[2]["collections"] == looks + 1

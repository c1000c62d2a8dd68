"""Long work in steps: the same result as in one go, and only one work at a time."""

import random
from collections.abc import Iterator
from operator import itemgetter

import pytest
from pytestqt.qtbot import QtBot

from beatra_desktop.ui import slices
from beatra_desktop.ui.slices import Slices, sorted_in_slices


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 99, 500])
@pytest.mark.parametrize("kinds", [1, 3, 1000])
@pytest.mark.parametrize("descending", [False, True])
def test_sorting_in_slices_is_sorting(
    monkeypatch: pytest.MonkeyPatch, count: int, kinds: int, descending: bool
) -> None:
    monkeypatch.setattr(slices, "PART", 10)
    chance = random.Random(count)
    items = [(chance.randrange(kinds), number) for number in range(count)]
    assert _result(items, descending) == sorted(items, key=itemgetter(0), reverse=descending)


def _result(items: list[tuple[int, int]], descending: bool) -> list[tuple[int, int]]:
    steps = sorted_in_slices(items, key=itemgetter(0), descending=descending)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return list(end.value)


def test_a_new_work_takes_the_place_of_the_old(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    told: list[str] = []

    def work(name: str) -> Iterator[None]:
        for step in range(3):
            told.append(f"{name}{step}")
            yield

    made = Slices()
    made.start(work("a"), done=lambda: told.append("a done"))
    assert (told, made.are_left) == (["a0"], True)
    made.start(work("b"), done=lambda: told.append("b done"))
    qtbot.waitUntil(lambda: not made.are_left)
    assert told == ["a0", "b0", "b1", "b2", "b done"]


def test_what_is_left_can_be_done_at_once(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    told: list[str] = []
    made = Slices()
    made.start(iter([None] * 5), done=lambda: told.append("done"))
    assert told == []
    made.finish()
    assert (told, made.are_left) == (["done"], False)
    made.finish()
    assert told == ["done"]

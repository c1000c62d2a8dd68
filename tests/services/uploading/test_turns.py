"""Whose turn it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from beatra_desktop.domain.ids import UploadId
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.uploading.turns import Turns

pytestmark = pytest.mark.asyncio


@dataclass
class _Bench:
    """Works that run until they are let go, and the order they began in."""

    turns: Turns = field(init=False)
    limit: int = 1
    ranks: dict[str, float] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    began: list[str] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)

    def add(self, name: str, rank: float) -> None:
        self.ranks[name] = rank
        self.gates[name] = asyncio.Event()
        self.turns.add(UploadId(name), lambda: self._work(name))

    async def end(self, *names: str) -> None:
        for name in names:
            self.gates[name].set()
        for _ in range(10):
            await asyncio.sleep(0)

    async def _work(self, name: str) -> None:
        self.began.append(name)
        try:
            await self.gates[name].wait()
        except asyncio.CancelledError:
            self.cancelled.append(name)
            raise


@asynccontextmanager
async def _open(**fields: Any) -> AsyncIterator[_Bench]:
    bugs: list[BaseException] = []
    bench = _Bench(**fields)
    async with Supervisor(lambda error, _: bugs.append(error)) as supervisor:
        bench.turns = Turns(
            supervisor,
            name="test",
            limit=lambda: bench.limit,
            rank=lambda upload_id: bench.ranks[upload_id],
            lane=lambda upload_id: bench.lanes.get(upload_id),
            content=lambda upload_id: bench.contents.get(upload_id),
            is_held=lambda upload_id: upload_id in bench.held,
        )
        yield bench
    assert not bugs


async def test_the_lowest_rank_goes_first_and_no_more_than_the_limit() -> None:
    async with _open(limit=2) as bench:
        for name, rank in (("c", 3), ("b", 2), ("a", 1), ("d", 4)):
            bench.add(name, rank)
        await bench.end()
        assert bench.began == ["c", "b"], "the others came later"
        await bench.end("c")
        assert bench.began == ["c", "b", "a"]
        await bench.end("b", "a")
        assert bench.began == ["c", "b", "a", "d"]
        await bench.end("d")
        assert "d" not in bench.turns


async def test_what_is_stuck_in_one_lane_holds_up_no_other() -> None:
    async with _open(lanes={"far": "away", "farther": "away"}) as bench:
        for name, rank in (("far", 1), ("farther", 2), ("near", 3), ("next", 4)):
            bench.add(name, rank)
        await bench.end()
        assert bench.began == ["far", "near"]
        await bench.end("near")
        assert bench.began == ["far", "near", "next"]
        await bench.end("far", "next", "farther")
        assert bench.began[-1] == "farther"


async def test_a_changed_order_counts_for_what_has_not_begun() -> None:
    async with _open() as bench:
        for name, rank in (("a", 1), ("b", 2), ("c", 3)):
            bench.add(name, rank)
        bench.ranks["c"] = 1.5
        bench.turns.reorder(UploadId("c"))
        bench.ranks["a"] = 9
        bench.turns.reorder(UploadId("a"))
        await bench.end("a", "c", "b")
        assert bench.began == ["a", "c", "b"]


async def test_a_higher_limit_counts_at_once_when_told() -> None:
    async with _open() as bench:
        bench.add("a", 1)
        bench.add("b", 2)
        await bench.end()
        assert bench.began == ["a"]
        bench.limit = 2
        bench.turns.review()
        await bench.end()
        assert bench.began == ["a", "b"]


async def test_equal_contents_move_one_after_the_other() -> None:
    async with _open(limit=3, contents={"a": "x", "b": "x"}) as bench:
        for name, rank in (("a", 1), ("b", 2), ("c", 3)):
            bench.add(name, rank)
        await bench.end()
        assert bench.began == ["a", "c"]
        await bench.end("a")
        assert bench.began == ["a", "c", "b"]


async def test_what_is_held_holds_up_no_other_and_goes_by_its_rank_when_let_go() -> None:
    async with _open(held={"a", "b"}) as bench:
        for name, rank in (("b", 2), ("a", 1), ("c", 3), ("d", 4)):
            bench.add(name, rank)
        await bench.end("c")
        assert bench.began == ["c", "d"]
        bench.ranks["a"] = 5
        bench.turns.reorder(UploadId("a"))
        bench.held.clear()
        bench.turns.review()
        await bench.end("d", "b", "a")
        assert bench.began == ["c", "d", "b", "a"]


async def test_what_is_dropped_makes_room_and_does_nothing_more() -> None:
    async with _open() as bench:
        for name, rank in (("a", 1), ("b", 2), ("c", 3)):
            bench.add(name, rank)
        await bench.end()
        bench.turns.drop(UploadId("b"))
        bench.turns.drop(UploadId("a"))
        assert not {"a", "b"} & {name for name in "abc" if name in bench.turns}
        await bench.end()
        assert bench.cancelled == ["a"]
        assert bench.began == ["a", "c"]


async def test_what_was_dropped_can_be_added_again_before_it_has_ended() -> None:
    async with _open() as bench:
        bench.add("a", 1)
        await bench.end()
        bench.turns.drop(UploadId("a"))
        bench.add("a", 1)
        await bench.end()
        assert bench.began == ["a", "a"]
        assert "a" in bench.turns
        await bench.end("a")
        assert "a" not in bench.turns


async def test_at_the_end_of_the_app_what_waits_is_not_started() -> None:
    async with _open() as bench:
        bench.add("a", 1)
        bench.add("b", 2)
        await bench.end()
    assert bench.began == ["a"]
    assert bench.cancelled == ["a"]
    assert "b" in bench.turns, "it was not even taken up"


async def test_thousands_wait_without_a_task_each() -> None:
    async with _open() as bench:
        before = len(asyncio.all_tasks())
        for number in range(5000):
            bench.add(str(number), number)
        assert len(asyncio.all_tasks()) == before + 1

"""Songs wait for their turn: few at once, in the user's order, taken back free of charge."""

from datetime import timedelta
from typing import Any

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.music import MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import RequestState
from tests.services.song_service import CREATE, Service, create, now, titles, until

pytestmark = pytest.mark.asyncio

WAITING, QUEUED = TaskStatus.WAITING, TaskStatus.QUEUED


def _waiting(bench: Any) -> list[str]:
    return titles(bench.services.music._turns.waiting)


async def _sent(bench: Any, stub: Any, number: int) -> None:
    await bench.until(lambda: len(stub.posts(CREATE)) == number)


def _line(bench: Any, *names: str) -> dict[str, MusicTask]:
    return {name: create(bench, name) for name in names}


async def test_only_so_many_are_in_the_making_and_the_next_goes_when_one_ends(
    making_songs: Any, service: Service
) -> None:
    async with making_songs() as (bench, stub):
        tasks = _line(bench, "a", "b", "c", "d")
        assert [now(bench, task).status for task in tasks.values()][2:] == [WAITING, WAITING]
        for name in ("a", "b"):
            await until(bench, tasks[name], QUEUED)
        assert len(stub.posts(CREATE)) == 2
        service.statuses = {"tsk_1": "succeeded"}
        await _sent(bench, stub, 3)
        assert service.created[2]["title"] == "c"
        assert _waiting(bench) == ["d"]


async def test_the_number_can_be_changed_while_songs_wait(
    making_songs: Any, service: Service
) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        _line(bench, "a", "b", "c", "d")
        await _sent(bench, stub, 1)
        bench.services.settings.change(parallel_songs=3)
        assert _waiting(bench) == ["d"]
        await _sent(bench, stub, 3)
        assert _waiting(bench) == ["d"]


async def test_those_whose_turn_comes_at_once_are_sent_once_each(making_songs: Any) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        tasks = _line(bench, "a", "b", "c", "d")
        sent = []
        bench.services.music.tasks.changed.connect(
            lambda row: sent.append(bench.services.music.tasks[row].status)
        )
        bench.services.settings.change(parallel_songs=4)
        assert sent == [TaskStatus.SUBMITTING] * 3
        for task in tasks.values():
            await until(bench, task, QUEUED)
        assert len(stub.posts(CREATE)) == 4


async def test_what_is_written_last_is_last_though_the_clock_went_back(making_songs: Any) -> None:
    async with making_songs(parallel_songs=1) as (bench, _stub):
        tasks, store = _line(bench, "a", "b", "c"), bench.services.music._tasks
        for name, hours in (("b", 1), ("c", 2)):
            ahead = (utc_now() + timedelta(hours=hours)).timestamp()
            store.put(replace(now(bench, tasks[name]), rank=ahead))
        create(bench, "d")
        assert _waiting(bench) == ["b", "c", "d"]


async def test_the_order_is_kept_where_all_have_the_same_rank(making_songs: Any) -> None:
    async with making_songs(parallel_songs=1) as (bench, _stub):
        tasks, music = _line(bench, "a", "b", "c", "d", "e"), bench.services.music
        for name in "bcde":
            music._tasks.put(replace(now(bench, tasks[name]), rank=7.0))
        music.send_first(tasks["e"].id)
        assert _waiting(bench) == ["e", "b", "c", "d"]
        first = now(bench, tasks["e"])
        music.move(tasks["c"].id, before=tasks["b"].id)
        assert _waiting(bench) == ["e", "c", "b", "d"]
        assert now(bench, tasks["e"]) is first, "what keeps its place is not written again"


async def test_what_is_taken_off_the_list_takes_no_other_out_of_the_line(
    making_songs: Any, service: Service
) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        tasks, music = _line(bench, "a", "b", "c", "d", "e"), bench.services.music
        for name in ("c", "e"):
            music.cancel(tasks[name].id)
            music.remove(tasks[name].id)
        assert _waiting(bench) == ["b", "d"]
        service.status = "failed"
        await _sent(bench, stub, 3)
        assert [asked["title"] for asked in service.created] == ["a", "b", "d"]


@pytest.mark.parametrize("number", [1, 40])  # one by one, and all in one change of the list
async def test_what_is_off_the_list_is_not_sent_until_it_is_back(
    number: int, making_songs: Any
) -> None:
    async with making_songs(parallel_songs=1) as (bench, _stub):
        store, names = bench.services.music._tasks, [f"{n:02}" for n in range(number)]
        create(bench, "first")
        tasks = _line(bench, *names)
        store.take_out(*tasks.values())
        assert _waiting(bench) == []
        store.put_back(*(task.id for task in tasks.values()))
        assert _waiting(bench) == names


async def test_what_waits_is_sent_in_the_order_it_was_given(
    making_songs: Any, service: Service
) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        tasks, music = _line(bench, "a", "b", "c", "d", "e"), bench.services.music
        music.move(tasks["e"].id, before=tasks["c"].id)
        assert _waiting(bench) == ["b", "e", "c", "d"]
        music.move(tasks["b"].id, before=None)
        assert _waiting(bench) == ["e", "c", "d", "b"]
        music.send_first(tasks["b"].id, tasks["d"].id)
        assert _waiting(bench) == ["d", "b", "e", "c"]
        music.move(tasks["a"].id, before=tasks["c"].id)  # it has left
        music.move(tasks["b"].id, before=tasks["b"].id)
        assert _waiting(bench) == ["d", "b", "e", "c"]
        service.status = "failed"
        await _sent(bench, stub, 5)
        assert [asked["title"] for asked in service.created] == ["a", "d", "b", "e", "c"]


async def test_the_order_outlives_a_restart(
    service: Service, open_stub: Any, open_bench: Any
) -> None:
    async with open_stub(service) as stub:
        async with open_bench(profile=stub.profile) as bench:
            bench.services.settings.change(parallel_songs=1)
            tasks = _line(bench, "a", "b", "c", "d")
            await until(bench, tasks["a"], QUEUED)
            bench.services.music.send_first(tasks["d"].id)
        async with open_bench(profile=stub.profile) as later:
            assert _waiting(later) == ["d", "b", "c"]
            service.status = "failed"
            await _sent(later, stub, 4)
        assert [asked["title"] for asked in service.created] == ["a", "d", "b", "c"]
        keys = {heard.headers["idempotency-key"] for heard in stub.posts(CREATE)}
        assert len(keys) == 4


async def test_what_waits_is_taken_back_without_a_word_to_the_service(
    making_songs: Any, service: Service
) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        tasks, music = _line(bench, "a", "b", "c"), bench.services.music
        await until(bench, tasks["a"], QUEUED)
        music.cancel(tasks["b"].id)
        taken = now(bench, tasks["b"])
        assert (taken.status, taken.remote_id) == (TaskStatus.CANCELED, None)
        request = music._outbox.find(taken.idempotency_key)
        assert request.state is RequestState.ABANDONED
        service.status = "failed"
        await until(bench, tasks["c"], TaskStatus.FAILED)
        assert [asked["title"] for asked in service.created] == ["a", "c"]
        assert stub.posts("/cancel") == []


async def test_what_goes_on_or_waits_can_not_be_removed(making_songs: Any) -> None:
    async with making_songs(parallel_songs=1) as (bench, _stub):
        tasks, music = _line(bench, "a", "b"), bench.services.music
        music.remove(tasks["a"].id, tasks["b"].id)
        assert len(music.tasks) == 2


async def test_each_service_has_its_own_line(
    making_songs: Any, service: Service, open_stub: Any, say: Any, tone: Any
) -> None:
    other = Service(say, tone.read_bytes())
    async with making_songs(parallel_songs=1) as (bench, stub), open_stub(other) as elsewhere:
        _line(bench, "a", "b")
        profiles = bench.services.profiles
        profiles.activate(profiles.add("Other", elsewhere.base_url).id)
        _line(bench, "x", "y")
        await _sent(bench, elsewhere, 1)
        await _sent(bench, stub, 1)
        assert _waiting(bench) == ["b", "y"]


async def test_a_song_nobody_hears_of_any_more_gives_its_place_up(
    making_songs: Any, service: Service
) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        tasks = _line(bench, "a", "b")
        stuck = await until(bench, tasks["a"], QUEUED)
        long_ago = utc_now() - timedelta(minutes=31)
        bench.services.music._tasks.put(replace(stuck, submitted_at=long_ago))
        await _sent(bench, stub, 2)
        assert now(bench, stuck).status is QUEUED


async def test_what_was_refused_waits_its_turn_when_it_is_tried_again(
    making_songs: Any, service: Service, say: Any
) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        refusal = say(402, {"error": {"code": "insufficient_balance", "message": "Too little"}})
        answer, service._create = service._create, lambda heard: refusal  # type: ignore[method-assign]  # for a while
        poor = await until(bench, create(bench, "poor"), TaskStatus.REFUSED)
        service._create = answer  # type: ignore[method-assign]  # for a while
        first = await until(bench, create(bench, "first"), QUEUED)
        bench.services.music.retry(poor.id)
        assert (now(bench, poor).status, now(bench, poor).failure) == (WAITING, None)
        service.statuses = {"tsk_1": "failed"}
        await until(bench, poor, QUEUED)
        assert now(bench, first).status is TaskStatus.FAILED
        keys = [heard.headers["idempotency-key"] for heard in stub.posts(CREATE)]
        assert keys[0] == keys[2] == poor.idempotency_key


async def test_a_crash_before_the_sending_leaves_it_in_the_line(
    service: Service, open_stub: Any, open_bench: Any
) -> None:
    async with open_stub(service) as stub:
        async with open_bench(profile=stub.profile) as bench:
            bench.services.settings.change(parallel_songs=1)
            tasks = _line(bench, "a", "b")
            await until(bench, tasks["a"], QUEUED)
            # As it stands when the app ends between the turn and the ledger's "sent".
            waiting = now(bench, tasks["b"])
            bench.services.music._tasks._repository.save_task(
                replace(waiting, status=TaskStatus.SUBMITTING)
            )
        async with open_bench(profile=stub.profile) as later:
            assert now(later, tasks["b"]).status is WAITING
            service.status = "failed"
            await _sent(later, stub, 2)


async def test_a_deadline_tells_how_long_a_song_holds_its_place(making_songs: Any) -> None:
    async with making_songs(parallel_songs=1) as (bench, stub):
        tasks, store = _line(bench, "a", "b"), bench.services.music._tasks
        first = await until(bench, tasks["a"], QUEUED)
        old, soon = utc_now() - timedelta(hours=1), utc_now() + timedelta(hours=1)
        store.put(replace(first, submitted_at=old, deadline_at=soon))
        assert _waiting(bench) == ["b"]
        store.put(replace(first, submitted_at=utc_now(), deadline_at=old))
        assert _waiting(bench) == []
        await _sent(bench, stub, 2)


async def test_a_place_is_held_from_the_acceptance_however_long_it_waited(
    making_songs: Any,
) -> None:
    async with making_songs(parallel_songs=1) as (bench, _stub):
        tasks, store = _line(bench, "a", "b"), bench.services.music._tasks
        first = await until(bench, tasks["a"], QUEUED)
        old = utc_now() - timedelta(hours=1)
        store.put(replace(first, created_at=old, submitted_at=utc_now()))
        assert _waiting(bench) == ["b"]
        store.put(replace(first, created_at=old, submitted_at=None))
        assert _waiting(bench) == []

"""A lost create request is looked for at the service and never sent again."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest

from beatra_desktop.api.types import Task as WireTask
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.music import MusicPrompt, MusicTask, Reference, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import RequestState, Wait
from beatra_desktop.services.reconciling import _is_alike
from tests.services.song_service import CREATE, Service, age, create, now, until

pytestmark = pytest.mark.asyncio
_SIDES = ("after", "before")


@pytest.fixture
def losing(making_songs: Any, service: Service) -> Any:
    """A bench on a service that keeps no metadata, and songs of which no answer came back."""

    @asynccontextmanager
    async def opened(*titles: str) -> Any:
        service.keeps_metadata = False
        async with making_songs(parallel_songs=4) as (bench, stub):
            service.loses_answers = True
            tasks = [create(bench, title) for title in titles]
            for task in tasks:
                await until(bench, task, TaskStatus.UNKNOWN)
                age(bench, task)
            service.loses_answers = False
            yield bench, stub, [now(bench, task) for task in tasks]

    return opened


def _state(bench: Any, task: MusicTask) -> RequestState:
    state: RequestState = bench.services.music._outbox.find(task.idempotency_key).state
    return state


def _code(bench: Any, task: MusicTask) -> FailureCode | None:
    failure = now(bench, task).failure
    return failure.code if failure is not None else None


def _subject(bench: Any, task: MusicTask) -> str | None:
    failure = now(bench, task).failure
    return failure.subject if failure is not None else None


def _listings(stub: Any) -> list[dict[str, str]]:
    """What the service was asked to list."""
    paths = [heard.path.partition("?") for heard in stub.heard]
    return [dict(parse_qsl(query)) for path, _, query in paths if path == "/v1/tasks"]


async def _asked(bench: Any, task: MusicTask) -> list[str]:
    await bench.until(lambda: task.id in bench.services.music.candidates.value)
    return [found.remote_id for found in bench.services.music.candidates.value[task.id]]


async def test_without_metadata_what_was_asked_for_tells_which_it_is(losing: Any) -> None:
    async with losing("Lamps", "Rain") as (bench, stub, [lamps, rain]):
        bench.services.resume()
        for task, remote_id in ((lamps, "tsk_1"), (rain, "tsk_2")):
            found = await until(bench, task, TaskStatus.QUEUED)
            assert found.remote_id == remote_id
            assert _state(bench, task) is RequestState.CREATED
        assert len(stub.posts(CREATE)) == 2


async def test_while_it_is_looked_for_the_record_says_so(losing: Any) -> None:
    async with losing("Lamps") as (bench, _stub, [task]):
        bench.services.resume()
        checking = now(bench, task)
        assert (checking.status, checking.failure) == (TaskStatus.UNKNOWN, None)
        await until(bench, task, TaskStatus.QUEUED)


async def test_what_was_canceled_on_its_way_is_canceled_once_it_is_found(losing: Any) -> None:
    async with losing("Lamps") as (bench, stub, [task]):
        bench.services.music._tasks.put(replace(task, cancel_requested_at=utc_now()))
        bench.services.resume()
        await bench.until(lambda: stub.posts("/tasks/tsk_1/cancel"))


async def test_where_several_fit_the_user_says_which_it_is(losing: Any) -> None:
    async with losing("Lamps", "Lamps") as (bench, stub, [first, second]):
        bench.services.resume()
        assert await _asked(bench, first) == ["tsk_1", "tsk_2"]
        assert _code(bench, first) is FailureCode.SEVERAL_FIT
        assert _subject(bench, first) == "Lamps"
        assert await _asked(bench, second) == ["tsk_1", "tsk_2"]
        bench.services.music.choose(first.id, "tsk_2")
        found = await until(bench, first, TaskStatus.QUEUED)
        assert found.remote_id == "tsk_2"
        assert _state(bench, first) is RequestState.CREATED
        assert list(bench.services.music.candidates.value) == [second.id]
        bench.services.music.retry(second.id)  # only one is left that nobody has
        found = await until(bench, second, TaskStatus.QUEUED)
        assert found.remote_id == "tsk_1"
        assert _state(bench, second) is RequestState.CREATED
        assert len(stub.posts(CREATE)) == 2


async def test_or_that_it_is_none_of_them(losing: Any) -> None:
    async with losing("Lamps", "Lamps") as (bench, stub, [task, _other]):
        bench.services.music.choose_none(task.id)  # before it is asked
        assert now(bench, task).status is TaskStatus.UNKNOWN
        bench.services.resume()
        await _asked(bench, task)
        bench.services.music.choose_none(task.id)
        assert now(bench, task).status is TaskStatus.REFUSED
        assert _code(bench, task) is FailureCode.NOT_CREATED
        assert _state(bench, task) is RequestState.REFUSED
        assert len(stub.posts(CREATE)) == 2


async def test_a_song_somebody_else_asked_for_is_not_taken_for_ours(
    losing: Any, service: Service
) -> None:
    async with losing("Lamps") as (bench, _stub, [task]):
        service.keeps_metadata = True
        service.created[0]["metadata"] = {"local_job": "another program's"}
        bench.services.resume()
        await until(bench, task, TaskStatus.REFUSED)
        assert _code(bench, task) is FailureCode.NOT_CREATED


async def test_a_choice_that_can_not_be_read_asks_again(
    losing: Any, service: Service, say: Any
) -> None:
    async with losing("Lamps", "Lamps") as (bench, _stub, [task, _other]):
        bench.services.resume()
        await _asked(bench, task)
        await bench.until(lambda: not bench.services.music._once.goes_on(f"reconcile {task.id}"))
        await _asked(bench, _other)
        service.answers = [say(503)]
        bench.services.music.choose(task.id, "tsk_1")
        await bench.until(lambda: _code(bench, task) is FailureCode.SERVICE_ERROR)
        assert await _asked(bench, task) == ["tsk_1", "tsk_2"]


async def test_two_lost_songs_of_one_prompt_do_not_become_the_same_one(
    losing: Any, service: Service
) -> None:
    async with losing("Lamps", "Lamps") as (bench, stub, tasks):
        del service.created[1]  # of the two only one was made
        bench.services.resume()
        await bench.until(
            lambda: (
                {now(bench, task).status for task in tasks}
                == {TaskStatus.QUEUED, TaskStatus.REFUSED}
            )
        )
        assert sorted(now(bench, task).remote_id or "" for task in tasks) == ["", "tsk_1"]
        assert len(stub.posts(CREATE)) == 2


async def test_one_that_was_chosen_already_is_not_chosen_again(losing: Any) -> None:
    async with losing("Lamps", "Lamps") as (bench, _stub, [first, second]):
        bench.services.resume()
        for task in (first, second):
            await _asked(bench, task)
            await bench.until(
                lambda name=f"reconcile {task.id}": not bench.services.music._once.goes_on(name)
            )
            bench.services.music.choose(task.id, "tsk_1")
            await until(bench, task, TaskStatus.QUEUED)
        assert [now(bench, task).remote_id for task in (first, second)] == ["tsk_1", "tsk_2"]
        assert {_state(bench, task) for task in (first, second)} == {RequestState.CREATED}


async def test_two_choices_in_one_breath_are_both_followed_and_the_first_one_counts(
    losing: Any,
) -> None:
    async with losing("Lamps", "Lamps") as (bench, _stub, [first, second]):
        bench.services.resume()
        once = bench.services.music._once
        for task in (first, second):
            await _asked(bench, task)
            await bench.until(lambda name=f"reconcile {task.id}": not once.goes_on(name))
        for task, remote_id in ((first, "tsk_2"), (second, "tsk_1"), (first, "tsk_1")):
            bench.services.music.choose(task.id, remote_id)
        for task, remote_id in ((first, "tsk_2"), (second, "tsk_1")):
            assert (await until(bench, task, TaskStatus.QUEUED)).remote_id == remote_id


async def test_a_candidate_shows_where_it_is_and_since_when(losing: Any, service: Service) -> None:
    service.extra = {"created_at": "2026-11-26T04:05:06Z"}
    async with losing("Lamps", "Lamps") as (bench, _stub, [task, _other]):
        service.statuses = {"tsk_2": "running"}
        bench.services.resume()
        await _asked(bench, task)
        found = bench.services.music.candidates.value[task.id]
        assert [candidate.status for candidate in found] == ["queued", "running"]
        assert {each.created_at for each in found} == {datetime(2026, 11, 26, 4, 5, 6, tzinfo=UTC)}


@pytest.mark.parametrize("told", ["service_sent_at", "sent_at", None])
async def test_it_is_looked_for_around_the_time_it_was_sent(
    told: str | None, losing: Any, service: Service
) -> None:
    async with losing("Lamps") as (bench, stub, [task]):
        music, sent = bench.services.music, utc_now().replace(microsecond=0) - timedelta(days=2)
        music._tasks.put(replace(task, created_at=sent))
        request = music._outbox.find(task.idempotency_key)
        if told is not None:
            times = {"sent_at": sent - timedelta(days=1), told: sent}
            request = replace(request, **times)
            music._outbox._save(request)
        music._reconciling.reconcile(now(bench, task), request if told else None)
        await until(bench, task, TaskStatus.QUEUED)
        [query] = _listings(stub)
        after, before = (datetime.fromisoformat(query[f"created_{side}"]) for side in _SIDES)
        assert sent - after == timedelta(minutes=10)
        assert before - sent == timedelta(hours=24, minutes=10)
        assert (query["capability"], query["order"]) == ("text_to_music", "asc")
        assert query["limit"] == "100"
        assert "cursor" not in query


async def test_every_page_is_looked_through_and_what_is_gone_is_passed_over(
    losing: Any, service: Service, say: Any
) -> None:
    async with losing("Lamps") as (bench, stub, [task]):
        service.created.insert(0, service.created[0] | {"title": "Rain"})
        gone = {"task_id": "tsk_9", "status": "queued"}
        missing = {"error": {"code": "not_found", "message": "Gone"}}
        service.answers = [
            say(200, {"data": [gone], "next_cursor": "second"}),
            say(404, missing),
        ]
        bench.services.resume()
        found = await until(bench, task, TaskStatus.QUEUED)
        assert found.remote_id == "tsk_2"
        assert [query.get("cursor") for query in _listings(stub)] == [None, "second"]
        assert "/v1/tasks/tsk_9" in [heard.path for heard in stub.heard]


async def test_a_look_that_fails_names_the_song_and_the_next_one_forgets_that(
    losing: Any, service: Service, say: Any
) -> None:
    async with losing("Lamps") as (bench, _stub, [task]):
        service.answers = [say(404)]
        bench.services.resume()
        await bench.until(lambda: _code(bench, task) is not None)
        assert (now(bench, task).status, _subject(bench, task)) == (TaskStatus.UNKNOWN, "Lamps")
        wait = Wait(attempt=2, of=3, until=utc_now(), reason="Busy")
        bench.services.music._tasks.show(task.id, wait=wait)
        bench.services.music.retry(task.id)
        assert (now(bench, task).wait, now(bench, task).failure) == (None, None)
        await until(bench, task, TaskStatus.QUEUED)


async def test_a_song_that_was_not_made_is_named(losing: Any, service: Service) -> None:
    async with losing("Lamps") as (bench, _stub, [task]):
        service.created.clear()
        bench.services.resume()
        await until(bench, task, TaskStatus.REFUSED)
        assert _subject(bench, task) == "Lamps"
        assert _state(bench, task) is RequestState.REFUSED


async def test_a_choice_that_can_not_be_read_names_the_song(
    losing: Any, service: Service, say: Any
) -> None:
    async with losing("") as (bench, _stub, [task]):
        service.answers = [say(503)]
        bench.services.music.choose(task.id, "tsk_1")
        await bench.until(lambda: _code(bench, task) is FailureCode.SERVICE_ERROR)
        assert _subject(bench, task) == "rain"


PROMPT = MusicPrompt(
    prompt="rain", title="Lamps", lyrics="[verse]", instrumental=False, model="suno-5.5"
)
ASKED = {
    "prompt": "rain", "title": "Lamps", "lyrics": "[verse]", "instrumental": False,
    "model": "suno-5.5",
}  # fmt: skip


def _seems_ours(asked: dict[str, Any] | None, prompt: MusicPrompt = PROMPT) -> bool:
    return _is_alike(WireTask(task_id="tsk_1", status="queued", input=asked), prompt)


async def test_what_the_input_says_has_to_be_the_same_and_what_it_leaves_out_says_nothing() -> None:
    assert _seems_ours(ASKED)
    for name in ASKED:
        assert not _seems_ours(ASKED | {name: "another"})
    for name in ("title", "lyrics", "instrumental", "model"):
        assert _seems_ours(ASKED | {name: None})
        assert _seems_ours({key: ASKED[key] for key in ASKED if key != name})
    for silent in (None, {}, ASKED | {"prompt": None}):
        assert not _seems_ours(silent)


async def test_a_song_that_follows_another_reference_is_not_ours() -> None:
    reference = Reference(upload_id=UploadId("u"), name="a.wav", artifact_id="art_1")
    with_one = replace(PROMPT, reference=reference)
    for artifact_id, is_alike in (("art_1", True), ("art_2", False), (None, True)):
        told = {"reference_audio": {"type": "artifact", "artifact_id": artifact_id}}
        assert _seems_ours(ASKED | told, with_one) is is_alike
    assert not _seems_ours(ASKED | {"reference_audio": {"artifact_id": "art_1"}})
    assert _seems_ours(ASKED | {"reference_audio": "elsewhere"}, with_one)


async def test_what_left_just_now_is_not_said_to_be_lost(losing: Any, service: Service) -> None:
    """A clock that jumped a day made it look old; the service may still be at work on it."""
    async with losing() as (bench, _stub, _tasks):
        service.loses_answers = True
        task = await until(bench, create(bench), TaskStatus.UNKNOWN)
        request = bench.services.music._outbox.find(task.idempotency_key)
        service.created.clear()
        bench.services.music._reconciling.reconcile(task, request)
        await bench.until(lambda: _code(bench, task) is FailureCode.OUTCOME_UNKNOWN)
        assert now(bench, task).status is TaskStatus.UNKNOWN

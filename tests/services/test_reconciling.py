"""A lost create request is looked for at the service and never sent again."""

from contextlib import asynccontextmanager
from typing import Any

import pytest

from beatra_desktop.api.types import Task as WireTask
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.music import MusicPrompt, MusicTask, Reference, TaskStatus
from beatra_desktop.domain.requests import RequestState
from beatra_desktop.services.reconciling import _is_alike
from tests.services.song_service import CREATE, Service, age, create, now, until

pytestmark = pytest.mark.asyncio


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


async def test_where_several_fit_the_user_says_which_it_is(losing: Any) -> None:
    async with losing("Lamps", "Lamps") as (bench, stub, [first, second]):
        bench.services.resume()
        assert await _asked(bench, first) == ["tsk_1", "tsk_2"]
        assert _code(bench, first) is FailureCode.SEVERAL_FIT
        bench.services.music.choose(first.id, "tsk_2")
        found = await until(bench, first, TaskStatus.QUEUED)
        assert found.remote_id == "tsk_2"
        assert first.id not in bench.services.music.candidates.value
        bench.services.music.retry(second.id)  # only one is left that nobody has
        found = await until(bench, second, TaskStatus.QUEUED)
        assert found.remote_id == "tsk_1"
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


async def test_a_song_that_follows_another_reference_is_not_ours() -> None:
    reference = Reference(upload_id=UploadId("u"), name="a.wav", artifact_id="art_1")
    prompt = MusicPrompt(prompt="rain", reference=reference)
    for artifact_id, is_alike in (("art_1", True), ("art_2", False)):
        told = {"type": "artifact", "artifact_id": artifact_id}
        found = WireTask(
            task_id="tsk_1", status="queued", input={"prompt": "rain", "reference_audio": told}
        )
        assert _is_alike(found, prompt) is is_alike


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

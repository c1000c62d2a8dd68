"""Music tasks on the real sandbox: written before paid, followed to the end, saved once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.audio.tags import read_tags
from beatra_desktop.audio.verify import verify
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.music import (
    Clip,
    Delivery,
    MusicPrompt,
    MusicTask,
    SunoOptions,
    TaskStatus,
)
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Hold, RequestState
from tests.services import song_service
from tests.services.song_service import Service

pytestmark = pytest.mark.asyncio
CREATE = "/music/text-to-music"


@pytest.fixture
def on_sandbox(open_bench: Any) -> Any:
    """A bench on the sandbox, whose songs are short: making them takes most of the time."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Any]:
        async with open_bench() as bench:
            await bench.admin("POST", "settings", {"clip_seconds": 8})
            yield bench

    return opened


def _create(bench: Any, prompt: str = "slow piano waltz", **fields: Any) -> MusicTask:
    task = bench.services.music.create(MusicPrompt(prompt=prompt, instrumental=True, **fields))
    assert isinstance(task, MusicTask)
    return task


def _task(bench: Any, task: MusicTask) -> MusicTask:
    found: MusicTask = bench.services.music.tasks.get(task.id)
    return found


async def _ended(bench: Any, task: MusicTask) -> MusicTask:
    await bench.until(lambda: _task(bench, task).status.is_terminal)
    return _task(bench, task)


async def _delivered(bench: Any, task: MusicTask) -> list[Clip]:
    def clips() -> list[Clip]:
        found: list[Clip] = bench.services.music.clips_of(task.id)
        return found

    at_rest = (Delivery.SAVED, Delivery.UNSAVED)
    await bench.until(lambda: clips() and all(clip.delivery in at_rest for clip in clips()))
    return clips()


async def test_a_song_is_made_saved_verified_and_tagged(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        task = await _ended(bench, _create(bench, model="suno-5.5", title="Lamps"))
        clips = await _delivered(bench, task)
        assert task.status is TaskStatus.SUCCEEDED
        assert task.resolved_model == "suno-5.5"
        assert task.billing is not None
        assert task.billing.charged_credits == "80.0000"
        request = bench.services.music._outbox.find(task.idempotency_key)
        assert (request.state, request.status) == (RequestState.CREATED, 202)
        assert request.request_id, "what the support is asked by"
        assert [clip.index for clip in clips] == [0, 1]
        assert [clip.path and clip.path.name for clip in clips] == ["Lamps.mp3", "Lamps 2.mp3"]
        for clip in clips:
            assert clip.delivery is Delivery.SAVED
            assert clip.path is not None
            assert (verify(clip.path).duration_seconds or 0) > 5
            tags = read_tags(clip.path)
            assert tags["beatra_task_id"] == task.remote_id
            assert tags["beatra_prompt"] == "slow piano waltz"
        leftovers = [path for path in bench.grounds.clips.iterdir() if path.name.startswith(".")]
        assert leftovers == []


async def test_problems_are_named_and_nothing_is_sent(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        [problem] = bench.services.music.create(MusicPrompt(prompt="  "))
        assert (problem.field, problem.reason) == ("prompt", "empty")
        assert await bench.posts(CREATE) == []


async def test_a_lost_answer_is_asked_for_again_under_the_same_key(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        await bench.admin("POST", "faults", {"path": f"/v1{CREATE}", "action": {"reset": "after"}})
        task = await _ended(bench, _create(bench, model="minimax-music-2.6"))
        assert task.status is TaskStatus.SUCCEEDED
        first, second = await bench.posts(CREATE)
        assert first["idempotency_key"] == second["idempotency_key"] == task.idempotency_key
        state = await bench.admin("GET", "state")
        assert len(state["tasks"]) == 1


async def test_a_refusal_names_the_field_and_charges_nothing(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        task = _create(bench, prompt="x" * 1900, model="suno-5.5")
        await bench.until(lambda: _task(bench, task).status is TaskStatus.REFUSED)
        failure = _task(bench, task).failure
        assert failure is not None
        assert failure.code is FailureCode.INVALID_REQUEST
        assert failure.param == "/prompt"
        assert failure.request_id


async def test_too_little_balance_can_be_retried_under_the_same_key(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        await bench.admin("POST", "settings", {"balance": "0.0000"})
        task = _create(bench, model="minimax-music-2.6")
        await bench.until(lambda: _task(bench, task).status is TaskStatus.REFUSED)
        failure = _task(bench, task).failure
        assert failure is not None
        assert failure.code is FailureCode.INSUFFICIENT_BALANCE
        await bench.admin("POST", "settings", {"balance": "1000.0000"})
        bench.services.music.retry(task.id)
        ended = await _ended(bench, task)
        assert ended.status is TaskStatus.SUCCEEDED
        first, second = await bench.posts(CREATE)
        assert first["idempotency_key"] == second["idempotency_key"]


async def test_a_task_goes_on_after_a_restart(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        task = _create(bench, model="minimax-music-2.6")
        await bench.until(lambda: _task(bench, task).remote_id)
    async with on_sandbox() as bench:
        ended = await _ended(bench, task)
        [clip] = await _delivered(bench, ended)
        assert clip.delivery is Delivery.SAVED
        assert len(await bench.posts(CREATE)) == 1


async def test_a_failed_poll_does_not_end_a_task(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        await bench.admin(
            "POST",
            "faults",
            {"method": "GET", "path": "/v1/tasks/*", "times": 2, "action": {"status": 500}},
        )
        ended = await _ended(bench, _create(bench, model="minimax-music-2.6"))
        assert ended.status is TaskStatus.SUCCEEDED
        assert ended.failure is None


async def test_an_expired_link_is_renewed_by_reading_the_task_again(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        await bench.admin(
            "POST",
            "faults",
            {"method": "GET", "path": "/media/*", "times": 1, "action": {"expired": True}},
        )
        ended = await _ended(bench, _create(bench, model="minimax-music-2.6"))
        [clip] = await _delivered(bench, ended)
        assert clip.delivery is Delivery.SAVED


async def test_a_truncated_clip_is_not_saved_and_can_be_fetched_again(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        bench.services.settings.change(retry_attempts=1)
        await bench.admin(
            "POST",
            "faults",
            {"method": "GET", "path": "/media/*", "action": {"keep_bytes": 20000}},
        )
        ended = await _ended(bench, _create(bench, model="minimax-music-2.6"))
        [clip] = await _delivered(bench, ended)
        assert clip.delivery is Delivery.UNSAVED
        assert clip.path is None
        assert [p for p in bench.grounds.clips.iterdir() if not p.name.startswith(".")] == []
        bench.services.music.download_again(clip.id)
        await bench.until(lambda: bench.services.music.clips[0].delivery is Delivery.SAVED)
        assert len(await bench.posts(CREATE)) == 1


async def test_a_safety_refusal_is_a_failed_task_with_its_refund(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        ended = await _ended(bench, _create(bench, prompt="a song just like Velvet Comet"))
        assert ended.status is TaskStatus.FAILED
        assert ended.failure is not None
        assert ended.failure.code is FailureCode.SAFETY_REJECTED


async def test_a_clips_folder_that_cannot_be_written_keeps_the_clip_at_the_service(
    on_sandbox: Any, tmp_path: Path
) -> None:
    async with on_sandbox() as bench:
        blocked = tmp_path / "blocked"
        blocked.write_text("a file where the folder should be")
        bench.services.settings.change(clips_folder=blocked)
        ended = await _ended(bench, _create(bench, model="minimax-music-2.6"))
        [clip] = await _delivered(bench, ended)
        assert clip.delivery is Delivery.UNSAVED
        assert clip.failure is not None
        assert clip.failure.code is FailureCode.DISK_ERROR
        bench.services.settings.change(clips_folder=None)
        bench.services.music.download_again(clip.id)
        await bench.until(lambda: bench.services.music.clips[0].delivery is Delivery.SAVED)


async def test_removed_tasks_can_be_restored(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        task = await _ended(bench, _create(bench, model="minimax-music-2.6"))
        await _delivered(bench, task)
        bench.services.music.remove(task.id)
        assert task.id not in bench.services.music.tasks
        bench.services.music.restore(task.id)
        assert task.id in bench.services.music.tasks


async def test_variations_are_songs_of_their_own_in_one_batch(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        prompt = MusicPrompt(prompt="slow waltz", model="minimax-music-2.6", instrumental=True)
        made = bench.services.music.create_batch(prompt, copies=3)
        assert len({task.id for task in made}) == 3
        assert len({task.batch_id for task in made}) == 1
        assert made[0].batch_id
        assert {(task.estimated_credits, task.expected_clips) for task in made} == {("50.0000", 1)}
        for task in made:
            await _ended(bench, task)
        posts = await bench.posts(CREATE)
        assert len({post["idempotency_key"] for post in posts}) == 3
        state = await bench.admin("GET", "state")
        assert len(state["tasks"]) == 3


async def test_one_song_is_no_batch_and_what_can_not_be_sent_makes_none(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        prompt = MusicPrompt(prompt="slow waltz", instrumental=True)
        [task] = bench.services.music.create_batch(prompt, copies=1)
        assert task.batch_id is None
        assert (task.estimated_credits, task.expected_clips) == (None, None)
        [problem] = bench.services.music.create_batch(MusicPrompt(prompt=" "), copies=2)
        assert (problem.field, problem.reason) == ("prompt", "empty")
        assert len(bench.services.music.tasks) == 1


async def test_a_refusal_names_every_field_the_service_names(on_sandbox: Any) -> None:
    async with on_sandbox() as bench:
        await bench.admin("POST", "settings", {"strict": True})
        suno = SunoOptions(custom_mode=True, audio_weight=0.5)
        task = _create(bench, prompt="x" * 1001, model="suno-5.5", suno=suno)
        await bench.until(lambda: _task(bench, task).status is TaskStatus.REFUSED)
        failure = _task(bench, task).failure
        assert failure is not None
        assert failure.code is FailureCode.UNSUPPORTED_OPTION
        assert failure.param == "/model_options/suno/audio_weight"
        assert {"audio_weight", "/prompt", "/title"} <= set(failure.fields)


async def test_what_goes_on_or_has_ended_is_not_sent_again(
    making_songs: Any, service: Service
) -> None:
    async with making_songs() as (bench, stub):
        task, music = song_service.create(bench), bench.services.music
        await song_service.until(bench, task, TaskStatus.QUEUED)
        music.retry(task.id)
        assert song_service.now(bench, task).status is TaskStatus.QUEUED
        service.status = "failed"
        ended = await song_service.until(bench, task, TaskStatus.FAILED)
        music.retry(task.id)
        assert song_service.now(bench, task) == ended
        assert len(stub.posts(song_service.CREATE)) == 1


async def test_what_was_refused_for_good_stays_refused(
    making_songs: Any, service: Service, say: Any
) -> None:
    async with making_songs() as (bench, stub):
        refusal = say(422, {"error": {"code": "invalid_request", "message": "No"}})
        service._create = lambda heard: refusal  # type: ignore[method-assign]  # for good
        task = song_service.create(bench)
        refused = await song_service.until(bench, task, TaskStatus.REFUSED)
        bench.services.music.retry(task.id)
        assert song_service.now(bench, task) == refused
        assert len(stub.posts(song_service.CREATE)) == 1


async def test_a_song_that_is_held_on_its_way_out_is_taken_back_at_once(
    making_songs: Any,
) -> None:
    async with making_songs() as (bench, stub):
        bench.services.activity.pause_all()
        task, music = song_service.create(bench), bench.services.music
        await bench.until(lambda: song_service.now(bench, task).hold is Hold.PAUSED)
        music.cancel(task.id)
        canceled = song_service.now(bench, task)
        assert (canceled.status, canceled.hold) == (TaskStatus.CANCELED, None)
        assert canceled.completed_at is not None
        assert canceled.completed_at >= canceled.created_at
        assert music._outbox.find(task.idempotency_key).state is RequestState.ABANDONED
        bench.services.activity.resume_all()
        await bench.until(lambda: not music._running)
        assert stub.posts(song_service.CREATE) == []


async def test_a_song_is_canceled_once_however_often_it_is_asked_for(making_songs: Any) -> None:
    async with making_songs() as (bench, stub):
        task, music = song_service.create(bench), bench.services.music
        await song_service.until(bench, task, TaskStatus.QUEUED)
        music.cancel(task.id)
        asked_at = song_service.now(bench, task).cancel_requested_at
        assert asked_at is not None
        music.cancel(task.id)
        assert song_service.now(bench, task).cancel_requested_at == asked_at
        await bench.until(lambda: stub.posts("/cancel"))
        assert len(stub.posts("/cancel")) == 1


async def test_a_clip_is_fetched_again_from_the_beginning_and_only_at_rest(
    making_songs: Any, service: Service
) -> None:
    async with making_songs() as (bench, _stub):
        service.status = "succeeded"
        task, music = song_service.create(bench), bench.services.music
        saved = await song_service.delivered(bench, task, Delivery.SAVED)
        music.download_again(ClipId("nobody's"))
        busy = replace(saved, delivery=Delivery.VERIFYING)
        music._tasks.put_clip(busy)
        music.download_again(saved.id)
        assert song_service.clip_of(bench, task) == busy
        music._tasks.put_clip(replace(saved, failure=Failure(code=FailureCode.DISK_FULL)))
        music.download_again(saved.id)
        waiting = song_service.clip_of(bench, task)
        assert (waiting.delivery, waiting.path) == (Delivery.WAITING, saved.path)
        assert waiting.failure is None
        await song_service.delivered(bench, task, Delivery.SAVED)


async def test_every_clip_that_could_not_be_saved_is_fetched_and_no_other(
    making_songs: Any, service: Service
) -> None:
    async with making_songs() as (bench, stub):
        service.status = "succeeded"
        first, second = song_service.create(bench, "a"), song_service.create(bench, "b")
        for task in (first, second):
            await song_service.delivered(bench, task, Delivery.SAVED)
        clip = song_service.clip_of(bench, second)
        bench.services.music._tasks.put_clip(replace(clip, delivery=Delivery.UNSAVED))
        bench.services.music.retry_downloads()
        await song_service.delivered(bench, second, Delivery.SAVED)
        fetched = [heard.path for heard in stub.heard if heard.path.startswith("/media")]
        assert sorted(fetched) == ["/media/tsk_1.wav", *["/media/tsk_2.wav"] * 2]


async def test_the_same_again_is_another_song_with_a_request_of_its_own(making_songs: Any) -> None:
    async with making_songs() as (bench, stub):
        task = song_service.create(bench)
        again = bench.services.music.generate_again(task.id)
        assert (again.prompt, again.id == task.id) == (task.prompt, False)
        await bench.until(lambda: len(stub.posts(song_service.CREATE)) == 2)
        keys = {heard.headers["idempotency-key"] for heard in stub.posts(song_service.CREATE)}
        assert keys == {task.idempotency_key, again.idempotency_key}

"""Music tasks on the real sandbox: written before paid, followed to the end, saved once."""

from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.audio.tags import read_tags
from beatra_desktop.audio.verify import verify
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.music import (
    Clip,
    Delivery,
    MusicPrompt,
    MusicTask,
    SunoOptions,
    TaskStatus,
)

pytestmark = pytest.mark.asyncio
CREATE = "/music/text-to-music"


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


async def test_a_song_is_made_saved_verified_and_tagged(open_bench: Any) -> None:
    async with open_bench() as bench:
        task = await _ended(bench, _create(bench, model="suno-5.5", title="Lamps"))
        clips = await _delivered(bench, task)
        assert task.status is TaskStatus.SUCCEEDED
        assert task.resolved_model == "suno-5.5"
        assert task.billing is not None
        assert task.billing.charged_credits == "80.0000"
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


async def test_problems_are_named_and_nothing_is_sent(open_bench: Any) -> None:
    async with open_bench() as bench:
        [problem] = bench.services.music.create(MusicPrompt(prompt="  "))
        assert (problem.field, problem.reason) == ("prompt", "empty")
        assert await bench.posts(CREATE) == []


async def test_a_lost_answer_is_asked_for_again_under_the_same_key(open_bench: Any) -> None:
    async with open_bench() as bench:
        await bench.admin("POST", "faults", {"path": f"/v1{CREATE}", "action": {"reset": "after"}})
        task = await _ended(bench, _create(bench, model="minimax-music-2.6"))
        assert task.status is TaskStatus.SUCCEEDED
        first, second = await bench.posts(CREATE)
        assert first["idempotency_key"] == second["idempotency_key"] == task.idempotency_key
        state = await bench.admin("GET", "state")
        assert len(state["tasks"]) == 1


async def test_a_refusal_names_the_field_and_charges_nothing(open_bench: Any) -> None:
    async with open_bench() as bench:
        task = _create(bench, prompt="x" * 1900, model="suno-5.5")
        await bench.until(lambda: _task(bench, task).status is TaskStatus.REFUSED)
        failure = _task(bench, task).failure
        assert failure is not None
        assert failure.code is FailureCode.INVALID_REQUEST
        assert failure.param == "/prompt"
        assert failure.request_id


async def test_too_little_balance_can_be_retried_under_the_same_key(open_bench: Any) -> None:
    async with open_bench() as bench:
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


async def test_a_task_goes_on_after_a_restart(open_bench: Any) -> None:
    async with open_bench() as bench:
        task = _create(bench, model="minimax-music-2.6")
        await bench.until(lambda: _task(bench, task).remote_id)
    async with open_bench() as bench:
        ended = await _ended(bench, task)
        [clip] = await _delivered(bench, ended)
        assert clip.delivery is Delivery.SAVED
        assert len(await bench.posts(CREATE)) == 1


async def test_a_failed_poll_does_not_end_a_task(open_bench: Any) -> None:
    async with open_bench() as bench:
        await bench.admin(
            "POST",
            "faults",
            {"method": "GET", "path": "/v1/tasks/*", "times": 2, "action": {"status": 500}},
        )
        ended = await _ended(bench, _create(bench, model="minimax-music-2.6"))
        assert ended.status is TaskStatus.SUCCEEDED
        assert ended.failure is None


async def test_an_expired_link_is_renewed_by_reading_the_task_again(open_bench: Any) -> None:
    async with open_bench() as bench:
        await bench.admin(
            "POST",
            "faults",
            {"method": "GET", "path": "/media/*", "times": 1, "action": {"expired": True}},
        )
        ended = await _ended(bench, _create(bench, model="minimax-music-2.6"))
        [clip] = await _delivered(bench, ended)
        assert clip.delivery is Delivery.SAVED


async def test_a_truncated_clip_is_not_saved_and_can_be_fetched_again(open_bench: Any) -> None:
    async with open_bench() as bench:
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


async def test_a_safety_refusal_is_a_failed_task_with_its_refund(open_bench: Any) -> None:
    async with open_bench() as bench:
        ended = await _ended(bench, _create(bench, prompt="a song just like Velvet Comet"))
        assert ended.status is TaskStatus.FAILED
        assert ended.failure is not None
        assert ended.failure.code is FailureCode.SAFETY_REJECTED


async def test_a_clips_folder_that_cannot_be_written_keeps_the_clip_at_the_service(
    open_bench: Any, tmp_path: Path
) -> None:
    async with open_bench() as bench:
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


async def test_removed_tasks_can_be_restored(open_bench: Any) -> None:
    async with open_bench() as bench:
        task = await _ended(bench, _create(bench, model="minimax-music-2.6"))
        await _delivered(bench, task)
        bench.services.music.remove(task.id)
        assert task.id not in bench.services.music.tasks
        bench.services.music.restore(task.id)
        assert task.id in bench.services.music.tasks


async def test_variations_are_songs_of_their_own_in_one_batch(open_bench: Any) -> None:
    async with open_bench() as bench:
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


async def test_one_song_is_no_batch_and_what_can_not_be_sent_makes_none(open_bench: Any) -> None:
    async with open_bench() as bench:
        prompt = MusicPrompt(prompt="slow waltz", instrumental=True)
        [task] = bench.services.music.create_batch(prompt, copies=1)
        assert task.batch_id is None
        assert (task.estimated_credits, task.expected_clips) == (None, None)
        [problem] = bench.services.music.create_batch(MusicPrompt(prompt=" "), copies=2)
        assert (problem.field, problem.reason) == ("prompt", "empty")
        assert len(bench.services.music.tasks) == 1


async def test_a_refusal_names_every_field_the_service_names(open_bench: Any) -> None:
    async with open_bench() as bench:
        await bench.admin("POST", "settings", {"strict": True})
        suno = SunoOptions(custom_mode=True, audio_weight=0.5)
        task = _create(bench, prompt="x" * 1001, model="suno-5.5", suno=suno)
        await bench.until(lambda: _task(bench, task).status is TaskStatus.REFUSED)
        failure = _task(bench, task).failure
        assert failure is not None
        assert failure.code is FailureCode.UNSUPPORTED_OPTION
        assert failure.param == "/model_options/suno/audio_weight"
        assert {"audio_weight", "/prompt", "/title"} <= set(failure.fields)

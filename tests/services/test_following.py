"""Following tasks on a scripted service: nothing is forgotten, lost ones are looked for."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import RequestState
from beatra_desktop.services.following import POLLS_AT_ONCE

pytestmark = pytest.mark.asyncio

CREATE = "/v1/music/text-to-music"


class Studio:
    """A music service: `create` answers the create request, `status` is what tasks are in."""

    def __init__(self, say: Any, tone: Path) -> None:
        self.say = say
        self.audio = tone.read_bytes()
        self.status = "succeeded"
        self.create: Any = say(202, {"task_id": "tsk_1", "status": "queued"})
        self.local_job = ""
        self.listed: list[str] = []
        self.base_url = ""
        self.clips = 1
        self.media: list[Any] = []
        self.answering = asyncio.Event()
        self.answering.set()
        self.asked = 0

    async def __call__(self, heard: Any) -> Any:
        path = heard.path.partition("?")[0]
        if path == CREATE:
            self.local_job = json.loads(heard.body)["metadata"]["local_job"]
            return self.create
        if path == "/v1/tasks":
            data = [{"task_id": i, "status": self.status} for i in self.listed]
            return self.say(200, {"data": data})
        if path.startswith("/v1/tasks/"):
            self.asked += 1
            await self.answering.wait()
            return self.say(200, self.envelope(path.rpartition("/")[2]))
        if path.startswith("/media/"):
            whole = self.say(200, self.audio, content_type="audio/wav")
            return self.media.pop(0) if self.media else whole
        return self.say(200, {"data": []})

    def envelope(self, task_id: str) -> dict[str, Any]:
        job = self.local_job if task_id == "tsk_1" else "another"
        origin = self.base_url.removesuffix("/v1")
        clips = [
            {"audio": {"url": f"{origin}/media/{n}.wav", "mime_type": "audio/wav"}}
            for n in range(self.clips)
        ]
        output = {"clips": clips if self.status == "succeeded" else []}
        return {
            "task_id": task_id,
            "status": self.status,
            "metadata": {"local_job": job},
            "output": output,
        }


@pytest.fixture
def studio(say: Any, tone: Path) -> Studio:
    return Studio(say, tone)


@pytest.fixture
def making(studio: Studio, open_stub: Any, open_bench: Any) -> Any:
    """A bench on the studio, without retries."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[tuple[Any, Any]]:
        async with open_stub(studio) as stub:
            studio.base_url = stub.base_url
            async with open_bench(profile=stub.profile) as bench:
                bench.services.settings.change(retry_attempts=1)
                yield bench, stub

    return opened


def _create(bench: Any, title: str = "Lamps") -> MusicTask:
    task = bench.services.music.create(MusicPrompt(prompt="rain", title=title))
    assert isinstance(task, MusicTask)
    return task


def _failure_code(bench: Any, task: MusicTask) -> FailureCode | None:
    failure = _now(bench, task).failure
    return None if failure is None else failure.code


def _now(bench: Any, task: MusicTask) -> MusicTask:
    found: MusicTask = bench.services.music._tasks.get(task.id)
    return found


async def _until(bench: Any, task: MusicTask, *statuses: TaskStatus) -> MusicTask:
    await bench.until(lambda: _now(bench, task).status in statuses)
    return _now(bench, task)


async def _saved(bench: Any, task: MusicTask) -> list[Clip]:
    def clips() -> list[Clip]:
        found: list[Clip] = bench.services.music.clips_of(task.id)
        return found

    await bench.until(lambda: clips() and all(c.delivery is Delivery.SAVED for c in clips()))
    return clips()


def _age(bench: Any, task: MusicTask) -> None:
    """Make the task's request one that left more than a day ago."""
    outbox = bench.services.music._outbox
    request = outbox.find(task.idempotency_key)
    outbox._save(replace(request, sent_at=utc_now() - timedelta(hours=25)))


async def _lost(bench: Any, studio: Studio) -> MusicTask:
    """A task whose create request left a day ago and was never answered."""
    studio.create = None
    task = await _until(bench, _create(bench), TaskStatus.UNKNOWN)
    _age(bench, task)
    return task


async def test_a_lost_create_is_found_by_our_own_id_and_followed(
    making: Any, studio: Studio
) -> None:
    async with making() as (bench, stub):
        task = await _lost(bench, studio)
        studio.listed = ["tsk_8", "tsk_1", "tsk_9"]
        bench.services.resume()
        found = await _until(bench, task, TaskStatus.SUCCEEDED)
        assert found.remote_id == "tsk_1"
        assert bench.services.music._outbox.find(task.idempotency_key).state is RequestState.CREATED
        await _saved(bench, task)
        assert len(stub.posts(CREATE)) == 1
        [listing] = [h for h in stub.heard if h.path.startswith("/v1/tasks?")]
        for parameter in ("capability=text_to_music", "created_after=", "created_before="):
            assert parameter in listing.path


async def test_a_lost_create_that_made_nothing_is_never_sent_again(
    making: Any, studio: Studio
) -> None:
    async with making() as (bench, stub):
        task = await _lost(bench, studio)
        bench.services.resume()
        lost = await _until(bench, task, TaskStatus.REFUSED)
        assert lost.failure is not None
        assert lost.failure.code is FailureCode.NOT_CREATED
        bench.services.music.retry(task.id)
        bench.services.resume()
        assert _now(bench, task) == lost
        assert len(stub.posts(CREATE)) == 1


async def test_a_look_that_fails_leaves_the_outcome_unknown(making: Any, studio: Studio) -> None:
    async with making() as (bench, stub):
        task = await _lost(bench, studio)
        say = studio.say
        studio.say = lambda *_args, **_more: say(503)
        bench.services.music.retry(task.id)
        await bench.until(lambda: any(h.path.startswith("/v1/tasks?") for h in stub.heard))
        await bench.until(lambda: _failure_code(bench, task) is FailureCode.SERVICE_ERROR)
        assert _now(bench, task).status is TaskStatus.UNKNOWN


async def test_resuming_twice_at_once_asks_once(making: Any, studio: Studio) -> None:
    async with making() as (bench, stub):
        studio.create = None
        task = await _until(bench, _create(bench), TaskStatus.UNKNOWN)
        studio.create = studio.say(202, {"task_id": "tsk_1", "status": "queued"})
        bench.services.resume()
        bench.services.resume()
        await _saved(bench, await _until(bench, task, TaskStatus.SUCCEEDED))
        assert len(stub.posts(CREATE)) == 2
        assert len({h.headers["idempotency-key"] for h in stub.posts(CREATE)}) == 1
        assert len({h.body for h in stub.posts(CREATE)}) == 1


async def test_a_retry_in_the_moment_the_outcome_is_told_is_not_missed(
    making: Any, studio: Studio
) -> None:
    async with making() as (bench, stub):
        answer, studio.create = studio.create, None
        tasks = bench.services.music.tasks

        def retry(row: int) -> None:
            if tasks[row].status is TaskStatus.UNKNOWN:
                studio.create = answer
                bench.services.music.retry(tasks[row].id)

        tasks.changed.connect(retry)
        await _saved(bench, await _until(bench, _create(bench), TaskStatus.SUCCEEDED))
        assert len({h.headers["idempotency-key"] for h in stub.posts(CREATE)}) == 1


async def test_what_was_refused_for_good_keeps_its_reason(making: Any, studio: Studio) -> None:
    async with making() as (bench, stub):
        error = {"code": "invalid_request", "message": "Too long", "param": "/prompt"}
        studio.create = studio.say(422, {"error": error})
        task = await _until(bench, _create(bench), TaskStatus.REFUSED)
        bench.services.music.retry(task.id)
        bench.services.resume()
        assert _now(bench, task) == task
        assert len(stub.posts(CREATE)) == 1


async def test_a_task_of_a_removed_profile_is_kept_and_asked_for_nowhere(
    making: Any, studio: Studio
) -> None:
    async with making() as (bench, stub):
        studio.status = "running"
        profiles = bench.services.profiles
        mine = profiles.add("Mine", stub.base_url)
        profiles.activate(mine.id)
        task = await _until(bench, _create(bench), TaskStatus.RUNNING)
        profiles.remove(mine.id)
        await bench.until(lambda: _now(bench, task).failure)
        assert _failure_code(bench, task) is FailureCode.PROFILE_GONE
        assert _now(bench, task).status is TaskStatus.RUNNING


async def test_a_service_that_forgot_the_task_does_not_end_it(making: Any, studio: Studio) -> None:
    async with making() as (bench, _stub):
        studio.status = "running"
        task = await _until(bench, _create(bench), TaskStatus.RUNNING)
        say = studio.say
        studio.say = lambda *_args, **_more: say(404)
        await bench.until(lambda: _now(bench, task).failure)
        assert _failure_code(bench, task) is FailureCode.NOT_FOUND
        assert _now(bench, task).status is TaskStatus.RUNNING


async def test_an_expired_link_costs_the_clip_neither_its_name_nor_its_number(
    making: Any, studio: Studio
) -> None:
    async with making() as (bench, _stub):
        studio.media = [studio.say(403)]
        task = await _until(bench, _create(bench), TaskStatus.SUCCEEDED)
        [clip] = await _saved(bench, task)
        assert clip.path == bench.grounds.clips / "Lamps.wav"


async def test_downloads_left_in_the_middle_keep_their_name(
    studio: Studio, open_stub: Any, open_bench: Any
) -> None:
    studio.media = [studio.say(200, studio.audio[:5000], hold=True)]
    async with open_stub(studio) as stub:
        studio.base_url = stub.base_url
        async with open_bench(profile=stub.profile) as bench:
            task = await _until(bench, _create(bench), TaskStatus.SUCCEEDED)
            await bench.until(lambda: any("/media/" in heard.path for heard in stub.heard))
            [held] = bench.services.music.clips_of(task.id)
            assert held.delivery is Delivery.DOWNLOADING
        async with open_bench(profile=stub.profile) as later:
            [clip] = await _saved(later, task)
            assert clip.path == later.grounds.clips / "Lamps.wav"
            assert [path.name for path in later.grounds.clips.glob("*.wav")] == ["Lamps.wav"]
        assert len(stub.posts(CREATE)) == 1


@pytest.mark.parametrize("was_named", [True, False])
async def test_a_crash_around_the_naming_neither_loses_nor_doubles_the_file(
    was_named: bool, studio: Studio, open_stub: Any, open_bench: Any
) -> None:
    async with open_stub(studio) as stub:
        studio.base_url = stub.base_url
        async with open_bench(profile=stub.profile) as bench:
            task = _create(bench)
            await _until(bench, task, TaskStatus.SUCCEEDED)
            [clip] = await _saved(bench, task)
            assert clip.path is not None
            bench.services.music._tasks.put_clip(replace(clip, delivery=Delivery.VERIFYING))
            if not was_named:
                clip.path.unlink()
        async with open_bench(profile=stub.profile) as later:
            [again] = await _saved(later, task)
            assert again.path == clip.path
            assert [path.name for path in later.grounds.clips.glob("*.wav")] == ["Lamps.wav"]
        fetched = [heard for heard in stub.heard if heard.path.startswith("/media/")]
        assert len(fetched) == (1 if was_named else 2)


async def test_somebody_else_s_file_is_not_taken_for_the_clip(
    studio: Studio, open_stub: Any, open_bench: Any
) -> None:
    async with open_stub(studio) as stub:
        studio.base_url = stub.base_url
        async with open_bench(profile=stub.profile) as bench:
            task = _create(bench)
            await _until(bench, task, TaskStatus.SUCCEEDED)
            [clip] = await _saved(bench, task)
            # A download that was broken off, and a file that came to its name since.
            bench.services.music._tasks.put_clip(replace(clip, delivery=Delivery.DOWNLOADING))
        async with open_bench(profile=stub.profile) as later:
            [again] = await _saved(later, task)
            assert again.path == later.grounds.clips / "Lamps 2.wav"


async def test_a_service_that_asks_for_days_of_quiet_is_asked_sooner(open_bench: Any) -> None:
    async with open_bench() as bench:
        action = {"status": 429, "error": {"code": "rate_limited"}, "retry_after": 99_999_999}
        await bench.admin("POST", "faults", {"path": "/v1/tasks/*", "action": action})
        task, following = _create(bench), bench.services.music._following
        await bench.until(lambda: task.profile_id in following._quiet_until)
        left = following._quiet_until[task.profile_id] - asyncio.get_running_loop().time()
        assert left <= 3600


async def test_few_polls_of_a_service_are_on_their_way_at_once(making: Any, studio: Studio) -> None:
    studio.status = "running"
    studio.answering.clear()
    async with making() as (bench, stub):
        following = bench.services.music._following
        for number in range(POLLS_AT_ONCE + 2):
            song = replace(_stored(number), profile_id=stub.profile.id)
            following.follow(bench.services.music._tasks.add(song))
        lanes = following._lanes[stub.profile.id]
        await bench.until(lambda: (studio.asked, len(lanes._waiting)) == (POLLS_AT_ONCE, 2))
        studio.status = "failed"
        studio.answering.set()
        await bench.until(lambda: all(t.status.is_terminal for t in bench.services.music.tasks))


def _stored(number: int) -> MusicTask:
    """A song that goes on at the service."""
    return MusicTask(
        id=TaskId(f"t{number}"),
        profile_id=ProfileId(""),
        prompt=MusicPrompt(prompt="rain"),
        status=TaskStatus.RUNNING,
        created_at=utc_now(),
        remote_id=f"tsk_{number}",
    )

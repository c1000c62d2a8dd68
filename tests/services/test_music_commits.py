"""What an end of the app between any two commits leaves of a song, and what becomes of it."""

from typing import Any

import pytest

from beatra_desktop.domain.music import MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind, RequestState
from tests.services.song_service import CREATE, create, now, until

pytestmark = pytest.mark.asyncio


def _request(bench: Any, task: MusicTask) -> Request:
    found: Request = bench.services.music._outbox.find(task.idempotency_key)
    return found


def _heard(bench: Any, task: MusicTask, state: RequestState) -> list[MusicTask]:
    """The task as it is at the moment its request comes to a state."""
    heard: list[MusicTask] = []

    def on_changed(request: Request) -> None:
        if request.key == task.idempotency_key and request.state is state:
            heard.append(now(bench, task))

    bench.services.music._outbox.changed.connect(on_changed)
    return heard


async def test_a_request_is_settled_once_its_song_has_its_id(making_songs: Any) -> None:
    async with making_songs() as (bench, _stub):
        task = create(bench)
        heard = _heard(bench, task, RequestState.CREATED)
        await until(bench, task, TaskStatus.QUEUED)
        await bench.until(lambda: heard)
        assert [known.remote_id for known in heard] == ["tsk_1"]


async def test_a_song_is_taken_back_before_its_request_is(making_songs: Any) -> None:
    async with making_songs(parallel_songs=1) as (bench, _stub):
        await until(bench, create(bench), TaskStatus.QUEUED)
        task = create(bench)
        heard = _heard(bench, task, RequestState.ABANDONED)
        bench.services.music.cancel(task.id)
        assert [known.status for known in heard] == [TaskStatus.CANCELED]


async def test_a_song_whose_request_was_settled_first_is_looked_for(making_songs: Any) -> None:
    async with making_songs() as (bench, stub):
        task = await until(bench, create(bench), TaskStatus.QUEUED)
        music = bench.services.music
        await bench.until(lambda: _request(bench, task).state is RequestState.CREATED)
        music._tasks.put(replace(task, status=TaskStatus.SUBMITTING, remote_id=None))
        music.resume()
        found = await until(bench, task, TaskStatus.QUEUED)
        assert found.remote_id == "tsk_1"
        assert len(stub.posts(CREATE)) == 1


async def test_what_was_left_open_is_closed(making_songs: Any) -> None:
    async with making_songs() as (bench, stub):
        task = await until(bench, create(bench), TaskStatus.QUEUED)
        music = bench.services.music
        await bench.until(lambda: _request(bench, task).state is RequestState.CREATED)
        accepted = replace(_request(bench, task), state=RequestState.SENT)
        music._outbox._save(accepted)
        lost = {
            kind: music._outbox.write(
                kind=kind, profile_id=task.profile_id, owner_id="nobody", path=CREATE, body=b"{}"
            )
            for kind in (RequestKind.MUSIC, RequestKind.CANCEL)
        }
        await music._outbox._database.durable()
        music.resume()
        assert _request(bench, task).state is RequestState.CREATED
        states = {music._outbox.find(request.key).state for request in lost.values()}
        assert states == {RequestState.ABANDONED}
        assert len(stub.posts(CREATE)) == 1

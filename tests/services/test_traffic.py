"""What leaves, what waits and why, and what goes on by itself."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.activity import ActivityState
from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.music import Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.profiles import ConnectionPhase, Profile, ProfileKind
from beatra_desktop.domain.requests import Hold, RequestState
from beatra_desktop.domain.traffic import Network
from beatra_desktop.domain.uploads import Purpose, UploadStatus
from beatra_desktop.services.polling import PollSchedule
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.traffic import Interrupted, Traffic

pytestmark = pytest.mark.asyncio

SHORT = {"clip_seconds": 8}
ELSEWHERE = "127.0.0.2"
"""An address that counts as another machine's."""


class Remote:
    """A service on another machine, which can go and come back at the same address."""

    def __init__(self, serve: Callable[..., Any]) -> None:
        self._serve = serve
        self._server: asyncio.Server | None = None
        with socket.create_server((ELSEWHERE, 0)) as free:
            self._port = free.getsockname()[1]

    @property
    def profile(self) -> Profile:
        return Profile(
            id=ProfileId("remote"),
            name="Remote",
            kind=ProfileKind.CUSTOM,
            base_url=f"http://{ELSEWHERE}:{self._port}/v1",
        )

    async def come(self) -> None:
        self._server = await asyncio.start_server(self._serve, ELSEWHERE, self._port)

    async def go(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


@pytest.fixture
def away(open_stub: Any, say: Any, sse: Any, open_bench: Any) -> Any:
    """`away(handler)`: services whose active profile is on another machine, which is not there."""

    @asynccontextmanager
    async def opened(handler: Any = None) -> AsyncIterator[tuple[Any, Remote, Any]]:
        async def answer(heard: Any) -> Any:
            if heard.path == "/v1/models":
                return say(200, {"data": [{"id": "llama"}]})
            if heard.method != "POST":
                return say(404)
            return sse("Hello") if handler is None else await handler(heard)

        async with open_stub(answer) as stub:
            remote = Remote(stub.serve)
            async with open_bench(profile=remote.profile, ready=False) as bench:
                await bench.until(lambda: _network(bench) is Network.OFFLINE)
                yield bench, remote, stub
                await remote.go()

    return opened


def _network(bench: Any) -> Network:
    found: Network = bench.services.traffic.network.value
    return found


def _phase(bench: Any) -> ConnectionPhase:
    found: ConnectionPhase = bench.services.profiles.connection.value.phase
    return found


def _ask(bench: Any, text: str = "Hi") -> Any:
    chat = bench.services.chat
    conversation = chat.new_conversation()
    chat.send(conversation.id, text)
    return chat.open(conversation.id)


def _sing(bench: Any, prompt: str = "rain") -> MusicTask:
    task = bench.services.music.create(MusicPrompt(prompt=prompt))
    assert isinstance(task, MusicTask)
    return task


def _task(bench: Any, task: MusicTask) -> MusicTask:
    found: MusicTask = bench.services.music.tasks.get(task.id)
    return found


async def test_a_question_asked_offline_waits_and_goes_out_by_itself(away: Any) -> None:
    async with away() as (bench, remote, stub):
        shown = _ask(bench)
        await bench.until(lambda: shown[-1].hold is Hold.OFFLINE)
        assert not stub.posts()
        await remote.come()
        await bench.until(lambda: shown[-1].text == "Hello")
        assert shown[-1].hold is None
        assert len(stub.posts()) == 1


async def test_what_never_left_spends_neither_attempts_nor_the_key(away: Any) -> None:
    async with away() as (bench, remote, _):
        outbox = bench.services.chat._outbox
        await remote.come()
        await bench.until(lambda: _network(bench) is Network.ONLINE)
        await remote.go()
        shown = _ask(bench)
        await bench.until(lambda: shown[-1].hold is Hold.OFFLINE)
        request = outbox.find(shown[-1].idempotency_key)
        assert request.state is RequestState.WRITTEN
        assert request.sent_at is None
        await remote.come()
        await bench.until(lambda: shown[-1].text == "Hello")


async def test_songs_written_offline_ask_before_they_go_out(away: Any, say: Any) -> None:
    async def create(_heard: Any) -> Any:
        return say(202, {"task_id": "tsk_1", "status": "queued"})

    async with away(create) as (bench, remote, stub):
        first, second = _sing(bench, "first"), _sing(bench, "second")
        assert first.status is TaskStatus.DRAFT
        assert first.hold is Hold.OFFLINE
        await remote.come()
        await bench.until(lambda: _task(bench, first).hold is None)
        assert not stub.posts()
        [row, _] = bench.services.activity.rows
        assert row.state is ActivityState.NEEDS_YOU
        bench.services.music.send_all()
        await bench.until(lambda: len(stub.posts()) == 2)
        assert [b"first" in post.body for post in stub.posts()] == [True, False]
        await bench.until(lambda: _task(bench, second).status is TaskStatus.QUEUED)


async def test_a_draft_tells_that_its_service_is_back_whichever_is_in_use(away: Any) -> None:
    async with away() as (bench, remote, _stub):
        shown, draft = _ask(bench), _sing(bench)
        bench.services.profiles.activate("sandbox")
        await bench.until(lambda: _phase(bench) is ConnectionPhase.READY)
        assert _task(bench, draft).hold is Hold.OFFLINE
        await remote.come()
        await bench.until(lambda: shown[-1].text == "Hello")
        await bench.until(lambda: _task(bench, draft).hold is None)


async def test_a_draft_that_was_sent_offline_goes_out_by_itself(away: Any, say: Any) -> None:
    async def create(_heard: Any) -> Any:
        return say(202, {"task_id": "tsk_1", "status": "queued"})

    async with away(create) as (bench, remote, stub):
        task = _sing(bench)
        bench.services.music.send_now(task.id)
        await bench.until(lambda: _task(bench, task).hold is Hold.OFFLINE)
        assert _task(bench, task).status is not TaskStatus.DRAFT
        await remote.come()
        await bench.until(lambda: _task(bench, task).status is TaskStatus.QUEUED)
        assert len(stub.posts()) == 1


async def test_a_draft_can_be_given_up(away: Any) -> None:
    async with away() as (bench, remote, stub):
        task = _sing(bench)
        bench.services.music.cancel(task.id)
        assert _task(bench, task).status is TaskStatus.CANCELED
        await remote.come()
        await bench.until(lambda: _network(bench) is Network.ONLINE)
        bench.services.music.send_all()
        assert not stub.posts()


async def test_waiting_can_be_ended_and_the_request_stays(away: Any) -> None:
    async with away() as (bench, remote, stub):
        shown = _ask(bench)
        await bench.until(lambda: shown[-1].hold is Hold.OFFLINE)
        [row] = bench.services.activity.rows
        assert row.state is ActivityState.WAITING
        bench.services.activity.stop_retrying(row.id)
        await bench.until(lambda: shown[-1].status is MessageStatus.FAILED)
        assert shown[-1].failure.code is FailureCode.NOT_SENT
        await remote.come()
        await bench.until(lambda: _network(bench) is Network.ONLINE)
        assert not stub.posts()
        bench.services.chat.retry(shown[-1].id)
        await bench.until(lambda: shown[-1].text == "Hello")
        assert stub.posts()[0].headers["idempotency-key"] == row.idempotency_key


async def test_one_dead_service_holds_up_no_other(away: Any) -> None:
    async with away() as (bench, _, _stub):
        held = _ask(bench, "To the one that is gone")
        await bench.until(lambda: held[-1].hold is Hold.OFFLINE)
        bench.services.profiles.activate("sandbox")
        assert _network(bench) is Network.ONLINE
        assert bench.services.traffic.unreachable.value == {"remote"}
        await bench.until(lambda: _phase(bench) is ConnectionPhase.READY)
        answered = _ask(bench, "To the sandbox")
        await bench.until(lambda: answered[-1].status is MessageStatus.COMPLETE)
        assert held[-1].hold is Hold.OFFLINE


async def test_the_system_is_believed_until_an_answer_comes(away: Any) -> None:
    async with away() as (bench, remote, _):
        await remote.come()
        await bench.until(lambda: _network(bench) is Network.ONLINE)
        bench.services.traffic.note_network(Network.OFFLINE)
        assert bench.services.traffic.hold_of("remote") is Hold.OFFLINE
        assert bench.services.traffic.hold_of("sandbox") is None
        await bench.until(lambda: _network(bench) is Network.ONLINE)
        assert bench.services.traffic.hold_of("remote") is None


async def test_a_machine_that_wakes_looks_at_once(away: Any) -> None:
    async with away() as (bench, remote, _):
        traffic = bench.services.traffic
        traffic._probes = PollSchedule(first=3600.0, cap=3600.0)
        shown = _ask(bench)
        await bench.until(lambda: shown[-1].hold is Hold.OFFLINE)
        await remote.come()
        # Read before and after each of its naps: in the second one it slept long.
        traffic._clock = chain([0.0, 0.0, 0.0, 100.0], repeat(100.0)).__next__
        traffic.watch_clock(0.01)
        traffic.watch_clock(0.01)  # as for a second window: the naps are not read by two
        await bench.until(lambda: shown[-1].text == "Hello")
        assert traffic._supervisor.names.count("watch the clock") == 1


async def test_a_pause_holds_what_is_new_and_is_kept(open_bench: Any) -> None:
    async with open_bench() as bench:
        await bench.admin("POST", "settings", SHORT)
        bench.services.traffic.pause_all()
        shown = _ask(bench)
        await bench.until(lambda: shown[-1].hold is Hold.PAUSED)
        task = _sing(bench, "slow piano waltz")
        assert task.status is not TaskStatus.DRAFT
        await bench.until(lambda: _task(bench, task).hold is Hold.PAUSED)
    async with open_bench() as bench:
        assert bench.services.traffic.is_paused.value
        await bench.until(lambda: _task(bench, task).hold is Hold.PAUSED)
        assert not await bench.posts("")
        bench.services.traffic.resume_all()
        await bench.until(lambda: _task(bench, task).status.is_terminal)
        posts = await bench.posts("/text-to-music")
        assert [post["idempotency_key"] for post in posts] == [task.idempotency_key]
        assert len(await bench.posts("/chat/completions")) == 1


async def test_an_answer_that_comes_is_not_paused(open_bench: Any) -> None:
    async with open_bench(speed=4.0) as bench:
        shown = _ask(bench, "Tell me about uploads")
        await bench.until(lambda: shown[-1].status is MessageStatus.STREAMING)
        bench.services.traffic.pause_all()
        await bench.until(lambda: shown[-1].status is MessageStatus.COMPLETE)


async def test_an_upload_on_its_way_is_paused_and_goes_on_under_its_key(
    open_bench: Any, tmp_path: Path
) -> None:
    async with open_bench() as bench:
        action = {"delay_seconds": 3600.0, "delay_when": "after"}
        await bench.admin("POST", "faults", {"path": "/v1/uploads", "action": action})
        path = tmp_path / "notes.txt"
        path.write_text("some notes")
        [upload_id] = bench.services.uploads.add([path], purpose=Purpose.MEDIA_INPUT)

        def upload() -> Any:
            return bench.services.uploads.uploads.get(upload_id)

        async with asyncio.timeout(30):
            while not await bench.posts("/uploads"):  # noqa: ASYNC110  # it is another process
                await asyncio.sleep(0.01)
        bench.services.traffic.pause_all()
        await bench.until(lambda: upload().hold is Hold.PAUSED)
        assert upload().status is UploadStatus.WAITING
        bench.services.traffic.resume_all()
        await bench.until(lambda: upload().status is UploadStatus.UPLOADED)
        posts = await bench.posts("/uploads")
        assert {post["idempotency_key"] for post in posts} == {upload().idempotency_key}
        assert len(posts) == 2


async def test_a_second_pause_finds_what_still_ends_after_the_first(
    traffic: Traffic, supervisor: Supervisor
) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow_to_end() -> None:
        try:
            begun.set()
            await asyncio.Event().wait()
        finally:
            await may_end.wait()

    async def carried() -> None:
        with pytest.raises(Interrupted):
            await traffic.carry(slow_to_end())

    carrying = supervisor.start(carried(), name="carry")
    await begun.wait()
    for _ in range(2):
        traffic.pause_all()
        for _ in range(5):
            await asyncio.sleep(0)
        traffic.resume_all()
    may_end.set()
    await carrying


async def test_polling_and_downloads_rest_while_paused(open_bench: Any) -> None:
    async with open_bench() as bench:
        music, traffic = bench.services.music, bench.services.traffic
        await bench.admin("POST", "settings", SHORT)
        action = {"delay_seconds": 3600.0}
        await bench.admin("POST", "faults", {"path": "*.mp3", "action": action})
        wish = MusicPrompt(prompt="rain", instrumental=True, model="minimax-music-2.6")
        task = music.create(wish)
        await bench.until(lambda: [c.delivery for c in music.clips] == [Delivery.DOWNLOADING])
        resting = music.create(wish)
        await bench.until(lambda: _task(bench, resting).status.is_at_service)
        traffic.pause_all()
        await bench.until(lambda: music.clips[0].hold is Hold.PAUSED)
        await bench.until(lambda: _task(bench, resting).hold is Hold.PAUSED)
        traffic.resume_all()
        await bench.until(lambda: [c.delivery for c in music.clips] == [Delivery.SAVED] * 2)
        assert _task(bench, task).status is TaskStatus.SUCCEEDED

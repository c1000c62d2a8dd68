"""The activity centre on the real sandbox: what it lists, how it follows, what it can be told."""

from typing import Any

import pytest

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState, Step
from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.music import MusicPrompt, MusicTask
from beatra_desktop.domain.uploads import Purpose

pytestmark = pytest.mark.asyncio
SHORT = {"clip_seconds": 8}
SECRET_WORDS = "verysecretlighthouse"


def _rows(bench: Any, kind: ActivityKind) -> list[Activity]:
    return [row for row in bench.services.activity.rows if row.kind is kind]


def _steps(row: Activity) -> list[Step]:
    return [moment.step for moment in row.timeline]


def _sing(bench: Any, prompt: str = "slow piano waltz") -> MusicTask:
    wish = MusicPrompt(prompt=prompt, instrumental=True, model="minimax-music-2.6")
    task = bench.services.music.create(wish)
    assert isinstance(task, MusicTask)
    return task


def _ask(bench: Any, text: str = "Hi") -> Any:
    chat = bench.services.chat
    conversation = chat.new_conversation()
    chat.send(conversation.id, text)
    return chat.open(conversation.id)


async def _answered(bench: Any, text: str = "Hi") -> Any:
    shown = _ask(bench, text)
    await bench.until(lambda: shown[-1].status is MessageStatus.COMPLETE)
    return shown[-1]


async def _sung(bench: Any, prompt: str = "slow piano waltz") -> MusicTask:
    await bench.admin("POST", "settings", SHORT)
    task = _sing(bench, prompt)
    await bench.until(
        lambda: (
            (rows := _rows(bench, ActivityKind.DOWNLOAD))
            and all(row.state is ActivityState.DONE for row in rows)
        )
    )
    return task


async def test_both_downloads_of_a_song_are_numbered_as_in_the_song_list(open_bench: Any) -> None:
    async with open_bench() as bench:
        await bench.admin("POST", "settings", SHORT)
        wish = MusicPrompt(prompt="rain", title="Lamps", instrumental=True, model="suno-5.5")
        bench.services.music.create(wish)
        await bench.until(lambda: len(_rows(bench, ActivityKind.DOWNLOAD)) == 2)
        titles = [row.title for row in _rows(bench, ActivityKind.DOWNLOAD)]
        assert sorted(titles) == ["Lamps 1", "Lamps 2"]


async def test_everything_is_listed_newest_first_with_its_timeline(
    open_bench: Any, tone: Any
) -> None:
    async with open_bench() as bench:
        message = await _answered(bench)
        bench.services.uploads.add([tone], purpose=Purpose.MEDIA_INPUT)
        await bench.until(
            lambda: [r.state for r in _rows(bench, ActivityKind.UPLOAD)] == [ActivityState.DONE]
        )
        task = await _sung(bench)
        [answer] = _rows(bench, ActivityKind.ANSWER)
        [upload] = _rows(bench, ActivityKind.UPLOAD)
        [song] = _rows(bench, ActivityKind.SONG)
        [download] = _rows(bench, ActivityKind.DOWNLOAD)
        assert [row.id for row in bench.services.activity.rows] == [
            row.id for row in (download, song, upload, answer)
        ]
        assert answer.request_id == message.request_id
        assert answer.conversation_id == message.conversation_id
        assert answer.state is ActivityState.DONE
        assert _steps(answer) == [Step.WRITTEN, Step.SENT, Step.STARTED, Step.DONE]
        assert _steps(upload) == [Step.WRITTEN, Step.SENT, Step.DONE]
        assert upload.total_bytes == tone.stat().st_size
        assert _steps(song) == list(Step)
        assert song.idempotency_key == task.idempotency_key
        assert song.attempts == 1
        assert song.credits is not None
        assert download.fraction == 1.0
        times = [moment.at for moment in song.timeline]
        assert times[0] <= times[1] <= times[-1]


async def test_counts_follow_state_and_kind(open_bench: Any) -> None:
    async with open_bench() as bench:
        counts = bench.services.activity.counts
        heard: list[Any] = []
        counts.changed.connect(heard.append)
        await _sung(bench)
        await bench.until(lambda: counts.value.of_states.get(ActivityState.DONE) == 2)
        assert counts.value.of_kinds == {ActivityKind.SONG: 1, ActivityKind.DOWNLOAD: 1}
        song = (ActivityKind.SONG, ActivityState.RUNNING)
        assert any(song in told.of_both for told in heard)
        assert ActivityState.RUNNING not in counts.value.of_states


async def test_what_an_earlier_run_did_is_listed_again(open_bench: Any) -> None:
    async with open_bench() as bench:
        await _answered(bench)
        await _sung(bench)
        await bench.until(lambda: len(bench.services.activity.rows) == 3)
        before = list(bench.services.activity.rows)
    async with open_bench() as bench:
        await bench.until(lambda: len(bench.services.activity.rows) == 3)
        assert [row.id for row in bench.services.activity.rows] == [row.id for row in before]
        again = _rows(bench, ActivityKind.ANSWER)[0]
        assert _steps(again) == [Step.WRITTEN, Step.SENT, Step.STARTED, Step.DONE]
        assert again.title == "Hi"
        assert _steps(_rows(bench, ActivityKind.SONG)[0]) == list(Step)


async def test_older_answers_come_in_pages(
    open_bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("beatra_desktop.services.activity.PAGE", 2)
    async with open_bench() as bench:
        for text in ("One", "Two", "Three", "Four", "Five"):
            await _answered(bench, text)
    async with open_bench() as bench:
        activity = bench.services.activity
        await bench.until(lambda: len(activity.rows) == 2)
        await _answered(bench, "Six")
        activity.older()
        await bench.until(lambda: len(activity.rows) == 5)
        assert activity.has_older.value
        activity.older()
        await bench.until(lambda: len(activity.rows) == 6)
        assert not activity.has_older.value
        titles = [row.title for row in activity.rows]
        assert titles == ["Six", "Five", "Four", "Three", "Two", "One"]


async def test_a_deleted_chat_takes_its_answers_off_the_list(open_bench: Any) -> None:
    async with open_bench() as bench:
        message = await _answered(bench)
        bench.services.history.delete(message.conversation_id)
        assert not _rows(bench, ActivityKind.ANSWER)
        assert not bench.services.activity.counts.value.of_kinds


async def test_a_wait_is_shown_stopped_and_the_same_request_sent_again(open_bench: Any) -> None:
    async with open_bench() as bench:
        activity = bench.services.activity
        action = {"status": 503, "retry_after": 600}
        await bench.admin("POST", "faults", {"path": "/v1/chat/*", "action": action})
        shown = _ask(bench)
        await bench.until(lambda: shown[-1].wait is not None)
        [row] = _rows(bench, ActivityKind.ANSWER)
        assert row.state is ActivityState.WAITING
        assert row.wait is not None
        assert (row.wait.attempt, row.attempts) == (2, 1)
        activity.stop_retrying(row.id)
        await bench.until(lambda: shown[-1].status is MessageStatus.FAILED)
        [row] = _rows(bench, ActivityKind.ANSWER)
        assert row.failure is not None
        assert row.failure.status == 503
        activity.retry(row.id)
        await bench.until(lambda: shown[-1].status is MessageStatus.COMPLETE)
        posts = await bench.posts("/chat/completions")
        assert len({post["idempotency_key"] for post in posts}) == 1
        assert len(posts) == 2


async def test_a_countdown_can_be_cut_short(open_bench: Any) -> None:
    async with open_bench() as bench:
        action = {"status": 503, "retry_after": 600}
        await bench.admin("POST", "faults", {"path": "/v1/chat/*", "action": action})
        shown = _ask(bench)
        await bench.until(lambda: shown[-1].wait is not None)
        bench.services.activity.try_now(_rows(bench, ActivityKind.ANSWER)[0].id)
        await bench.until(lambda: shown[-1].status is MessageStatus.COMPLETE)


async def test_a_row_can_be_canceled(open_bench: Any) -> None:
    async with open_bench(speed=1.0) as bench:
        shown = _ask(bench, "Tell me about uploads")
        await bench.until(lambda: shown[-1].status is MessageStatus.STREAMING)
        bench.services.activity.cancel(_rows(bench, ActivityKind.ANSWER)[0].id)
        await bench.until(
            lambda: _rows(bench, ActivityKind.ANSWER)[0].state is ActivityState.CANCELED
        )


async def test_reports_and_command_lines_tell_no_key_and_no_words(open_bench: Any) -> None:
    async with open_bench() as bench:
        activity = bench.services.activity
        await _sung(bench, f"{SECRET_WORDS} waltz")
        await _answered(bench, f"{SECRET_WORDS}?")
        key = bench.services.profiles._clients._keys["sandbox"].reveal()
        for row in list(activity.rows):
            told = activity.report(row.id) + activity.curl(row.id)
            assert SECRET_WORDS not in told
            loud = activity.report(row.id, with_text=True) + activity.curl(row.id, with_text=True)
            assert key not in told + loud
            assert "$BEATRA_API_KEY" in activity.curl(row.id)
            assert (row.request_id or "?") in told
            assert (row.idempotency_key or "") in told
        [song] = _rows(bench, ActivityKind.SONG)
        assert SECRET_WORDS in activity.report(song.id, with_text=True)
        assert SECRET_WORDS in activity.curl(song.id, with_text=True)
        assert "127.0.0.1" in activity.report(song.id)


async def test_unknown_ids_are_answered_with_nothing(open_bench: Any) -> None:
    async with open_bench() as bench:
        activity = bench.services.activity
        assert activity.report("song:nobody") == activity.curl("song:nobody") == ""
        for command in (activity.cancel, activity.retry, activity.try_now, activity.send_now):
            command("song:nobody")


async def test_a_failure_is_told_on_its_row(open_bench: Any) -> None:
    async with open_bench() as bench:
        action = {"status": 402, "error": {"code": "insufficient_balance"}}
        await bench.admin("POST", "faults", {"path": "/v1/music/*", "action": action})
        _sing(bench)
        await bench.until(
            lambda: [r.state for r in _rows(bench, ActivityKind.SONG)] == [ActivityState.FAILED]
        )
        [row] = _rows(bench, ActivityKind.SONG)
        assert row.failure is not None
        assert row.failure.code is FailureCode.INSUFFICIENT_BALANCE
        told = bench.services.activity.report(row.id)
        assert "Failure: insufficient_balance" in told
        assert "HTTP status: 402" in told

"""What ended while nobody looked: told once, and only as long as it is true."""

from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.alerts import Alert, AlertKind
from beatra_desktop.domain.music import Delivery, MusicPrompt
from beatra_desktop.domain.uploads import PurposeRule

pytestmark = pytest.mark.asyncio
SHORT = {"clip_seconds": 8}
REFUSAL = {"status": 402, "error": {"code": "insufficient_balance"}}


def _alerts(bench: Any) -> list[Alert]:
    return list(bench.services.alerts.alerts)


def _kinds(bench: Any) -> list[AlertKind]:
    return [alert.kind for alert in _alerts(bench)]


def _ask(bench: Any, text: str, model: str = "sandbox-echo") -> Any:
    chat = bench.services.chat
    conversation = chat.new_conversation()
    chat.set_model(conversation.id, model)
    chat.send(conversation.id, text)
    return conversation


async def _sing(bench: Any, **fault: Any) -> Any:
    await bench.admin("POST", "settings", SHORT)
    if fault:
        await bench.admin("POST", "faults", fault)
    return bench.services.music.create(MusicPrompt(prompt="rain", title="Rain"))


async def test_an_answer_is_told_once_it_is_over_and_no_more_when_it_goes_on(
    open_bench: Any,
) -> None:
    async with open_bench() as bench:
        alerts, chat = bench.services.alerts, bench.services.chat
        alerts.note_front(is_in_front=False)
        conversation = _ask(bench, "Songs about rain")
        assert _alerts(bench) == []
        await bench.until(lambda: _kinds(bench) == [AlertKind.ANSWER_COMPLETE])
        [alert] = _alerts(bench)
        assert (alert.owner_id, alert.title) == (conversation.id, "Songs about rain")
        delay = {"path": "/v1/chat/completions", "action": {"delay_seconds": 60}}
        await bench.admin("POST", "faults", delay)
        chat.send(conversation.id, "More")
        assert _alerts(bench) == []
        chat.stop(conversation.id)
        await bench.until(lambda: not chat.answering.value)
        assert _alerts(bench) == []


async def test_a_cut_answer_is_told_until_its_chat_is_deleted(open_bench: Any) -> None:
    async with open_bench() as bench:
        bench.services.alerts.note_front(is_in_front=False)
        cut = {"path": "/v1/chat/completions", "action": {"cut_after_events": 2}}
        await bench.admin("POST", "faults", cut)
        conversation = _ask(bench, "One two three four five six")
        await bench.until(lambda: _kinds(bench) == [AlertKind.ANSWER_CUT])
        bench.services.history.delete(conversation.id)
        assert _alerts(bench) == []


async def test_what_ends_in_front_is_not_told_and_looking_ends_what_was(open_bench: Any) -> None:
    async with open_bench() as bench:
        alerts, chat = bench.services.alerts, bench.services.chat
        first = _ask(bench, "Hello")
        await bench.until(lambda: not chat.is_answering(first.id))
        assert _alerts(bench) == []
        alerts.note_front(is_in_front=False)
        assert _alerts(bench) == []
        second = _ask(bench, "Hello again")
        await bench.until(lambda: len(_alerts(bench)) == 1)
        assert _alerts(bench)[0].owner_id == second.id
        alerts.note_front(is_in_front=True)
        assert _alerts(bench) == []


async def test_a_song_is_told_once_whatever_it_has_of_clips_and_not_at_the_next_start(
    open_bench: Any,
) -> None:
    async with open_bench() as bench:
        bench.services.alerts.note_front(is_in_front=False)
        task = await _sing(bench)
        clips = bench.services.music.clips_of
        await bench.until(lambda: [c.delivery for c in clips(task.id)] == [Delivery.SAVED] * 2)
        [alert] = _alerts(bench)
        assert alert.kind is AlertKind.SONG_SAVED
        assert (alert.owner_id, alert.title) == (task.id, "Rain")
        assert alert.clip_id in {clip.id for clip in bench.services.music.clips_of(task.id)}
    async with open_bench(ready=False) as later:
        later.services.alerts.note_front(is_in_front=False)
        await later.until(lambda: len(later.services.music.clips) == 2)
        assert _alerts(later) == []


async def test_a_song_that_is_refused_is_told_until_it_is_tried_again(open_bench: Any) -> None:
    async with open_bench() as bench:
        bench.services.alerts.note_front(is_in_front=False)
        task = await _sing(bench, path="/v1/music/*", action=REFUSAL)
        await bench.until(lambda: _kinds(bench) == [AlertKind.SONG_FAILED])
        bench.services.music.retry(task.id)
        assert AlertKind.SONG_FAILED not in _kinds(bench)


async def test_a_failed_upload_is_told_by_its_name(open_bench: Any, tmp_path: Path) -> None:
    async with open_bench() as bench:
        bench.services.alerts.note_front(is_in_front=False)
        fault = {"path": "/v1/uploads", "action": REFUSAL}
        await bench.admin("POST", "faults", fault)
        note = tmp_path / "note.bin"
        note.write_bytes(b"words")
        bench.services.uploads.take_in([note], purpose=PurposeRule.ALL_AS_MEDIA)
        await bench.until(lambda: _kinds(bench) == [AlertKind.UPLOAD_FAILED])
        assert _alerts(bench)[0].title == "note.bin"


async def test_a_question_is_told_while_it_is_open(open_bench: Any) -> None:
    async with open_bench(ready=False) as bench:
        alerts = bench.services.alerts
        alerts.note_question(is_open=True)
        assert _alerts(bench) == []
        alerts.note_front(is_in_front=False)
        alerts.note_question(is_open=True)
        assert _kinds(bench) == [AlertKind.QUESTION]
        alerts.note_question(is_open=False)
        assert _alerts(bench) == []

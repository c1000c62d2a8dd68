"""What the song list says of tasks and clips."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import (
    Billing,
    Clip,
    Delivery,
    MusicPrompt,
    MusicTask,
    Progress,
    TaskStatus,
)
from beatra_desktop.domain.requests import Wait
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.queue_rows import QueueRow

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TASK = MusicTask(
    id=TaskId("t1"),
    profile_id=ProfileId("sandbox"),
    prompt=MusicPrompt(prompt="slow\npiano  waltz"),
    status=TaskStatus.RUNNING,
    created_at=NOW - timedelta(minutes=9),
    started_at=NOW - timedelta(seconds=83),
    progress=Progress(percent=50, stage="final_mix"),
)
CLIP = Clip(
    id=ClipId("c1"), task_id=TASK.id, index=0, title="Lamps", url="https://example.com/a.mp3",
    delivery=Delivery.SAVED, duration_seconds=151,
)  # fmt: skip


@pytest.mark.parametrize("status", list(TaskStatus))
def test_every_state_has_words_and_an_icon(status: TaskStatus) -> None:
    task = replace(TASK, status=status, server_status="awaiting_review")
    assert task_text.state(task, NOW)
    assert task_text.look(task)


def test_a_song_in_the_making_says_its_phase_and_the_time_since_it_started() -> None:
    assert task_text.state(TASK, NOW) == "In the making · final mix"
    assert task_text.elapsed(TASK, NOW) == "1:23"
    assert task_text.elapsed(replace(TASK, started_at=None), NOW) == ""
    assert task_text.name(TASK) == "slow piano waltz"


def test_a_state_nobody_knows_is_shown_as_the_service_says_it() -> None:
    task = replace(TASK, status=TaskStatus.OTHER, server_status="awaiting_review")
    assert task_text.state(task, NOW) == "awaiting_review"


def test_a_pause_before_another_attempt_is_counted_down() -> None:
    wait = Wait(attempt=2, of=5, until=NOW + timedelta(seconds=8), reason="busy")
    assert task_text.state(replace(TASK, wait=wait), NOW) == "Attempt 2 of 5 in 8 s"


def test_a_refusal_is_named_in_its_row() -> None:
    failure = Failure(code=FailureCode.INSUFFICIENT_BALANCE)
    refused = replace(TASK, status=TaskStatus.REFUSED, failure=failure)
    assert task_text.state(refused, NOW) == "Not started · Not enough credits"


@pytest.mark.parametrize(
    ("billing", "words"),
    [
        (None, ""),
        (Billing(), ""),
        (Billing(charged_credits="80.0000", refunded_credits="0.0000"), "80 credits"),
        (Billing(charged_credits="80.0000", refunded_credits="80.0000"), "80 credits back"),
    ],
)
def test_only_what_the_service_said_is_counted(billing: Billing | None, words: str) -> None:
    assert task_text.cost(replace(TASK, billing=billing)) == words


def test_clips_are_counted_and_numbered() -> None:
    other = replace(CLIP, id=ClipId("c2"), index=1, delivery=Delivery.UNSAVED)
    assert task_text.delivery((CLIP, other)) == "1 of 2 saved"
    assert task_text.clip_name(QueueRow("c2", TASK, (CLIP, other), other)) == "Lamps 2"
    assert task_text.clip_name(QueueRow("c1", TASK, (CLIP,), CLIP)) == "Lamps"
    assert task_text.clip_line(CLIP) == "2:31 · Saved"


def test_a_download_says_how_far_it_is() -> None:
    loading = replace(CLIP, delivery=Delivery.DOWNLOADING, size_bytes=1000, received_bytes=430)
    assert task_text.clip_line(loading) == "2:31 · Downloading · 43 %"

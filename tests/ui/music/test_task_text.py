"""What the song list says of tasks and clips."""

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
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Hold, Wait
from beatra_desktop.services.estimates import Estimate
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.queue_row import QueueRow
from beatra_desktop.ui.music.task_notes import notes

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


def test_a_song_that_could_not_be_canceled_says_so_and_why() -> None:
    failure = Failure(code=FailureCode.TIMED_OUT)
    going_on = replace(TASK, status=TaskStatus.QUEUED, cancel_failure=failure)
    assert task_text.state(going_on, NOW) == "Could not be canceled, goes on"
    row = QueueRow("t1", going_on, ())
    assert task_text.problem(row).startswith("It could not be canceled and goes on. ")


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
    gone = replace(CLIP, deleted_at=NOW)
    assert task_text.delivery((gone, other)) == "1 of 2 saved, 1 deleted"
    assert task_text.clip_name(QueueRow("c2", TASK, (CLIP, other), other)) == "Lamps 2"
    assert task_text.clip_name(QueueRow("c1", TASK, (CLIP,), CLIP)) == "Lamps"
    assert task_text.clip_line(CLIP) == "2:31 · Saved"


def test_a_download_says_how_far_it_is() -> None:
    loading = replace(CLIP, delivery=Delivery.DOWNLOADING, size_bytes=1000, received_bytes=430)
    assert task_text.clip_line(loading) == "2:31 · Downloading · 43 %"


def test_the_time_left_is_a_range_that_is_no_promise() -> None:
    row, estimate = QueueRow("t1", TASK, ()), Estimate(usual=100.0, late=130.0)
    assert task_text.task_line(row, NOW, estimate) == "Final mix · 0:15–0:45 left"
    late = NOW + timedelta(minutes=1)
    assert task_text.task_line(row, late, estimate) == "Final mix · longer than usual"
    assert task_text.task_line(row, NOW) == "In the making · final mix"
    assert task_text.usual_time(estimate) == "usually 1:40–2:10"
    queued = replace(TASK, status=TaskStatus.QUEUED, started_at=None)
    assert task_text.task_line(QueueRow("t1", queued, ()), NOW, estimate) == "Queued"


def test_a_lost_song_is_being_looked_for_until_a_look_failed() -> None:
    lost = replace(TASK, status=TaskStatus.UNKNOWN)
    assert task_text.state(lost, NOW) == "Checking whether it was made"
    failed = replace(lost, failure=Failure(code=FailureCode.SEVERAL_FIT))
    assert task_text.state(failed, NOW) == "Outcome unknown · More than one could be it"


def test_a_cancel_promises_nothing() -> None:
    asked = replace(TASK, cancel_requested_at=NOW)
    assert task_text.state(asked, NOW) == "Cancel asked for, may still be finished"
    done = replace(asked, status=TaskStatus.SUCCEEDED)
    [note, *_] = notes(QueueRow("t1", done, (CLIP,)), NOW)
    assert "finished before it could be canceled" in note


def test_before_it_is_charged_the_price_is_what_the_catalogue_said() -> None:
    waiting = replace(TASK, status=TaskStatus.WAITING, estimated_credits="80.0000")
    assert task_text.cost(waiting) == "about 80 credits"
    assert task_text.cost(replace(waiting, status=TaskStatus.REFUSED)) == ""
    charged = replace(waiting, billing=Billing(charged_credits="50.0000"))
    assert task_text.cost(charged) == "50 credits"


def test_what_is_odd_is_noted() -> None:
    done = replace(TASK, status=TaskStatus.SUCCEEDED, expected_clips=2, remarks="Shortened (title)")
    assert notes(QueueRow("t1", done, (CLIP,)), NOW) == [
        "The model usually makes 2 songs; this time it made 1.",
        "The service remarks: Shortened (title)",
    ]
    assert "delivered no song" in notes(QueueRow("t1", done, ()), NOW)[0]
    assert notes(QueueRow("t1", replace(done, expected_clips=None, remarks=""), (CLIP,)), NOW) == []


def test_a_safety_refusal_tells_its_refund_only_once_it_is_booked() -> None:
    refused = replace(
        TASK,
        status=TaskStatus.FAILED,
        failure=Failure(code=FailureCode.SAFETY_REJECTED),
        billing=Billing(charged_credits="80.0000", refunded_credits="80.0000"),
    )
    assert notes(QueueRow("t1", refused, ()), NOW) == ["80 credits came back to your account."]
    not_yet = replace(refused, billing=Billing(charged_credits="80.0000"))
    assert notes(QueueRow("t1", not_yet, ()), NOW) == [
        "The service has not reported the refund yet."
    ]


def test_what_is_not_saved_in_time_says_so() -> None:
    done = replace(TASK, status=TaskStatus.SUCCEEDED, completed_at=NOW - timedelta(hours=21))
    unsaved = replace(CLIP, delivery=Delivery.UNSAVED)
    [old] = notes(QueueRow("c1", done, (unsaved,), unsaved), NOW)
    assert old.startswith("Not saved for 21 h.")
    soon = replace(unsaved, expires_at=NOW + timedelta(minutes=3))
    [ending] = notes(QueueRow("c1", done, (soon,), soon), NOW)
    assert ending == "Not saved yet, and its link ends in 3:00."
    assert notes(QueueRow("c1", done, (CLIP,), CLIP), NOW) == []


def test_variations_tell_their_place() -> None:
    row = QueueRow("t1", TASK, (), variation=(2, 3))
    assert task_text.variation(row) == "2 of 3"
    assert "variation 2 of 3" in task_text.spoken(row, NOW)


def test_a_row_is_one_sentence_for_a_screen_reader() -> None:
    running = QueueRow("t1", TASK, ())
    heard = "slow piano waltz, In the making, final mix, for 1:23"
    assert task_text.spoken(running, NOW) == heard
    failed = replace(
        TASK, status=TaskStatus.FAILED, failure=Failure(code=FailureCode.OUTCOME_UNKNOWN)
    )
    row = QueueRow("t1", failed, ())
    assert task_text.spoken(row, NOW).endswith(task_text.problem(row))
    clip = QueueRow("c1", TASK, (CLIP,), CLIP)
    assert task_text.spoken(clip, NOW) == "Clip Lamps, 2:31, Saved"


def test_what_is_held_up_says_why() -> None:
    held = replace(TASK, hold=Hold.PAUSED)
    assert task_text.state(held, NOW) == "In the making · paused"
    draft = replace(TASK, status=TaskStatus.DRAFT, hold=Hold.OFFLINE)
    assert task_text.state(draft, NOW) == "Not sent yet, waits for you · no network"

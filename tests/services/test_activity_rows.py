"""How each record is told of in the activity centre."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.activity import ActivityState, Step
from beatra_desktop.domain.chat import Message, MessageStatus, Role, Usage
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ClipId, ConversationId, MessageId, ProfileId, TaskId, UploadId
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
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services import activity_rows
from beatra_desktop.services.activity_rows import NOT_SENT
from beatra_desktop.storage.activity import Sending

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(seconds=9)
BACK_OFF = Wait(attempt=2, of=5, until=LATER, reason="busy")
FAILURE = Failure(code=FailureCode.SERVICE_ERROR)


def _message(**fields: Any) -> Message:
    message = Message(
        id=MessageId("m"),
        conversation_id=ConversationId("c"),
        parent_id=None,
        role=Role.ASSISTANT,
        text="",
        status=MessageStatus.SENDING,
        created_at=NOON,
        model_asked="auto",
    )
    return replace(message, **fields)


def _upload(**fields: Any) -> Upload:
    upload = Upload(
        id=UploadId("u"),
        profile_id=ProfileId("p"),
        path=Path("a.wav"),
        name="a.wav",
        purpose=Purpose.MEDIA_INPUT,
        mime_type="audio/wav",
        size=100,
        modified_ns=0,
        status=UploadStatus.SENDING,
        created_at=NOON,
    )
    return replace(upload, **fields)


def _task(**fields: Any) -> MusicTask:
    task = MusicTask(
        id=TaskId("t"),
        profile_id=ProfileId("p"),
        prompt=MusicPrompt(prompt="rain on\nlamps", model="suno-5.5"),
        status=TaskStatus.SUBMITTING,
        created_at=NOON,
    )
    return replace(task, **fields)


def _clip(**fields: Any) -> Clip:
    clip = Clip(
        id=ClipId("k"), task_id=TaskId("t"), index=0, title="", url="", delivery=Delivery.WAITING
    )
    return replace(clip, **fields)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, ActivityState.RUNNING),
        ({"wait": BACK_OFF}, ActivityState.WAITING),
        ({"hold": Hold.PAUSED}, ActivityState.WAITING),
        ({"status": MessageStatus.STREAMING}, ActivityState.RUNNING),
        ({"status": MessageStatus.COMPLETE}, ActivityState.DONE),
        ({"status": MessageStatus.INCOMPLETE, "failure": FAILURE}, ActivityState.FAILED),
        ({"status": MessageStatus.INCOMPLETE}, ActivityState.DONE),
        ({"status": MessageStatus.STOPPED}, ActivityState.CANCELED),
        ({"status": MessageStatus.UNKNOWN}, ActivityState.FAILED),
    ],
)
def test_states_of_answers(fields: dict[str, Any], state: ActivityState) -> None:
    assert activity_rows.answer(_message(**fields), "Chat").state is state


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, ActivityState.RUNNING),
        ({"wait": BACK_OFF}, ActivityState.WAITING),
        ({"status": UploadStatus.ASKING}, ActivityState.NEEDS_YOU),
        ({"status": UploadStatus.WAITING}, ActivityState.WAITING),
        ({"status": UploadStatus.UPLOADED}, ActivityState.DONE),
        ({"status": UploadStatus.CANCELED}, ActivityState.CANCELED),
    ],
)
def test_states_of_uploads(fields: dict[str, Any], state: ActivityState) -> None:
    assert activity_rows.upload(_upload(**fields)).state is state


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, ActivityState.RUNNING),
        ({"hold": Hold.OFFLINE}, ActivityState.WAITING),
        ({"status": TaskStatus.DRAFT}, ActivityState.NEEDS_YOU),
        ({"status": TaskStatus.DRAFT, "hold": Hold.OFFLINE}, ActivityState.WAITING),
        ({"status": TaskStatus.QUEUED, "hold": Hold.PAUSED}, ActivityState.RUNNING),
        ({"status": TaskStatus.UNKNOWN}, ActivityState.RUNNING),
        ({"status": TaskStatus.UNKNOWN, "failure": FAILURE}, ActivityState.NEEDS_YOU),
        ({"status": TaskStatus.REFUSED}, ActivityState.FAILED),
        ({"status": TaskStatus.SUCCEEDED}, ActivityState.DONE),
    ],
)
def test_states_of_songs(fields: dict[str, Any], state: ActivityState) -> None:
    assert activity_rows.song(_task(**fields)).state is state


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, ActivityState.WAITING),
        ({"delivery": Delivery.VERIFYING}, ActivityState.RUNNING),
        ({"delivery": Delivery.DOWNLOADING, "hold": Hold.OFFLINE}, ActivityState.WAITING),
        ({"delivery": Delivery.SAVED}, ActivityState.DONE),
        ({"delivery": Delivery.UNSAVED}, ActivityState.FAILED),
    ],
)
def test_states_of_downloads(fields: dict[str, Any], state: ActivityState) -> None:
    assert activity_rows.download(_clip(**fields), _task()).state is state


def test_every_status_has_a_state() -> None:
    for status in MessageStatus:
        activity_rows.answer(_message(status=status), "")
    for upload_status in UploadStatus:
        activity_rows.upload(_upload(status=upload_status))
    for task_status in TaskStatus:
        activity_rows.song(_task(status=task_status))
    for delivery in Delivery:
        activity_rows.download(_clip(delivery=delivery), _task())


def test_a_share_done_is_told_only_where_there_is_one() -> None:
    assert activity_rows.upload(_upload(sent_bytes=25)).fraction == 0.25
    assert activity_rows.upload(_upload(size=0)).fraction is None
    assert activity_rows.download(_clip(received_bytes=9), _task()).fraction is None
    phase = _task(status=TaskStatus.RUNNING, progress=Progress(percent=40.0))
    assert activity_rows.song(phase).fraction is None


def test_credits_are_the_services_own_words() -> None:
    assert activity_rows.answer(_message(usage=Usage()), "").credits is None
    assert activity_rows.answer(_message(usage=Usage(credits="0.10")), "").credits == "0.10"
    billing = Billing(charged_credits="80.0000", net_charged_credits="0.0000")
    assert activity_rows.song(_task(billing=billing)).credits == "0.0000"
    assert activity_rows.song(_task(billing=Billing(charged_credits="80"))).credits == "80"


def test_a_timeline_has_what_is_known_in_its_order() -> None:
    sending = Sending(written_at=NOON, sent_at=LATER, attempts=3)
    row = activity_rows.answer(_message(status=MessageStatus.COMPLETE), "", sending)
    assert [moment.step for moment in row.timeline] == [Step.WRITTEN, Step.SENT]
    assert row.attempts == 3
    failed = _upload(status=UploadStatus.FAILED)
    assert activity_rows.upload(failed, replace(NOT_SENT, settled_at=LATER)).ended_at == LATER


def test_a_song_that_failed_tells_when() -> None:
    settled = replace(NOT_SENT, settled_at=NOON)
    assert activity_rows.song(_task(status=TaskStatus.REFUSED), settled).ended_at == NOON
    told = _task(status=TaskStatus.FAILED, completed_at=LATER, checked_at=NOON)
    assert activity_rows.song(told, settled).ended_at == LATER
    silent = _task(status=TaskStatus.FAILED, checked_at=LATER)
    assert activity_rows.song(silent, settled).ended_at == LATER
    assert activity_rows.song(_task(status=TaskStatus.QUEUED), settled).ended_at is None


def test_the_clips_of_one_song_are_told_apart() -> None:
    second = _clip(title="Lamps", index=1)
    assert activity_rows.download(second, _task(), of=2).title == "Lamps 2"
    assert activity_rows.download(second, _task()).title == "Lamps"


def test_a_song_without_a_title_is_known_by_its_first_words() -> None:
    assert activity_rows.song(_task()).title == "rain on"
    assert activity_rows.download(_clip(), _task()).title == "rain on"


def test_a_download_is_not_older_than_its_song_by_a_clock_of_whole_seconds() -> None:
    task = _task(completed_at=_task().created_at - timedelta(milliseconds=241))
    row = activity_rows.download(_clip(), task)
    assert row.created_at == row.timeline[0].at == task.created_at

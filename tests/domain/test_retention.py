from datetime import UTC, datetime, timedelta

import pytest

from beatra_desktop.domain import retention
from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TASK = MusicTask(
    id=TaskId("t"),
    profile_id=ProfileId("sandbox"),
    prompt=MusicPrompt(prompt="rain"),
    status=TaskStatus.SUCCEEDED,
    created_at=NOON,
    completed_at=NOON,
)
CLIP = Clip(
    id=ClipId("c"), task_id=TASK.id, index=0, title="Rain", url="u", delivery=Delivery.UNSAVED
)


@pytest.mark.parametrize(
    ("delivery", "hours", "link_minutes", "at_risk"),
    [
        (Delivery.UNSAVED, 1, None, False),
        (Delivery.UNSAVED, 20, None, True),
        (Delivery.WAITING, 20, None, True),
        (Delivery.SAVED, 200, 1, False),
        (Delivery.UNSAVED, 1, 16, False),
        (Delivery.UNSAVED, 1, 15, False),
        (Delivery.UNSAVED, 1, 14, True),
        (Delivery.UNSAVED, 1, -5, True),
        (Delivery.DOWNLOADING, 1, 5, False),
    ],
)
def test_what_is_not_saved_in_time_is_at_risk(
    delivery: Delivery, hours: int, link_minutes: int | None, at_risk: bool
) -> None:
    now = NOON + timedelta(hours=hours)
    ends = None if link_minutes is None else now + timedelta(minutes=link_minutes)
    clip = replace(CLIP, delivery=delivery, expires_at=ends)
    assert retention.is_at_risk(clip, TASK, now) is at_risk


def test_what_the_user_threw_away_is_not_at_risk() -> None:
    thrown = replace(CLIP, deleted_at=NOON)
    assert not retention.is_at_risk(thrown, TASK, NOON + timedelta(hours=30))


def test_links_tell_the_deadline_and_else_the_age_does() -> None:
    ends = NOON + timedelta(minutes=3)
    assert retention.deadline(replace(CLIP, expires_at=ends), TASK) == ends
    assert retention.deadline(CLIP, TASK) == NOON + retention.ASSUMED_WINDOW
    older = replace(TASK, completed_at=NOON - timedelta(hours=1))
    assert retention.deadline(CLIP, older) < retention.deadline(CLIP, TASK)


def test_a_clip_waits_since_its_task_ended_or_was_last_known_to_be_there() -> None:
    now = NOON + timedelta(hours=5)
    assert retention.unsaved_for(CLIP, TASK, now) == timedelta(hours=5)
    looked_at = replace(TASK, completed_at=None, checked_at=NOON + timedelta(hours=2))
    assert retention.unsaved_for(CLIP, looked_at, now) == timedelta(hours=3)
    only_made = replace(TASK, completed_at=None)
    assert retention.unsaved_for(CLIP, only_made, now) == timedelta(hours=5)
    saved = replace(CLIP, delivery=Delivery.SAVED)
    assert retention.unsaved_for(saved, TASK, now) == timedelta(0)

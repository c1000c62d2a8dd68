"""How urgent it is to save a clip: nobody says how long the service keeps it (contract §4, U12)."""

from datetime import datetime, timedelta
from typing import Final

from beatra_desktop.domain.music import Clip, Delivery, MusicTask

UNSAVED_FOR_LONG: Final = timedelta(hours=20)
LINK_ENDS_SOON: Final = timedelta(minutes=15)
ASSUMED_WINDOW: Final = timedelta(hours=24)
"""What is reckoned with where a link says nothing; never told as a fact."""


def deadline(clip: Clip, task: MusicTask) -> datetime:
    """By when a clip should be saved: those with the earliest go first."""
    return clip.expires_at or _made_at(task) + ASSUMED_WINDOW


def unsaved_for(clip: Clip, task: MusicTask, now: datetime) -> timedelta:
    """How long the service has had the clip and this disk has not; none once it is saved."""
    return now - _made_at(task) if _is_missing(clip) else timedelta(0)


def is_at_risk(clip: Clip, task: MusicTask, now: datetime) -> bool:
    """Whether the user should be warned that a clip is not saved yet."""
    if not _is_missing(clip):
        return False
    failed = clip.delivery is Delivery.UNSAVED and clip.expires_at is not None
    ends_soon = failed and clip.expires_at is not None and clip.expires_at - now < LINK_ENDS_SOON
    return ends_soon or unsaved_for(clip, task, now) >= UNSAVED_FOR_LONG


def _is_missing(clip: Clip) -> bool:
    return clip.delivery is not Delivery.SAVED and clip.deleted_at is None


def _made_at(task: MusicTask) -> datetime:
    return task.completed_at or task.checked_at or task.created_at

"""The collection: saved songs as their owner orders them."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.ids import ClipId, PlaylistId
from beatra_desktop.domain.music import Clip

STARS: Final = range(6)
"""What a song can be rated with; 0 takes a rating back."""
SONG_TRASH_TIME: Final = timedelta(days=30)
"""How long deleted songs can be brought back."""


class Playlist(Struct, frozen=True, kw_only=True):
    """Songs in an order of their own; each at most once."""

    id: PlaylistId
    name: str
    created_at: datetime
    clip_ids: tuple[ClipId, ...] = ()


def is_in_trash(clip: Clip) -> bool:
    """Deleted, and its file still there to be brought back.

    A deleted clip without a path is gone for good, or never had a file.
    """
    return clip.deleted_at is not None and clip.path is not None


def is_expired(clip: Clip, now: datetime) -> bool:
    """Deleted so long ago that its file may go."""
    return clip.deleted_at is not None and now - clip.deleted_at > SONG_TRASH_TIME

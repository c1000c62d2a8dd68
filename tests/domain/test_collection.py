from datetime import timedelta
from pathlib import Path

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.collection import SONG_TRASH_TIME, is_expired, is_in_trash
from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.domain.records import replace

NOW = utc_now()
CLIP = Clip(
    id=ClipId("t-0"),
    task_id=TaskId("t"),
    index=0,
    title="Rain",
    url="",
    delivery=Delivery.SAVED,
    path=Path("/songs/rain.mp3"),
)


def test_only_what_was_deleted_and_has_a_file_is_in_the_trash() -> None:
    deleted = replace(CLIP, deleted_at=NOW)
    assert not is_in_trash(CLIP)
    assert is_in_trash(deleted)
    assert not is_in_trash(replace(deleted, path=None))


def test_a_song_can_be_brought_back_for_30_days() -> None:
    assert not is_expired(CLIP, NOW)
    assert not is_expired(replace(CLIP, deleted_at=NOW - SONG_TRASH_TIME), NOW)
    old = NOW - SONG_TRASH_TIME - timedelta(seconds=1)
    assert is_expired(replace(CLIP, deleted_at=old), NOW)

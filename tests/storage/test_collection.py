"""Playlists come back as they were, and never take songs with them."""

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.collection import Playlist
from beatra_desktop.domain.ids import ClipId, PlaylistId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.storage.collection import PlaylistRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import TOP, MusicRepository

NOW = utc_now().replace(microsecond=0)
ONE, TWO, THREE = (ClipId(f"t-{index}") for index in range(3))
LIST = Playlist(id=PlaylistId("p"), name="Nights 🌙", created_at=NOW, clip_ids=(TWO, ONE))


@pytest.fixture
def repository(database: Database) -> PlaylistRepository:
    music = MusicRepository(database)
    task = MusicTask(
        id=TaskId("t"),
        profile_id=ProfileId("sandbox"),
        prompt=MusicPrompt(prompt="rain"),
        status=TaskStatus.SUCCEEDED,
        created_at=NOW,
    )
    music.save_task(task)
    for index in range(3):
        music.save_clip(
            Clip(
                id=ClipId(f"t-{index}"),
                task_id=task.id,
                index=index,
                title="Rain",
                url="",
                delivery=Delivery.SAVED,
            )
        )
    return PlaylistRepository(database)


def test_playlists_keep_their_order(database: Database, repository: PlaylistRepository) -> None:
    empty = replace(LIST, id=PlaylistId("q"), clip_ids=())
    reordered = replace(LIST, name="Days", clip_ids=(THREE, ONE, TWO))
    for playlist in (LIST, empty, reordered):
        repository.save(playlist)
    database.flush()
    assert repository.all() == [reordered, empty]


def test_a_deleted_playlist_leaves_its_songs(
    database: Database, repository: PlaylistRepository
) -> None:
    repository.save(LIST)
    repository.delete(LIST.id)
    database.flush()
    assert repository.all() == []
    assert len(MusicRepository(database).page(TOP, 10).clips) == 3
    assert database.rows("SELECT * FROM playlist_clips") == []

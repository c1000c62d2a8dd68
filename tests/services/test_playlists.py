"""Playlists: an order of their own, undo, and what is left after a restart."""

from collections.abc import Callable
from pathlib import Path

import pytest

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.database import Database
from tests.services.songs import Shelf

Open = Callable[[], Shelf]


@pytest.fixture
def open_shelf(database: Database, tmp_path: Path) -> Open:
    def opened() -> Shelf:
        database.flush()
        return Shelf(database, tmp_path / "home", Supervisor(lambda _error, _name: None))

    return opened


def _ids(shelf: Shelf, tone: Path, count: int) -> list[ClipId]:
    return [shelf.add(tone, f"Song {number}").id for number in range(count)]


def test_songs_are_put_into_order(open_shelf: Open, tone: Path) -> None:
    shelf = open_shelf()
    a, b, c, d = _ids(shelf, tone, 4)
    lists = shelf.playlists
    playlist = lists.create("  Nights ", [a, b])
    assert playlist is not None
    assert playlist.name == "Nights"
    lists.add(playlist.id, [b, c, d, ClipId("nobody")])
    lists.move(playlist.id, [d, b], before=a)
    assert list(lists.playlists[0].clip_ids) == [b, d, a, c]
    lists.move(playlist.id, [b], before=None)
    lists.move(playlist.id, [d], before=d)
    lists.take_out(playlist.id, [a])
    assert list(lists.playlists[0].clip_ids) == [c, b, d]
    [again] = open_shelf().playlists.playlists
    assert again.clip_ids == (c, b, d)


def test_names_are_ordered_free_and_never_blank(open_shelf: Open) -> None:
    lists = open_shelf().playlists
    assert lists.create("  ") is None
    names = [lists.create(name) for name in ("beta", "Alpha", "alpha")]
    assert [p.name for p in lists.playlists] == ["Alpha", "alpha 2", "beta"]
    assert names[1] is not None
    lists.rename(names[1].id, "zeta")
    lists.rename(names[1].id, " ")
    assert [p.name for p in lists.playlists] == ["alpha 2", "beta", "zeta"]


def test_a_deleted_playlist_comes_back_whole(open_shelf: Open, tone: Path) -> None:
    shelf = open_shelf()
    [a] = _ids(shelf, tone, 1)
    playlist = shelf.playlists.create("Nights", [a])
    assert playlist is not None
    shelf.playlists.delete(playlist.id)
    assert len(shelf.playlists.playlists) == 0
    shelf.playlists.restore(playlist.id)
    shelf.playlists.restore(playlist.id)
    assert list(shelf.playlists.playlists) == [playlist]
    assert len(open_shelf().playlists.playlists) == 1
    shelf.playlists.delete(playlist.id)
    assert len(open_shelf().playlists.playlists) == 0

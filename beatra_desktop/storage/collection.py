"""Playlists on disk."""

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from beatra_desktop.domain.collection import Playlist
from beatra_desktop.domain.ids import ClipId, PlaylistId
from beatra_desktop.storage.codec import milliseconds, time_at, valid_text
from beatra_desktop.storage.database import Database

_PLAYLISTS: Final = "SELECT id, name, created_at FROM playlists ORDER BY seq"
_MEMBERS: Final = "SELECT playlist_id, clip_id FROM playlist_clips ORDER BY playlist_id, place"
_PUT: Final = """
    INSERT INTO playlists (id, name, created_at) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name
"""
_EMPTY: Final = "DELETE FROM playlist_clips WHERE playlist_id = ?"
_ADD: Final = "INSERT INTO playlist_clips (playlist_id, clip_id, place) VALUES (?, ?, ?)"
_DELETE: Final = "DELETE FROM playlists WHERE id = ?"


class PlaylistRepository:
    """Writes are queued; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Playlist]:
        """All playlists, oldest first."""
        members: dict[str, list[ClipId]] = {}
        for playlist_id, clip_id in self._database.rows(_MEMBERS):
            members.setdefault(playlist_id, []).append(ClipId(clip_id))

        def read(row: Sequence[Any]) -> Playlist:
            playlist_id, name, created_at = row
            return Playlist(
                id=PlaylistId(playlist_id),
                name=name,
                created_at=time_at(created_at),
                clip_ids=tuple(members.get(playlist_id, ())),
            )

        return self._database.records(read, _PLAYLISTS)

    def save(self, playlist: Playlist) -> None:
        """Store a playlist of stored clips."""
        head = (playlist.id, valid_text(playlist.name), milliseconds(playlist.created_at))
        members = [(playlist.id, clip_id, place) for place, clip_id in enumerate(playlist.clip_ids)]

        def job(connection: sqlite3.Connection) -> None:
            connection.execute(_PUT, head)
            connection.execute(_EMPTY, (playlist.id,))
            connection.executemany(_ADD, members)

        self._database.write(job)

    def delete(self, playlist_id: PlaylistId) -> None:
        """Forget a playlist; its songs stay."""
        self._database.write(lambda c: c.execute(_DELETE, (playlist_id,)).close())

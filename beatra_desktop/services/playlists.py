"""Playlists: songs in an order of their own."""

from collections.abc import Iterable

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.collection import Playlist
from beatra_desktop.domain.ids import ClipId, PlaylistId, new_id
from beatra_desktop.domain.music import Clip
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.domain.records import replace
from beatra_desktop.services.naming import by_name, free_name, put
from beatra_desktop.storage.collection import PlaylistRepository


class PlaylistService:
    """The single writer of playlists. Songs in the trash keep their place in them."""

    def __init__(self, repository: PlaylistRepository, *, clips: ReadOnlyRecords[Clip]) -> None:
        self._repository = repository
        self._clips = clips
        self._playlists: Records[Playlist] = Records(by_name(repository.all()))
        self._deleted: dict[PlaylistId, Playlist] = {}

    @property
    def playlists(self) -> ReadOnlyRecords[Playlist]:
        """In the order of their names."""
        return self._playlists

    def create(self, name: str, clip_ids: Iterable[ClipId] = ()) -> Playlist | None:
        """A new playlist with these songs; None, and nothing done, for a blank name."""
        if not name.strip():
            return None
        playlist = Playlist(
            id=PlaylistId(new_id()), name=free_name(name, self._playlists), created_at=utc_now()
        )
        return self._put(self._with(playlist, clip_ids))

    def rename(self, playlist_id: PlaylistId, name: str) -> None:
        """Give another name, also one that is taken; a blank one changes nothing."""
        playlist = self._playlists.get(playlist_id)
        if playlist is not None and name.strip():
            self._put(replace(playlist, name=name.strip()))

    def delete(self, playlist_id: PlaylistId) -> None:
        """Take a playlist away, never its songs; `restore` brings it back until the app ends."""
        playlist = self._playlists.get(playlist_id)
        if playlist is not None:
            self._deleted[playlist_id] = playlist
            self._playlists.remove(playlist_id)
            self._repository.delete(playlist_id)

    def restore(self, playlist_id: PlaylistId) -> None:
        playlist = self._deleted.pop(playlist_id, None)
        if playlist is not None:
            self._put(playlist)

    def add(self, playlist_id: PlaylistId, clip_ids: Iterable[ClipId]) -> None:
        """Put songs at the end; those that are in it already stay where they are."""
        playlist = self._playlists.get(playlist_id)
        if playlist is not None:
            self._put(self._with(playlist, clip_ids))

    def take_out(self, playlist_id: PlaylistId, clip_ids: Iterable[ClipId]) -> None:
        playlist = self._playlists.get(playlist_id)
        if playlist is not None:
            self._put(_without(playlist, frozenset(clip_ids)))

    def take_out_everywhere(self, clip_ids: Iterable[ClipId]) -> None:
        gone = frozenset(clip_ids)
        for playlist in list(self._playlists):
            self._put(_without(playlist, gone))

    def move(
        self, playlist_id: PlaylistId, clip_ids: Iterable[ClipId], *, before: ClipId | None
    ) -> None:
        """Put songs of the playlist before one that is not among them, or at its end."""
        playlist = self._playlists.get(playlist_id)
        if playlist is None:
            return
        moving = frozenset(clip_ids)
        moved = [clip_id for clip_id in playlist.clip_ids if clip_id in moving]
        others = [clip_id for clip_id in playlist.clip_ids if clip_id not in moving]
        place = others.index(before) if before in others else len(others)
        self._put(replace(playlist, clip_ids=(*others[:place], *moved, *others[place:])))

    def _with(self, playlist: Playlist, clip_ids: Iterable[ClipId]) -> Playlist:
        known = (clip_id for clip_id in clip_ids if clip_id in self._clips)
        return replace(playlist, clip_ids=tuple(dict.fromkeys((*playlist.clip_ids, *known))))

    def _put(self, playlist: Playlist) -> Playlist:
        """Store it, and show it in its place."""
        if self._playlists.get(playlist.id) != playlist:
            self._repository.save(playlist)
            put(self._playlists, playlist)
        return playlist


def _without(playlist: Playlist, gone: frozenset[ClipId]) -> Playlist:
    return replace(playlist, clip_ids=tuple(i for i in playlist.clip_ids if i not in gone))

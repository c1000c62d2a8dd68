"""Which songs are on show, and in which order."""

from collections.abc import Callable
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct

from beatra_desktop.domain.collection import is_in_trash
from beatra_desktop.domain.ids import ClipId
from beatra_desktop.ui.library.songs.song import Song


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    RATING = "rating"
    LONGEST = "longest"
    MODEL = "model"


class SongFilter(Struct, frozen=True, kw_only=True):
    """Everything is on show that fits all of it.

    `found` are the clips a search found, None while nothing is searched for; `playlist` those of
    the playlist on show, None while none is.
    """

    in_trash: bool = False
    favourites: bool = False
    stars: int = 0
    model: str = ""
    instrumental: bool = False
    missing: bool = False
    unsaved: bool = False
    found: frozenset[ClipId] | None = None
    playlist: tuple[ClipId, ...] | None = None

    @property
    def narrows(self) -> bool:
        """Whether songs of the shelf on show are left out."""
        chosen = (self.favourites, self.stars, self.model, self.instrumental)
        return any((*chosen, self.missing, self.unsaved, self.found is not None))

    def fits(self, song: Song) -> bool:
        return bool(self.chosen([song]))

    def chosen(self, songs: list[Song]) -> list[Song]:
        """The songs that fit, in the order they came in.

        One pass for each condition: with 20,000 songs that takes a third of the time of one pass
        that asks for all of them.
        """
        if self.in_trash:
            songs = [song for song in songs if is_in_trash(song.clip)]
        else:
            songs = [song for song in songs if song.clip.deleted_at is None]
        if self.playlist is not None:
            members = frozenset(self.playlist)
            songs = [song for song in songs if song.id in members]
        if self.found is not None:
            found = self.found
            songs = [song for song in songs if song.id in found]
        return self._narrowed(songs)

    def _narrowed(self, songs: list[Song]) -> list[Song]:
        if self.favourites:
            songs = [song for song in songs if song.clip.is_favourite]
        if self.stars:
            songs = [song for song in songs if song.clip.rating >= self.stars]
        if self.model:
            songs = [song for song in songs if song.model == self.model]
        if self.instrumental:
            songs = [song for song in songs if song.is_instrumental]
        if self.missing:
            songs = [song for song in songs if song.is_missing]
        if self.unsaved:
            songs = [song for song in songs if not song.is_saved]
        return songs


def newest_first(songs: list[Song]) -> list[Song]:
    """The clips of one task in the service's order."""
    by_index = sorted(songs, key=lambda song: song.clip.index)
    return sorted(by_index, key=lambda song: (song.made_at, song.clip.task_id), reverse=True)


def ordered(newest: list[Song], order: Order) -> list[Song]:
    """Songs that come in newest first, in another order; equal ones stay newest first."""
    if order is Order.NEWEST:
        return newest
    key, descends = _KEYS[order]
    return sorted(newest, key=key, reverse=descends)


_KEYS: Final[MappingProxyType[Order, tuple[Callable[[Song], Any], bool]]] = MappingProxyType(
    {
        Order.OLDEST: (lambda song: song.made_at, False),
        Order.TITLE: (lambda song: song.clip.title.casefold(), False),
        Order.RATING: (lambda song: song.clip.rating, True),
        Order.LONGEST: (lambda song: song.clip.duration_seconds or 0.0, True),
        Order.MODEL: (lambda song: song.model, False),
    }
)

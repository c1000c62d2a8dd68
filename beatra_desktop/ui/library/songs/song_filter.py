"""Which songs are on show, and in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SongFilter:
    """Everything is on show that fits all of it.

    `found` are the clips a search found, None while nothing is searched for; `playlist` those of
    the playlist on show in its order, None while none is.
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

    def test(self) -> Callable[[Song], bool]:
        """The test a song has to pass."""
        members = None if self.playlist is None else frozenset(self.playlist)
        checks = [check for wanted, check in self._checks() if wanted]
        found, in_trash = self.found, self.in_trash

        def fits(song: Song) -> bool:
            clip = song.clip
            if in_trash:
                on_shelf = is_in_trash(clip)
            else:
                on_shelf = clip.deleted_at is None and (members is None or clip.id in members)
            return (
                on_shelf
                and (found is None or clip.id in found)
                and all(check(song) for check in checks)
            )

        return fits

    def _checks(self) -> tuple[tuple[Any, Callable[[Song], bool]], ...]:
        return (
            (self.favourites, lambda song: song.clip.is_favourite),
            (self.stars, lambda song: song.clip.rating >= self.stars),
            (self.model, lambda song: song.model == self.model),
            (self.instrumental, lambda song: song.is_instrumental),
            (self.missing, lambda song: song.is_missing),
            (self.unsaved, lambda song: not song.is_saved),
        )


def ordered(songs: list[Song], order: Order) -> list[Song]:
    """The songs in an order; equal ones newest first."""
    newest = sorted(songs, key=_age, reverse=True)
    if order is Order.NEWEST:
        return newest
    key, descends = _KEYS[order]
    return sorted(newest, key=key, reverse=descends)


def _age(song: Song) -> tuple[datetime, str, int]:
    return song.made_at, song.clip.task_id, -song.clip.index


_KEYS: Final[MappingProxyType[Order, tuple[Callable[[Song], Any], bool]]] = MappingProxyType(
    {
        Order.OLDEST: (lambda song: song.made_at, False),
        Order.TITLE: (lambda song: song.clip.title.casefold(), False),
        Order.RATING: (lambda song: song.clip.rating, True),
        Order.LONGEST: (lambda song: song.clip.duration_seconds or 0.0, True),
        Order.MODEL: (lambda song: song.model, False),
    }
)

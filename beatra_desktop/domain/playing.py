"""What the player plays: the queue's entries, how it goes on, two clips side by side."""

from enum import StrEnum

from msgspec import Struct

from beatra_desktop.domain.collection import STARS
from beatra_desktop.domain.ids import ClipId


class Repeat(StrEnum):
    OFF = "off"
    ALL = "all"
    ONE = "one"


class QueueEntry(Struct, frozen=True):
    """A clip that waits for its turn, or has had it; no clip is in the queue twice."""

    id: ClipId


class LoopRegion(Struct, frozen=True):
    """The part that is played again and again, in milliseconds of the clip."""

    start_ms: int
    end_ms: int


class Side(StrEnum):
    """One of the two clips compared, named after its key."""

    FIRST = "1"
    SECOND = "2"

    @property
    def other(self) -> "Side":
        return Side.SECOND if self is Side.FIRST else Side.FIRST


class Levels(Struct, frozen=True, kw_only=True):
    """By how many decibels each clip is turned down so that both are equally loud.

    One of the two is 0: nothing is ever turned up, so nothing can clip.
    """

    first_db: float
    second_db: float

    @property
    def difference_db(self) -> float:
        return abs(self.first_db - self.second_db)


class Comparison(Struct, frozen=True, kw_only=True):
    """Two clips at the same place; `heard` is the one that sounds.

    `levels` is None while the loudness is measured or where it can't be. `winner` is set once
    the user has chosen, which also ends the blindness.
    """

    first: ClipId
    second: ClipId
    heard: Side = Side.FIRST
    is_blind: bool = False
    is_measured: bool = False
    levels: Levels | None = None
    winner: Side | None = None

    def clip_of(self, side: Side) -> ClipId:
        return self.first if side is Side.FIRST else self.second

    @property
    def hides_names(self) -> bool:
        return self.is_blind and self.winner is None


def levels(first_lufs: float, second_lufs: float) -> Levels:
    """Turns the louder one down to the other."""
    quieter = min(first_lufs, second_lufs)
    return Levels(first_db=quieter - first_lufs, second_db=quieter - second_lufs)


def stars_of_winner(own: int, loser: int) -> int:
    """At least one star more than the other has, four where nothing speaks against it."""
    return min(STARS.stop - 1, max(own or 4, loser + 1))

"""Two clips against each other: equally loud, at the same place, blind if the user wants it."""

import random
from collections.abc import Callable

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.music import Clip
from beatra_desktop.domain.observable import ReadOnlyRecords, ReadOnlyValue, Value
from beatra_desktop.domain.playing import Comparison, Side, levels, stars_of_winner
from beatra_desktop.domain.records import replace
from beatra_desktop.services.library import LibraryService

Rate = Callable[[ClipId, int], None]


class ComparingService:
    """`comparison` is None while nothing is compared."""

    def __init__(
        self,
        *,
        clips: ReadOnlyRecords[Clip],
        library: LibraryService,
        rate: Rate,
        chance: random.Random | None = None,
    ) -> None:
        self._clips = clips
        self._library = library
        self._rate = rate
        self._chance = chance or random.Random()
        self._comparison: Value[Comparison | None] = Value(None)
        self._loudness: dict[str, float | None] = {}
        library.loudness_ready.connect(self._on_loudness)

    @property
    def comparison(self) -> ReadOnlyValue[Comparison | None]:
        return self._comparison

    def start(self, first: ClipId, second: ClipId) -> None:
        """Put two clips side by side, names in the open; their loudness is measured at once."""
        self._loudness.clear()
        self._comparison.set(Comparison(first=first, second=second))
        for clip_id in (first, second):
            self._library.load_loudness(clip_id)

    def set_blind(self, *, blind: bool) -> None:
        """Hide the names and, so that nobody knows any more, deal the keys anew."""
        current = self._comparison.value
        if current is None:
            return
        clips = [current.first, current.second]
        if blind:
            self._chance.shuffle(clips)
        dealt = replace(current, first=clips[0], second=clips[1], is_blind=blind, winner=None)
        self._comparison.set(self._with_levels(dealt))

    def hear(self, side: Side) -> None:
        if self._comparison.value is not None:
            self._comparison.set(replace(self._comparison.value, heard=side))

    def hear_other(self) -> None:
        if self._comparison.value is not None:
            self.hear(self._comparison.value.heard.other)

    def choose(self, side: Side) -> None:
        """This one wins: it is rated above the other, and the names come back."""
        current = self._comparison.value
        if current is None:
            return
        own, other = (self._stars(current.clip_of(each)) for each in (side, side.other))
        self._rate(current.clip_of(side), stars_of_winner(own, other))
        self._comparison.set(replace(current, winner=side))

    def rate_winner(self, stars: int) -> None:
        """Say otherwise how many stars the winner has, 0 to 5."""
        current = self._comparison.value
        if current is not None and current.winner is not None:
            self._rate(current.clip_of(current.winner), stars)

    def finish(self) -> None:
        self._comparison.set(None)

    def _stars(self, clip_id: ClipId) -> int:
        clip = self._clips.get(clip_id)
        return clip.rating if clip is not None else 0

    def _on_loudness(self, clip_id: str, loudness: float | None) -> None:
        self._loudness[clip_id] = loudness
        if self._comparison.value is not None:
            self._comparison.set(self._with_levels(self._comparison.value))

    def _with_levels(self, comparison: Comparison) -> Comparison:
        """Both loudnesses are there, or one of the clips has none; until then nothing is known."""
        ids = (comparison.first, comparison.second)
        if not all(clip_id in self._loudness for clip_id in ids):
            return comparison
        first, second = (self._loudness[clip_id] for clip_id in ids)
        known = levels(first, second) if first is not None and second is not None else None
        return replace(comparison, is_measured=True, levels=known)

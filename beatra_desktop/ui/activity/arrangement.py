"""The activities on show in their order. One that changes is found by halving, never by looking
through the others.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Final

from beatra_desktop.domain.activity import Activity, ActivityState
from beatra_desktop.ui.activity.sifting import Sieve
from beatra_desktop.ui.activity.sorting import VOLATILE, Key, Order, Rank
from beatra_desktop.ui.slices import sorted_in_slices

CHUNK: Final = 1000
"""So many activities are looked at in one step."""


class Arrangement:
    """What `sieve` lets through, by `order`; `words` gives what a row can be found by."""

    def __init__(self, sieve: Sieve, order: Order, words: Callable[[Activity], str]) -> None:
        self.sieve, self.order = sieve, order
        self.counts: Counter[ActivityState] = Counter()
        """How many there are of each state among those that kind and words let through."""
        self._words = words
        self._states: dict[str, ActivityState] = {}
        self._rows: dict[str, Activity] = {}
        self._ranks: dict[str, Rank] = {}
        self._ids: list[str] = []

    def __len__(self) -> int:
        return len(self._ids)

    def fill(
        self, newest: Sequence[Activity], *, like: "Arrangement | None" = None
    ) -> Iterator[None]:
        """Take in activities, which are newest first, in steps.

        `like` lets the same ones through, but by another order: they need not be sifted again.
        """
        if like is not None:
            self.counts = like.counts.copy()
            self._states = like._states.copy()
            yield
            self._rows = like._rows.copy()
            yield
        for first in range(0, len(newest), CHUNK):
            chunk = newest[first : first + CHUNK]
            if like is None:
                shown = yield from self._take_in(chunk)
            else:
                shown = [each for each in chunk if each.id in self._rows]
            self._ranks.update(
                zip([each.id for each in shown], self.order.ranks(shown), strict=True)
            )
            yield
        rank_of, descends = self._ranks.__getitem__, self.order.is_descending
        self._ids = yield from sorted_in_slices(self._ranks, key=rank_of, descending=descends)

    def id_at(self, row: int) -> str:
        return self._ids[row]

    def activity_at(self, row: int) -> Activity:
        return self._rows[self._ids[row]]

    def known(self, activity_id: str) -> Activity | None:
        """One that is on show, as it is shown."""
        return self._rows.get(activity_id)

    def rank(self, activity_id: str) -> Rank | None:
        """None for what is not on show."""
        return self._ranks.get(activity_id)

    def row(self, activity_id: str) -> int:
        """Of one that is on show."""
        return bisect_left(self._ids, self._key(activity_id), key=self._key)

    def row_for(self, activity: Activity, rank: Rank) -> int:
        """Before which row it belongs."""
        return bisect_left(self._ids, self.order.key(activity, rank), key=self._key)

    def renew(self, activity_id: str, activity: Activity | None) -> Rank | None:
        """Count it as it is now, or no more; gives the rank it is to be shown with, if at all."""
        before = self._states.pop(activity_id, None)
        if before is not None:
            self.counts[before] -= 1
        if activity is None or not self.sieve.takes(activity, self._words):
            return None
        self._states[activity_id] = activity.state
        self.counts[activity.state] += 1
        if not self.sieve.shows(activity):
            return None
        if activity_id in self._rows:
            self._rows[activity_id] = activity
            if self.order.column in VOLATILE and activity.state is before:
                return self._ranks[activity_id]
        return self.order.rank(activity)

    def insert(self, row: int, activity: Activity, rank: Rank) -> None:
        self._ids.insert(row, activity.id)
        self._rows[activity.id], self._ranks[activity.id] = activity, rank

    def remove(self, row: int) -> None:
        activity_id = self._ids.pop(row)
        del self._rows[activity_id], self._ranks[activity_id]

    def rerank(self, activity_id: str, rank: Rank) -> None:
        """Another rank that does not move it."""
        self._ranks[activity_id] = rank

    def _take_in(self, activities: Sequence[Activity]) -> Generator[None, None, Sequence[Activity]]:
        """Count them; gives those that are to be shown. A table that grows takes some ms."""
        counted = self.sieve.taken(activities, self._words)
        self.counts.update([each.state for each in counted])
        yield
        self._states.update({each.id: each.state for each in counted})
        yield
        shown = self.sieve.shown(counted)
        self._rows.update({each.id: each for each in shown})
        yield
        return shown

    def _key(self, activity_id: str) -> Key:
        return self.order.key(self._rows[activity_id], self._ranks[activity_id])

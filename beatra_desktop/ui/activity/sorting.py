"""What the rows of the activity table are ordered by."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from math import inf
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState
from beatra_desktop.services.activity_rows import order as newest_first
from beatra_desktop.ui.activity import activity_text
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.ordered_records import Backwards

VOLATILE: Final = frozenset({Column.PROGRESS, Column.ELAPSED, Column.ATTEMPT})
"""What these columns show changes all the time; a row keeps its place until its state changes."""
_KINDS: Final = MappingProxyType({kind: place for place, kind in enumerate(ActivityKind)})
_STATES: Final = MappingProxyType({state: place for place, state in enumerate(ActivityState)})

_TEXTS: Final = frozenset({Column.MODEL, Column.REQUEST})
"""Columns of texts that may be missing; all else that may be missing are numbers."""
_FIRST_AND_LAST_TEXT: Final = ("", "\U0010ffff")
_LEAST_AND_MOST: Final = (-inf, inf)

Rank = Any
"""What a column is sorted by: of one kind in a column, numbers or texts."""
Key = tuple[Any, ...]
"""Rows compare by it; no two rows have the same one."""


class Order(Struct, frozen=True, kw_only=True):
    """Rows are sorted by a column as it was `at` a moment; `names` are those of the profiles."""

    column: Column
    is_descending: bool
    at: datetime
    names: Mapping[str, str]

    def rank(self, activity: Activity) -> Rank:
        """Sorting by it, in the order's direction, rows that are newest first gives the order.

        Those that have nothing to sort by come last, and among equals the newest is first, both
        whichever the direction.
        """
        return self.ranks([activity])[0]

    def ranks(self, activities: Iterable[Activity]) -> list[Rank]:
        """Of many, which takes half as long as one by one."""
        value_of, nothing = _VALUES[self.column], self._nothing
        values = [value_of(each, self) for each in activities]
        return [nothing if value is None else value for value in values]

    def key(self, activity: Activity, rank: Rank) -> Key:
        """Where a row with this rank belongs among others: before all whose key is greater."""
        return Backwards(rank) if self.is_descending else rank, *newest_first(activity)

    @property
    def _nothing(self) -> Rank:
        ends = _FIRST_AND_LAST_TEXT if self.column in _TEXTS else _LEAST_AND_MOST
        return ends[0] if self.is_descending else ends[1]


def _kind(activity: Activity, _order: Order) -> int:
    return _KINDS[activity.kind]


def _name(activity: Activity, _order: Order) -> str:
    return activity_text.name(activity).casefold()


def _state(activity: Activity, _order: Order) -> int:
    return _STATES[activity.state]


def _progress(activity: Activity, _order: Order) -> float | None:
    return 1.0 if activity.state is ActivityState.DONE else activity.fraction


def _started(activity: Activity, _order: Order) -> float:
    began = activity_text.start(activity)
    return (began or activity.created_at).timestamp()


def _elapsed(activity: Activity, order: Order) -> float | None:
    taken = activity_text.taken(activity, order.at)
    return None if taken is None else taken.total_seconds()


def _attempt(activity: Activity, _order: Order) -> int:
    return activity.wait.attempt if activity.wait is not None else activity.attempts


def _cost(activity: Activity, _order: Order) -> Decimal | None:
    """What is no number is sorted with what was not reported; it is shown as it came."""
    try:
        return Decimal(activity.credits) if activity.credits is not None else None
    except InvalidOperation:
        return None


def _model(activity: Activity, _order: Order) -> str | None:
    return activity.model.casefold() or None


def _profile(activity: Activity, order: Order) -> str:
    return order.names.get(activity.profile_id, activity.profile_id).casefold()


def _request(activity: Activity, _order: Order) -> str | None:
    return activity.request_id or None


_VALUES: Final[Mapping[Column, Callable[[Activity, Order], Any]]] = MappingProxyType(
    {
        Column.KIND: _kind,
        Column.NAME: _name,
        Column.STATE: _state,
        Column.PROGRESS: _progress,
        Column.STARTED: _started,
        Column.ELAPSED: _elapsed,
        Column.ATTEMPT: _attempt,
        Column.COST: _cost,
        Column.MODEL: _model,
        Column.PROFILE: _profile,
        Column.REQUEST: _request,
    }
)

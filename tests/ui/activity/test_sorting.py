from datetime import timedelta
from decimal import Decimal

import pytest

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState
from beatra_desktop.domain.records import replace
from beatra_desktop.services.activity_rows import newest_first
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.activity.sorting import Order
from tests.ui.activity.rows import NAMES, NOW, activity


def _order(column: Column, *, is_descending: bool = False) -> Order:
    return Order(column=column, is_descending=is_descending, at=NOW, names=NAMES)


def _sorted(rows: list[Activity], order: Order) -> list[str]:
    """By rank, and by the keys that rows are found by."""
    newest = newest_first(rows)
    found = [row.id for row in sorted(newest, key=order.rank, reverse=order.is_descending)]
    by_key = sorted(rows, key=lambda row: order.key(row, order.rank(row)))
    assert [row.id for row in by_key] == found
    return found


@pytest.mark.parametrize("column", list(Column))
@pytest.mark.parametrize("is_descending", [False, True])
def test_equals_are_newest_first_whatever_the_column_and_direction(
    column: Column, is_descending: bool
) -> None:
    same = activity(0)
    rows = [
        replace(same, id=name, created_at=NOW - timedelta(hours=hours))
        for name, hours in (("old", 9), ("new", 1), ("middle", 4))
    ]
    assert _sorted(rows, _order(column, is_descending=is_descending)) == ["new", "middle", "old"]


@pytest.mark.parametrize("is_descending", [False, True])
def test_what_has_no_figure_comes_last(is_descending: bool) -> None:
    rows = [
        activity(1, id="none"),
        activity(2, id="nine", credits="9.5000"),
        activity(3, id="eighty", credits="80.0000"),
        activity(4, id="odd", credits="about ten"),
    ]
    figures = ["eighty", "nine"] if is_descending else ["nine", "eighty"]
    order = _order(Column.COST, is_descending=is_descending)
    assert _sorted(rows, order) == [*figures, "none", "odd"]
    assert order.rank(rows[2]) == Decimal("80.0000")


def test_states_and_kinds_have_the_order_of_the_filters() -> None:
    rows = [
        activity(n, id=state.value, state=state) for n, state in enumerate(reversed(ActivityState))
    ]
    assert _sorted(rows, _order(Column.STATE)) == [state.value for state in ActivityState]
    rows = [activity(n, id=kind.value, kind=kind) for n, kind in enumerate(ActivityKind)]
    assert _sorted(rows, _order(Column.KIND)) == [kind.value for kind in ActivityKind]


def test_running_ones_are_as_long_as_they_were_when_it_was_sorted() -> None:
    running = activity(1, id="running", state=ActivityState.RUNNING, ended_at=None)
    ended = activity(2, id="ended")  # after 41 seconds
    assert _sorted([running, ended], _order(Column.ELAPSED)) == ["ended", "running"]

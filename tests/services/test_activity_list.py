"""Rows at their places, and counts that follow, without looking at the others."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.records import replace
from beatra_desktop.services.activity_list import ActivityList, prepare

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _row(number: int, **fields: Any) -> Activity:
    """The higher the number, the newer."""
    row = Activity(
        id=f"song:{number}",
        kind=ActivityKind.SONG,
        owner_id=str(number),
        title="",
        state=ActivityState.RUNNING,
        profile_id=ProfileId("p"),
        created_at=NOON + timedelta(seconds=number),
    )
    return replace(row, **fields)


def _ids(listed: ActivityList) -> list[int]:
    return [int(row.owner_id) for row in listed.rows]


@given(st.permutations(range(8)))
def test_each_row_is_put_at_its_place(numbers: list[int]) -> None:
    listed = ActivityList()
    for number in numbers:
        listed.put(_row(number))
    assert _ids(listed) == list(range(7, -1, -1))


@given(st.sets(st.integers(0, 20)), st.sets(st.integers(0, 20)))
def test_a_page_goes_in_between_and_nothing_twice(known: set[int], page: set[int]) -> None:
    listed = ActivityList()
    listed.assign(prepare(_row(number) for number in known))
    listed.insert(_row(number) for number in page)
    assert _ids(listed) == sorted(known | page, reverse=True)
    assert listed.counts.value.of_kinds.get(ActivityKind.SONG, 0) == len(known | page)


def test_a_page_goes_in_with_as_few_changes_as_it_has_runs() -> None:
    listed = ActivityList()
    listed.assign(prepare([_row(5), _row(2), _row(5)]))
    heard: list[tuple[int, int]] = []
    listed.rows.inserted.connect(lambda first, last: heard.append((first, last)))
    listed.insert([_row(0), _row(1), _row(3), _row(4)])
    assert heard == [(1, 2), (4, 5)]


def test_a_change_of_one_row_is_told_as_that_and_no_change_not_at_all() -> None:
    listed = ActivityList()
    listed.assign(prepare([_row(2), _row(1)]))
    changed: list[int] = []
    counted: list[Any] = []
    listed.rows.changed.connect(changed.append)
    listed.counts.changed.connect(counted.append)
    listed.put(_row(1))
    listed.put(_row(1, fraction=0.5))
    listed.put(_row(1, created_at=NOON + timedelta(days=1), fraction=0.6))
    assert changed == [1, 1]
    assert _ids(listed) == [2, 1]
    assert not counted
    listed.put(_row(1, state=ActivityState.DONE))
    assert listed.counts.value.of_states == {ActivityState.RUNNING: 1, ActivityState.DONE: 1}
    listed.remove("song:1")
    listed.remove("song:1")
    assert listed.counts.value.of_both == {(ActivityKind.SONG, ActivityState.RUNNING): 1}

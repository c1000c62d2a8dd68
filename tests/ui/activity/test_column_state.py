import pytest

from beatra_desktop.ui.activity.column_state import ColumnState, loaded
from beatra_desktop.ui.activity.columns import MAXIMUM_WIDTH_PX, Column


def test_what_was_dumped_is_loaded() -> None:
    state = ColumnState(
        order=(Column.STATE, *(column for column in Column if column is not Column.STATE)),
        hidden=frozenset({Column.MODEL}),
        widths_px={Column.COST: 120},
        sorted_by=Column.COST,
        is_descending=False,
    )
    assert loaded(state.dumped()) == state


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "[]", "3", '{"order": 3, "hidden": "x", "widths": [], "sorted_by": 4}',
     '{"order": ["GONE", 7], "widths": {"GONE": 3, "COST": "wide"}, "sorted_by": "GONE"}'],
)  # fmt: skip
def test_nonsense_is_as_if_nothing_was_remembered(text: str) -> None:
    assert loaded(text) == ColumnState()


def test_a_column_that_was_not_known_then_comes_last() -> None:
    names = ", ".join(f'"{column.name}"' for column in Column if column is not Column.KIND)
    assert loaded(f'{{"order": [{names}]}}').order[-1] is Column.KIND


def test_widths_are_brought_into_their_limits_and_the_name_is_never_hidden() -> None:
    state = loaded('{"widths": {"COST": 99999, "KIND": -4}, "hidden": ["NAME", "COST"]}')
    assert state.widths_px[Column.COST] == MAXIMUM_WIDTH_PX
    assert state.widths_px[Column.KIND] > 0
    assert state.hidden == {Column.COST}

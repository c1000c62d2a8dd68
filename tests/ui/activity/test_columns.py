from collections.abc import Iterator

import pytest

from beatra_desktop.ui import theme
from beatra_desktop.ui.activity.columns import (
    GIVE_WAY,
    Column,
    fitting,
    least_name_width_px,
    usual_width_px,
)


def _widths() -> dict[Column, int]:
    return {column: usual_width_px(column) for column in Column}


def _whole() -> int:
    return sum(_widths().values())


@pytest.fixture
def large_text() -> Iterator[None]:
    theme.set_zoom_percent(200)
    yield
    theme.set_zoom_percent(100)


@pytest.mark.usefixtures("large_text")
def test_larger_text_has_wider_columns() -> None:
    large = _widths()
    theme.set_zoom_percent(100)
    assert large == {column: 2 * width for column, width in _widths().items()}


def test_names_keep_more_where_there_is_more() -> None:
    least = _widths()[Column.NAME]
    assert least_name_width_px(600) == least
    assert least_name_width_px(1600) > least_name_width_px(1200) > least


def test_all_columns_are_shown_where_there_is_room() -> None:
    assert fitting(list(Column), _widths(), _whole()) == list(Column)


def test_columns_give_way_one_after_the_other_as_room_goes() -> None:
    gone: list[Column] = []
    for room in range(_whole(), 0, -1):
        shown = fitting(list(Column), _widths(), room)
        gone += [column for column in Column if column not in shown and column not in gone]
    assert tuple(gone) == GIVE_WAY


def test_what_always_stays_stays() -> None:
    assert fitting(list(Column), _widths(), 0) == [Column.KIND, Column.NAME, Column.STATE]


def test_a_window_of_900_still_says_how_far_how_long_and_for_how_much() -> None:
    shown = fitting(list(Column), _widths(), 900 - 260 - 12)
    wanted = {Column.NAME, Column.STATE, Column.PROGRESS, Column.ELAPSED, Column.COST}
    assert wanted <= set(shown)


def test_a_column_taken_out_makes_room_for_the_others() -> None:
    wanted = [column for column in Column if column is not Column.PROGRESS]
    room = _whole() - _widths()[Column.PROGRESS]
    assert fitting(wanted, _widths(), room) == wanted

from beatra_desktop.ui.activity.columns import GIVE_WAY, Column, fitting, usual_width_px

WIDTHS = {column: usual_width_px(column) for column in Column}
ALL = sum(WIDTHS.values())


def test_all_columns_are_shown_where_there_is_room() -> None:
    assert fitting(list(Column), WIDTHS, ALL) == list(Column)


def test_columns_give_way_one_after_the_other_as_room_goes() -> None:
    gone: list[Column] = []
    for room in range(ALL, 0, -1):
        shown = fitting(list(Column), WIDTHS, room)
        gone += [column for column in Column if column not in shown and column not in gone]
    assert tuple(gone) == GIVE_WAY


def test_what_always_stays_stays() -> None:
    assert fitting(list(Column), WIDTHS, 0) == [Column.KIND, Column.NAME, Column.STATE]


def test_a_window_of_900_still_says_how_far_how_long_and_for_how_much() -> None:
    shown = fitting(list(Column), WIDTHS, 900 - 260 - 12)
    wanted = {Column.NAME, Column.STATE, Column.PROGRESS, Column.ELAPSED, Column.COST}
    assert wanted <= set(shown)


def test_a_column_taken_out_makes_room_for_the_others() -> None:
    wanted = [column for column in Column if column is not Column.PROGRESS]
    room = ALL - WIDTHS[Column.PROGRESS]
    assert fitting(wanted, WIDTHS, room) == wanted

import itertools

from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.ui.chat.heights import Heights, Reading

lengths = st.lists(st.integers(1, 400), min_size=1, max_size=400)


@given(lengths, st.data())
def test_tops_and_rows_agree_with_the_plain_sums(values: list[int], data: st.DataObject) -> None:
    heights = Heights(values)
    for row, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(values) - 1), st.integers(1, 900)), max_size=9)
    ):
        heights[row] = values[row] = value
    tops = [0, *itertools.accumulate(values)]
    assert [heights.top(row) for row in range(len(values) + 1)] == tops
    assert heights.total == tops[-1]
    y = data.draw(st.integers(0, tops[-1] - 1))
    row = heights.row_at(y)
    assert tops[row] <= y < tops[row + 1]


@given(lengths, st.data())
def test_rows_can_come_and_go(values: list[int], data: st.DataObject) -> None:
    heights = Heights(values)
    row = data.draw(st.integers(0, len(values)))
    heights.insert(row, [7, 9])
    values[row:row] = [7, 9]
    first = data.draw(st.integers(0, len(values) - 1))
    last = data.draw(st.integers(first, len(values) - 1))
    heights.remove(first, last)
    del values[first : last + 1]
    assert [heights[index] for index in range(len(heights))] == values
    assert heights.total == sum(values)


def on_screen(reading: Reading, view: int) -> dict[int, int]:
    """Each visible row with the place of its top."""
    rows: dict[int, int] = {}
    y, row = -reading.offset, reading.row
    while y < view and row < len(reading.heights):
        rows[row] = y
        y += reading.heights[row]
        row += 1
    return rows


@given(lengths, lengths, st.lists(st.integers(-900, 900), max_size=20))
def test_scrolling_moves_what_is_seen_by_just_that_much(
    true: list[int], estimates: list[int], moves: list[int]
) -> None:
    count = min(len(true), len(estimates))
    reading = Reading(Heights(estimates[:count]), lambda row: true[row])
    view = 300
    reading.settle(view)
    for distance in moves:
        before = on_screen(reading, view)
        reading.move(distance)
        reading.settle(view)
        after = on_screen(reading, view)
        is_inside = 0 < reading.top < reading.heights.total - view
        if is_inside:
            assert all(after[row] == before[row] - distance for row in before.keys() & after.keys())


@given(lengths)
def test_following_shows_the_true_end(true: list[int]) -> None:
    reading = Reading(Heights([50] * len(true)), lambda row: true[row])
    reading.settle(300)
    below = sum(true[reading.row :]) - reading.offset
    assert below == min(300, sum(true))


def test_a_place_stays_when_estimates_above_become_true() -> None:
    true = [100] * 50
    reading = Reading(Heights([40] * 50), lambda row: true[row])
    reading.go_to(30, 20)
    reading.settle(300)
    reading.heights[5] = 500
    reading.settle(300)
    assert (reading.row, reading.offset) == (30, 20)


def test_no_rows_are_no_problem() -> None:
    reading = Reading(Heights(), lambda row: 0)
    reading.jump(50)
    reading.settle(300)
    assert (reading.row, reading.offset, reading.top) == (0, 0, 0)


def test_a_jump_lands_in_the_row_estimated_there() -> None:
    true = [200] * 100
    reading = Reading(Heights([100] * 100), lambda row: true[row])
    reading.jump(4_050)
    reading.settle(300)
    assert (reading.row, reading.offset) == (40, 100)

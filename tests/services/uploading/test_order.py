"""The order of what waits."""

from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.services.uploading.order import moved


def _line(ranks: dict[int, float]) -> list[int]:
    return sorted(ranks, key=lambda key: ranks[key])


@given(st.integers(1, 8), st.lists(st.tuples(st.integers(0, 7), st.integers(0, 8)), max_size=80))
def test_any_moves_give_the_order_they_would_give_in_a_list(
    count: int, moves: list[tuple[int, int]]
) -> None:
    ranks = {key: 1000.0 + key / 1000 for key in range(count)}
    wanted = list(ranks)
    for key, place in moves:
        before = None if place >= count else place
        if key < count and key != before:
            wanted.remove(key)
            wanted.insert(len(wanted) if before is None else wanted.index(before), key)
        ranks |= moved(ranks, key, before=before)
        assert _line(ranks) == wanted


def test_mostly_one_rank_changes_and_all_where_nothing_fits_in_between() -> None:
    assert moved({"a": 1.0, "b": 2.0, "c": 3.0}, "c", before="b") == {"c": 1.5}
    assert set(moved({"a": 1.0, "b": 1.0, "c": 3.0}, "c", before="b")) == {"a", "b", "c"}


def test_what_does_not_wait_stays_where_it_is() -> None:
    assert moved({"a": 1.0}, "b", before="a") == {}
    assert moved({"a": 1.0}, "a", before="b") == {}
    assert moved({"a": 1.0, "b": 2.0}, "a", before="a") == {}

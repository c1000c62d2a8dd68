"""Levels of two clips, and the stars of the better one."""

import pytest

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.playing import Comparison, Levels, Side, levels, stars_of_winner

PAIR = Comparison(first=ClipId("a"), second=ClipId("b"))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (-10.0, -14.0, Levels(first_db=-4.0, second_db=0.0)),
        (-14.0, -10.0, Levels(first_db=0.0, second_db=-4.0)),
        (-9.5, -9.5, Levels(first_db=0.0, second_db=0.0)),
    ],
)
def test_the_louder_one_is_turned_down_and_nothing_up(
    first: float, second: float, expected: Levels
) -> None:
    assert levels(first, second) == expected
    assert levels(first, second).difference_db == abs(first - second)


@pytest.mark.parametrize(
    ("own", "loser", "stars"), [(0, 0, 4), (0, 4, 5), (3, 1, 3), (3, 3, 4), (5, 2, 5), (2, 5, 5)]
)
def test_a_winner_has_more_stars_than_the_other_as_far_as_there_are(
    own: int, loser: int, stars: int
) -> None:
    assert stars_of_winner(own, loser) == stars


def test_each_side_has_its_clip_and_its_other() -> None:
    assert [PAIR.clip_of(side) for side in Side] == ["a", "b"]
    assert [side.other for side in Side] == [Side.SECOND, Side.FIRST]


@pytest.mark.parametrize(
    ("is_blind", "winner", "hides"),
    [(False, None, False), (True, None, True), (True, Side.FIRST, False)],
)
def test_names_are_hidden_until_there_is_a_winner(
    is_blind: bool, winner: Side | None, hides: bool
) -> None:
    pair = Comparison(first=ClipId("a"), second=ClipId("b"), is_blind=is_blind, winner=winner)
    assert pair.hides_names is hides

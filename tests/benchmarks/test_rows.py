"""What a figure is judged by."""

import pytest

from tests.benchmarks.rows import Goal, Peer, Row, Verdict


def row(*ours: float, goal: Goal | None = None, limit: Peer | None = None) -> Row:
    return Row(name="lateness", unit="ms", ours=ours, goal=goal, limit=limit)


@pytest.mark.parametrize(
    ("goal", "said", "reached", "missed"),
    [
        (Goal(at_most=1.2), "≤ 1.2", 1.2, 1.21),
        (Goal(at_least=98), "≥ 98", 98, 97.9),
        (Goal(at_least=55, at_most=60), "55 to 60", 60, 54.9),
    ],
)
def test_the_median_is_judged(goal: Goal, said: str, reached: float, missed: float) -> None:
    assert str(goal) == said
    assert row(0, reached, 1e9, goal=goal).verdict(is_noisy=False) is Verdict.REACHED
    assert row(missed, goal=goal).verdict(is_noisy=False) is Verdict.MISSED


def test_without_a_goal_a_figure_is_told_only() -> None:
    assert row(1).verdict(is_noisy=True) is Verdict.TOLD


def test_a_ratio_is_made_within_each_round() -> None:
    limit = Peer("plain text", [1, 10, 100])
    judged = row(1, 20, 100, limit=limit, goal=Goal(at_most=1, of_ratio=True))
    assert judged.ratio == [1, 2, 1]
    assert judged.verdict(is_noisy=False) is Verdict.REACHED


def test_only_what_needs_quiet_is_excused_by_noise() -> None:
    late = Row(name="late", unit="ms", ours=[9], goal=Goal(at_most=4), needs_quiet=True)
    assert late.verdict(is_noisy=True) is Verdict.NOISY
    assert late.verdict(is_noisy=False) is Verdict.MISSED
    assert row(9, goal=Goal(at_most=4)).verdict(is_noisy=True) is Verdict.MISSED


def test_a_row_that_could_not_be_judged_is_refused() -> None:
    with pytest.raises(ValueError, match="samples"):
        row()
    with pytest.raises(ValueError, match="once in each round"):
        row(1, 2, limit=Peer("curl", [1]))
    with pytest.raises(ValueError, match="no ratio"):
        row(1, goal=Goal(at_most=1, of_ratio=True), limit=Peer("null", [0]))
    with pytest.raises(ValueError, match="bound"):
        Goal()

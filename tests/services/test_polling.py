"""When a task is asked for again."""

from itertools import pairwise

import pytest

from beatra_desktop.services.polling import PollSchedule, believed

HOUR = 3600.0


def _delays(schedule: PollSchedule, *, age: float) -> list[float]:
    return [schedule.delay(polls, age=age, retry_after=None) for polls in range(200)]


def test_it_grows_from_two_to_fifteen_seconds() -> None:
    delays = _delays(PollSchedule(random=lambda: 0.5), age=60)
    assert delays[:4] == pytest.approx([2.0, 3.0, 4.5, 6.75])
    assert all(later >= earlier for earlier, later in pairwise(delays))
    assert delays[-1] == pytest.approx(15.0)


def test_an_old_task_is_asked_for_patiently_but_first_at_once() -> None:
    """After a restart nobody should wait minutes to see a song that was ready long ago."""
    delays = _delays(PollSchedule(random=lambda: 0.5), age=HOUR)
    assert delays[0] == pytest.approx(2.0)
    assert delays[1:] == pytest.approx([300.0] * 199)


def test_patience_begins_after_half_an_hour() -> None:
    schedule = PollSchedule(random=lambda: 0.5)
    at_the_end = [schedule.delay(9, age=age, retry_after=None) for age in (1799.9, 1800.0)]
    assert at_the_end == pytest.approx([15.0, 300.0])


@pytest.mark.parametrize(("random", "expected"), [(0.0, 0.9), (0.999, 1.1)])
def test_the_jitter_is_a_tenth_either_way(random: float, expected: float) -> None:
    schedule = PollSchedule(random=lambda: random)
    delay = schedule.delay(50, age=0, retry_after=None)
    assert delay == pytest.approx(15.0 * expected, rel=0.001)


def test_what_the_service_asks_for_is_the_least() -> None:
    schedule = PollSchedule(random=lambda: 0.5)
    assert schedule.delay(0, age=0, retry_after=40.0) == 40.0
    assert schedule.delay(20, age=0, retry_after=3.0) == pytest.approx(15.0)


def test_days_are_not_believed() -> None:
    assert PollSchedule().delay(0, age=0, retry_after=30 * 24 * HOUR) == HOUR


def test_who_asks_for_no_quiet_gets_none() -> None:
    assert believed(None) == 0.0
    assert PollSchedule(first=0.05).delay(0, age=0, retry_after=None) < 0.1

"""Speeds that can be read."""

import pytest

from beatra_desktop.services.pace import REPORT_SECONDS, Pace


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_it_reports_at_most_ten_times_a_second_and_smooths() -> None:
    clock = Clock()
    pace = Pace(clock)
    assert not pace.is_news(1000)
    clock.seconds += 0.5
    assert pace.is_news(500)
    assert pace.bytes_per_second == 1000.0
    clock.seconds += REPORT_SECONDS / 2
    assert not pace.is_news(600)
    clock.seconds += 0.45
    assert pace.is_news(1500)
    assert pace.bytes_per_second == pytest.approx(1300.0)


def test_a_transfer_that_begins_anew_has_no_negative_speed() -> None:
    clock = Clock()
    pace = Pace(clock)
    clock.seconds += 1
    assert pace.is_news(1_000_000)
    clock.seconds += 1
    assert pace.is_news(0)
    assert pace.bytes_per_second is not None
    assert 0 <= pace.bytes_per_second < 1_000_000
    clock.seconds += 1
    assert pace.is_news(700_000)
    assert pace.bytes_per_second == pytest.approx(700_000)

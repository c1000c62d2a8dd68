"""A short soak: whatever can be counted is back where it was after more of the same."""

from pathlib import Path

import pytest

from tests.faults.campaign import assert_kept, parametrize
from tests.faults.soak import CAMPAIGN, SHORT_CAMPAIGN, curves, slope


@pytest.mark.timeout(300)
@parametrize(CAMPAIGN)
def test_promises_are_kept(number: int, tmp_path: Path) -> None:
    assert_kept(SHORT_CAMPAIGN, number, tmp_path)


def test_curves_tell_their_course_and_memory_its_slope() -> None:
    mebibyte = 1024 * 1024
    samples = [
        {
            "hour": hour,
            "counts": {"timers": timers},
            "memory": {"own": size, "PSS": 5, "RSS": 6, "objects": 7, "blocks": 9},
        }
        for hour, timers, size in ((1, 4, 100 * mebibyte), (2, 11, 102 * mebibyte))
    ]
    assert next(curves(samples)) == "| timers | `▁█` | 4 11 |"
    assert slope(samples, "own") == 2.0

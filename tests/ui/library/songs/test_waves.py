"""What of a waveform is kept for lists: few heights, each a byte."""

import pytest

from beatra_desktop.ui.library.songs.pictures import bars
from beatra_desktop.ui.library.songs.waves import BARS, HIGHEST, thinned


def test_nothing_loud_gets_lost() -> None:
    heights = [0.1] * 400
    heights[123] = 1.0
    kept = thinned(heights)
    assert (len(kept), max(kept), min(kept)) == (BARS, HIGHEST, round(0.1 * HIGHEST))


@pytest.mark.parametrize(
    ("heights", "kept"), [((), b""), ((0.0, 1.0), bytes([0, HIGHEST])), ((0.5,), b"\x80")]
)
def test_few_heights_are_kept_as_they_are(heights: tuple[float, ...], kept: bytes) -> None:
    assert thinned(heights) == kept


def test_bars_are_dots_where_nothing_is_known_or_heard() -> None:
    assert bars(b"", 3, 40) == bars(b"\x00", 3, 40) == bytes([1, 1, 1])


def test_the_highest_bar_fills_its_place() -> None:
    assert bars(bytes([0, HIGHEST, 51]), 3, 40) == bytes([1, 20, 4])

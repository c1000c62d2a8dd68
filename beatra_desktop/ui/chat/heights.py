"""Where each message stands, when only the heights of those seen are known.

`Heights` holds true and estimated heights; `Reading` is the place being read, kept as a row and
an offset, so that estimates turning into true heights elsewhere never move what is on screen.
All lengths in pixels.
"""

from array import array
from collections.abc import Callable, Iterable
from typing import Final

_BUCKET: Final = 128


class Heights:
    """Heights of rows with their sums, kept per bucket of rows."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights = array("l", heights)
        self._sums: list[int] = []
        self._sum_up()

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> int:
        return self._heights[row]

    def __setitem__(self, row: int, height: int) -> None:
        self._sums[row // _BUCKET] += height - self._heights[row]
        self._heights[row] = height

    @property
    def total(self) -> int:
        return sum(self._sums)

    def top(self, row: int) -> int:
        """The sum of the heights of the rows before `row`."""
        bucket = row // _BUCKET
        return sum(self._sums[:bucket]) + sum(self._heights[bucket * _BUCKET : row])

    def row_at(self, y: int) -> int:
        """The row that covers `y`; the first or last row when `y` is outside."""
        bucket = 0
        while bucket < len(self._sums) - 1 and y >= self._sums[bucket]:
            y -= self._sums[bucket]
            bucket += 1
        row = bucket * _BUCKET
        while row < len(self._heights) - 1 and y >= self._heights[row]:
            y -= self._heights[row]
            row += 1
        return row

    def insert(self, row: int, heights: Iterable[int]) -> None:
        self._heights[row:row] = array("l", heights)
        self._sum_up()

    def remove(self, first: int, last: int) -> None:
        del self._heights[first : last + 1]
        self._sum_up()

    def _sum_up(self) -> None:
        rows = range(0, len(self._heights), _BUCKET)
        self._sums = [sum(self._heights[start : start + _BUCKET]) for start in rows]


class Reading:
    """The place at the top of the view: `offset` pixels into `row`.

    `measure(row)` gives a row's true height. `is_following` means: stay at the end, whatever is
    added there.
    """

    def __init__(self, heights: Heights, measure: Callable[[int], int]) -> None:
        self.heights = heights
        self._measure = measure
        self.row = 0
        self.offset = 0
        self.is_following = True

    @property
    def top(self) -> int:
        """Pixels above the view, by what is known so far."""
        return self.heights.top(self.row) + self.offset if len(self.heights) else 0

    def distance_from(self, row: int, offset: int) -> int:
        """How many pixels further down it stands than `offset` pixels into `row`."""
        if row == self.row:
            return self.offset - offset
        return self.top - (self.heights.top(min(row, len(self.heights))) + offset)

    def go_to(self, row: int, offset: int = 0) -> None:
        self.row, self.offset = row, offset
        self.is_following = False

    def follow(self) -> None:
        self.is_following = True

    def jump(self, y: int) -> None:
        """Go to the row estimated at `y`, as far into it as the estimate says."""
        if not len(self.heights):
            return
        row = self.heights.row_at(y)
        estimate = max(1, self.heights[row])
        into = (y - self.heights.top(row)) / estimate
        self.go_to(row, int(into * self._true_height(row)))

    def move(self, distance: int) -> None:
        """Move down by `distance`, measuring each row that is passed."""
        self.offset += distance
        self.is_following = False

    def settle(self, view_height: int) -> None:
        """Measure what is in view, after any change; stop at both ends."""
        last = len(self.heights) - 1
        if last < 0:
            self.row = self.offset = 0
            return
        self.row = min(self.row, last)
        if self.is_following or not self._fill(view_height):
            self._end_with(last, view_height)

    def _fill(self, view_height: int) -> bool:
        """Normalise the place and measure downwards; False when the rows end above the bottom."""
        while self.offset < 0 and self.row > 0:
            self.row -= 1
            self.offset += self._true_height(self.row)
        self.offset = max(0, self.offset)
        while self.offset >= self._true_height(self.row) and self.row < len(self.heights) - 1:
            self.offset -= self.heights[self.row]
            self.row += 1
        bottom, row = -self.offset, self.row
        while bottom < view_height and row < len(self.heights):
            bottom += self._true_height(row)
            row += 1
        return bottom >= view_height

    def _end_with(self, row: int, view_height: int) -> None:
        height = self._true_height(row)
        while height < view_height and row > 0:
            row -= 1
            height += self._true_height(row)
        self.row, self.offset = row, max(0, height - view_height)

    def is_at_end(self, view_height: int, *, within: int) -> bool:
        """True when at most `within` pixels are below the view."""
        below = self.heights.total - self.top - view_height
        return below <= within

    def _true_height(self, row: int) -> int:
        height = self._measure(row)
        if height != self.heights[row]:
            self.heights[row] = height
        return height

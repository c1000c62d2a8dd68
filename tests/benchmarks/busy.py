"""The rows of a list that is changed many times a second (goals, section 5)."""

from collections.abc import Iterator, Sequence
from typing import Final

from tests.benchmarks.rows import Goal, Peer, Row

MOST_CPU_PERCENT: Final = 6
MOST_LATE_MS: Final = 4

Load = tuple[float, float]
"""CPU in percent, and the lateness of the GUI thread's loop in ms (p99)."""


def busy_rows(said: str, ours: Sequence[Load], naive: Sequence[Load]) -> Iterator[Row]:
    """Two figures of the same rounds; the naive peer asks for all rows anew at every change."""
    bounds = (("CPU", "%", MOST_CPU_PERCENT), ("p99 late", "ms", MOST_LATE_MS))
    for column, (name, unit, most) in enumerate(bounds):
        yield Row(
            name=f"{name}, {said}",
            unit=unit,
            ours=[run[column] for run in ours],
            naive=Peer("reset", [run[column] for run in naive]) if naive else None,
            goal=Goal(at_most=most),
            needs_quiet=unit == "ms",
        )

"""Whether work grows with the size, told by the thread's own time."""

import time
from collections.abc import Callable
from typing import Final

from tests.faults.campaign import Verdict

MOST: Final = 2.5
"""Times as much for twice the size; more is a square in the making."""
NOISE_SECONDS: Final = 0.02
TRIES: Final = 3


def seconds(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


def grows_evenly(kind: str, work: Callable[[int], None], size: int) -> Verdict:
    """Twice the size may take 2.5 times as long; the best of some tries counts, for load lies."""
    ratios = []
    for _ in range(TRIES):
        once, twice = seconds(lambda: work(size)), seconds(lambda: work(2 * size))
        ratios.append((twice - NOISE_SECONDS) / max(once, NOISE_SECONDS))
        if ratios[-1] <= MOST:
            return Verdict(promise="P9 never block", kind=kind)
    problem = f"{min(ratios):.1f} times as long for {2 * size} as for {size}: {once:.2f} s"
    return Verdict(promise="P9 never block", kind=kind, problem=problem)


def ends_within(kind: str, work: Callable[[], object], limit: float) -> Verdict:
    """What runs beside the window may take `limit` seconds of its thread."""
    taken = seconds(work)
    problem = f"{taken:.1f} s, and not {limit}" if taken > limit else ""
    return Verdict(promise="P9 never block", kind=kind, problem=problem)

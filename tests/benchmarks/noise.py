"""Whether the machine is quiet enough to judge how late something was."""

from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Final

from PySide6.QtCore import QObject

from tests.benchmarks.live import Beat, percentile, wait

SPINS: Final = 30
SPIN_STEPS: Final = 200_000
"""Some 3 ms of work: shorter than a slice of the scheduler, longer than its clock's grain."""
IDLE_MS: Final = 600
SETTLING_MS: Final = 400
MOST: Final = {"stolen": 1.1, "spread": 0.6, "late_ms": 2.0}


@dataclass(frozen=True)
class Noise:
    """What others did to this process while it did a fixed work, and then nothing.

    `stolen`: wall time ÷ CPU time of the work. `spread`: how far the CPU times of its equal
    parts lie apart (90th to 10th percentile ÷ median), as when two share a core's caches.
    `late_ms`: 99th percentile of a timer's lateness in an idle event loop.
    """

    stolen: float
    spread: float
    late_ms: float

    @property
    def excess(self) -> dict[str, float]:
        """The figures above their bounds; none on a quiet machine."""
        return {name: value for name, value in asdict(self).items() if value > MOST[name]}


def worst(*moments: Noise) -> Noise:
    return Noise(
        stolen=max(each.stolen for each in moments),
        spread=max(each.spread for each in moments),
        late_ms=max(each.late_ms for each in moments),
    )


def listen() -> Noise:
    """Takes about a second of an application; first lets what was left to do come to its end."""
    wait(SETTLING_MS)
    began, cpu = perf_counter(), process_time()
    parts = [_spin_seconds() for _ in range(SPINS)]
    stolen = (perf_counter() - began) / (process_time() - cpu)
    beat = Beat(QObject())
    wait(IDLE_MS)
    late = percentile(beat.corrected(), 99)
    beat.deleteLater()
    spread = (percentile(parts, 90) - percentile(parts, 10)) / median(parts)
    return Noise(stolen=stolen, spread=spread, late_ms=late)


def _spin_seconds() -> float:
    began = process_time()
    sum(range(SPIN_STEPS))
    return process_time() - began

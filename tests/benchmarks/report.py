"""What a run of the benchmarks found, and how it is written to `build/bench.json`."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter

from PySide6.QtCore import qVersion

from tests.benchmarks import noise
from tests.benchmarks.benches import Bench
from tests.benchmarks.noise import Noise
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Peer, Row, Verdict


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One bench that has run; `noise` is the worse of before and after."""

    bench: Bench
    rows: Sequence[Row]
    seconds: float
    noise: Noise

    @property
    def is_noisy(self) -> bool:
        return bool(self.noise.excess)

    @property
    def is_late(self) -> bool:
        return self.seconds > self.bench.budget_s

    def verdict(self, row: Row) -> Verdict:
        return row.verdict(is_noisy=self.is_noisy)


def measure(bench: Bench, options: Options) -> Measured:
    """Listens to the machine before and after; the caller has made an application."""
    began, before = perf_counter(), noise.listen()
    rows = list(bench.rows(options))
    heard = noise.worst(before, noise.listen())
    return Measured(bench=bench, rows=rows, seconds=perf_counter() - began, noise=heard)


def as_json(found: Sequence[Measured]) -> dict[str, object]:
    """Plain values: the machine, each bench with its noise, each row with all its samples."""
    machine = {"system": platform.platform(), "cores": os.cpu_count(), "qt": qVersion()}
    return {
        "machine": {**machine, "python": platform.python_version()},
        "seconds": round(sum(each.seconds for each in found), 1),
        "benches": [_bench_json(each) for each in found],
        "rows": [_row_json(each, row) for each in found for row in each.rows],
    }


def _bench_json(each: Measured) -> dict[str, object]:
    return {
        "name": each.bench.name,
        "section": each.bench.section.value,
        "seconds": round(each.seconds, 1),
        "budget_seconds": each.bench.budget_s,
        "noise": {**asdict(each.noise), "most": noise.MOST},
        "is_noisy": each.is_noisy,
    }


def _row_json(each: Measured, row: Row) -> dict[str, object]:
    return {
        "section": each.bench.section.value,
        "bench": each.bench.name,
        "name": row.name,
        "unit": row.unit,
        "ours": _spread(row.ours),
        "naive": _peer_json(row.naive),
        "limit": _peer_json(row.limit),
        "ratio": _spread(row.ratio) if row.ratio else None,
        "goal": asdict(row.goal) if row.goal else None,
        "verdict": each.verdict(row).value,
    }


def _peer_json(peer: Peer | None) -> Mapping[str, object] | None:
    return {"way": peer.way, **_spread(peer.samples)} if peer else None


def _spread(samples: Sequence[float]) -> dict[str, object]:
    return {
        "min": min(samples),
        "median": median(samples),
        "max": max(samples),
        "samples": list(samples),
    }

"""Soak: hours of heavy use in the real window, after which the app holds what it held before.

A simulated hour is the work of a heavy one (see `Shift`), done as fast as a quick sandbox allows,
and an hour of the sandbox's clock. Small runs judge what can be counted; the long one judges memory
too and leaves its curves in `build/`.
"""

import csv
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import linear_regression
from typing import Any, Final

from beatra_desktop.domain.records import replace
from tests.e2e.app_process import ROOT, home_environment
from tests.faults.campaign import Campaign, Case, Verdict

PROGRAM: Final = "tests.faults.soak_app"
MEBIBYTE: Final = 1024 * 1024
MOST_MEBIBYTES_AN_HOUR: Final = 1.0
BARS: Final = "▁▂▃▄▅▆▇█"
PROMISE: Final = "nothing leaks"
Sample = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How long it lasts, and what an hour of it holds; the window actions are `soak_work.DEEDS`."""

    hours: int
    warm_up: int
    """Of these hours, so many pass before anything is judged."""
    messages: int
    uploads: int
    songs: int
    actions: int


LONG: Final = Shift(hours=8, warm_up=2, messages=30, uploads=5, songs=6, actions=135)
SHORT: Final = Shift(hours=2, warm_up=1, messages=2, uploads=1, songs=1, actions=27)
BOUNDS: Final = {"text documents": 100}
"""What the app keeps up to a number is not compared, only held to it."""


def soak(case: Case, shift: Shift, *, weighs_memory: bool) -> Iterator[Verdict]:
    samples, problem = _played(case, shift)
    yield Verdict(promise="nothing crashes", kind=f"{shift.hours} hours of use", problem=problem)
    later = samples[shift.warm_up - 1 :]
    if not later:
        return
    yield from _counted(later)
    if weighs_memory:
        _write_curves(ROOT / "build" / f"soak-{case.seed}-{case.number}.csv", samples)
        print("\n".join(curves(samples)))  # noqa: T201  # for the record of the large run
        yield _weighed(later)


def _played(case: Case, shift: Shift) -> tuple[list[Sample], str]:
    """What was seen after each hour, and what went wrong."""
    home, scratch = case.folder / "home", case.folder / "scratch"
    for folder in (home, scratch):
        folder.mkdir()
    words = {**asdict(shift), "data_dir": case.folder / "data", "scratch": scratch}
    words["seed"] = f"{case.seed}/{case.number}"
    arguments = [f"--{name.replace('_', '-')}={value}" for name, value in words.items()]
    arguments += [f"--filling={kind}" for kind in BOUNDS]
    told = case.folder / "samples.jsonl"
    with told.open("w", encoding="utf-8") as file:
        done = subprocess.run(
            [sys.executable, "-m", PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**home_environment(home), "TMPDIR": str(scratch)},
            cwd=ROOT,
        )
    samples = [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]
    is_whole = done.returncode == 0 and len(samples) == shift.hours
    return samples, "" if is_whole else f"exit code {done.returncode}: {done.stderr[-3000:]}"


def _counted(samples: Sequence[Sample]) -> Iterator[Verdict]:
    first, last = samples[0], samples[-1]
    for kind, number in first["counts"].items():
        more = last["counts"][kind] - BOUNDS.get(kind, number)
        news = Counter(last["details"][kind]) - Counter(first["details"][kind])
        problem = f"{more} more than {number}, new are {dict(news)}" if more > 0 else ""
        yield Verdict(promise=PROMISE, kind=kind, problem=problem)


def _weighed(samples: Sequence[Sample]) -> Verdict:
    growth = slope(samples, "own")
    is_flat = growth <= MOST_MEBIBYTES_AN_HOUR
    problem = "" if is_flat else f"own memory grows by {growth:.2f} MiB an hour"
    return Verdict(promise=PROMISE, kind="memory", problem=problem)


def slope(samples: Sequence[Sample], figure: str) -> float:
    """MiB an hour, by a line fitted through a memory figure."""
    hours = [sample["hour"] for sample in samples]
    return linear_regression(hours, [_mebibytes(each, figure) for each in samples]).slope


def curves(samples: Sequence[Sample]) -> Iterator[str]:
    """A line for each figure: its course, and its first and last value."""
    for kind in samples[0]["counts"]:
        yield _curve(kind, [sample["counts"][kind] for sample in samples])
    for figure in ("own", "PSS", "RSS"):
        yield _curve(f"{figure}, MiB", [round(_mebibytes(each, figure), 1) for each in samples])
    for figure in ("objects", "blocks"):
        yield _curve(f"Python's {figure}", [sample["memory"][figure] for sample in samples])


def _curve(name: str, values: Sequence[float]) -> str:
    low, high = min(values), max(values)
    steps = [round((value - low) / ((high - low) or 1) * (len(BARS) - 1)) for value in values]
    course = "".join(BARS[step] for step in steps)
    return f"| {name} | `{course}` | {' '.join(str(value) for value in values)} |"


def _mebibytes(sample: Sample, figure: str) -> float:
    return float(sample["memory"][figure] / MEBIBYTE)


def _write_curves(path: Path, samples: Sequence[Sample]) -> None:
    path.parent.mkdir(exist_ok=True)
    rows = [{"hour": each["hour"], **each["counts"], **each["memory"]} for each in samples]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


CAMPAIGN: Final = Campaign(
    name="soak", run=partial(soak, shift=LONG, weighs_memory=True), large=1, small=1
)
SHORT_CAMPAIGN: Final = replace(CAMPAIGN, run=partial(soak, shift=SHORT, weighs_memory=False))
